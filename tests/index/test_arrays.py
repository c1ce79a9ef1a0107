"""Arrays as bytes and back: what a file holds, where each array begins, and what is refused."""

import json

import numpy as np
import pytest

from index.arrays import ALIGNED, pack, unpack


@pytest.mark.parametrize("length", [0, 1, 7, 8, 9, 63, 64, 65, 1000])
def test_arrays_come_back_as_they_were(length: int):
    given = {
        "numbers": np.arange(length, dtype=np.int64),
        "table": np.arange(2 * length, dtype=np.float32).reshape(2, length),
        "flags": np.arange(length) % 2 == 0,
        "names": np.array([b"ab"] * length, "S16"),
    }
    unpacked = unpack(pack(**given))
    assert list(unpacked) == list(given)
    for name, array in given.items():
        assert (unpacked[name].dtype, unpacked[name].shape) == (array.dtype, array.shape)
        np.testing.assert_array_equal(unpacked[name], array)


def test_each_array_begins_at_a_multiple_of_64_bytes_and_nothing_is_wasted():
    """Processors read aligned numbers faster, and faiss asks for them."""
    assert ALIGNED == 64
    content = pack(a=np.zeros(1, np.int8), b=np.full(64, 7, np.int8), c=np.full(3, 9, np.int8))
    head = content.index(b"\n") + 1
    assert head % 64 == 0 and json.loads(content[:head]) == {
        "a": ["|i1", [1], 0],
        "b": ["|i1", [64], 64],
        "c": ["|i1", [3], 128],
    }
    assert content[head:] == bytes(64) + b"\7" * 64 + b"\x09" * 3 + bytes(61)


def test_the_head_is_not_longer_than_needed():
    """A head that fits exactly is not padded by 64 more."""
    sizes = {length: len(pack(**{"n" * length: np.zeros(0, np.int8)})) for length in (41, 42, 43)}
    assert len(json.dumps({"n" * 42: ["|i1", [0], 0]}) + "\n") == 64
    assert sizes == {41: 64, 42: 64, 43: 128}


def test_what_is_read_is_a_view_that_nobody_can_change():
    with pytest.raises(ValueError, match="read-only"):
        unpack(pack(a=np.zeros(3)))["a"][0] = 1


def test_an_array_out_of_order_is_packed_in_order():
    turned = np.arange(6).reshape(2, 3).T
    np.testing.assert_array_equal(unpack(pack(a=turned))["a"], turned)


@pytest.mark.parametrize("content", [b"", b"no json\n", b"[]\n", b'{"a": 1}\n', b'{"a": ["<f8", [9], 0]}\n'])
def test_what_holds_no_arrays_is_refused(content: bytes):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        unpack(content)
