"""The commands that people type: `make` alone names them, and the pages name none that is missing."""

import os
import re
import subprocess
from pathlib import Path

import longest

# In a shell block (a comment may follow), or between backticks.
COMMAND = re.compile(r"(?<=^make )[a-z-]+(?= *$|  )|(?<=`make )[^`\n]+(?=`)", re.MULTILINE)
PEOPLE = ["run", "site", "check", "test", "test-stressed", "format", "bench", "clean"]


def targets(root: Path) -> set[str]:
    return {
        target
        for file in ("Makefile", "maintain.mk")
        for target in re.findall(r"^([a-z][a-z-]*):", (root / file).read_text("utf-8"), re.MULTILINE)
    }


def test_make_alone_prints_eight_targets_with_a_line_each(root: Path):
    printed = subprocess.run(["make", "--no-print-directory"], cwd=root, capture_output=True, text=True, check=True)
    lines = re.findall(r"^make (\S+) +(\S.*)$", printed.stdout, re.MULTILINE)
    assert [target for target, _ in lines] == PEOPLE
    assert all(len(line) < 100 for _, line in lines)


def test_every_target_that_a_page_names_exists(root: Path):
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    named = {
        (page.relative_to(root).as_posix(), target)
        for page in pages
        for command in COMMAND.findall(page.read_text("utf-8"))
        for target in re.findall(r"(?<![=/\w-])[a-z][a-z-]*(?![=\w])", command)
    }
    assert ("README.md", "run") in named and ("README.md", "test") in named
    assert sorted((page, target) for page, target in named if target not in targets(root)) == []


def test_of_commands_at_once_each_is_heard_and_one_that_fails_fails_all(root: Path, tmp_path: Path):
    """The first one ends after the second one, which it waits for."""
    program, pipe = root / "tests/at_once.sh", tmp_path / "pipe"
    os.mkfifo(pipe)
    lines = [f"cat {pipe}; echo one", f"echo through >{pipe}; echo two; exit 3", "echo three >&2"]
    done = subprocess.run([program, *lines], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (1, ["through", "one", "two", "three"])
    assert done.stderr == f"failed (3): {lines[1]}\n"
    assert subprocess.run([program, "true", "true"], check=False).returncode == 0


def test_files_that_are_begun_first_are_there_once(root: Path):
    assert [file for file in longest.FILES if not (root / "tests" / file).is_file()] == []
    others = [root / "tests/test_make.py", root / "tests" / longest.FILES[1], root / "tests/test_make.py"]
    assert longest.first([*others, root / "tests" / longest.FILES[0]]) == [3, 1, 0, 2]


def test_the_night_gives_more_to_every_test_that_takes_more(root: Path):
    """What a test reads of its environment stands before its file there; what is only measured has its own numbers."""
    night = (root / "maintain.mk").read_text("utf-8").partition("\nnightly:")[2].partition("\n\n")[0]
    commands = night.replace("\\\n", " ").splitlines()
    numbers = set(re.findall(r"\b([A-Z_]+)=\$\(\1\)", night))
    texts = {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in (root / "tests").rglob("test_*.py")}
    taking = {
        (file, name)
        for file, text in texts.items()
        if "pytestmark = pytest.mark.measures" not in text
        for name in numbers
        if any("os.environ" in line and f'"{name}"' in line for line in text.splitlines())
    }
    given = {
        (file, name) for command in commands for file in command.split() for name in numbers if f"{name}=" in command
    }
    assert {name for _, name in taking} >= {"EXAMPLES", "SCHEMA_CASES", "SWAPS"}
    assert sorted(taking - given) == []
