"""What a JSON library would let pass, and every POST of the service refuses: briefly, and without repeating it."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from anyio import CapacityLimiter
from patience import PATIENCE, until

from bot import checks
from bot.answering.ask import Bot
from bot.api import create_app, strict
from bot.api.strict import LARGE
from bot.service.desk import Desk
from bot.settings import Settings

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


@pytest.mark.parametrize(
    ("path", "field", "message"),
    [
        ("/api/ask", "histroy", "there is no field `histroy`; perhaps `history` is meant"),
        ("/api/ask", "Lang", "there is no field `Lang`; perhaps `lang` is meant"),
        ("/api/feedback", "reasons", "there is no field `reasons`; perhaps `reason` is meant"),
        ("/api/ask", "zzz", "there is no field `zzz`; there are: question, lang, history, version, page"),
        ("/api/ask", "z" * 99, f"there is no field `{'z' * 40}`; there are:"),
        ("/api/ask", "\n\x1bz\ud800", "there is no field `z`; there are:"),
    ],
)
def test_a_field_that_a_body_does_not_have_is_named(http: httpx.Client, path: str, field: str, message: str):
    body = {"/api/ask": {"question": "What is CNI?"}, "/api/feedback": {**VOTE, "question": "q"}}[path]
    reply = http.post(path, content=json.dumps({**body, field: []}))
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "invalid_request")
    assert message in reply.json()["error"]["message"]


def test_so_is_one_of_an_earlier_question(http: httpx.Client):
    reply = http.post("/api/ask", json={"question": "and?", "history": [{"question": "CNI?", "answer": "x"}]})
    assert reply.status_code == 422
    assert "history.0: there is no field `answer`; there are: question" in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/plan?lang=ja", {}),
        ("/api/plan?lang=ja&to=nowhere", {}),
        ("/api/check?planned=foo&lang=ja", {}),
        ("/api/none?lang=ja", {}),
        ("/api/ask", {"question": 1, "lang": "ja"}),
        ("/api/ask?urls=odd", {"question": "CNI?", "lang": "ja"}),
    ],
)
def test_an_error_is_in_the_language_that_the_request_names(http: httpx.Client, address: str, body: dict):
    reply = http.post(address, json=body, headers={"accept-language": "en"})
    assert reply.status_code in (404, 422)
    assert any("\u3040" <= letter <= "\u30ff" for letter in reply.json()["error"]["message"])


def test_without_one_it_is_in_that_of_the_reader(http: httpx.Client):
    for address in ("/api/plan", "/api/plan?lang=xx"):
        reply = http.post(address, json={}, headers={"accept-language": "ja"})
        assert "リクエストの形式" in reply.json()["error"]["message"]


CANARY = "canary-10.99.98.97"
WRONG = {
    "text where an object should be": {"aks": CANARY},
    "a subnet that is text": {"aks": {"networkProfile": {"networkPlugin": "azure"}}, "subnet": CANARY},
    "an unknown plan": {"aks": {"networkProfile": {}}, "planned": CANARY},
    "associations that are none": {"aks": {"networkProfile": {}}, "agcAssociations": [CANARY]},
    "a version that is none": {"aks": {"networkProfile": {}}, "albController": {"version": [CANARY]}},
    "networks that are none": {"aks": {"networkProfile": {}}, "vnets": {"aks": CANARY}},
    "another output": {"addressPrefix": CANARY, "type": "Microsoft.Network/virtualNetworks/subnets", "id": CANARY},
    "nothing that is known": {"value": CANARY, "deep": [{"more": CANARY}]},
    "a plan that is none": {"format_version": "1.2", "resource_changes": [{"change": CANARY}]},
    "an error text": {"error": {"code": CANARY, "message": CANARY}},
}


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG.keys())
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_error_of_a_check_repeats_no_value(http: httpx.Client, given: dict, lang: str):
    """Keys and names may be: docs/<lang>/service/http-api.md#errors."""
    reply = http.post(f"/api/check?lang={lang}", json=given)
    assert reply.status_code == 422 and CANARY not in reply.text


def test_a_large_body_is_read_beside_the_event_loop(listening, bot: Bot, monkeypatch: pytest.MonkeyPatch):
    """Its reading is held by the test: probes and short questions are answered meanwhile, another large one waits."""
    read, held, reading = checks.read_json, threading.Event(), threading.Semaphore(0)
    waits: list[CapacityLimiter] = []  # the one that the service makes
    monkeypatch.setattr(strict, "CapacityLimiter", lambda most: waits.append(CapacityLimiter(most)) or waits[-1])

    def slow(body: bytes, most: int) -> object:
        if len(body) > LARGE:
            reading.release()
            assert held.wait(PATIENCE)
        return read(body, most)

    monkeypatch.setattr(checks, "read_json", slow)
    large = b'{"question": "What is CNI?", "history": [' + b"1," * LARGE + b"NaN]}"
    with listening(create_app(Desk(Settings(rate_limit="off"), bot))) as url, ThreadPoolExecutor() as others:

        def post(body: bytes) -> int:
            return httpx.post(
                f"{url}/api/ask", content=body, headers={"content-type": "application/json"}, timeout=PATIENCE
            ).status_code

        try:
            waiting = [others.submit(post, large) for _ in range(2)]
            assert reading.acquire(timeout=PATIENCE)
            assert httpx.get(f"{url}/livez", timeout=PATIENCE).status_code == 200
            assert post(b'{"question": "What is CNI?"}') == 200
            until(lambda: waits[0].statistics().tasks_waiting == 1)
            assert not reading.acquire(blocking=False)
        finally:
            held.set()
        assert [each.result() for each in waiting] == [422, 422]
