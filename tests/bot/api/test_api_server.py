"""The serving process: odd connections, its end, its log and its figures. Slow clients: test_api_deadlines.py."""

import io
import json
import logging
import re
import signal
import socket
import sys
import threading
from contextlib import ExitStack, suppress

import httpx
import pytest
from patience import until

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.log import JsonLines
from bot.api.patient import HEADER_BYTES, HEADER_LINES, URL_BYTES
from bot.service.desk import Desk
from bot.service.store import Store
from bot.settings import Settings

QUESTION = {"question": "Which plugin saves VNet addresses?"}
# The service itself, but however busy the machine is, no deadline ends what the test is about.
PATIENT = """
from bot.api import body_limit, server
body_limit.BODY_SECONDS = server.FINISH_SECONDS = 600
from bot.cli.kb import main
main()
"""


def connect(url: str, sent: bytes) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=60)
    opened.sendall(sent)
    return opened


@pytest.fixture(scope="module")
def url(listening, bot: Bot, tmp_path_factory: pytest.TempPathFactory):
    """The service behind a real port, in this process."""
    store = Store(tmp_path_factory.mktemp("votes") / "votes.db")
    with listening(create_app(Desk(Settings(rate_limit="off"), bot, store))) as address:
        yield address


@pytest.fixture
def connected(url: str):
    """Opens connections to the service that the test need not close."""
    with ExitStack() as opened:
        yield lambda sent: opened.enter_context(connect(url, sent))


def test_a_head_without_an_end_is_refused_before_it_fills_the_memory(connected):
    """Not one byte more than is refused: what the service has not read when it closes would hide its reply."""
    head = b"GET /livez HTTP/1.1\r\nHost: a\r\n" + b"x: %s\r\n" % (b"a" * 1000) * 70
    opened = connected(head[: HEADER_BYTES + 1])
    reply = b"".join(iter(lambda: opened.recv(4096), b""))
    head, _, body = reply.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ") and b"\r\nx-content-type-options: nosniff\r\n" in head
    assert json.loads(body)["error"] == {"code": "bad_request", "message": "The head of the request is too long."}


@pytest.mark.parametrize("path", ["/livez", f"/{'x' * 70_000}"], ids=["header", "address"])
def test_a_head_that_is_too_long_is_refused_also_where_it_comes_at_once(connected, path: str):
    """What it has not read when it closes may hide its reply."""
    filler = b"x" * (0 if len(path) > 70_000 else 66_000)
    opened, reply = connected(b"GET %s HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n" % (path.encode(), filler)), b""
    with suppress(ConnectionError):
        reply = opened.recv(4096)
    assert reply[:13] in (b"", b"HTTP/1.1 400 ")


@pytest.mark.parametrize(("lines", "status"), [(HEADER_LINES, b"200"), (HEADER_LINES + 1, b"400")])
def test_a_head_has_only_so_many_lines(connected, lines: int, status: bytes):
    opened = connected(b"GET /livez HTTP/1.1\r\nHost: a\r\n%s\r\n" % (b"x:\r\n" * (lines - 1)))
    assert opened.recv(12) == b"HTTP/1.1 " + status


@pytest.mark.parametrize(("length", "status"), [(URL_BYTES, b"200"), (URL_BYTES + 1, b"400")])
def test_an_address_has_only_so_many_bytes(connected, length: int, status: bytes):
    opened = connected(b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % b"/livez?".ljust(length, b"x"))
    assert opened.recv(12) == b"HTTP/1.1 " + status


def test_a_large_body_after_a_small_head_is_no_long_head(url: str):
    reply = httpx.post(
        f"{url}/api/check", content=b" " * 300_000 + b"[1]", headers={"content-type": "application/json"}, timeout=60
    )
    assert reply.json()["error"]["code"] == "not-recognised"  # read to its end: there is no cluster in it


def test_a_client_that_sends_its_body_in_pieces_is_answered(url: str):
    body = json.dumps(QUESTION).encode()

    def pieces():
        for start in range(0, len(body), 10):
            yield body[start : start + 10]
            assert httpx.get(f"{url}/livez", timeout=60).status_code == 200  # it has read the piece

    reply = httpx.post(f"{url}/api/ask", content=pieces(), headers={"content-type": "application/json"}, timeout=60)
    assert (reply.status_code, reply.json()["status"]) == (200, "answered")


@pytest.mark.parametrize("path", ["/api/ask", "/api/feedback", "/api/check"])
def test_a_client_that_leaves_in_the_middle_of_its_body_is_no_fault_of_ours(
    url: str, path: str, caplog: pytest.LogCaptureFixture
):
    head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
    with caplog.at_level("INFO", "kb"):
        connect(url, head % path.encode() + b'{"question": ').close()
        left = f'kb_http_requests_total{{route="{path}",status="499"}} 1.0'
        until(lambda: left in httpx.get(f"{url}/metrics", timeout=60).text)
    assert [record.message for record in caplog.records if record.exc_info] == []
    assert (path, 499) in [(record.kb["route"], record.kb["status"]) for record in caplog.records]


