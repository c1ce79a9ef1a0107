"""A new index is taken up while the service runs, a bad one is not, and each answer is of one index."""

import json
import logging
import shutil
import threading
from dataclasses import asdict
from pathlib import Path

import pytest
from patience import until
from twosites import FACTS, first_index, version_of, write_site

from bot.service import live as module
from bot.service.live import Live
from index.build import build
from index.errors import KbError
from index.storage.store import read_manifest

QUESTION = next(iter(FACTS))


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both versions of the site and an index of version a."""
    folder = tmp_path_factory.mktemp("live")
    first_index(write_site(folder / "a", "a"), folder / "index")
    write_site(folder / "b", "b")
    return folder


@pytest.fixture
def folder(indexed: Path, tmp_path: Path) -> Path:
    shutil.copytree(indexed, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def live(folder: Path) -> Live:
    return Live(folder / "index", "bundled")


def answered_by(live: Live) -> set[str]:
    return version_of(asdict(live.bot.ask(QUESTION)))


def swap(folder: Path, version: str) -> str:
    manifest, embedded = build(folder / version, folder / "index", "bundled")
    assert embedded == 0
    return manifest.generation


def test_it_asks_like_a_bot(live: Live):
    answer = live.bot.ask(QUESTION, None, ["an earlier question"])
    assert (answer.status, answer.citations[0].section) == ("answered", "index#fact0-a")
    assert (live.bot.langs, live.bot.topics.index.manifest.sections) == (("en",), 6)


def test_a_new_index_is_taken_up(live: Live, folder: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO, "kb")
    before, old = live.bot, live.bot.topics.index.manifest.generation
    generation = swap(folder, "b")
    assert answered_by(live) == {"a"}
    live.look()
    assert answered_by(live) == {"b"}
    assert live.bot.topics.index.manifest.generation == generation
    assert [record.kb for record in caplog.records] == [{"generation": generation, "before": old, "sections": 6}]
    assert version_of(asdict(before.ask(QUESTION))) == {"a"}  # a request under way ends with the index it began with


def test_nothing_is_loaded_while_nothing_changes(live: Live, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module.Bot, "over", lambda *_: pytest.fail("loaded"))
    live.look()


def watchers() -> set[threading.Thread]:
    """Those of this process; other threads come and go."""
    return {thread for thread in threading.enumerate() if thread.name == "kb-index-watch"}


def test_the_thread_looks_by_itself_and_ends(live: Live, folder: Path):
    before = watchers()
    with live.watching(poll=0.01):
        (watcher,) = watchers() - before
        generation = swap(folder, "b")
        until(lambda: live.bot.topics.index.manifest.generation == generation)
        assert answered_by(live) == {"b"}
    assert not watcher.is_alive()


def damage(folder: Path) -> None:
    manifest = read_manifest(folder)
    file = folder / manifest.generation / "vectors.faiss"
    file.write_bytes(file.read_bytes()[:-1])


def forget_the_generation(folder: Path) -> None:
    shutil.rmtree(folder / read_manifest(folder).generation)


def cut_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{", "utf-8")


def other_format(folder: Path) -> None:
    (folder / "manifest.json").write_text(json.dumps({"format": 1}), "utf-8")


@pytest.mark.parametrize("harm", [damage, forget_the_generation, cut_the_manifest, other_format, shutil.rmtree])
def test_a_bad_index_is_refused_once_and_the_old_one_serves(
    live: Live, folder: Path, harm, caplog: pytest.LogCaptureFixture
):
    swap(folder, "b")
    harm(folder / "index")
    for _ in range(3):
        live.look()
        assert answered_by(live) == {"a"}
        assert live.refused is not None and live.refused.endswith(" Run: kb index")
    (logged,) = caplog.records
    assert logged.levelname == "ERROR"
    assert logged.kb == {"serving": live.bot.topics.index.manifest.generation, "why": live.refused}
    first_index(folder / "b", folder / "index")  # what the message says
    live.look()
    assert (answered_by(live), live.refused) == ({"b"}, None)


@pytest.mark.parametrize(("retry", "version"), [(3600.0, "a"), (-1.0, "b")])
def test_a_passing_fault_of_the_machine_is_tried_again_after_a_while(
    folder: Path, monkeypatch: pytest.MonkeyPatch, retry: float, version: str
):
    live = Live(folder / "index", "bundled", retry)
    swap(folder, "b")
    with monkeypatch.context() as patched:
        patched.setattr(module.Bot, "over", lambda *_: (_ for _ in ()).throw(MemoryError("too many")))
        live.look()
    assert (answered_by(live), live.refused) == ({"a"}, "too many")
    live.look()
    assert (answered_by(live), live.refused) == ({version}, "too many" if version == "a" else None)


def test_without_a_good_index_it_does_not_start(folder: Path):
    damage(folder / "index")
    with pytest.raises(KbError, match=r"damaged \(SHA-256 differs\)\. Run: kb index"):
        Live(folder / "index", "bundled")
