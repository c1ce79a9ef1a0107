"""Work in a process of its own: its result, its deadline, and what goes on meanwhile."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from pathlib import Path

import httpx
import pytest
from errands import end_yourself, hold, refuse, take, wait_for_ever

from bot.answering.ask import Bot
from bot.api import create_app
from bot.checks.posted import posted
from bot.service.apart import Apart, TooSlowError
from bot.service.capacity import FullError
from bot.service.desk import Desk
from bot.settings import Settings
from index.errors import KbError

Run = Callable[[Coroutine[object, object, object]], object]
AKS = {"networkProfile": {"networkPlugin": "kubenet"}}
DAY = 86400.0
# What is found out about posted clusters, and what does the same in a terminal.
NO_MORE = {
    "type": "http.request",
    "body": b"",
    "more_body": False,
}  # as the server tells of an end that it still writes to
POSTED = {"/api/check": "kb check", "/api/plan?to=overlay": "kb plan"}


def test_results_and_errors_come_back_from_one_process(run_async: Run):
    async def scenario() -> None:
        apart = Apart(seconds=DAY)
        first = await apart.run("a", os.getpid)
        with pytest.raises(KbError, match="not today"):
            await apart.run("a", refuse)
        assert await apart.run("a", os.getpid) == first != os.getpid()
        await apart.close()

    run_async(scenario())


def test_after_work_for_which_memory_was_too_small_a_new_process_begins(run_async: Run):
    """The same work shall not end otherwise because of what was done before."""

    async def scenario() -> None:
        apart = Apart(seconds=DAY)
        first = await apart.run("a", os.getpid)
        with pytest.raises(TooSlowError):
            await apart.run("a", bytearray, 1 << 40)
        assert await apart.run("a", os.getpid) != first
        await apart.close()

    run_async(scenario())


def test_the_process_that_checks_imports_the_checks_and_nothing_of_the_service(run_async: Run):
    async def scenario() -> None:
        apart = Apart(seconds=DAY)
        report = await apart.run("a", posted.report, b'{"networkProfile": {}}', 99, "text", "en")
        assert isinstance(report, posted.Report) and "AGC001" in report.text
        modules = set(await apart.run("a", eval, "list(__import__('sys').modules)"))
        await apart.close()
        ours = {name for name in modules if name.partition(".")[0] in ("bot", "index")}
        assert {name for name in ours if not name.startswith("bot.checks")} == {
            "bot",
            "bot.language",
            "bot.service",
            "bot.service.apart_worker",
            "bot.wrap",
            "index",
            "index.lexical",
            "index.lexical.words",
            "index.normal_form",
        }
        assert modules & {"numpy", "faiss", "onnxruntime", "fastapi", "starlette", "asyncio"} == set()

    run_async(scenario())


@pytest.mark.parametrize(("seconds", "work", "given"), [
    (0.0, wait_for_ever, ()), (DAY, end_yourself, ()), (DAY, take, (1 << 30,)),
])  # fmt: skip
def test_work_that_does_not_end_well_is_told_and_the_next_one_works(
    run_async: Run, seconds: float, work: Callable[..., object], given: tuple[object, ...]
):
    """It takes too long, its process dies, or it needs more memory than it may."""

    async def scenario() -> None:
        apart = Apart(seconds)
        with pytest.raises(TooSlowError):
            await apart.run("a", work, *given)
        apart._seconds = DAY
        assert await apart.run("a", take, 5) == 5
        await apart.close()

    run_async(scenario())


def test_work_that_nobody_waits_for_any_more_is_ended(run_async: Run, tmp_path: Path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    async def scenario() -> None:
        apart = Apart(DAY)
        waiting = asyncio.create_task(apart.run("a", hold, str(fifo)))
        opened = await asyncio.to_thread(fifo.open, "w")  # returns once the work reads
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await apart.run("a", take, 5) == 5
        opened.close()
        await apart.close()

    run_async(scenario())


@pytest.fixture
def held(bot: Bot, run_async: Run, tmp_path: Path):
    """Runs a scenario with the service and work that holds the one process until `release()`."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    def held(apart: Apart, scenario: Callable[..., Coroutine[object, object, object]]) -> None:
        async def whole() -> None:
            app = create_app(Desk(Settings(rate_limit="off"), bot, apart=apart))
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
                holding = asyncio.create_task(apart.run("hog", hold, str(fifo)))
                opened = await asyncio.to_thread(fifo.open, "w")
                await scenario(http, opened.close)
                assert await holding == ""
                await apart.close()

        run_async(whole())

    return held


@pytest.mark.parametrize("address", POSTED)
def test_while_the_work_of_one_client_goes_on_that_of_another_is_done(held, address: str):
    async def scenario(http: httpx.AsyncClient, release: Callable[[], None]) -> None:
        assert (await http.post(address, json=AKS)).status_code == 200
        release()

    held(Apart(DAY, max_waiting=0), scenario)


