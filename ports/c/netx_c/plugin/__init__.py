"""pytest plugin for firmware in C; `fixtures.py` is what pytest loads."""
