"""The index is changed fifty times under a running `kb serve` while it is asked at a constant rate."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
from twosites import FACTS, first_index, version_of, write_site

from index.build import build

SWAPS = 50
RATE = 10  # questions a second, asked whether or not the earlier ones are answered
KILLED = range(5, SWAPS, 10)  # before these swaps another builder begins one and is killed
# The service itself, except that it looks for a new index more often.
QUICK = [sys.executable, "-c", "import bot.live; bot.live.POLL = 0.05; from bot.cli import main; main()"]
KILLED_BUILDER = """
import sys
from pathlib import Path
from faults import faults, kill
from index.build import build
with faults(kill, int(sys.argv[3])):
    build(Path(sys.argv[1]), Path(sys.argv[2]), "bundled")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    first_index(write_site(tmp_path / "a", "a"), tmp_path / "index")
    write_site(tmp_path / "b", "b")
    return tmp_path


class Asking(threading.Thread):
    """An open loop: one question every 1/RATE seconds until `end()`."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.ended = url, threading.Event()
        self.answers: list[dict[str, Any]] = []
        self.failures: list[str] = []

    def run(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        async with httpx.AsyncClient(base_url=self.url, timeout=60) as client, asyncio.TaskGroup() as tasks:
            due = time.monotonic()
            for question in cycle(FACTS):
                if self.ended.is_set():
                    return
                tasks.create_task(self._ask(client, question))
                due += 1 / RATE
                await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def _ask(self, client: httpx.AsyncClient, question: str) -> None:
        try:
            reply = await client.post("/api/ask", json={"question": question})
            reply.raise_for_status()
            self.answers.append(reply.json())
        except httpx.HTTPError as error:
            self.failures.append(repr(error))

    def end(self) -> None:
        self.ended.set()
        self.join()


def kill_a_builder(folder: Path, version: str, at: int) -> None:
    paths = os.pathsep.join([str(Path(__file__).parents[1] / "index"), str(Path(__file__).parents[2])])
    arguments = [folder / version, folder / "index", str(at)]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_BUILDER, *arguments], env=os.environ | {"PYTHONPATH": paths}, check=False
    )
    assert killed.returncode == -9


def wait_for(url: str, generation: str) -> None:
    until = time.monotonic() + 60
    while (ready := httpx.get(f"{url}/readyz", timeout=60).json())["generation"] != generation:
        assert time.monotonic() < until, ready
        time.sleep(0.02)


@pytest.mark.slow
def test_no_answer_fails_or_mixes_two_indexes(serving, folder: Path):
    with serving(QUICK, site=folder / "a", index=folder / "index", rate_limit="off") as service:
        asking = Asking(service.url)
        asking.start()
        try:
            for n, version in zip(range(SWAPS), cycle("ba"), strict=False):
                if n in KILLED:
                    kill_a_builder(folder, version, at=n)
                manifest, embedded = build(folder / version, folder / "index", "bundled")
                assert embedded == 0
                wait_for(service.url, manifest.generation)
        finally:
            asking.end()
        log = [json.loads(line) for line in service.log.read_text("utf-8").splitlines()]
    assert asking.failures == []
    assert [version_of(answer) for answer in asking.answers if len(version_of(answer)) != 1] == []
    said = {(answer["question"], answer["status"], answer["answer"]) for answer in asking.answers}
    assert len(said) == len(FACTS)  # both versions say the same
    assert set.union(*map(version_of, asking.answers)) == {"a", "b"}
    assert len(asking.answers) >= SWAPS
    assert sum(line["event"] == "new index" for line in log) >= SWAPS
    assert [line for line in log if line["level"] in ("warning", "error")] == []


@pytest.mark.slow
def test_a_refused_index_is_told_and_the_old_one_answers(serving, folder: Path):
    with serving(QUICK, site=folder / "a", index=folder / "index") as service:
        good = httpx.get(f"{service.url}/readyz").json()
        assert good["newer_index_refused"] is False
        newer, _ = build(folder / "b", folder / "index", "bundled")
        wait_for(service.url, newer.generation)
        (folder / "index" / "manifest.json").write_text("{", "utf-8")
        until = time.monotonic() + 30
        while not (ready := httpx.get(f"{service.url}/readyz")).json()["newer_index_refused"]:
            assert time.monotonic() < until
            time.sleep(0.02)
        assert (ready.status_code, ready.json()["generation"]) == (200, newer.generation)
        answer = httpx.post(f"{service.url}/api/ask", json={"question": next(iter(FACTS))}, timeout=60).json()
        assert version_of(answer) == {"b"}
        assert f'generation="{newer.generation}"' in httpx.get(f"{service.url}/metrics").text


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are read from /proc")
def test_the_service_is_one_process(serving, folder: Path):
    """What FAISS and torch leave in memory does not survive a fork, so nothing is forked, whatever hosts ask for."""
    with serving(
        ["env", "WEB_CONCURRENCY=4", *QUICK], site=folder / "a", index=folder / "index", rate_limit="off"
    ) as service:
        for question in FACTS:
            assert httpx.post(f"{service.url}/api/ask", json={"question": question}, timeout=60).status_code == 200
        tasks = Path(f"/proc/{service.process.pid}/task").iterdir()
        assert [children for task in tasks if (children := (task / "children").read_text().split())] == []
