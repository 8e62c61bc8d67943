"""The suite on each supported interpreter that is present: `nox`, or `nox -s suite-3.13 -- tests/unit`."""

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True


@nox.session(python=["3.11", "3.12", "3.13"])
def suite(session: nox.Session) -> None:
    session.install("--quiet", "--editable", ".[test]")
    session.run("pytest", "--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder", *session.posargs)
