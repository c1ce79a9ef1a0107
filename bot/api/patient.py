"""One connection: what uvicorn does not do by itself about clients that are slow, send no end, or take nothing."""

import asyncio
from collections.abc import Callable
from typing import cast

from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT, FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.api import body_limit
from bot.api.closed import Forgiving
from bot.api.connections import Connections
from bot.api.crowd import STATE
from bot.api.errors import failure
from bot.api.half_closed import INTERIM, end_if_closed
from bot.api.headers import DEFAULTS
from bot.api.parser import Parser
from bot.api.portions import Pace, Portions
from bot.api.unread import end_if_unread, unread
from bot.service.client import client

HEADER_BYTES = 64 * 1024  # of a head that goes on, and of anything else between two bodies
HEADER_SECONDS = 10  # for the head of a request, from the connection's first moment or the request's first byte
HEADER_LINES = 200  # browsers send 20, proxies add some
URL_BYTES = 8192  # to take it apart costs more than any other part of a head
_LONG_HEAD, _LONG_URL = "The head of the request is too long.", "The address of the request is too long."
PIPELINED = 32  # requests that are sent before the first of them is answered
# Each piece of a body costs as much as 1,000 bytes of it. Who sends line by line has a tenth of so many.
PIECES = 65_536
_MANY_PIECES = "The body comes in too many pieces."
# Of a body that is left when its request has been answered: its client reads the answer only when all has been sent.
UNASKED, UNASKED_PIECES = 8 * 1024 * 1024, 4096


class Flow(FlowControl):
    """Reads no more while something waits, though an application asks for its body or has answered."""

    def __init__(self, transport: asyncio.Transport, waits: Callable[[], bool]) -> None:
        super().__init__(transport)
        self._waits = waits

    def resume_reading(self) -> None:
        """Unless what was read waits."""
        if not self._waits():
            super().resume_reading()


