"""One target under atheris: `python -m tests.fuzz.guided TARGET [libFuzzer's options] [corpus folders]`."""

import logging
import sys

import atheris

with atheris.instrument_imports(include=["netx_sim", "netx_pop3", "netx_drivers"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Run until libFuzzer has enough."""
    logging.disable(logging.CRITICAL)
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
