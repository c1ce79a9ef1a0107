"""A repeated request is answered from memory: the same answer, counted as any, and never from an index before."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.answering.ask import Bot
from bot.service import memory
from bot.service.live import Live
from bot.service.memory import Asked, Memory

TODAY = date(2026, 1, 1)
QUESTION = {"question": 'What does "took_ms":0.0 mean for a kubenet cluster?'}


class Counting(Bot):
    """Counts its searches; each answer took another time."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot.topics, bot.encoder, bot.weights)
        self.searches = 0

    def ask(self, *asked):
        self.searches += 1
        return replace(super().ask(*asked), took_ms=1e9 + self.searches)


@pytest.fixture
def counting(bot: Bot) -> Counting:
    return Counting(bot)


@pytest.fixture
def http(client, counting: Counting):
    with client(over=counting) as http:
        yield http


def test_the_second_answer_is_the_first_but_for_its_time(http: httpx.Client, counting: Counting):
    first, second = (http.post("/api/ask", json=QUESTION) for _ in range(2))
    assert counting.searches == 1
    assert first.headers["content-type"] == second.headers["content-type"] == "application/json"
    assert first.json()["took_ms"] == 1e9 + 1 and 0 < second.json()["took_ms"] < 1e9  # not the time of the search
    assert first.json() | {"took_ms": 0} == second.json() | {"took_ms": 0}


def test_language_and_history_are_part_of_the_question(http: httpx.Client, counting: Counting):
    asked = [{}, {"lang": "ja"}, {"lang": "en"}, {"history": [{"question": "What is AGC?"}]}]
    for number, more in enumerate(asked, 1):
        first, second = (http.post("/api/ask", json={"question": "And the subnet?"} | more).json() for _ in range(2))
        assert first | {"took_ms": 0} == second | {"took_ms": 0}
        assert (second["lang"], counting.searches) == (more.get("lang", "en"), number)


def test_remembered_answers_count_for_metrics_and_the_limit(client, caplog: pytest.LogCaptureFixture):
    with client(rate_limit="3/day") as http, caplog.at_level("INFO", "kb"):
        codes = [http.post("/api/ask", json=QUESTION).status_code for _ in range(4)]
        counted = http.get("/metrics").text
    assert codes == [200, 200, 200, 429]
    answers = [line for line in counted.splitlines() if line.startswith("kb_answers_total")]
    assert sum(float(line.rpartition(" ")[2]) for line in answers) == 3
    assert [record.message for record in caplog.records].count("answer") == 3


def test_a_request_that_would_be_refused_is_not_answered_from_memory(http: httpx.Client):
    body = json.dumps(QUESTION)
    as_json, as_text = {"content-type": "application/json"}, {"content-type": "text/plain"}
    codes = [http.post("/api/ask", content=body, headers=given).status_code for given in (as_json, as_text)]
    assert codes == [200, 415]


def test_another_index_starts_with_an_empty_memory(bot: Bot, client, index_dir: Path):
    live = Live(index_dir, "bundled")
    with client(over=live) as http:
        before = http.post("/api/ask", json=QUESTION).json()

        class Other(Bot):
            def ask(self, *asked):
                return replace(super().ask(*asked), answer="from the other index")

        live.bot = Other(bot.topics, bot.encoder, bot.weights)
        after = [http.post("/api/ask", json=QUESTION).json()["answer"] for _ in range(2)]
    assert before["answer"] != "from the other index"
    assert after == ["from the other index"] * 2


def asked(question: str) -> Asked:
    return question, None, (), None


def test_the_memory_is_bounded_and_keeps_what_is_asked_again(bot: Bot, monkeypatch):
    monkeypatch.setattr(memory, "ENTRIES", 2)
    kept, answer = Memory(lambda: TODAY), bot.ask("What is CNI?")
    a, b, c, long = asked("a"), asked("b"), asked("c"), asked("x" * (memory.LONGEST + 1))
    assert kept.recall(bot, a) is None
    for each in (a, b, long):
        kept.keep(bot, TODAY, each, answer)
    assert kept.recall(bot, long) is None
    assert kept.recall(bot, a) is answer
    kept.keep(bot, TODAY, c, answer)
    assert [kept.recall(bot, each) for each in (a, b, c)] == [answer, None, answer]


def test_an_answer_of_a_bot_that_was_replaced_meanwhile_is_not_kept(bot: Bot):
    kept, newer = Memory(lambda: TODAY), Bot(bot.topics, bot.encoder, bot.weights)
    assert kept.recall(bot, asked("a")) is kept.recall(newer, asked("a")) is None
    kept.keep(bot, TODAY, asked("a"), bot.ask("What is CNI?"))
    assert kept.recall(newer, asked("a")) is None


def test_an_answer_is_not_kept_over_midnight(bot: Bot):
    day = TODAY
    kept, answer = Memory(lambda: day), bot.ask("What is CNI?")
    assert kept.recall(bot, asked("a")) is None
    kept.keep(bot, day, asked("a"), answer)
    assert kept.recall(bot, asked("a")) is answer
    day = date(2026, 1, 2)
    assert kept.recall(bot, asked("a")) is None
    kept.keep(bot, TODAY, asked("a"), answer)  # asked before midnight, answered after somebody else had asked
    assert kept.recall(bot, asked("a")) is None
    kept.keep(bot, day, asked("a"), answer)
    assert kept.recall(bot, asked("a")) is answer
