"""Wrong types at the public services: what a C compiler refuses is a TypeError that names the parameter.

A service itself looks at no type.  The wrapper here looks at integers, whose range
Python does not keep, and on the way out of a failing call compares the arguments with the
annotations; an error that has another cause passes unchanged.  A runtime without ``inspect``, a board,
does without the wrapper.
"""

try:
    import functools
    import inspect
except ImportError:
    inspect = None  # type: ignore[assignment]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_ULONG_MAX = 0xFFFFFFFF


def diagnosing(service: "Callable[..., Any]") -> "Callable[..., Any]":
    """The service, with a TypeError that names the parameter where an argument is of the wrong type."""
    if inspect is None:
        return service

    @functools.wraps(service)
    def call(*args: "Any", **kwargs: "Any") -> "Any":
        for value in args:
            if value.__class__ is int and not 0 <= value <= _ULONG_MAX:
                _refuse(service, args, kwargs)
        try:
            return service(*args, **kwargs)
        except (AttributeError, TypeError):
            _refuse(service, args, kwargs)
            raise

    return call


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
