"""The bytes of a connection, a portion at a time: nothing lost, nothing out of order, others in between."""

import asyncio
from collections.abc import Callable

import pytest

from bot.api.portions import PORTION, Portions

LARGE = bytes(range(256)) * (PORTION // 256 * 3) + b"end"


def portions(events: list[object]) -> Portions:
    """Writes down each portion, and when reading is paused and resumed."""
    loop = asyncio.get_running_loop()
    return Portions(loop, events.append, lambda: events.append("pause"), lambda: events.append("resume"))


def parsed(events: list[object]) -> bytes:
    return b"".join(event for event in events if isinstance(event, bytes))


def test_what_is_small_is_parsed_at_once(run_async):
    async def scenario() -> list[object]:
        events: list[object] = []
        portions(events).take(b"GET /")
        return events

    assert run_async(scenario()) == [b"GET /"]


def test_others_have_their_turn_between_the_portions_of_one(run_async):
    async def scenario() -> list[object]:
        events: list[object] = []
        first, other = portions(events), portions(events)
        first.take(LARGE)
        asyncio.get_running_loop().call_soon(other.take, b"other")  # comes when the first portion has been parsed
        while first.waiting:
            await asyncio.sleep(0)
        return events

    events = run_async(scenario())
    assert events.index(b"other") < len(events) - 2 and b"end" in events
    assert max(len(event) for event in events if isinstance(event, bytes)) == PORTION


def test_nothing_is_read_while_some_of_it_waits(run_async):
    async def scenario() -> list[object]:
        events: list[object] = []
        own = portions(events)
        own.take(LARGE)
        own.take(b"more")  # who reads the body asked for it
        while own.waiting:
            await asyncio.sleep(0)
        return events

    events = run_async(scenario())
    assert parsed(events) == LARGE + b"more"
    assert events[1:3] == ["pause", "pause"] and events[-1] == "resume" and events.count("resume") == 1


@pytest.mark.parametrize(("end", "left"), [(Portions.finish, LARGE), (Portions.stop, LARGE[:PORTION])])
def test_at_the_end_all_is_parsed_and_of_a_connection_that_is_lost_nothing(
    run_async, end: Callable[[Portions], None], left: bytes
):
    async def scenario() -> list[object]:
        events: list[object] = []
        own = portions(events)
        own.take(LARGE)
        end(own)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not own.waiting
        return events

    assert parsed(run_async(scenario())) == left
