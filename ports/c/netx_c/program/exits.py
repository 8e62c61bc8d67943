"""Exit statuses that a program has besides its own; documented in docs/programs.md."""

from enum import IntEnum


class Exit(IntEnum):
    """Why a program ended that did not end by itself."""

    LINK = 69  # the link cannot be opened
    FAULT = 70  # a device would crash or hang here
    DEADLOCK = 71  # every thread waits for ever
    LEAK = 72  # packets are out of their pools at the end, with NETX_LEAKS=error
    QUIRK = 73  # the device's misbehaviour did harm, with NETX_QUIRKS=error
    HOST = 75  # an error that no device has: the host's own
    ENVIRONMENT = 78  # a variable NETX_... cannot be used
    PYTHON = 79  # no interpreter can be started
    INTERRUPTED = 130  # Ctrl-C
    TERMINATED = 143  # SIGTERM