def test_work_of_one_client_waits_for_its_own(run_async: Run, tmp_path: Path):
    """However much it sends, one process is free for others; nothing but its first work is begun."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    async def scenario() -> None:
        apart = Apart(DAY)
        first = asyncio.create_task(apart.run("hog", hold, str(fifo)))
        opened = await asyncio.to_thread(fifo.open, "w")
        second = asyncio.create_task(apart.run("hog", os.getpid))
        other = await apart.run("other", os.getpid)
        assert await apart.run("other", os.getpid) == other, "the process at rest works again"
        assert not second.done()
        opened.close()
        assert await first == "" and await second != other
        await apart.close()

    run_async(scenario())


def test_while_the_process_works_everything_else_is_answered(held):
    async def scenario(http: httpx.AsyncClient, release: Callable[[], None]) -> None:
        waiting = [asyncio.create_task(http.post(address, json=AKS)) for address in POSTED]
        assert (await http.get("/livez")).status_code == 200
        assert (await http.post("/api/ask", json={"question": "What is CNI?"})).status_code == 200
        assert not any(task.done() for task in waiting)
        release()
        assert [reply.status_code for reply in await asyncio.gather(*waiting)] == [200, 200]

    held(Apart(DAY, processes=1), scenario)


@pytest.mark.parametrize("address", POSTED)
def test_checks_and_plans_beyond_the_queue_are_refused(held, address: str):
    async def scenario(http: httpx.AsyncClient, release: Callable[[], None]) -> None:
        refused = await http.post(address, json=AKS, headers={"accept-language": "en"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "over_capacity")
        assert refused.headers["retry-after"] == "2"
        release()

    held(Apart(DAY, max_waiting=0, processes=1), scenario)


@pytest.mark.parametrize("address", POSTED)
@pytest.mark.parametrize(("lang", "words"), [("en", "Send less at once"), ("ja", "一度に送る量を減らす")])
def test_what_takes_longer_than_it_may_is_stopped_and_says_what_to_do(client, lang: str, words: str, address: str):
    with client() as http:
        http.app.state.desk.apart._seconds = 0.0
        stopped = http.post(address, json=AKS, params={"lang": lang, "to": "overlay"})
        assert (stopped.status_code, stopped.json()["error"]["code"]) == (503, "check_stopped")
        assert words in (message := stopped.json()["error"]["message"]) and stopped.headers["retry-after"] == "60"
        assert f"`{POSTED[address]} " in message
        http.app.state.desk.apart._seconds = DAY
        assert http.post(address, json=AKS, params={"to": "overlay"}).status_code == 200


@pytest.mark.parametrize("address", POSTED)
@pytest.mark.parametrize("kind", ["text/plain", "text/plain; a=application/json", "application/x-www-form-urlencoded",
                                  "multipart/form-data", ""])  # fmt: skip
def test_what_pages_of_other_sites_may_send_without_asking_is_refused(client, kind: str, address: str):
    with client() as http:
        reply = http.post(address, content=b"{}", headers={"content-type": kind})
    assert (reply.status_code, reply.json()["error"]["code"]) == (415, "not_json")


def test_nobody_waits_behind_a_crowd_of_ones_own(run_async: Run):
    """The one that is at work ends; then the turns go round."""

    async def scenario() -> None:
        apart = Apart(DAY, max_waiting=1, processes=1)
        async with apart.turns.turn("hog"):
            waiting = asyncio.create_task(apart.run("hog", take, 1))
            await asyncio.sleep(0)
            with pytest.raises(FullError):
                await apart.run("hog", take, 2)
        assert await waiting == 1
        await apart.close()

    run_async(scenario())


@pytest.mark.parametrize("address", POSTED)
@pytest.mark.parametrize("end", [{"type": "http.disconnect"}, NO_MORE], ids=["left", "sends no more"])
def test_what_a_client_waited_for_ends_when_it_leaves(
    bot: Bot, run_async: Run, tmp_path: Path, address: str, end: dict
):
    """It waited behind work of its own; when that ends, nothing of it is left to be done."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    path, _, query = address.partition("?")
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": query.encode(), "headers": headers,
             "client": ("192.0.2.1", 1), "scheme": "http", "http_version": "1.1", "root_path": ""}  # fmt: skip

    async def scenario() -> None:
        apart, sent = Apart(DAY), list[object]()
        app = create_app(Desk(Settings(rate_limit="off"), bot, apart=apart))
        holding = asyncio.create_task(apart.run("192.0.2.1", hold, str(fifo)))
        opened = await asyncio.to_thread(fifo.open, "w")
        messages = iter([{**NO_MORE, "body": b"{}"}, end])

        async def receive() -> dict[str, object]:
            return next(messages)

        async def send(message: object) -> None:
            sent.append(message)

        await app(dict(scope), receive, send)
        assert not holding.done() and sent == [] and not apart.turns._waiting
        opened.close()
        assert await holding == ""
        await apart.close()

    run_async(scenario())
