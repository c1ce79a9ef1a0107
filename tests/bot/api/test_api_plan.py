"""POST /api/plan."""

import json
from pathlib import Path

import httpx
import jsonschema
import pytest

JSON = {"content-type": "application/json"}
KUBENET = {
    "name": "old",
    "resourceGroup": "rg",
    "kubernetesVersion": "1.31",
    "networkProfile": {"networkPlugin": "kubenet", "networkPolicy": None},
    "agentPoolProfiles": [{"name": "np"}],
}

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def http(client):
    with client() as http:
        yield http


def test_a_plan_has_the_documented_form_in_the_readers_language(http: httpx.Client, root: Path):
    schema = json.loads((root / "bot/checks/plan.schema.json").read_text("utf-8"))
    for lang, sentence in (("en", "old: steps left to CNI Overlay"), ("ja", "old: CNI オーバーレイまで")):
        reply = http.post("/api/plan", params={"to": "overlay", "lang": lang}, json=KUBENET)
        assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json")
        jsonschema.validate(reply.json(), schema)
        assert reply.json()["plans"][0]["summary"].startswith(sentence)
    spoken = http.post("/api/plan", params={"to": "agc"}, json=KUBENET, headers={"accept-language": "ja"})
    assert "ステップ" in spoken.json()["plans"][0]["summary"]


@pytest.mark.parametrize(("form", "media"), [("text", "text/plain"), ("markdown", "text/markdown")])
def test_a_plan_is_also_for_people(http: httpx.Client, form: str, media: str):
    reply = http.post("/api/plan", params={"to": "agc", "format": form, "lang": "en"}, json=KUBENET)
    assert reply.headers["content-type"] == f"{media}; charset=utf-8"
    assert "az aks update --resource-group rg --name old --network-plugin azure" in reply.text


def test_what_cannot_be_planned_is_refused(http: httpx.Client):
    assert http.post("/api/plan", json=KUBENET).status_code == 422
    assert http.post("/api/plan", params={"to": "moon"}, json=KUBENET).status_code == 422
    lost = http.post("/api/plan", params={"to": "agc"}, json=[{"addressPrefix": "10.0.0.0/24"}]).json()["error"]
    assert (lost["code"], lost["input"]["missing"][0]["key"]) == ("needs-cluster", "aks")
    bad = http.post("/api/plan", params={"to": "agc"}, content=b'{\n "aks": nope}', headers=JSON).json()["error"]
    assert (bad["code"], bad["line"], bad["column"]) == ("not-json", 2, 9)
