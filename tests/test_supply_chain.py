"""What is delivered is known: the lock, its licences, its bill of materials, and an audit that is green only if run."""

import json
import socket
import sys
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from deploy import licences, sbom
from deploy.audit import CLEAN, FLAWED, NOT_RUN, audit
from deploy.lock import FILE, Locked, read_lock
from index.encoder import packaged

LOCK = read_lock()


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


# The lock
def test_starlette_is_without_the_advisories_that_were_known():
    """Up to CVE-2025-62727 (ranges), mended in 0.49.1: this holds where `make audit` has no source to ask."""
    locked = next(entry.version for entry in LOCK if entry.name == "starlette")
    assert min(Version(locked), Version(version("starlette"))) >= Version("0.49.1")


def test_every_pin_of_the_serving_set_is_in_the_lock(project: dict):
    extras = [requirement for extra in sbom.EXTRAS for requirement in project["optional-dependencies"][extra]]
    pins = {
        canonicalize_name(Requirement(requirement).name): str(Requirement(requirement).specifier)
        for requirement in project["dependencies"]
    }
    pins |= {
        canonicalize_name(Requirement(requirement).name): str(Requirement(requirement).specifier)
        for requirement in extras
    }
    locked = {entry.name: f"=={entry.version}" for entry in LOCK}
    assert {name: locked.get(name) for name in pins} == pins


def test_nothing_of_the_building_side_is_in_the_lock(project: dict):
    building = {
        canonicalize_name(Requirement(requirement).name) for requirement in project["optional-dependencies"]["build"]
    }
    assert "torch" in building
    assert building & {entry.name for entry in LOCK} == set()


MOST_MB = 400


def test_what_serves_is_small_and_has_no_cuda():
    names = [entry.name for entry in LOCK if entry.here]
    assert [name for name in names if name.startswith(("nvidia", "cuda", "triton", "torch"))] == []
    files = [file.locate() for name in names for file in distribution(name).files or [] if file.suffix != ".pyc"]
    installed = sum(Path(str(file)).stat().st_size for file in files if Path(str(file)).is_file())
    assert 100 < installed / 1e6 < MOST_MB


def test_the_lock_names_hashes_and_no_place():
    assert all(entry.hashes for entry in LOCK)
    text = FILE.read_text("utf-8")
    assert [word for word in ("://", "--index", "--extra-index", "--find-links", "file:", "git+") if word in text] == []


@pytest.mark.parametrize(
    "line",
    [
        "click==8.4.2",
        "click>=8 --hash=sha256:" + "0" * 64,
        "click @ https://files.example/click.whl --hash=sha256:" + "0" * 64,
    ],
)
def test_a_line_without_version_or_hash_is_no_lock(line: str):
    with pytest.raises(ValueError, match="click is not pinned"):
        read_lock(line)


def test_a_locked_package_is_installed_once_per_platform():
    here = [entry.name for entry in LOCK if entry.here]
    assert len(here) == len(set(here))
    assert "colorama" not in here or sys.platform == "win32"


def test_what_is_installed_is_what_is_locked():
    def installed(entry: Locked) -> str | None:
        try:
            return version(entry.name)
        except PackageNotFoundError:
            return None

    at_hand = {entry.name: (entry.version, installed(entry)) for entry in LOCK if entry.here}
    assert {name: pair for name, pair in at_hand.items() if pair[1] not in (pair[0], None)} == {}


# Licences


@pytest.fixture(scope="module")
def installed() -> list[tuple[str, str]]:
    return licences.listing()


@pytest.mark.skipif(sys.platform != "linux", reason="wheels bring other libraries elsewhere")
def test_the_list_of_licences_is_what_is_installed(installed: list[tuple[str, str]]):
    listed = [
        tuple(part.strip() for part in line.split("  ", 1)) for line in licences.FILE.read_text("utf-8").splitlines()
    ]
    assert listed == installed


def test_every_licence_is_allowed(installed: list[tuple[str, str]]):
    assert licences.forbidden(installed) == []


@pytest.mark.parametrize("expression", ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "MIT OR LicenseRef-Proprietary"])
def test_another_licence_is_not_allowed(expression: str):
    assert licences.forbidden([("some 1.0", expression), ("other 1.0", "MIT")]) == [("some 1.0", expression)]


# The bill of materials


def test_the_committed_bill_is_the_one_of_this_lock():
    """`document` validates against CycloneDX's schema; twice the same is without time and serial number."""
    assert sbom.FILE.read_text("utf-8") == sbom.document()


def test_the_bill_is_the_lock_and_the_model():
    parts = json.loads(sbom.FILE.read_text("utf-8"))["components"]
    hashes = {(part["name"], part.get("version")): {digest["content"] for digest in part["hashes"]} for part in parts}
    assert hashes.pop(("multilingual-e5-small-q4", None)) == {packaged.SHA256}
    assert hashes == {(entry.name, entry.version): set(entry.hashes) for entry in LOCK}
    assert all(digest["alg"] == "SHA-256" for part in parts for digest in part["hashes"])
    assert [part["name"] for part in parts if not part.get("licenses")] == []


# The audit


class Advisories(BaseHTTPRequestHandler):
    """Speaks OSV: `flawed` has an advisory, nothing else has."""

    flawed = ""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["package"]["name"]
        flaw = {"id": "TEST-2026-1", "modified": "2026-01-01T00:00:00Z", "summary": "a flaw", "affected": []}
        flaw["affected"] = [{"package": {"name": asked, "ecosystem": "PyPI"}, "versions": []}]
        body = json.dumps({"vulns": [flaw]} if asked == self.flawed else {}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture
def source(no_proxy: None) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Advisories) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


def test_an_audit_without_advisories_is_green(source: str):
    here = [entry for entry in LOCK if entry.here]
    assert audit(source) == (CLEAN, f"audit: no advisory for {len(here)} packages")


def test_an_advisory_is_red_and_named(source: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Advisories, "flawed", "starlette")
    locked = next(entry.version for entry in LOCK if entry.name == "starlette")
    assert audit(source) == (FLAWED, f"audit: advisories\nstarlette {locked}: TEST-2026-1")


def test_a_source_that_cannot_be_reached_is_not_run(no_proxy: None):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        code, message = audit(f"http://127.0.0.1:{closed.getsockname()[1]}/v1/query")
    assert code == NOT_RUN == 3
    assert message.startswith("audit: not run (")


def test_a_source_that_answers_something_else_is_not_run(source: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Advisories, "do_POST", lambda self: self.send_error(502))
    code, message = audit(source)
    assert (code, message[:16]) == (NOT_RUN, "audit: not run (")
