"""Votes, counted, and `kb feedback` as people run it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from forked import Forking

from bot.cli.feedback import json_lines, report_lines
from bot.service.feedback import Feedback, Missed, SectionVotes, feedback_report
from bot.service.store import Store

VOTE = Feedback("a", "up", None, "What is CNI?", "en", "answered", "faq#cni", "web", "2026-11-20T10:00:00+00:00")
VOTES = [
    VOTE,
    replace(VOTE, answer="b", vote="down", reason="unclear", question="CNI?", at="2026-11-20T11:00:00+00:00"),
    replace(VOTE, answer="c", vote="down", reason="wrong", section="faq#subnet", at="2026-11-20T12:00:00+00:00"),
    replace(VOTE, answer="d", vote="down", section="faq#subnet", at="2026-11-20T13:00:00+00:00"),
    *(
        replace(VOTE, answer=f"e{n}", vote="down", question=asked, status="not_covered", section=None,
                at=f"2026-11-21T0{n}:00:00+00:00")
        for n, asked in enumerate(["What does  it cost", "Is GKE better?", "what does it cost?"])
    ),
]  # fmt: skip


def test_the_most_disliked_section_comes_first():
    assert feedback_report(VOTES).sections == (
        SectionVotes(None, 0, 3),
        SectionVotes("faq#subnet", 0, 2),
        SectionVotes("faq#cni", 1, 1),
    )


def test_down_votes_are_shown_as_they_are_read():
    """However many there are, none is held."""
    read: list[str] = []

    def disliked():
        for vote in reversed(VOTES[1:]):
            read.append(vote.answer)
            yield vote

    empty = feedback_report([])
    lines = report_lines(empty, disliked(), "en")
    assert next(line for line in lines if "2026-11-21" in line) == "  2026-11-21  no reason given: what does it cost?"
    assert read == ["e2"]
    written = json_lines(empty, disliked())
    read.clear()
    next(line for line in written if "e1" in line)
    assert read == ["e2", "e1"]


def test_the_most_asked_comes_first_whatever_its_spaces_and_capitals():
    assert feedback_report(VOTES).missed == (Missed("what does it cost?", 2), Missed("Is GKE better?", 1))


def test_no_votes():
    report = feedback_report([])
    assert (report.up, report.down, report.sections, report.missed) == (0, 0, (), ())


@pytest.fixture
def run(forked: Forking, environment: dict[str, str], root: Path, tmp_path: Path):
    def run(*arguments: str, votes: list[Feedback] = VOTES, lang: str = "C.UTF-8", file: str = ""):
        store = Store(tmp_path / "votes.db")
        for vote in votes:
            store.vote(vote)
        settings = {**environment, "KB_STORE": file or str(tmp_path / "votes.db"), "LANG": lang}
        return forked.run(["feedback", *arguments], settings, root)

    return run


def test_kb_feedback_in_the_terminal(run):
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "1 up, 6 down",
        "",
        "Votes by section",
        "  +0    -3    (nothing cited)",
        "  +0    -2    faq#subnet",
        "  +1    -1    faq#cni",
        "",
        "Down-votes, the newest first",
        "  2026-11-21  no reason given: what does it cost?",
        "  2026-11-21  no reason given: Is GKE better?",
        "  2026-11-21  no reason given: What does it cost",
        "  2026-11-20  no reason given: What is CNI?",
        "              faq#subnet",
        "  2026-11-20  wrong: What is CNI?",
        "              faq#subnet",
        "  2026-11-20  unclear: CNI?",
        "              faq#cni",
        "",
        "Asked and not covered",
        "     2 × what does it cost?",
        "     1 × Is GKE better?",
    ]


def test_kb_feedback_speaks_the_terminals_language(run):
    assert run(lang="ja_JP.UTF-8").stdout.startswith("良い 1 件、良くない 6 件\n")
    assert run("--lang", "en", lang="ja_JP.UTF-8").stdout.startswith("1 up, 6 down\n")


def test_a_question_cannot_steer_the_terminal(run):
    done = run(votes=[replace(VOTES[1], question="\x1b[2J\u202egone\nforged line")])
    assert "unclear: [2Jgone forged line\n" in done.stdout


def test_kb_feedback_as_json(run):
    report = json.loads(run("--json").stdout)
    assert (report["up"], report["down"], report["missed"][0]) == (1, 6, {"question": "what does it cost?", "count": 2})
    assert report["sections"][1] == {"section": "faq#subnet", "up": 0, "down": 2}
    assert report["disliked"][-1]["reason"] == "unclear"


@pytest.mark.parametrize(
    ("file", "message"),
    [("off", "KB_STORE=off: no votes are kept"), ("/none/votes.db", "/none/votes.db: no such file, nobody has voted")],
)
def test_without_votes_it_says_why(run, file: str, message: str):
    done = run(file=file)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"kb: {message}")
