"""Whatever a store does, a replica keeps its last good index, says what is wrong, and takes up the next good one."""

import errno
import json
import os
import threading
from collections.abc import Callable, Iterator

import pytest
from scenes import SIGNED, Scene, break_down, flip_a_bit, lose_the_pointer, refuse, text_of
from stores import Stall, mirror, over, published, run

from index.remote.bucket import LARGEST_POINTER
from index.remote.trouble import Trouble
from index.storage.disk import sha256
from index.storage.store import _name, read_manifest

MANY = {f"{chr(97 + n % 26)}.{chr(97 + n // 26)}": "" for n in range(65)}


def cut_a_file(scene: Scene) -> None:
    place = f"{scene.publish('two').generation}/sections.jsonl"
    scene.put(place, bytes(scene.store.inside.get(place).bytes())[:-1])


def lose_a_file(scene: Scene) -> None:
    scene.store.inside.delete(f"{scene.publish('two').generation}/words.txt")


def lose_the_generation(scene: Scene) -> None:
    generation = scene.publish("two").generation
    scene.store.inside.delete([entry["path"] for group in scene.store.inside.list(generation) for entry in group])


def other_files(name: str) -> Callable[[Scene], None]:
    def harm(scene: Scene) -> None:
        files = scene.publish("two").files
        scene.pointed(files={**files, name: "0" * 64})

    return harm


def of(content: bytes) -> Callable[[Scene], None]:
    return lambda scene: scene.put("manifest.json", content)


def panic(scene: Scene) -> None:
    class PanicError(BaseException):
        """As a library of another language raises it."""

    def fail(call: str, name: str) -> None:
        raise PanicError("sig=SECRET")

    scene.publish("two")
    scene.store.fail = fail


def go_away_half_way(scene: Scene) -> None:
    def fail(call: str, name: str) -> None:
        if call == "get_range" and name.endswith("words.txt"):
            raise ConnectionResetError(SIGNED)

    scene.publish("two")
    scene.store.fail = fail


@pytest.mark.parametrize(
    ("harm", "trouble", "why"),
    [
        (flip_a_bit, Trouble.DAMAGED, "vectors.faiss: damaged (SHA-256 differs). Run: kb index --to s3://tests/kb"),
        (cut_a_file, Trouble.DAMAGED, "sections.jsonl: damaged (SHA-256 differs)"),
        (lose_a_file, Trouble.MISSING, "words.txt: there is no such object"),
        (lose_the_generation, Trouble.MISSING, "there is no such object"),
        (lose_the_pointer, Trouble.MISSING, "there is no index here yet. Run: kb index --to s3://tests/kb"),
        (of(b""), Trouble.DAMAGED, "manifest.json: not a manifest"),
        (of(b"{"), Trouble.DAMAGED, "manifest.json: not a manifest"),
        (of(b"[" * 60_000), Trouble.DAMAGED, "manifest.json: not a manifest"),
        (of(b"x" * (LARGEST_POINTER + 1)), Trouble.DAMAGED, "manifest.json: too large for a manifest"),
        (of(b'{"format": 3}'), Trouble.DAMAGED, "index format 3, this version reads"),
        (lambda scene: scene.pointed(generation="../../etc"), Trouble.DAMAGED, "its generation has another name"),
        (lambda scene: scene.pointed(generation="0" * 16), Trouble.DAMAGED, "its generation has another name"),
        (other_files("../passwd.txt"), Trouble.DAMAGED, "it names files as no index does"),
        (other_files("/etc/passwd"), Trouble.DAMAGED, "it names files as no index does"),
        (other_files("a.b\n"), Trouble.DAMAGED, "it names files as no index does"),
        (lambda scene: scene.pointed(files=MANY), Trouble.DAMAGED, "an index has not 65 files"),
        (lambda scene: scene.publish("two", model_digest="another"), Trouble.UNFIT, "the index was built with fake"),
        (lambda scene: scene.publish("two", canary="AAA="), Trouble.UNFIT, "s3://tests/kb: the index has 1 dimensions"),
        (lambda scene: scene.publish("two", canary="A"), Trouble.UNFIT, "holds no vector of the encoder"),
        (lambda scene: scene.publish("two " * 50_000), Trouble.UNFIT, "more than the 100,000 of KB_INDEX_LARGEST_GB"),
        (other_files("other.txt"), Trouble.MISSING, ": there is no such object"),
        (refuse, Trouble.DENIED, "s3://tests/kb: access denied (403). Check the identity"),
        (break_down, Trouble.UNREACHABLE, "s3://tests/kb: cannot be used (500)"),
        (panic, Trouble.CACHE, "s3://tests/kb: PanicError"),
        (go_away_half_way, Trouble.UNREACHABLE, "s3://tests/kb: cannot be used (500)"),
    ],
)  # fmt: skip
def test_the_last_good_index_stays_until_there_is_a_better_one(
    scene: Scene, harm: Callable[[Scene], None], trouble: Trouble, why: str, caplog: pytest.LogCaptureFixture
):
    harm(scene)
    for _ in range(2):
        assert run(scene.mirror.look()) is False
    assert (scene.mirror.trouble, scene.mirror.troubles) == (trouble, {trouble: 2})
    assert text_of(scene.replica) == "one"
    (logged,) = caplog.records  # once, not at each look
    assert logged.kb["trouble"] == trouble
    assert why in logged.kb["why"]
    assert "SECRET" not in caplog.text
    kept = {read_manifest(scene.replica).generation, "manifest.json", ".lock"}
    assert {file.name for file in scene.replica.iterdir()} == kept  # what was refused fills no disk

    scene.store.fail = lambda call, name: None
    scene.store.inside.delete("manifest.json")
    published(scene.bucket, scene.built, "three")
    assert (run(scene.mirror.look()), scene.mirror.trouble) == (True, None)
    assert text_of(scene.replica) == "three"


