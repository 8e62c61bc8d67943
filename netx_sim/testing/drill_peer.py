"""The far end of one connection in a drill: from relative numbers to frames, and from frames back."""

from typing import TYPE_CHECKING, Any

from netx_sim.testing.drill_notation import Ends, flags_of, packet_text, stream_bytes
from netx_sim.testing.frames import Words, describe_frame, ip_text, pattern_bytes

if TYPE_CHECKING:
    from netx_sim.testing.drill import Drill

_MASK = 0xFFFFFFFF
_HALF = 0x80000000
_WINDOW = 65535


class Captured:
    """A frame that left the stack."""

    def __init__(self, tick: int, frame: bytes) -> None:
        self.tick = tick
        self.frame = frame
        self.words = describe_frame(frame, ethernet=False)

    def text(self, peer: "Peer") -> str:
        """The frame in the notation, as the peer of its connection counts."""
        return packet_text(peer.fields(self.words))


class Peer:
    """One connection, or UDP flow, as its far end sees it.

    `window` is what packets without `win` offer; `sent` counts the stream bytes the application sent.
    """

    def __init__(self, drill: "Drill", local: tuple[int, int], remote: tuple[int, int], iss: int) -> None:
        self._drill = drill
        self._ends = Ends(_packed(remote[0]), _packed(local[0]), remote[1], local[1])
        self.iss = iss
        self.stack_iss: int | None = None
        self.window = _WINDOW
        self.sent = 0
        self.check_data = True

    def __call__(self, script: str) -> None:
        """Play a script on this connection."""
        self._drill.play(self, script)

    def owns(self, words: Words) -> bool:
        """Whether a frame of the stack goes to this end."""
        transport = words.get("tcp") or words.get("udp") or {}
        ports = (transport.get("dst_port"), transport.get("src_port"))
        return ports == (self._ends.source_port, self._ends.destination_port)

    def learn(self, words: Words) -> None:
        """Take the stack's initial sequence number from a SYN."""
        if self.owns(words) and "SYN" in words.get("tcp", {}).get("flags", ""):
            self.stack_iss = words["tcp"]["seq"]

    # from the script to the stack

    def complete(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields of a line with what it leaves out."""
        if fields["kind"] != "tcp":
            return {"len": 0, **fields}
        return {"seq": 0, "len": 0, "win": self.window, **fields}

    def frame(self, fields: dict[str, Any]) -> bytes:
        """The packet for completed fields."""
        length = fields["len"]
        if fields["kind"] == "udp":
            return self._ends.udp(fields, pattern_bytes(0, length))
        if fields["kind"] == "icmp":
            return self._ends.icmp(fields, pattern_bytes(0, length))
        data = stream_bytes(fields["seq"], length)
        ack = (self.stack_iss or 0) + fields["ack"] if "ack" in fields else 0
        return self._ends.tcp(fields, self.iss + fields["seq"], ack, data)

    # from the stack to the script

    def fields(self, words: Words) -> dict[str, Any]:
        """A frame of the stack in the fields of the notation."""
        payload = words.get("payload", {"len": 0})
        fields: dict[str, Any] = {"len": payload["len"]}
        if "tcp" in words:
            fields.update(self._tcp_fields(words["tcp"]))
        elif "udp" in words:
            fields.update(kind="udp", port=words["udp"]["dst_port"], **{"from": words["udp"]["src_port"]})
        elif "icmp" in words:
            fields.update(kind="icmp", type=words["icmp"]["type"], code=words["icmp"]["code"])
        else:
            fields["kind"] = "ip"
        network = words.get("ipv4", {})
        fields["ip"] = {key: network[key] for key in ("id", "tos", "ttl") if key in network}
        return fields

    def _tcp_fields(self, tcp: Words) -> dict[str, Any]:
        fields: dict[str, Any] = {"kind": "tcp", "flags": flags_of(tcp["flags"])}
        base = self.stack_iss
        fields["seq"] = _signed(tcp["seq"] - base) if base is not None else tcp["seq"]
        if "." in fields["flags"]:
            fields["ack"] = _signed(tcp["ack"] - self.iss)
        fields["win"] = tcp["window"]
        if tcp.get("options"):
            fields["options"] = bytes.fromhex(tcp["options"])
        fields.update({new: tcp[old] for old, new in (("urgent", "urg"), ("checksum", "checksum")) if old in tcp})
        return fields

    def differences(self, wanted: dict[str, Any], words: Words) -> list[str]:
        """What of the stated fields is otherwise in the frame, in words."""
        came = self.fields(words)
        wrong = []
        if wanted["kind"] in ("tcp", "udp") and came["kind"] == wanted["kind"] and not self.owns(words):
            wrong.append("another connection")
        for key, value in wanted.items():
            got = came["ip"].get(key) if key in ("id", "tos", "ttl") else came.get(key)
            if got != value:
                wrong.append(f"{key} {got} instead of {value}")
        if came.get("checksum") and "checksum" not in wanted:
            wrong.append("wrong checksum")
        if not wrong and self.check_data and came["kind"] == "tcp" and came["len"]:
            wrong += self._data_differences(came, words["payload"])
        return wrong

    @staticmethod
    def _data_differences(came: dict[str, Any], payload: Words) -> list[str]:
        wanted = (came["seq"] - 1) % 26
        got = payload.get("pattern", "none")
        return [] if got == wanted else [f"bytes of stream position {got} instead of {wanted}"]

    def __repr__(self) -> str:
        return f"<Peer {ip_text(self._ends.source)}:{self._ends.source_port}>"


def _packed(address: int) -> bytes:
    return address.to_bytes(4, "big")


def _signed(number: int) -> int:
    """A difference of sequence numbers, negative when behind."""
    number &= _MASK
    return number - (_MASK + 1) if number >= _HALF else number
