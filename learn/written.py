"""Questions about documentation sections: headings, and those written by hand (questions/*.jsonl), as examples.

Of a hand-written question its twins were written, too: one part exchanged, so that the section does not answer it
(contrast sets, Gardner et al. 2020).
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.json_lines import read_lines
from learn.neighbours import Neighbours
from learn.records import Example, Origin, Section

QUESTIONS = Path(__file__).with_name("questions")
OWN = "own"
HEADINGS = {"aks": 0.5}  # share of the headings that is left out, as there are so many
LEFT_OUT = 0.2  # … of other sites
SHORTEST = {"en": 14, "ja": 6}  # characters: a shorter heading is hardly a question
JUDGING = 8  # one section in so many judges and does not teach
LIKEST, BESIDE, NEAR_FROM = 6, 2, 3  # neighbours: of so many these at most are read; from which on one is a "no"


OWN_NEAR_FROM = 6  # … of this site, which states much twice
FOLLOWING = 0.3  # share of the questions that also stand in a conversation
AsRead = Callable[[str, Section], str]  # a section as it is read beside a question


@dataclass(frozen=True, slots=True)
class Written:
    """A hand-written question, and the section that it was written for. `before`: what a follow-up goes on from."""

    section: Section
    question: str
    answered: bool
    part: str
    before: str = ""

    @property
    def whole(self) -> str:
        """The question as it is read."""
        return f"{self.before}\n{self.question}" if self.before else self.question


def read_written(site: str, sections: Sequence[Section], folder: Path = QUESTIONS) -> list[Written]:
    """The questions about one site. Raises KbError where the site has not the section of a question."""
    known = {_place(section, site): section for section in sections}

    def written(line: str) -> Written:
        row = json.loads(line)
        place = (row["lang"], row["section"]) if site == OWN else (row["file"], row["place"])
        section = known.get(place)
        if section is None or (site != OWN and section.heading != row["heading"]):
            raise ValueError(f"the site has no such section: {place}")
        return Written(section, row["question"], row["answered"], row["part"], row.get("before", ""))

    return list(read_lines(folder / f"{site}.jsonl", written, "a question about this site", "Is its commit another?"))


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
    written: Sequence[Written], neighbours: Mapping[str, Neighbours], as_read: AsRead, rng: Random, *, own: bool = False
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
        read = as_read(each.question, section)
        yield Example(each.whole, read, each.answered, origins[0], part, held, section.id)
        like = neighbours[section.lang].of(each.whole)
        others = [] if held else [other for other in like[:LIKEST] if other != section][:BESIDE]
        for other in others:  # whether these answer it, the teacher says
            yield Example(each.whole, as_read(each.question, other), False, origins[2], family=section.id)
        unlike = [
            other
            for other in like[OWN_NEAR_FROM if own else NEAR_FROM :]
            if other != section and other.heading != section.heading
        ]
        if each.answered and unlike:
            other = rng.choice(unlike)
            read = as_read(each.question, other)
            yield Example(each.whole, read, False, origins[1], held=held, family=section.id)


def follow_ups(written: Sequence[Written], as_read: AsRead, rng: Random, *, own: bool = False) -> Iterator[Example]:
    """Questions below others, as a conversation has them: whether the section answers the last one is asked.

    One that a section answers, after any other; and one that it does not, after one that it answers.
    """
    origin = Origin.OWN_NEAR if own else Origin.NEAR
    teaching = [each for each in written if not each.before and not judges(each.section)]
    of_section: dict[str, list[Written]] = defaultdict(list)
    for each in teaching:
        if each.answered:
            of_section[each.section.id].append(each)
    answered = [each for listed in of_section.values() for each in listed]
    for each in teaching:
        if rng.random() > FOLLOWING:
            continue
        section = each.section
        if each.answered:
            before = rng.choice(answered)
            yield _after(before, each, section, as_read, origin)
            other = rng.choice(answered)
            if other.section != section and other.section.heading != section.heading:
                yield _after(each, other, section, as_read, origin)
        elif of_section[section.id]:
            yield _after(rng.choice(of_section[section.id]), each, section, as_read, origin)


def _after(before: Written, asked: Written, section: Section, as_read: AsRead, origin: Origin) -> Example:
    """The question that is asked after another, with a section."""
    answered, part = asked.answered and asked.section == section, "" if asked.answered else asked.part
    question = f"{before.question}\n{asked.question}"
    return Example(question, as_read(asked.question, section), answered, origin, part, family=section.id)
