"""A client that sends no more may still read; one that has closed looks the same until something is sent to it.

So it is sent `100 Continue`, which says nothing and which every client has to take (RFC 9110, 15.2): the system of one
that has closed refuses it, and that ends the connection.
"""

import asyncio
import select
from collections.abc import Callable

LOOK_SECONDS = 0.2
INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n"


def end_if_closed(
    loop: asyncio.AbstractEventLoop, transport: asyncio.Transport, otherwise: Callable[[], None]
) -> Callable[[], None]:
    """Abort the connection once the other side has refused what was written; what is returned stops looking.

    Behind the end of what is sent, asyncio does not listen for that. `otherwise` is called at each look
    that did not abort.
    """
    timer: asyncio.TimerHandle

    def look() -> None:
        nonlocal timer
        if _refused(transport):
            transport.abort()
        else:
            otherwise()
            timer = loop.call_later(LOOK_SECONDS, look)

    timer = loop.call_later(LOOK_SECONDS, look)
    return lambda: timer.cancel()


def _refused(transport: asyncio.Transport) -> bool:
    poll = select.poll()
    try:
        poll.register(transport.get_extra_info("socket").fileno(), 0)  # POLLHUP and POLLERR are always told
    except (AttributeError, ValueError):  # it is closed, and connection_lost comes next
        return False
    return bool(poll.poll(0))
