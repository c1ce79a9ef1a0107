"""Calls of a store that cannot be used: few wait, and after one that waited in vain none does for a while."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from bot.service.keeping import AT_ONCE, IN_VAIN, PAUSE, WAITING, Keeping
from bot.service.store import StoreError


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def run(clock: Clock, run_async) -> Callable[..., object]:
    keeping = Keeping(clock)
    return lambda work: run_async(keeping.run(work))


def failing(clock: Clock, seconds: float) -> Callable[[], None]:
    def work() -> None:
        clock.now += seconds
        raise StoreError("locked")

    return work


def test_after_a_call_that_waited_in_vain_none_is_made_for_a_while(run, clock: Clock):
    made: list[float] = []
    with pytest.raises(StoreError, match="locked"):
        run(failing(clock, IN_VAIN))
    for seconds in (0.0, PAUSE - 0.1):
        clock.now += seconds
        with pytest.raises(StoreError, match="a moment ago"):
            run(lambda: made.append(clock.now))
    assert made == []
    clock.now += 0.2
    assert run(lambda: "kept") == "kept"


def test_a_call_that_fails_at_once_holds_nobody_back(run, clock: Clock):
    with pytest.raises(StoreError, match="locked"):
        run(failing(clock, IN_VAIN / 2))
    assert run(lambda: "kept") == "kept"


def test_beyond_those_that_may_wait_a_call_fails_at_once(run_async):
    gate, inside = threading.Event(), threading.Semaphore(0)

    def work() -> str:
        inside.release()
        gate.wait(60)
        return "kept"

    async def scenario() -> list[object]:
        keeping = Keeping()
        calls = [asyncio.create_task(keeping.run(work)) for _ in range(AT_ONCE + WAITING)]
        await asyncio.to_thread(inside.acquire)
        with pytest.raises(StoreError, match="too many"):
            await keeping.run(work)
        gate.set()
        return await asyncio.gather(*calls)

    assert run_async(scenario()) == ["kept"] * (AT_ONCE + WAITING)


def test_a_call_that_nobody_waits_for_any_more_keeps_its_place_until_it_ends(run_async):
    """A store that stalls gets no more calls at once, however many askers leave."""
    gate, inside = threading.Event(), threading.Semaphore(0)

    def work() -> None:
        inside.release()
        gate.wait()

    async def scenario() -> None:
        keeping = Keeping()
        left = [asyncio.create_task(keeping.run(work)) for _ in range(AT_ONCE)]
        for _ in left:
            await asyncio.to_thread(inside.acquire)
        for call in left:
            call.cancel()
        await asyncio.wait(left)
        calls = [asyncio.create_task(keeping.run(lambda: "kept")) for _ in range(WAITING)]
        try:
            await asyncio.sleep(0)  # they come before the next one
            with pytest.raises(StoreError, match="too many"):
                await keeping.run(lambda: "kept")
        finally:
            gate.set()
        assert await asyncio.gather(*calls) == ["kept"] * WAITING

    run_async(scenario())
