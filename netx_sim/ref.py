"""The out-parameter cell of the services: what `&count` is in C."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Ref:
    """A place a service writes a result into: `count = Ref(); service(..., count); count.value`.

    Services write `ptr[0] = value`, so a one-element list, a cffi pointer or a ctypes pointer serve as well.
    """

    __slots__ = ("value",)

    def __init__(self, value: "Any" = None) -> None:
        self.value = value

    def __getitem__(self, index: int) -> "Any":
        if index != 0:
            raise IndexError("a Ref holds one value, at index 0")
        return self.value

    def __setitem__(self, index: int, value: "Any") -> None:
        if index != 0:
            raise IndexError("a Ref holds one value, at index 0")
        self.value = value

    def __repr__(self) -> str:
        return f"Ref({self.value!r})"