class Patient(HttpToolsProtocol):
    """Closes a connection whose request head does not come in time or never ends, and one that reads nothing.

    uvicorn would wait for ever, and knows no bound for the connections of one client.
    """

    everyone: Connections
    pace: Pace
    _head: asyncio.TimerHandle | None = None
    _stop_looking: Callable[[], None] = staticmethod(lambda: None)  # for a client that takes nothing
    _stop_asking: Callable[[], None] = staticmethod(lambda: None)  # whether a client that sends no more still reads
    _outside = 0  # bytes since the last whole head or the last piece of a body: the parser keeps them
    _length = 0  # bytes of the head that comes: its address, names and values
    _lines = 0  # of it
    _in_head = False  # what comes as a header is one: behind the body are trailers, which none of ours reads
    _in_body = False
    _pieces = 0  # of the body that comes
    _left = _left_pieces = 0  # bytes and pieces of it after the answer
    _first = False  # piece of a portion: who sends little at a time costs nobody more than that
    _status: int | None = None  # that its requests are refused with, being one connection too many

    @property
    def idle(self) -> bool:
        return not (self._under_way or self.pipeline or self._portions.waiting or unread(self.transport))

    def end(self) -> None:
        self.transport.abort()

    @property
    def _under_way(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def _peer(self) -> str:
        return client({"client": self.client}, 0)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(cast(asyncio.Transport, Forgiving(transport)))
        self.parser = Parser(self)  # type: ignore[assignment, arg-type]  # of both what is used
        self.flow = Flow(transport, lambda: self._portions.waiting)
        self._portions = Portions(self._parse, self.flow.pause_reading, self._read_on, self.pace, self._peer)
        self._status = self.everyone.enter(self, self._peer)
        self._head = self.loop.call_later(HEADER_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        self._portions.take(data)

    def _read_on(self) -> None:
        """Unless a body waits for who reads it."""
        if not self._under_way or len(self.cycle.body) <= HIGH_WATER_LIMIT:
            self.flow.resume_reading()

    def _parse(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._outside, self._first = self._outside + len(data), True
        super().data_received(data)
        if self._outside > HEADER_BYTES:
            return self.send_400_response(_LONG_HEAD)
        if self._under_way and self._head:
            self._head.cancel()
            self._head = None
        elif not self._under_way and not self._head:
            self._head = self.loop.call_later(self._seconds, self.transport.close)

    @property
    def _seconds(self) -> float:
        """For what comes while nothing is under way: the next head, or the rest of a body that is answered already."""
        return body_limit.BODY_SECONDS if self._in_body else HEADER_SECONDS

    def timeout_keep_alive_handler(self) -> None:
        """A connection is idle only if nothing of it waits, and no head and no body goes on."""
        if not (self._portions.waiting or self._in_head or self._in_body):
            super().timeout_keep_alive_handler()

    def eof_received(self) -> bool:  # type: ignore[override]
        """Who has sent a whole request and sends no more may still read; True keeps the connection open for that.

        A client that left looks the same until something is written. Where nothing can be, because a response has
        begun, the work ends that is not worth doing for nobody: bot/api/present.py.
        """
        if not self._under_way or self.cycle.more_body:
            return False
        self.cycle.keep_alive = False
        self._let_work_end()
        # RFC 9110, 15.2: never to a client of 1.0
        if not (self.cycle.response_started or self.pipeline) and self.scope["http_version"] == "1.1":
            self.transport.write(INTERIM)
        self._stop_asking = end_if_closed(self.loop, self.transport, self._let_work_end)
        return True

    def _let_work_end(self) -> None:
        if self.cycle.response_started:
            self.cycle.message_event.set()

    def send_400_response(self, msg: str) -> None:
        """In the form of every other error, though no application has seen the request."""
        if self.transport.is_closing():
            return
        reply = failure(400, "bad_request", msg, {**DEFAULTS, "cache-control": "no-store", "connection": "close"})
        head = b"".join(b"%s: %s\r\n" % header for header in (*self.server_state.default_headers, *reply.raw_headers))
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n%s\r\n%s" % (head, reply.body))
        self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"][STATE] = self._status
        self._length = self._lines = 0
        self._in_head = True

    def on_url(self, url: bytes) -> None:
        self._length += len(url)
        if self._length > URL_BYTES:
            self.send_400_response(_LONG_URL)
            raise OverflowError(_LONG_URL)  # the parser stops
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_head:
            return
        self._length, self._lines = self._length + len(name) + len(value), self._lines + 1
        if self._lines > HEADER_LINES:
            self.send_400_response(_LONG_HEAD)
            raise OverflowError(_LONG_HEAD)  # the parser stops
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._length > HEADER_BYTES:  # of a head that comes at once, nothing was outside before
            self.send_400_response(_LONG_HEAD)
            raise OverflowError(_LONG_HEAD)  # the parser stops
        if len(self.pipeline) >= PIPELINED:
            self.transport.abort()
            raise OverflowError("too many requests at once")  # the parser stops
        self._outside = self._pieces = self._left = self._left_pieces = 0
        self._in_head, self._in_body = False, True
        self._stop_looking()  # what is written from here on would count as not read
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._outside = 0
        self._pieces, self._first = self._pieces + (not self._first), False
        if self.cycle.response_complete:
            self._left, self._left_pieces = self._left + len(body), self._left_pieces + 1
            if self._left > UNASKED or self._left_pieces > UNASKED_PIECES:
                self.transport.close()
                raise OverflowError("nobody reads the body")  # the parser stops
        elif self._pieces > PIECES:
            self.transport.close() if self.cycle.response_started else self.send_400_response(_MANY_PIECES)
            raise OverflowError(_MANY_PIECES)  # the parser stops
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_body = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        if self._head:  # the next request may have begun meanwhile; its time starts with its own bytes
            self._head.cancel()
            self._head = None
        if not self.pipeline and not self.flow.write_paused and unread(self.transport):
            self._look()
        super().on_response_complete()
        if (self._in_head or self._in_body) and not self._under_way:
            self._head = self.loop.call_later(self._seconds, self.transport.close)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._look()

    def resume_writing(self) -> None:
        self._stop_looking()
        super().resume_writing()
        if self.cycle is None or self.cycle.response_complete:  # the end of the response is still to be read
            self._look()

    def _look(self) -> None:
        self._stop_looking()
        self._stop_looking = end_if_unread(self.loop, self.transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._head:
            self._head.cancel()
        self._portions.stop()
        self._stop_looking()
        self._stop_asking()
        self.everyone.leave(self, self._peer)
        if not self.everyone.has(self._peer):
            self.pace.forget(self._peer)
        super().connection_lost(exc)
