"""What topics state, in all languages: the side that the parts of a question are held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.evidence import Topics
from bot.parts import stem
from bot.relations import counts, directions, negated
from index.records import Section
from index.words import grams, normalise, words

KEPT = 512  # topics whose words are kept


@dataclass(frozen=True, slots=True)
class Stated:
    """What sections say, in all languages: normalised text, words, their stems and threes of letters, directions."""

    text: str
    words: frozenset[str]
    stems: frozenset[str]
    grams: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    negated: frozenset[str]
    counts: tuple[frozenset[tuple[str, bool]], ...]  # of each heading and phrasing

    @classmethod
    def of(cls, sections: Iterable[Section], topics: Topics) -> "Stated":
        sections = list(sections)
        asked = [text for section in sections for text in (section.title, *section.phrasings)]
        whole = "\n".join((*asked, *(text for section in sections for text in (*section.path, section.text))))
        text, held = normalise(whole), frozenset(words(whole))
        return cls(
            text,
            held,
            frozenset(map(stem, held)),
            frozenset(grams(whole)),
            frozenset(directions(whole, topics)),
            frozenset(negated(whole, topics)),
            tuple(counted for counted in (frozenset(counts(text, topics)) for text in asked) if len(counted) > 1),
        )


def stated_by(cited: Sequence[int], topics: Topics) -> list[Stated]:
    """What each topic states."""
    return [_stated(topic, topics) for topic in cited]


def sections_with(token: str, topics: Topics) -> int:
    """How many sections hold a word."""
    index = topics.index.words
    number = index.vocabulary.get(token)
    return 0 if number is None else int(index.starts[number + 1] - index.starts[number])


def _stated(topic: int, topics: Topics) -> Stated:
    """Kept for the next question; threads may do the same work twice, which is harmless."""
    kept: dict[int, Stated] = topics.stated
    stated = kept.get(topic)
    if stated is None:
        stated = Stated.of(topics.sections(topic).values(), topics)
        if len(kept) >= KEPT:
            kept.clear()
        kept[topic] = stated
    return stated
