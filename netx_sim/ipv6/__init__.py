"""IPv6, neighbour discovery and ICMPv6.  Loaded by ``nxd_ipv6_enable``.

Read first: RFC 8200, RFC 4861, RFC 4862, RFC 4443.  Addresses inside are numbers of 128 bits; the four words
of C appear in control blocks and at the services.

===============  ========================================================================================
``block``        control blocks, kinds of addresses, what IPv6 keeps of an instance
``address``      the address table, duplicate address detection, which source address a destination gets
``route``        default routers and prefixes with their lifetimes, next hops
``neighbor``     the neighbour cache and its timers
``nd``           neighbour discovery messages, sent and received
``icmpv6``       checksums, echo, errors, ping
``send``         the header, the loop inside, hand-over to neighbour cache and driver
``receive``      what is valid, what is for us, extension headers
``fragment``     both directions
``transport``    what TCP, UDP and raw IP ask of IPv6
``enable``       plugging all of it into the slots of NX_IP, the two timers
===============  ========================================================================================
"""
