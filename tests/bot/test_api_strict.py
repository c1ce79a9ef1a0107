"""What a JSON library would let pass, and every POST of the service refuses: briefly, and without repeating it."""

import json

import httpx
import pytest

VOTE = {"answer": "answer-0001", "vote": None, "lang": "en", "status": "answered"}
SECRET = "hunter2"


@pytest.fixture(scope="module")
def http(client):
    with client() as http:
        http.headers["content-type"] = "application/json"
        yield http


def with_value(path: str, value: str) -> bytes:
    """A body that fits the address, but for a further key with this JSON text as its value."""
    body = {"/api/ask": {"question": "What is CNI?"}, "/api/feedback": {**VOTE, "question": "q"}, "/api/check": {}}[
        path
    ]
    return (json.dumps({"aks": {}} | body)[:-1] + f', "{SECRET}": {value}}}').encode()


ODD = {
    "NaN": "NaN",
    "infinite": "-Infinity",
    "a number beyond any double": "1e999",
    "a huge number": "9" * 5000,
    "nesting": "[" * 100 + "]" * 100,
    "a key twice": '{"hunter2": 1, "hunter2": 2}',
    "a bare control character": '"\x01"',
    "an open end": '"hunter2',
    "not UTF-8": '"\udcff"',
}


@pytest.mark.parametrize("path", ["/api/ask", "/api/feedback", "/api/check"])
@pytest.mark.parametrize("value", ODD.values(), ids=ODD.keys())
def test_ambiguous_json_is_refused_everywhere(http: httpx.Client, path: str, value: str):
    body = with_value(path, "0")[:-2] + value.encode("utf-8", "surrogateescape") + b"}"
    reply = http.post(path, content=body)
    assert reply.status_code == 422
    assert 0 < len(reply.json()["error"]["message"]) < 300


@pytest.mark.parametrize("path", ["/api/ask", "/api/feedback"])
@pytest.mark.parametrize("value", ODD.values(), ids=ODD.keys())
def test_the_message_says_where_and_repeats_nothing(http: httpx.Client, path: str, value: str):
    body = with_value(path, "0")[:-2] + value.encode("utf-8", "surrogateescape") + b"}"
    reply = http.post(path, content=body)
    assert "unambiguous JSON (1:" in reply.json()["error"]["message"]
    assert SECRET not in reply.text and "999" not in reply.text


@pytest.mark.parametrize("path", ["/api/ask", "/api/feedback"])
@pytest.mark.parametrize(
    "text", [r"\u0000", r"\ud800", r"kubenet \udfff"], ids=["NUL", "half a character", "other half"]
)
def test_text_that_is_no_text_is_refused(http: httpx.Client, path: str, text: str):
    body = json.dumps(VOTE)[:-1] + f', "question": "{text}"}}'
    reply = http.post(path, content=body.encode())
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("text", [r"\u0000", r"\ud800"])
def test_a_snapshot_with_odd_text_is_no_fault_of_ours(http: httpx.Client, text: str):
    body = f'{{"aks": {{"networkProfile": {{"networkPlugin": "{text}"}}}}, "{text}": 1}}'
    reply = http.post("/api/check", content=body.encode())
    assert (reply.status_code, reply.json()["clusters"][0]["findings"][0]["observed"]) == (
        200,
        text,
    )  # escaped, as it was sent


def test_a_byte_order_mark_does_no_harm(http: httpx.Client):
    assert http.post("/api/ask", content=b'\xef\xbb\xbf{"question": "What is CNI?"}').status_code == 200
