"""The service over real HTTP."""

import json

import httpx
import pytest

QUESTION = {"question": "Can I upgrade from kubenet?"}


@pytest.fixture(scope="module")
def http(service: str):
    with httpx.Client(base_url=service) as client:
        yield client


def test_ask_is_the_contract(http: httpx.Client):
    reply = http.post("/api/ask", json=QUESTION)
    answer = reply.json()
    assert reply.status_code == 200
    assert list(answer) == [
        "question", "lang", "status", "answer", "confidence", "citations", "rules", "suggestions", "took_ms",
    ]  # fmt: skip
    assert (answer["question"], answer["lang"], answer["status"]) == (QUESTION["question"], "en", "answered")
    assert 0 < answer["confidence"] <= 1 and answer["took_ms"] > 0
    first = answer["citations"][0]
    assert (first["n"], first["section"], first["url"]) == (1, "faq#kubenet-to-overlay", "/en/faq/#kubenet-to-overlay")
    assert first["translation_url"] == "/faq/#kubenet-to-overlay"
    assert {"id": "AGC001", "name": "kubenet"}.items() <= answer["rules"][0].items()


@pytest.mark.parametrize(("lang", "expected"), [(None, "en"), ("en", "en"), ("ja", "ja")])
def test_language(http: httpx.Client, lang: str | None, expected: str):
    assert http.post("/api/ask", json={**QUESTION, "lang": lang}).json()["lang"] == expected


def test_history_gives_a_follow_up_its_meaning(http: httpx.Client):
    history = [{"question": "CNI オーバーレイで AGC を使いたい"}]
    answer = http.post("/api/ask", json={"question": "じゃあサブネットのサイズは？", "history": history}).json()
    assert answer["status"] == "answered" and "/24" in answer["answer"]


def test_not_covered_cites_nothing(http: httpx.Client):
    answer = http.post("/api/ask", json={"question": "What does AGC cost?"}).json()
    assert (answer["status"], answer["citations"], answer["rules"]) == ("not_covered", [], [])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 422, "invalid_request"),
        (b'{"question": NaN}', 422, "invalid_request"),
        (b'{"question": 5}', 422, "invalid_request"),
        (b"{}", 422, "invalid_request"),
        (b'{"question": "a", "lang": "de"}', 422, "invalid_request"),
        (b'{"question": "a", "history": [{"q": 1}]}', 422, "invalid_request"),
        (b"\xff\xfe", 422, "invalid_request"),
        (b"[" * 100_000, 400, "bad_request"),
        (json.dumps({"question": "secret " * 1000}).encode(), 413, "question_too_long"),
        (json.dumps({"question": "a" * 3_000_000}).encode(), 413, "body_too_large"),
    ],
)
def test_the_callers_fault_is_one_short_sentence(http: httpx.Client, body: bytes, status: int, code: str):
    reply = http.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, list(reply.json()), reply.json()["error"]["code"]) == (status, ["error"], code)
    assert 0 < len(reply.json()["error"]["message"]) < 300
    assert "secret" not in reply.text


def test_errors_speak_the_readers_language(http: httpx.Client):
    reply = http.post("/api/ask", json={}, headers={"accept-language": "ja,en;q=0.5"})
    assert reply.json()["error"]["message"].startswith("リクエストの形式が正しくありません")


def test_half_a_character_is_refused(http: httpx.Client):
    reply = http.post(
        "/api/ask", content=rb'{"question": "\ud800 kubenet"}', headers={"content-type": "application/json"}
    )
    assert reply.status_code == 422


def test_wrong_method_and_unknown_address(http: httpx.Client):
    assert http.get("/api/ask").status_code in (404, 405)
    assert http.post("/api/none", json={}).json()["error"]["code"] in ("not_found", "method_not_allowed")


def test_check_gives_every_rule_once(http: httpx.Client):
    snapshot = {"aks": {"networkProfile": {"networkPlugin": "kubenet"}, "agentPoolProfiles": []}}
    reply = http.post("/api/check", params={"lang": "ja"}, json=snapshot)
    found = reply.json()
    assert (reply.status_code, found["schema"]) == (200, 1)
    assert [finding["id"] for finding in found["findings"]] == [f"AGC{number:03}" for number in range(1, 12)]
    assert found["findings"][0]["status"] == "fail" and "kubenet" in found["findings"][0]["why"]


@pytest.mark.parametrize("body", [b"[", b'{"aks": NaN}', b'{"aks": 1, "aks": 2}', b"[" * 5000, b"\xff", b"null"])
def test_a_snapshot_that_cannot_be_read_is_refused(http: httpx.Client, body: bytes):
    reply = http.post("/api/check", content=body)
    assert reply.status_code == 422 and reply.json()["error"]["message"]


def test_rules_are_listed_in_both_languages(http: httpx.Client):
    rules = http.get("/api/rules").json()
    assert [rule["id"] for rule in rules] == [f"AGC{number:03}" for number in range(1, 12)]
    assert rules[3]["url"] == {"ja": "/rules/agc004/", "en": "/en/rules/agc004/"}


def test_every_rules_link_leads_to_its_page(http: httpx.Client):
    for rule in http.get("/api/rules").json():
        for url in rule["url"].values():
            assert f">{rule['id']} " in http.get(url).text


def test_the_site_is_served_with_its_own_404_pages(http: httpx.Client):
    assert '<html lang="ja"' in http.get("/").text and '<html lang="en"' in http.get("/en/").text
    for path, lang in (("/none/", "ja"), ("/en/none/", "en")):
        reply = http.get(path)
        assert reply.status_code == 404 and f'<html lang="{lang}"' in reply.text


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/en/..%2f..%2fpyproject.toml", "//etc/passwd"]
)
def test_nothing_outside_the_site_is_served(http: httpx.Client, path: str):
    assert http.get(path).status_code == 404


def test_the_api_documentation_needs_no_other_host(http: httpx.Client):
    page = http.get("/api/docs").text
    assert "swagger-ui" in page and "https://" not in page
    assert http.get("/api/openapi.json").json()["paths"].keys() == {"/api/ask", "/api/check", "/api/rules"}


def test_probes(http: httpx.Client):
    assert http.get("/livez").json() == {"status": "ok"}
    ready = http.get("/readyz").json()
    assert ready["status"] == "ok" and ready["sections"] > 400
