"""An answer in its parts, each said once: what stands around the first quote, the quote, and facts of other quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.records import Answer, Block, CheckedValue, Citation, Paragraph, Place
from index.records import Section

RULES_SHOWN = 4  # to people: those of the first sources; the check itself has them all


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says, in order."""

    checks: tuple[tuple[CheckedValue, str], ...]  # values that were judged, each with its sentence
    before: tuple[str, ...]  # what is not stated; all of an answer without quotes
    lead: tuple[Block, ...]  # the first quote in the forms of its page
    after: tuple[str | Citation, ...]  # a fact of each further citation; one that is quoted in forms of its own


def said(answer: Answer) -> Said:
    """The parts of an answer."""
    quote = answer.citations[0].quote if answer.citations else ""
    before, _, after = answer.answer.partition(quote) if quote else (answer.answer, "", "")
    lines = _lines(before)
    failing = [check for check in answer.checks if check.status == "fail"]
    judged = tuple(zip(failing or answer.checks, lines, strict=False))
    lead = blocks_of(answer.citations[0]) if quote else ()
    return Said(judged, tuple(lines[len(judged) :]), lead, tuple(_behind(after, answer.citations[1:])))


def _behind(text: str, citations: Sequence[Citation]) -> Iterator[str | Citation]:
    """The lines behind the first quote; instead of those of a list, a table or code the citation that has it."""
    for citation in citations:
        is_plain = all(isinstance(block, Paragraph) for block in citation.blocks)
        if not is_plain and "\n" in citation.quote and citation.quote in text:
            before, _, text = text.partition(citation.quote)
            yield from _lines(before)
            yield citation
    yield from _lines(text)


def blocks_of(citation: Citation) -> tuple[Block, ...]:
    """The quote of a citation in the forms of its page."""
    return citation.blocks or tuple(map(Paragraph, _lines(citation.quote)))


def is_said(citation: Citation, answer: Answer) -> bool:
    """Whether the answer itself says all of a quote."""
    return citation.quote in answer.answer


def place_of(section: Section) -> Place:
    """A section by what names it and leads to it."""
    return Place(section.id, section.lang, section.title, section.path, section.url)


def titled(place: Citation | Place) -> str:
    """A heading with the page that it stands on, of whose title the beginning will do: "How to fix" says nothing."""
    page = re.split(r":\s|：", place.path[0])[0] if place.path else ""
    return f"{page} › {place.title}" if page else place.title


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
