"""Message queues: TX_QUEUE and the work behind ``tx_queue_*``.

A message is 1 to 16 words of 32 bits, copied.  One list holds all waiters: receivers while the queue
is empty, senders while it is full.  A sender to the front waits at the head of that list.
"""

import struct

from netx_sim.constants_tx import TX_CLEAR_ID, TX_QUEUE_SUSP
from netx_sim.kernel.objects import TX_QUEUE_ID, next_created, prioritize, put, wake_all
from netx_sim.kernel.simulation import current
from netx_sim.status import TX_DELETED, TX_QUEUE_EMPTY, TX_QUEUE_FULL, TX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.kernel.simulation import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD

WORD = 4


class TX_QUEUE:
    """One queue.  Created empty by the caller, filled by ``tx_queue_create``."""

    __slots__ = (
        "_messages",
        "_notify",
        "_sending",
        "_sim",
        "_waiters",
        "tx_queue_capacity",
        "tx_queue_id",
        "tx_queue_message_size",
        "tx_queue_name",
    )

    def __init__(self) -> None:
        self.tx_queue_id = TX_CLEAR_ID
        self.tx_queue_name: "Any" = None
        self.tx_queue_message_size = 0
        self.tx_queue_capacity = 0
        self._messages: "list[bytes]" = []
        self._waiters: "list[TX_THREAD]" = []
        self._sending: "dict[int, tuple[bytes, bool]]" = {}  # id of a waiting sender: message, to the front?
        self._notify: "Callable[[TX_QUEUE], None] | None" = None
        self._sim: "Simulation | None" = None

    @property
    def tx_queue_enqueued(self) -> int:
        """Messages queued."""
        return len(self._messages)

    @property
    def tx_queue_available_storage(self) -> int:
        """Message slots free."""
        return self.tx_queue_capacity - len(self._messages)

    @property
    def tx_queue_suspended_count(self) -> int:
        """Threads that wait."""
        return len(self._waiters)

    def __repr__(self) -> str:
        return "<TX_QUEUE " + str(self.tx_queue_name) + ">"


def _message_read(source: "Any", size: int) -> bytes:
    """``size`` words from a buffer, a list of ints, or a variable that holds one word."""
    if isinstance(source, (list, tuple)):
        return b"".join([struct.pack("<I", word & 0xFFFFFFFF) for word in source[:size]])
    try:
        data = bytes(memoryview(source)[: size * WORD])
    except TypeError:
        data = struct.pack("<I", source[0] & 0xFFFFFFFF)
    if len(data) < size * WORD:
        raise TypeError("source_ptr holds less than the queue's message of " + str(size) + " words")
    return data


