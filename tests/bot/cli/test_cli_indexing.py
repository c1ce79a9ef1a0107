"""`kb index --to ADDRESS`, and every command that reads an index from an address."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from twosites import FACTS, write_site

from bot.cli.kb import kb
from index import build as building
from index.encoder.bundled import BundledEncoder
from index.remote import upload
from index.storage.store import read_manifest

QUESTION = next(iter(FACTS))
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`kb …` in this process, over version a of a small site; its answering encoder embeds, without torch."""
    write_site(tmp_path / "site", "a")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KB_SITE", "site")
    monkeypatch.setattr(building, "building_encoder", lambda model: BundledEncoder())

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(kb, arguments)

    return run


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"file://{tmp_path}/share/kb"


def test_all_versions_of_a_site_are_published_and_told(run: Run, address: str, tmp_path: Path):
    for version in ("1.0", "2.0"):
        write_site(tmp_path / "site" / version, version)
    (tmp_path / "site/index.html").unlink()
    (tmp_path / "site/versions.json").write_text('[{"version": "1.0", "aliases": ["latest"]}, {"version": "2.0"}]')
    output = run("index", "--to", address).output
    assert "2 versions: 1.0 (latest), 2.0; 1.0 is read by default" in output
    for given, version in [((), "1.0"), (("--version", "2.0"), "2.0"), (("--version", "latest"), "1.0")]:
        asked = json.loads(run("ask", "--index", address, "--json", *given, QUESTION).output)
        assert (asked["version"], asked["citations"][0]["section"]) == (version, f"{version}/index#fact0-{version}")
    refused = run("ask", "--index", address, "--version", "3.0", QUESTION)
    assert (refused.exit_code, "There are: 1.0, 2.0." in refused.output) == (2, True)


def test_all_sites_of_a_file_are_indexed_and_one_that_cannot_be_stops_no_other(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "empty").mkdir()
    sites = [("none", "empty"), ("one", "site")]
    text = "".join(f'[[site]]\nname = "{name}"\nsite = "{folder}"\n' for name, folder in sites)
    (tmp_path / "sites.toml").write_text(text)
    monkeypatch.setenv("KB_SITES", "sites.toml")
    done = run("index")
    assert done.exit_code == 2
    assert "site.index: 6 sections in en" in done.output
    assert "none: empty: no HTML page with text found." in done.output
    monkeypatch.setenv("KB_SITES", "nowhere.toml")
    refused = run("serve")
    assert (refused.exit_code, "nowhere.toml: cannot be read" in refused.output) == (2, True)


def test_an_index_is_published_read_and_changed(run: Run, address: str, tmp_path: Path):
    done = run("index", "--to", address)
    generation = read_manifest(tmp_path / "site.index").generation
    assert (done.exit_code, f"{address}: generation {generation} is published (" in done.output) == (0, True)
    again = run("index", "--to", address).output
    assert f"{address}: has generation {generation} already, and it is whole (0 old" in again
    asked = run("ask", "--index", address, "--lang", "en", QUESTION)
    assert (asked.exit_code, "#fact0-a" in asked.output) == (0, True)

    shutil.rmtree(tmp_path / "site.index")  # a builder that begins with an empty disk
    write_site(tmp_path / "site", "b")
    changed = run("index", "--index", address)
    assert (", 0 embedded now" in changed.output, "is published" in changed.output) == (True, True)
    assert "#fact0-b" in run("ask", "--index", address, "--lang", "en", QUESTION).output

    shutil.rmtree(tmp_path / "share")  # and without the store it goes on
    asked = run("ask", "--index", address, "--lang", "en", QUESTION)
    assert "#fact0-b" in asked.output
    warning = "kb: the index from the last time is used, because its store cannot be followed: "
    assert f"{warning}{address}: there is no such folder" in asked.output


def test_another_builder_was_first(run: Run, address: str, monkeypatch: pytest.MonkeyPatch):
    publish = upload.publish

    async def late(bucket, folder, before):
        await publish(bucket, folder, before)
        (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes() + b"\n")  # ours is another
        return await publish(bucket, folder, before)

    monkeypatch.setattr(upload, "publish", late)
    done = run("index", "--to", address)
    assert (done.exit_code, f"kb: {address}: another builder published its index meanwhile" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["index", "--to", "folder"],
            "kb: folder: no address of an object store or a database. Give one such as s3://bucket/path",
        ),
        (["index", "--to", "s3://key:SECRET@bucket/kb"], "kb: s3://bucket/kb: no address of an object store"),
        (["index", "--index", "az://c/kb?sig=SECRET"], "kb: settings: KB_INDEX='az://c/kb': name a folder, or an"),
        (["serve", "--watch", "--index", "s3://bucket/kb"], "kb: s3://bucket/kb: --watch shows an author's own"),
        (["index", "nothing", "--to", "s3://bucket/kb"], "kb: nothing: no such folder. Build the site first"),
        (["ask", "--index", "file:///nowhere/kb", "hi"], "kb: file:///nowhere/kb: there is no such folder"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(run: Run, arguments: list[str], words: str):
    done = run(*arguments)
    assert (done.exit_code, done.output.startswith(words)) == (2, True), done.output
    assert "SECRET" not in done.output


def test_several_sites_are_not_watched(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_SITES", "sites.toml")
    done = run("serve", "--watch")
    assert (done.exit_code, done.output.startswith("kb: sites.toml: --watch shows an author's changes of one")) == (
        2,
        True,
    )


def test_the_extra_is_named_where_its_package_is_missing(run: Run, address: str, monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "obstore"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "obstore", None)
    for arguments in (["index", "--to", address], ["ask", "--index", address, "hi"], ["serve", "--index", address]):
        done = run(*arguments)
        assert (done.exit_code, done.output) == (2, "kb: obstore is not installed. Run: pip install '.[cloud]'\n")
