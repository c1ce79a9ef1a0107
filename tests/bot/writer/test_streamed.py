"""An answer as events: the quotes do not wait for a model, and what it says is sent only if all of it was checked."""

import asyncio
import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from attacks import HONEST, QUOTES, answer, attacks
from fastapi.testclient import TestClient
from heldmodel import Held, quoting
from model_standin import Standin, client, writer
from patience import PATIENCE

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.half_closed import INTERIM
from bot.service.desk import Desk
from bot.service.memory import Given
from bot.settings import Settings
from bot.writer.checking import checked
from bot.writer.writer import AT_ONCE, Writer

QUESTION = {"question": "Is kubenet supported by Application Gateway for Containers?"}
STREAM, CHAT = {"accept": "text/event-stream"}, {"accept": "application/json,text/event-stream"}


def events(text: str) -> list[tuple[str, object]]:
    """Names and data; nothing else is in a stream."""
    parts = [part.split("\n") for part in text.removesuffix("\n\n").split("\n\n")]
    assert [(name[:7], data[:6]) for name, data in parts] == [("event: ", "data: ")] * len(parts)
    return [(name[7:], json.loads(data[6:])) for name, data in parts]


def names(response: httpx.Response) -> list[str]:
    assert response.headers["content-type"].startswith("text/event-stream")
    return [name for name, _ in events(response.text)]


def timeless(answered: dict) -> dict:
    return {name: value for name, value in answered.items() if name != "took_ms"}


@pytest.mark.parametrize("headers", [STREAM, CHAT], ids=["stream", "chat"])
def test_the_quotes_come_first_then_the_text_then_the_end(bot: Bot, headers: dict[str, str]):
    with client(bot, Standin(quoting)) as http:
        (first, given), (second, written), end = events(http.post("/api/ask", json=QUESTION, headers=headers).text)
    with client(bot, Standin(quoting)) as http:
        whole = http.post("/api/ask", json=QUESTION).json()
    assert (first, second, end) == ("answer", "written", ("end", {}))
    assert given["written"] is None and given["citations"]
    assert timeless({**given, "written": written}) == timeless(whole), "together they are what JSON has"


def test_who_does_not_ask_for_events_gets_json(bot: Bot):
    with client(bot, Standin(quoting)) as http:
        for accept in ("*/*", "application/json", "text/event-stream;q=0, */*"):
            assert http.post("/api/ask", json=QUESTION, headers={"accept": accept}).json()["written"]


def test_without_a_writer_there_is_nothing_to_wait_for(bot: Bot):
    with client(bot, None) as http:
        assert names(http.post("/api/ask", json=QUESTION, headers=STREAM)) == ["answer", "end"]
        plain = http.post("/api/ask", json=QUESTION, headers=CHAT)
    assert plain.headers["content-type"] == "application/json" and plain.json()["status"] == "answered"


def test_what_no_model_is_asked_comes_as_json(bot: Bot):
    standin = Standin(quoting)
    with client(bot, standin) as http:
        reply = http.post("/api/ask", json={"question": "How do I bake bread?"}, headers=CHAT)
    assert reply.json()["status"] == "not_covered" and standin.asked == []


def test_a_text_that_is_remembered_comes_with_its_answer(bot: Bot):
    standin = Standin(quoting)
    with client(bot, standin) as http:
        _, (_, written), _ = events(http.post("/api/ask", json=QUESTION, headers=STREAM).text)
        assert http.post("/api/ask", json=QUESTION, headers=CHAT).json()["written"] == written
        (_, given), end = events(http.post("/api/ask", json=QUESTION, headers=STREAM).text)
        metrics = http.get("/metrics").text
    assert given["written"] == written and end == ("end", {})
    assert len(standin.asked) == 1
    assert 'kb_written_total{outcome="written"} 1.0' in metrics
    assert 'kb_http_requests_total{route="/api/ask",status="200"} 3.0' in metrics


@pytest.mark.parametrize(
    "said", [(500, b""), (200, b"data: [DONE]"), "It is free [1].", ""], ids=["down", "no completion", "lies", "empty"]
)
def test_a_model_that_fails_leaves_the_quotes(bot: Bot, said: object):
    with client(bot, Standin(said)) as http:
        assert names(http.post("/api/ask", json=QUESTION, headers=CHAT)) == ["answer", "end"]


def test_a_model_that_stalls_is_given_up(bot: Bot):
    desk = Desk(Settings(rate_limit="off"), bot, writer=writer(Standin(None), seconds=0.05))
    with TestClient(create_app(desk)) as http:
        assert names(http.post("/api/ask", json=QUESTION, headers=CHAT)) == ["answer", "end"]


def test_none_of_the_attacks_is_in_a_stream(bot: Bot, monkeypatch: pytest.MonkeyPatch):
    passing = {lang: [text for text in HONEST[lang] if checked(text, answer(lang))[0]] for lang in QUOTES}
    made = [(lang, text) for lang in QUOTES for _, text in attacks(lang, passing[lang])]
    assert len(made) >= 200
    standin, now = Standin(lambda _: now[1]), made[0]
    desk = Desk(Settings(rate_limit="off"), bot, writer=writer(standin))

    async def give(*_: object, **__: object) -> Given:
        return Given(answer(now[0]), bot, date(2026, 1, 1), ("?", None, (), None))

    monkeypatch.setattr(desk, "give", give)
    with TestClient(create_app(desk)) as http:
        for now in made:
            (first, given), *rest = events(http.post("/api/ask", json=QUESTION, headers=STREAM).text)
            assert (first, given["written"], rest) == ("answer", None, [("end", {})]), now
    assert len(standin.asked) == 2 * len(made)


