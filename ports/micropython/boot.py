"""Runs before main.py, which loads the stack: has garbage collected early, so that memory is not cut to pieces."""

import gc

gc.collect()
gc.threshold(4 * 1024)
