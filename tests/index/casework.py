"""What the tests of the index share: golden cases, small sites, and an encoder without a model."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.reading.drafts import to_section
from index.reading.page import read_page
from index.records import Section

CASES = Path(__file__).with_name("cases")
PAGE = "guide/page"  # where every golden case is published


def sections_of(source: bytes) -> list[Section]:
    """The sections of one page; links stay paths of URLs (index/reading/site.py turns them into pages)."""
    page = read_page(source, f"/{PAGE}/")
    return [to_section(draft, PAGE, page.lang, page.url, draft.links) for draft in page.drafts]


def quotes(section: Section) -> list[str]:
    return [section.quote(span) for span in section.sentences]


def as_case(section: Section) -> dict[str, object]:
    """A section as the cases write it: `text` by lines, `quotes` the sentences; what is usual is left out.

    Every field is there but `lang` and `url`, which are the page's; a new field of the record is, too.
    """
    usual = {"path": [], "phrasings": [], "links": [], "covered": True, "synonyms": [], "forms": []}
    usual |= {"warning": False, "other_source": False, "genre": "", "sources": [], "linked": [], "tool": []}
    case = json.loads(json.dumps(asdict(section)))  # tuples become lists, as in the files
    del case["lang"], case["url"], case["sentences"]
    case |= {
        "id": section.id.removeprefix(PAGE),
        "text": section.text.split("\n"),
        "quotes": quotes(section),
        "linked": [[link.text, link.url] for link in section.linked],
        "forms": [[f"{form.kind} {form.label}".strip(), section.text[form.start : form.end]] for form in section.forms],
    }
    return {key: value for key, value in case.items() if key not in usual or value != usual[key]}


def html(body: str, lang: str = "en") -> str:
    """A page as Material publishes it, without what the theme adds."""
    attribute = f' lang="{lang}"' if lang else ""
    return (
        f'<!doctype html><html{attribute}><body><main><article class="md-content__inner">{body}</article></main></body>'
    )


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files by their paths below `folder`, and return it."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


class FakeEncoder:
    """A pure function of the text: counts of its character trigrams, hashed to 64 dimensions, as a unit vector."""

    dimension = 64
    limit = 500

    def __init__(self, name: str = "fake", digest: str = "digest of fake") -> None:
        self.name, self.digest = name, digest
        self.embedded: list[str] = []  # every text that was embedded, with its prompt

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._embed([f"query: {text}" for text in texts])

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._embed([f"passage: {text}" for text in texts])

    def count(self, text: str, /) -> int:
        return len(text.split())

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return np.stack([self.vector(text) for text in texts])

    def vector(self, text: str) -> NDArray[np.float32]:
        counts = np.zeros(self.dimension, np.float32)
        for at in range(len(text) - 2):
            counts[zlib.crc32(text[at : at + 3].encode()) % self.dimension] += 1
        return counts / np.linalg.norm(counts)
