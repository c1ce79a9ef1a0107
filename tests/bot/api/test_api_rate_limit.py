"""The rate limit: what is answered above it. Who counts as one client: test_client.py."""

import asyncio
import socket

import pytest
from limits.storage import storage_from_string

from bot.answering.ask import Bot
from bot.service import rate
from bot.service.desk import Desk
from bot.service.rate import Rate
from bot.settings import Settings

QUESTION = {"question": "What is CNI?"}


def test_above_the_limit_it_says_when_to_come_back(client):
    with client(rate_limit="5/day") as http:
        assert [http.post("/api/ask", json=QUESTION).status_code for _ in range(5)] == [200] * 5
        reply = http.post("/api/ask", json=QUESTION, headers={"accept-language": "ja", "x-forwarded-for": "1.1.1.1"})
        assert (reply.status_code, reply.json()["error"]["code"]) == (429, "rate_limited")
        wait = int(reply.headers["retry-after"])
        assert 1 <= wait <= 24 * 60 * 60
        assert f"{wait} 秒後にもう一度" in reply.json()["error"]["message"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert http.post("/api/feedback", json={}).status_code == 429  # one count for all
        assert http.get("/api/rules").status_code == http.get("/en/").status_code == 200


def test_behind_a_proxy_each_client_has_its_own_count(client):
    with client(rate_limit="1/day", proxy_hops=1) as http:
        asked = [("1.1.1.1", 200), ("1.1.1.1", 429), ("2.2.2.2", 200), ("9.9.9.9, 2.2.2.2", 429)]
        for address, status in asked:
            reply = http.post("/api/ask", json=QUESTION, headers={"x-forwarded-for": address})
            assert reply.status_code == status, address


def test_a_store_that_cannot_be_reached_costs_no_answer(client, refusing: str, caplog: pytest.LogCaptureFixture):
    pytest.importorskip("redis")
    with client(rate_limit="1/day", rate_store=refusing.replace("http", "redis")) as http:
        assert [http.post("/api/ask", json=QUESTION).status_code for _ in range(2)] == [200, 200]
    assert "store of the rate limit cannot be reached" in caplog.text


def test_a_store_that_says_nothing_is_not_waited_for(run_async):
    """It takes the connection and never answers; without a limit the test would wait for ever, too."""
    pytest.importorskip("redis")

    async def scenario(port: int) -> int | None:
        rate = Rate("1/day", f"redis://127.0.0.1:{port}/0", patience=0.05)
        async with asyncio.timeout(60):
            return await rate.wait("a")

    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert run_async(scenario(silent.getsockname()[1])) is None


def test_sites_that_count_in_one_store_count_each_for_itself(bot: Bot, monkeypatch: pytest.MonkeyPatch, run_async):
    shared = storage_from_string("async+memory://")
    monkeypatch.setattr(rate, "_storage", lambda *given: shared)
    settings = Settings(rate_limit="1/day")

    async def refused(*sites: str) -> list[bool]:
        desks = [Desk(settings, bot, site=site) for site in sites]
        return [await desk.rate.wait("somebody") is not None for desk in desks if desk.rate]

    assert run_async(refused("a", "b", "", "a", "b", "")) == [False, False, False, True, True, True]
