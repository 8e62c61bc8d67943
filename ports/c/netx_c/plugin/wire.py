"""The wire of a test: the simulated wire behind the RAM drivers, with faults, and with a capture where one is wanted.

    wire.loss = 0.1                        one frame in ten is lost
    wire.install(lambda frame: DROP if frame.tcp_data.startswith(b"QUIT") else PASS)
    wire.frames                            every frame that was sent, as a FrameInfo
    wire.capture(tmp_path / "session.pcapng")
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from netx_c.port.drivers import DEFAULT_LINK, Links, ram_driver
from netx_drivers.capture import Capture, CaptureFile
from netx_drivers.faults import Faults, FrameInfo
from netx_drivers.ram import DEVICE_INTERFACES, RamWire, default_wire
from netx_sim.kernel import Simulation
from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER

Driver = Callable[[NX_IP_DRIVER], None]


class _Junction:
    """Below the wrappers all drivers are one: each interface goes on to its own."""

    def __init__(self) -> None:
        self._drivers: dict[NX_INTERFACE, Driver] = {}
        self.real_link = False

    def join(self, interface: NX_INTERFACE, driver: Driver) -> None:
        """An interface's driver."""
        if interface not in self._drivers:
            self._drivers[interface] = driver
            self.real_link = self.real_link or bool(getattr(driver, "real_link", False))

    def __call__(self, request: NX_IP_DRIVER) -> None:
        """Do one request of the stack."""
        self._drivers[request.nx_ip_driver_interface](request)


class _Keeper(Faults):
    """Faults that also remember what was sent."""

    def __init__(self, driver: Driver, seed: int, frames: list[FrameInfo]) -> None:
        super().__init__(driver, seed=seed)
        self._frames = frames

    def _fate(self, frame: FrameInfo) -> "list[tuple[int, bytes]] | None":
        self._frames.append(frame)
        return super()._fate(frame)


class Wire:
    """The wire.  A driver for `nx_ip_create` in Python; firmware in C gets it as `_nx_ram_network_driver`.

    Loss, duplicate, reorder and corrupt (probabilities), delay (microseconds, or a pair) and `install(rule)` are those
    of `netx_drivers.Faults`, and so is `counts`.

    Args:
        seed: of the faults.
        record: file that takes a capture from the first frame on.
    """

    def __init__(self, seed: int, record: Path | None = None) -> None:
        self.frames: list[FrameInfo] = []
        self._junction = _Junction()
        self._faults = _Keeper(self._junction, seed, self.frames)
        self._entry: Driver = self._faults
        self._captures: list[CaptureFile] = []
        self._device: Driver | None = None  # the simulation's own wire
        self._slow: RamWire | None = None
        if record is not None:
            self.capture(record)

    def attach(self, sim: Simulation) -> None:
        """Be the wire of a simulation, whoever asks for it."""
        self._device = default_wire(sim)
        sim.default_wire = self

    def __call__(self, request: NX_IP_DRIVER) -> None:
        """Do one request of the stack on the simulated wire."""
        self.pass_on(request, self.medium)

    def medium(self, request: NX_IP_DRIVER) -> None:
        """Do one request on the simulated wire, without faults and captures."""
        driver = self._slow or self._device
        assert driver is not None
        driver(request)

    def pass_on(self, request: NX_IP_DRIVER, driver: Driver) -> None:
        """Do one request on a link, with this wire's faults and captures."""
        self._junction.join(request.nx_ip_driver_interface, driver)
        self._entry(request)

    def capture(self, path: str | Path) -> CaptureFile:
        """Write every frame from now on into a pcapng file, which is complete when the test has ended."""
        file = CaptureFile(path)
        self._entry = Capture(self._entry, file)
        self._captures.append(file)
        return file

    def slow(self, bandwidth: int | None = None, latency_us: int = 0, mtu: int = 1500) -> None:
        """Let the wire take its time; before the first instance is on it.

        Args:
            bandwidth: bits per second, None for no limit.
            latency_us: microseconds from sending to receiving.
            mtu: largest IP packet.
        """
        self._slow = RamWire(bandwidth, latency_us, mtu, limit=DEVICE_INTERFACES)

    def close(self) -> None:
        """Finish the captures."""
        for file in self._captures:
            file.close()

    # -- faults -----------------------------------------------------------------------------------

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._faults, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or name == "frames":
            object.__setattr__(self, name, value)
        elif name in ("loss", "duplicate", "reorder", "corrupt"):
            if not 0 <= value <= 1:
                raise ValueError(f"{name} is a probability from 0 to 1, not {value}")
            setattr(self._faults, name, float(value))
        elif name in ("delay", "reorder_us"):
            pair = name == "delay" and not isinstance(value, tuple)
            setattr(self._faults, name, (value, value) if pair else value)
        else:
            raise AttributeError(f"a wire has no {name!r}")

    def __repr__(self) -> str:
        return f"<Wire {len(self.frames)} frames, {self._faults.counts!r}>"


class TestLinks(Links):
    """The links of a simulation in a test: all of them go through its wire."""

    __test__ = False

    def __init__(self, wire: Wire, url: str) -> None:
        super().__init__(url, around=None)
        self._wire = wire

    def wrapped(self, plain: Driver) -> Driver:
        """A driver with the test's faults and captures; the simulated wire has them already."""
        wire = self._wire

        def wired(request: NX_IP_DRIVER) -> None:
            wire.pass_on(request, plain)

        wired.real_link = getattr(plain, "real_link", False)  # type: ignore[attr-defined]
        return wired

    def driver(self, symbol: str, sim: Simulation) -> Driver:
        """The driver behind a symbol of C, made when it is first asked for."""
        if symbol not in self._drivers:
            if symbol.startswith("_nx_ram"):
                self._drivers[symbol] = ram_driver(symbol, self._wire)
            elif symbol.startswith("nx_host") and self.url == DEFAULT_LINK:
                self._drivers[symbol] = self._wire
            else:
                self._drivers[symbol] = self.wrapped(self.inner(symbol, sim))
        return self._drivers[symbol]

    def medium(self, sim: Simulation) -> Driver:
        """The wire without faults and captures."""
        return self._wire.medium