def test_the_end_is_announced_and_nothing_is_lost(serving):
    """The time between the signal and the end is as long as the test needs: a second signal ends it."""
    with serving(drain_seconds=600) as running:
        codes: list[int] = []
        asking = threading.Event()
        asking.set()

        def ask() -> None:
            while asking.is_set():
                codes.append(httpx.post(f"{running.url}/api/ask", json=QUESTION, timeout=60).status_code)

        threads = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
        for thread in threads:
            thread.start()
        running.process.send_signal(signal.SIGTERM)
        until(lambda: httpx.get(f"{running.url}/readyz", timeout=60).status_code == 503)
        assert httpx.get(f"{running.url}/readyz", timeout=60).json() == {"status": "draining"}
        assert httpx.get(f"{running.url}/livez", timeout=60).status_code == 200
        before = len(codes)
        until(lambda: len(codes) > before + 3)  # still answered
        asking.clear()  # a load balancer has seen it and sends no more
        for thread in threads:
            thread.join()
        assert set(codes) == {200}
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=120) == 0
        assert [event["drain_seconds"] for event in events(running.log) if event["event"] == "ending"] == [600.0]


def test_a_request_that_is_under_way_is_finished(serving):
    body = json.dumps(QUESTION).encode()
    head = b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    with serving([sys.executable, "-c", PATIENT], drain_seconds=0) as running:
        opened = connect(running.url, head % len(body) + body[:5])
        assert httpx.get(f"{running.url}/livez", timeout=60).status_code == 200  # the head has been read
        running.process.send_signal(signal.SIGTERM)
        until(lambda: any(event["event"] == "ending" for event in events(running.log)))  # it now closes its port
        opened.sendall(body[5:])
        reply = b"".join(iter(lambda: opened.recv(65536), b""))
        opened.close()
        assert reply.startswith(b"HTTP/1.1 200") and b'"answered"' in reply
        assert running.process.wait(timeout=120) == 0


def events(log) -> list[dict]:
    return [json.loads(line) for line in log.read_text().split("\n")[:-1]]  # the last line may not be whole yet


def test_the_log_is_one_json_object_a_line_without_questions(client):
    """That a process writes nothing else is seen where its end is tested."""
    log = io.StringIO()
    handler, kb = logging.StreamHandler(log), logging.getLogger("kb")
    handler.setFormatter(JsonLines())
    kb.addHandler(handler)
    level = kb.level
    kb.setLevel(logging.INFO)
    try:
        with client() as http:
            asked = {"question": "secret \u2028 subnet\r\nforged"}
            headers = http.post("/api/ask", json=asked, headers={"x-request-id": "from-client-1"}).headers
            assert headers["x-request-id"] == "from-client-1"
            for odd in ("short", "x" * 65, 'a"b cdefgh'):
                headers = http.get("/api/none", headers={"x-request-id": odd}).headers
                assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])
            http.get("/en/faq/?secret=1")
            http.get("/livez")
    finally:
        kb.removeHandler(handler)
        kb.setLevel(level)
    logged = [json.loads(line) for line in log.getvalue().splitlines()]
    assert "secret" not in log.getvalue()
    answer, request = (event for event in logged if event.get("request") == "from-client-1")
    assert (answer["event"], answer["lang"], answer["characters"]) == ("answer", "en", 23)
    assert (request["event"], request["method"], request["route"], request["status"]) == (
        *("request", "POST", "/api/ask"), 200,
    )  # fmt: skip
    assert request["ms"] > 0 and request["level"] == "info" and request["time"].endswith("+00:00")
    assert {event["route"] for event in logged if event["event"] == "request"} == {
        "/api/ask",
        "/api/{path:path}",
        "site",
    }


def test_no_character_ends_a_line_of_the_log_or_acts_on_a_terminal():
    """Python, JavaScript and terminals each have line ends of their own."""
    odd = "".join(map(chr, (*range(32), 127, *range(128, 160), 0x2028, 0x2029, 0x202E, 0xD800, 0x1F600)))
    record = logging.LogRecord("kb", logging.INFO, "", 0, odd, None, None)
    record.kb = {"question": odd, odd: "key"}
    line = JsonLines().format(record)
    assert line.isascii() and line.isprintable()
    assert (json.loads(line)["event"], json.loads(line)["question"], json.loads(line)[odd]) == (odd, odd, "key")


def test_questions_are_logged_if_a_setting_says_so(client, caplog: pytest.LogCaptureFixture):
    with client(log_questions=True) as http, caplog.at_level("INFO", "kb"):
        http.post("/api/ask", json=QUESTION)
    assert [record.kb["question"] for record in caplog.records if record.message == "answer"] == [QUESTION["question"]]


def test_metrics_count_by_route_and_never_by_address(client):
    with client() as http:
        http.post("/api/ask", json=QUESTION)
        http.post("/api/ask", json={"question": "What does AGC cost?"})
        for number in range(5):
            http.get(f"/none-{number}/")
            http.get(f"/api/none-{number}")
        text = http.get("/metrics").text
        generation = http.get("/readyz").json()["generation"]
    assert 'kb_http_requests_total{route="/api/ask",status="200"} 2.0' in text
    assert 'kb_http_requests_total{route="site",status="404"} 5.0' in text
    assert 'kb_http_requests_total{route="/api/{path:path}",status="404"} 5.0' in text
    assert 'kb_http_request_seconds_count{route="/api/ask"} 2.0' in text
    assert 'kb_answers_total{lang="en",status="answered"} 1.0' in text
    assert 'kb_answers_total{lang="en",status="not_covered"} 1.0' in text
    assert f'kb_index_info{{generation="{generation}",model="bundled"}} 1.0' in text
    assert "none-" not in text
