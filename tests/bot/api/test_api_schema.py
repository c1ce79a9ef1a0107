"""The service and its own description (/api/openapi.json) agree, whatever is sent."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.answering.ask import Bot
from bot.api import create_app
from bot.service.desk import Desk
from bot.service.store import Store
from bot.settings import Settings

CONFIG = Path(__file__).parents[2] / "data/schemathesis.toml"
# Per address and phase, the same ones each time; `make nightly` sets more and draws new ones.
CASES = os.environ.get("SCHEMA_CASES", "4")
DRAWN = [] if "SCHEMA_CASES" in os.environ else ["--seed", "20261123", "--generation-deterministic"]


def schemathesis(address: str, folder: Path, *more: str) -> str:
    """What it reports of valid, invalid and boundary requests under all its checks."""
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIG, "run"]
    given = ["--checks", "all", "--phases", "examples,coverage,fuzzing", "--no-color", "--max-examples", CASES]
    done = subprocess.run(
        [*command, f"{address}/api/openapi.json", *given, *DRAWN, *more],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
def test_every_answer_is_a_documented_one(bot: Bot, site_dir: Path, listening, tmp_path: Path):
    settings = Settings(site=site_dir, rate_limit="off", max_waiting=10_000)
    with listening(create_app(Desk(settings, bot, Store(tmp_path / "votes.db")))) as address:
        assert "7 selected" in schemathesis(address, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("store", [pytest.param("off", marks=pytest.mark.nightly), "unusable"])
def test_so_is_every_answer_where_no_vote_can_be_kept(bot: Bot, listening, tmp_path: Path, store: str):
    (tmp_path / "file").write_text("a file where a folder should be")
    kept = None if store == "off" else Store(tmp_path / "file/votes.db")
    app = create_app(Desk(Settings(site=tmp_path / "none", rate_limit="off"), bot, kept))
    with listening(app) as address:
        assert "1 selected" in schemathesis(address, tmp_path, "--include-path", "/api/feedback")


@pytest.fixture(scope="module")
def http(client):
    with client() as http:
        yield http


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
def test_a_method_that_is_not_taken_names_those_that_are(http: httpx.Client, method: str, path: str, allowed: str):
    reply = http.request(method, path)
    assert (reply.status_code, reply.headers["allow"]) == (405, allowed)
    assert reply.json()["error"]["code"] == "method_not_allowed"


def test_the_documented_example_is_a_cluster(http: httpx.Client):
    described = http.get("/api/openapi.json").json()["paths"]["/api/check"]["post"]
    example = described["requestBody"]["content"]["application/json"]["example"]
    for form in ("json", "sarif", "markdown", "junit", "text"):
        reply = http.post("/api/check", params={"format": form}, json=example)
        assert reply.status_code == 200
        assert reply.headers["content-type"].partition(";")[0] in described["responses"]["200"]["content"]
