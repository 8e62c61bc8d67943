"""The command `netx-pop3`.

Standard output has what was asked for, standard error has errors, one sentence each with the NX status name.  The exit
statuses are in exits.py and docs/cli.md.
"""

from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from netx_pop3.cli.exits import EXPECTED, exit_of, sentence

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Collect mail as a NetX Duo device does, over a TCP/IP stack of its own.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"netx-pop3 {metadata.version('netx-pop3')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def _console() -> Console:
    # soft_wrap and no highlighting: lines are for programs as well, and a path must stay one word.
    return Console(soft_wrap=True, highlight=False, markup=False)


@app.command("demo")
def demo_command(
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the capture and the Maildir (default ./netx-demo).")
    ] = None,
) -> None:
    """Collect six mails from a server in this process, compare each with the server's copy, and delete it.

    Needs no network and no privileges.  Exits with 0 only if every mail was verified.
    """
    from netx_pop3.cli.demo import demo as run

    _end(lambda: run(out, _console()))


@app.command("fetch")
def fetch_command(
    url: Annotated[str, typer.Argument(metavar="pop3://USER@HOST[:PORT]", help="The maildrop.", show_default=False)],
    to: Annotated[str, typer.Option(help="Where mails go: maildir:PATH, mbox:PATH or eml:DIR.", show_default=False)],
    link: Annotated[
        str | None, typer.Option(help="Link to use: nat: (default), tap:NAME, or any URL a driver knows.")
    ] = None,
    address: Annotated[str | None, typer.Option(help="Own address on the link, as in 10.0.0.2/24.")] = None,
    gateway: Annotated[str | None, typer.Option(help="Router for servers beyond the link.")] = None,
    apop: Annotated[bool, typer.Option("--apop/--no-apop", help="Log in with APOP where the server offers it.")] = True,
    keep: Annotated[
        bool, typer.Option("--keep/--delete", help="Leave mails on the server, or delete those safely stored.")
    ] = True,
    capture: Annotated[Path | None, typer.Option(help="Write all frames to this pcapng file.")] = None,
) -> None:
    """Collect the mails of a POP3 server that this computer reaches.

    Without --link no privileges and no set-up are needed: connections go out through sockets of this process.

    The password comes from NETX_POP3_PASSWORD, from netrc, or from a prompt.  A mail is deleted on the server only
    after it is safely on disk; a fetch that was cut off can simply be run again, and stores no mail twice.
    """
    from netx_pop3.cli.fetch import Plan
    from netx_pop3.cli.fetch import fetch as run

    _end(lambda: run(Plan(url, link, address, gateway, apop, keep, to, capture), _console()))


@app.command("gateway")
def gateway_command(
    slip: Annotated[str, typer.Option(help="The board's port: /dev/ttyUSB0, or a pyserial URL.", show_default=False)],
    baud: Annotated[int, typer.Option(min=1, help="Speed of the line.")] = 115200,
    mtu: Annotated[int, typer.Option(min=68, max=1500, help="Largest packet on the line.")] = 1006,
    rtscts: Annotated[bool, typer.Option("--rtscts", help="Hardware flow control.")] = False,
    xonxoff: Annotated[bool, typer.Option("--xonxoff", help="Software flow control, which the board escapes.")] = False,
    uplink: Annotated[
        str | None, typer.Option(help="Link to forward to: nat: (default), tap:NAME, or any URL.")
    ] = None,
    address: Annotated[str | None, typer.Option(help="Own address on the uplink, as in 10.0.0.2/24.")] = None,
    gateway: Annotated[str | None, typer.Option(help="Router beyond the uplink.")] = None,
    line: Annotated[str, typer.Option(help="Own address on the line: the board's router.")] = "192.168.7.1/24",
    board: Annotated[str, typer.Option(help="The board's address.")] = "192.168.7.2",
    capture: Annotated[Path | None, typer.Option(help="Write all packets of the line to this pcapng file.")] = None,
) -> None:
    """Lead a board on a serial line to the servers that this computer reaches, until Ctrl-C.

    The board speaks SLIP, has the address --board, and its router is the address of --line.
    """
    from netx_pop3.cli.gateway import Plan
    from netx_pop3.cli.gateway import gateway as run
    from netx_pop3.cli.way import Way

    def way() -> Way:
        return Way(uplink, address, gateway, "--uplink")

    _end(lambda: run(Plan(slip, baud, mtu, way(), line, board, capture, (rtscts, xonxoff)), _console()))


