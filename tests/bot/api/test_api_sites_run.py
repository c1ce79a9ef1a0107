"""Several sites in one service as their operator has them: limits, figures, faults, draining, a late index."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient
from three_sites import DESCALED, SUBNET, ask

from bot.api import create_app
from bot.api.joining import Joined
from bot.api.sites import create_sites_app
from bot.service.sites import Held, Sites
from bot.service.sites_file import Named


def test_each_site_has_limits_of_its_own(http: TestClient):
    long = "Which subnet size does the gateway of the network need exactly, please?"
    assert http.post("/sites/net/api/ask", json={"question": long}).status_code == 413
    codes = [http.post("/sites/coffee/api/ask", json={"question": long}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert ask(http, SUBNET, "/sites/net/api/ask")["status"] == "answered"


def test_a_limit_of_a_site_holds_at_the_root_too(http: TestClient):
    replies = [http.post("/api/ask", json={"question": DESCALED, "site": "coffee"}) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert replies[-1].json()["error"]["code"] == "rate_limited"
    assert 0 < int(replies[-1].headers["retry-after"]) <= 24 * 60 * 60
    assert ask(http, DESCALED)["site"] == "coffee"  # of all, under the limit of the service


def test_votes_are_kept_apart(http: TestClient, sites: Sites):
    vote = {"answer": "a" * 8, "vote": "up", "question": SUBNET, "lang": "en", "status": "answered", "section": "x#y"}
    assert http.post("/sites/net/api/feedback", json=vote).status_code == 204
    kept = {name: [vote.question for vote in desk.store.votes()] for name, desk in sites.answering.items()}
    assert kept == {"net": [SUBNET], "coffee": []}


def test_hosts_of_others_are_answered_at_no_site(http: TestClient):
    for path in ("/api/sites", "/sites/net/", "/sites/coffee/api/site"):
        assert http.get(path, headers={"host": "stranger.example"}).status_code == 421
        assert (
            http.get(path, headers={"host": "docs.example" if "coffee" not in path else "coffee.example"}).status_code
            == 200
        )
    assert http.get("/sites/net/livez", headers={"host": "stranger.example"}).status_code == 200


def test_the_figures_of_all_sites_are_at_one_address_which_a_proxy_can_close(http: TestClient):
    ask(http, DESCALED)
    ask(http, SUBNET, "/sites/net/api/ask")
    http.post("/api/ask", json={"question": ""})
    figures = http.get("/metrics").text
    for line in (
        'kb_http_requests_total{route="/api/ask",site="",status="422"} 1.0',
        'kb_http_requests_total{route="/api/ask",site="net",status="200"} 1.0',
        'kb_index_sections{site="coffee"} 3.0',
    ):
        assert line in figures.splitlines()
    assert figures.count("# TYPE kb_answers_total counter") == 1
    assert http.get("/sites/net/metrics").status_code == 404


def test_a_fault_of_ours_at_the_root_is_answered_in_the_form_of_all_errors(
    sites: Sites, monkeypatch: pytest.MonkeyPatch
):
    async def broken(*given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(sites, "ask", broken)
    with TestClient(create_sites_app(sites, {}), raise_server_exceptions=False) as http:
        reply = http.post("/api/ask", json={"question": SUBNET})
    assert (reply.status_code, reply.json()["error"]["code"]) == (500, "internal")
    assert reply.headers["x-request-id"]


def test_draining_is_said_of_all(http: TestClient, sites: Sites):
    sites.drain()
    try:
        assert (http.get("/readyz").status_code, http.get("/sites/net/readyz").status_code) == (503, 503)
    finally:
        sites.draining = False
        for desk in sites.answering.values():
            desk.draining = False


def test_a_site_is_served_as_soon_as_its_index_can_be_used(sites: Sites):
    whole = Sites(sites.settings, sites.held)
    broken = next(held for held in whole.held if held.desk is None)
    desk, tried, watched = whole.answering["net"], list[str](), list[str]()

    @contextmanager
    def watching() -> Iterator[None]:
        watched.append("begun")
        yield
        watched.append("ended")

    def opened(named: Named) -> Joined | None:
        tried.append(named.name)
        if len(tried) == 1:
            raise RuntimeError
        return Joined(Held(named, desk), create_app(desk), watching()) if len(tried) > 2 else None

    apps = {name: create_app(desk) for name, desk in whole.answering.items()}
    with TestClient(create_sites_app(whole, apps, opened, every=0.01)) as http:
        while http.get("/readyz").json()["sites"]["broken"] != "ok":
            assert len(tried) <= 3
        assert ask(http, SUBNET, "/sites/broken/api/ask")["status"] == "answered"
        assert ask(http, SUBNET, site="broken")["site"] == broken.named.name
        assert (tried, watched) == (["broken"] * 3, ["begun"])
    assert watched == ["begun", "ended"]
