"""`python -m netx_pop3.cli`."""

from netx_pop3.cli import main

main()
