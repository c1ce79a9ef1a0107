"""Something the service can do without is away: it says so, answers on, and recovers without a restart."""

import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from patience import until

from bot.answering.ask import Bot
from bot.api import create_app
from bot.records import Answer
from bot.service.desk import Desk
from bot.service.rate import Rate
from bot.settings import Settings
from index.processors import processors

QUESTION = {"question": "What is CNI?"}
NO_MEMORY = "There is not enough memory at the moment. Please try again in a minute."
VOTE = {"answer": "answer-1", "vote": "up", "question": "?", "lang": "en", "status": "answered"}


def degraded(http: httpx.Client) -> list[str]:
    ready = http.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
    return ready.json()["degraded"]


def until_degraded(wanted: list[str], http: httpx.Client) -> None:
    until(lambda: degraded(http) == wanted, lambda: f"/readyz says {degraded(http)}, not {wanted}")


def answers_but_keeps_nothing(http: httpx.Client) -> None:
    assert http.post("/api/ask", json=QUESTION).json()["status"] == "answered"
    refused = http.post("/api/feedback", json=VOTE)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "store_unavailable")
    assert int(refused.headers["retry-after"]) > 0


def keeps(http: httpx.Client) -> None:
    assert http.post("/api/feedback", json=VOTE).status_code == 204


def test_the_folder_of_the_store_is_gone_and_comes_back(client, tmp_path: Path):
    folder = tmp_path / "data"
    with client(store=folder / "votes.db") as http:
        assert degraded(http) == []
        keeps(http)
        shutil.rmtree(folder)
        folder.write_text("no folder")
        assert degraded(http) == ["store"]
        answers_but_keeps_nothing(http)
        folder.unlink()
        assert degraded(http) == []
        keeps(http)


def test_the_parts_are_looked_at_once_in_a_while(client, tmp_path: Path):
    with client(store=tmp_path / "data/votes.db", look=3600) as http:
        assert degraded(http) == []
        shutil.rmtree(tmp_path / "data")
        (tmp_path / "data").write_text("no folder")
        assert degraded(http) == []
        answers_but_keeps_nothing(http)


@pytest.fixture(scope="module")
def running(serving, connecting_anew, tmp_path_factory: pytest.TempPathFactory):
    """A process whose limits the tests may set, and a client of it."""
    with (
        serving(store=tmp_path_factory.mktemp("votes") / "votes.db") as service,
        connecting_anew(service.url) as http,
    ):
        yield service.process.pid, http


