# Everything sets itself up in .venv; on Debian 12 python3, python3-venv and make are all it takes.
#   make demo        six mails collected over a TCP/IP stack of our own
#   make test        linters, types, import order, the suite with branch coverage (make check), then what was skipped
#   make nox         the suite on each of Python 3.11, 3.12 and 3.13 that is present
#   make test-board  a board of our own in QEMU, and the host's client collecting its mail (part of make test as well)
#   make bench       the figures of the README
#   make soak        the fault-plan tests over 200 seeds, 100,000 sessions, 1,000,000 fuzz inputs; make soak-short less
# PYTHON=python3.12 make test  chooses the interpreter (make clean first: .venv keeps the one it was made with).

PYTHON ?= python3
VENV ?= .venv
OUT ?= out
SOAK_SEEDS ?= 200
FUZZ_INPUTS ?= 1000000
PYTEST_ARGS ?=
# One worker a core; a file's tests stay together, as some share a build.  In their order, which has the quick ones last.
WORKERS ?= auto

# Absolute, because some tests start programs in folders of their own.
export COVERAGE_FILE := $(abspath $(OUT))/coverage

comma := ,
bin := $(VENV)/bin
python := $(bin)/python
pip_install := $(python) -m pip install -qq --disable-pip-version-check --editable
# A stamp newer than pyproject.toml: the environment holds what pyproject.toml asks for.
runtime := $(VENV)/.runtime
develop := $(VENV)/.develop

.PHONY: demo test check lint suite nox test-board bench soak soak-short clean
.DELETE_ON_ERROR:

demo: $(runtime)
	@mkdir -p $(OUT)
	@cd $(OUT) && $(abspath $(bin))/netx-pop3 demo

test: check
	@cat $(OUT)/skipped.txt

# Where there is no C compiler the port for firmware in C is not run, and not counted.
check: lint suite
	@$(bin)/coverage combine -q
	@$(bin)/coverage report $(if $(shell command -v gcc),,--omit='ports/c/*$(comma)*/pytest-of-*/*')

lint: $(develop)
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(python) tools/sizes.py

suite: $(develop)
	@mkdir -p $(OUT) && rm -f $(OUT)/skipped.txt $(COVERAGE_FILE) $(COVERAGE_FILE).*
	$(bin)/coverage run -m pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder --skips-to=$(OUT)/skipped.txt $(PYTEST_ARGS)

nox: $(develop)
	$(bin)/nox $(NOX_ARGS)

test-board: $(develop)
	@$(MAKE) --no-print-directory -C tests/boards/firmware OUT=$(abspath $(OUT))/boards
	$(python) -m pytest tests/boards $(PYTEST_ARGS)

bench: $(develop)
	$(python) -m benchmarks

soak: $(develop)
	$(python) -m pytest -m soak --seeds=$(SOAK_SEEDS) $(PYTEST_ARGS)
	PYTHONPATH=.:drivers $(python) -m tests.fuzz.run --inputs $(FUZZ_INPUTS) --findings $(OUT)/findings

soak-short:
	@$(MAKE) --no-print-directory soak SOAK_SEEDS=5 FUZZ_INPUTS=20000

$(develop): pyproject.toml | $(python)
	@$(pip_install) '.[dev]'
	@touch $(runtime) $@

$(runtime): pyproject.toml | $(python)
	@$(pip_install) .
	@touch $@

$(python):
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

clean:
	rm -rf $(VENV) $(OUT) .nox .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
