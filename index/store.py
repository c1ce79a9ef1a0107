"""An index on disk: a folder whose `manifest.json` names one generation and the SHA-256 of each of its files.

    index/manifest.json            the only file that is ever replaced, atomically
    index/<generation>/…           sections.jsonl, rows.npz, vectors.faiss, words.*, grams.*

A generation is written whole and synced before the manifest points to it, so a reader (or a crash) sees the old
index or the new one, never a mixture. Its name follows from its contents: same site and model, same name.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.bm25 import WordIndex
from index.errors import KbError
from index.records import Kind, Section, Span
from index.vectors import VectorIndex

FORMAT = 1
MEND = "Run: kb index"
KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made of. A reader refuses what does not fit."""

    format: int
    generation: str
    model: str
    model_digest: str
    dimension: int
    sections: int
    rows: int
    langs: list[str]
    made_from: str  # SHA-256 over the site's pages and the code that read them
    files: dict[str, str]  # SHA-256 of each file of the generation


@dataclass(frozen=True, slots=True)
class Index:
    """An index in memory. Row i of `vectors` embeds section `row_section[i]` as kind `KINDS[row_kind[i]]`."""

    manifest: Manifest
    sections: tuple[Section, ...]
    row_section: NDArray[np.int32]
    row_kind: NDArray[np.int8]
    row_digest: NDArray[np.bytes_]  # which text each row embeds, for embedding only what changed
    vectors: VectorIndex
    words: WordIndex
    grams: WordIndex


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an index folder. Raises KbError naming the command that mends it."""
    file = folder / "manifest.json"
    try:
        raw = json.loads(file.read_text("utf-8"))
        if raw["format"] != FORMAT:
            raise KbError(f"{file}: index format {raw['format']}, this version reads {FORMAT}. {MEND}")
        return Manifest(**raw)
    except (FileNotFoundError, NotADirectoryError):
        raise KbError(f"{folder}: there is no index here yet. {MEND}") from None
    except (ValueError, TypeError, KeyError) as error:
        raise KbError(f"{file}: not a manifest ({error}). {MEND}") from error


def load(folder: Path, model: str, model_digest: str | None = None) -> Index:
    """Load and verify an index made with `model`. Raises KbError on any mismatch or damage."""
    manifest = read_manifest(folder)
    if manifest.model != model or (model_digest and manifest.model_digest != model_digest):
        raise KbError(f"{folder}: the index was built with {manifest.model}, settings ask for {model}. {MEND}")
    generation = folder / manifest.generation
    if damaged := _damaged(generation, manifest):
        raise KbError(f"{damaged}: missing or damaged (SHA-256 differs). {MEND}")
    try:
        return _read(generation, manifest)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise KbError(f"{generation}: not the files of this version ({error}). {MEND}") from error


def _damaged(generation: Path, manifest: Manifest) -> Path | None:
    """The first file that is missing or is not the one that the manifest names."""
    files = ((generation / name, expected) for name, expected in manifest.files.items())
    return next((file for file, expected in files if not file.is_file() or sha256(file) != expected), None)


def _read(generation: Path, manifest: Manifest) -> Index:
    with np.load(generation / "rows.npz") as arrays:
        row_section, row_kind, row_digest = arrays["section"], arrays["kind"], arrays["digest"]
    return Index(
        manifest=manifest,
        sections=tuple(_read_sections(generation / "sections.jsonl")),
        row_section=row_section,
        row_kind=row_kind,
        row_digest=row_digest,
        vectors=VectorIndex.load(generation / "vectors.faiss"),
        words=WordIndex.load(generation, "words"),
        grams=WordIndex.load(generation, "grams"),
    )


def save(folder: Path, index: Index) -> Manifest:
    """Write an index aside and switch to it. `manifest.files` and `.generation` are filled in here."""
    folder.mkdir(parents=True, exist_ok=True)
    with _only_builder(folder):
        aside = folder / ".building"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        with (aside / "sections.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for section in index.sections:
                file.write(json.dumps(asdict(section), ensure_ascii=False) + "\n")
        with (aside / "rows.npz").open("wb") as rows:
            np.savez(rows, section=index.row_section, kind=index.row_kind, digest=index.row_digest)
        index.vectors.save(aside / "vectors.faiss")
        index.words.save(aside, "words")
        index.grams.save(aside, "grams")
        files = {file.name: sha256(file) for file in sorted(aside.iterdir())}
        name = hashlib.sha256(json.dumps([FORMAT, index.manifest.model_digest, files]).encode()).hexdigest()[:16]
        manifest = Manifest(**{**asdict(index.manifest), "generation": name, "files": files})
        _switch(folder, aside, manifest)
        return manifest


def _switch(folder: Path, aside: Path, manifest: Manifest) -> None:
    for file in aside.iterdir():
        _sync(file)
    _sync(aside)
    generation = folder / manifest.generation
    if _damaged(generation, manifest):  # what a manifest may point to already is not touched
        shutil.rmtree(generation, ignore_errors=True)
        aside.rename(generation)
    written = folder / ".manifest.json"
    written.write_text(json.dumps(asdict(manifest), indent=2) + "\n", "utf-8")
    _sync(written)
    written.replace(folder / "manifest.json")
    _sync(folder)
    for old in folder.iterdir():
        if old.is_dir() and old != generation:
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _only_builder(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KbError(f"{folder}: another process is building this index. Wait for it to finish.") from None
        yield


def _read_sections(file: Path) -> Iterator[Section]:
    for line in file.read_text("utf-8").split("\n")[:-1]:  # splitlines() would cut at U+2028, too
        raw = json.loads(line)
        raw["sentences"] = tuple(Span(**span) for span in raw["sentences"])
        raw["synonyms"] = tuple(tuple(group) for group in raw["synonyms"])
        for key in ("path", "phrasings", "links"):
            raw[key] = tuple(raw[key])
        yield Section(**raw)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(file: Path) -> str:
    """Hex SHA-256 of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
