"""The service and its own description (/api/openapi.json) agree, whatever is sent."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

CONFIG = Path(__file__).parents[1] / "data/schemathesis.toml"
CASES = os.environ.get("SCHEMA_CASES", "25")  # per address and phase; `make nightly` sets more


@pytest.mark.slow
@pytest.mark.parametrize("store", ["kept", "off", "unusable"])
def test_every_answer_is_a_documented_one(serving, tmp_path: Path, store: str):
    """Schemathesis with all its checks, on a real service: valid, invalid and boundary requests."""
    (tmp_path / "file").write_text("a file where a folder should be")
    stores = {"kept": tmp_path / "votes.db", "off": "off", "unusable": tmp_path / "file/votes.db"}
    with serving(store=stores[store], max_waiting=10_000) as running:
        found = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIG, "run"),
                *(f"{running.url}/api/openapi.json", "--checks", "all", "--seed", "20261123"),
                *("--phases", "examples,coverage,fuzzing", "--max-examples", CASES, "--no-color"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
    assert "4 selected" in found.stdout


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/ask", "POST"),
        ("OPTIONS", "/api/feedback", "POST"),
        ("POST", "/api/rules", "GET"),
        ("DELETE", "/api/docs", "GET, HEAD"),
        ("PUT", "/api/openapi.json", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_taken_names_those_that_are(service: str, method: str, path: str, allowed: str):
    reply = httpx.request(method, service + path)
    assert (reply.status_code, reply.headers["allow"]) == (405, allowed)
    assert reply.json()["error"]["code"] == "method_not_allowed"


def test_the_documented_example_is_a_cluster(service: str):
    described = httpx.get(f"{service}/api/openapi.json").json()["paths"]["/api/check"]["post"]
    example = described["requestBody"]["content"]["application/json"]["example"]
    for form in ("json", "sarif", "markdown", "junit", "text"):
        reply = httpx.post(f"{service}/api/check", params={"format": form}, json=example)
        assert reply.status_code == 200
        assert reply.headers["content-type"].partition(";")[0] in described["responses"]["200"]["content"]
