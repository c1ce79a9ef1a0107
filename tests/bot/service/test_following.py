"""A service over an index in a store: it follows while it is asked, says how old its index is, and goes on without."""

import os
import threading
from dataclasses import asdict
from itertools import cycle
from pathlib import Path

import pytest
from obstore.exceptions import GenericError
from patience import PATIENCE
from stores import Faulty, over
from twosites import FACTS, first_index, version_of, write_site

from bot.service.following import follower
from bot.service.live import Live
from bot.settings import Settings
from index.encoder.bundled import BundledEncoder
from index.encoder.protocol import Encoder
from index.errors import KbError
from index.remote.mirror import Mirror
from index.remote.pull import Bounds, reader_with
from index.remote.upload import begin, publish
from index.remote.waiting import wait_for

SWAPS = int(os.environ.get("SWAPS", "2"))  # `make nightly` sets more
QUESTION = next(iter(FACTS))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index of each of both versions."""
    folder = tmp_path_factory.mktemp("following")
    for version in "ab":
        first_index(write_site(folder / version, version), folder / f"{version}.index")
    return folder


@pytest.fixture
def store(built: Path) -> Faulty:
    """A store that holds version a."""
    store = Faulty()
    switch(store, built, "a")
    return store


def switch(store: Faulty, built: Path, version: str) -> str:
    async def work() -> str:
        bucket = over(store)
        return (await publish(bucket, built / f"{version}.index", await begin(bucket))).generation

    return wait_for(work())


def replica(store: Faulty, folder: Path, poll: float = 3600.0) -> Live:
    def follow(folder: Path, encoder: Encoder) -> Mirror:
        return Mirror(over(store), folder, reader_with(encoder), poll, Bounds())

    return Live(folder, "bundled", follow=follow)


def look(live: Live) -> None:
    assert live.mirror is not None
    if wait_for(live.mirror.look()):
        live.look()


def away(call: str, name: str) -> None:
    raise GenericError("GET https://host/?sig=SECRET - status code: 503")


def test_two_replicas_follow_under_questions_without_a_failed_or_mixed_answer(store: Faulty, built: Path, tmp_path):
    replicas = [replica(store, tmp_path / name, poll=0.01) for name in ("one", "two")]
    ended, answers, failures, asked = threading.Event(), list[set[str]](), list[BaseException](), [0, 0]

    def ask(number: int) -> None:
        for question in cycle(FACTS):
            if ended.is_set():
                return
            try:
                answers.append(version_of(asdict(replicas[number].bot.ask(question))))
            except BaseException as error:
                failures.append(error)
                return  # one is enough: thousands would fill the memory
            asked[number] += 1

    threads = [threading.Thread(target=ask, args=[number], daemon=True) for number in range(2)]
    with replicas[0].watching(0.01), replicas[1].watching(0.01):
        for thread in threads:
            thread.start()
        try:
            for _, version in zip(range(SWAPS), cycle("ba"), strict=False):
                generation, before = switch(store, built, version), [*asked]
                for _ in range(PATIENCE * 100):
                    shown = {replica.bot.topics.index.manifest.generation for replica in replicas}
                    each_again = all(now >= was + 2 for now, was in zip(asked, before, strict=True))
                    if failures or (shown == {generation} and each_again):
                        break
                    ended.wait(0.01)
                assert (failures, shown) == ([], {generation})
        finally:
            ended.set()
            for thread in threads:
                thread.join(PATIENCE)
    assert failures == []
    assert {frozenset(answer) for answer in answers} == {frozenset("a"), frozenset("b")}


def test_the_probe_and_the_metrics_say_how_old_the_index_is_and_why(store: Faulty, built: Path, client, tmp_path: Path):
    live = replica(store, tmp_path / "index")
    with client(over=live) as http:
        ready = http.get("/readyz").json()
        assert (ready["degraded"], ready["index_store"]["trouble"]) == ([], None)
        assert 0 <= ready["index_store"]["seconds"] < PATIENCE
        assert 'kb_index_store_failures_total{trouble="unreachable"} 0.0' in http.get("/metrics").text

        store.fail = away
        look(live)
        ready = http.get("/readyz").json()
        assert (ready["status"], ready["degraded"], ready["newer_index_refused"]) == ("ok", ["index_store"], False)
        assert ready["index_store"]["trouble"] == "unreachable"
        metrics = http.get("/metrics").text
        assert 'kb_index_store_failures_total{trouble="unreachable"} 1.0' in metrics
        assert "kb_index_store_age_seconds " in metrics
        assert version_of(http.post("/api/ask", json={"question": QUESTION}).json()) == {"a"}

        store.fail = lambda call, name: None
        generation = switch(store, built, "b")
        store.inside.delete(f"{generation}/words.txt")
        look(live)
        ready = http.get("/readyz").json()
        assert (ready["degraded"], ready["index_store"]["trouble"]) == (["index_store"], "missing")

        store.inside.put(f"{generation}/words.txt", b"damaged")
        look(live)
        ready = http.get("/readyz").json()
        assert (ready["newer_index_refused"], ready["degraded"]) == (True, ["index"])

        switch(store, built, "b")  # mends it
        look(live)
        ready = http.get("/readyz").json()
        assert (ready["generation"], ready["degraded"]) == (generation, [])


def test_a_service_over_a_folder_tells_nothing_of_a_store(client):
    with client() as http:
        assert "index_store" not in http.get("/readyz").json()
        assert "kb_index_store" not in http.get("/metrics").text


def test_a_start_without_the_store_serves_what_was_kept_and_says_why(store: Faulty, tmp_path: Path):
    assert replica(store, tmp_path / "index").behind is None
    store.fail = away
    live = replica(store, tmp_path / "index")
    assert live.behind == "s3://tests/kb: cannot be used (503)"
    assert version_of(asdict(live.bot.ask(QUESTION))) == {"a"}


def test_the_settings_choose_store_folder_and_bounds(tmp_path: Path):
    address = f"file://{tmp_path}/share"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.service.following.store_at", lambda given: over(Faulty()) if given == address else None)
        follow = follower(Settings(index=address, index_poll=7, index_largest_gb=0.5))
        assert follow is not None
        mirror = follow(tmp_path, BundledEncoder())
    assert (mirror.poll, mirror.folder, mirror._bounds.largest) == (7, tmp_path, 1 << 29)
    assert follower(Settings(index=tmp_path)) is None


def test_what_a_store_has_must_be_of_the_model_of_the_settings(store: Faulty, tmp_path: Path):
    def follow(folder: Path, encoder: Encoder) -> Mirror:
        from casework import FakeEncoder

        return Mirror(over(store), folder, reader_with(FakeEncoder()), 1, Bounds())

    with pytest.raises(KbError, match="the index was built with bundled, settings ask for fake"):
        Live(tmp_path, "bundled", follow=follow)
