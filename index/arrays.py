"""Named numpy arrays as bytes and back, without a copy: a mapped file of gigabytes is ready in no time.

A line of JSON (name: type, shape, offset), then the arrays, each at a multiple of 64 bytes as the processor likes it.
The same arrays are always the same bytes.
"""

import json
import mmap
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNED = 64
Buffer = bytes | mmap.mmap  # a file, in memory or mapped


def pack(**arrays: NDArray[Any]) -> bytes:
    """The bytes of a file that holds the arrays."""
    layout: dict[str, tuple[str, tuple[int, ...], int]] = {}
    at = 0
    for name, array in arrays.items():
        layout[name] = (array.dtype.str, array.shape, at)
        at += _padded(array.nbytes)
    head = json.dumps(layout).encode()
    head += b" " * (_padded(len(head) + 1) - len(head) - 1) + b"\n"
    parts = [head]
    for array in arrays.values():
        parts += [np.ascontiguousarray(array).tobytes(), bytes(_padded(array.nbytes) - array.nbytes)]
    return b"".join(parts)


def unpack(content: Buffer) -> dict[str, NDArray[Any]]:
    """All arrays, read-only views of `content`. Raises ValueError, KeyError or TypeError if it holds none."""
    start = content.find(b"\n") + 1
    return {
        name: np.frombuffer(content, dtype, prod(shape), start + at).reshape(shape)
        for name, (dtype, shape, at) in json.loads(content[:start]).items()
    }


def _padded(length: int) -> int:
    return -(-length // ALIGNED) * ALIGNED
