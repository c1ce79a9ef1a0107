"""The process that serves: what uvicorn does not do by itself about slow clients and about its own end."""

import asyncio
import logging
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import cast

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.api.closed import Forgiving
from bot.api.connections import Connections, connections_possible
from bot.api.crowd import STATE
from bot.api.errors import failure
from bot.api.half_closed import INTERIM, end_if_closed
from bot.api.headers import DEFAULTS
from bot.api.log import log_as_json
from bot.api.parser import Parser
from bot.api.unread import end_if_unread, unread
from bot.service.client import client
from bot.service.desk import Desk
from bot.service.sites import Sites
from bot.settings import Settings

HEADER_BYTES = 64 * 1024  # of a head that goes on, and of anything else between two bodies
HEADER_SECONDS = 10  # for the head of a request, from the connection's first moment or the request's first byte
KEEP_ALIVE_SECONDS = 5
FINISH_SECONDS = 20  # for requests under way when the process ends
_LONG_HEAD = "The head of the request is too long."
PIPELINED = 32  # requests that are sent before the first of them is answered

_log = logging.getLogger("kb")


def run(app: FastAPI, desk: Desk | Sites, tell: Callable[[str], None] = lambda address: None) -> None:
    """Serve until SIGTERM or SIGINT: not ready for a while, then no new connections, then the end."""
    log_as_json()
    server(app, desk.settings, tell, ending=desk.drain).run()


def server(
    app: Starlette,
    settings: Settings,
    tell: Callable[[str], None],
    connections: int | None = None,
    ending: Callable[[], None] = lambda: None,
) -> uvicorn.Server:
    """What `run` runs. `tell` gets the address once it takes connections: port 0 has become one that is free.

    `connections`: how many there may be, if not as many as the system has files for. `ending` is called when the end
    begins, while requests are still answered.
    """
    everyone = Connections(
        connections or connections_possible(), None if settings.proxy_hops else settings.client_connections
    )
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",  # not "auto", which falls back to asyncio's in silence
        http=type("_Counted", (_Patient,), {"everyone": everyone}),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # KB_PROXY_HOPS says how far X-Forwarded-For is believed
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    return _Server(config, settings.drain_seconds, tell, ending)


class _Server(uvicorn.Server):
    """Ends with exit code 0, and only after load balancers have had time to see that it is not ready."""

    def __init__(
        self, config: uvicorn.Config, drain_seconds: float, tell: Callable[[str], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._drain, self._end, self._announced = drain_seconds, 0.0, False
        self._tell, self._ending = tell, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        _log.info("listening", extra={"kb": {"address": address}})
        self._tell(address)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._end or sig != signal.SIGTERM:
            self.should_exit = True  # Ctrl+C, or a second signal: at once
        self._ending()
        self._end = self._end or time.monotonic() + self._drain

    async def on_tick(self, counter: int) -> bool:
        if self._end and not self._announced:  # not in the signal's handler, which may interrupt another line
            self._announced = True
            _log.info("ending", extra={"kb": {"drain_seconds": self._drain}})
        self.should_exit = self.should_exit or bool(self._end and time.monotonic() >= self._end)
        return await super().on_tick(counter)


class _Patient(HttpToolsProtocol):
    """Closes a connection whose request head does not come in time or never ends, and one that reads nothing.

    uvicorn would wait for ever, and knows no bound for the connections of one client.
    """

    everyone: Connections
    _head: asyncio.TimerHandle | None = None
    _stop_looking: Callable[[], None] = staticmethod(lambda: None)  # for a client that takes nothing
    _stop_asking: Callable[[], None] = staticmethod(lambda: None)  # whether a client that sends no more still reads
    _outside = 0  # bytes since the last whole head or the last piece of a body: the parser keeps them
    _length = 0  # bytes of the head that comes: its address, names and values
    _status: int | None = None  # that its requests are refused with, being one connection too many

    @property
    def idle(self) -> bool:
        return not self._under_way and not self.pipeline and not unread(self.transport)

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
        self._status = self.everyone.enter(self, self._peer)
        self._head = self.loop.call_later(HEADER_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        self._outside += len(data)
        super().data_received(data)
        if self._outside > HEADER_BYTES:
            return self.send_400_response(_LONG_HEAD)
        if self._under_way and self._head:
            self._head.cancel()
            self._head = None
        elif not self._under_way and not self._head:
            self._head = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def eof_received(self) -> bool:  # type: ignore[override]
        """Who has sent a whole request and sends no more may still read; True keeps the connection open for that.

        A client that left looks the same until something is written. Where nothing can be, because a response has
        begun, the work ends that is not worth doing for nobody: bot/api/present.py.
        """
        if not self._under_way or self.cycle.more_body:
            return False
        self.cycle.keep_alive = False
        if self.cycle.response_started:
            self.cycle.message_event.set()
        elif not self.pipeline and self.scope["http_version"] == "1.1":  # RFC 9110, 15.2: never to a client of 1.0
            self.transport.write(INTERIM)
        self._stop_asking = end_if_closed(self.loop, self.transport)
        return True

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
        self._length = 0

    def on_url(self, url: bytes) -> None:
        self._length += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._length += len(name) + len(value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._length > HEADER_BYTES:  # of a head that comes at once, nothing was outside before
            self.send_400_response(_LONG_HEAD)
            raise OverflowError(_LONG_HEAD)  # the parser stops
        if len(self.pipeline) >= PIPELINED:
            self.transport.abort()
            raise OverflowError("too many requests at once")  # the parser stops
        self._outside = 0
        self._stop_looking()  # what is written from here on would count as not read
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._outside = 0
        super().on_body(body)

    def on_response_complete(self) -> None:
        if self._head:  # the next request may have begun meanwhile; its time starts with its own bytes
            self._head.cancel()
            self._head = None
        if not self.pipeline and not self.flow.write_paused and unread(self.transport):
            self._look()
        super().on_response_complete()

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
        self._stop_looking()
        self._stop_asking()
        self.everyone.leave(self, self._peer)
        super().connection_lost(exc)
