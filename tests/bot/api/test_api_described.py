"""What the API says of itself: meanings, examples, limits, addresses, and the language of its refusals."""

import re
from typing import Any

import httpx
import jsonschema
import pytest

from bot.language import say

QUESTION = {"question": "Can I upgrade from kubenet?"}
SITE = "https://docs.example/base/"


@pytest.fixture(scope="module")
def http(client):
    with client(site_url=SITE, max_question=40, max_history=60) as http:
        yield http


@pytest.fixture(scope="module")
def openapi(http: httpx.Client) -> dict[str, Any]:
    return http.get("/api/openapi.json").json()


def described(schema: dict[str, Any]) -> bool:
    return len(schema.get("description", "")) > 4 and bool(schema.get("examples") or "example" in schema)


def test_every_field_has_a_meaning_and_an_example(openapi: dict[str, Any]):
    """Those of reports and plans have a whole example, which the service made."""
    fields = {
        f"{name}.{field}": field_schema
        for name, schema in openapi["components"]["schemas"].items()
        for field, field_schema in schema.get("properties", {}).items()
    }
    assert len(fields) > 80 and [name for name, field in fields.items() if not field.get("description")] == []
    single = {name: field for name, field in fields.items() if not re.match("(First)?Findings|Plans", name)}
    assert len(single) > 40 and [name for name, field in single.items() if not described(field)] == []


@pytest.mark.parametrize("path", ["/api/check", "/api/plan"])
def test_the_example_of_a_report_is_what_the_service_answers(http: httpx.Client, openapi: dict[str, Any], path: str):
    operation = openapi["paths"][path]["post"]
    body = operation["requestBody"]["content"]["application/json"]["example"]
    answered = operation["responses"]["200"]["content"]["application/json"]
    reply = http.post(path, params={"lang": "en", "to": "overlay"}, json=body)
    assert reply.json() == answered["example"]
    jsonschema.validate(answered["example"], {**answered["schema"], "components": openapi["components"]})


def test_a_report_of_the_form_before_is_described_too(http: httpx.Client, openapi: dict[str, Any]):
    body = openapi["paths"]["/api/check"]["post"]["requestBody"]["content"]["application/json"]["example"]
    first = http.post("/api/check", params={"schema": "1"}, json=body).json()
    whole = {"$ref": "#/components/schemas/FirstFindings", "components": openapi["components"]}
    jsonschema.validate(first, whole)


def test_so_has_every_parameter(openapi: dict[str, Any]):
    operations = [operation for path in openapi["paths"].values() for operation in path.values()]
    parameters = [parameter for operation in operations for parameter in operation.get("parameters", [])]
    assert len(parameters) == 11
    assert [parameter["name"] for parameter in parameters if not described({**parameter["schema"], **parameter})] == []


def test_examples_are_what_the_schema_takes(openapi: dict[str, Any]):
    for schema in openapi["components"]["schemas"].values():
        for described in schema.get("properties", {}).values():
            whole = {**described, "components": openapi["components"]}
            for example in described.get("examples", ()):
                jsonschema.validate(example, whole)
        for example in schema.get("examples", []):
            jsonschema.validate(example, {**schema, "components": openapi["components"]})


def test_every_address_has_a_tag_that_is_explained_and_a_name_of_its_own(openapi: dict[str, Any]):
    operations = [operation for path in openapi["paths"].values() for operation in path.values()]
    explained = {tag["name"] for tag in openapi["tags"] if tag["description"]}
    assert {tag for operation in operations for tag in operation["tags"]} == explained
    names = sorted(operation["operationId"] for operation in operations)
    assert names == ["ask", "check", "feedback", "plan", "rules", "searches", "site"]
    assert len(openapi["info"]["description"]) > 100


def test_the_servers_are_this_one_and_the_public_one(openapi: dict[str, Any]):
    assert [server["url"] for server in openapi["servers"]] == ["/", "https://docs.example/base"]