def test_a_full_disk_is_told_as_that_of_this_machine(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    scene.publish("two")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert mirror(scene.bucket, scene.replica).start() == (
            f"{scene.replica}: cannot keep the index of s3://tests/kb (No space left on device). "
            "Make room, or choose another folder with KB_INDEX_CACHE"
        )
    assert text_of(scene.replica) == "one"
    assert (run(scene.mirror.look()), text_of(scene.replica)) == (True, "two")


def test_files_that_cannot_be_read_as_an_index_are_refused_before_the_pointer_moves(scene: Scene):
    """All digests are right: another version wrote them, or somebody who means harm."""
    scene.publish("two")
    raw = json.loads((scene.built / "manifest.json").read_text("utf-8"))
    place = raw["generation"]
    files = {name: bytes(scene.store.inside.get(f"{place}/{name}").bytes()) for name in raw["files"]}
    files["vectors.faiss"] = b"nothing that FAISS reads"
    digests = {name: sha256(content) for name, content in files.items()}
    generation = _name(raw["model_digest"], digests)
    for name, content in files.items():
        scene.put(f"{generation}/{name}", content)
    scene.pointed(files=digests)
    assert run(scene.mirror.look()) is False
    assert (scene.mirror.trouble, text_of(scene.replica)) == (Trouble.UNFIT, "one")


@pytest.fixture
def stall() -> Iterator[Stall]:
    stall = Stall()
    yield stall
    stall.answering.set()


def test_a_store_that_stalls_is_given_up_and_holds_up_nobody(scene: Scene, stall: Stall):
    scene.publish("two")
    scene.store.fail = stall
    slow = mirror(over(scene.store, call=0.05), scene.replica, poll=0.1)
    assert slow.start() == "s3://tests/kb: cannot be used (no answer)"
    assert (slow.trouble, text_of(scene.replica)) == (Trouble.UNREACHABLE, "one")


def test_a_start_with_an_index_from_before_waits_for_nothing_long(scene: Scene, stall: Stall):
    """A large generation, or a network that swallows everything: it is brought while the service answers."""
    scene.publish("two")
    scene.store.fail = lambda call, name: stall(call, name) if call == "get_range" else None
    again = mirror(scene.bucket, scene.replica, soon=0.05)
    assert again.start() == "s3://tests/kb: nothing newer within 0.05 seconds"
    assert text_of(scene.replica) == "one"
    stall.answering.set()
    assert (run(again.look()), again.trouble, text_of(scene.replica)) == (True, None, "two")


def test_a_process_ends_while_a_call_is_under_way(scene: Scene):
    asked, answered, over = threading.Event(), threading.Event(), list[str]()

    def fail(call: str, name: str) -> None:
        asked.set()
        answered.wait(60)
        over.append(call)

    scene.store.fail = fail
    try:
        with scene.mirror.watching(lambda: None):
            assert asked.wait(60)
        assert over == []
    finally:
        answered.set()


def test_a_generation_that_takes_too_long_is_given_up(scene: Scene, stall: Stall):
    scene.publish("two")
    scene.store.fail = lambda call, name: stall(call, name) if call == "get_range" else None
    slow = mirror(scene.bucket, scene.replica, seconds=0.05)
    assert slow.start() == "s3://tests/kb: not here after 0 seconds, given up"
    assert text_of(scene.replica) == "one"


def test_what_is_replaced_while_it_is_pulled_is_left_for_the_newer_one(scene: Scene):
    scene.publish("two")

    def replaced(call: str, name: str) -> None:
        if call == "head":  # the first file of "two" is asked for
            scene.store.fail = lambda call, name: None
            published(over(scene.store), scene.built, "three")
            scene.store.inside.delete([entry["path"] for group in scene.store.inside.list(two) for entry in group])

    two = read_manifest(scene.built).generation
    scene.store.fail = replaced
    assert (run(scene.mirror.look()), scene.mirror.trouble) == (True, None)
    assert text_of(scene.replica) == "three"
