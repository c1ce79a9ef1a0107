"""A store and a replica of its index, and what may happen to them."""

import json
from pathlib import Path

from obstore.exceptions import GenericError, PermissionDeniedError
from stores import ENCODER, Faulty, made, mirror, over, published, run

from index.remote.upload import begin, publish
from index.storage.store import Manifest, _name, _seal, load

SIGNED = "Error performing GET https://account.blob.example/c/p?sv=2020&sig=SECRET%3D in 1s - status code: 500"


def text_of(folder: Path) -> str:
    return load(folder, ENCODER.name, ENCODER.digest).sections[0].text


class Scene:
    """A store with a published index "one", and a replica that has it."""

    def __init__(self, folder: Path) -> None:
        self.store = Faulty()
        self.bucket = over(self.store)
        self.built, self.replica = folder / "built", folder / "replica"
        published(self.bucket, self.built, "one")
        self.mirror = mirror(self.bucket, self.replica, largest=100_000)
        self.mirror.start()

    def put(self, name: str, content: bytes) -> None:
        self.store.inside.put(name, content)

    def publish(self, text: str, **change: object) -> Manifest:
        before = run(begin(self.bucket))
        manifest = made(self.built, text, **change)
        run(publish(self.bucket, self.built, before))
        return manifest

    def pointed(self, **change: object) -> None:
        """Publish "two" with a pointer that says something else, sealed as a builder seals it."""
        self.publish("two")
        raw = json.loads((self.built / "manifest.json").read_text("utf-8"))
        raw.pop("sha256")
        raw |= change
        if "files" in change:
            raw["generation"] = _name(raw["model_digest"], raw["files"])
        self.put("manifest.json", json.dumps(raw | {"sha256": _seal(raw)}).encode())


def flip_a_bit(scene: Scene) -> None:
    place = f"{scene.publish('two').generation}/vectors.faiss"
    good = bytes(scene.store.inside.get(place).bytes())
    scene.put(place, good[:-1] + bytes([good[-1] ^ 1]))


def lose_the_pointer(scene: Scene) -> None:
    scene.store.inside.delete("manifest.json")


def refuse(scene: Scene) -> None:
    def fail(call: str, name: str) -> None:
        raise PermissionDeniedError(SIGNED.replace("500", "403"))

    scene.publish("two")
    scene.store.fail = fail


def break_down(scene: Scene) -> None:
    def fail(call: str, name: str) -> None:
        raise GenericError(SIGNED)

    scene.publish("two")
    scene.store.fail = fail
