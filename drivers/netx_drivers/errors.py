"""What a driver says when its link cannot be had: the trouble, and the command that mends it."""


class LinkError(OSError):
    """A link cannot be opened.

    Args:
        trouble (str): what is wrong, in one sentence without a full stop.
        remedy (str): the command, or the step, that mends it.
    """

    def __init__(self, trouble: str, remedy: str) -> None:
        super().__init__(f"{trouble}; mend it with: {remedy}")
        self.trouble = trouble
        self.remedy = remedy
