"""A replica that starts, and an upload, while the store does what it should not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from obstore.exceptions import GenericError
from scenes import SIGNED, Scene, break_down, flip_a_bit, lose_the_pointer, refuse, text_of
from stores import made, mirror, published, run

from index.errors import KbError
from index.remote.mirror import Mirror
from index.remote.upload import begin, publish
from index.storage.disk import only_builder
from index.storage.store import read_manifest

# The start


def replica_of(scene: Scene, folder: Path) -> Mirror:
    return mirror(scene.bucket, folder, largest=100_000)


def test_without_the_store_the_index_from_before_serves_and_the_start_says_so(scene: Scene):
    break_down(scene)
    again = replica_of(scene, scene.replica)
    assert again.start() == "s3://tests/kb: cannot be used (500)"
    assert (text_of(scene.replica), again.age) == ("one", None)


@pytest.mark.parametrize(
    ("harm", "why"), [(refuse, "access denied"), (lose_the_pointer, "no index here yet"), (flip_a_bit, "damaged")]
)
def test_without_store_and_index_there_is_no_start(scene: Scene, tmp_path: Path, harm: Callable, why: str):
    harm(scene)
    with pytest.raises(KbError, match=why):
        replica_of(scene, tmp_path / "new").start()


def test_a_store_that_comes_back_while_a_first_start_waits_is_used(scene: Scene, tmp_path: Path):
    calls = iter(range(100))

    def fail(call: str, name: str) -> None:
        if next(calls) < 1:
            raise GenericError(SIGNED)

    scene.store.fail = fail
    new = replica_of(scene, tmp_path / "new")
    assert (new.start(), text_of(tmp_path / "new")) == (None, "one")


@pytest.mark.parametrize("name", ["vectors.faiss", "sections.jsonl"])
def test_an_index_from_before_that_was_damaged_is_brought_again(scene: Scene, name: str):
    file = scene.replica / read_manifest(scene.replica).generation / name
    file.write_bytes(file.read_bytes()[:-1])
    assert replica_of(scene, scene.replica).start() is None
    assert text_of(scene.replica) == "one"


def test_of_two_processes_with_one_folder_the_other_waits(scene: Scene, tmp_path: Path):
    """A busy folder is no trouble: the process that has it says what is wrong."""
    scene.publish("two")
    with only_builder(scene.replica):
        assert (run(scene.mirror.look()), scene.mirror.trouble) == (False, None)
    published(scene.bucket, scene.built, "two")
    replica_of(scene, scene.replica).start()  # the other one
    assert (run(scene.mirror.look()), text_of(scene.replica)) == (False, "two")


# The builder


def test_an_upload_that_is_cut_off_anywhere_shows_nothing(scene: Scene, tmp_path: Path):
    before = run(begin(scene.bucket))
    made(scene.built, "two")
    done = 0
    for at in range(100):
        points = iter(range(1000))

        def fail(call: str, name: str, points=points, at=at) -> None:
            if call == "put" and next(points) == at:
                raise GenericError(SIGNED)

        scene.store.fail = fail
        try:
            run(publish(scene.bucket, scene.built, before))
        except KbError as error:
            done += 1
            assert str(error) == "s3://tests/kb: cannot be used (500)"
            scene.store.fail = lambda call, name: None
            assert run(scene.mirror.look()) is False
            assert (scene.mirror.trouble, text_of(scene.replica)) == (None, "one")
        else:
            break
    assert done == len(read_manifest(scene.built).files) + 1  # each file, and the pointer
    assert (run(scene.mirror.look()), text_of(scene.replica)) == (True, "two")


def test_a_switch_whose_answer_is_lost_has_won(scene: Scene):
    before = run(begin(scene.bucket))
    made(scene.built, "two")
    switched = scene.bucket._switched

    async def lost(content, before):
        return await switched(content, before) and False

    scene.bucket._switched = lost
    assert run(publish(scene.bucket, scene.built, before)).bytes_sent > 0


def test_what_another_builder_removed_meanwhile_is_sent_again(scene: Scene, tmp_path: Path):
    generation = made(scene.built, "two").generation

    def fail(call: str, name: str) -> None:
        if (call, name) == ("put", "manifest.json"):
            scene.store.inside.delete(f"{generation}/words.txt")

    scene.store.fail = fail
    run(publish(scene.bucket, scene.built, run(begin(scene.bucket))))
    assert (run(scene.mirror.look()), text_of(scene.replica)) == (True, "two")


def test_a_damaged_index_is_not_published(scene: Scene):
    before = run(begin(scene.bucket))
    file = scene.built / made(scene.built, "two").generation / "words.txt"
    file.write_bytes(b"")
    with pytest.raises(KbError, match=r"words.txt: damaged \(SHA-256 differs\). Run: kb index$"):
        run(publish(scene.bucket, scene.built, before))
    assert run(scene.mirror.look()) is False


def test_nothing_is_downloaded_of_an_index_of_another_model(scene: Scene):
    scene.publish("two", model_digest="another")
    scene.store.calls.clear()
    run(scene.mirror.look())
    assert {call for call, _ in scene.store.calls} == {"get"}
