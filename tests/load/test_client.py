"""The load test's own parts: what becomes of made-up requests, and how a service in this process is asked."""

import asyncio
import itertools
import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from . import client
from .client import Figures, Sent, closed_loop, figures, many, open_loop, percentile
from .page import TIMES, table, write_pages
from .standin import response, standin

RETRY = "Retry-After: 1\r\n"
STEP = {"p50": 12.6, "p95": 20.4, "p99": 26.1, "served": 63.0, "shed": 0, "errors": 0}
REPORT = {
    "day": "2026-11-26",
    "seconds_each": 20.0,
    "processors": 2,
    "load_average": 2.44,
    "capacity": 128.0,
    "queue": 32,
    "shares": {"0.5": STEP, "2.0": STEP | {"p99": 440.0, "shed": 2780, "errors": 1}},
    "afterwards": {"p50": 16.4},
    "mib_before": 231.6,
    "mib_after": 242.0,
}
ENGLISH = """\
Measured on 2026-11-26 on a machine with 2 processors, which the service shared with the measuring client. \
The capacity is what 8 clients get that each send the next question after an answer: 128.0 answers a second. \
For each row, questions came at constant intervals for at least 20 seconds. \
Latency counts from the moment at which a question should have been sent.

| Load | p50 | p95 | p99 | Answers a second | Refused with 503 | Errors |
|---|---:|---:|---:|---:|---:|---:|
| 0.5 times the capacity | 13 ms | 20 ms | 26 ms | 63.0 | 0 | 0 |
| 2 times the capacity | 13 ms | 20 ms | 440 ms | 63.0 | 2780 | 1 |

Memory was 232 MiB before and 242 MiB after, and right after twice the load p50 was 16 ms. \
The machine's load average over one minute was 2.4."""


@pytest.mark.parametrize(
    ("share", "value"), [(0.01, 1.0), (0.5, 2.0), (0.75, 3.0), (0.76, 4.0), (0.99, 4.0), (1.0, 4.0)]
)
def test_a_percentile_is_the_value_of_the_nearest_rank(share: float, value: float):
    assert percentile([1.0, 2.0, 3.0, 4.0], share) == value


def test_a_percentile_of_nothing_is_zero():
    assert percentile([], 0.5) == 0.0


def test_figures_tell_answers_refusals_and_errors_apart():
    sent = [
        *(Sent(200, seconds, False) for seconds in (0.030, 0.010, 0.020)),
        Sent(503, 0.002, True, late=0.0015),
        Sent(503, 0.004, False),  # refused without a word when to come back
        Sent(500, 0.004, False),
        Sent(0, 60.0, False),
    ]
    assert figures(sent, 2.0) == Figures(
        offered=3.5,
        served=1.5,
        p50=20.0,
        p95=30.0,
        p99=30.0,
        shed=1,
        shed_p99=2.0,
        errors=3,
        late=1.5,
        statuses={200: 3, 503: 2, 500: 1, 0: 1},
    )


def in_turn(body: bytes) -> bytes | None:
    """By the number at the end of a question: answered, refused, failed, closed."""
    number = int(json.loads(body)["question"].split()[-1])
    return (response(200), response(503, more=RETRY), response(500), None)[number % 4]


def test_every_request_is_sent_once_and_its_end_is_kept(run_async):
    async def scenario() -> list[Sent]:
        async with standin(in_turn) as port:
            return await many(f"http://127.0.0.1:{port}", 40, 100)

    sent = run_async(scenario())
    assert [sum(request.status == status for request in sent) for status in (200, 503, 500, 0)] == [10, 10, 10, 10]
    assert {request.retry_after for request in sent if request.status == 503} == {True}
    assert {request.retry_after for request in sent if request.status != 503} == {False}


def test_open_load_sends_all_though_nothing_is_answered_meanwhile(run_async):
    """The first answer comes when the last question has arrived."""

    async def scenario() -> Figures:
        arrived = asyncio.Semaphore(0)

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal waiting
            await reader.readuntil(b"\r\n\r\n")
            waiting -= 1
            if not waiting:
                for _ in range(12):
                    arrived.release()
            await arrived.acquire()
            writer.write(response(200, more="Connection: close\r\n"))
            writer.close()

        waiting = 12
        async with await asyncio.start_server(connected, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            return await open_loop(f"http://127.0.0.1:{port}", rate=1000, seconds=0.012)

    assert run_async(scenario()).statuses == {200: 12}


def test_closed_load_asks_until_its_time_is_over_and_nothing_twice(run_async, monkeypatch: pytest.MonkeyPatch):
    """A clock that counts how often it is read: three times a question."""
    monkeypatch.setattr(client, "time", SimpleNamespace(perf_counter=itertools.count().__next__))
    asked = list[str]()

    def remembered(body: bytes) -> bytes:
        asked.append(json.loads(body)["question"])
        return response(200)

    async def scenario() -> Figures:
        async with standin(remembered) as port:
            return await closed_loop(f"http://127.0.0.1:{port}", 1, 30)

    series = run_async(scenario())
    assert (series.statuses, series.served) == ({200: 10}, round(10 / 32, 1))
    assert len(asked) == len(set(asked)) == 10


def test_the_english_page_has_the_table_and_what_was_around_it():
    assert table(REPORT, "en").splitlines() == ENGLISH.splitlines()


def test_the_japanese_page_has_the_same_rows_and_figures():
    lines = table(REPORT, "ja").splitlines()
    assert lines[5] == "| 処理能力の 2 倍 | 13 ms | 20 ms | 440 ms | 63.0 | 2780 | 1 |"
    assert "毎秒 128.0 回答" in lines[0] and "直後の p50 は 16 ms" in lines[-1]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_report_is_written_between_the_markers_of_the_page(lang: str, root: Path, tmp_path: Path):
    for each in ("ja", "en"):
        (tmp_path / each / "service").mkdir(parents=True)
        shutil.copy(root / f"docs/{each}/service/reliability.md", tmp_path / each / "service")
    page = tmp_path / lang / "service/reliability.md"
    (before, after), begin, end = page.read_text("utf-8").split("<!-- figures -->\n"), "<!-- figures -->\n", "<!-- end"
    write_pages(REPORT, tmp_path)
    assert page.read_text("utf-8") == f"{before}{begin}\n{table(REPORT, lang)}\n\n{end}{after.split(end, 1)[1]}"


@pytest.mark.parametrize(
    ("lang", "none"), [("ja", "まだ負荷をかけて測定していません"), ("en", "not been measured under load yet")]
)
def test_the_page_has_a_whole_table_or_says_that_there_is_none(lang: str, none: str, root: Path):
    text = (root / f"docs/{lang}/service/reliability.md").read_text("utf-8")
    figures = text.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    rows = [figures.count(f"| {TIMES[lang].format(times)} |") for times in ("0.5", "1", "2")]
    assert (rows, none in figures) in (([1, 1, 1], False), ([0, 0, 0], True))