@contextmanager
def limited(pid: int, what: int, to: int) -> Iterator[None]:
    """A process that may use no more of something, as long as the context lasts."""
    limits = resource.prlimit(pid, what)
    resource.prlimit(pid, what, (to, limits[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, what, limits)


def test_the_disk_of_the_store_is_full_and_has_room_again(running: tuple[int, httpx.Client]):
    """A limit on the size of files is to a process what a full disk is: writing fails, reading does not."""
    pid, http = running
    until_degraded([], http)
    with limited(pid, resource.RLIMIT_FSIZE, 1):
        # Its log is a file, too; what cannot be logged costs no answer.
        until_degraded(["store"], http)
        answers_but_keeps_nothing(http)
    until_degraded([], http)
    keeps(http)


@pytest.mark.measures
def test_without_more_memory_each_question_has_a_clear_end_and_none_needs_a_restart(running: tuple[int, httpx.Client]):
    """The address space may not grow, so some allocations fail; the process lives, and is itself again afterwards."""
    pid, http = running
    # Each is a question of its own: a repeated one would be answered from memory.
    long = [{"question": "kubenet のクラスターはアップグレードできますか？" * (20 + n)} for n in range(6)]
    until_degraded([], http)
    assert http.post("/api/ask", json=QUESTION).status_code == 200
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    with limited(pid, resource.RLIMIT_AS, pages * resource.getpagesize()):
        replies = [http.post("/api/ask", json=asked) for asked in long[:5]]
        not_ready = [http.get("/readyz").status_code for _ in range(3)]
    ends = [(reply.status_code, reply.json().get("status") or reply.json()["error"]["code"]) for reply in replies]
    assert set(ends) <= {(200, "answered"), (503, "no_memory"), (500, "internal")}
    assert set(not_ready) <= {200, 503}  # 200 where there is room for a short question
    until(lambda: http.get("/readyz").status_code == 200)
    until_degraded([], http)
    assert http.post("/api/ask", json=long[5]).status_code == 200
    keeps(http)


class Forgetful(Bot):
    """Has no memory left for the first questions, then as much as it needs."""

    def __init__(self, bot: Bot, failing: int) -> None:
        super().__init__(bot.topics, bot.encoder, bot.weights)
        self.failing = failing

    def ask(self, *asked: Any) -> Answer:
        self.failing -= 1
        if self.failing >= 0:
            raise MemoryError
        return super().ask(*asked)


def test_a_question_without_memory_fails_alone_and_says_so(bot: Bot, caplog: pytest.LogCaptureFixture):
    """It leaves no place in the queue taken, and no failure is remembered as the answer."""
    settings, failing = Settings(rate_limit="off", max_waiting=0), 1 + (processors())
    expected = bot.ask(QUESTION["question"])
    with TestClient(create_app(Desk(settings, Forgetful(bot, failing)))) as http:
        failed = [http.post("/api/ask", json=QUESTION) for _ in range(failing)]
        assert [
            (reply.status_code, reply.json()["error"], reply.headers["retry-after"]) for reply in failed
        ] == failing * [(503, {"code": "no_memory", "message": NO_MEMORY}, "60")]
        answered = http.post("/api/ask", json=QUESTION)
    assert (answered.status_code, answered.json()["answer"]) == (200, expected.answer)
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == failing * [MemoryError]


def test_after_a_failure_the_service_is_ready_once_a_trial_answer_works(bot: Bot):
    """The first question and the first two trials fail; a question that is answered meanwhile is no trial."""
    with TestClient(create_app(Desk(Settings(rate_limit="off"), Forgetful(bot, 3)), look=0.0)) as http:
        assert http.get("/readyz").status_code == 200
        assert http.post("/api/ask", json=QUESTION).status_code == 503
        states = [(reply.status_code, reply.json()["status"]) for reply in (http.get("/readyz") for _ in range(4))]
        assert states == [(503, "not_answering")] * 2 + [(200, "ok")] * 2
        assert http.get("/livez").status_code == 200
        assert http.post("/api/ask", json=QUESTION).status_code == 200


class Broken(Forgetful):
    """Fails in another way."""

    def ask(self, *asked: Any) -> Answer:
        try:
            return super().ask(*asked)
        except MemoryError:
            raise RuntimeError("bad allocation") from None


def test_any_failure_of_an_answer_leads_to_a_trial(bot: Bot):
    """A library written in C tells of missing memory in its own way."""
    app = create_app(Desk(Settings(rate_limit="off"), Broken(bot, 2)), look=0.0)
    with TestClient(app, raise_server_exceptions=False) as http:
        assert http.post("/api/ask", json=QUESTION).status_code == 500
        assert [http.get("/readyz").status_code for _ in range(2)] == [503, 200]


def test_a_rate_limit_that_cannot_count_is_said(client, refusing: str):
    pytest.importorskip("redis")
    with client(rate_limit="1/day", rate_store=refusing.replace("http", "redis")) as http:
        assert degraded(http) == ["rate_limit"]
        assert [http.post("/api/ask", json=QUESTION).status_code for _ in range(2)] == [200, 200]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock by so many seconds."""
    real, by = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: real() + by[0])
    return lambda seconds: by.__setitem__(0, by[0] + seconds)


@pytest.mark.parametrize("days", [-1, 1, -30])
def test_a_clock_that_is_set_locks_nobody_out(clock: Callable[[float], None], run_async, days: int):
    async def scenario() -> None:
        rate = Rate("2/hour", "memory://")
        assert [await rate.wait("a") is None for _ in range(3)] == [True, True, False]
        clock(days * 86400.0)
        assert [await rate.wait("a") is None for _ in range(3)] == [True, True, False]
        assert 1 <= (await rate.wait("a") or 0) <= 60 * 60

    run_async(scenario())


def test_what_is_refused_before_its_route_is_known_is_counted_under_its_address(client):
    with client(rate_limit="1/day") as http:
        assert [http.post("/api/ask", json=QUESTION).status_code for _ in range(2)] == [200, 429]
        assert 'kb_http_requests_total{route="/api/ask",status="429"} 1.0' in http.get("/metrics").text
