"""Kept questions: which, in what form, for how long, and that they can be had and deleted. No answer waits for them."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.answering.ask import Bot
from bot.cli.command import kb
from bot.records import Answer, Citation, Status
from bot.refused_settings import SettingsError
from bot.service.asked import Asked, asked, counted, status_of
from bot.service.desk import Desk
from bot.service.feedback import Feedback
from bot.service.kept import delete, rows
from bot.service.store import Store
from bot.settings import Settings, read_settings

AT = "2026-11-20T10:00:00+00:00"
DAY = 24 * 3600
ASKED = Asked("id-1", "Is the moon covered?", "en", "not_covered", "faq#moon", 12.5, AT)
CITED = Citation(1, "faq#a", "en", "A", "/faq/#a", "A.", None)
ANSWER = Answer("q", "en", Status.ANSWERED, "A.", 0.9, (CITED,), (), (), 20.0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(file: Path) -> Store:
    return Store(file, clock=lambda: datetime.fromisoformat(AT).timestamp())


def test_a_question_is_kept_as_it_was_given_and_counted(store: Store):
    store.note([ASKED, replace(ASKED, id="id-2", took_ms=40.0)])
    store.note([replace(ASKED, id="id-3", question=None, took_ms=30.0)])
    assert list(store.questions()) == [ASKED, replace(ASKED, id="id-2", took_ms=40.0)]
    (count,) = store.counts()
    assert (count.day, count.lang, count.status, count.section) == ("2026-11-20", "en", "not_covered", "faq#moon")
    assert (count.count, count.slowest) == (3, 40.0)


def test_a_question_without_a_section_is_counted_as_that(store: Store):
    store.note([replace(ASKED, section=None), replace(ASKED, id="id-2", section=None)])
    assert [(count.section, count.count) for count in store.counts()] == [(None, 2)]


@pytest.mark.parametrize(
    ("answer", "status", "kept"),
    [
        (ANSWER, "answered", False),
        (replace(ANSWER, not_stated=("the moon",)), "not_stated", True),
        (replace(ANSWER, status=Status.CLARIFY), "clarify", True),
        (replace(ANSWER, status=Status.NOT_COVERED), "not_covered", True),
    ],
)
def test_only_what_was_not_wholly_answered_is_kept_with_its_text(answer: Answer, status: str, kept: bool):
    assert status_of(answer) == status
    assert (asked("of me@example.com?", answer, AT, keep=True).question == "of [mail]?") is kept
    assert asked("of me@example.com?", answer, AT, keep=False).question is None


def test_counts_sum_up_to_what_was_asked():
    some = [replace(ASKED, id=str(n), section=f"faq#{n % 3}", lang="ja" if n % 2 else "en") for n in range(20)]
    assert sum(count.count for count in counted(some)) == 20
    assert len(counted(some)) == 6


def test_only_the_newest_questions_are_kept(file: Path):
    store = Store(file, clock=lambda: datetime.fromisoformat(AT).timestamp(), questions=2)
    store.note([replace(ASKED, id=str(n), at=f"2026-11-1{n}T00:00:00+00:00") for n in range(4)])
    assert [each.id for each in store.questions()] == ["2", "3"]


def test_questions_and_counts_go_when_their_time_is_over_even_if_nobody_asks_any_more(file: Path):
    now = [datetime.fromisoformat(AT).timestamp()]
    store = Store(file, lambda: now[0], days=60, question_days=30)
    store.note([ASKED])
    now[0] += 30 * DAY + 1
    assert list(store.questions()) == [] and len(store.counts()) == 1
    now[0] += 31 * DAY
    store.check()
    with closing(sqlite3.connect(file)) as connection:
        left = [connection.execute(f"select count(*) from {table}").fetchone()[0] for table in ("question", "asked")]
    assert left == [0, 0]


def vote(answer: str, question: str) -> Feedback:
    return Feedback(answer, "down", "wrong", question, "en", "answered", None, "web", AT)


def test_all_that_is_kept_can_be_had(store: Store):
    store.vote(vote("vote-1", "q"))
    store.note([ASKED])
    assert [(row["kind"], row.get("id")) for row in rows(store)] == [
        ("vote", "vote-1"),
        ("question", "id-1"),
        ("count", None),
    ]


@pytest.mark.parametrize(
    ("way", "value", "gone", "left"),
    [
        ("id", "vote-1", 1, ["id-2", "id-1"]),
        ("id", "id-2", 1, ["vote-1", "id-1"]),
        ("text", "THE  moon", 2, ["id-2"]),
        ("text", "me@example.com", 1, ["vote-1", "id-1"]),
        ("before", "2026-11-20", 1, ["vote-1", "id-1"]),
        ("all", "", 3, []),
    ],
)
def test_what_is_named_is_deleted_and_not_left_in_the_file(
    store: Store, file: Path, way: str, value: str, gone: int, left: list[str]
):
    store.vote(vote("vote-1", "What of the moon? " + "canary " * 9))
    store.note([ASKED, replace(ASKED, id="id-2", question="ask [mail] " + "rabbit " * 9, at="2026-11-19T00:00:00")])
    assert delete(store, way, value) == gone
    assert [row["id"] for row in rows(store) if "id" in row] == left
    held = file.read_bytes()
    assert (b"canary" in held, b"rabbit" in held) == ("vote-1" in left, "id-2" in left)


def test_what_is_deleted_is_overwritten_though_it_filled_pages_of_its_own(store: Store, file: Path):
    """Those of a long text, and of many rows, are free then, and nothing else is written over them soon."""
    store.vote(vote("long", "canary " * 3000))
    store.note([replace(ASKED, id=str(n), question=f"rabbit {n} " * 20) for n in range(200)])
    assert store.forget(["long", *map(str, range(200))]) == 201
    assert [path.name for path in file.parent.iterdir() if path.read_bytes().count(b"canary")] == []
    assert [path.name for path in file.parent.iterdir() if path.read_bytes().count(b"rabbit")] == []


@pytest.mark.parametrize("since", ["2026-11-20", "2026-11-20T18:00:00+00:00"])
def test_counts_since_some_time_of_a_day_are_those_of_the_whole_day(store: Store, since: str):
    store.note([replace(ASKED, id=str(n), at=f"2026-11-{n}T10:00:00+00:00") for n in (19, 20, 21)])
    assert [count.day for count in store.counts(since)] == ["2026-11-20", "2026-11-21"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("me@example.com", "[mail]"), ("faq#x 20.50.4.7", "faq#x [ip]"), (None, None), ("", ""), ("faq", "faq")],
)
def test_a_vote_hides_no_personal_data_in_its_question_and_section(
    bot: Bot, store: Store, run_async, given: str | None, kept: str | None
):
    """Its question is kept with its text by default."""
    run_async(Desk(Settings(), bot).vote(replace(vote("vote-1", "Is me@example.com in?"), section=given), store))
    assert [(each.question, each.section) for each in store.votes()] == [("Is [mail] in?", kept)]


def test_words_that_are_taken_out_today_are_found_in_what_was_stored_before(store: Store):
    store.note([replace(ASKED, question="call 03-1234-5678 now"), replace(ASKED, id="id-2", question="call [phone]")])
    assert delete(store, "text", "03-1234-5678") == 2


def test_no_counts_are_left_when_all_is_deleted(store: Store):
    store.note([ASKED])
    delete(store, "all", "")
    assert store.counts() == []


def test_the_service_keeps_what_it_did_not_answer_without_personal_data(bot: Bot, file: Path, run_async):
    async def ask() -> None:
        desk = Desk(Settings(keep_questions=True, rate_limit="off"), bot, Store(file))
        for question in ("Who won the chess game of me@example.com on Saturn?", "Can I upgrade from kubenet?"):
            await desk.ask("somebody", question)
        await desk.ask("somebody", "Who won the chess game of me@example.com on Saturn?", again=True)
        await desk.close()

    run_async(ask())
    (kept,) = Store(file).questions()
    assert (kept.question, kept.status) == ("Who won the chess game of [mail] on Saturn?", "not_covered")
    assert kept.section in bot.topics.catalogue.names
    assert {count.status: count.count for count in Store(file).counts()} == {"not_covered": 1, "answered": 1}


def test_texts_are_not_kept_by_default(bot: Bot, file: Path, run_async):
    async def ask() -> None:
        desk = Desk(Settings(rate_limit="off"), bot, Store(file))
        await desk.ask("somebody", "Who won the chess game on Saturn?")
        await desk.close()

    run_async(ask())
    assert [*Store(file).questions()] == [] and len(Store(file).counts()) == 1
    assert b"Saturn" not in file.read_bytes()


def test_a_store_that_cannot_be_used_costs_no_answer(
    bot: Bot, tmp_path: Path, caplog: pytest.LogCaptureFixture, run_async
):
    (tmp_path / "taken").write_text("")

    async def ask() -> Answer:
        desk = Desk(Settings(keep_questions=True, rate_limit="off"), bot, Store(tmp_path / "taken/store.db"))
        answer = await desk.ask("somebody", "Can I upgrade from kubenet?")
        await desk.close()
        return answer

    assert run_async(ask()).status is Status.ANSWERED
    assert "what was asked is not noted" in caplog.text


def test_a_search_that_fails_costs_no_note(bot: Bot, file: Path, run_async, monkeypatch: pytest.MonkeyPatch):
    def broken(*given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Bot, "search", broken)

    async def ask() -> None:
        desk = Desk(Settings(keep_questions=True, rate_limit="off"), bot, Store(file))
        await desk.ask("somebody", "Who won the chess game on Saturn?")
        await desk.close()

    run_async(ask())
    (kept,) = Store(file).questions()
    assert (kept.status, kept.section) == ("not_covered", None)


def test_keeping_questions_without_a_store_is_refused():
    with pytest.raises(SettingsError, match=r"KB_KEEP_QUESTIONS=.*KB_STORE is off"):
        read_settings(store=Path("off"), keep_questions=True)


def test_kb_feedback_exports_and_deletes(store: Store, file: Path):
    store.note([replace(ASKED, at=datetime.now().astimezone().isoformat(timespec="seconds"))])
    run, env = CliRunner(), {"KB_STORE": str(file), "LANG": "C.UTF-8"}
    lines = run.invoke(kb, ["feedback", "--export"], env=env).stdout.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["question", "count"]
    assert run.invoke(kb, ["feedback", "--delete", "all"], env=env, input="n\n").exit_code == 1
    assert len([*rows(store)]) == 2
    assert run.invoke(kb, ["feedback", "--delete", "all", "--yes"], env=env).output == "deleted: 1\n"
    assert [*rows(store)] == []


@pytest.mark.parametrize("what", ["everything", "before:yesterday", "id:", "text: ", "all:x"])
def test_what_cannot_be_meant_by_delete_is_refused(file: Path, what: str):
    refused = CliRunner().invoke(kb, ["feedback", "--delete", what, "--yes"], env={"KB_STORE": str(file)})
    assert refused.exit_code == 2 and "before:2026-11-01" in refused.output
