"""`python -m learn`: what people type, and the errors that they read."""

import subprocess
import sys
from pathlib import Path

import pytest

from learn.sources import read_sources

pytestmark = pytest.mark.slow


def learn(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "learn", *arguments], cwd=root, capture_output=True, text=True)


def test_without_clones_the_command_says_what_to_clone_where(root: Path, tmp_path: Path):
    run = learn(root, "examples", tmp_path, tmp_path / "out")
    assert run.returncode == 2
    assert run.stderr.startswith("learn: Sources are missing. Run:\ngit clone https://github.com/")
    assert f"git clone https://github.com/k0sproject/k0s {tmp_path}/k0s\n" in run.stderr
    assert run.stderr.count("git clone") == len(read_sources())


def test_without_examples_training_says_how_to_make_them(root: Path, tmp_path: Path):
    run = learn(root, "train", tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "python -m learn examples SOURCES" in run.stderr
