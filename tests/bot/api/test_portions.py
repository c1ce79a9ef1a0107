"""The bytes of a connection, a portion at a time: nothing lost, nothing out of order, others in between."""

import asyncio
from collections.abc import Callable

import pytest

from bot.api.portions import DEAR, PORTION, Pace, Portions

LARGE = bytes(range(256)) * (PORTION // 256 * 3) + b"end"


class Clock:
    """A processor's time that passes only when somebody says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Connection:
    """What is parsed of it, and when reading is paused and resumed; each portion takes `cost` seconds."""

    def __init__(self, pace: Pace, clock: Clock, events: list[object], cost: float = 0) -> None:
        self.events, self._clock, self._cost = events, clock, cost
        self.portions = Portions(
            self._parse, lambda: events.append("pause"), lambda: events.append("resume"), pace, clock
        )

    def _parse(self, portion: bytes) -> None:
        self.events.append(portion)
        self._clock.now += self._cost

    async def parsed(self) -> bytes:
        while self.portions.waiting:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        return b"".join(event for event in self.events if isinstance(event, bytes))


def made(cost: float = 0) -> tuple[Connection, Pace, Clock]:
    clock = Clock()
    pace = Pace(clock)
    return Connection(pace, clock, [], cost), pace, clock


def test_what_is_small_is_parsed_at_once(run_async):
    async def scenario() -> list[object]:
        own, _, _ = made()
        own.portions.take(b"GET /")
        return own.events

    assert run_async(scenario()) == [b"GET /"]


def test_others_have_their_turn_between_the_portions_of_one(run_async):
    async def scenario() -> list[object]:
        own, pace, clock = made(cost=DEAR)
        other = Connection(pace, clock, own.events)
        own.portions.take(LARGE)
        asyncio.get_running_loop().call_soon(other.portions.take, b"other")  # comes when the first has been parsed
        await own.parsed()
        return own.events

    events = run_async(scenario())
    assert events.index(b"other") < events.index(b"end")
    assert max(len(event) for event in events if isinstance(event, bytes)) == PORTION


def test_nothing_is_read_while_some_of_it_waits(run_async):
    async def scenario() -> tuple[bytes, list[object]]:
        own, _, _ = made()
        own.portions.take(LARGE)
        own.portions.take(b"more")  # who reads the body asked for it
        return await own.parsed(), own.events

    parsed, events = run_async(scenario())
    assert parsed == LARGE + b"more"
    assert events[1:3] == ["pause", "pause"] and events[-1] == "resume" and events.count("resume") == 1


def test_who_sent_something_dear_waits_for_its_turn(run_async):
    async def scenario() -> tuple[bytes, list[object]]:
        own, _, _ = made(cost=DEAR)
        own.portions.take(b"thousands of headers")
        own.portions.take(b" and more")
        return await own.parsed(), own.events

    parsed, events = run_async(scenario())
    assert parsed == b"thousands of headers and more"
    assert events[1] == "pause"


@pytest.mark.parametrize(("cost", "pauses"), [(DEAR * 4, [DEAR * 4] * 5), (DEAR / 100, [])])
def test_after_dear_portions_as_long_a_time_is_left_to_all_else(run_async, cost: float, pauses: list[float]):
    """However many connections there are: half of the time is theirs together."""

    async def scenario() -> list[float]:
        loop, clock = asyncio.get_running_loop(), Clock()
        pace, waited, ended = Pace(clock), list[float](), asyncio.Event()
        later = loop.call_later

        def call_later(delay: float, *given: object) -> asyncio.TimerHandle:
            waited.append(delay)
            return later(0, *given)

        def work(last: bool) -> None:
            clock.now += cost
            if last:
                ended.set()

        loop.call_later = call_later  # type: ignore[method-assign,assignment]
        try:
            for number in range(6):
                pace.add(lambda last=number == 5: work(last))  # type: ignore[misc]
            await ended.wait()
        finally:
            loop.call_later = later  # type: ignore[method-assign]
        return waited

    assert run_async(scenario()) == pytest.approx(pauses)


@pytest.mark.parametrize(("end", "left"), [(Portions.finish, LARGE), (Portions.stop, LARGE[:PORTION])])
def test_at_the_end_all_is_parsed_and_of_a_connection_that_is_lost_nothing(
    run_async, end: Callable[[Portions], None], left: bytes
):
    async def scenario() -> bytes:
        own, _, _ = made()
        own.portions.take(LARGE)
        end(own.portions)
        assert not own.portions.waiting
        return await own.parsed()

    assert run_async(scenario()) == left
