"""The recordings driven from C: generators of C programs, and the runners that judge what these programs saw."""
