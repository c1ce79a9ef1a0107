"""The index is changed again and again under a running service while it is asked all the time."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
from patience import PATIENCE, until
from twosites import FACTS, first_index, version_of, write_site

from bot.service.live import Live
from index.build import build

SWAPS = int(os.environ.get("SWAPS", "4"))  # `make nightly` sets more
ASKERS = 2
CHILDREN = Path(f"/proc/self/task/{threading.get_native_id()}/children")  # not every kernel has it
KILLED = range(2, SWAPS, 4)  # before these swaps another builder begins one and is killed
# The service itself, except that it looks for a new index more often; and one process, whatever hosts ask for.
QUICK = """
from functools import partialmethod
from bot.service.live import Live
Live.watching = partialmethod(Live.watching, poll=0.01)
from bot.cli.kb import main
main()
"""
PROGRAM = ["env", "WEB_CONCURRENCY=4", sys.executable, "-c", QUICK]
KILLED_BUILDER = """
import sys
from pathlib import Path
from faults import faults, kill
from index.build import build
with faults(kill, int(sys.argv[3])):
    build(Path(sys.argv[1]), Path(sys.argv[2]), "bundled")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reload")
    first_index(write_site(folder / "a", "a"), folder / "index")
    write_site(folder / "b", "b")
    return folder


@pytest.fixture(scope="module")
def service(serving, folder: Path):
    with serving(PROGRAM, site=folder / "a", index=folder / "index") as running:
        yield running


class Asking:
    """ASKERS readers who ask one question after the other until the context ends."""

    def __init__(self, connect: Callable[[], httpx.Client]) -> None:
        self._connect, self._ended = connect, threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=[n], daemon=True) for n in range(ASKERS)]
        self.answers: list[dict[str, Any]] = []
        self.failures: list[str] = []
        self.asked = [0] * ASKERS

    def _ask(self, number: int) -> None:
        with self._connect() as client:
            for question in cycle(FACTS):
                if self._ended.is_set():
                    return
                try:
                    reply = client.post("/api/ask", json={"question": question})
                    reply.raise_for_status()
                    self.answers.append(reply.json())
                except httpx.HTTPError as error:
                    self.failures.append(repr(error))
                self.asked[number] += 1

    def each_asks_again(self) -> None:
        """Wait until each has had a reply to a question that was asked after now."""
        before = [*self.asked]
        until(lambda: all(now >= was + 2 for now, was in zip(self.asked, before, strict=True)))

    def __enter__(self) -> "Asking":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()


def kill_a_builder(folder: Path, version: str, at: int) -> None:
    paths = os.pathsep.join([str(Path(__file__).parents[2] / "index"), str(Path(__file__).parents[3])])
    arguments = [folder / version, folder / "index", str(at)]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_BUILDER, *arguments], env=os.environ | {"PYTHONPATH": paths}, check=False
    )
    assert killed.returncode == -9


@pytest.mark.slow
def test_no_answer_fails_or_mixes_two_indexes(service, folder: Path, connecting_anew):
    def connect() -> httpx.Client:
        return connecting_anew(service.url)

    with Asking(connect) as asking, connect() as http:
        for n, version in zip(range(SWAPS), cycle("ba"), strict=False):
            if n in KILLED:
                kill_a_builder(folder, version, at=n % 40)  # a build has more steps
            manifest, embedded = build(folder / version, folder / "index", "bundled")
            assert embedded == 0
            until(lambda wanted=manifest.generation: http.get("/readyz").json()["generation"] == wanted)
            asking.each_asks_again()
            assert asking.failures == []
    log = [json.loads(line) for line in service.log.read_text("utf-8").split("\n")[:-1]]
    assert asking.failures == []
    assert [version_of(answer) for answer in asking.answers if len(version_of(answer)) != 1] == []
    said = {(answer["question"], answer["status"], answer["answer"]) for answer in asking.answers}
    assert len(said) == len(FACTS)  # both versions say the same
    assert set.union(*map(version_of, asking.answers)) == {"a", "b"}
    assert sum(line["event"] == "new index" for line in log) == SWAPS
    assert [line for line in log if line["level"] in ("warning", "error")] == []


def children(pid: int) -> list[str]:
    """Of all its threads; those that end meanwhile have none."""
    children: list[str] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            children += (task / "children").read_text().split()
    return children


@pytest.mark.slow
@pytest.mark.skipif(not CHILDREN.exists(), reason="children are read from /proc")
def test_the_service_is_one_process(service):
    """What FAISS and torch leave in memory does not survive a fork, so nothing is forked, whatever hosts ask for."""
    for question in FACTS:
        reply = httpx.post(f"{service.url}/api/ask", json={"question": question}, timeout=PATIENCE)
        assert reply.status_code == 200
    assert children(service.process.pid) == []


def test_a_refused_index_is_told_and_the_old_one_answers(client, tmp_path: Path):
    generation = first_index(write_site(tmp_path / "a", "a"), tmp_path / "index").generation
    live = Live(tmp_path / "index", "bundled")
    with client(over=live) as http:
        assert http.get("/readyz").json()["newer_index_refused"] is False
        (tmp_path / "index" / "manifest.json").write_text("{", "utf-8")
        live.look()
        ready = http.get("/readyz")
        assert (ready.status_code, ready.json()["generation"]) == (200, generation)
        assert (ready.json()["newer_index_refused"], ready.json()["degraded"]) == (True, ["index"])
        answer = http.post("/api/ask", json={"question": next(iter(FACTS))}).json()
        assert version_of(answer) == {"a"}
        assert f'generation="{generation}"' in http.get("/metrics").text
