"""kb review: one key decides on a question; what is accepted is a line of the docs or of the tests, no more."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.answering.ask import Bot
from bot.cli.command import kb
from bot.learning.gaps import Missed, missed
from bot.learning.review import accept_test, accept_wording, digest
from bot.learning.review_session import ALTERNATIVES
from bot.learning.wanted import Wanted
from bot.quality.calibrate import read_questions
from index.errors import KbError

ROOT = Path(__file__).parents[3]
QUESTIONS = (
    "Who won the chess game on Saturn?",
    "土星のチェスで勝ったのは誰ですか",
    "what is the tallest tree on Venus",
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a copy of the docs and three questions, the first of them asked twice."""
    for file in (ROOT / "docs").rglob("*.md"):
        copy = tmp_path / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    asked = [json.dumps({"question": question}, ensure_ascii=False) for question in (*QUESTIONS, QUESTIONS[0])]
    (tmp_path / "asked.jsonl").write_text("\n".join(asked), "utf-8")
    return tmp_path


@pytest.fixture
def review(desk: Path, index_dir: Path, site_dir: Path):
    def review(keys: str, *more: str) -> Result:
        given = ["--docs", str(desk / "docs"), "--tests", str(desk / "tests.jsonl"), "--state", str(desk / "state")]
        shell = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir), "LANG": "C.UTF-8"}
        return CliRunner().invoke(kb, ["review", str(desk / "asked.jsonl"), *given, *more], input=keys, env=shell)

    return review


def pages(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*.md")}


def test_keys_accept_skip_and_stop_and_the_next_review_goes_on_behind_them(review, desk: Path):
    before = pages(desk / "docs")
    first = review("x1q")  # no such key, a wording, quit
    assert first.exit_code == 0 and f"1/3  {QUESTIONS[0]}  (not covered)" in first.output
    assert "2 left; the next review goes on from here" in first.output
    changed = {name: text for name, text in pages(desk / "docs").items() if text != before[name]}
    ((name, text),) = changed.items()
    assert name.startswith("en/") and sorted({*text.splitlines()} - {*before[name].splitlines()})[-1] == QUESTIONS[0]

    second = review("t0st")  # a test that is not covered, skip; nothing is left for the rest
    assert second.exit_code == 0 and "2 reviewed, none left" in second.output
    (line,) = read_questions(desk / "tests.jsonl")
    assert (line.question, line.answerable, line.sections) == (QUESTIONS[1], False, ())
    assert "0 reviewed, none left" in review("").output
    assert {name: text for name, text in pages(desk / "docs").items() if text != before[name]} == changed
    held = {file.name for file in desk.iterdir()}
    assert held == {"docs", "asked.jsonl", "tests.jsonl", "state"}
    assert "Saturn" not in (desk / "state").read_text("utf-8")


def test_a_question_is_shown_with_its_answer_and_the_numbered_sections_that_the_keys_mean(review, bot: Bot):
    (question,) = missed(bot, [Wanted(QUESTIONS[0], None)])
    sections = [bot.topics.group(name)["en"] for name in question.near[:ALTERNATIVES]]
    shown = review("q", "--lang", "en").output
    answered = " ".join(bot.ask(QUESTIONS[0], "en").answer.split())
    assert answered in " ".join(shown.partition("(not covered)")[2].split())
    assert re.findall(r"^  (\d)  (.+?)  (\S+)$", shown, re.MULTILINE) == [
        (str(n), " › ".join((*section.path[:1], section.title)), section.id) for n, section in enumerate(sections, 1)
    ]


def test_where_nobody_types_nothing_is_decided(review, desk: Path):
    assert "3 left" in review("").output
    assert not (desk / "state").exists()


def test_docs_that_are_not_there_are_named_before_anything_is_asked(review):
    refused = review("1", "--docs", "nowhere")
    assert refused.exit_code == 2 and refused.stderr.startswith("kb: nowhere: no such folder.")


def test_no_half_written_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "page.md").write_text("# Page\n\nIt is.\n", "utf-8")
    monkeypatch.setattr(Path, "replace", stopped)
    for error in (KbError, KeyboardInterrupt):
        with pytest.raises(error):
            accept_wording(tmp_path, "page", Missed(error.__name__, "en", 1, "clarify", "page", ("page",), 0.0))
        assert [file.name for file in tmp_path.iterdir()] == ["page.md"]
        assert (tmp_path / "page.md").read_text("utf-8") == "# Page\n\nIt is.\n"
        monkeypatch.setattr(Path, "replace", interrupted)


def stopped(file: Path, place: Path) -> Path:
    raise OSError(28, "No space left on device")


def interrupted(file: Path, place: Path) -> Path:
    raise KeyboardInterrupt


def test_a_test_question_is_added_once_and_behind_the_last_line(tmp_path: Path):
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a", "lang": "en", "style": "s", "question": "A?", "answerable": false}')
    asked = Missed("Is it /24?", "en", 2, "clarify", "faq#a", ("faq#a",), 0.0)
    assert [accept_test(file, asked, "faq#a"), accept_test(file, asked, None)] == [True, False]
    added = read_questions(file)[1]
    assert (added.question, added.answerable, added.sections) == ("Is it /24?", True, ("faq#a",))
    assert digest(asked)[:8] in added.id
