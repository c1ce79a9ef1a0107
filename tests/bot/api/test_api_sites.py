"""Several sites in one service: each as if it were alone, one answers for all, and a broken one takes none with it."""

import pytest
from fastapi.testclient import TestClient
from three_sites import DESCALED, SUBNET, ask

from bot.cli.sites import hold
from bot.service.sites import Sites
from bot.service.sites_file import Named
from bot.writer.writer import Writer
from index.encoder.bundled import BundledEncoder


def test_each_site_is_served_below_its_name_as_if_it_were_alone(http: TestClient, sites: Sites):
    answer = ask(http, SUBNET, "/sites/net/api/ask")
    assert answer["answer"] == "The gateway needs an empty subnet of exactly /24."
    assert "site" not in answer
    alone = sites.answering["net"].bot.ask(SUBNET)
    assert (answer["confidence"], answer["citations"][0]["url"]) == (alone.confidence, alone.citations[0].url)
    assert "Coffee machine" in http.get("/sites/coffee/").text
    led = http.get("/sites/coffee?q=pump")
    assert led.headers["location"] == "/sites/coffee/?q=pump"
    assert led.headers["x-request-id"] and led.headers["x-content-type-options"] == "nosniff"
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
