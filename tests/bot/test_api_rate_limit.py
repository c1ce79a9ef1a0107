"""The rate limit: who counts as one client, and what a real service answers above it."""

import httpx
import pytest

from bot.api.rate_limit import client

QUESTION = {"question": "What is CNI?"}


def scope(peer: str, *forwarded: str) -> dict:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return {"type": "http", "client": (peer, 1), "headers": headers}


@pytest.mark.parametrize(
    ("hops", "forwarded", "who"),
    [
        (0, (), "10.0.0.9"),
        (0, ("1.1.1.1",), "10.0.0.9"),  # anyone may send the header
        (1, ("1.1.1.1",), "1.1.1.1"),
        (1, ("6.6.6.6, 1.1.1.1",), "1.1.1.1"),  # what stands further left was sent by the client
        (2, ("6.6.6.6, 1.1.1.1, 10.0.0.1",), "1.1.1.1"),
        (2, ("1.1.1.1", "10.0.0.1"), "1.1.1.1"),  # as two lines
        (2, ("1.1.1.1",), "10.0.0.9"),  # fewer proxies than there should be
        (1, (), "10.0.0.9"),
        (1, ("unknown",), "10.0.0.9"),
        (1, ("2001:db8:1:2:3:4:5:6",), "2001:db8:1:2::/64"),
        (1, ("::ffff:1.1.1.1",), "1.1.1.1"),
    ],
)
def test_who_asks(hops: int, forwarded: tuple[str, ...], who: str):
    assert client(scope("10.0.0.9", *forwarded), hops) == who


def test_above_the_limit_it_says_when_to_come_back(serving):
    with serving(rate_limit="5/minute") as running, httpx.Client(base_url=running.url) as http:
        assert [http.post("/api/ask", json=QUESTION).status_code for _ in range(5)] == [200] * 5
        reply = http.post("/api/ask", json=QUESTION, headers={"accept-language": "ja", "x-forwarded-for": "1.1.1.1"})
        assert (reply.status_code, reply.json()["error"]["code"]) == (429, "rate_limited")
        assert "秒後にもう一度" in reply.json()["error"]["message"]
        assert 1 <= int(reply.headers["retry-after"]) <= 60
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert http.post("/api/feedback", json={}).status_code == 429  # one count for all
        assert http.get("/api/rules").status_code == http.get("/en/").status_code == 200


def test_behind_a_proxy_each_client_has_its_own_count(serving):
    with serving(rate_limit="1/hour", proxy_hops=1) as running, httpx.Client(base_url=running.url) as http:
        asked = [("1.1.1.1", 200), ("1.1.1.1", 429), ("2.2.2.2", 200), ("9.9.9.9, 2.2.2.2", 429)]
        for address, status in asked:
            reply = http.post("/api/ask", json=QUESTION, headers={"x-forwarded-for": address})
            assert reply.status_code == status, address


def test_a_store_that_cannot_be_reached_costs_no_answer(serving):
    pytest.importorskip("redis")
    with serving(rate_limit="1/hour", rate_store="redis://127.0.0.1:1/0") as running:
        replies = [httpx.post(f"{running.url}/api/ask", json=QUESTION) for _ in range(2)]
        assert [reply.status_code for reply in replies] == [200, 200]
        assert "store of the rate limit cannot be reached" in running.log.read_text()
