"""What the desk allows holds for agents, too: how often, how many at once, how long, how much."""

import asyncio
import json
import threading

import pytest
from agents import HERE, serving
from mcp import Client
from pydantic import model_validator

from bot.answering.ask import Bot
from bot.mcp.arguments import Ask, RefusedError, read
from bot.mcp.message import VALUES, NoMessageError, received
from bot.records import Answer
from bot.service.capacity import Turns
from bot.service.desk import SECONDS, Desk


def text_of(reply) -> str:
    assert reply.is_error
    assert reply.structured_content is None
    return reply.content[0].text


def test_who_calls_too_often_is_told_when_to_come_again(agent, revision: str):
    async def scenario(client: Client):
        for _ in range(3):
            assert not (await client.call_tool("list_rules", {})).is_error
        return text_of(await client.call_tool("ask", {"question": "kubenet を使えますか？"}))

    assert "秒後にもう一度お試しください" in agent(scenario, revision, rate_limit="3/hour")


def test_reading_and_listing_are_not_counted(agent):
    async def scenario(client: Client):
        for _ in range(3):
            await client.list_tools()
            await client.read_resource("kb://en/faq")
        return (await client.call_tool("list_rules", {})).is_error

    assert agent(scenario, rate_limit="1/hour") is False


@pytest.mark.parametrize(("values", "refused"), [(VALUES - 1000, False), (VALUES, True)])
def test_a_message_has_only_so_many_values(values: int, refused: bool):
    """The SDK reads it in one step, in which nobody else has a turn."""
    params = {"name": "check_cluster", "arguments": {"cluster": [1] * values}}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).encode()
    if refused:
        with pytest.raises(NoMessageError, match="too large"):
            received(body, len(body))
    else:
        assert received(body, len(body)) == body


def test_a_large_body_is_counted_once_and_before_it_is_read(desk, run_async):
    """Whether or not it is a request: reading it takes the event loop's time."""
    large = {"cluster": {"networkProfile": {"networkPlugin": "kubenet"}, "tags": {"note": "x" * 20_000}}}
    call = {"name": "check_cluster", "arguments": large}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call})

    async def scenario():
        async with serving(desk(rate_limit="2/hour")) as http:
            headers = {"content-type": "application/json"}
            return [await http.post(HERE, content=content, headers=headers) for content in (body, "{" * 20_000, body)]

    checked, misshapen, refused = run_async(scenario())
    assert checked.json()["result"]["structuredContent"]["clusters"][0]["findings"][0]["status"] == "fail"
    assert misshapen.json()["error"]["code"] == -32700
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
    assert int(refused.headers["retry-after"]) > 0


def test_a_question_that_is_too_long_is_refused(agent):
    refused = agent(lambda client: client.call_tool("ask", {"question": "kubenet? " * 20}), max_question=100)
    assert text_of(refused) == "The question is longer than 100 characters. Please shorten it."


@pytest.mark.parametrize("text", ["kubenet? " * 20, "\ufdfa" * 10])  # which is read as 180 characters
def test_words_to_look_for_are_measured_as_a_question(agent, text: str):
    refused = agent(lambda client: client.call_tool("search", {"query": text}), max_question=100)
    assert text_of(refused) == "The question is longer than 100 characters. Please shorten it."


def test_a_large_message_is_read_beside_the_event_loop_and_in_turn(desk, run_async, monkeypatch: pytest.MonkeyPatch):
    threads = []

    def noted(message: bytes, most: int) -> bytes:
        threads.append(threading.current_thread())
        return received(message, most)

    monkeypatch.setattr("bot.mcp.http.received", noted)
    listing = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}

    async def scenario():
        at = desk()
        at.turns = Turns(0, at_once=2)  # however many processors there are
        async with serving(at) as http, at.turns.turn("somebody"):
            loop, small = threading.current_thread(), await http.post(HERE, json=listing)
            large = await http.post(HERE, json={**listing, "params": {"_meta": {"note": "x" * 20_000}}})
            at.turns = Turns(0, at_once=1)
            async with at.turns.turn("somebody"):
                refused = await http.post(HERE, json={**listing, "params": {"_meta": {"note": "x" * 20_000}}})
            return loop, small, large, refused

    loop, small, large, refused = run_async(scenario())
    assert (small.status_code, large.status_code, refused.status_code) == (200, 200, 503)
    assert [thread is loop for thread in threads] == [True, False]
    assert refused.json()["error"]["code"] == "over_capacity"
    assert refused.headers["retry-after"] == "2"


