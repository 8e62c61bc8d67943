"""Tools for judging a network stack, shipped with the product (CPython only).

`replay`     plays recorded packet traces: frames in, API calls in, every frame, return and callback out.
`vectors`    plays recorded service calls: arguments, statuses, outputs, ticks and the order of scheduling.
`dialogues`  plays recorded POP3 dialogues between a scripted server and the client services.
`drill`      runs packet scripts written by hand, one packet a line.
`driver_conformance`  the checks that every link driver must pass.

All run in virtual time against the public services only. The decoder in `frames` is written apart from
`netx_sim.wire`, so that a mistake there cannot hide itself.
"""
