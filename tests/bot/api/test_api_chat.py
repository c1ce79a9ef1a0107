"""The chat for pages of other sites: any page may load its files, and the service tells it of its site."""

import re

import httpx
import pytest


@pytest.fixture(scope="module")
def http(client):
    with client(site_url="https://docs.example/project/") as http:
        yield http


@pytest.fixture(scope="module")
def loaded(http: httpx.Client) -> list[str]:
    """Everything that /kb.js loads, and what that loads."""
    waiting, loaded = ["kb.js"], []
    while waiting:
        name = waiting.pop()
        loaded.append(name)
        for part in re.findall(
            r'["\'](?:\./|\.\./)?((?:kb-1/)?[\w-]+-[A-Z0-9]{8}\.js)["\']', http.get(f"/{name}").text
        ):
            path = part if part.startswith("kb-1/") else f"kb-1/{part}"
            if path not in loaded + waiting:
                waiting.append(path)
    return loaded


def test_any_page_may_load_it_all(http: httpx.Client, loaded: list[str]):
    assert len(loaded) == 9
    for name in loaded:
        reply = http.get(f"/{name}", headers={"origin": "https://other.example"})
        assert (reply.status_code, reply.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["cross-origin-resource-policy"] == "cross-origin"


def test_what_is_named_by_its_content_is_kept_and_all_else_asked_for_again(http: httpx.Client, loaded: list[str]):
    for name in loaded:
        reply = http.get(f"/{name}")
        assert ("immutable" in reply.headers["cache-control"]) == name.startswith("kb-1/")
        again = http.get(f"/{name}", headers={"if-none-match": reply.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert http.head(f"/{name}").headers["content-length"] == reply.headers["content-length"]


def test_the_latest_version_has_its_own_name_too(http: httpx.Client):
    assert http.get("/kb.js").content == http.get("/kb-1.js").content
    assert http.get("/kb-1/none.js").status_code == 404


def test_it_names_no_other_host_and_runs_no_text(http: httpx.Client, loaded: list[str]):
    for name in loaded:
        text = http.get(f"/{name}").text
        assert set(re.findall(r"https?://[\w.-]+", text)) <= {"http://www.w3.org"}, name  # a name space
        assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|kubenet", text), name


@pytest.mark.parametrize(("lang", "begins"), [("ja", "ja"), ("en-GB", "en"), ("fr", "ja"), ("", "ja")])
def test_starters_are_in_the_page_s_language_or_the_site_s_main_one(http: httpx.Client, lang: str, begins: str):
    about = http.get("/api/site", params={"lang": lang}).json()
    assert (about["url"], about["langs"]) == ("https://docs.example/project/", ["ja", "en"])
    assert len(about["starters"]) == 4
    assert all(bool(re.search("[ぁ-ん]", starter)) == (begins == "ja") for starter in about["starters"])
    for question in about["starters"]:
        asked = http.post("/api/ask", json={"question": question, "lang": begins}).json()
        assert asked["status"] == "answered", question


@pytest.mark.parametrize("lang", ["<b>", "ja;q=1", "x" * 40])
def test_a_language_that_is_none_is_refused(http: httpx.Client, lang: str):
    assert http.get("/api/site", params={"lang": lang}).status_code == 422


def test_the_site_that_is_published_elsewhere_may_ask(http: httpx.Client):
    for origin, allowed in (("https://docs.example", "https://docs.example"), ("https://other.example", None)):
        reply = http.get("/api/site", headers={"origin": origin})
        assert reply.headers.get("access-control-allow-origin") == allowed
