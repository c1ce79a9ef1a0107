"""An agent of the SDK at each door, for the two revisions of the protocol that hosts speak."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import mcp.client.session
import pytest
from agents import HANDSHAKE, HERE, STATELESS, caller, connected, serving
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from bot.answering.ask import Bot
from bot.mcp.server import server
from bot.service.desk import Desk
from bot.settings import Settings

SITE = "https://docs.example.com/"
Scenario = Callable[[Client], Awaitable[object]]


@pytest.fixture(params=[HANDSHAKE, STATELESS])
def revision(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A revision of the protocol; the SDK's client is held to it."""
    monkeypatch.setattr(mcp.client.session, "LATEST_HANDSHAKE_VERSION", HANDSHAKE)
    return request.param


@pytest.fixture
def desk(bot: Bot, site_dir: Path):
    """A desk over the real index, with these settings."""

    def desk(**kb: object) -> Desk:
        return Desk(Settings(**{"site": site_dir, "site_url": SITE, "rate_limit": "off"} | kb), bot)

    return desk


@pytest.fixture
def over_http():
    """A context manager: a client of the service with this desk, without a network."""

    @asynccontextmanager
    async def over_http(desk: Desk, revision: str = STATELESS) -> AsyncIterator[Client]:
        async with serving(desk) as http, connected(streamable_http_client(HERE, http_client=http), revision) as agent:
            yield agent

    return over_http


@pytest.fixture
def agent(desk, over_http, run_async):
    """What a scenario with an agent gives; the agent is connected as hosts connect it, by HTTP or by streams."""

    def agent(scenario: Scenario, revision: str = STATELESS, door: str = "http", **kb: object) -> object:
        async def run() -> object:
            async with AsyncExitStack() as stack:
                at = desk(**kb)
                if door == "http":
                    client = await stack.enter_async_context(over_http(at, revision))
                else:
                    stack.push_async_callback(at.close)
                    client = await stack.enter_async_context(connected(server(lambda _: caller(at)), revision))
                return await scenario(client)

        return run_async(run())

    return agent
