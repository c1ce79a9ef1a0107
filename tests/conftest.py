"""What many tests share: the real site, its real index, the bot over it, and the service as a process."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ask import Bot
from index.build import build
from index.publish import publish
from index.records import Section
from index.store import load

ROOT = Path(__file__).parents[1]
KB = [sys.executable, "-c", "from bot.cli import main; main()"]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """The site of this repository, built strictly; nothing is done if it is up to date."""
    publish(ROOT, ROOT / "build/site")
    return ROOT / "build/site"


@pytest.fixture(scope="session")
def index_dir(site_dir: Path) -> Path:
    """Its index by the bundled model."""
    build(site_dir, ROOT / "build/site.index", "bundled")
    return ROOT / "build/site.index"


@pytest.fixture(scope="session")
def bot(index_dir: Path) -> Bot:
    return Bot.load(index_dir, "bundled")


@pytest.fixture(scope="session")
def sections(index_dir: Path) -> tuple[Section, ...]:
    return load(index_dir, "bundled").sections


@pytest.fixture(scope="session")
def kb() -> list[str]:
    """The `kb` program, as an argument list."""
    return KB


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of a fresh shell in which this repository is importable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    return {**kept, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}


@pytest.fixture(scope="session")
def service(index_dir: Path, site_dir: Path, environment: dict[str, str]) -> Iterator[str]:
    """`kb serve` in a process of its own: the address it answers at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*KB, "serve", "--port", str(port), "--site", str(site_dir), "--index", str(index_dir)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{address}/readyz"):
                return
        except OSError:
            assert process.poll() is None, "kb serve ended"
            time.sleep(0.2)
    raise AssertionError("kb serve did not become ready in 30 s")
