"""Something the service can do without is away: it says so, answers on, and recovers without a restart."""

import os
import resource
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from bot.api import create_app
from bot.ask import Bot
from bot.rate import Rate
from bot.records import Answer
from bot.settings import Settings

QUESTION = {"question": "What is CNI?"}
VOTE = {"answer": "answer-1", "vote": "up", "question": "?", "lang": "en", "status": "answered"}


def degraded(url: str) -> list[str]:
    ready = httpx.get(f"{url}/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
    return ready.json()["degraded"]


def until(wanted: list[str], url: str) -> None:
    end = time.monotonic() + 20
    while (found := degraded(url)) != wanted:
        assert time.monotonic() < end, f"/readyz says {found}, not {wanted}"
        time.sleep(0.2)


def answers_but_keeps_nothing(url: str) -> None:
    assert httpx.post(f"{url}/api/ask", json=QUESTION, timeout=30).json()["status"] == "answered"
    refused = httpx.post(f"{url}/api/feedback", json=VOTE, timeout=30)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "store_unavailable")
    assert int(refused.headers["retry-after"]) > 0


def keeps(url: str) -> None:
    assert httpx.post(f"{url}/api/feedback", json=VOTE, timeout=30).status_code == 204


def test_the_folder_of_the_store_is_gone_and_comes_back(serving, tmp_path: Path):
    folder = tmp_path / "data"
    with serving(store=folder / "votes.db") as running:
        until([], running.url)
        keeps(running.url)
        shutil.rmtree(folder)
        folder.write_text("no folder")
        until(["store"], running.url)
        answers_but_keeps_nothing(running.url)
        folder.unlink()
        until([], running.url)
        keeps(running.url)


def test_the_disk_of_the_store_is_full_and_has_room_again(serving, tmp_path: Path):
    """A limit on the size of files is to a process what a full disk is: writing fails, reading does not."""
    with serving(store=tmp_path / "votes.db") as running:
        until([], running.url)
        limits = resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (1, limits[1]))
        # Its log is a file, too; what cannot be logged costs no answer.
        until(["store"], running.url)
        answers_but_keeps_nothing(running.url)
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, limits)
        until([], running.url)
        keeps(running.url)


def test_without_more_memory_each_question_has_a_clear_end_and_none_needs_a_restart(serving, tmp_path: Path):
    """The address space may not grow, so some allocations fail; the process lives, and is itself again afterwards."""
    long = {"question": "kubenet のクラスターはアップグレードできますか？" * 20}
    with serving(store=tmp_path / "votes.db") as running:
        until([], running.url)
        assert httpx.post(f"{running.url}/api/ask", json=QUESTION, timeout=30).status_code == 200
        pages = int(Path(f"/proc/{running.process.pid}/statm").read_text().split()[0])
        limits = resource.prlimit(running.process.pid, resource.RLIMIT_AS)
        resource.prlimit(running.process.pid, resource.RLIMIT_AS, (pages * resource.getpagesize(), limits[1]))
        replies = [httpx.post(f"{running.url}/api/ask", json=long, timeout=30) for _ in range(5)]
        ends = [(one.status_code, one.json().get("status") or one.json()["error"]["code"]) for one in replies]
        assert set(ends) <= {(200, "answered"), (500, "internal")}
        resource.prlimit(running.process.pid, resource.RLIMIT_AS, limits)
        until([], running.url)
        assert httpx.post(f"{running.url}/api/ask", json=long, timeout=30).status_code == 200
        keeps(running.url)


class Forgetful(Bot):
    """Has no memory left for the first questions, then as much as it needs."""

    def __init__(self, bot: Bot, failing: int) -> None:
        super().__init__(bot.topics, bot.encoder, bot.weights)
        self.failing = failing

    def ask(self, question: str, lang: str | None = None, history: Sequence[str] = ()) -> Answer:
        self.failing -= 1
        if self.failing >= 0:
            raise MemoryError
        return super().ask(question, lang, history)


def test_a_question_without_memory_fails_alone_and_says_so(bot: Bot, caplog: pytest.LogCaptureFixture):
    """It leaves no place in the queue taken, and no failure is remembered as the answer."""
    settings, failing = Settings(rate_limit="off", max_waiting=0), 1 + (os.cpu_count() or 1)
    expected = bot.ask(QUESTION["question"])
    with TestClient(create_app(settings, Forgetful(bot, failing)), raise_server_exceptions=False) as http:
        failed = [http.post("/api/ask", json=QUESTION) for _ in range(failing)]
        assert [(one.status_code, one.json()["error"]) for one in failed] == failing * [
            (500, {"code": "internal", "message": "Something went wrong on our side. Please try again."})
        ]
        answered = http.post("/api/ask", json=QUESTION)
    assert (answered.status_code, answered.json()["answer"]) == (200, expected.answer)
    assert [one.exc_info[0] for one in caplog.records if one.exc_info] == failing * [MemoryError]


def test_a_rate_limit_that_cannot_count_is_said(serving):
    pytest.importorskip("redis")
    with serving(rate_limit="1/hour", rate_store="redis://127.0.0.1:1/0") as running:
        until(["rate_limit"], running.url)
        assert [httpx.post(f"{running.url}/api/ask", json=QUESTION).status_code for _ in range(2)] == [200, 200]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock by so many seconds."""
    real, by = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: real() + by[0])
    return lambda seconds: by.__setitem__(0, by[0] + seconds)


@pytest.mark.parametrize("step", [-3600.0, 3600.0, -86400.0])
def test_a_clock_that_is_set_locks_nobody_out(clock: Callable[[float], None], run_async, step: float):
    async def scenario() -> None:
        rate = Rate("2/minute", "memory://")
        assert [await rate.wait("a") is None for _ in range(3)] == [True, True, False]
        clock(step)
        assert [await rate.wait("a") is None for _ in range(3)] == [True, True, False]
        assert 1 <= (await rate.wait("a") or 0) <= 60

    run_async(scenario())


def test_what_is_refused_before_its_route_is_known_is_counted_under_its_address(serving):
    with serving(rate_limit="1/hour") as running, httpx.Client(base_url=running.url) as http:
        assert [http.post("/api/ask", json=QUESTION).status_code for _ in range(2)] == [200, 429]
        assert 'kb_http_requests_total{route="/api/ask",status="429"} 1.0' in http.get("/metrics").text
