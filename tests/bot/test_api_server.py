"""The serving process: slow clients, its end, its log and its figures."""

import contextlib
import json
import re
import signal
import socket
import threading
import time
from contextlib import ExitStack

import httpx
import pytest

from bot.api.body_limit import BODY_SECONDS
from bot.api.server import HEADER_SECONDS

QUESTION = {"question": "Which plugin saves VNet addresses?"}


def connect(url: str, sent: bytes) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=60)
    opened.sendall(sent)
    return opened


@pytest.fixture
def connected(service: str):
    """Opens connections to the service that the test need not close."""
    with ExitStack() as opened:
        yield lambda sent: opened.enter_context(connect(service, sent))


@pytest.mark.slow
def test_slow_clients_are_closed_and_hurt_nobody(service: str, connected):
    """Silent, half a head, half a head after a request, half a body: all at once, so that the test waits once."""
    head = b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
    started = time.monotonic()
    silent = [connected(b"") for _ in range(200)]
    half = connected(b"GET /livez HTTP/1.1\r\nHo")
    second = connected(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
    body = connected(head + b'{"question": ')
    assert b"200 OK" in second.recv(4096)
    second.sendall(b"GET /livez HT")
    times = []
    for _ in range(20):
        before = time.monotonic()
        assert httpx.post(f"{service}/api/ask", json=QUESTION).status_code == 200
        times.append(time.monotonic() - before)
    assert sorted(times)[10] < 3
    for opened in (half, second, *silent):
        while opened.recv(4096):
            pass
    assert HEADER_SECONDS - 1 < time.monotonic() - started < HEADER_SECONDS + 30
    refused = body.recv(4096)
    assert b"408" in refused.splitlines()[0] and b'"too_slow"' in refused
    while body.recv(4096):
        pass
    assert time.monotonic() - started < BODY_SECONDS + 40


def test_a_head_without_an_end_is_refused_before_it_fills_the_memory(connected):
    opened = connected(b"GET /livez HTTP/1.1\r\nHost: a\r\n")
    with contextlib.suppress(ConnectionError):  # it may be closed while we still send
        for number in range(200):
            opened.sendall(b"x-%d: %s\r\n" % (number, b"a" * 1000))
            time.sleep(0.002)
    reply = b""
    with contextlib.suppress(ConnectionError):
        while piece := opened.recv(4096):
            reply += piece
    assert reply == b"" or reply.startswith(b"HTTP/1.1 400")


def test_a_large_body_after_a_small_head_is_no_long_head(service: str):
    reply = httpx.post(
        f"{service}/api/check", content=b" " * 300_000 + b"{}", headers={"content-type": "application/json"}
    )
    assert reply.json()["error"]["code"] == "missing"  # read to its end: there is no cluster in it


UPGRADE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
NEXT, LAST = b"GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("offer", [b"", UPGRADE], ids=["plain", "upgrade"])
def test_several_requests_on_one_connection_are_answered_in_order(connected, offer: bytes):
    """Sent at once, and after an offer of another protocol, which is not taken up."""
    opened = connected(b"GET /livez HTTP/1.1\r\nHost: a\r\n" + offer + b"\r\n")
    first = b""
    while not first.endswith(b'{"status":"ok"}'):
        first += opened.recv(4096)
    opened.sendall(NEXT + LAST)
    replies = b"".join(iter(lambda: opened.recv(65536), b""))
    assert (first.count(b"HTTP/1.1 200 OK"), replies.count(b"HTTP/1.1 200 OK")) == (1, 2)
    assert replies.index(b'"generation"') < replies.index(b'{"status":"ok"}')


def test_a_client_that_sends_its_body_in_pieces_is_answered(service: str):
    body = json.dumps(QUESTION).encode()

    def pieces():
        for start in range(0, len(body), 10):
            yield body[start : start + 10]
            time.sleep(0.1)

    headers = {"content-type": "application/json"}
    assert httpx.post(f"{service}/api/ask", content=pieces(), headers=headers).status_code == 200


def test_the_end_is_announced_and_nothing_is_lost(serving):
    with serving(drain_seconds=2) as running:
        codes: list[int] = []
        asking = threading.Event()
        asking.set()

        def ask() -> None:
            while asking.is_set():
                codes.append(httpx.post(f"{running.url}/api/ask", json=QUESTION, timeout=30).status_code)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        ready = httpx.get(f"{running.url}/readyz")
        assert (ready.status_code, ready.json()) == (503, {"status": "draining"})
        assert httpx.get(f"{running.url}/livez").status_code == 200
        asking.clear()  # a load balancer has seen it and sends no more
        for thread in threads:
            thread.join()
        assert len(codes) >= 3 and set(codes) == {200}
        assert running.process.wait(timeout=20) == 0
        assert [one["drain_seconds"] for one in events(running.log) if one["event"] == "ending"] == [2.0]


def test_a_request_that_is_under_way_is_finished(serving):
    body = json.dumps(QUESTION).encode()
    head = b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    with serving() as running:
        opened = connect(running.url, head % len(body) + body[:5])
        time.sleep(0.3)
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        opened.sendall(body[5:])
        reply = b"".join(iter(lambda: opened.recv(65536), b""))
        opened.close()
        assert reply.startswith(b"HTTP/1.1 200") and b'"answered"' in reply
        assert running.process.wait(timeout=20) == 0


def events(log) -> list[dict]:
    return [json.loads(line) for line in log.read_text().splitlines()]


def test_the_log_is_one_json_object_a_line_without_questions(serving):
    with serving() as running, httpx.Client(base_url=running.url) as http:
        asked = {"question": "secret \u2028 subnet\r\nforged"}
        identity = http.post("/api/ask", json=asked, headers={"x-request-id": "from-client-1"}).headers["x-request-id"]
        assert identity == "from-client-1"
        for odd in ("short", "x" * 65, 'a"b cdefgh'):
            assert re.fullmatch(
                "[0-9a-f]{32}", http.get("/api/none", headers={"x-request-id": odd}).headers["x-request-id"]
            )
        http.get("/en/faq/?secret=1")
        http.get("/livez")
    told = events(running.log)
    assert "secret" not in running.log.read_text()
    answer, request = (one for one in told if one.get("request") == "from-client-1")
    assert (answer["event"], answer["lang"], answer["characters"]) == ("answer", "en", 23)
    assert (request["event"], request["method"], request["route"], request["status"]) == (
        *("request", "POST", "/api/ask"), 200,
    )  # fmt: skip
    assert request["ms"] > 0 and request["level"] == "info" and request["time"].endswith("+00:00")
    assert {one["route"] for one in told if one["event"] == "request"} == {"/api/ask", "/api/{path:path}", "site"}


def test_questions_are_logged_if_a_setting_says_so(serving):
    with serving(log_questions=1) as running:
        httpx.post(f"{running.url}/api/ask", json=QUESTION)
    assert [one["question"] for one in events(running.log) if one["event"] == "answer"] == [QUESTION["question"]]


def test_metrics_count_by_route_and_never_by_address(serving):
    with serving() as running, httpx.Client(base_url=running.url) as http:
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
