"""A terminal server (RFC 2217) of one port, by pyserial's own server side: a terminal's slave end, served over TCP."""

import contextlib
import os
import socket
import threading
import tty
from typing import Any, Self

import serial
import serial.rfc2217

PATIENCE_S = 10
CHUNK = 4096


class PtySerial(serial.Serial):
    """A pseudo-terminal as a serial port: it has no modem lines, so what is set is remembered at most."""

    cts = dsr = cd = True
    ri = False

    def _update_rts_state(self) -> None:
        pass

    _update_dtr_state = _update_break_state = _update_rts_state


class SerialServer:
    """Serves one client after the other, inside a `with`; `line` is the master end of the port's terminal."""

    def __init__(self) -> None:
        self.line, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.serial = PtySerial(os.ttyname(self._slave), timeout=0.05)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"rfc2217://127.0.0.1:{self._listener.getsockname()[1]}"
        self._ended = False
        self._connection: "socket.socket | None" = None
        self._server = threading.Thread(target=self._serve, name="serial server")

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self.drop()
        # Wakes the thread that accepts, which a mere close does not.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._server.join(PATIENCE_S)
        self._listener.close()
        self.serial.close()
        os.close(self.line)
        os.close(self._slave)

    def drop(self) -> None:
        """The client's connection ends."""
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        while not self._ended:
            with contextlib.suppress(OSError):
                self._connection, _ = self._listener.accept()
                with self._connection:
                    Client(self.serial, self._connection).serve()


class Client:
    """One connection: bytes both ways, and what the client asks of the port."""

    def __init__(self, port: serial.Serial, connection: socket.socket) -> None:
        self._port = port
        self._connection = connection
        self._ended = False
        self._lock = threading.Lock()
        self._manager: Any = serial.rfc2217.PortManager(port, self)

    def write(self, data: bytes) -> None:
        """What the manager and the port send to the client."""
        with self._lock:
            self._connection.sendall(data)

    def serve(self) -> None:
        outward = threading.Thread(target=self._from_port, name="serial server, from the port")
        outward.start()
        try:
            while data := self._connection.recv(CHUNK):
                self._port.write(b"".join(self._manager.filter(data)))
        finally:
            self._ended = True
            outward.join(PATIENCE_S)

    def _from_port(self) -> None:
        with contextlib.suppress(OSError):
            while not self._ended:
                data = self._port.read(self._port.in_waiting or 1)
                if data:
                    self.write(b"".join(self._manager.escape(data)))
