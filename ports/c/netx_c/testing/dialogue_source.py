"""C programs from POP3 dialogues: the device's side, one script of calls to the client's services a dialogue."""

from collections.abc import Iterator
from typing import Any

from netx_c.testing.c_text import number, string
from netx_sim.testing.dialogue_world import client_pool

Entry = dict[str, Any]

_HEAD = """/* Generated from POP3 dialogues. */

#include "dialogues.h"
"""
# what each service writes: the parameter, and the variable of dialogues.h that takes it
_OUTPUTS = {
    "nx_pop3_client_mail_items_get": (("number_mail_items", "items"), ("maildrop_total_size", "total")),
    "nx_pop3_client_mail_item_get": (("item_size", "size"),),
    "nx_pop3_client_mail_item_size_get": (("size", "size"),),
    "nx_pop3_client_mail_item_message_get": (("bytes_retrieved", "size"), ("final_packet", "final")),
}


def entry(index: int) -> str:
    """The C function that sets up the device for the dialogue with this index in its file."""
    return f"dialogue_{index}"


def source(dialogues: list[Entry]) -> str:
    """The C file for these dialogues."""
    return "\n".join([_HEAD, *(line for index, one in enumerate(dialogues) for line in _dialogue(index, one))]) + "\n"


def _dialogue(index: int, dialogue: Entry) -> Iterator[str]:
    name = entry(index)
    payload, packets = client_pool(dialogue["setup"])
    yield f"/* {dialogue['id']} */"
    yield from ("", f"static VOID script_{index}(ULONG input)", "{", "    (void)input;")
    for step in dialogue["client"]:
        yield from _step(step)
    yield from ("}", "", f"void {name}(void);", f"void {name}(void)", "{")
    yield from (f"    dialogue_device({payload}, {packets}, script_{index});", "}", "")


def _step(step: Entry) -> Iterator[str]:
    if "sleep_ticks" in step:
        yield f"    tx_thread_sleep({step['sleep_ticks']});"
    elif "poke" in step:
        yield f"    client.{step['poke']} = {number(step['value'])};"
    elif "repeat" in step:
        yield from ("    do", "    {", *_call(step, " " * 8), "    } while (dialogue_more());")
    else:
        yield from _call(step, " " * 4)


def _call(step: Entry, margin: str) -> Iterator[str]:
    service = step["call"]
    outputs = _OUTPUTS.get(service, ())
    yield f'{margin}CALL("{service}")'
    yield f"{margin}{{"
    yield f"{margin}    dialogue_status({service}({', '.join(_arguments(step, [cell for _, cell in outputs]))}));"
    for name, cell in outputs:
        yield f'{margin}    dialogue_out("{name}", {cell});'
    if service.endswith("_item_get"):
        yield f"{margin}    dialogue_held();"
    if service.endswith("_message_get"):
        yield f"{margin}    dialogue_received({int(step.get('release', True))});"
    yield f"{margin}}}"


def _arguments(step: Entry, cells: list[str]) -> Iterator[str]:
    yield "&client"
    if step["call"] == "nx_pop3_client_create":
        yield from (str(step["apop"]), "&ip", "&pool", "SERVER", "POP3_PORT")
        yield from (f"(CHAR *){string(step[key])}" for key in ("name", "password"))
    if "index" in step:
        yield number(step["index"])
    if step["call"].endswith("_message_get"):
        yield "&packet"
    yield from (f"&{cell}" for cell in cells)
