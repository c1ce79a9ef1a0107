"""The process that serves: what uvicorn does not do by itself about its own end."""

import logging
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette

from bot.api.connections import Connections, connections_possible
from bot.api.log import log_as_json
from bot.api.patient import Patient
from bot.api.portions import Pace
from bot.service.desk import Desk
from bot.service.sites import Sites
from bot.settings import Settings

KEEP_ALIVE_SECONDS = 5
FINISH_SECONDS = 20  # for requests under way when the process ends

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
        loop="asyncio",  # uvloop accepts one connection in a round of the loop: under load, others wait for theirs
        http=type("_Counted", (Patient,), {"everyone": everyone, "pace": Pace()}),
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
