"""What an index holds, and how that is written as files (index/storage/disk.py) and read back.

    index/manifest.json            names one generation and the SHA-256 of each of its files
    index/<generation>/…           sections.*, topics.txt, rows.arrays, vectors.faiss, words.*, grams.*
                                   weights.json, if the site has weights of its own
                                   of a large site the words of the background, too (index/storage/background.py)
                                   of a site with several versions the same of each further one: b.sections.*, …

The name of a generation follows from its contents, and nothing here knows the time or a random number: same site and
model, same bytes.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, pack, unpack
from index.beside import WEIGHTS
from index.dense.vectors import FLAT, VectorIndex
from index.errors import MEND, KbError
from index.lexical.bm25 import WordIndex
from index.records import Kind, Section, Version
from index.storage import sections
from index.storage.background import Background
from index.storage.disk import POINTER, read_files, replace_all, sha256
from index.storage.sections import Catalogue

FORMAT = 4
KINDS = tuple(Kind)
_FILE = re.compile(r"[a-z]{1,32}(?:\.[a-z]{1,16}){1,3}")  # nothing that leads elsewhere
_OF_VERSION = ("sections", "rows", "langs", "vectors")  # of the manifest
_SEAL = "sha256"  # of the manifest itself: no flipped bit passes for a number of sections


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made of. A reader refuses what does not fit."""

    format: int
    generation: str
    model: str
    model_digest: str
    dimension: int
    canary: str  # a vector that the encoder of questions must reproduce (index/encoder/canary.py)
    sections: int
    rows: int
    langs: list[str]
    made_from: str  # SHA-256 over the site's pages and the code that read them
    files: dict[str, str]  # SHA-256 of each file of the generation
    vectors: str = ""  # how they are searched: flat or ivf-sq8 (index/dense/vectors.py)
    versions: list[dict[str, Any]] = field(default_factory=list)  # what differs: `_OF_VERSION`; the default first


@dataclass(frozen=True, slots=True)
class Index:
    """An index, in memory or mapped. Row i of `vectors` embeds section `row_section[i]` as kind `KINDS[row_kind[i]]`.

    Rows are in the order of their sections. `save` makes `catalogue` where there is none, and `background`. Of a site
    with several versions this is the one that is read by default, and `others` are the rest.
    """

    manifest: Manifest
    sections: Sequence[Section]
    row_section: NDArray[np.int32]
    row_kind: NDArray[np.int8]
    row_digest: NDArray[np.bytes_]  # which text each row embeds, for embedding only what changed
    vectors: VectorIndex
    words: WordIndex
    grams: WordIndex
    catalogue: Catalogue | None = None
    background: Background | None = None  # only of an index whose vectors are not flat
    weights: bytes | None = None  # what the site learned from its own questions (bot/decision/own_weights.py)
    version: Version | None = None
    others: "tuple[Index, ...]" = ()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an index folder. Raises KbError naming the command that mends it."""
    file = folder / POINTER
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise KbError(f"{folder}: there is no index here yet. {MEND}") from None
    except OSError as error:
        raise KbError(f"{file}: cannot be read ({error.strerror}). {MEND}") from error
    return manifest_of(content, file)


def manifest_of(content: bytes, file: Path | str) -> Manifest:
    """The manifest that `file` holds. Raises KbError as `read_manifest` does."""
    try:
        raw = json.loads(content)
        if raw["format"] != FORMAT:
            raise KbError(f"{file}: index format {raw['format']!r:.20}, this version reads {FORMAT}. {MEND}")
        if raw.pop(_SEAL) != _seal(raw):
            raise ValueError("SHA-256 differs")
        manifest = Manifest(**raw)
        if not all(map(_FILE.fullmatch, manifest.files)):
            raise ValueError("it names files as no index does")
        if manifest.generation != _name(manifest.model_digest, manifest.files):
            raise ValueError("its generation has another name")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise KbError(f"{file}: not a manifest ({error}). {MEND}") from error
    return manifest


def load(folder: Path, model: str, model_digest: str | None = None) -> Index:
    """Load and verify an index made with `model`. Raises KbError on any mismatch or damage."""
    while True:
        manifest = read_manifest(folder)
        try:
            return load_generation(folder, manifest, model, model_digest)
        except KbError:
            # A builder may have switched and deleted the files under our hands: then there is a newer index.
            if read_manifest(folder) == manifest:
                raise


def load_generation(folder: Path, manifest: Manifest, model: str, model_digest: str | None = None) -> Index:
    """As `load`, the generation of this manifest, whether or not the folder's own names it."""
    if manifest.model != model or (model_digest and manifest.model_digest != model_digest):
        raise KbError(f"{folder}: the index was built with {manifest.model}, settings ask for {model}. {MEND}")
    generation = folder / manifest.generation
    files = read_files(generation, manifest.files)
    try:
        named = [_of_version(manifest, **version) for version in manifest.versions]
        versions: Sequence[tuple[Manifest, Version | None]] = named or [(manifest, None)]
        first, *others = (_read(_named(files, n), own, version) for n, (own, version) in enumerate(versions))
        return replace(first, others=tuple(others))
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise KbError(f"{generation}: not the files of this version ({error}). {MEND}") from error


