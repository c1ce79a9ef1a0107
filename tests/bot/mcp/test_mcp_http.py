"""The address /mcp: what is answered, what is refused, and that a refusal repeats nothing of what was sent."""

import json
from pathlib import Path
from typing import Any

import pytest
from agents import HERE
from fastapi.testclient import TestClient

from bot.answering.ask import Bot
from bot.api import create_app
from bot.mcp.http import attach
from bot.mcp.tools import TOOLS
from bot.service.desk import Desk
from bot.settings import Settings

SECRET = "hunter2"
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


@pytest.fixture(scope="module")
def http(bot: Bot, site_dir: Path):
    """The service in this process, for bare HTTP; pages of one other site may call it."""
    desk = Desk(Settings(site=site_dir, rate_limit="off", cors_origins="https://allowed.example"), bot)
    app = create_app(desk)
    attach(app, desk)
    with TestClient(app, HERE.removesuffix("/mcp"), raise_server_exceptions=False) as http:
        yield http


def call(name: str, arguments: object) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}


@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
def test_a_post_is_answered_where_it_is_sent(http: TestClient, path: str):
    reply = http.post(path, json=LIST)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json")
    assert len(reply.json()["result"]["tools"]) == len(TOOLS)
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE", "PUT", "OPTIONS"])
def test_no_other_method_is_taken(http: TestClient, method: str):
    """GET would hold a stream open on which nothing is ever sent."""
    reply = http.request(method, "/mcp", headers={"accept": "text/event-stream"})
    assert (reply.status_code, reply.headers["allow"]) == (405, "POST")


def test_a_foreign_host_is_refused(http: TestClient):
    reply = http.post("/mcp", json=LIST, headers={"host": "rebound.example"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (421, "unknown_host")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://elsewhere.example", 403),
        ("https://allowed.example", 200),
        ("http://127.0.0.1:8000", 200),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_a_page_of_another_site_may_call_only_if_it_is_allowed(http: TestClient, origin: str, status: int):
    assert http.post("/mcp", json=LIST, headers={"origin": origin}).status_code == status


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (f'{{"{SECRET}', 400, -32700),
        (f'{{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "{SECRET}": NaN}}', 400, -32700),
        (f'[{{"jsonrpc": "2.0", "id": 1, "method": "{SECRET}"}}]', 400, -32600),
        (f'"{SECRET}"', 400, -32600),
        (f'{{"jsonrpc": "2.0", "id": ["{SECRET}"], "method": "tools/list"}}', 400, -32600),
        (f'{{"jsonrpc": "{SECRET}", "id": 1, "method": "tools/list"}}', 400, -32600),
        (f'{{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["{SECRET}"]}}', 400, -32600),
        (f'{{"jsonrpc": "2.0", "id": 1, "method": "{SECRET}"}}', 200, -32601),
        (f'{{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {{"name": "{SECRET}"}}}}', 200, -32602),
        (f'{{"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {{"uri": "{SECRET}:x"}}}}', 200, -32602),
        (f'{{"jsonrpc": "2.0", "id": 1, "method": "resources/list", "params": {{"cursor": "{SECRET}"}}}}', 200, -32602),
        (f'{{"jsonrpc": "2.0", "id": 1, "method": "prompts/get", "params": {{"name": "{SECRET}"}}}}', 200, -32602),
        (
            '{"jsonrpc": "2.0", "id": 1, "method": "prompts/get", "params": {"name": "plan_en", "arguments":'
            f' {{"goal": "{SECRET}"}}}}}}',
            200,
            -32602,
        ),
        (json.dumps(call("ask", SECRET)), 200, -32602),
        (json.dumps({**LIST, "params": {"cursor": [SECRET]}}), 200, -32602),
    ],
)
def test_what_is_no_request_is_refused_without_a_word_of_it(http: TestClient, body: str, status: int, code: int):
    headers = {"content-type": "application/json"}
    reply = http.post("/mcp", content=body.encode(), headers=headers)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert SECRET not in reply.text


@pytest.mark.parametrize(
    ("message", "identity"),
    [
        ({"jsonrpc": "2.0", "id": "a7"}, "a7"),
        ({"id": 7, "method": "tools/list"}, 7),
        ({**LIST, "id": "x" * 300}, None),
        ({**LIST, "id": True}, None),
        ([LIST], None),
    ],
)
def test_a_refusal_says_which_message_it_is_about_if_that_can_be_read(http: TestClient, message, identity):
    """Who waits for the answer to that one need not wait any longer."""
    reply = http.post("/mcp", json=message)
    assert (reply.status_code, reply.json()["id"]) == (400, identity)


def test_half_of_a_character_is_no_reason_to_refuse_a_question(http: TestClient):
    """JavaScript writes a text that ends within an emoji so."""
    text = json.dumps(call("ask", {"question": "Can I upgrade from kubenet? 🙂"})).replace("\\ude42", "")
    assert "\\ud83d" in text
    reply = http.post("/mcp", content=text, headers={"content-type": "application/json"})
    assert reply.json()["result"]["structuredContent"]["status"] == "answered"


