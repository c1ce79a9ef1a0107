"""The way from what readers miss to a better site, as `kb gaps` prints it: patch, build, index, measure."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.learning.gaps import NEW_SCOPE, SCOPE, STUB

ROOT = Path(__file__).parents[3]
QUESTIONS = str(ROOT / "tests/data/questions.jsonl")
MISSED = str(ROOT / "tests/data/gaps.jsonl")  # on four topics that the site does not have
MADE_FROM = ("mkdocs.yml", "mkdocs.en.yml", "package.json", "package-lock.json", "index/reading/markup.json")
Run = Callable[..., str]


@pytest.fixture
def project(site_dir: Path, index_dir: Path, tmp_path: Path) -> Path:
    """A copy of what the site is made from, and of the site and its index as they are."""
    for folder in (ROOT / "docs", site_dir, index_dir):
        shutil.copytree(folder, tmp_path / folder.relative_to(ROOT))
    for name in MADE_FROM:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


@pytest.fixture
def run(project: Path, environment: dict[str, str]) -> Run:
    """What a command prints that succeeds in the project."""

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.mark.nightly
def test_the_patch_builds_names_what_is_missing_and_costs_no_answer(project: Path, kb: list[str], run: Run):
    (project / "before.json").write_text(run(*kb, "eval", QUESTIONS, "--json"), "utf-8")
    before = json.loads(run(*kb, "gaps", MISSED, "--patch", "gaps.patch", "--json"))
    assert len(before) >= 4 and {gap["kind"] for gap in before[:3]} <= {STUB, NEW_SCOPE}
    added = set(re.findall(r"^\+#+ .*\{ #([\w-]+) ", (project / "gaps.patch").read_text("utf-8"), re.MULTILINE))

    run("git", "apply", "gaps.patch")
    run(*kb, "site")
    run(*kb, "index")
    compared = run(*kb, "eval", QUESTIONS, "--compare", "before.json")
    assert "\nnewly wrong: 0\n" in f"{compared}\n"
    after = json.loads(run(*kb, "gaps", MISSED, "--json"))
    assert {gap["kind"] for gap in after[:3]} == {SCOPE}
    assert {gap["section"].partition("#")[2] for gap in after[:3]} <= added
