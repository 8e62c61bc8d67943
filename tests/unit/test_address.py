"""NXD_ADDRESS: version and words, v4 and v6 in the same memory."""

from netx_sim.address import IP_ADDRESS, NXD_ADDRESS


def test_ip_address_puts_the_first_number_highest():
    assert IP_ADDRESS(10, 0, 2, 15) == 0x0A00020F
    assert IP_ADDRESS(256 + 1, 2, 3, 4) == 0x01020304


def test_an_empty_block_is_all_zero():
    block = NXD_ADDRESS()
    assert block.nxd_ip_version == 0
    assert block.nxd_ip_address.v6 == [0, 0, 0, 0]


def test_v4_is_the_first_word_of_v6():
    block = NXD_ADDRESS(4, 0x01020304)
    assert block.nxd_ip_address.v6[0] == 0x01020304
    block.nxd_ip_address.v4 = 0x0A000001
    assert block.nxd_ip_address.v6 == [0x0A000001, 0, 0, 0]
    assert repr(block) == "<NXD_ADDRESS 10.0.0.1>"


def test_ipv6_words():
    block = NXD_ADDRESS(6, (0xFE800000, 0, 0x020000FF, 0xFE000001))
    assert block.nxd_ip_address.v6 == [0xFE800000, 0, 0x020000FF, 0xFE000001]
    assert repr(block) == "<NXD_ADDRESS fe80:0:0:0:200:ff:fe00:1>"
