"""Completion with the Tab key: the script is printed or installed, and completes."""

import shutil
import subprocess
from pathlib import Path

import pytest
from forked import Forking


@pytest.fixture
def run(forked: Forking, environment: dict[str, str], tmp_path: Path):
    def start(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in environment.items() if not name.startswith(("XDG_", "ZDOTDIR"))}
        shell = {**plain, "HOME": str(tmp_path), **more}
        return forked.run(arguments, shell, tmp_path)

    return start


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed(run, shell: str):
    named, running = run("completion", shell), run("completion", SHELL=f"/usr/bin/{shell}")
    assert named.returncode == 0 and f"_KB_COMPLETE={shell}_complete" in named.stdout
    assert running.stdout == named.stdout


@pytest.mark.parametrize(("shell", "rc"), [("bash", ".bashrc"), ("zsh", ".zshrc")])
@pytest.mark.parametrize("before", [None, "alias a=b\n", "alias a=b"])
def test_installing_twice_adds_one_line(run, tmp_path: Path, shell: str, rc: str, before: str | None):
    if before is not None:
        (tmp_path / rc).write_text(before, "utf-8")
    for _ in range(2):
        assert run("completion", shell, "--install").returncode == 0
    script = tmp_path / f".local/share/kb/completion.{shell}"
    lines = (tmp_path / rc).read_text("utf-8").splitlines()
    assert script.is_file() and [line for line in lines if str(script) in line] == lines[-1:]
    assert lines[:-1] == (before or "").splitlines()


def test_fish_finds_its_script_by_itself(run, tmp_path: Path):
    assert run("completion", "fish", "--install").stdout.startswith(str(tmp_path / ".config/fish/completions/kb.fish"))


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_a_new_bash_knows_it(run, tmp_path: Path, environment: dict[str, str]):
    run("completion", "bash", "--install")
    shell = {**environment, "HOME": str(tmp_path)}
    known = subprocess.run(
        ["bash", "-c", ". ~/.bashrc; complete -p kb"], env=shell, capture_output=True, text=True, check=False
    )
    assert known.returncode == 0 and known.stdout.rstrip().endswith(" kb")


@pytest.mark.parametrize(
    ("words", "completions"),
    [
        ("kb exp", ["explain"]),
        ("kb check --form", ["--format"]),
        ("kb explain agc01", ["AGC010", "AGC011", "AGC012"]),
    ],
)
def test_commands_options_and_rules_are_completed(run, words: str, completions: list[str]):
    typed = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_KB_COMPLETE": "bash_complete"}
    done = run(**typed)
    assert [line.partition(",")[2] for line in done.stdout.splitlines()] == completions


def test_a_shell_that_is_not_known_is_asked_for(run):
    done = run("completion", SHELL="/bin/tcsh")
    assert (done.returncode, done.stdout) == (2, "") and "bash, zsh, fish" in done.stderr


def test_a_home_that_cannot_be_written_is_named(run, tmp_path: Path):
    (tmp_path / ".local").write_text("a file", "utf-8")
    done = run("completion", "bash", "--install")
    assert (done.returncode, done.stdout) == (2, "") and str(tmp_path / ".local") in done.stderr