def _of_version(manifest: Manifest, *, name: str, aliases: list[str], **own: Any) -> tuple[Manifest, Version]:
    return replace(manifest, **{key: own[key] for key in _OF_VERSION}), Version(name, tuple(aliases))


def _named(files: Mapping[str, Buffer], number: int) -> dict[str, Buffer]:
    """The files of a version by their own names."""
    mark = _mark(number)
    return {name.removeprefix(mark): content for name, content in files.items() if name.startswith(mark)}


def _mark(number: int) -> str:
    """What the names of a version's files begin with: nothing, then `b.`, `c.` and so on, after `z.` `ba.`."""
    letters = ""
    while number:
        number, letter = divmod(number, 26)
        letters = chr(ord("a") + letter) + letters
    return f"{letters}." if letters else ""


def _read(files: Mapping[str, Buffer], manifest: Manifest, version: Version | None) -> Index:
    rows = unpack(files["rows.arrays"])
    stored, known = sections.read(files)
    return Index(
        manifest=manifest,
        sections=stored,
        row_section=rows["section"],
        row_kind=rows["kind"],
        row_digest=rows["digest"],
        vectors=VectorIndex.read(files["vectors.faiss"]),
        words=WordIndex.read(files, "words"),
        grams=WordIndex.read(files, "grams"),
        catalogue=known,
        background=None if manifest.vectors == FLAT else Background.read(files),
        weights=bytes(files[WEIGHTS]) if WEIGHTS in files else None,
        version=version,
    )


def save(folder: Path, index: Index, whole: Manifest | None = None) -> Manifest:
    """Write an index and switch to it; for the holder of `only_builder`. `whole`: what is said of all versions.

    `generation`, `files` and `vectors` of the manifest are filled in here. Raises KbError if the disk cannot take it.
    """
    indexes = (index, *index.others)
    files = {f"{_mark(n)}{name}": content for n, each in enumerate(indexes) for name, content in _files(each).items()}
    digests = {name: sha256(content) for name, content in sorted(files.items())}
    name = _name(index.manifest.model_digest, digests)
    manifest = replace(
        whole or index.manifest,
        generation=name,
        files=digests,
        vectors=index.vectors.kind,
        versions=[_differing(each, each.version) for each in indexes if each.version],
    )
    fields = asdict(manifest)
    pointer = json.dumps(fields | {_SEAL: _seal(fields)}, indent=2) + "\n"
    replace_all(folder, name, files, pointer.encode())
    return manifest


def _differing(index: Index, version: Version) -> dict[str, Any]:
    own = {**{key: getattr(index.manifest, key) for key in _OF_VERSION}, "vectors": index.vectors.kind}
    return {"name": version.name, "aliases": list(version.aliases), **own}


def _files(index: Index) -> dict[str, bytes]:
    known = index.catalogue or Catalogue.of(index.sections)
    files = {
        **sections.files(index.sections, known),
        "rows.arrays": pack(section=index.row_section, kind=index.row_kind, digest=index.row_digest),
        "vectors.faiss": index.vectors.as_bytes(),
        **index.words.files("words"),
        **index.grams.files("grams"),
    }
    if index.vectors.kind != FLAT:
        files |= Background.of(known, index.words, index.grams).files()
    if index.weights is not None:
        files[WEIGHTS] = index.weights
    return files


def _name(model_digest: str, digests: Mapping[str, str]) -> str:
    return sha256(json.dumps([FORMAT, model_digest, digests]).encode())[:16]


def _seal(raw: Mapping[str, object]) -> str:
    return sha256(json.dumps(raw, sort_keys=True).encode())
