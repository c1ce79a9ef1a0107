"""Whether a cited section may be out of date: its source has changed, or was compared too long ago."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.language import say
from bot.records import Answer, Stale
from index.records import Section

if TYPE_CHECKING:  # a terminal shows this without the index's libraries
    from bot.evidence.topics import Topics


def dated(answer: Answer, topics: "Topics", today: date) -> Answer:
    """The answer with what is to be said of the age of its citations."""
    named = [(cited, topics.group(cited.section).get(cited.lang)) for cited in answer.citations]
    ages = [stale(section, today) if section else None for _, section in named]
    if not any(ages):
        return answer
    citations = tuple(replace(cited, stale=age) for (cited, _), age in zip(named, ages, strict=True))
    return replace(answer, citations=citations)


def stale(section: Section, today: date) -> Stale | None:
    """What makes a section old: the first change of a source that nobody has looked at, else the oldest comparison."""
    return min(_reasons(section, today), key=lambda reason: (reason.why, reason.since), default=None)


def stale_line(stale: Stale, lang: str) -> str:
    """The same in one line."""
    return say(lang, "answers", f"stale.{stale.why}", source=stale.source, since=stale.since)


def _reasons(section: Section, today: date) -> Iterator[Stale]:
    for source in section.sources:
        if source.changed:
            yield Stale(source.changed, source.title, source.url, "changed")
        elif source.verified and 0 < source.days < (today - date.fromisoformat(source.verified)).days:
            yield Stale(source.verified, source.title, source.url, "old")
