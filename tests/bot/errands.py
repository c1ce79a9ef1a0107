"""Work for a process of its own, which imports this file and shall not import what the tests need besides."""

import os
import signal
import threading
from pathlib import Path

from index.errors import KbError


def end_yourself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    raise KbError("not today")


def take(bytes_: int) -> int:
    return len(bytearray(bytes_))


def hold(fifo: str) -> str:
    """Until somebody writes into the fifo."""
    return Path(fifo).read_text("utf-8")


def wait_for_ever() -> None:
    threading.Event().wait()
