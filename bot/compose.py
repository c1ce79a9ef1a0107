"""Ranked sections to an answer that is nothing but quotes: which sections, which sentences, in which order."""

import re
from dataclasses import dataclass

import numpy as np

from bot.decide import Ranking
from bot.evidence import Evidence, Topics
from index.records import Section, Span

MAX_CITATIONS = 3
QUOTE_LENGTH = 420  # characters; a quote is a few sentences, never a page
# A section is cited beside the first if it is nearly as good: this share of the first one's fused score.
NEARLY = 0.75

# A sentence that is only a verdict ("Yes." / 「いいえ。」): true for the heading's question, not for every question.
VERDICT = re.compile(r"(yes|no)\b[^.。]{0,40}[.。]|(はい|いいえ)[^.。]{0,20}。(ただし条件があります。)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A section and the spans of it that answer; together they are one contiguous quote."""

    section: Section
    spans: tuple[Span, ...]

    @property
    def quote(self) -> str:
        return self.section.text[self.spans[0].start : self.spans[-1].end]

    def sentences(self) -> list[str]:
        return [self.section.quote(span) for span in self.spans]


def compose(evidence: Evidence, ranking: Ranking, topics: Topics, lang: str) -> tuple[Quoted, ...]:
    """Up to three quoted sections in the asker's language (or the one there is), the best first."""
    quoted: list[Quoted] = []
    best = None
    for topic in ranking.order:
        score = ranking.fused[topic]
        if best is not None and (len(quoted) >= MAX_CITATIONS or score < NEARLY * best):
            break
        section = topics.in_language(topic, lang)
        if not section.covered or not section.sentences:
            continue
        best = score if best is None else best
        candidate = Quoted(section, _chosen(section, topics.sentence_cosines(evidence, section)))
        if all(candidate.quote not in other.quote for other in quoted):
            quoted.append(candidate)
    return tuple(quoted)


def _chosen(section: Section, cosines: np.ndarray) -> tuple[Span, ...]:
    """The sentences from the section's first one (its fact) to the best one, or the best alone if that is too long.

    A short section is quoted whole: its conditions belong to its fact.
    """
    spans = section.sentences
    if spans[-1].end - spans[0].start <= QUOTE_LENGTH:
        return spans
    best = int(np.argmax(cosines))
    last = best
    while last + 1 < len(spans) and spans[last + 1].end - spans[0].start <= QUOTE_LENGTH:
        last += 1
    if spans[last].end - spans[0].start <= QUOTE_LENGTH:
        return spans[: last + 1]
    return spans[best : best + 1]
