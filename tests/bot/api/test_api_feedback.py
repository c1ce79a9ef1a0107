"""POST /api/feedback, and what it leaves in the store."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.answering.ask import Bot
from bot.api import create_app
from bot.service.desk import Desk
from bot.service.feedback import Feedback
from bot.service.keeping import AT_ONCE, WAITING
from bot.service.store import Store
from bot.settings import Settings

KEPT = Feedback("answer-0000", "up", None, "q", "en", "answered", None, "web")

VOTE = {
    "answer": "answer-0001",
    "vote": "down",
    "reason": "incomplete",
    "question": "サブネットは?",
    "lang": "ja",
    "status": "answered",
    "section": "faq#subnet",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "votes.db"


@pytest.fixture
def store(file: Path) -> Store:
    return Store(file)


@pytest.fixture
def http(client, file: Path):
    with client(store=file) as http:
        yield http


def test_a_vote_is_kept_changed_and_withdrawn(http: httpx.Client, store: Store):
    reply = http.post("/api/feedback", json=VOTE)
    assert (reply.status_code, reply.content) == (204, b"")
    (kept,) = store.votes()
    assert (kept.answer, kept.vote, kept.reason, kept.question) == (
        "answer-0001",
        "down",
        "incomplete",
        "サブネットは?",
    )
    assert (kept.lang, kept.status, kept.section, kept.door) == ("ja", "answered", "faq#subnet", "web")
    assert kept.at.endswith("+00:00") and len(kept.at) == len("2026-11-20T10:00:00+00:00")
    http.post("/api/feedback", json={**VOTE, "vote": "up", "reason": None})
    assert [kept.vote for kept in store.votes()] == ["up"]
    assert http.post("/api/feedback", json={**VOTE, "vote": None}).status_code == 204
    assert list(store.votes()) == []


@pytest.mark.parametrize("lang", ["de", "zh-hant-tw"])
def test_an_answer_in_any_language_of_a_site_can_be_voted_on(http: httpx.Client, store: Store, lang: str):
    assert http.post("/api/feedback", json={**VOTE, "lang": lang}).status_code == 204
    assert [kept.lang for kept in store.votes()] == [lang]


@pytest.mark.parametrize(
    "change",
    [
        {"answer": "short"},
        {"answer": "a" * 65},
        {"answer": "a b c d e f"},
        {"answer": "'; drop --"},
        {"vote": "maybe"},
        {"reason": "because"},
        {"lang": "German"},
        {"status": "<b>"},
        {"section": "s" * 301},
        {"section": "\0"},
        {"question": "a\0b"},
        {"question": None},
        {"question": "a" * 10_001},
    ],
)
def test_what_is_no_vote_is_refused_and_not_kept(http: httpx.Client, store: Store, change: dict):
    reply = http.post("/api/feedback", json=VOTE | change)
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "invalid_request")
    assert list(store.votes()) == []


def test_a_question_has_the_same_limit_as_when_it_is_asked(http: httpx.Client):
    reply = http.post("/api/feedback", json={**VOTE, "question": "あ" * 1001})
    assert (reply.status_code, reply.json()["error"]["code"]) == (413, "question_too_long")


def test_a_store_that_fails_is_said_and_nothing_else_suffers(http: httpx.Client, store: Store, file: Path):
    http.post("/api/feedback", json=VOTE)
    whole = file.read_bytes()
    file.write_bytes(b"no votes here " * 1000)
    reply = http.post("/api/feedback", json=VOTE)
    assert (reply.status_code, reply.json()["error"]["code"]) == (503, "store_unavailable")
    assert int(reply.headers["retry-after"]) > 0 and str(file) not in reply.text
    assert http.post("/api/ask", json={"question": "What is CNI?"}).status_code == 200
    file.write_bytes(whole)
    assert http.post("/api/feedback", json={**VOTE, "vote": None}).status_code == 204
    assert list(store.votes()) == []


def test_switched_off_it_is_not_there(client):
    with client(store=None) as http:
        reply = http.post("/api/feedback", json=VOTE)
    assert (reply.status_code, reply.json()["error"]["code"]) == (404, "not_found")


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process is in the middle of a change that takes long."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


def test_a_locked_store_slows_nothing_but_votes(bot: Bot, site_dir: Path, file: Path, run_async):
    """More votes wait for it than any pool has threads, each as long as the test; the rest is answered meanwhile."""
    store = Store(file, wait=600)
    store.vote(replace(KEPT, answer="answer-0000"))
    app = create_app(Desk(Settings(site=site_dir, rate_limit="off"), bot, store), look=0.0, patience=0.01)

    async def scenario() -> None:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as http:
            with locked(file):
                voting = [asyncio.create_task(http.post("/api/feedback", json=VOTE)) for _ in range(100)]
                while sum(vote.done() for vote in voting) < 100 - AT_ONCE - WAITING:
                    await asyncio.sleep(0.01)
                refused = [vote.result() for vote in voting if vote.done()]
                assert {(reply.status_code, reply.json()["error"]["code"]) for reply in refused} == {
                    (503, "store_unavailable")
                }
                for path in ("/livez", "/en/faq/", "/api/rules", "/metrics"):
                    assert (await http.get(path)).status_code == 200
                for _ in range(2):  # a look that still lasts is not begun again
                    ready = await http.get("/readyz")
                    assert (ready.status_code, ready.json()["degraded"]) == (200, ["store"])
                asked = await http.post("/api/ask", json={"question": "What is CNI?"})
                assert asked.json()["status"] == "answered"
            kept = [vote.status_code for vote in await asyncio.gather(*voting)]
            assert kept.count(204) == AT_ONCE + WAITING
            while (await http.get("/readyz")).json()["degraded"]:
                await asyncio.sleep(0.01)

    run_async(scenario())
    assert [vote.answer for vote in store.votes()] == ["answer-0000", "answer-0001"]
