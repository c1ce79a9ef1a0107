"""Questions about documentation sections: headings, and those written by hand (questions/*.jsonl), as examples.

Of a hand-written question its twins were written, too: one part exchanged, so that the section does not answer it
(contrast sets, Gardner et al. 2020).
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from index.errors import KbError
from learn.neighbours import Neighbours
from learn.records import Example, Origin, Section

QUESTIONS = Path(__file__).with_name("questions")
OWN = "own"
HEADINGS = {"aks": 0.5}  # share of the headings that is left out, as there are so many
LEFT_OUT = 0.2  # … of other sites
SHORTEST = {"en": 14, "ja": 6}  # characters: a shorter heading is hardly a question
JUDGING = 8  # one section in so many judges and does not teach
LIKEST, BESIDE, NEAR_FROM = 6, 2, 3  # neighbours: of so many these at most are read; from which on one is a "no"


@dataclass(frozen=True, slots=True)
class Written:
    """A hand-written question, and the section that it was written for."""

    section: Section
    question: str
    answered: bool
    part: str


def read_written(site: str, sections: Sequence[Section], folder: Path = QUESTIONS) -> list[Written]:
    """The questions about one site. Raises KbError where the site has not the section of a question."""
    known = {_place(section, site): section for section in sections}
    written = []
    for number, line in enumerate((folder / f"{site}.jsonl").read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        place = (row["lang"], row["section"]) if site == OWN else (row["file"], row["place"])
        section = known.get(place)
        if section is None or (site != OWN and section.heading != row["heading"]):
            raise KbError(f"{site}.jsonl, line {number}: the site has no such section: {place}. Is its commit another?")
        written.append(Written(section, row["question"], row["answered"], row["part"]))
    return written


def _place(section: Section, site: str) -> tuple[str, str] | tuple[str, int]:
    return (section.lang, section.id) if site == OWN else (section.page, section.place)


def judges(section: Section) -> bool:
    """True for the sections whose questions only judge."""
    return zlib.crc32(section.id.encode()) % JUDGING == 0


def headings(site: str, sections: Sequence[Section], rng: Random) -> Iterator[Example]:
    """A section answers its heading; another section of the page does not."""
    pages: dict[str, list[Section]] = defaultdict(list)
    for section in sections:
        pages[section.page].append(section)
    for section in sections:
        if len(section.path) < 2 or rng.random() < HEADINGS.get(site, LEFT_OUT):
            continue
        question = section.heading
        if len(question) < SHORTEST[section.lang]:
            continue
        yield Example(question, section.without_heading(), True, Origin.HEADING)
        others = [
            other
            for other in pages[section.page]
            if other is not section and len(other.path) > 1 and question not in (other.heading, *other.path[:-1])
        ]
        for other in rng.sample(others, min(1, len(others))):
            yield Example(question, other.without_heading(), False, Origin.HEADING)


def written_examples(
    written: Sequence[Written], neighbours: Mapping[str, Neighbours], rng: Random, *, own: bool = False
) -> Iterator[Example]:
    """Each question with its own section, and with others of like words. `neighbours` by language."""
    origins = (
        (Origin.OWN_WRITTEN, Origin.OWN_NEAR, Origin.OWN_NEIGHBOUR)
        if own
        else (Origin.WRITTEN, Origin.NEAR, Origin.NEIGHBOUR)
    )
    for each in written:
        section, held = each.section, judges(each.section)
        part = "" if each.answered else each.part
        yield Example(each.question, section.whole(), each.answered, origins[0], part, held, section.id)
        like = neighbours[section.lang].of(each.question)
        others = [] if held else [other for other in like[:LIKEST] if other != section][:BESIDE]
        for other in others:  # whether these answer it, the teacher says
            yield Example(each.question, other.whole(), False, origins[2], family=section.id)
        unlike = [other for other in like[NEAR_FROM:] if other != section and other.heading != section.heading]
        if each.answered and unlike:
            other = rng.choice(unlike)
            yield Example(each.question, other.whole(), False, origins[1], held=held, family=section.id)
