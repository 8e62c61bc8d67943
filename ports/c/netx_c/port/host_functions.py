"""Functions of C that a program's interpreter calls, and pointers to functions of Python that it sets."""

from collections.abc import Callable
from typing import Any, NoReturn

import _cffi_backend

from netx_c.port.memory import cast, ffi, pointer_set

__all__ = ["HostFunctions"]


class HostFunctions:
    """Symbols of the running program and of libc."""

    def __init__(self) -> None:
        self._program: Any = _cffi_backend.load_library(None)
        self._dlsym = self._function("void *(*)(void *, char *)", "dlsym")
        self._exit = self._function("void(*)(int)", "exit")
        self._fflush = self._function("int(*)(void *)", "fflush")
        self._callbacks: list[Any] = []

    def _function(self, kind: str, name: str) -> Any:
        return self._program.load_function(ffi.typeof(kind), name)

    def symbol(self, name: str) -> int:
        """The address of a symbol of the program; 0 if it has none."""
        return int(cast("uintptr_t", self._dlsym(ffi.NULL, name.encode())))

    def exit(self, status: int) -> NoReturn:
        """End the program as its own exit does."""
        self._exit(status)
        raise AssertionError("exit has returned")

    def flush(self) -> None:
        """Write out what C has buffered."""
        self._fflush(ffi.NULL)

    def set_function(self, name: str, kind: str, function: Callable[..., Any]) -> None:
        """Set a pointer of the program to a function of Python."""
        callback = ffi.callback(kind, function)
        self._callbacks.append(callback)
        pointer_set(self.symbol(name), int(cast("uintptr_t", callback)))

    def print_stack(self) -> None:
        """Print the calls of C that have led to the service that runs."""
        cast("void(*)(void)", self.symbol("netx_print_stack"))()

    def signal_is_default(self, number: int) -> bool:
        """Has the program left this signal alone?"""
        return bool(cast("int(*)(int)", self.symbol("netx_signal_is_default"))(number))

    def stop_signal(self, number: int) -> None:
        """Let a second signal of this kind end the program at once."""
        cast("void(*)(int)", self.symbol("netx_stop_signal"))(number)
