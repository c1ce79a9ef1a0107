"""A small index, and a folder that holds it."""

from pathlib import Path

import numpy as np
from casework import FakeEncoder

from index.dense.vectors import VectorIndex
from index.lexical.bm25 import WordIndex
from index.records import Kind, Section, Span
from index.storage import store
from index.storage.disk import only_builder
from index.storage.store import FORMAT, KINDS, Index, Manifest, load

ENCODER = FakeEncoder()
MANIFEST = Manifest(
    FORMAT, "", ENCODER.name, ENCODER.digest, ENCODER.dimension, "canary", 2, 3, ["ja", "en"], "site digest", {}
)
SECTIONS = (
    Section("faq#a", "ja", "題", ("上",), "/faq/#a", "一。\n二\t三", (Span(0, 2),), ("問い？",), ("rules/x",), True),
    Section("faq", "en", "", (), "/en/faq/", "odd \u2028 \u0085 \u00a0 \x0b \r text 👩‍💻", (), (), (), False),
)


def index(text: str = "one", manifest: Manifest = MANIFEST) -> Index:
    return Index(
        manifest=manifest,
        sections=SECTIONS,
        row_section=np.array([0, 0, 1], np.int32),
        row_kind=np.array([KINDS.index(kind) for kind in Kind], np.int8),
        row_digest=np.array([b"0" * 16, b"1" * 16, b"2" * 16], "S16"),
        vectors=VectorIndex.of(ENCODER.passages([text, "two", "three"])),
        words=WordIndex.of([["a", "b"], ["クラ", "a"]]),
        grams=WordIndex.of([["ab"], ["cd"]]),
    )


def save(folder: Path, index: Index) -> Manifest:
    with only_builder(folder):
        return store.save(folder, index)


def loaded(folder: Path) -> Index:
    return load(folder, ENCODER.name, ENCODER.digest)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} - {".lock"}
