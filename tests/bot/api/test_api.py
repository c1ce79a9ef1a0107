"""What the service answers, address by address."""

import json
import socket

import httpx
import pytest

QUESTION = {"question": "Can I upgrade from kubenet?"}
JSON = {"content-type": "application/json"}

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def http(client):
    with client() as http:
        yield http


def test_ask_is_the_contract(http: httpx.Client):
    reply = http.post("/api/ask", json=QUESTION)
    answer = reply.json()
    assert reply.status_code == 200
    assert list(answer) == [
        "question", "lang", "status", "answer", "confidence", "citations", "rules", "suggestions", "took_ms",
        "runners_up", "not_stated", "checks", "verdict", "certainty", "written", "outside",
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


@pytest.mark.parametrize(("part", "names"), [("", []), (" with Cilium", ["Cilium"])])
def test_what_the_site_does_not_state_is_named_first(http: httpx.Client, part: str, names: list[str]):
    answer = http.post("/api/ask", json={"question": f"Can I upgrade from kubenet{part}?"}).json()
    assert (answer["status"], answer["not_stated"]) == ("answered", names)
    assert all(name in answer["answer"].partition("\n")[0] for name in names)
    assert answer["answer"].startswith("Yes") == (not names)


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
        (b"[" * 50_000, 422, "invalid_request"),
        (b"[" * 100_000, 413, "body_too_large"),
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
    assert http.get("/api/ask").status_code == 405
    assert http.post("/api/none", json={}).json()["error"]["code"] == "not_found"


def test_check_gives_every_rule_once(http: httpx.Client):
    snapshot = {"aks": {"networkProfile": {"networkPlugin": "kubenet"}, "agentPoolProfiles": []}}
    reply = http.post("/api/check", params={"lang": "ja"}, json=snapshot)
    report = reply.json()
    assert (reply.status_code, report["schema"]) == (200, 2)
    (cluster,) = report["clusters"]
    assert [finding["id"] for finding in cluster["findings"]] == [f"AGC{number:03}" for number in range(1, 13)]
    assert cluster["findings"][0]["status"] == "fail" and "kubenet" in cluster["findings"][0]["why"]


def test_check_names_every_cluster_and_keeps_the_form_before(http: httpx.Client):
    clusters = [{"name": name, "networkProfile": {"networkPlugin": name}} for name in ("azure", "kubenet")]
    report = http.post("/api/check", params={"lang": "en"}, json={"value": clusters}).json()
    assert [(cluster["name"], cluster["findings"][0]["status"]) for cluster in report["clusters"]] == [
        ("azure", "pass"),
        ("kubenet", "fail"),
    ]
    first = http.post("/api/check", params={"lang": "en", "schema": "1"}, json=clusters).json()
    assert (first["schema"], first["findings"][0]["observed"]) == (1, "kubenet: kubenet; azure: azure")
    assert first["input"]["kinds"] == ["az aks show", "az aks show"]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_check_reads_documents_in_a_row_in_what_powershell_writes(http: httpx.Client, mark: str):
    row = 'WARNING: text of az\n{"networkProfile": {"networkPlugin": "kubenet"}}\n"1.7.9"\n'
    report = http.post("/api/check", content=row.encode(mark), headers=JSON).json()
    assert report["clusters"][0]["findings"][0]["status"] == "fail"
    assert report["input"]["kinds"] == ["az aks show", "kubectl get deployment alb-controller"]


def test_check_takes_several_documents_and_says_what_is_missing(http: httpx.Client):
    aks = {
        "name": "c",
        "resourceGroup": "rg",
        "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"},
    }
    report = http.post("/api/check", json=[aks, "1.7.9", []]).json()
    # Of what a bare list is one, nobody knows.
    assert report["input"]["kinds"] == ["az aks show", "kubectl get deployment alb-controller", "[]"]
    first = report["input"]["missing"][0]
    assert (first["key"], first["command"]) == (
        "subnet",
        "az network vnet subnet show --ids $GATEWAY_SUBNET_ID --output json",
    )


def test_check_reports_in_every_format_and_for_a_plan(http: httpx.Client):
    aks = {"networkProfile": {"networkPlugin": "kubenet"}}
    types = {
        "json": "application/json",
        "sarif": "application/sarif+json",
        "markdown": "text/markdown; charset=utf-8",
        "junit": "application/xml",
        "text": "text/plain; charset=utf-8",
    }
    for form, media_type in types.items():
        reply = http.post("/api/check", params={"format": form, "lang": "en", "planned": "install-agc"}, json=aks)
        assert (reply.status_code, reply.headers["content-type"]) == (200, media_type)
        assert "AGC011" in reply.text
    text = http.post("/api/check", params={"format": "text", "lang": "en", "planned": "install-agc"}, json=aks).text
    assert text.count("[FAIL]") == 3
    assert http.post("/api/check", params={"format": "pdf"}, json=aks).status_code == 422
    assert http.post("/api/check", params={"planned": "party"}, json=aks).status_code == 422


def test_errors_of_a_check_have_their_place_as_fields(http: httpx.Client):
    bad = http.post("/api/check", content=b'{\n "aks": nope}', headers=JSON).json()["error"]
    assert (bad["code"], bad["line"], bad["column"]) == ("not-json", 2, 9)
    lost = http.post("/api/check", json=[{"addressPrefix": "10.0.0.0/24"}]).json()["error"]
    assert (lost["code"], lost["input"]["kinds"]) == ("needs-cluster", ["az network vnet subnet show"])
    assert lost["input"]["missing"][0]["key"] == "aks"
    odd = http.post("/api/check", json={"aks": {"agentPoolProfiles": 5}}).json()["error"]
    assert odd["pointer"] == "/aks/agentPoolProfiles" and "line" not in odd


def test_nothing_of_a_check_is_logged(http: httpx.Client, caplog: pytest.LogCaptureFixture):
    with caplog.at_level("DEBUG"):
        http.post("/api/check", json={"aks": {"name": "secret-name", "agentPoolProfiles": 5}})
        http.post("/api/check", json=[{"secret-name": 1}])
    assert "/api/check" in caplog.text and "secret-name" not in caplog.text


@pytest.mark.parametrize("body", [b"[", b'{"aks": NaN}', b'{"aks": 1, "aks": 2}', b"[" * 5000, b"\xff", b"null"])
def test_a_snapshot_that_cannot_be_read_is_refused(http: httpx.Client, body: bytes):
    reply = http.post("/api/check", content=body, headers=JSON)
    assert reply.status_code == 422 and reply.json()["error"]["message"]


def test_rules_are_listed_in_both_languages(http: httpx.Client):
    rules = http.get("/api/rules").json()
    assert [rule["id"] for rule in rules] == [f"AGC{number:03}" for number in range(1, 13)]
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
def test_nothing_outside_the_site_is_served(service: str, path: str):
    """As the address stands, which a client such as httpx would tidy up."""
    host, port = service.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 60) as opened:
        opened.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        assert opened.makefile("rb").readline() == b"HTTP/1.1 404 Not Found\r\n"


def test_the_api_documentation_needs_no_other_host(http: httpx.Client):
    page = http.get("/api/docs").text
    assert "swagger-ui" in page and "https://" not in page
    assert http.get("/api/openapi.json").json()["paths"].keys() == {
        "/api/ask",
        "/api/check",
        "/api/feedback",
        "/api/plan",
        "/api/rules",
        "/api/searches",
        "/api/site",
    }


def test_probes(http: httpx.Client):
    assert http.get("/livez").json() == {"status": "ok"}
    ready = http.get("/readyz").json()
    assert ready["status"] == "ok" and ready["sections"] > 400
