"""Who takes (almost) nothing of a response is let go; who reads slowly is not."""

import asyncio
import fcntl
import sys
import termios
from collections.abc import Callable
from contextlib import suppress

UNREAD_SECONDS = 30
READ_RATE = 240  # bytes a second, over UNREAD_SECONDS: who reads less holds a place and wants no answer


def end_if_unread(loop: asyncio.AbstractEventLoop, transport: asyncio.Transport) -> Callable[[], None]:
    """Abort the connection once UNREAD_SECONDS pass in which the client takes less than READ_RATE.

    Nothing may be written meanwhile. It stops by itself when all is read; what is returned stops it before.
    """
    timer: asyncio.TimerHandle

    def look(before: int) -> None:
        nonlocal timer
        now = unread(transport)
        if now and before - now < READ_RATE * UNREAD_SECONDS:
            transport.abort()  # close() would first wait until all is written
        elif now:
            timer = loop.call_later(UNREAD_SECONDS, look, now)

    timer = loop.call_later(UNREAD_SECONDS, look, unread(transport))
    return lambda: timer.cancel()


def unread(transport: asyncio.Transport) -> int:
    """Bytes that the other side has not acknowledged: the transport's and the kernel's (SIOCOUTQ of Linux)."""
    waiting = transport.get_write_buffer_size()
    with suppress(AttributeError, OSError):  # no socket any more, or another system
        queued = fcntl.ioctl(transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4))
        waiting += int.from_bytes(queued, sys.byteorder)
    return waiting
