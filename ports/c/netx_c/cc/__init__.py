"""Compiling and linking: compilers, the archive, which interpreter a program starts, `netx-pop3 cc`."""
