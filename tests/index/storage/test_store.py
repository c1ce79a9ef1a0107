"""An index on disk: what is loaded is what was saved, whole and of this version, or it is refused."""

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_index import ENCODER, MANIFEST, SECTIONS, index, loaded, names, save

from index.errors import KbError
from index.records import Version
from index.storage import store
from index.storage.disk import only_builder, sha256
from index.storage.store import load, read_manifest


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
    assert list(manifest.files) == sorted(files)  # the name of the generation follows from this list


def test_the_same_index_has_the_same_name_and_bytes(folder: Path, tmp_path: Path):
    assert save(tmp_path / "again", index()) == read_manifest(folder)


def test_a_generation_is_named_after_its_contents_and_its_model(tmp_path: Path):
    other_model = replace(MANIFEST, model_digest="another digest")
    saved = [save(tmp_path / "index", made) for made in (index(), index("other"), index(manifest=other_model))]
    assert len({manifest.generation for manifest in saved}) == 3
    assert names(tmp_path / "index") == {"manifest.json", saved[-1].generation}  # the old ones are gone


def test_the_digest_of_the_model_need_not_be_known(folder: Path):
    assert load(folder, ENCODER.name).sections == SECTIONS


def test_of_more_versions_than_there_are_letters_each_is_loaded_as_it_was_saved(tmp_path: Path):
    first, *others = (replace(index(f"text {n}"), version=Version(f"v{n}", (f"alias {n}",))) for n in range(29))
    save(tmp_path / "index", replace(first, others=tuple(others)))
    after = loaded(tmp_path / "index")
    for before, read in zip((first, *others), (after, *after.others), strict=True):
        assert read.version == before.version
        np.testing.assert_array_equal(read.vectors.vectors(), before.vectors.vectors())


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


def test_a_damaged_generation_that_cannot_be_removed_is_told_with_the_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    def busy(path: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    (folder / read_manifest(folder).generation / "rows.arrays").unlink()
    monkeypatch.setattr(shutil, "rmtree", busy)
    with pytest.raises(KbError, match=r"the index cannot be written \(Device or resource busy\)"):
        save(folder, index())
