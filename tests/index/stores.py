"""What the tests of indexes in object stores share: small indexes, and a store in memory that fails as it is told."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, TypeVar

import numpy as np
from casework import FakeEncoder
from obstore.store import MemoryStore

from index.dense.vectors import VectorIndex
from index.encoder.canary import fingerprint
from index.lexical.bm25 import WordIndex
from index.records import Section
from index.remote.bucket import Bucket
from index.remote.mirror import Mirror
from index.remote.protocol import IndexStore
from index.remote.pull import Bounds, reader_with
from index.remote.upload import Published, begin, publish
from index.remote.waiting import wait_for
from index.storage import store
from index.storage.disk import POINTER, only_builder, replace_all
from index.storage.store import FORMAT, Index, Manifest

ENCODER = FakeEncoder()
T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    return wait_for(coroutine)


def made(folder: Path, text: str, **change: Any) -> Manifest:
    """An index in `folder` whose bytes follow from `text`; `change` what its manifest says."""
    manifest, files, pointer = _made(text, tuple(change.items()))
    with only_builder(folder):
        replace_all(folder, manifest.generation, files, pointer)
    return manifest


@cache
def _made(text: str, change: tuple[tuple[str, Any], ...]) -> tuple[Manifest, dict[str, bytes], bytes]:
    section = Section("page#a", "en", "A", (), "/page/#a", text, (), (), (), True)
    manifest = Manifest(
        FORMAT, "", ENCODER.name, ENCODER.digest, ENCODER.dimension, fingerprint(ENCODER), 1, 1, ["en"], text[:9], {}
    )
    index = Index(
        manifest=replace(manifest, **dict(change)),
        sections=(section,),
        row_section=np.zeros(1, np.int32),
        row_kind=np.zeros(1, np.int8),
        row_digest=np.array([b"0" * 16], "S16"),
        vectors=VectorIndex.of(ENCODER.passages([text])),
        words=WordIndex.of([text.split()]),
        grams=WordIndex.of([[text[:2]]]),
    )
    with TemporaryDirectory() as folder, only_builder(Path(folder)):
        saved = store.save(Path(folder), index)
        files = {name: (Path(folder) / saved.generation / name).read_bytes() for name in saved.files}
        return saved, files, (Path(folder) / POINTER).read_bytes()


def published(bucket: IndexStore, folder: Path, text: str, **how: Any) -> Published:
    """`made` and published, as one builder does."""

    async def work() -> Published:
        before = await begin(bucket)
        made(folder, text)
        return await publish(bucket, folder, before, **how)

    return run(work())


def mirror(bucket: IndexStore, folder: Path, **given: Any) -> Mirror:
    """A replica of `bucket` in `folder`."""
    bounds = Bounds(**{name: given.pop(name) for name in ("largest", "seconds") if name in given})
    return Mirror(bucket, folder, given.pop("reader", reader_with(ENCODER)), given.pop("poll", 0.01), bounds, **given)


class Faulty:
    """A store in memory; `fail(call, name)` is asked before each call and may raise, or change what lies there."""

    def __init__(self, fail: Callable[[str, str], None] = lambda call, name: None) -> None:
        self.inside, self.fail, self.calls = MemoryStore(), fail, list[tuple[str, str]]()

    def __getattr__(self, call: str) -> Callable[..., Any]:
        def called(name: str = "", *args: Any, **kwargs: Any) -> Any:
            self.calls.append((call, name))
            self.fail(call, name)
            return getattr(self.inside, call)(*([name] if name else []), *args, **kwargs)

        return called


class Stall:
    """A store that takes a request and does not answer before `answering` is set."""

    def __init__(self) -> None:
        self.answering = Event()

    def __call__(self, call: str, name: str) -> None:
        self.answering.wait(60)


def over(store: Any, call: float = 30.0) -> Bucket:
    """A bucket over a store of the tests."""
    return Bucket("s3://tests/kb", call, store)
