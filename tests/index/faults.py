"""Faults at every point at which a builder touches the disk: before each call, and in the middle of each write."""

import errno
import fcntl
import io
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

CALLS = ("fsync", "mkdir", "rename", "replace", "rmdir", "unlink")
Fail = Callable[[str], None]


def kill(point: str) -> None:
    """What `kill -9`, or the machine, does: nothing is closed, flushed or tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def full(point: str) -> None:
    """A full disk still lets files be renamed and removed."""
    if point in ("fsync", "mkdir", "open", "write", "half of a write"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def read_only(point: str) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@contextmanager
def faults(fail: Fail, at: int, onwards: bool = False) -> Iterator[list[str]]:
    """Call `fail` at the `at`-th point (from 0; `onwards`: and at all later ones); yields the points passed so far."""
    passed: list[str] = []

    def point(name: str) -> None:
        passed.append(name)
        if len(passed) - 1 == at or (onwards and len(passed) - 1 > at):
            fail(name)

    def before(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            point(name)
            return call(*args, **kwargs)

        return called

    class Written:
        """A file whose writes can stop half-way."""

        def __init__(self, file: Any) -> None:
            self.file = file

        def write(self, content: bytes) -> None:
            point("write")
            self.file.write(content[: len(content) // 2])
            self.file.flush()
            point("half of a write")
            self.file.write(content[len(content) // 2 :])

        def __getattr__(self, name: str) -> Any:
            return getattr(self.file, name)

        def __enter__(self) -> "Written":
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

    really_open = io.open

    def opened(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if "w" not in mode:
            return really_open(file, mode, *args, **kwargs)
        point("open")
        return Written(really_open(file, mode, *args, **kwargs))

    calls = {name: getattr(os, name) for name in CALLS} | {"fsync": lambda handle: None}  # the power stays on
    with (
        patch.multiple(os, **{name: before(name, call) for name, call in calls.items()}),
        patch.object(fcntl, "flock", before("flock", fcntl.flock)),
        patch.object(io, "open", opened),
    ):
        yield passed