@app.command("time")
def time_command(
    mails: Annotated[
        list[str],
        typer.Argument(metavar="MAILS...", help="A size (64K), maildir:PATH, mbox:PATH, eml:DIR, or pop3://."),
    ],
    baud: Annotated[list[int] | None, typer.Option(min=1, help="Speed of the line (115200); may be repeated.")] = None,
    mtu: Annotated[int, typer.Option(min=68, max=1500, help="Largest packet on the line.")] = 1006,
    cslip: Annotated[bool, typer.Option("--cslip", help="Compress headers (RFC 1144).")] = False,
    noise: Annotated[str, typer.Option(help="Bytes damaged, as in 1/20000.")] = "0",
    apop: Annotated[bool, typer.Option("--apop/--no-apop", help="Log in with APOP.")] = True,
    window: Annotated[
        int | None, typer.Option(min=1, max=65535, help="NX_POP3_CLIENT_TCP_WINDOW_SIZE.", show_default="1460")
    ] = None,
    ack_every: Annotated[int, typer.Option(min=0, help="NX_TCP_ACK_EVERY_N_PACKETS; 0 for not defined.")] = 0,
) -> None:
    """Say how long mails take over a serial line (SLIP), by simulating it.

    With pop3://USER@HOST[:PORT] the mails are collected first, as by fetch without options, and left on the server.
    """
    from netx_pop3.cli.line_time import Plan
    from netx_pop3.cli.line_time import time as run

    plans = [Plan(speed, mtu, cslip, noise, apop, window or 0, ack_every) for speed in baud or [115200]]
    _end(lambda: run(mails, plans, _console()))


@app.command()
def quirks(
    name: Annotated[str | None, typer.Argument(help="One of them, as Q-EOM-SPLIT.", show_default=False)] = None,
) -> None:
    """List what a device does that its guide does not say, or explain one."""
    from netx_pop3.cli.quirks import quirks as run

    _end(lambda: run(name, _console()))


@app.command()
def pool(
    user_length: Annotated[int, typer.Option(min=0, help="Bytes of the user's name, up to 40.")] = 40,
    password_length: Annotated[int, typer.Option(min=0, help="Bytes of the password, up to 20.")] = 20,
    apop: Annotated[bool, typer.Option("--apop/--no-apop", help="Log in with APOP.")] = True,
    mtu: Annotated[int, typer.Option(min=68, max=9000, help="Of the link, bytes of an IP packet.")] = 1500,
    mail_size: Annotated[str, typer.Option(help="Of the mail to be fetched: 300, 64K, 2M.")] = "10K",
    sessions: Annotated[int, typer.Option(min=1, max=1000, help="Sessions that the pools must last for.")] = 1,
    ipv6: Annotated[bool, typer.Option("--ipv6", help="Reach the server over IPv6.")] = False,
) -> None:
    """Say the smallest packet pools with which sessions work, found by playing them."""
    from netx_pop3.cli.pool import pool as run
    from netx_pop3.cli.pool import size_of
    from netx_pop3.cli.pool_session import Plan

    _end(lambda: run(Plan(user_length, password_length, apop, mtu, size_of(mail_size), sessions, ipv6), _console()))


@app.command("cc", context_settings={"ignore_unknown_options": True})
def cc_command(
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="FILES... [-o PROGRAM] [FLAGS...]", show_default=False)
    ] = None,
    compiler: Annotated[str, typer.Option(help="C compiler: a name, or a path.")] = "gcc",
    sanitize: Annotated[str, typer.Option(help="Sanitizers, as in address,undefined.", show_default=False)] = "",
    coverage: Annotated[bool, typer.Option("--coverage", help="Count lines for gcov and gcovr.")] = False,
    cflags: Annotated[bool, typer.Option("--cflags", help="Print the flags to compile with.")] = False,
    libs: Annotated[bool, typer.Option("--libs", help="Print the flags to link with.")] = False,
    cmake_dir: Annotated[
        bool, typer.Option("--cmake-dir", help="Print the folder of the CMake package netx-pop3.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show the compiler's command line.")] = False,
) -> None:
    """Compile firmware in C or C++ into a program for this computer.

    Everything that is no option here goes to the compiler, before or after a --: netx-pop3 cc app.c -Iinc -O2 -o app

    The program's main calls tx_kernel_enter.  Its environment says on which link it runs and what is told: NETX_LINK,
    NETX_CAPTURE, NETX_FAULTS, NETX_SEED, NETX_CLOCK, NETX_CONFIG, NETX_LEAKS, NETX_QUIRKS (docs/programs.md).
    """
    from netx_pop3.cli.cc import cc as run

    asked = {"cflags": cflags, "libs": libs, "cmake-dir": cmake_dir}
    show = [name for name, wanted in asked.items() if wanted]
    options = {"compiler": compiler, "sanitize": sanitize, "coverage": coverage, "show": show, "verbose": verbose}
    _end(lambda: run(arguments or [], **options))


def _end(run: Callable[[], int]) -> NoReturn:
    """Run a command: every expected error is one sentence on standard error and an exit status."""
    try:
        status = run()
    except EXPECTED as error:
        typer.echo(f"netx-pop3: {sentence(error)}", err=True)
        status = exit_of(error)
    raise typer.Exit(status)


def main() -> None:
    """Entry point."""
    app()
