"""Where the public texts come from, and what is said where one is missing."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import KbError
from learn.sources import Source, files, read_sources, require_clones, text

GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")


def commit(clone: Path, **contents: str) -> str:
    """The commit made of these files."""
    for name, content in contents.items():
        (clone / f"{name}.md").write_text(content, "utf-8")
    subprocess.run([*GIT, "-C", clone, "add", "."], check=True)
    subprocess.run([*GIT, "-C", clone, "commit", "-q", "-m", "pages"], check=True)
    shown = subprocess.run(["git", "-C", clone, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return shown.stdout.strip()


@pytest.fixture
def source(tmp_path: Path) -> Source:
    clone = tmp_path / "fruit"
    subprocess.run(["git", "init", "-q", clone], check=True)
    (clone / "docs").mkdir()
    pinned = commit(clone, **{"docs/pear": "# 梨\n", "notes": "# Notes\n"})
    commit(clone, **{"docs/pear": "# Another pear\n", "docs/plum": "# Plum\n"})
    return Source("fruit", "garden/fruit", pinned, ("docs/",), "MIT", "en")


def test_a_clone_is_read_at_its_pinned_commit(source: Source, tmp_path: Path):
    assert files(source, tmp_path, ".md") == ["docs/pear.md"]
    assert text(source, tmp_path, "docs/pear.md") == "# 梨\n"
    require_clones([source], tmp_path)


def test_what_is_missing_is_said_with_the_commands_that_bring_it(source: Source, tmp_path: Path):
    absent = replace(source, name="nuts", repository="garden/nuts")
    older = replace(source, commit="0" * 40)
    with pytest.raises(KbError) as error:
        require_clones([absent, older], tmp_path)
    assert str(error.value).splitlines() == [
        "Sources are missing. Run:",
        f"git clone https://github.com/garden/nuts {tmp_path}/nuts",
        f"git -C {tmp_path}/fruit fetch origin {'0' * 40}",
    ]


def test_a_file_that_is_not_there_is_named(source: Source, tmp_path: Path):
    with pytest.raises(KbError, match=r"fruit: git show: .*docs/kiwi\.md"):
        text(source, tmp_path, "docs/kiwi.md")


def test_each_source_has_a_licence_and_a_whole_commit():
    listed = read_sources()
    assert len({source.name for source in listed}) == len(listed) == 24
    assert all(source.licence and source.paths and re.fullmatch("[0-9a-f]{40}", source.commit) for source in listed)
