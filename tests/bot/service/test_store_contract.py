"""What every store of votes keeps: the same tests over a file and, at night, PostgreSQL, also behind PgBouncer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.service.asked import NO_HITS, Asked
from bot.service.feedback import Feedback
from bot.service.store import Store

VOTE = Feedback("answer-1", "down", "wrong", "サブネットは /24 ですか？", "ja", "answered", "faq#subnet", "web")
NIGHTLY = [pytest.param(name, marks=pytest.mark.measures) for name in ("postgres 16", "postgres 18", "pgbouncer")]
Made = Callable[..., Store]


@pytest.fixture(params=["file", *NIGHTLY])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    """Makes stores over one and the same place, as replicas do."""
    if request.param == "file":
        return lambda *given, **more: Store(tmp_path / "store.db", *given, **more)
    from bot.service.store_database import DatabaseStore

    address = f"{request.getfixturevalue('servers')(request.param)}#{uuid4()}"

    def made(*given: Any, **more: Any) -> Store:
        return DatabaseStore(address, *given, **{"wait": 120, **more})

    return made


def kept(store: Store, **how: Any) -> list[str]:
    return [vote.answer for vote in store.votes(**how)]


def test_a_vote_given_to_one_replica_is_read_from_the_other(store: Made):
    store().vote(VOTE)
    assert list(store().votes()) == [VOTE]


def test_where_nobody_voted_there_are_no_votes(store: Made):
    assert list(store().votes()) == []


def test_the_last_vote_on_an_answer_counts_and_can_be_withdrawn(store: Made):
    first, other = store(), store()
    first.vote(replace(VOTE, vote="up", reason=None))
    other.vote(replace(VOTE, reason="unclear"))
    assert [(vote.vote, vote.reason) for vote in first.votes()] == [("down", "unclear")]
    first.vote(replace(VOTE, vote=None))
    assert kept(other) == []


def test_votes_come_by_their_time_and_in_the_order_of_one_second(store: Made):
    for answer, at in (("c", "21"), ("a", "19"), ("b", "19")):
        store().vote(replace(VOTE, answer=answer, at=f"2026-11-{at}T00:00:00+00:00"))
    assert (kept(store()), kept(store(), newest_first=True)) == (["a", "b", "c"], ["c", "b", "a"])


def test_the_newest_votes_are_kept_for_so_many_days(store: Made):
    now = [1_796_000_000.0]
    few = store(lambda: now[0], most=2, days=30)
    for n in range(4):
        few.vote(replace(VOTE, answer=str(n), at=f"2026-11-2{n}T00:00:00+00:00"))
    assert kept(few) == ["2", "3"]
    now[0] += 30 * 86_400
    few.check()
    assert kept(store(days=36_500)) == []


def test_any_text_can_be_kept(store: Made):
    store().vote(replace(VOTE, question="a\0b 🙂 %s ' \\ \n"))
    (vote,) = store().votes()
    assert vote.question.replace("\0", "�") == "a�b 🙂 %s ' \\ \n"


def test_a_key_comes_for_the_first_time_once_within_its_time_over_all_replicas(store: Made):
    now = [1000.0]
    first, other = (store(lambda: now[0]) for _ in range(2))
    assert [first.first_time("a", 60), other.first_time("a", 60), other.first_time("b", 60)] == [True, False, True]
    now[0] = 1060.0
    assert [other.first_time("a", 60), first.first_time("a", 60)] == [True, False]


def test_what_was_signed_counts_once_over_all_replicas_whatever_the_clock_does(store: Made):
    now = [1000.0]
    first, other = (store(lambda: now[0]) for _ in range(2))
    assert [first.fresh("a", 1000, 600), other.fresh("a", 1000, 600), other.fresh("b", 999, 600)] == [
        True,
        False,
        False,
    ]
    now[0] = 5000.0
    assert other.first_time("another", 1) is True  # "a" is forgotten
    now[0] = 1001.0
    assert [first.fresh("a", 1000, 600), other.fresh("c", 1001, 600)] == [False, True]


def test_of_many_at_once_one_is_the_first(store: Made):
    store().check()  # makes the place
    replicas = [store(wait=120) for _ in range(4)]
    with ThreadPoolExecutor(8) as threads:
        first = list(threads.map(lambda n: replicas[n % 4].first_time(str(n // 8), 60), range(32)))
    assert [sum(first[n : n + 8]) for n in range(0, 32, 8)] == [1, 1, 1, 1]


def test_replicas_may_be_the_first_to_use_a_new_place_at_the_same_time(store: Made):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: store(wait=120).vote(replace(VOTE, answer=str(n))), range(8)))
    assert sorted(kept(store())) == [str(n) for n in range(8)]


def test_a_usable_store_passes_its_check(store: Made):
    store().check()
    store().vote(VOTE)
    store().check(whole=False)


def asked(id_: str, status: str = "not_covered", text: str | None = "Why?", day: str = "20", ms: float = 5.0) -> Asked:
    return Asked(
        id_, text, "en", status, None if status == "not_covered" else "faq#a", ms, f"2026-11-{day}T00:00:00+00:00"
    )


def test_questions_noted_by_replicas_are_counted_together_and_kept_in_their_order(store: Made):
    store().note([asked("b", day="21"), asked("a"), asked("n", "answered", None, ms=9)])
    store().note([asked("m", "answered", None), asked("c", day="21")])
    assert list(store().questions()) == [asked("a"), asked("b", day="21"), asked("c", day="21")]
    assert {(count.day, count.status, count.section): (count.count, count.slowest) for count in store().counts()} == {
        ("2026-11-20", "not_covered", None): (1, 5.0),
        ("2026-11-20", "answered", "faq#a"): (2, 9.0),
        ("2026-11-21", "not_covered", None): (2, 5.0),
    }
    assert {count.day for count in store().counts("2026-11-21T12:00:00")} == {"2026-11-21"}


def test_searches_are_kept_and_deleted_like_questions_and_counted_nowhere(store: Made):
    search = replace(asked("s", NO_HITS, "flamingo", ms=0.0), section=None)
    store().note([asked("a"), search])
    assert list(store().questions()) == [asked("a"), search]
    assert [(count.status, count.count) for count in store().counts()] == [("not_covered", 1)]
    assert store().forget(["s"]) == 1
    assert [question.id for question in store().questions()] == ["a"]


def test_what_is_deleted_is_gone_for_all_replicas(store: Made):
    store().vote(VOTE)
    store().note([asked("a"), asked("b")])
    assert store().forget(["a", "answer-1", "never"]) == 2
    assert ([question.id for question in store().questions()], kept(store())) == (["b"], [])
    store().forget_counts("2026-11-21")
    assert store().counts() == []


def test_questions_are_kept_in_number_and_for_so_many_days(store: Made):
    now = [1_796_000_000.0]  # 2026-11-30
    few = store(lambda: now[0], questions=2, question_days=30, days=60)
    few.note([asked(str(n), day=f"2{n}") for n in range(4)])
    assert [question.id for question in few.questions()] == ["2", "3"]
    now[0] += 30 * 86_400
    few.check()
    assert (list(store(question_days=36_500).questions()), len(few.counts())) == ([], 4)
    now[0] += 60 * 86_400
    few.check()
    assert store(days=36_500).counts() == []


def test_where_nobody_asked_there_is_nothing_to_read(store: Made):
    assert (list(store().questions()), store().counts()) == ([], [])
