"""The service in this process for bare HTTP, and an agent of the SDK connected to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from mcp import Client

from bot.api import create_app
from bot.mcp.caller import Caller
from bot.mcp.http import attach
from bot.service.desk import Desk

HANDSHAKE, STATELESS = "2025-06-18", "2026-07-28"
HERE = "http://127.0.0.1:8000/mcp"


@asynccontextmanager
async def serving(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """The service as an application in this process, and what sends it requests."""
    app = create_app(desk)
    attach(app, desk)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx2.AsyncClient(transport=transport) as http:
        yield http


@asynccontextmanager
async def connected(target: object, revision: str) -> AsyncIterator[Client]:
    async with Client(target, mode="legacy" if revision == HANDSHAKE else revision) as client:
        yield client


async def caller(desk: Desk) -> Caller:
    return Caller(desk, "stdio")
