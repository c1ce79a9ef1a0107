"""What `kb gaps` and `kb init` print as the next commands can be run as it stands, whatever the folders are called."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from twosites import FACTS, first_index, write_site

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.cli.command import kb
from bot.language import SPOKEN

PAGE = "# Networking { #top-a }\n\n" + "".join(
    f"## {asked} {{ #fact{n}-a }}\n\n{fact}\n\n" for n, (asked, fact) in enumerate(FACTS.items())
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a blank and a quote in its name, with docs, a built site and an index in a place of its own."""
    folder = tmp_path / "my docs' site"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text(PAGE, "utf-8")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    first_index(write_site(folder / "site", "a"), folder / "the index")
    return folder


def commands(text: str) -> list[str]:
    """The commands in what was printed: from `kb` or `git` to the end of the line or to what joins two commands."""
    begins = re.compile(r"(?<![\w/.-])((?:kb|git) [a-zA-Z-]\S* .*)")
    lines = [match[1] for line in text.splitlines() if (match := begins.search(line))]
    joined = re.compile(r" && | の後、いつもどおりサイトをビルドし、|, build your site as always, then: ")
    return [part.split(" > ")[0] for line in lines for part in joined.split(line)]


def parsed(words: list[str]) -> None:
    """A kb command as click takes it. Raises click.UsageError."""
    named = kb.commands[words[1]]
    named.make_context(words[1], words[2:])


@pytest.mark.parametrize("lang", SPOKEN)
def test_gaps(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "")  # each command sets it
    (tmp_path / "asked.jsonl").write_text('{"question": "Who won the chess game on Saturn?"}\n' * 3, "utf-8")
    given = ["gaps", "asked.jsonl", "--docs", str(project / "docs"), "--patch", "the gaps.patch", "--lang", lang]
    done = CliRunner().invoke(kb, [*given, "--site", str(project / "site"), "--index", str(project / "the index")])
    assert done.exit_code == 0, done.output
    listed = commands(done.stdout.split("the gaps.patch", 1)[1])
    by_kind = [shlex.split(line)[:2] for line in listed]
    assert by_kind == [["kb", "questions"], ["kb", "eval"], ["git", "-C"], ["kb", "index"], ["kb", "eval"]]
    for line in listed:
        words = shlex.split(line)
        if words[0] == "git":
            subprocess.run(words, check=True, env=os.environ | {"GIT_CEILING_DIRECTORIES": str(tmp_path)})
        elif words[1] != "questions":  # it stands in a sentence
            parsed(words)
    assert "Who won the chess game" in (project / "docs/index.md").read_text("utf-8")


@pytest.mark.parametrize("lang", SPOKEN)
def test_init(project: Path, monkeypatch: pytest.MonkeyPatch, lang: str):
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8" if lang == "ja" else "C.UTF-8")
    (project / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    done = CliRunner().invoke(kb, ["init", str(project), "--yes"])
    assert done.exit_code == 0, done.output
    index, serve = [shlex.split(line) for line in commands(done.stdout) if "--service" not in line]
    assert (index[:2], serve[:2]) == (["kb", "index"], ["kb", "serve"])
    assert Path(index[2]) == project / "site"
    parsed(index)
    parsed(serve)


def test_a_command_with_an_option_that_is_not_there_is_seen():
    with pytest.raises(click.UsageError):
        parsed(["kb", "eval", "--sites", "x"])
