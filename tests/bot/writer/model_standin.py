"""An endpoint in this process that stands in for a model, and what asks it."""

import asyncio
import json
from collections.abc import Callable

import httpx2
from fastapi.testclient import TestClient

from bot.answering.ask import Bot
from bot.api import create_app
from bot.service.desk import Desk
from bot.settings import Settings
from bot.writer.endpoint import Endpoint
from bot.writer.writer import Writer


class Standin:
    """An endpoint in this process: `say` gives the text (or a body, or nothing) for each request, which are kept."""

    def __init__(self, *say: object) -> None:
        self.say, self.asked, self.keys = list(say), [], []

    async def __call__(self, scope, receive, send) -> None:
        body = b""
        while (message := await receive()).get("more_body") or message["body"]:
            body += message["body"]
            if not message.get("more_body"):
                break
        self.asked.append((scope["path"], json.loads(body)))
        self.keys.append(dict(scope["headers"]).get(b"authorization"))
        said = self.say[min(len(self.asked), len(self.say)) - 1]
        if callable(said):
            said = said(self.asked[-1][1])
        if said is None:
            await asyncio.Event().wait()  # it never answers
        status, sent = said if isinstance(said, tuple) else (200, said)
        if isinstance(sent, str):
            sent = json.dumps({"choices": [{"message": {"role": "assistant", "content": sent}}]}).encode()
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": sent})


def writer(standin: Standin, seconds: float = 30, clock: Callable[[], float] = lambda: 0.0) -> Writer:
    endpoint = Endpoint("https://model.example/v1", "small", "key", seconds, httpx2.ASGITransport(standin))
    return Writer(endpoint, seconds, clock)


def client(bot: Bot, standin: Standin | None) -> TestClient:
    made = writer(standin) if standin else None
    return TestClient(create_app(Desk(Settings(rate_limit="off"), bot, writer=made)))