def test_the_limits_of_the_schema_are_those_of_the_service(http: httpx.Client, openapi: dict[str, Any]):
    schemas = openapi["components"]["schemas"]
    asked = schemas["Question"]["properties"]["question"]
    assert (asked["minLength"], asked["maxLength"]) == (1, 40)
    assert schemas["Asked"]["properties"]["question"]["maxLength"] == 60
    assert schemas["Vote"]["properties"]["question"]["maxLength"] == 40
    for length, status in ((40, 200), (41, 413)):
        assert http.post("/api/ask", json={"question": "a" * length}).status_code == status
    for length, status in ((60, 200), (61, 413)):
        body = {"question": "a", "history": [{"question": "a" * length}]}
        assert http.post("/api/ask", json=body).status_code == status


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\u3000", "\x1c\u2028"])
def test_an_empty_question_is_refused_in_the_readers_language(
    http: httpx.Client, openapi: dict[str, Any], question: str
):
    for lang in ("ja", "en"):
        for more in ({"headers": {"accept-language": lang}}, {}):
            body = {"question": question} | ({} if more else {"lang": lang})
            reply = http.post("/api/ask", json=body, **more)
            error = {"code": "question_empty", "message": say(lang, "errors", "question_empty")}
            assert (reply.status_code, reply.json()) == (422, {"error": error})
    asked = openapi["components"]["schemas"]["Question"]["properties"]["question"]
    assert re.search(asked["pattern"], question) is None and re.search(asked["pattern"], f"{question}？")


@pytest.mark.parametrize(
    "body", [{}, {"question": 5}, {"question": "a", "lang": "de"}, {"question": "a", "history": [5]}, 5, []]
)
def test_a_body_of_another_form_is_refused_in_the_readers_language(http: httpx.Client, body: object):
    message = http.post("/api/ask", json=body, headers={"accept-language": "ja"}).json()["error"]["message"]
    assert "ください" in message or "指定されていません" in message
    assert not re.search("should|must|valid|required", message, re.IGNORECASE)


@pytest.mark.parametrize("query", [{"format": "pdf"}, {"planned": "party"}, {"lang": "de"}, {"schema": "3"}])
def test_so_is_a_parameter(http: httpx.Client, query: dict[str, str]):
    reply = http.post("/api/check", params=query, json={}, headers={"accept-language": "ja"})
    message = reply.json()["error"]["message"]
    assert reply.status_code == 422 and "いずれかを指定してください" in message and " or " not in message


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-US,en;q=0.9,ja;q=0.8", "en"),
        ("en;q=0.1,JA;q=0.2", "ja"),
        ("fr,ja;q=0.5", "ja"),
        ("fr,*;q=0.5", "en"),
        ("ja;q=0,fr", "en"),
        ("jam", "en"),
        ("ja;q=x", "ja"),
        ("", "en"),
    ],
)
def test_the_readers_language_is_what_the_browser_weighs_most(http: httpx.Client, header: str, lang: str):
    reply = http.get("/api/none", headers={"accept-language": header})
    assert reply.json()["error"]["message"] == say(lang, "errors", "not_found")


def addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [address for name, address in value.items() if name.endswith("url") and isinstance(address, str)]
        return own + [address for inner in value.values() for address in addresses(inner)]
    return [address for inner in value for address in addresses(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("question", ["Can I upgrade from kubenet?", "is a /26 subnet supported?"])
def test_addresses_are_whole_if_they_are_asked_for(http: httpx.Client, question: str):
    for _ in range(2):  # the second time it is remembered
        plain = http.post("/api/ask", json={"question": question}).json()
        whole = http.post("/api/ask", params={"urls": "absolute"}, json={"question": question}).json()
        paths = addresses(plain)
        assert paths and addresses(whole) == [f"{SITE}{url[1:]}" if url.startswith("/") else url for url in paths]
        assert {**whole, "took_ms": 0} != {**plain, "took_ms": 0} and whole["answer"] == plain["answer"]


def test_so_are_those_of_the_rules(http: httpx.Client):
    plain, whole = (http.get("/api/rules", params=query).json() for query in ({}, {"urls": "absolute"}))
    assert (plain[0]["url"]["ja"], whole[0]["url"]["ja"]) == ("/rules/agc001/", f"{SITE}rules/agc001/")
    assert http.get("/api/rules", params={"urls": "some"}).status_code == 422
