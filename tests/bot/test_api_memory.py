"""A repeated request is answered from memory: the same answer, counted as any, and never from an index before."""

import json
from dataclasses import replace

import httpx
from fastapi.testclient import TestClient

from bot.api import create_app, memory
from bot.api.memory import Memory, encoded
from bot.ask import Bot
from bot.live import Live
from bot.settings import Settings

QUESTION = {"question": 'What does "took_ms":0.0 mean for a kubenet cluster?'}


def test_the_second_answer_is_the_first_but_for_its_time(service: str):
    first, second = (httpx.post(f"{service}/api/ask", json=QUESTION) for _ in range(2))
    assert first.headers["content-type"] == second.headers["content-type"] == "application/json"
    assert 0 < second.json()["took_ms"] < first.json()["took_ms"]
    assert first.json() | {"took_ms": 0} == second.json() | {"took_ms": 0}


def test_language_and_history_are_part_of_the_question(service: str):
    for more in ({}, {"lang": "ja"}, {"lang": "en"}, {"history": [{"question": "What is AGC?"}]}):
        asked = {"question": "And the subnet?"} | more
        first, second = (httpx.post(f"{service}/api/ask", json=asked).json() for _ in range(2))
        assert first | {"took_ms": 0} == second | {"took_ms": 0}
        assert second["lang"] == more.get("lang", "en")


def test_remembered_answers_count_for_metrics_and_the_limit(serving):
    with serving(rate_limit="3/minute") as running:
        codes = [httpx.post(f"{running.url}/api/ask", json=QUESTION).status_code for _ in range(4)]
        counted = httpx.get(f"{running.url}/metrics").text
        lines = [json.loads(line) for line in running.log.read_text("utf-8").splitlines() if line.startswith("{")]
    assert codes == [200, 200, 200, 429]
    answers = [line for line in counted.splitlines() if line.startswith("kb_answers_total")]
    assert sum(float(line.rpartition(" ")[2]) for line in answers) == 3
    assert [line["event"] for line in lines].count("answer") == 3


def test_a_request_that_would_be_refused_is_not_answered_from_memory(service: str):
    body = json.dumps(QUESTION)
    as_json, as_text = {"content-type": "application/json"}, {"content-type": "text/plain"}
    codes = [httpx.post(f"{service}/api/ask", content=body, headers=given).status_code for given in (as_json, as_text)]
    assert codes == [200, 422]


def test_another_index_starts_with_an_empty_memory(bot: Bot, index_dir, tmp_path):
    live = Live(index_dir, "bundled")
    with TestClient(create_app(Settings(site=tmp_path / "none", rate_limit="off"), live)) as client:
        before = client.post("/api/ask", json=QUESTION).json()

        class Other(Bot):
            def ask(self, *asked):
                return replace(super().ask(*asked), answer="from the other index")

        live.bot = Other(bot.topics, bot.encoder, bot.weights)
        after = [client.post("/api/ask", json=QUESTION).json()["answer"] for _ in range(2)]
    assert before["answer"] != "from the other index"
    assert after == ["from the other index"] * 2


def test_the_memory_is_bounded_and_keeps_what_is_asked_again(bot: Bot, monkeypatch):
    monkeypatch.setattr(memory, "ENTRIES", 2)
    kept, answer = Memory(), encoded(bot.ask("What is CNI?"))
    a, b, c, long = ("", b"a"), ("", b"b"), ("", b"c"), ("", b"x" * (memory.LONGEST + 1))
    assert kept.recall(bot, a) is None
    for request in (a, b, long):
        kept.keep(bot, request, answer)
    assert kept.recall(bot, long) is None
    assert kept.recall(bot, a) is answer
    kept.keep(bot, c, answer)
    assert [kept.recall(bot, request) for request in (a, b, c)] == [answer, None, answer]


def test_an_answer_of_a_bot_that_was_replaced_meanwhile_is_not_kept(bot: Bot):
    kept, newer = Memory(), Bot(bot.topics, bot.encoder, bot.weights)
    assert kept.recall(bot, ("", b"a")) is kept.recall(newer, ("", b"a")) is None
    kept.keep(bot, ("", b"a"), encoded(bot.ask("What is CNI?")))
    assert kept.recall(newer, ("", b"a")) is None
