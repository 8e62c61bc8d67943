"""What a C compiler refuses is a TypeError that names the parameter; everything else passes as it is."""

import pytest

from netx_sim import *


@pytest.fixture
def pool():
    with simulation():
        pool = NX_PACKET_POOL()
        assert nx_packet_pool_create(pool, "pool", 128, bytearray(4096), 4096) == NX_SUCCESS
        yield pool


def test_block_of_another_class_is_named(pool):
    with pytest.raises(TypeError, match="nx_packet_allocate: pool_ptr must be NX_PACKET_POOL, not TX_THREAD"):
        nx_packet_allocate(TX_THREAD(), Ref(), 0, 0)


@pytest.mark.parametrize("value", [-1, 1 << 32])
def test_integer_outside_32_bits_is_named(pool, value):
    with pytest.raises(TypeError, match=f"nx_packet_allocate: wait_option must fit 32 bits without sign, not {value}"):
        nx_packet_allocate(pool, Ref(), 0, value)


def test_text_for_a_number_is_named(pool):
    with pytest.raises(TypeError, match="packet_type must be an int, not str"):
        nx_packet_allocate(pool, Ref(), "56", 0)


def test_missing_argument_is_named(pool):
    with pytest.raises(TypeError, match="nx_packet_allocate: missing a required argument: 'wait_option'"):
        nx_packet_allocate(pool, Ref(), 0)


def test_null_is_a_status_not_an_exception(pool):
    assert nx_packet_allocate(None, Ref(), 0, 0) == NX_PTR_ERROR
    assert nx_packet_allocate(pool, None, 0, 0) == NX_PTR_ERROR
    assert nx_packet_release(None) == NX_PTR_ERROR


def test_error_of_a_callback_is_not_mistaken_for_a_wrong_argument(pool):
    def bad(_):
        raise AttributeError("mine")

    timer = TX_TIMER()
    assert tx_timer_create(timer, "t", bad, 0, 1, 0, TX_AUTO_ACTIVATE) == TX_SUCCESS
    with pytest.raises(AttributeError, match="mine"):
        tx_thread_sleep(2)


def test_outputs_may_be_ref_list_ctypes_or_cffi(pool):
    import ctypes

    import cffi

    ffi = cffi.FFI()
    outputs = [Ref(), [None], (ctypes.c_uint32 * 1)(), ffi.new("uint32_t *")]
    for output in outputs:
        assert nx_packet_pool_info_get(pool, output, None, None, None, None) == NX_SUCCESS
        assert output[0] == pool.nx_packet_pool_total == 4096 // 188


def test_stub_for_type_checkers_is_up_to_date():
    import subprocess
    import sys
    from pathlib import Path

    tool = Path(__file__).parents[2] / "tools" / "make_stub.py"
    assert subprocess.run([sys.executable, str(tool), "--check"], check=False).returncode == 0, f"run {tool}"
