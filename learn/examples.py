"""All examples as arrays of tokens: `python -m learn examples SOURCES OUT` writes them, `train` reads them."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.encoder.bundled import BundledEncoder
from index.encoder.protocol import plain
from index.encoder.reader import MAX_PASSAGE, MAX_QUESTION
from index.errors import KbError
from learn.excerpts import Excerpts
from learn.neighbours import Neighbours
from learn.own import OwnSite, by_lang, own_examples, wordings
from learn.reading_comprehension import condaqa, squad_like
from learn.records import Example, Origin
from learn.sections import SEED as SITES_SEED
from learn.sections import read_site
from learn.sources import Source, files, read_sources, text
from learn.written import OWN, follow_ups, headings, read_written, written_examples

FILE = "examples.npz"
QUESTION, SECTION = MAX_QUESTION, MAX_PASSAGE  # tokens that the reader reads of each
SEED = 5
TAKEN = {Origin.JAQUAD: 0.4}  # share of the examples that are taken: there are many
HELD = {Origin.SQUAD2: 0.15, Origin.JAQUAD: 0.02}  # share of the articles that judge


@dataclass(frozen=True, slots=True)
class Arrays:
    """Examples by columns. `question` and `section` are rows of the texts, which are tokens without markers."""

    questions: NDArray[np.int32]  # (texts, QUESTION), padded
    question_lengths: NDArray[np.int32]
    sections: NDArray[np.int32]  # (texts, SECTION), padded
    section_lengths: NDArray[np.int32]
    question: NDArray[np.int32]
    section: NDArray[np.int32]
    answered: NDArray[np.bool_]
    left_out: NDArray[np.bool_]  # (examples, QUESTION): tokens of the part
    held: NDArray[np.bool_]
    origin: NDArray[np.str_]
    family: NDArray[np.str_]
    name: NDArray[np.str_]

    def of(self, *origins: Origin, held: bool = False) -> NDArray[np.int64]:
        """Places of the examples of these origins that teach; `held`: of those that judge."""
        return np.flatnonzero(np.isin(self.origin, [str(origin) for origin in origins]) & (self.held == held))

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        columns: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        np.savez_compressed(folder / FILE, **columns)

    @classmethod
    def load(cls, folder: Path) -> "Arrays":
        """Read what `save` wrote. Raises KbError where there is nothing."""
        if not (folder / FILE).is_file():
            raise KbError(f"{folder / FILE} is missing. Run: python -m learn examples SOURCES {folder}")
        with np.load(folder / FILE) as columns:
            return cls(**{field.name: columns[field.name] for field in fields(cls)})


def as_arrays(examples: Sequence[Example], tokenizer: Tokenizer, pad: int) -> Arrays:
    """Examples as tokens; each text is kept once."""
    asked = sorted({example.question for example in examples})
    read = list(dict.fromkeys(example.section for example in examples))
    encoded = tokenizer.encode_batch([plain(question) for question in asked], add_special_tokens=False)
    spans = {question: encoding.offsets for question, encoding in zip(asked, encoded, strict=True)}
    texts = tokenizer.encode_batch([plain(section) for section in read], add_special_tokens=False)
    of_question = {question: place for place, question in enumerate(asked)}
    of_section = {section: place for place, section in enumerate(read)}
    left_out = np.zeros((len(examples), QUESTION), np.bool_)
    for row, example in zip(left_out, examples, strict=True):
        if not example.answered and example.part:
            row[:] = _part(plain(example.question), plain(example.part), spans[example.question][-QUESTION:])
    return Arrays(
        *_padded([encoding.ids[-QUESTION:] for encoding in encoded], QUESTION, pad),
        *_padded([encoding.ids for encoding in texts], SECTION, pad),
        np.array([of_question[example.question] for example in examples], np.int32),
        np.array([of_section[example.section] for example in examples], np.int32),
        np.array([example.answered for example in examples]),
        left_out,
        np.array([example.held for example in examples]),
        np.array([str(example.origin) for example in examples]),
        np.array([example.family for example in examples]),
        np.array([example.name for example in examples]),
    )


def _part(question: str, part: str, spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which tokens of the question belong to its part. Of a long question, the end is read."""
    start = question.rfind(part)
    end = start + len(part)
    tokens = np.zeros(QUESTION, np.bool_)
    if start >= 0:
        tokens[[place for place, (first, last) in enumerate(spans) if first < end and last > start]] = True
    return tokens


def _padded(rows: Sequence[Sequence[int]], most: int, pad: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    padded = np.full((len(rows), most), pad, np.int32)
    lengths = np.array([min(len(row), most) for row in rows], np.int32)
    for line, row, length in zip(padded, rows, lengths, strict=True):
        line[:length] = row[:length]
    return padded, lengths


def all_examples(sources: Path, index: Path, root: Path, tokens: Callable[[str], list[int]]) -> Iterator[Example]:
    """Every example."""
    listed = read_sources()
    own, rng, drawing = OwnSite(index), Random(SEED), Random(SITES_SEED)
    sites = {source.name: read_site(source, sources, drawing) for source in listed if source.lang}
    for source in listed:
        if not source.lang:
            yield from _set(source, sources, rng)
    for site, sections in sites.items():
        yield from headings(site, sections, rng)
    excerpts = Excerpts(BundledEncoder())
    for site, sections in sites.items():
        neighbours, written = {sections[0].lang: Neighbours(sections, tokens)}, read_written(site, sections)
        yield from written_examples(written, neighbours, excerpts.as_read, rng)
        yield from follow_ups(written, excerpts.as_read, rng)
    of_own = {lang: Neighbours(each, tokens) for lang, each in by_lang(own.answering).items()}
    written = read_written(OWN, own.sections)
    yield from written_examples(written, of_own, own.as_read, rng, own=True)
    yield from follow_ups(written, own.as_read, rng, own=True)
    yield from wordings(own, of_own, rng)
    yield from own_examples(own, root)


def _set(source: Source, folder: Path, rng: Random) -> Iterator[Example]:
    origin, listed = Origin(source.name), files(source, folder, ".json")
    read = (text(source, folder, file) for file in listed)
    if origin is Origin.CONDAQA:
        yield from condaqa(read, rng)
    else:
        for file in read:
            for example in squad_like(json.loads(file)["data"], origin, rng, HELD.get(origin, 0.0)):
                if example.held or rng.random() < TAKEN.get(origin, 1.0):
                    yield example