@pytest.mark.parametrize("also", [{}, {"question": "What is CNI?"}, {"question": 1}])
def test_of_many_unknown_arguments_one_is_read(also: dict[str, object]):
    """Each would be described on the event loop, which nobody reads."""
    sizes = []

    class Noted(Ask):
        @model_validator(mode="before")
        @classmethod
        def note(cls, given: dict[str, object]) -> dict[str, object]:
            sizes.append(len(given))
            return given

    refusals = []
    for many in (1, 5000):
        with pytest.raises(RefusedError) as refused:
            read(Noted, {f"k{number}": 1 for number in range(many)} | also)
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]
    assert sizes == [1 + len(also)] * 2


class Waiting:
    """A bot that begins to answer, and goes on when it is released."""

    refused = None

    def __init__(self, bot: Bot) -> None:
        self._bot, self.began, self.released = bot, threading.Event(), threading.Event()

    @property
    def bot(self) -> "Waiting":
        return self

    def __getattr__(self, name: str) -> object:
        return getattr(self._bot, name)

    def ask(self, *asked: object) -> Answer:
        self.began.set()
        assert self.released.wait(60)
        return self._bot.ask(*asked)


@pytest.fixture
def waiting(desk, bot: Bot):
    """A desk at which one question at a time is answered, and its bot."""

    def waiting(**kb: object) -> tuple[Desk, Waiting]:
        at, slow = desk(**kb), Waiting(bot)
        at.source, at.turns = slow, Turns(at.settings.max_waiting, at_once=1)
        return at, slow

    return waiting


def test_a_full_queue_says_so_and_the_one_who_waits_is_answered(waiting, over_http, run_async):
    at, slow = waiting(max_waiting=0)

    async def scenario():
        async with over_http(at) as client:
            first = asyncio.create_task(client.call_tool("ask", {"question": "What is CNI?"}))
            await asyncio.to_thread(slow.began.wait, 60)
            second = await client.call_tool("search", {"query": "subnet"})
            slow.released.set()
            return await first, second

    first, second = run_async(scenario())
    assert text_of(second).startswith("Too many questions at the moment.")
    assert first.structured_content["status"] == "answered"


def test_an_answer_that_takes_too_long_is_not_waited_for(waiting, over_http, run_async):
    at, slow = waiting()
    at.deadline = 0.05

    async def scenario():
        async with over_http(at) as client:
            try:
                return await client.call_tool("ask", {"question": "What is CNI?"})
            finally:
                slow.released.set()

    assert text_of(run_async(scenario())) == "The answer took too long. Please try again in a few seconds."


def test_a_fault_of_ours_is_told_without_its_text(desk, over_http, run_async, monkeypatch: pytest.MonkeyPatch):
    at = desk()

    async def fails(*_, **__):
        raise ValueError("the question was hunter2")

    monkeypatch.setattr(at, "ask", fails)

    async def scenario():
        async with over_http(at) as client:
            return await client.call_tool("ask", {"question": "What is CNI?"})

    assert text_of(run_async(scenario())) == "Something went wrong on our side. Please try again."


def test_the_deadline_is_shorter_than_hosts_wait():
    assert SECONDS < 60


def test_the_form_that_fits_is_found_in_the_process_beside_the_service(agent, monkeypatch: pytest.MonkeyPatch):
    """Of many clusters each form has megabytes; writing them would hold up everybody."""

    def here(*_):
        raise AssertionError("not in the service's own process")

    monkeypatch.setattr("bot.mcp.judging.fitting", here)
    monkeypatch.setattr("bot.mcp.clusters.judging.fitting", here)
    clusters = [{"name": f"shop-{n}", "networkProfile": {"networkPlugin": "kubenet"}} for n in range(30)]

    async def scenario(client: Client):
        given = {"cluster": clusters, "max_tokens": 500}
        checked = await client.call_tool("check_cluster", given)
        planned = await client.call_tool("plan_upgrade", given | {"to": "overlay"})
        return checked.structured_content, planned.structured_content

    checked, planned = agent(scenario)
    assert checked["truncated"] and len(checked["clusters"]) < 30
    assert planned["truncated"] and len(planned["plans"]) < 30
