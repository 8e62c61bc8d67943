"""Wrong types at the public services: what a C compiler refuses is a TypeError that names the parameter.

A service itself looks at no type.  The wrapper here looks at integers, whose range
Python does not keep, and on the way out of a failing call compares the arguments with the
annotations; an error that has another cause passes unchanged.  A runtime without ``inspect``, a board,
does without the wrapper.
"""

from netx_sim.fault import DeviceFault

try:
    import functools
    import inspect

    _INSPECTS = True
except ImportError:
    _INSPECTS = False

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_ULONG_MAX = 0xFFFFFFFF

# Not empty while the current world is one with NX_DISABLE_ERROR_CHECKING.
unchecked: "list[bool]" = []
# Services that in C are macros over the caller's variable; without error checking they do not null it.
_PACKET_BY_VARIABLE = (
    "nx_packet_release",
    "nx_packet_transmit_release",
    "nx_tcp_socket_send",
    "nx_udp_socket_send",
    "nx_udp_socket_source_send",
    "nxd_udp_socket_send",
    "nx_ip_raw_packet_send",
    "nx_ip_raw_packet_source_send",
    "nxd_ip_raw_packet_send",
)


def diagnosing(
    service: "Callable[..., Any]", core: "Callable[..., Any] | None" = None
) -> "Callable[..., Any]":
    """The service, with a TypeError that names the parameter where an argument is of the wrong type.

    In a world with NX_DISABLE_ERROR_CHECKING it is `core`, the same without checks.
    """
    if not _INSPECTS:
        return service

    @functools.wraps(service)
    def call(*args: "Any", **kwargs: "Any") -> "Any":
        if unchecked and core is not None:
            return _unchecked_call(service, core, args)
        for value in args:
            if value.__class__ is int and not 0 <= value <= _ULONG_MAX:
                _refuse(service, args, kwargs)
        try:
            return service(*args, **kwargs)
        except (AttributeError, TypeError):
            _refuse(service, args, kwargs)
            raise

    return call


def _unchecked_call(service: "Callable[..., Any]", core: "Callable[..., Any]", args: "tuple[Any, ...]") -> "Any":
    """Call the core with what the caller's variables hold; what no check refuses any more is a fault of the device."""
    names = list(inspect.signature(service).parameters)
    if service.__name__ in _PACKET_BY_VARIABLE:
        place = names.index("packet_ptr")
        variable = args[place]
        if hasattr(variable, "__getitem__"):
            args = args[:place] + (variable[0],) + args[place + 1 :]
    try:
        return core(*args)
    except (AttributeError, TypeError):
        _refuse(service, args, {})
        raise unchecked_fault(service, args)


def unchecked_fault(service: "Callable[..., Any]", args: "tuple[Any, ...]") -> DeviceFault:
    """What a device does when a core gets a null pointer or a block that was never created."""
    names = list(inspect.signature(service).parameters)
    null = [name for name, value in zip(names, args) if value is None]  # noqa: B905 - boards have no strict=
    what = f"{service.__name__} without error checking, on a block never created or a null pointer"
    return DeviceFault("T-UNCHECKED", f"{what} ({', '.join(null) or names[0]}): the device crashes")


def _refuse(service: "Callable[..., Any]", args: "tuple[Any, ...]", kwargs: "dict[str, Any]") -> None:
    """Raise a TypeError naming the first argument that does not fit; return if all do."""
    signature = inspect.signature(service)
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError as error:
        raise TypeError(f"{service.__name__}: {error}") from None
    for name, value in bound.arguments.items():
        problem = _problem(name, str(_annotation(signature.parameters[name])), value)
        if problem:
            raise TypeError(f"{service.__name__}: {name} {problem}") from None


def _annotation(parameter: "inspect.Parameter") -> str:
    annotation = parameter.annotation
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


def _problem(name: str, annotation: str, value: "Any") -> str:
    """What is wrong with one argument, or nothing."""
    if annotation == "int":
        return _integer_problem(value)
    if annotation == "Out" and (not hasattr(value, "__setitem__") or isinstance(value, dict)):
        return f"must be a Ref, a list or a pointer, not {type(value).__name__}"
    wanted = [word.strip() for word in annotation.split("|")]
    if value is None or "Any" in wanted:
        return _output_problem(name, value)
    classes = [word for word in wanted if word.startswith(("NX", "TX"))]
    if classes and not any(base.__name__ in classes for base in type(value).__mro__):
        return f"must be {' or '.join(classes)}, not {type(value).__name__}"
    if not classes and ("Callable" in annotation or annotation in ("Notify", "ListenNotify")) and not callable(value):
        return f"must be a function, not {type(value).__name__}"
    return ""


def _integer_problem(value: "Any") -> str:
    if not isinstance(value, int):
        return f"must be an int, not {type(value).__name__}"
    if not 0 <= value <= _ULONG_MAX:
        return f"must fit 32 bits without sign, not {value}"
    return ""


def _output_problem(name: str, value: "Any") -> str:
    """An argument of any type: None, text, a buffer, a function, or something to write an output to."""
    if isinstance(value, float | complex | set | frozenset | dict):
        return f"cannot be {type(value).__name__}"
    if isinstance(value, int) and name.endswith(("_ptr", "_start", "memory_ptr")):
        return "must be an object (a Ref, a list, a buffer), not an int"
    if isinstance(value, int) and not 0 <= value <= _ULONG_MAX:
        return f"must fit 32 bits without sign, not {value}"
    return ""
