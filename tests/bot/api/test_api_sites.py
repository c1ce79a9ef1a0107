"""Several sites in one service: each as if it were alone, one answers for all, and a broken one takes none with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient
from twosites import first_index, write_site

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.joining import Joined
from bot.api.sites import create_sites_app
from bot.cli.sites import hold
from bot.service.desk import Desk
from bot.service.rate import Rate
from bot.service.sites import Held, Sites
from bot.service.sites_file import Named, read_sites
from bot.service.store import Store
from bot.settings import Settings
from bot.writer.writer import Writer
from index.encoder.bundled import BundledEncoder

COFFEE = """<!doctype html><html lang="en"><body><main><h1 id="coffee">Coffee machine</h1>
<h2 id="descale">How often is the machine descaled?</h2><p>The machine is descaled every three months.</p>
<h2 id="warranty">Warranty</h2><p>The warranty of the machine lasts two years.</p></main></body></html>"""
DESCALED = "How often is the machine descaled?"
SUBNET = "Which subnet size does the gateway need?"
FILE = """
[[site]]
name = "net"
title = "Networking"
site = "net"
max_question = 60

[[site]]
name = "coffee"
site = "coffee"
site_url = "https://coffee.example/"
rate_limit = "2/minute"

[[site]]
name = "broken"
site = "broken"
"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    folder = tmp_path_factory.mktemp("sites")
    (folder / "sites.toml").write_text(FILE, "utf-8")
    write_site(folder / "net", "a")
    (folder / "coffee").mkdir()
    (folder / "coffee/index.html").write_text(COFFEE, "utf-8")
    encoder, held = BundledEncoder(), []
    service = Settings(site_url="https://docs.example/", rate_limit="off", store=folder / "votes.db")
    for named in read_sites(folder / "sites.toml", service, "en"):
        if named.name == "broken":
            held.append(Held(named, None, "damaged"))
            continue
        first_index(named.settings.site, named.settings.index_folder)
        bot = Bot.over(named.settings.index_folder, encoder)
        held.append(Held(named, Desk(named.settings, bot, Store(named.settings.store))))
    return Sites(service, held)


@pytest.fixture
def http(sites: Sites) -> Iterator[TestClient]:
    for desk in sites.answering.values():  # each test has the whole of a limit
        desk.rate = None if desk.settings.rate_limit == "off" else Rate(desk.settings.rate_limit, "memory://")
    apps = {name: create_app(desk) for name, desk in sites.answering.items()}
    with TestClient(create_sites_app(sites, apps), follow_redirects=False) as http:
        yield http


def ask(http: TestClient, question: str, path: str = "/api/ask", **given: object) -> Any:
    reply = http.post(path, json={"question": question, **given})
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_each_site_is_served_below_its_name_as_if_it_were_alone(http: TestClient, sites: Sites):
    answer = ask(http, SUBNET, "/sites/net/api/ask")
    assert answer["answer"] == "The gateway needs an empty subnet of exactly /24."
    assert "site" not in answer
    alone = sites.answering["net"].bot.ask(SUBNET)
    assert (answer["confidence"], answer["citations"][0]["url"]) == (alone.confidence, alone.citations[0].url)
    assert "Coffee machine" in http.get("/sites/coffee/").text
    assert http.get("/sites/coffee").headers["location"] == "/sites/coffee/"
    assert http.get("/sites/coffee/readyz").json()["status"] == "ok"
    assert http.get("/sites/coffee/api/site").json()["starters"] == [DESCALED]


def test_one_answers_for_all_with_its_name_and_whole_addresses(http: TestClient):
    for question, name, url in [
        (DESCALED, "coffee", "https://coffee.example/#descale"),
        (SUBNET, "net", "https://docs.example/sites/net/#fact1-a"),
    ]:
        for site in ("all", name):
            answer = ask(http, question, site=site)
            assert (answer["site"], answer["status"]) == (name, "answered")
            assert answer["citations"][0]["url"] == url
    assert ask(http, SUBNET, site="net")["site_title"] == "Networking"
    assert ask(http, DESCALED, site="net")["status"] != "answered"
    assert ask(http, "Who won the football world cup in 1990?")["status"] != "answered"


def test_a_question_to_all_counts_as_asked_of_the_site_that_answers(http: TestClient, sites: Sites):
    def counted() -> dict[str, int]:
        return {name: desk.answered.total() for name, desk in sites.answering.items()}

    before = counted()
    ask(http, DESCALED)
    ask(http, SUBNET, site="net")
    assert {name: count - before[name] for name, count in counted().items()} == {"coffee": 1, "net": 1}


class Echo:
    """A model that says what the machine's manual says."""

    async def text(self, messages: object, /) -> str:
        return "The machine is descaled every three months [1]."

    async def close(self) -> None: ...


def test_the_answer_of_all_is_phrased_by_the_writer_of_its_site(
    http: TestClient, sites: Sites, monkeypatch: pytest.MonkeyPatch
):
    for desk in sites.answering.values():
        monkeypatch.setattr(desk, "writer", Writer(Echo(), 60))
    (sentence,) = ask(http, DESCALED)["written"]["sentences"]
    assert sentence == {"text": "The machine is descaled every three months.", "citations": [1]}
    assert ask(http, SUBNET)["written"] is None  # not what its quotes say


def test_each_site_of_the_service_has_the_writer_that_the_settings_name(sites: Sites):
    coffee = next(held.named for held in sites.held if held.named.name == "coffee")
    own = coffee.settings.model_copy(update={"writer_url": "https://model.example/v1", "store": "off"})
    named, _ = hold(Named("coffee", "Coffee", own), BundledEncoder())
    assert named.desk and named.desk.writer


def test_a_site_that_is_not_there_is_refused_with_those_that_are(http: TestClient):
    reply = http.post("/api/ask", json={"question": SUBNET, "site": "other"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "no_such_site")
    assert reply.json()["error"]["message"] == "There is no such site. There are: net, coffee, broken, all."
    assert http.get("/sites/other/").status_code == 404


def test_a_version_that_no_site_has_is_refused(http: TestClient):
    reply = http.post("/api/ask", json={"question": SUBNET, "version": "9.0"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "no_such_version")


def test_a_broken_index_takes_no_other_site_with_it(http: TestClient):
    ready = http.get("/readyz")
    states = {"net": "ok", "coffee": "ok", "broken": "unavailable"}
    assert (ready.status_code, ready.json()) == (200, {"status": "ok", "sites": states})
    refused = http.post("/sites/broken/api/ask", json={"question": SUBNET})
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "site_unavailable")
    named = http.post("/api/ask", json={"question": SUBNET, "site": "broken"})
    assert (named.status_code, named.json()["error"]["code"]) == (503, "site_unavailable")
    assert named.headers["retry-after"] == "60"
    assert ask(http, SUBNET)["site"] == "net"


def test_the_sites_are_listed_with_their_languages_and_addresses(http: TestClient):
    listed = http.get("/api/sites").json()["sites"]
    assert [(site["name"], site["title"], site["status"]) for site in listed] == [
        ("net", "Networking", "ok"),
        ("coffee", "coffee", "ok"),
        ("broken", "broken", "unavailable"),
    ]
    assert (listed[1]["url"], listed[1]["api"], listed[1]["langs"]) == (
        "https://coffee.example/",
        "/sites/coffee/api/",
        ["en"],
    )


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
    assert 0 < int(replies[-1].headers["retry-after"]) <= 60
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
