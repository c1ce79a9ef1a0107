"""The edges of the HTTP door: addresses below /api/, the published schema, the documentation's own files."""

import re
import socket

import httpx
import jsonschema
import pytest

from bot.api.body_limit import BodyLimit

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def http(client):
    with client() as http:
        yield http


@pytest.fixture(scope="module")
def openapi(http: httpx.Client) -> dict:
    return http.get("/api/openapi.json").json()


@pytest.mark.parametrize("path", ["/api/none", "/api/ask/none", "/api"])
def test_an_unknown_address_of_the_api_is_answered_in_its_form(http: httpx.Client, path: str):
    reply = http.get(path)
    assert (reply.status_code, reply.headers["content-type"]) == (404, "application/json")
    assert reply.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/ask"), ("GET", "/api/check")])
def test_reading_what_takes_a_post_is_405(http: httpx.Client, method: str, path: str):
    reply = http.request(method, path)
    assert (reply.status_code, reply.json()["error"]["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/api/ask"), ("PUT", "/api/rules"), ("POST", "/faq/")])
def test_a_method_that_nothing_takes_is_405(http: httpx.Client, method: str, path: str):
    reply = http.request(method, path)
    assert (reply.status_code, reply.json()["error"]["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("path", ["/api/ask", "/api/check"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_body_that_is_too_large_is_refused_in_the_same_form(service: str, path: str, declared: bool):
    parts = [b"x" * 65536] * 48  # 3 MiB
    reply = httpx.post(service + path, content=b"".join(parts) if declared else iter(parts), headers=JSON, timeout=60)
    assert (reply.status_code, list(reply.json())) == (413, ["error"])
    assert reply.json()["error"]["code"] in ("body_too_large", "too-large")


@pytest.mark.parametrize("path", ["/api/ask", "/api/feedback", "/api/check", "/api/plan"])
@pytest.mark.parametrize("more", ["", "Expect: 100-continue\r\n"], ids=["plain", "expect"])
def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(service: str, path: str, more: str):
    """Also where the client waits for leave to send it."""
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 3000000\r\n{more}\r\n"
    with socket.create_connection(("127.0.0.1", int(service.rpartition(":")[2])), timeout=60) as opened:
        opened.sendall(head.encode())
        assert opened.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_the_body_of_a_question_may_be_anything_but_no_fault_of_ours(http: httpx.Client):
    bodies = [b"", b"null", b"[]", b'"x"', b"[" * 100_000, b'{"question": ' + b"9" * 6000 + b"}", b"\0", b"{}" * 9]
    codes = [http.post("/api/ask", content=body, headers=JSON).status_code for body in bodies]
    assert [code for code in codes if not 400 <= code < 500] == []


def test_earlier_questions_may_be_odd_too(http: httpx.Client):
    body = rb'{"question": "and?", "history": [{"question": "\ud800"}, {"question": ""}, {"question": "\u0000"}]}'
    assert http.post("/api/ask", content=body, headers=JSON).status_code == 422


def test_an_answer_is_what_the_schema_says(http: httpx.Client, openapi: dict):
    schema = {**openapi["components"]["schemas"]["Answer"], "components": openapi["components"]}
    jsonschema.Draft202012Validator.check_schema(schema)
    for question in ("Can I upgrade from kubenet?", "What does AGC cost?", "サブネット"):
        answer = http.post("/api/ask", json={"question": question}).json()
        jsonschema.validate(answer, schema)
        assert set(answer) == set(schema["properties"]) - {"version"}  # of a site that has several
        assert isinstance(answer["confidence"], float) and isinstance(answer["took_ms"], float)
        for citation in answer["citations"]:
            assert isinstance(citation["n"], int)
            forms = {name for name, value in citation.items() if isinstance(value, list)}
            assert forms == {"path", "blocks", "also", "links"}
            assert {type(value) for name, value in citation.items() if name not in {"n", "stale", *forms}} == {str}


def test_every_reference_of_the_schema_resolves(openapi: dict):
    assert openapi["openapi"].startswith("3.")
    named = set(re.findall(r"'#/components/schemas/(\w+)'", str(openapi)))
    assert named and named <= openapi["components"]["schemas"].keys()
    assert {"Question", "Answer", "Citation", "RuleLink", "Failure"} <= named


def test_the_example_of_the_documentation_works(http: httpx.Client, openapi: dict):
    (example,) = openapi["components"]["schemas"]["Question"]["examples"]
    assert http.post("/api/ask", json=example).json()["status"] == "answered"


def test_the_api_documentation_loads_from_here(http: httpx.Client):
    files = re.findall(r'(?:src|href)="([^"]+)"', http.get("/api/docs").text)
    assert files and [file for file in files if not file.startswith("/static-")] == []
    assert [http.get(file).status_code for file in files] == [200] * len(files)


def test_a_body_that_nobody_reads_is_no_fault_once_the_answer_has_begun(run_async):
    """It is too late to refuse it: what came of the answer would be cut off."""
    received: list[str] = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        received.append((await receive())["type"])
        await send({"type": "http.response.body", "body": b"whole"})

    async def scenario():
        sent: list[dict] = []
        scope = {"type": "http", "path": "/", "headers": [(b"content-length", b"99999999")]}

        async def receive():
            return {"type": "http.request", "body": b"x" * 3_000_000, "more_body": True}

        async def send(message):
            sent.append(message)

        await BodyLimit(app)(scope, receive, send)
        return sent

    assert [message.get("body") for message in run_async(scenario())] == [None, b"whole"]
    assert received == ["http.request"]
