"""What was asked of a version is learned from as asked of that version, and the docs are those of the usual one."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from twosites import first_index
from versioned import THINGS, write, write_versions

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.answering.ask import Bot
from bot.cli.command import kb
from bot.learning.gaps import find_gaps, missed
from bot.learning.wanted import Wanted
from bot.service.desk import Desk
from bot.service.store import Store
from bot.settings import Settings

MARS, VENUS = "What does a ticket to Mars cost?", "How tall is a tree on Venus in version 1.0?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    write_versions(folder / "site")
    first_index(folder / "site", folder / "index")
    return folder


@pytest.fixture(scope="module")
def manual(folder: Path) -> Bot:
    return Bot.load(folder / "index", "bundled")


def test_what_a_version_does_not_cover_is_kept_with_the_nearest_section_of_that_version(
    manual: Bot, tmp_path: Path, run_async
):
    store = Store(tmp_path / "store.db")

    async def ask() -> None:
        desk = Desk(Settings(keep_questions=True, rate_limit="off"), manual, store)
        for version in ("1.0", "2.0"):
            await desk.ask("somebody", MARS, version=version)
        await desk.close()

    run_async(ask())
    assert [(question.section or "").partition("/")[0] for question in store.questions()] == ["1.0", "2.0"]


def test_gaps_are_those_of_the_version_that_was_asked(manual: Bot):
    others = Wanted(f"{MARS[:-1]} now?", "en", 2, section="1.0/index#manual")
    questions = missed(manual, [Wanted(MARS, "en", 3), others, Wanted(VENUS, "en")])
    assert [each.version for each in questions] == ["2.0", "1.0", "1.0"]
    gaps = find_gaps(manual, questions, 1)
    assert sum(len(gap.questions) for gap in gaps) == 3
    for gap in gaps:
        (version,) = {each.version for each in gap.questions}
        assert (gap.section or "").startswith(f"{version}/")


def test_a_reviewed_question_becomes_a_wording_in_the_docs_of_the_usual_version(folder: Path, tmp_path: Path):
    for n in range(5):
        headings = "".join(f"## {name.capitalize()}\n\nText.\n\n" for name in THINGS[n * 10 : n * 10 + 10])
        write(tmp_path / f"docs/defaults-{n}.md", f"# Defaults {n}\n\n{headings}")
    write(tmp_path / "docs/index.md", "# Manual\n\nText.\n")
    asked = [{"question": "Why is the sky yellow?", "section": "1.0/index#manual"}, {"question": MARS}]
    write(tmp_path / "asked.jsonl", "\n".join(map(json.dumps, asked)))
    given = ["--docs", tmp_path / "docs", "--state", tmp_path / "state", "--tests", tmp_path / "tests.jsonl"]
    shell = {"KB_SITE": str(folder / "site"), "KB_INDEX": str(folder / "index"), "LANG": "C.UTF-8"}
    # Of 1.0 there is no source; skipped. Of 2.0 there is.
    done = CliRunner().invoke(kb, ["review", str(tmp_path / "asked.jsonl"), *map(str, given)], input="1s1", env=shell)
    assert done.exit_code == 0, done.output
    changed = [text for file in (tmp_path / "docs").iterdir() if "<!-- ask" in (text := file.read_text("utf-8"))]
    assert len(changed) == 1 and f"<!-- ask\n{MARS}\n-->" in changed[0]