def _message_write(destination: "Any", data: bytes) -> None:
    words = struct.unpack("<" + "I" * (len(data) // WORD), data)
    if isinstance(destination, list):
        for index, word in enumerate(words):
            destination[index] = word
        return
    try:
        view = memoryview(destination)
    except TypeError:
        destination[0] = words[0]
        return
    if len(view) < len(data):
        raise TypeError("destination_ptr is shorter than the queue's message of " + str(len(words)) + " words")
    view[: len(data)] = data


def _tx_queue_create(
    queue_ptr: TX_QUEUE, name_ptr: "Any", message_size: int, queue_start: "Any", queue_size: int
) -> int:
    queue_ptr.__init__()  # type: ignore[misc]
    queue_ptr._sim = current()
    queue_ptr.tx_queue_name = name_ptr
    queue_ptr.tx_queue_message_size = message_size
    queue_ptr.tx_queue_capacity = queue_size // (message_size * WORD)
    queue_ptr.tx_queue_id = TX_QUEUE_ID
    queue_ptr._sim.queues.append(queue_ptr)
    return TX_SUCCESS


def _tx_queue_delete(queue_ptr: TX_QUEUE) -> int:
    sim = current()
    queue_ptr.tx_queue_id = TX_CLEAR_ID
    sim.queues.remove(queue_ptr)
    wake_all(sim, queue_ptr._waiters, TX_DELETED)
    return TX_SUCCESS


def _tx_queue_flush(queue_ptr: TX_QUEUE) -> int:
    """Drop all messages, those of waiting senders too; these are told success."""
    sim = current()
    queue_ptr._messages = []
    wake_all(sim, [thread for thread in queue_ptr._waiters if id(thread) in queue_ptr._sending], TX_SUCCESS)
    return TX_SUCCESS


def _tx_queue_send(queue_ptr: TX_QUEUE, source_ptr: "Any", wait_option: int) -> int:
    return _send(queue_ptr, source_ptr, wait_option, False)


def _tx_queue_front_send(queue_ptr: TX_QUEUE, source_ptr: "Any", wait_option: int) -> int:
    return _send(queue_ptr, source_ptr, wait_option, True)


def _send(queue: TX_QUEUE, source: "Any", wait_option: int, front: bool) -> int:
    sim = current()
    message = _message_read(source, queue.tx_queue_message_size)
    if len(queue._messages) >= queue.tx_queue_capacity:
        if not wait_option:
            return TX_QUEUE_FULL
        status = _wait_to_send(sim, queue, message, wait_option, front)
        if status:
            return status
    elif queue._waiters:
        sim.resume(queue._waiters[0], TX_SUCCESS, message)
        sim.preempt()
    else:
        _store(queue, message, front)
    if queue._notify is not None:
        queue._notify(queue)
    return TX_SUCCESS


def _store(queue: TX_QUEUE, message: bytes, front: bool) -> None:
    if front:
        queue._messages.insert(0, message)
    else:
        queue._messages.append(message)


def _wait_to_send(sim: "Simulation", queue: TX_QUEUE, message: bytes, wait_option: int, front: bool) -> int:
    thread = sim.current
    queue._sending[id(thread)] = (message, front)
    status = sim.wait(
        queue._waiters, wait_option, None, None, TX_QUEUE_FULL, TX_QUEUE_SUSP, queue, 0 if front else None
    )
    del queue._sending[id(thread)]
    return status


def _tx_queue_receive(queue_ptr: TX_QUEUE, destination_ptr: "Any", wait_option: int) -> int:
    sim = current()
    if queue_ptr._messages:
        _message_write(destination_ptr, queue_ptr._messages.pop(0))
        if queue_ptr._waiters:
            _admit_sender(sim, queue_ptr)
        return TX_SUCCESS
    if not wait_option:
        return TX_QUEUE_EMPTY
    thread = sim.current
    waiters = queue_ptr._waiters
    status = sim.wait(waiters, wait_option, None, None, TX_QUEUE_EMPTY, TX_QUEUE_SUSP, queue_ptr)
    if status == TX_SUCCESS and thread is not None:
        _message_write(destination_ptr, thread._wait_result)
    return status


def _admit_sender(sim: "Simulation", queue: TX_QUEUE) -> None:
    """A slot is free: the first waiting sender's message takes it."""
    sender = queue._waiters[0]
    message, front = queue._sending[id(sender)]
    _store(queue, message, front)
    sim.resume(sender, TX_SUCCESS)
    sim.preempt()


def _tx_queue_send_notify(queue_ptr: TX_QUEUE, notify: "Any") -> int:
    queue_ptr._notify = notify
    return TX_SUCCESS


def _tx_queue_prioritize(queue_ptr: TX_QUEUE) -> int:
    prioritize(queue_ptr._waiters)
    return TX_SUCCESS


def _tx_queue_info_get(
    queue_ptr: TX_QUEUE,
    name: "Any",
    enqueued: "Any",
    available_storage: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_queue: "Any",
) -> int:
    waiters = queue_ptr._waiters
    put(name, queue_ptr.tx_queue_name)
    put(enqueued, queue_ptr.tx_queue_enqueued)
    put(available_storage, queue_ptr.tx_queue_available_storage)
    put(first_suspended, waiters[0] if waiters else None)
    put(suspended_count, len(waiters))
    put(next_queue, next_created(current().queues, queue_ptr))
    return TX_SUCCESS
