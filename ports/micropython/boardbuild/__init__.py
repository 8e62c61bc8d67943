"""How the files for a board are made from the project's sources; `build.py` is the command.

One way, each step on syntax trees: `sources` (which files, and what of each no board needs), `shake` (what a program
reaches), `settle` (what never varies in that program is not computed), `bundle` and `names` (few modules with short
names).  `scopes` tells which name means what.
"""
