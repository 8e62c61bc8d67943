"""Any number of inputs for all targets: `python -m tests.fuzz.run --inputs 1000000`.

Each target runs in a process of its own, with atheris (coverage-guided) where that is installed, else with a seeded
mutator.  An input that fails is written to the folder `--findings`; with its reason understood it belongs into
`tests/fuzz/corpus/<target>`, where the suite plays it from then on.
"""

import argparse
import hashlib
import importlib.util
import logging
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz.mutator import MOST, Mutator
from tests.fuzz.targets import SHARES, TARGETS, corpus

SLOWEST = 30  # seconds for one input; more is a hang
_DONE = re.compile(rb"stat::number_of_executed_units:\s+(\d+)|Done (\d+) runs")


def seeds(name: str) -> list[bytes]:
    return [path.read_bytes() for path in corpus(name)]


def mutate(name: str, inputs: int, seed: int, findings: Path) -> tuple[int, int]:
    """Inputs done and inputs that failed, with the mutator."""
    mutator, target, failed, reasons = Mutator(seed, seeds(name)), TARGETS[name], 0, set()
    signal.signal(signal.SIGALRM, hangs)
    for _ in range(inputs):
        data = mutator.next()
        signal.alarm(SLOWEST)
        try:
            target(data)
        except Exception as error:
            failed += 1
            last = traceback.extract_tb(error.__traceback__)[-1]
            if (where := (type(error), last.filename, last.lineno)) not in reasons:
                reasons.add(where)
                keep(name, data, findings)
                traceback.print_exc()
    signal.alarm(0)
    return inputs, failed


def hangs(*_: object) -> None:
    """An input took too long."""
    raise TimeoutError(f"more than {SLOWEST} s for one input")


def keep(name: str, data: bytes, findings: Path) -> None:
    """Write an input that failed to a file."""
    path = findings / name / hashlib.sha256(data).hexdigest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"finding: {path}", flush=True)


def guided(name: str, inputs: int, seed: int, findings: Path) -> tuple[int, int]:
    """The same with atheris: it ends at the first failure, so it is begun again behind each, at most ten times."""
    done = failed = 0
    (findings / name).mkdir(parents=True, exist_ok=True)
    while done < inputs and failed < 10:
        with tempfile.TemporaryDirectory() as grown:
            options = [
                f"-runs={inputs - done}", f"-seed={seed + failed}", f"-max_len={4 * MOST}", f"-timeout={SLOWEST}",
                f"-artifact_prefix={findings / name}/", "-print_final_stats=1", "-rss_limit_mb=4096",
            ]  # fmt: skip
            known = Path(__file__).parent / "corpus" / name
            folders = [grown, *([str(known)] if known.is_dir() else [])]
            command = [sys.executable, "-m", "tests.fuzz.guided", name, *options, *folders]
            ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        counts = [int(first or second) for first, second in _DONE.findall(ended.stdout)]
        if not counts:
            raise SystemExit(f"{name}: the fuzzer did not run:\n{ended.stdout[-3000:].decode(errors='replace')}")
        done += counts[-1]
        if ended.returncode:
            failed += 1
            print(ended.stdout[-3000:].decode(errors="replace"), flush=True)
    return done, failed


def one(job: tuple[str, int, int, Path, bool]) -> tuple[str, int, int, float]:
    """One target, in a process of its own."""
    name, inputs, seed, findings, coverage = job
    logging.disable(logging.CRITICAL)
    begun = time.monotonic()
    done, failed = (guided if coverage else mutate)(name, inputs, seed, findings)
    return name, done, failed, time.monotonic() - begun


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="over all targets, by their shares")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=Path("out/findings"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--mutator", action="store_true", help="the mutator even where atheris is installed")
    parser.add_argument("--target", choices=TARGETS, action="append", help="these only, each with its share")
    return parser.parse_args()


def main() -> int:
    """Run, and print a line for each target; 1 if something was found."""
    options = arguments()
    coverage = not options.mutator and importlib.util.find_spec("atheris") is not None
    names = options.target or list(TARGETS)
    whole = sum(SHARES[name] for name in names)
    jobs = [
        (name, -(-options.inputs * SHARES[name] // whole), options.seed, options.findings.resolve(), coverage)
        for name in sorted(names, key=lambda name: -SHARES[name])
    ]
    print(f"{options.inputs} inputs, {'atheris' if coverage else 'seeded mutator'}, seed {options.seed}", flush=True)
    total = found = 0
    with multiprocessing.get_context("spawn").Pool(options.jobs, maxtasksperchild=1) as pool:
        for name, done, failed, seconds in pool.imap_unordered(one, jobs, chunksize=1):
            print(f"{name:20} {done:8} inputs {failed:4} findings {seconds:7.1f} s", flush=True)
            total, found = total + done, found + failed
    print(f"{'all':20} {total:8} inputs {found:4} findings")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