@pytest.mark.parametrize("place", ["http://[", "https://[docs.example.com/faq", "http://[::1/faq", "//[", "faq#["])
def test_what_looks_like_an_address_and_is_none_names_no_section(http: TestClient, place: str):
    reply = http.post("/mcp", json=call("read_section", {"section": place}))
    assert reply.json()["result"]["content"][0]["text"].startswith("There is no section or page of this id")
    reply = http.post("/mcp", json={**LIST, "method": "resources/read", "params": {"uri": f"kb://en/{place}"}})
    assert reply.json()["error"]["message"].startswith("There is no page at this address")


@pytest.mark.parametrize("kind", ["text/plain", f"application/{SECRET}", ""])
def test_what_is_not_said_to_be_json_is_not_read(http: TestClient, kind: str):
    reply = http.post("/mcp", content=json.dumps(LIST), headers={"content-type": kind})
    assert (reply.status_code, reply.json()["error"]["code"]) == (415, "not_json")


def test_a_body_that_is_too_large_is_not_read(http: TestClient):
    large = call("check_cluster", {"cluster": "x" * 600 * 1024})
    reply = http.post("/mcp", json=large)
    assert (reply.status_code, reply.json()["error"]["code"]) == (413, "body_too_large")


WRONG = [
    {"question": 5, "query": 5, "section": 5, "rule": 5, "cluster": 5, "to": 5},
    {"question": [SECRET], "query": [SECRET], "section": [SECRET], "rule": [SECRET], "cluster": True, "to": [SECRET]},
    {SECRET: SECRET},
    {"question": "\0" + SECRET, "query": "\0" + SECRET, "section": "\0" + SECRET, "rule": "\0" + SECRET, "to": SECRET},
    {"section": SECRET, "rule": SECRET, "question": SECRET * 200, "query": SECRET * 2000, "cluster": {}, "to": SECRET},
    {"lang": SECRET, "max_tokens": SECRET},
    {"max_tokens": -5},
]


@pytest.mark.parametrize("name", TOOLS)
def test_wrong_arguments_are_refused_in_words_and_not_repeated(http: TestClient, name: str):
    fields = set(TOOLS[name].takes.model_fields)
    given = [{key: value for key, value in wrong.items() if key in fields or key == SECRET} for wrong in WRONG]
    calls = [made for made in given if made]

    replies = [http.post("/mcp", json=call(name, arguments)) for arguments in calls]
    assert len(replies) >= 2
    for reply, arguments in zip(replies, calls, strict=True):
        result = reply.json()["result"]
        assert result["isError"], arguments
        assert SECRET not in reply.text
        assert len(result["content"][0]["text"]) > 20


@pytest.mark.parametrize(
    "sloppy", [{"lang": "ja-JP"}, {"lang": "JA"}, {"lang": "ja", "max_tokens": "6000"}, {"lang": "ja_JP", "limit": "5"}]
)
def test_arguments_that_can_mean_only_one_value_are_taken(http: TestClient, sloppy: dict[str, object]):
    given = {"query": "subnet"}
    plain, other = (
        http.post("/mcp", json=call("search", arguments)).json()["result"]
        for arguments in ({**given, "lang": "ja"}, {**given, **sloppy})
    )
    assert not other["isError"] and other["content"] == plain["content"]


def test_answers_to_agents_are_counted_with_those_of_the_other_doors(http: TestClient):
    def counted() -> float:
        lines = http.get("/metrics").text.splitlines()
        counts = [line for line in lines if line.startswith('kb_answers_total{lang="en",status="not_covered"}')]
        return float(counts[0].rpartition(" ")[2]) if counts else 0

    before = counted()
    for _ in range(2):  # the second one is remembered
        http.post("/mcp", json=call("ask", {"question": "What does AGC cost?"}))
    http.post("/api/ask", json={"question": "What does AGC cost?"})
    http.get("/api/site")  # asks for itself
    assert counted() == before + 3


def test_the_language_of_a_refusal_is_that_of_the_caller(http: TestClient):
    japanese = {"question": "kubenet は使えますか？", "max_tokens": 1}
    refused = [
        http.post("/mcp", json=call("ask", arguments)).json()["result"]["content"][0]["text"]
        for arguments in (japanese, {"question": "x", "rule": "x", "lang": "ja"}, {"question": "?", "max_tokens": 1})
    ]
    assert refused == [
        "引数 max_tokens が正しくありません: 500 以上の値を指定してください。",
        "引数が正しくありません。このツールの引数: question, lang, max_tokens, version。",
        "The argument max_tokens does not fit: Input should be at least 500.",
    ]


def test_a_service_behind_its_switch_has_no_such_address(client):
    with client(mcp=False) as http:
        assert http.post("/mcp", json=LIST).status_code in (404, 405)
