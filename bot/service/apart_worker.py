"""The process in which bot/service/apart.py runs work: pickled calls come in by standard input, results go out.

It ends when its input does: with the service, however that ends.
"""

import gc
import os
import pickle
import resource
import sys
from typing import Any, BinaryIO

MEMORY = 512 << 20  # bytes of address space; beyond them the work fails, and not the machine
GENTLY = 5  # how far it gives way to the service, whose answers are quicker
_SIZE = 8


def main() -> None:
    """Work until there is no more input."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))
    os.nice(GENTLY)
    receive, send = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr  # whatever prints must not write among the results
    while head := receive.read(_SIZE):
        work, args, kwargs = pickle.loads(receive.read(int.from_bytes(head)))
        result = _result(work, args, kwargs)
        del work, args, kwargs
        _send(result, send)
        del result
        gc.collect()


def _result(work: Any, args: Any, kwargs: Any) -> bytes:
    try:
        return pickle.dumps((True, work(*args, **kwargs)))
    except Exception as error:
        return pickle.dumps((False, error))


def _send(result: bytes, send: BinaryIO) -> None:
    send.write(len(result).to_bytes(_SIZE) + result)
    send.flush()


if __name__ == "__main__":
    main()
