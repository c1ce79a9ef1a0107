"""kb report: the numbers add up, and every form shows the same ones, with texts as text."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.cli.command import kb
from bot.learning.report import Report, report
from bot.learning.report_forms import html, markdown, slack
from bot.service.asked import NO_HITS, Asked
from bot.service.feedback import Feedback
from bot.service.store import Store

NOW = "2026-11-20T10:00:00+00:00"
HOSTILE = "is <b>it</b> | [x](javascript:1) <!channel> \x1b[31m"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store.db", clock=lambda: datetime.fromisoformat(NOW).timestamp())
    asked = [
        Asked("1", None, "en", "answered", "faq#a", 10.0, NOW),
        Asked("2", None, "ja", "answered", "faq#a", 900.0, NOW),
        Asked("3", HOSTILE, "en", "not_covered", "faq#b", 20.0, NOW),
        Asked("4", HOSTILE.upper(), "en", "not_covered", "faq#b", 20.0, NOW),
        Asked("5", "partly?", "ja", "not_stated", "faq#c", 5.0, "2026-11-18T00:00:00+00:00"),
        Asked("6", "long ago", "en", "clarify", None, 5.0, "2026-11-01T00:00:00+00:00"),
    ]
    store.note(asked)
    for n, vote in enumerate(("up", "down", "down")):
        store.vote(Feedback(f"answer-{n}", vote, "wrong" if n == 1 else None, "q", "en", "answered", None, "web", NOW))
    return store


@pytest.fixture
def made(store: Store) -> Report:
    return report(store, "2026-11-14", "2026-11-20", keeps_texts=True)


def test_the_numbers_are_those_of_the_days(made: Report):
    assert made.statuses == {"answered": 2, "not_stated": 1, "clarify": 0, "not_covered": 2}
    assert made.asked == 5 and sum(made.langs["en"].values()) == 3
    assert list(made.days) == ["2026-11-18", "2026-11-20"]
    assert (made.up, made.down, made.reasons) == (1, 2, {"wrong": 1, "none": 1})
    assert made.sections == {"faq#a": 2, "faq#c": 1}
    assert (made.slowest[0].ms, made.slowest[0].section) == (900.0, "faq#a")
    assert list(made.missed.values()) == [2, 1]


def test_without_texts_the_counts_are_there_all_the_same(tmp_path: Path):
    store = Store(tmp_path / "other.db", clock=lambda: datetime.fromisoformat(NOW).timestamp())
    store.note([Asked("1", None, "en", "not_covered", None, 10.0, NOW)])
    text = markdown(report(store, "2026-11-14", "2026-11-20", keeps_texts=False), "en")
    assert "Questions: 1. Answered: 0 (0 %)," in text and "not covered: 1 (100 %)." in text
    assert "The store has no texts of questions from these days" in text


def test_texts_that_the_store_has_are_never_said_not_to_be_kept(store: Store):
    """The service may keep what the settings of this shell do not name."""
    text = markdown(report(store, "2026-11-14", "2026-11-20", keeps_texts=False), "en")
    assert "partly?" in text and "has no texts" not in text


SEARCHED = ("Flamingo  gateway", "flamingo gateway", HOSTILE)


def test_searches_without_hits_are_listed_in_every_form_and_change_no_figure(store: Store, made: Report):
    store.note([Asked(f"s{n}", words, "en", NO_HITS, None, 0.0, NOW) for n, words in enumerate(SEARCHED)])
    store.note([Asked("old", "heron", "en", NO_HITS, None, 0.0, "2026-11-01T00:00:00+00:00")])
    with_searches = report(store, "2026-11-14", "2026-11-20", keeps_texts=True)
    assert with_searches.searched == {"flamingo gateway": 2, HOSTILE: 1}
    assert replace(with_searches, searched={}) == made
    for lang, title in (("en", "Searched without hits"), ("ja", "ヒットしなかった検索語")):
        assert f"## {title}\n" in markdown(with_searches, lang) and f"<h2>{title}</h2>" in html(with_searches, lang)
        assert f"*{title}*\\n• flamingo gateway · " in slack(with_searches, lang)
        assert not any(title in form(made, lang) for form in (markdown, html, slack))
    assert "| flamingo gateway | 2 |" in markdown(with_searches, "en")
    assert "<td>flamingo gateway</td><td>2</td>" in html(with_searches, "en")
    assert "• flamingo gateway · Times: 2" in slack(with_searches, "en")


def test_searches_alone_are_no_questions_that_were_not_answered(tmp_path: Path):
    """Where no question is kept, those that were voted on are listed, whatever was searched."""
    store = Store(tmp_path / "other.db", clock=lambda: datetime.fromisoformat(NOW).timestamp())
    store.note([Asked("1", "flamingo", "en", NO_HITS, None, 0.0, NOW)])
    store.vote(Feedback("answer-0", "up", None, "why?", "en", "not_covered", None, "web", NOW))
    made = report(store, "2026-11-14", "2026-11-20", keeps_texts=False)
    assert (made.asked, made.days, made.missed, made.searched) == (0, {}, {"why?": 1}, {"flamingo": 1})


@pytest.mark.parametrize(
    ("lang", "note"),
    [
        ("en", "Searches without hits are reported with KB_KEEP_QUESTIONS=on."),
        ("ja", "ヒットしなかった検索語は、KB_KEEP_QUESTIONS=on にすると報告に載ります。"),
    ],
)
def test_where_no_texts_are_kept_the_note_says_what_keeps_searches(tmp_path: Path, made: Report, lang: str, note: str):
    none = report(Store(tmp_path / "other.db"), "2026-11-14", "2026-11-20", keeps_texts=False)
    for form in (markdown, html, slack):
        assert (note in form(none, lang), note in form(made, lang)) == (True, False)


def test_a_time_without_questions_is_told_as_that(store: Store):
    quiet = report(store, "2026-10-01", "2026-10-02", keeps_texts=True)
    assert quiet.asked == 0 and "Questions: 0. " in markdown(quiet, "en")
    assert "Questions: 0. " in html(quiet, "en") and json.loads(slack(quiet, "en"))["blocks"]


def test_a_question_is_text_in_every_form(made: Report):
    text = markdown(made, "en").lower()
    assert "&lt;b&gt;" in text and "\\[x\\]" in text and "\\|" in text
    assert "<b>" not in html(made, "en").lower() and "&lt;b&gt;" in html(made, "en").lower()
    assert "<!" not in slack(made, "en") and "&lt;!" in slack(made, "en")
    assert not any("\x1b" in form(made, "ja") for form in (markdown, html, slack))


def test_each_number_in_the_message_for_slack_has_its_name(made: Report):
    blocks = json.loads(slack(made, "en"))["blocks"]
    lines = [line for block in blocks[2:-1] for line in block["text"]["text"].splitlines()[1:]]
    cells = [cell for line in lines for cell in line.removeprefix("• ").split(" · ")]
    assert cells and not any(cell.isdecimal() for cell in cells)
    assert any(cell.startswith("answered: ") for cell in cells)


def test_the_message_for_slack_keeps_to_its_bounds(made: Report):
    message = json.loads(slack(made, "ja"))
    assert {block["type"] for block in message["blocks"]} == {"header", "section", "context"}
    assert len(message["blocks"]) <= 50
    texts = [block["text"]["text"] for block in message["blocks"] if "text" in block]
    assert all(0 < len(text) <= 3000 for text in texts)
    written = [block["text"] for block in message["blocks"] if block["type"] == "section"]
    assert all(text["verbatim"] for text in written)  # or Slack would make links and mentions of plain words


def test_kb_report_prints_markdown_slack_and_writes_a_page(tmp_path: Path):
    file = tmp_path / "store.db"
    Store(file).note(
        [Asked("1", None, "en", "answered", "faq#a", 10.0, datetime.now(UTC).isoformat(timespec="seconds"))]
    )
    shell = {"KB_STORE": str(file), "LANG": "C.UTF-8"}

    def run(*given: str):
        return CliRunner().invoke(kb, ["report", *given], env=shell)

    assert "Questions: 1. Answered: 1 (100 %)," in run("--since", "2w").output
    assert json.loads(run("--slack", "--html", str(tmp_path / "r.html")).output)["text"].startswith("Questions from ")
    assert "script" not in (tmp_path / "r.html").read_text("utf-8")
    refused = run("--since", "lately")
    assert refused.exit_code == 2 and "give days (7d)" in refused.output
