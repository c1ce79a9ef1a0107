"""The service with its Slack door, within this process, and the stand-in for Slack that it talks to.

Each test has both for itself. When the service ends it first sends every reply that it owes, so what has not arrived
by then never comes: tests that prove an absence end the service and look.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from deliver import NOW, SECRET
from fastapi.testclient import TestClient
from processes import program
from slack_bolt.listener.async_listener import AsyncCustomListener
from standin import TOKEN, Slack, standing_in
from timing import PATIENT, GatedBot

from bot.answering.ask import Bot
from bot.api import create_app
from bot.service.desk import Desk
from bot.service.store import Store
from bot.settings import Settings
from bot.slack import attach
from bot.slack.context import Timing

Serve = Callable[..., AbstractContextManager[TestClient]]


def made() -> float:
    """The clock of a store: it was made an hour before Slack signs anything; what is older is refused."""
    return NOW - 3600.0


@pytest.fixture
def slack() -> Iterator[Slack]:
    with standing_in() as slack:
        yield slack


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Of `chat`."""
    return Store(tmp_path / "store.db", made)


@pytest.fixture(scope="session")
def in_process(bot: Bot, tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """A context manager: the service over the real bot, with a signing secret and these settings added."""
    real_bot = bot

    @contextmanager
    def in_process(
        slack: Slack, kept: Store | None = None, bot: Any = real_bot, timing: Timing = PATIENT, **given: Any
    ) -> Iterator[TestClient]:
        folder = tmp_path_factory.mktemp("slack")
        usual = {"site": folder / "none", "rate_limit": "off", "slack_signing_secret": SECRET, "store": folder / "db"}
        with pytest.MonkeyPatch.context() as changed:
            for name in [name for name in os.environ if name.startswith("KB_")]:
                changed.delenv(name)
            # Bolt's own limit, three seconds until a request is acknowledged, passes on the machine's clock.
            changed.setattr(AsyncCustomListener, "ack_timeout", property(lambda _: 60, lambda *_: None), raising=False)
            settings = Settings(**usual | slack.addresses | given)
            store = kept or (Store(settings.store_place, made) if settings.store_place else None)
            desk = Desk(settings, bot, store)
            app = create_app(desk)
            app.state.desk = desk  # for these tests
            attach(app, desk, timing)
            with TestClient(app) as http:
                yield http

    return in_process


@pytest.fixture(scope="session")
def process(serving):
    """A context manager: the service as a process of its own, with a signing secret and these settings added.

    All of them have one store, as the workers of one service do. `changes`: what such a process runs first.
    """

    @contextmanager
    def process(slack: Slack, changes: str = "", **given: object):
        settings = {"slack_signing_secret": SECRET, **slack.addresses, **given}
        set_ones = {name: value for name, value in settings.items() if value is not None}
        with serving(program=program(changes), **set_ones) as running:
            yield running

    return process


@pytest.fixture(scope="module")
def http(in_process: Serve) -> Iterator[TestClient]:
    """The service for what is refused, of which it keeps nothing; what it lets in has nothing to reply."""
    with standing_in() as slack, in_process(slack) as http:
        yield http


@pytest.fixture
def chat(in_process: Serve, slack: Slack, store: Store) -> Iterator[TestClient]:
    """The service with a bot token."""
    with in_process(slack, store, slack_bot_token=TOKEN) as http:
        yield http


@pytest.fixture
def tokenless(in_process: Serve, slack: Slack) -> Iterator[TestClient]:
    """The service with a signing secret only."""
    with in_process(slack) as http:
        yield http


@pytest.fixture
def gated(bot: Bot) -> Iterator[GatedBot]:
    """Its gate opens at the end, so that no thread waits for ever."""
    gated = GatedBot(bot)
    yield gated
    gated.gate.set()
