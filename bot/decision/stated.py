"""What topics state, in all languages: the side that the parts of a question are held against."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.decision.negation import negated_terms
from bot.decision.relations import counts, directions
from bot.evidence.topics import Topics
from bot.question.parts import Part, stem
from index.lexical.words import grams, normalise, words
from index.records import Section

KEPT = 512  # topics whose words are kept
KEPT_PATTERNS = 4096  # of words that were asked for
_ACRONYMS = re.compile(r"\w+[A-Z]\w*s")  # several of a thing with a capital within: IPs, VNets; not Windows
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)+")


@dataclass(frozen=True, slots=True)
class Stated:
    """What sections say, in all languages: normalised text, words, their stems and character trigrams, directions."""

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
            frozenset(negated_terms(whole, topics)),
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


def spoken_of(part: Part, topics: Topics) -> bool:
    """Whether any covered section has the words of a part."""
    return bool(topics.covered[topics.of_section[topics.index.words.places(part.tokens)]].any())


def own_text(topic: int, topics: Topics) -> str:
    """A topic's titles and texts, in all languages, without how it is asked for."""
    return "\n".join(f"{section.title}\n{section.text}" for section in topics.sections(topic).values())


def full_text(topic: int, topics: Topics) -> str:
    """A topic's titles and texts with how it is asked for, in all languages."""
    sections = topics.sections(topic).values()
    return "\n".join("\n".join((*each.path, each.title, *each.phrasings, each.text)) for each in sections)


def headings_of(topic: int, topics: Topics) -> Stated:
    """What a topic's headings and phrasings say, without its text."""

    def read() -> Stated:
        return Stated.of((replace(section, path=(), text="") for section in topics.sections(topic).values()), topics)

    return _kept(topics.headings, topic, read)


def _stated(topic: int, topics: Topics) -> Stated:
    return _kept(topics.stated, topic, lambda: Stated.of(topics.sections(topic).values(), topics))


def _kept(kept: dict[int, Stated], topic: int, read: Callable[[], Stated]) -> Stated:
    """Kept for the next question; threads may do the same work twice, which is harmless."""
    stated = kept.get(topic)
    if stated is None:
        stated = read()
        if len(kept) >= KEPT:
            kept.clear()
        kept[topic] = stated
    return stated


def speaks_of(stated: Stated, part: Part, topics: Topics) -> bool:
    """Whether a topic names a part of a question, under any of its names."""
    return accounts_for(stated, part, part.word, part.tokens, topics.glossary.names(part.word)) == 1


def accounts_for(stated: Stated, part: Part, word: str, tokens: Sequence[str], names: frozenset[str]) -> float:
    """1 if a text speaks of a part, under any of its names; of Japanese, the share of its pairs of letters."""
    singular = (word[:-1],) if _ACRONYMS.fullmatch(part.text) else ()
    if any(holds(stated.text, name) for name in (word, *singular, *names)):
        return 1.0
    if any(token in stated.words for token in tokens if _VERSION.fullmatch(token)):
        return 1.0  # v1.7.9
    if part.script == "term":
        return 0.0
    if part.script not in ("latin", "word"):
        return sum(token in stated.words for token in tokens) / len(tokens) if tokens else 0.0
    return 0.0 if part.named else float(stem(word) in stated.stems)


@lru_cache(KEPT_PATTERNS)
def _bounded(term: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])")


def holds(text: str, term: str) -> bool:
    """Whether a normalised text has a term, as a whole word where that is Latin."""
    return term in text and (not term.isascii() or bool(_bounded(term).search(text)))
