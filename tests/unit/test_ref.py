"""The out-parameter cell behaves like the other things a service may be given."""

import ctypes

import pytest

from netx_sim.ref import Ref


def write_like_a_service(ptr):
    ptr[0] = 7


def test_a_ref_is_written_and_read():
    cell = Ref()
    assert cell.value is None
    write_like_a_service(cell)
    assert cell.value == 7
    assert cell[0] == 7
    assert repr(cell) == "Ref(7)"


def test_lists_and_ctypes_pointers_take_the_same_write():
    cell = [0]
    pointer = (ctypes.c_uint32 * 1)()
    write_like_a_service(cell)
    write_like_a_service(pointer)
    assert cell == [7]
    assert pointer[0] == 7


@pytest.mark.parametrize("index", [1, -1])
def test_only_index_zero_exists(index):
    cell = Ref(5)
    with pytest.raises(IndexError):
        cell[index]
    with pytest.raises(IndexError):
        cell[index] = 1
    assert cell.value == 5