def test_errors_are_json_as_ever(bot: Bot):
    desk = Desk(Settings(rate_limit="1/minute", max_question=100), bot, writer=writer(Standin(quoting)))
    with TestClient(create_app(desk)) as http:
        refused = http.post("/api/ask", json={"question": "x" * 101}, headers=STREAM)
        often = http.post("/api/ask", json=QUESTION, headers=STREAM)
    assert [(each.status_code, each.json()["error"]["code"]) for each in (refused, often)] == [
        (413, "question_too_long"),
        (429, "rate_limited"),
    ]


def test_whole_addresses_and_headers(bot: Bot):
    with client(bot, Standin(quoting)) as http:
        headers = {**STREAM, "accept-encoding": "gzip"}
        reply = http.post("/api/ask?urls=absolute", json=QUESTION, headers=headers)
    given = events(reply.text)[0][1]
    assert all(urlsplit(cited["url"]).scheme for cited in given["citations"])
    assert reply.headers["cache-control"] == "no-store, no-transform"
    assert reply.headers["x-accel-buffering"] == "no" and reply.headers["x-content-type-options"] == "nosniff"
    assert {"content-encoding", "content-length"}.isdisjoint(reply.headers)


def test_both_forms_are_described(bot: Bot):
    with client(bot, None) as http:
        described = http.get("/api/openapi.json").json()["paths"]["/api/ask"]["post"]["responses"]["200"]["content"]
    assert set(described) == {"application/json", "text/event-stream"}
    assert "Answer" in described["application/json"]["schema"]["$ref"]


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def url(listening, bot: Bot, held: Held) -> Iterator[str]:
    desk = Desk(Settings(rate_limit="off"), bot, writer=Writer(held, PATIENCE))
    with listening(create_app(desk)) as address:
        yield address
        held.let.set()


def asked(stack: ExitStack, url: str, more: str = "", headers: dict[str, str] = CHAT) -> tuple[dict, Iterator[str]]:
    """The answer, read from a stream that may go on, and the rest of it. `more` makes it another question."""
    body = {"question": QUESTION["question"] + more}
    reply = stack.enter_context(httpx.stream("POST", f"{url}/api/ask", json=body, headers=headers, timeout=PATIENCE))
    lines = reply.iter_lines()
    name, data = next(lines), next(lines)
    assert (name, data[:6]) == ("event: answer", "data: ")
    return json.loads(data[6:]), lines


def test_the_answer_is_read_while_the_model_says_nothing(url: str, held: Held):
    with ExitStack() as stack:
        given, rest = asked(stack, url)
        assert given["citations"] and held.asked.acquire(timeout=PATIENCE) and not held.let.is_set()
        held.let.set()
        assert [line for line in rest if line.startswith("event")] == ["event: written", "event: end"]


def test_a_client_that_leaves_ends_the_work(url: str, held: Held, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO, "kb"):
        for n in range(AT_ONCE + 1):  # each gives its place back
            with ExitStack() as stack:
                asked(stack, url, "?" * n)
                assert held.asked.acquire(timeout=PATIENCE)
            assert held.left.acquire(timeout=PATIENCE)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert {record.kb["status"] for record in caplog.records if record.message == "request"} <= {200}


@pytest.mark.parametrize("late", [False, True], ids=["answers at once", "answers after the end of what was sent"])
def test_who_only_sends_no_more_gets_the_answer_and_the_end(
    listening, bot: Bot, held: Held, monkeypatch: pytest.MonkeyPatch, late: bool
):
    desk, sent = Desk(Settings(rate_limit="off"), bot, writer=Writer(held, PATIENCE)), threading.Event()
    give = desk.give

    async def giving(*args: Any, **kwargs: Any) -> Given:
        await asyncio.to_thread(sent.wait, PATIENCE)
        return await give(*args, **kwargs)

    if late:
        monkeypatch.setattr(desk, "give", giving)
    body = json.dumps(QUESTION).encode()
    head = b"POST /api/ask HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"
    with listening(create_app(desk)) as url:
        with socket.create_connection(("127.0.0.1", urlsplit(url).port), timeout=PATIENCE / 2) as opened:
            opened.sendall(b"%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body))
            opened.shutdown(socket.SHUT_WR)
            if late:
                assert opened.recv(len(INTERIM), socket.MSG_WAITALL) == INTERIM
            sent.set()
            reply = b"".join(iter(lambda: opened.recv(65536), b""))
        held.let.set()
    assert [line for line in reply.split(b"\n") if line.startswith(b"event")] == [b"event: answer", b"event: end"]


def test_more_at_once_than_a_model_may_have_do_not_wait(url: str, held: Held):
    with ExitStack() as stack:
        streams = [asked(stack, url, "?" * n) for n in range(AT_ONCE)]
        for _ in streams:
            assert held.asked.acquire(timeout=PATIENCE)
        beside = {"question": f"{QUESTION['question']} please"}
        reply = httpx.post(f"{url}/api/ask", json=beside, headers=CHAT, timeout=PATIENCE)
        assert reply.json()["written"] is None
        assert names(httpx.post(f"{url}/api/ask", json=beside, headers=STREAM, timeout=PATIENCE)) == ["answer", "end"]
        held.let.set()
        for _, rest in streams:
            assert "event: written" in list(rest)
