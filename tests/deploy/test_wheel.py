"""The wheel holds all of it, is built to the same bytes, and alone does what the guide promises: word by word."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
from forked import Own
from terminals import in_terminal

from deploy import chat
from deploy.lock import read_lock
from deploy.wheel import build

GUIDE = re.compile(r"\{ #index-your-site \}.*?```sh\n(.*?)```", re.DOTALL)
# Of what a checkout has below bot/ and index/ only this is not needed to run: a catalogue's source.
SOURCES = {".po"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


def commands(root: Path, lang: str) -> list[str]:
    (block,) = GUIDE.findall((root / f"docs/{lang}/service/own-site.md").read_text("utf-8"))
    return block.splitlines()


def test_the_chat_is_the_one_of_the_sources(tmp_path: Path):
    """After a change of docs/theme: make chat."""
    chat.write(tmp_path)
    made, kept = (
        {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*.js")}
        for folder in (tmp_path, chat.FOLDER)
    )
    assert made == kept


def test_the_wheel_holds_every_file_of_the_package(wheel: Path, root: Path):
    # What Python compiles meanwhile, in whatever process, has a name of its own until it is whole.
    files = [file for room in ("bot", "index") for file in (root / room).rglob("*") if "__pycache__" not in file.parts]
    needed = {file.relative_to(root).as_posix() for file in files if file.is_file() and file.suffix not in SOURCES}
    with ZipFile(wheel) as archive:
        assert needed - set(archive.namelist()) == set()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.slow
def test_another_time_and_other_permissions_give_the_same_bytes(wheel: Path, tmp_path: Path):
    before = os.umask(0o077)
    try:
        assert build(tmp_path).read_bytes() == wheel.read_bytes()
    finally:
        os.umask(before)


@pytest.fixture
def installed(wheel: Path, tmp_path: Path, environment: dict[str, str]) -> dict[str, str]:
    """The environment of a shell in which `kb` is what the wheel has installed, and only its dependencies are there."""
    folder = tmp_path / "venv"
    uv = [sys.executable, "-m", "uv", "--offline", "--quiet"]
    subprocess.run([*uv, "venv", "--python", sys.executable, folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for name in [*(entry.name for entry in read_lock() if entry.here), "lxml"]:
        for top in {file.parts[0] for file in distribution(name).files or ()} - {".."}:
            if not (packages / top).exists():
                (packages / top).symlink_to(distribution(name).locate_file(top))
    subprocess.run([*uv, "pip", "install", "--no-deps", "--python", folder / "bin/python", wheel], check=True)
    path = os.pathsep.join([str(folder / "bin"), str(Path(sys.executable).parent), environment["PATH"]])
    shell = {name: value for name, value in environment.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return {**shell, "PATH": path, "NO_MKDOCS_2_WARNING": "1"}


def test_both_languages_have_the_same_commands(root: Path):
    assert commands(root, "ja") == commands(root, "en")
    assert [line.split()[0] for line in commands(root, "en")] == ["pip", "kb", "mkdocs", "kb", "kb"]


@pytest.mark.nightly
def test_the_guide_leads_from_the_wheel_to_an_answer(root: Path, installed: dict[str, str], tmp_path: Path):
    """Without torch, and without this checkout."""
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    (project / "mkdocs.yml").write_text("site_name: Herd\nplugins: []\n", "utf-8")
    (project / "docs/index.md").write_text(PAGE, "utf-8")
    _, init, mkdocs, index, serve = (line.split() for line in commands(root, "en"))

    code, shown = in_terminal(Own(), init, installed, project, typed=[("[y/N]", "y\n")])
    assert code == 0 and "kb.js" in (project / "mkdocs.yml").read_text("utf-8"), shown
    for command in (mkdocs, index):
        done = subprocess.run(command, cwd=project, env=installed, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    free = {**installed, "KB_PORT": "0"}  # a port that is free
    with subprocess.Popen(serve, cwd=project, env=free, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as served:
        try:
            assert served.stdout
            address = next(line.split()[0] for line in served.stdout if line.startswith(b"http")).decode()
            assert '<script src="http://127.0.0.1:8000/kb.js" type="module"></script>' in read(address)
            assert read(f"{address}kb.js") == (chat.FOLDER / "kb-1.js").read_text("utf-8")
            asked = json.dumps({"question": "How often are sheep shorn?"}).encode()
            answer = json.loads(read(f"{address}api/ask", asked))
            cited = answer["status"], answer["citations"][0]["url"]
            assert cited == ("answered", "/#how-often-are-sheep-shorn")
        finally:
            served.terminate()


PAGE = """# Keeping sheep

How to keep a small herd.

## How often are sheep shorn?

Sheep are shorn once a year, in May, before the days get hot. A shearer needs five minutes for a sheep.

## What do sheep eat?

Sheep eat grass in summer and hay in winter. They need salt, and fresh water every day.
"""


def read(url: str, body: bytes | None = None) -> str:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"} if body else {})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return reply.read().decode()
