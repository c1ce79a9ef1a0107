"""`kb index`: Markdown is written into a site only if someone asks for it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import bot.cli.kb
from bot.cli.command import kb

PAGE = '<html lang="en"><body><main><h1 id="a">A</h1><p>Text.</p></main></body></html>'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of another generator. Its index, which takes a model, is not made."""
    monkeypatch.setattr(bot.cli.kb, "_indexed", lambda settings: "indexed")
    monkeypatch.setenv("LANG", "C.UTF-8")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "llms.txt").write_text("mine", "utf-8")
    return tmp_path


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_nobodys_site_is_written_into_unasked(site: Path):
    done = CliRunner().invoke(kb, ["index", str(site)])
    assert (done.exit_code, done.output) == (0, "indexed\n")
    assert names(site) == {"a.html", "llms.txt"}


def test_markdown_is_written_on_demand_and_authors_files_stay(site: Path):
    done = CliRunner().invoke(kb, ["index", str(site), "--markdown"])
    assert done.exit_code == 0
    assert done.output == f"indexed\n{site}: 2 files for programs written (Markdown of each page, llms.txt)\n"
    assert names(site) == {"a.html", "a.md", "llms.txt", "llms-full.txt"}
    assert (site / "llms.txt").read_text("utf-8") == "mine"
    assert (site / "a.html").read_text("utf-8") == PAGE
