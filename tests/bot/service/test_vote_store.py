"""The store: a real SQLite file, shared by threads and processes, and every way in which it can be unusable."""

import multiprocessing
import sqlite3
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from votes import VOTE

from bot.service.feedback import Feedback
from bot.service.store import Store, StoreError
from bot.service.store_file import opened


def test_a_vote_is_kept_as_it_was_given(file: Path):
    Store(file).vote(VOTE)
    assert list(Store(file).votes()) == [VOTE]


def test_the_last_vote_on_an_answer_counts(file: Path):
    store = Store(file)
    for vote, reason in (("up", None), ("down", "unclear")):
        store.vote(replace(VOTE, vote=vote, reason=reason))
    assert [(kept.vote, kept.reason) for kept in store.votes()] == [("down", "unclear")]


def test_a_vote_can_be_withdrawn(file: Path):
    store = Store(file)
    store.vote(VOTE)
    store.vote(replace(VOTE, answer="answer-2"))
    store.vote(replace(VOTE, vote=None))
    assert [kept.answer for kept in store.votes()] == ["answer-2"]


def test_votes_come_oldest_first(file: Path):
    store = Store(file)
    for answer, at in (("newer", "2026-11-21T00:00:00+00:00"), ("older", "2026-11-19T00:00:00+00:00")):
        store.vote(replace(VOTE, answer=answer, at=at))
    assert [kept.answer for kept in store.votes()] == ["older", "newer"]


def test_a_key_comes_for_the_first_time_once_within_its_time(file: Path):
    now = 1000.0
    store = Store(file, clock=lambda: now)
    assert [store.first_time("a", 60), store.first_time("a", 60), store.first_time("b", 60)] == [True, False, True]
    now = 1059.9
    assert store.first_time("a", 60) is False
    now = 1060.0
    assert [store.first_time("a", 60), store.first_time("a", 60)] == [True, False]


def test_keys_whose_time_is_over_are_forgotten(file: Path):
    now = 0.0
    store = Store(file, clock=lambda: now)
    for number in range(20):
        store.first_time(str(number), 10)
    now = 11.0
    store.first_time("another", 10)
    with sqlite3.connect(file) as connection:
        assert connection.execute("select key from seen").fetchall() == [("another",)]
    connection.close()


def test_the_first_use_waits_for_another_one(file: Path, monkeypatch: pytest.MonkeyPatch):
    refused: list[str] = []

    class Releasing(sqlite3.Connection):
        """When it is told that the file is locked, the other one ends its transaction."""

        def execute(self, *given):
            try:
                return super().execute(*given)
            except sqlite3.OperationalError as error:
                refused.append(str(error))
                other.execute("commit")
                raise

    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin immediate")  # can be read, and cannot become another kind of file
        with pytest.raises(StoreError, match="database is locked"):
            Store(file, wait=0.05).first_time("a", 60)
        monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Releasing))
        assert Store(file, wait=120).first_time("a", 60)
        assert refused == ["database is locked"]


def test_threads_agree_on_who_was_first(file: Path):
    store = Store(file, wait=120)
    with ThreadPoolExecutor(8) as pool:
        firsts = list(pool.map(lambda number: store.first_time(str(number % 10), 60), range(80)))
    assert sum(firsts) == 10


def _work(file: Path, worker: int) -> int:
    store = Store(file, wait=120)
    for number in range(10):
        store.vote(replace(VOTE, answer=f"answer-{worker}-{number}"))
    return sum(store.first_time(str(number), 600) for number in range(25))


def test_processes_share_a_file_that_none_of_them_has_made_yet(file: Path):
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        firsts = list(pool.map(_work, [file] * 8, range(8)))
    assert sum(firsts) == 25
    assert len(list(Store(file).votes())) == 80


def test_what_was_kept_survives_a_killed_process(file: Path):
    Store(file).vote(VOTE)
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('begin immediate');"
        "c.execute('delete from feedback'); os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(file)], check=False).returncode == -9
    assert list(Store(file).votes()) == [VOTE]


def test_only_the_newest_votes_are_kept(file: Path):
    store = Store(file, most=3)
    for number in range(5):
        store.vote(replace(VOTE, answer=f"answer-{number}", at=f"2026-11-2{number}T00:00:00+00:00"))
    store.vote(replace(VOTE, answer="answer-old", at="2026-11-01T00:00:00+00:00"))
    assert [kept.answer for kept in store.votes()] == ["answer-2", "answer-3", "answer-4"]


DAY = 24 * 3600


def test_votes_are_kept_for_so_many_days_even_if_nobody_votes_any_more(file: Path):
    now = [datetime.fromisoformat(VOTE.at).timestamp()]
    store = Store(file, lambda: now[0], days=30)
    store.vote(VOTE)
    now[0] += 30 * DAY
    store.check()
    assert list(store.votes()) == [VOTE]
    now[0] += 1
    assert list(store.votes()) == []
    store.check()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("select count(*) from feedback").fetchone() == (0,)


def test_what_was_withdrawn_is_not_left_in_the_file(file: Path):
    store = Store(file)
    store.vote(replace(VOTE, question="canary " * 9))
    store.vote(replace(VOTE, vote=None))
    assert [path.name for path in file.parent.iterdir() if b"canary" in path.read_bytes()] == []


@pytest.mark.parametrize(
    "query",
    ["select answer from feedback where at >= 'x' order by at asc, rowid asc",
     "select rowid from feedback order by at desc, rowid desc limit 1000 offset 9",
     "select rowid from feedback where at < 'x' limit 1000"],
)  # fmt: skip
def test_votes_are_found_by_their_time_without_sorting_all(file: Path, query: str):
    Store(file).vote(VOTE)
    with closing(sqlite3.connect(file)) as connection:
        plan = " ".join(row[3] for row in connection.execute(f"explain query plan {query}"))
    assert "feedback_at" in plan and "TEMP B-TREE" not in plan


def test_what_was_signed_counts_once_whatever_the_clock_does(file: Path):
    now = [1000.0]
    store = Store(file, lambda: now[0])
    assert [store.fresh("a", 1000, 600), store.fresh("a", 1000, 600), store.fresh("b", 999, 600)] == [
        True,
        False,
        False,
    ]
    now[0] = 5000.0
    assert store.first_time("another", 1) is True  # "a" is forgotten
    now[0] = 1001.0
    assert [store.fresh("a", 1000, 600), store.fresh("c", 1001, 600)] == [False, True]


def test_a_vote_does_not_wait_for_the_disk(file: Path):
    """A crash of the machine may lose the last votes; the log keeps the file whole."""
    with closing(opened(file, 1.0, 0)) as connection:
        assert connection.execute("pragma synchronous").fetchone() == (1,)


def test_a_vote_that_cannot_be_kept_leaves_the_earlier_one(file: Path):
    store = Store(file)
    store.vote(VOTE)
    with pytest.raises(StoreError, match="NOT NULL"):
        store.vote(replace(VOTE, vote="up", lang=None))
    assert list(store.votes()) == [VOTE]


def test_votes_of_one_second_come_in_their_order(file: Path):
    store = Store(file)
    for answer in ("b", "a", "c"):
        store.vote(replace(VOTE, answer=answer))
    assert [kept.answer for kept in store.votes()] == ["b", "a", "c"]


def test_a_vote_carries_the_time_in_utc():
    given = Feedback("a", "up", None, "q", "en", "answered", None, "web").at
    assert datetime.fromisoformat(given).utcoffset() == timedelta(0) and "." not in given


def test_readers_and_a_writer_do_not_wait_for_each_other(file: Path):
    Store(file).vote(VOTE)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
