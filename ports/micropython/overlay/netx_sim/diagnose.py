"""On a board the services look at no argument's type, and arguments are checked in every world."""

unchecked = []


def diagnosing(service, _core=None):
    """The service as it is."""
    return service
