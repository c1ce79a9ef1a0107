"""More questions at once than there is room for: some are refused at once, the others are answered."""

import asyncio
import threading

import httpx
import pytest
from patience import PATIENCE

from bot.answering.ask import Bot
from bot.api import create_app
from bot.service.capacity import FullError, Turns
from bot.service.desk import Desk
from bot.settings import Settings


def test_beyond_the_queue_work_is_refused_at_once_and_taken_again_later(run_async):
    """Nothing ends before `free` is set, so what comes back before is refused without waiting."""

    async def scenario():
        turns, free = Turns(max_waiting=2, at_once=1), threading.Event()
        running = [asyncio.create_task(turns.run(free.wait)) for _ in range(3)]
        await asyncio.sleep(0)  # they come before the next one
        with pytest.raises(FullError):
            await turns.run(lambda: None)
        free.set()
        assert await asyncio.gather(*running) == [True] * 3
        assert await turns.run(lambda: "again") == "again"

    run_async(scenario())


def test_work_that_fails_leaves_its_place(run_async):
    async def scenario():
        turns = Turns(max_waiting=0, at_once=1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await turns.run(lambda: 1 // 0)

    run_async(scenario())


class Held(Bot):
    """Answers nothing before `may` is set."""

    def __init__(self, *parts):
        super().__init__(*parts)
        self.may = threading.Event()

    def ask(self, *asked):
        self.may.wait()
        return super().ask(*asked)


def test_a_crowd_is_answered_or_told_to_come_back(bot: Bot, run_async):
    held = Held(bot.topics, bot.encoder, bot.weights)
    desk = Desk(Settings(max_waiting=3, rate_limit="off"), held)
    app, room = create_app(desk), 3 + desk.turns.at_once
    crowd = room + 10

    async def scenario():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:

            async def ask(number: int) -> httpx.Response:
                # Not one question: a repeated one would be answered from memory.
                return await http.post("/api/ask", json={"question": "What is CNI?" + " " * number})

            asked = [asyncio.create_task(ask(number)) for number in range(crowd)]
            try:
                first_ones = zip(range(10), asyncio.as_completed(asked, timeout=60), strict=False)
                refused = [await reply for _, reply in first_ones]
            finally:
                held.may.set()
            replies = await asyncio.gather(*asked)
            return refused, replies, await ask(crowd)

    refused, replies, later = run_async(scenario())
    assert [reply.status_code for reply in refused] == [503] * 10
    for reply in refused:
        assert (reply.json()["error"]["code"], reply.headers["retry-after"]) == ("over_capacity", "2")
    answered = [reply for reply in replies if reply.status_code == 200]
    assert len(answered) == room
    assert {reply.json()["status"] for reply in (*answered, later)} == {"answered"}


@pytest.mark.parametrize(("lang", "words"), [("en", "Too many questions"), ("ja", "質問が集中しています")])
def test_a_question_that_is_not_answered_in_time_is_refused_like_one_too_many(bot: Bot, run_async, lang, words):
    held = Held(bot.topics, bot.encoder, bot.weights)
    desk = Desk(Settings(rate_limit="off"), held)
    desk.deadline = 0.01

    async def scenario():
        transport = httpx.ASGITransport(create_app(desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            try:
                late = await http.post("/api/ask", json={"question": "What is CNI?", "lang": lang})
            finally:
                held.may.set()
            desk.deadline = PATIENCE
            return late, await http.post("/api/ask", json={"question": "What is CNI?", "lang": lang})

    late, later = run_async(scenario())
    assert (late.status_code, late.json()["error"]["code"], late.headers["retry-after"]) == (503, "over_capacity", "2")
    assert words in late.json()["error"]["message"]
    assert (later.status_code, later.json()["status"]) == (200, "answered")


class HeldByLong(Held):
    """Answers long questions only once `may` is set."""

    def ask(self, question, lang=None, history=(), version=None):
        return (super() if history else super(Held, self)).ask(question, lang, history, version)


def test_long_questions_leave_a_turn_to_others(bot: Bot, run_async):
    """A client with many of them, and another one that asks an ordinary question."""
    held = HeldByLong(bot.topics, bot.encoder, bot.weights)
    desk = Desk(Settings(rate_limit="off"), held)
    desk.turns = Turns(max_waiting=9, at_once=2)
    long = {"question": "And with an overlay?", "history": [{"question": "Which size? " * 40}]}

    async def scenario():
        transport = httpx.ASGITransport(create_app(desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
            crowd = [asyncio.create_task(http.post("/api/ask", json=long)) for _ in range(5)]
            try:
                assert (await http.post("/api/ask", json={"question": "What is CNI?"})).status_code == 200
                assert not any(task.done() for task in crowd)
            finally:
                held.may.set()
            assert [reply.status_code for reply in await asyncio.gather(*crowd)] == [200] * 5

    run_async(scenario())
