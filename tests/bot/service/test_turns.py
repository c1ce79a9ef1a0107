"""Who is next: askers take turns, and where no more may wait, who has most gives way. Orders are judged."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence

import pytest

from bot.service.capacity import FullError, Turns

Run = Callable[[Coroutine[object, object, object]], object]


async def queued(turns: Turns, askers: Sequence[str]) -> tuple[list[str], list[str]]:
    """The order in which askers get the one turn, and who is refused; their number says which of theirs it was."""
    order: list[str] = []
    refused: list[str] = []
    free = asyncio.Event()

    async def ask(asker: str, name: str) -> None:
        try:
            async with turns.turn(asker):
                await free.wait()
                order.append(name)
        except FullError:
            refused.append(name)

    tasks = []
    for number, asker in enumerate(askers):
        tasks.append(asyncio.create_task(ask(asker, f"{asker}{number}")))
        await asyncio.sleep(0)  # it has its place, or was refused
    await asyncio.sleep(0)
    free.set()
    await asyncio.gather(*tasks)
    return order, refused


@pytest.mark.parametrize(
    ("askers", "waiting", "order", "refused"),
    [
        ("aaaa", 9, "a0 a1 a2 a3", ""),
        ("aaaab", 9, "a0 a1 b4 a2 a3", ""),  # the next turn was promised before b came
        ("aaaabcb", 9, "a0 a1 b4 c5 a2 b6 a3", ""),
        ("aaaaa", 2, "a0 a1 a2", "a3 a4"),
        ("aaab", 2, "a0 a1 b3", "a2"),  # the place of the last one of who has most
        ("aaabc", 2, "a0 a1 b3", "a2 c4"),  # nobody has more than one
        ("aaaaabbb", 4, "a0 a1 b5 a2 b6", "a4 a3 b7"),
        ("abcd", 0, "a0", "b1 c2 d3"),
    ],
)
def test_turns_go_round_the_askers(run_async: Run, askers: str, waiting: int, order: str, refused: str):
    outcome = run_async(queued(Turns(waiting, at_once=1), askers))
    assert outcome == (order.split(), refused.split())


@pytest.mark.parametrize(("askers", "order"), [
    ("aaa", "a0 a1 a2"), ("aab", "a0 b2 a1"), ("abab", "a0 b1 a2 b3"), ("aabcb", "a0 b2 a1 c3 b4"),
])  # fmt: skip
def test_where_each_has_one_turn_at_a_time_the_others_are_free_for_others(run_async: Run, askers: str, order: str):
    assert run_async(queued(Turns(9, at_once=2, each=1), askers)) == (order.split(), [])


@pytest.mark.parametrize("crowd", [1, 10, 100])
def test_a_hog_delays_others_by_one_turn_however_much_it_asks(run_async: Run, crowd: int):
    order, _ = run_async(queued(Turns(200, at_once=1), ["hog"] * (crowd + 1) + ["other"]))
    assert order.index(f"other{crowd + 1}") <= 2


@pytest.mark.parametrize(("at_once", "begun"), [(1, 0), (2, 1), (4, 3)])
def test_long_work_never_takes_every_turn(run_async: Run, at_once: int, begun: int):
    """Other work finds one, unless there is only one; more long work than may wait is refused."""

    async def scenario() -> None:
        turns, held, short = Turns(at_once, at_once), threading.Event(), threading.Event()
        started: list[str] = []

        def work(name: str, until: threading.Event) -> None:
            started.append(name)
            until.wait()

        crowd = [asyncio.create_task(turns.run(lambda: work("long", held), "hog", long=True)) for _ in range(9)]
        while sum(task.done() for task in crowd) < 9 - max(1, begun) - at_once:
            await asyncio.sleep(0)
        while len(started) < begun:  # a turn is given in the loop; its thread begins when it likes
            await asyncio.sleep(0)
        other = asyncio.create_task(turns.run(lambda: work("short", short), "other"))
        short.set()
        try:
            if begun:
                await other
                assert sorted(started) == [*["long"] * begun, "short"]
        finally:
            held.set()
        results = await asyncio.gather(*crowd, return_exceptions=True)
        await other
        assert [type(result) for result in results].count(FullError) == 9 - max(1, begun) - at_once

    run_async(scenario())


def test_who_no_longer_waits_leaves_the_turn_to_the_next(run_async: Run):
    async def scenario() -> None:
        turns, order = Turns(9, at_once=1), []

        async def ask(name: str) -> None:
            async with turns.turn(name):
                order.append(name)

        async with turns.turn("first"):
            tasks = [asyncio.create_task(ask(name)) for name in "abc"]
            await asyncio.sleep(0)
            tasks[0].cancel()
            await asyncio.sleep(0)
        tasks[1].cancel()  # its turn has just come
        await asyncio.gather(*tasks, return_exceptions=True)
        assert order == ["c"]
        await ask("d")
        assert order == ["c", "d"]

    run_async(scenario())


def test_what_nobody_waits_for_any_more_is_not_begun(run_async: Run):
    async def scenario() -> list[str]:
        turns, begun, held = Turns(9, at_once=1), threading.Event(), threading.Event()
        done: list[str] = []
        first = asyncio.create_task(turns.run(lambda: (begun.set(), held.wait()), "a"))
        await asyncio.to_thread(begun.wait)
        with pytest.raises(TimeoutError):
            await turns.run(lambda: done.append("late"), "b", seconds=0)
        held.set()
        await first
        await turns.run(lambda: done.append("next"), "b")  # its turn comes after that of what was late
        return done

    assert run_async(scenario()) == ["next"]


def test_what_has_begun_keeps_its_turn_until_it_ends(run_async: Run):
    """Its thread cannot be stopped, whoever no longer waits for it."""

    async def scenario() -> list[str]:
        turns, begun, held = Turns(1, at_once=1), threading.Event(), threading.Event()
        done: list[str] = []

        def work() -> None:
            begun.set()
            held.wait()
            done.append("late")

        late = asyncio.create_task(turns.run(work, "a"))
        await asyncio.to_thread(begun.wait)
        late.cancel()
        await asyncio.wait((late,))
        following = asyncio.create_task(turns.run(lambda: done.append("next"), "b"))
        for _ in range(9):  # the loop passes on what was cancelled
            await asyncio.sleep(0)
        try:
            with pytest.raises(FullError):  # the one place to wait is taken: the turn is not free
                await turns.run(lambda: None, "c")
        finally:
            held.set()
        await following
        return done

    assert run_async(scenario()) == ["late", "next"]


def test_failed_work_is_remembered_until_it_is_looked_into(run_async: Run):
    async def scenario() -> None:
        turns = Turns(0, at_once=1)
        assert await turns.run(lambda: 1) == 1 and not turns.failed
        with pytest.raises(MemoryError):
            await turns.run(_no_memory)
        assert turns.failed
        assert await turns.run(lambda: 1) == 1 and turns.failed

    run_async(scenario())


def _no_memory() -> None:
    raise MemoryError


@pytest.mark.parametrize(("costs", "order"), [
    ({"a": 1, "b": 1}, "a b a b a b a b"),
    ({"a": 4, "b": 1}, "a b b b b a b a a"),  # four cheap ones for a dear one
    ({"a": 1, "b": 1, "c": 3}, "a b c a b a b c a b"),
])  # fmt: skip
def test_who_costs_more_waits_longer(run_async: Run, monkeypatch: pytest.MonkeyPatch, costs: dict, order: str):
    """All have asked as often before the first is answered; the clock goes on only with their work."""
    spent, begun = 0.0, list[str]()
    monkeypatch.setattr("bot.service.capacity.thread_time", lambda: spent)
    asked = order.split()

    def work(asker: str) -> None:
        nonlocal spent
        begun.append(asker)
        spent += costs[asker]

    async def scenario() -> None:
        turns = Turns(99, at_once=1)
        waiting = []
        for asker in sorted(asked, key=lambda each: asked.index(each)):
            waiting.append(asyncio.create_task(turns.run(lambda asker=asker: work(asker), asker)))
        await asyncio.gather(*waiting)

    run_async(scenario())
    assert begun == order.split()


def test_who_has_not_asked_for_a_while_has_saved_nothing_up(run_async: Run, monkeypatch: pytest.MonkeyPatch):
    """Nor is anybody remembered whose share is not ahead of the others'."""
    spent, begun = 0.0, list[str]()
    monkeypatch.setattr("bot.service.capacity.thread_time", lambda: spent)

    def work(asker: str) -> None:
        nonlocal spent
        begun.append(asker)
        spent += 1

    async def scenario() -> Turns:
        turns = Turns(99, at_once=1)
        for asker in "aaaabcdaaaa":
            await turns.run(lambda asker=asker: work(asker), asker)
        begun.clear()
        await asyncio.gather(*(turns.run(lambda asker=asker: work(asker), asker) for asker in "aaabbb"))
        return turns

    turns = run_async(scenario())
    assert "".join(begun) == "ababab"
    assert len(turns._served) <= 2
