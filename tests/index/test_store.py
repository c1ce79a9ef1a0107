"""An index on disk: what is loaded is what was saved, whole and of this version, or it is refused."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from casework import FakeEncoder

from index.bm25 import WordIndex
from index.errors import KbError
from index.records import Kind, Section, Span
from index.store import FORMAT, KINDS, Index, Manifest, _only_builder, load, read_manifest, save, sha256
from index.vectors import VectorIndex

ENCODER = FakeEncoder()
MANIFEST = Manifest(FORMAT, "", ENCODER.name, ENCODER.digest, ENCODER.dimension, 2, 3, ["ja", "en"], "site digest", {})
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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds a saved index."""
    save(tmp_path / "index", index())
    return tmp_path / "index"


def loaded(folder: Path) -> Index:
    return load(folder, ENCODER.name, ENCODER.digest)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} - {".lock"}


def test_what_is_loaded_equals_what_was_saved(folder: Path):
    before, after = index(), loaded(folder)
    assert after.sections == before.sections
    for name in ("row_section", "row_kind", "row_digest"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))
    np.testing.assert_array_equal(after.vectors.vectors(), before.vectors.vectors())
    for name in ("words", "grams"):
        old, new = getattr(before, name), getattr(after, name)
        assert (new.vocabulary, new.size) == (old.vocabulary, old.size)
        np.testing.assert_array_equal(new.weights, old.weights)
        np.testing.assert_array_equal(new.documents, old.documents)


def test_the_manifest_names_the_generation_and_the_digest_of_each_of_its_files(folder: Path):
    manifest = read_manifest(folder)
    assert names(folder) == {"manifest.json", manifest.generation}
    files = {file.name: sha256(file) for file in (folder / manifest.generation).iterdir()}
    assert manifest == replace(MANIFEST, generation=manifest.generation, files=files)
    assert {"sections.jsonl", "rows.npz", "vectors.faiss", "words.npz", "words.txt"} <= files.keys()


def test_the_same_index_has_the_same_name_and_bytes(folder: Path, tmp_path: Path):
    assert save(tmp_path / "again", index()) == read_manifest(folder)


def test_a_generation_is_named_after_its_contents_and_its_model(tmp_path: Path):
    other_model = replace(MANIFEST, model_digest="another digest")
    saved = [save(tmp_path / "index", one) for one in (index(), index("other"), index(manifest=other_model))]
    assert len({manifest.generation for manifest in saved}) == 3
    assert names(tmp_path / "index") == {"manifest.json", saved[-1].generation}  # the old ones are gone


# What is refused, each time with the command that mends it.


def refused(folder: Path) -> str:
    with pytest.raises(KbError) as error:
        loaded(folder)
    assert str(error.value).endswith(" Run: kb index")
    return str(error.value)


def test_a_flipped_bit_in_any_file(folder: Path):
    manifest = read_manifest(folder)
    for name in manifest.files:
        file = folder / manifest.generation / name
        good = file.read_bytes()
        for at in (0, len(good) // 2, len(good) - 1):
            file.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            assert refused(folder).startswith(f"{file}: missing or damaged (SHA-256 differs).")
        file.write_bytes(good)
    assert loaded(folder).sections == SECTIONS


def test_a_missing_file(folder: Path):
    manifest = read_manifest(folder)
    for name in manifest.files:
        file = folder / manifest.generation / name
        aside = file.rename(folder / "aside")
        assert refused(folder).startswith(f"{file}: missing or damaged")
        aside.rename(file)


def test_a_missing_generation(folder: Path):
    shutil.rmtree(folder / read_manifest(folder).generation)
    assert "missing or damaged" in refused(folder)


@pytest.mark.parametrize("exists", [False, True])
def test_a_folder_without_an_index(tmp_path: Path, exists: bool):
    if exists:
        (tmp_path / "none").mkdir()
    assert refused(tmp_path / "none") == f"{tmp_path / 'none'}: there is no index here yet. Run: kb index"


def test_another_format(folder: Path):
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"format": FORMAT + 1}), "utf-8")
    assert f"index format {FORMAT + 1}, this version reads {FORMAT}." in refused(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", f'{{"format": {FORMAT}}}', "\x00"])
def test_a_broken_manifest(folder: Path, text: str):
    (folder / "manifest.json").write_text(text, "utf-8")
    assert "manifest.json: not a manifest (" in refused(folder)


@pytest.mark.parametrize(("model", "digest"), [("other", None), ("other", ENCODER.digest), (ENCODER.name, "other")])
def test_another_model(folder: Path, model: str, digest: str | None):
    with pytest.raises(KbError, match=rf"the index was built with fake, settings ask for {model}\. Run: kb index"):
        load(folder, model, digest)


def test_the_digest_of_the_model_need_not_be_known(folder: Path):
    assert load(folder, ENCODER.name).sections == SECTIONS


# Two builders, and builders that die.


def test_a_second_builder_is_refused_while_the_first_is_at_work(folder: Path):
    with _only_builder(folder):
        with pytest.raises(KbError, match="another process is building this index"):
            save(folder, index("other"))
        assert loaded(folder).manifest == read_manifest(folder)  # reading needs no lock
    save(folder, index("other"))


def test_what_an_interrupted_builder_left_is_harmless(folder: Path):
    for leftover in (".building", "0123456789abcdef"):
        (folder / leftover).mkdir()
        (folder / leftover / "sections.jsonl").write_text("half", "utf-8")
    (folder / ".manifest.json").write_text("{", "utf-8")
    assert loaded(folder).sections == SECTIONS
    manifest = save(folder, index("other"))
    assert names(folder) == {"manifest.json", manifest.generation}


@pytest.mark.parametrize("text", ["one", "other"], ids=["same contents", "other contents"])
@pytest.mark.parametrize("step", ["_sync", "sha256", "json.dumps", "Path.rename", "Path.write_text", "Path.replace"])
def test_a_builder_that_dies_leaves_the_old_index(folder: Path, text: str, step: str, monkeypatch: pytest.MonkeyPatch):
    before = read_manifest(folder)

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"index.store.{step}", die)
        if step == "Path.rename" and text == "one":
            save(folder, index(text))  # the generation that is there is not written again
        else:
            with pytest.raises(KeyboardInterrupt):
                save(folder, index(text))
    assert read_manifest(folder) == before
    np.testing.assert_array_equal(loaded(folder).vectors.vectors(), index().vectors.vectors())
    assert loaded(folder).sections == SECTIONS


def test_a_damaged_generation_is_written_again(folder: Path):
    manifest = read_manifest(folder)
    (folder / manifest.generation / "rows.npz").write_bytes(b"damaged")
    assert save(folder, index()) == manifest
    assert loaded(folder).sections == SECTIONS
