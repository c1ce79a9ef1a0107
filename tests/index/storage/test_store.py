"""An index on disk: what is loaded is what was saved, whole and of this version, or it is refused."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from casework import FakeEncoder

from index.dense.vectors import VectorIndex
from index.errors import KbError
from index.lexical.bm25 import WordIndex
from index.records import Kind, Section, Span
from index.storage import disk, store
from index.storage.disk import only_builder, sha256
from index.storage.store import FORMAT, KINDS, Index, Manifest, load, read_manifest

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
    files = {file.name: sha256(file.read_bytes()) for file in (folder / manifest.generation).iterdir()}
    assert manifest == replace(MANIFEST, generation=manifest.generation, files=files, vectors="flat")
    assert {"sections.jsonl", "rows.arrays", "vectors.faiss", "words.arrays", "words.txt"} <= files.keys()


def test_the_same_index_has_the_same_name_and_bytes(folder: Path, tmp_path: Path):
    assert save(tmp_path / "again", index()) == read_manifest(folder)


def test_a_generation_is_named_after_its_contents_and_its_model(tmp_path: Path):
    other_model = replace(MANIFEST, model_digest="another digest")
    saved = [save(tmp_path / "index", made) for made in (index(), index("other"), index(manifest=other_model))]
    assert len({manifest.generation for manifest in saved}) == 3
    assert names(tmp_path / "index") == {"manifest.json", saved[-1].generation}  # the old ones are gone


# What is refused, each time with the command that mends it.


def refused(folder: Path) -> str:
    with pytest.raises(KbError) as error:
        loaded(folder)
    assert str(error.value).endswith(" Run: kb index")
    return str(error.value)


@pytest.mark.parametrize("mapped", [1 << 30, 0], ids=["read", "mapped"])
def test_a_flipped_bit_in_any_file(folder: Path, monkeypatch: pytest.MonkeyPatch, mapped: int):
    monkeypatch.setattr(disk, "MAPPED", mapped)  # files above it, 16 MB, are mapped instead of read
    manifest = read_manifest(folder)
    for name in manifest.files:
        file = folder / manifest.generation / name
        good = file.read_bytes()
        for at in (0, len(good) // 2, len(good) - 1):
            file.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            assert refused(folder).startswith(f"{file}: damaged (SHA-256 differs).")
        file.write_bytes(good)
    assert loaded(folder).sections == SECTIONS


def test_a_missing_file(folder: Path):
    manifest = read_manifest(folder)
    for name in manifest.files:
        file = folder / manifest.generation / name
        aside = file.rename(folder / "aside")
        assert refused(folder).startswith(f"{file}: missing or cannot be read (No such file")
        aside.rename(file)


@pytest.mark.parametrize("mapped", [1 << 30, 0], ids=["read", "mapped"])
def test_a_cut_file(folder: Path, monkeypatch: pytest.MonkeyPatch, mapped: int):
    monkeypatch.setattr(disk, "MAPPED", mapped)
    manifest = read_manifest(folder)
    for name in manifest.files:
        file = folder / manifest.generation / name
        good = file.read_bytes()
        for length in (0, 1, len(good) // 2, len(good) - 1):
            file.write_bytes(good[:length])
            assert refused(folder).startswith(f"{file}: damaged")
        file.write_bytes(good + b"\0")
        assert refused(folder).startswith(f"{file}: damaged")
        file.write_bytes(good)


def test_a_file_that_nothing_names(folder: Path):
    file = folder / read_manifest(folder).generation / "notes.txt"
    file.write_text("", "utf-8")
    assert refused(folder) == f"{file}: not a file of this index. Run: kb index"


def test_a_missing_generation(folder: Path):
    shutil.rmtree(folder / read_manifest(folder).generation)
    assert "missing or cannot be read" in refused(folder)


@pytest.mark.parametrize("exists", [False, True])
def test_a_folder_without_an_index(tmp_path: Path, exists: bool):
    if exists:
        (tmp_path / "none").mkdir()
    assert refused(tmp_path / "none") == f"{tmp_path / 'none'}: there is no index here yet. Run: kb index"


def test_another_format(folder: Path):
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"format": FORMAT + 1}), "utf-8")
    assert f"index format {FORMAT + 1}, this version reads {FORMAT}." in refused(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", f'{{"format": {FORMAT}}}', "\x00", "[" * 100_000])
def test_a_broken_manifest(folder: Path, text: str):
    (folder / "manifest.json").write_text(text, "utf-8")
    assert "manifest.json: not a manifest (" in refused(folder)


def test_a_flipped_bit_anywhere_in_the_manifest_is_refused_or_changes_nothing(folder: Path):
    """White space may become other white space; every value is sealed."""
    manifest, file = read_manifest(folder), folder / "manifest.json"
    good = file.read_bytes()
    for at in range(len(good)):
        for bit in (1, 4, 32):
            file.write_bytes(good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :])
            try:
                assert read_manifest(folder) == manifest
            except KbError as error:
                assert str(error).endswith(" Run: kb index")


@pytest.mark.parametrize(
    "change",
    [{"dimension": 65}, {"sections": 3}, {"rows": "3"}, {"langs": None}, {"files": []}, {"generation": 5}, {"new": 1}],
)
def test_a_manifest_with_another_value(folder: Path, change: dict[str, object]):
    file = folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), "utf-8")
    assert refused(folder) == f"{file}: not a manifest (SHA-256 differs). Run: kb index"


def test_a_manifest_that_is_a_folder(folder: Path):
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").mkdir()
    assert refused(folder) == f"{folder / 'manifest.json'}: cannot be read (Is a directory). Run: kb index"


@pytest.mark.parametrize(("model", "digest"), [("other", None), ("other", ENCODER.digest), (ENCODER.name, "other")])
def test_another_model(folder: Path, model: str, digest: str | None):
    with pytest.raises(KbError, match=rf"the index was built with fake, settings ask for {model}\. Run: kb index"):
        load(folder, model, digest)


def test_the_digest_of_the_model_need_not_be_known(folder: Path):
    assert load(folder, ENCODER.name).sections == SECTIONS


# Readers and builders at the same time, and what builders leave. (Builders that die: test_kill.py.)


def test_a_reader_whose_generation_is_deleted_meanwhile_reads_the_new_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    read = store.read_files

    def switched_meanwhile(generation: Path, digests: dict[str, str]) -> dict[str, bytes]:
        monkeypatch.setattr(store, "read_files", read)
        save(folder, index("other"))
        return read(generation, digests)

    monkeypatch.setattr(store, "read_files", switched_meanwhile)
    np.testing.assert_array_equal(loaded(folder).vectors.vectors(), index("other").vectors.vectors())


def test_only_one_builder_holds_a_folder_and_reading_needs_no_lock(folder: Path):
    with only_builder(folder):
        with pytest.raises(KbError, match="another process is building this index"), only_builder(folder):
            pass
        assert loaded(folder).manifest == read_manifest(folder)
    with only_builder(folder):
        pass


def test_what_an_interrupted_builder_left_is_harmless(folder: Path):
    for leftover in (".building", "0123456789abcdef"):
        (folder / leftover).mkdir()
        (folder / leftover / "sections.jsonl").write_text("half", "utf-8")
    (folder / ".manifest.json").write_text("{", "utf-8")
    assert loaded(folder).sections == SECTIONS
    manifest = save(folder, index("other"))
    assert names(folder) == {"manifest.json", manifest.generation}


def test_what_no_builder_made_is_not_deleted(folder: Path):
    """KB_INDEX may name a folder that holds other things."""
    for other in ("docs", ".git", "0123456789abcdef0", "site.index"):
        (folder / other).mkdir()
    save(folder, index("other"))
    assert {"docs", ".git", "0123456789abcdef0", "site.index"} <= names(folder)


def test_a_damaged_generation_is_written_again(folder: Path):
    manifest = read_manifest(folder)
    for damage in (lambda file: file.write_bytes(b"damaged"), Path.unlink):
        damage(folder / manifest.generation / "rows.arrays")
        assert save(folder, index()) == manifest
        assert loaded(folder).sections == SECTIONS
    (folder / manifest.generation / "strange").mkdir()
    assert save(folder, index()) == manifest
    assert loaded(folder).sections == SECTIONS


def resealed(folder: Path, name: str, content: bytes) -> Path:
    """The index with other content of one file, and digests that fit: as another version would have written it."""
    manifest = folder / "manifest.json"
    raw = json.loads(manifest.read_bytes())
    file = folder / raw["generation"] / name
    file.write_bytes(content)
    del raw["sha256"]
    raw["files"][name] = sha256(content)
    raw["generation"] = sha256(json.dumps([FORMAT, raw["model_digest"], raw["files"]]).encode())[:16]
    file.parent.rename(folder / raw["generation"])
    manifest.write_text(json.dumps(raw | {"sha256": sha256(json.dumps(raw, sort_keys=True).encode())}), "utf-8")
    return folder / raw["generation"] / name


def test_a_generation_under_another_name_is_refused(folder: Path):
    """The name follows from the files: what is there under a name is never replaced by something else."""
    manifest = folder / "manifest.json"
    raw = json.loads(manifest.read_bytes())
    del raw["sha256"]
    for name in ("../../etc", "0" * 16, ""):
        raw["generation"] = name
        manifest.write_text(json.dumps(raw | {"sha256": sha256(json.dumps(raw, sort_keys=True).encode())}), "utf-8")
        assert "manifest.json: not a manifest (its generation has another name)" in refused(folder)


@pytest.mark.parametrize("name", ["rows.arrays", "sections.jsonl", "sections.arrays", "vectors.faiss", "words.arrays"])
def test_files_of_another_version_are_refused(folder: Path, name: str):
    file = resealed(folder, name, b"of another version\n")
    assert refused(folder).startswith(f"{file.parent}: not the files of this version (")


def test_what_is_sealed_may_be_written_in_any_order(folder: Path):
    manifest, file = read_manifest(folder), folder / "manifest.json"
    raw = json.loads(file.read_bytes())
    file.write_text(json.dumps(dict(reversed(raw.items()))), "utf-8")
    assert read_manifest(folder) == manifest
