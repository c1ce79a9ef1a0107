"""What a browser could be led to do: bodies that need no leave to be sent, names of strangers, files nobody meant."""

import json
import shutil
from pathlib import Path

import httpx
import pytest

QUESTION = {"question": "What is CNI?"}
VOTE = {"answer": "answer-0001", "vote": "up", "question": "q", "lang": "en", "status": "answered"}
CLUSTER = {"networkProfile": {"networkPlugin": "azure"}}
SEARCH = {"words": "flamingo", "lang": "en"}
BODIES = {
    **{"/api/ask": QUESTION, "/api/feedback": VOTE, "/api/searches": SEARCH},
    **{"/api/check": CLUSTER, "/api/plan": CLUSTER},
}
TO = {"to": "overlay"}  # which the plan needs and nothing else reads


@pytest.fixture(scope="module")
def http(client, tmp_path_factory: pytest.TempPathFactory):
    with client(store=tmp_path_factory.mktemp("votes") / "votes.db") as http:
        yield http


def test_every_address_that_takes_a_body_is_tried_here(http: httpx.Client):
    paths = http.get("/api/openapi.json").json()["paths"]
    assert {path for path, methods in paths.items() if "post" in methods} == BODIES.keys()


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON ;a=b"])
def test_json_is_taken(http: httpx.Client, path: str, kind: str):
    """So is what the page sends as a beacon, while it is being left: a Blob has the type that its maker gives it."""
    reply = http.post(path, params=TO, content=json.dumps(BODIES[path]), headers={"content-type": kind})
    assert reply.status_code in (200, 204)


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=a",
        "text/json",
        "application/jsonx",
        "text/plain; application/json",
        "",
    ],
)
def test_no_other_type_is_read_whatever_the_body(http: httpx.Client, path: str, kind: str):
    reply = http.post(path, params=TO, content=json.dumps(BODIES[path]), headers={"content-type": kind} if kind else {})
    assert (reply.status_code, reply.json()["error"]["code"]) == (415, "not_json")
    assert "application/json" in reply.json()["error"]["message"]
    assert http.post(path, content=b"{", headers={"content-type": kind} if kind else {}).status_code == 415


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("kb.example.com", 200),
        ("KB.example.com:443", 200),
        ("kb.example.com.", 200),
        ("other.example.com", 421),
        ("kb.example.com.evil.example", 421),
        ("evil-kb.example.com", 421),
        ("evil.example", 421),
        ("127.0.0.1:8000", 200),
        ("10.244.1.7:8000", 200),  # a probe by the Pod's address
        ("[::1]:8000", 200),
        ("[2001:db8::7]", 200),
        ("localhost:8000", 200),
        ("kb.localhost", 200),
        ("kb", 200),  # of a network of containers, or of a cluster
        ("127.0.0.1.evil.example", 421),
        ("1.2.3", 421),
        ("", 421),
        ("a b", 421),
        ("localhost:8000@evil.example", 421),
    ],
)
def test_only_names_of_our_own_are_answered(client, host: str, status: int):
    with client(site_url="https://kb.example.com/") as http:
        for path in ("/", "/api/rules", "/metrics"):
            assert http.get(path, headers={"host": host}).status_code == status
        reply = http.post("/api/ask", json=QUESTION, headers={"host": host, "accept-language": "ja"})
        assert reply.status_code == status
        if status == 421:
            assert reply.json()["error"]["code"] == "unknown_host"
            assert "KB_ALLOWED_HOSTS" in reply.json()["error"]["message"]
            assert reply.headers["x-content-type-options"] == "nosniff"
        for path in ("/livez", "/readyz"):
            assert http.get(path, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("allowed", "host", "status"),
    [
        ("a.example, b.example", "b.example", 200),
        ("*.a.example", "x.y.a.example", 200),
        ("*.a.example", "a.example", 421),
        ("*.a.example", "evila.example", 421),
        ("*", "evil.example", 200),
    ],
)
def test_further_names_can_be_allowed(client, allowed: str, host: str, status: int):
    with client(allowed_hosts=allowed) as http:
        assert http.get("/api/rules", headers={"host": host}).status_code == status


def test_of_two_names_neither_may_be_a_stranger_s(client):
    with client() as http:
        request = http.build_request("GET", "/api/rules")
        request.headers = httpx.Headers([("host", "localhost"), ("host", "evil.example")])
        assert http.send(request).status_code == 421


HIDDEN = [".env", ".git/config", ".well-known/secret", "deep/.htpasswd", "deep/.svn/entries", ".hidden/index.html"]


@pytest.mark.parametrize("name", HIDDEN)
def test_what_begins_with_a_dot_is_never_served(client, tmp_path: Path, site_dir: Path, name: str):
    site = tmp_path / ".sites/site"  # what lies above the site's folder is not asked for
    (site / name).parent.mkdir(parents=True)
    (site / name).write_text("secret")
    (site / "deep").mkdir(exist_ok=True)
    (site / "deep/seen.txt").write_text("seen")
    shutil.copy(site_dir / "404.html", site / "404.html")
    with client(site=site) as http:
        for path in (
            name,
            name.replace(".", "%2e", 1),
            f"deep/../{name}",
            f"./{name}",
            name.removesuffix("index.html"),
        ):
            reply = http.get(f"/{path}")
            assert reply.status_code == 404 and "secret" not in reply.text, path
        assert http.get("/deep/seen.txt").text == "seen"
