"""The whole of indexing, in order: site -> sections -> rows -> vectors and words -> an index on disk."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.beside import WEIGHTS, beside
from index.dense.vectors import VectorIndex
from index.encoder import canary
from index.encoder.choose import answering_encoder, building_encoder
from index.encoder.protocol import BUNDLED, Encoder
from index.errors import KbError
from index.lexical.bm25 import WordIndex
from index.lexical.words import grams, words
from index.reading.counted import counted
from index.reading.passages import Row, heading, rows
from index.reading.site import Site, read_versions
from index.records import Kind, Section
from index.storage.disk import leftovers, only_builder, tidy
from index.storage.kept import keep, kept
from index.storage.sections import Catalogue
from index.storage.store import FORMAT, KINDS, Index, Manifest, load, save

CHUNK = 512  # rows embedded between two steps of the progress bar

Progress = Callable[[int, int], None]
Vector = NDArray[np.float32]


def build(
    site: Path,
    folder: Path,
    model: str,
    progress: Progress = lambda done, total: None,
    warn: Callable[[str], None] = lambda warning: None,
) -> tuple[Manifest, int]:
    """Index the built site into `folder`; returns the manifest and how many rows had to be embedded.

    Texts that the old index there holds, or that a build which was killed has embedded, are not embedded again, and
    nothing is written if nothing changed. Weights that lie beside the site (`site.weights.json`) travel in its index.
    `progress(done, total)` counts rows, `warn` tells of what the site's authors should mend. Raises KbError.
    """
    read = read_versions(site)
    for warning in (warning for version in read for warning in version.warnings):
        warn(warning)
    weights = _content(beside(site, WEIGHTS))
    made_from = _made_from(read, weights)
    # The bundled model counts tokens without torch, which is loaded only if there is something to embed.
    encoder = answering_encoder(model)
    old = _old_index(folder, encoder)
    if old and old.manifest.made_from == made_from and not leftovers(folder, old.manifest.generation):
        return old.manifest, 0  # without the lock: this works on a disk that cannot be written, too
    with only_builder(folder):
        if old and old.manifest.made_from == made_from:
            tidy(folder, old.manifest.generation)
            return old.manifest, 0
        return _build(read, weights, made_from, folder, old, model, encoder, progress)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KbError(f"{file}: cannot be read ({error.strerror}).") from error


def _build(
    read: Sequence[Site],
    weights: bytes | None,
    made_from: str,
    folder: Path,
    old: Index | None,
    model: str,
    encoder: Encoder,
    progress: Progress,
) -> tuple[Manifest, int]:
    listed = [list(rows(version.sections, encoder.count, encoder.limit)) for version in read]
    known = _vectors_of(old) | kept(folder, encoder)
    new = {
        digest: row for row in chain(*listed) if (digest := _digest(row)) not in known
    }  # a text of all versions once
    # Without torch if there is nothing to embed. An index always has the canary of the encoder that made its vectors.
    embedder = building_encoder(model) if model == BUNDLED and (new or not old) else encoder
    known.update(_embed_all(new, embedder, progress, partial(keep, folder, encoder)))
    whole = Manifest(
        format=FORMAT,
        generation="",
        model=encoder.name,
        model_digest=encoder.digest,
        dimension=encoder.dimension,
        canary=old.manifest.canary if old else canary.fingerprint(embedder),
        sections=sum(len(version.sections) for version in read),
        rows=sum(map(len, listed)),
        langs=list(dict.fromkeys(lang for version in read for lang in version.langs)),
        made_from=made_from,
        files={},
    )
    first, *others = (_index(version, own, known, whole, weights) for version, own in zip(read, listed, strict=True))
    return save(folder, replace(first, others=tuple(others)), whole), len(new)


def _index(
    read: Site, listed: Sequence[Row], known: Mapping[bytes, Vector], whole: Manifest, weights: bytes | None
) -> Index:
    """The index of one version, with statistics of its own: it is as if there were no other."""
    digests = [_digest(row) for row in listed]
    texts, among = [searched_text(section) for section in read.sections], counted(read.sections, read.in_navigation)
    return Index(
        manifest=replace(whole, sections=len(read.sections), rows=len(listed), langs=list(read.langs)),
        sections=read.sections,
        row_section=np.array([row.section for row in listed], np.int32),
        row_kind=np.array([KINDS.index(row.kind) for row in listed], np.int8),
        row_digest=np.array(digests, "S16"),
        vectors=VectorIndex.of(np.stack([known[digest] for digest in digests])),
        words=WordIndex.of([words(text) for text in texts], among),
        grams=WordIndex.of([grams(text) for text in texts], among),
        catalogue=Catalogue.of(read.sections, among),
        weights=weights,
        version=read.version,
    )


def _vectors_of(old: Index | None) -> dict[bytes, Vector]:
    """The vectors that are there, by the texts that they embed."""
    indexes = (old, *old.others) if old else ()
    return {
        digest: vector
        for index in indexes
        for digest, vector in zip(index.row_digest.tolist(), index.vectors.vectors(), strict=True)
    }


def _made_from(read: Sequence[Site], weights: bytes | None) -> str:
    """SHA-256 over all that an index follows from."""
    named = [(version.digest, version.version and version.version.names) for version in read]
    digest = read[0].digest if len(read) == 1 else repr(named)
    return hashlib.sha256(f"{digest}{code_digest()}".encode() + (weights or b"")).hexdigest()


def _embed_all(
    new: dict[bytes, Row], encoder: Encoder, progress: Progress, keep: Callable[[Mapping[bytes, Vector]], None]
) -> dict[bytes, Vector]:
    """The vectors of rows. Each chunk is kept for the case that the build is killed, but for the last: it ends here."""
    vectors: dict[bytes, Vector] = {}
    # Longest first: the progress bar ends faster than it began.
    ordered = sorted(new.items(), key=lambda embedded: -len(embedded[1].text))
    for at in range(0, len(ordered), CHUNK):
        progress(at, len(ordered))
        chunk = ordered[at : at + CHUNK]
        made = dict(zip((digest for digest, _ in chunk), _embed([row for _, row in chunk], encoder), strict=True))
        vectors.update(made)
        if at + CHUNK < len(ordered):
            keep(made)
    progress(len(ordered), len(ordered))
    return vectors


def searched_text(section: Section) -> str:
    """What the word indexes hold of a section; a word of the heading counts twice."""
    return "\n".join((section.title, heading(section), section.text, *section.phrasings))


def _embed(chunk: Sequence[Row], encoder: Encoder) -> list[Vector]:
    """Phrasings are embedded as questions (question to question), all else as passages."""
    vectors: list[Vector | None] = [None] * len(chunk)
    for asked, embed in ((True, encoder.queries), (False, encoder.passages)):
        which = [i for i, row in enumerate(chunk) if (row.kind is Kind.PHRASING) == asked]
        for i, vector in zip(which, embed([chunk[i].text for i in which]) if which else (), strict=True):
            vectors[i] = vector
    return [vector for vector in vectors if vector is not None]


def _digest(row: Row) -> bytes:
    """Sixteen hex digits that stand for a row's prompt and text."""
    prompt = "query" if row.kind is Kind.PHRASING else "passage"
    return hashlib.sha256(f"{prompt}\0{row.text}".encode()).hexdigest()[:16].encode()


def code_digest(package: Path = Path(__file__).parent) -> str:
    """SHA-256 over this package's source: another version may cut the same site into other sections."""
    hashed = hashlib.sha256()
    for file in sorted([*package.rglob("*.py"), *package.rglob("*.json")]):
        hashed.update(file.read_bytes())
    return hashed.hexdigest()


def _old_index(folder: Path, encoder: Encoder) -> Index | None:
    """The index that is there; None if there is none, or it was made by another model, or it cannot be read."""
    try:
        return load(folder, encoder.name, encoder.digest)
    except KbError:
        return None
