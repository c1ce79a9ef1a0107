"""The bytes of a connection, a portion at a time: nothing lost, nothing out of order, others in between."""

import asyncio

import pytest

from bot.api.portions import DEAR, PORTION, Pace, Portions

DEARLY = b"d" * PORTION
LARGE = bytes(range(256)) * (PORTION // 256 * 3) + b"end"


class Clock:
    """A processor's time that passes only when somebody says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Connection:
    """What is parsed of it, and when reading is paused and resumed; each portion takes `cost` seconds."""

    def __init__(self, pace: Pace, clock: Clock, events: list[object], cost: float = 0, client: str = "own") -> None:
        self.events, self._clock, self._cost = events, clock, cost
        self.portions = Portions(
            self._parse, lambda: events.append("pause"), lambda: events.append("resume"), pace, client
        )

    def _parse(self, portion: bytes) -> None:
        self.events.append(portion)
        self._clock.now += self._cost

    async def parsed(self) -> bytes:
        while self.portions.waiting:
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
        other = Connection(pace, clock, own.events, client="other")
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
        own.portions.take(b"more")  # it was under way
        return await own.parsed(), own.events

    parsed, events = run_async(scenario())
    assert parsed == LARGE + b"more"
    assert events[1] == "pause" and events[-1] == "resume" and len(events) == 2 + 4


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
                pace.add("own", True, lambda last=number == 5: work(last))  # type: ignore[misc]
            await ended.wait()
        finally:
            loop.call_later = later  # type: ignore[method-assign]
        return waited

    assert run_async(scenario()) == pytest.approx(pauses)


@pytest.mark.parametrize("client", ["hog", "own"])
def test_what_is_cheap_does_not_wait_behind_all_that_is_dear(run_async, client: str):
    """A body of many portions, beside twenty connections, of others or its own, each of whose portions takes long."""

    async def scenario() -> list[object]:
        clock = Clock()
        pace, events = Pace(clock), list[object]()
        for _ in range(20):
            Connection(pace, clock, events, cost=DEAR, client="hog").portions.take(DEARLY * 30)
        while events.count(DEARLY) < 80:  # all have begun
            await asyncio.sleep(0)
        events.clear()
        own = Connection(pace, clock, events, client=client)
        own.portions.take(LARGE)
        return await own.parsed() and events

    events = run_async(scenario())
    assert events.count(DEARLY) < 10, "not a round of all of them for each portion"


def test_the_first_portion_of_a_connection_waits_where_its_client_has_just_sent_something_dear(run_async):
    async def scenario() -> tuple[list[object], list[object]]:
        first, pace, clock = made(cost=DEAR)
        second, other = (Connection(pace, clock, [], client=client) for client in ("own", "other"))
        first.portions.take(b"dear")
        for each in (second, other):
            each.portions.take(b"a request")
        at_once = [second.events[:], other.events[:]]
        await second.parsed()
        return at_once, second.events

    at_once, later = run_async(scenario())
    assert at_once == [["pause"], [b"a request"]] and later == ["pause", b"a request", "resume"]


def test_clients_take_turns_however_many_connections_they_have(run_async):
    async def scenario() -> list[str]:
        clock, turns, ended = Clock(), list[str](), asyncio.Event()
        pace = Pace(clock)
        for client in ("many",) * 50 + ("one",):

            def work(client: str = client) -> None:
                turns.append(client)
                clock.now += DEAR
                if len(turns) == 51:
                    ended.set()

            pace.add(client, True, work)
        await ended.wait()
        return turns

    assert run_async(scenario()).index("one") == 1


def test_whose_portions_took_least_has_the_next_turn(run_async):
    """However many clients send what takes long: a turn of one of them counts as many of who sends cheap portions."""

    async def scenario() -> list[str]:
        clock, turns, ended = Clock(), list[str](), asyncio.Event()
        pace = Pace(clock)

        def portion(client: str, cost: float, left: int) -> None:
            turns.append(client)
            clock.now += cost
            if left:
                pace.add(client, False, lambda: portion(client, cost, left - 1))
            elif client == "cheap":
                ended.set()

        for client in (*(f"dear {number}" for number in range(30)), "cheap"):
            cost = DEAR / 100 if client == "cheap" else DEAR * 10
            pace.add(client, False, lambda client=client, cost=cost: portion(client, cost, 50))  # type: ignore[misc]
        await ended.wait()
        return turns

    turns = "".join(client[0] for client in run_async(scenario()))
    assert turns.rindex("c") == 30 + 51 - 1, "one turn each, and all that is cheap before the second of any"


def test_what_fails_stops_nobody_else(run_async):
    async def scenario() -> list[str]:
        done, ended = list[str](), asyncio.Event()
        pace = Pace(Clock())
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: done.append("failed"))

        def fail() -> None:
            raise RuntimeError

        pace.add("own", False, fail)
        pace.add("other", False, lambda: (done.append("other"), ended.set()))  # type: ignore[func-returns-value]
        await ended.wait()
        return done

    assert run_async(scenario()) == ["failed", "other"]


def test_a_client_is_forgotten_with_its_last_connection():
    clock = Clock()
    pace = Pace(clock)

    def work() -> None:
        clock.now += DEAR

    assert pace.measure("own", work) and pace.is_dear("own") and not pace.is_dear("other")
    pace.forget("own")
    assert not pace.is_dear("own")


def test_of_a_connection_that_is_lost_nothing_more_is_parsed(run_async):
    async def scenario() -> bytes:
        own, _, _ = made()
        own.portions.take(LARGE)
        own.portions.stop()
        return await own.parsed()

    assert run_async(scenario()) == LARGE[:PORTION]
