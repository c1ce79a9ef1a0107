"""An index of which anything is missing, changed or of another make is refused, with what to do."""

import json
import shutil
from pathlib import Path

import pytest
from made_index import ENCODER, SECTIONS, loaded

from index.errors import KbError
from index.storage import disk
from index.storage.disk import sha256
from index.storage.store import FORMAT, load, read_manifest

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
