"""Firmware in C on this stack: headers, services for C, programs, and the link to pytest."""
