"""A modifier belongs to its noun: "cast iron pot" says nothing of cast shadows.

The word alone stands in the section, so that the parts of the question look accounted for; what it goes with does not,
or only within another term: "brass lid" is no more in "copper lid holder or brass pot holder".
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from bot.decision.stated import own_text, speaks_of, stated_by
from bot.evidence.topics import Topics
from bot.question.glossary import places_of
from bot.question.parts import Part, stem
from bot.question.question import Question
from index.lexical.words import normalise

ALIKE = 0.75  # ratio of letters from which a word is a term's own, misspelt
REST = 100  # letters behind a word that are read


def other_nouns(question: Question, cited: int, topics: Topics) -> list[str]:
    """Pairs of words, as they stand: the first a topic says in longer terms alone, the second not at all."""
    (stated,) = stated_by([cited], topics)
    pairs = [
        (first, last, nouns)
        for first, last in _neighbours(question)
        if (nouns := topics.glossary.continued(first.word))
        and not topics.glossary.ends(first.word)
        and not any(map(str.isdigit, last.text))
        and not any(_alike(last.word, noun) for noun in nouns)
        and (topics.glossary.within(last.word) or not speaks_of(stated, last, topics))
    ]
    if not pairs:
        return []
    said = normalise(own_text(cited, topics))
    return [question.plain[a.start : b.end] for a, b, nouns in pairs if _only_before(a.word, nouns, said)]


def _neighbours(question: Question) -> Iterator[tuple[Part, Part]]:
    """Words of the sentence that asks with nothing but a space between them."""
    asked = [part for part in question.words if part.asked]
    return (
        (first, last)
        for first, last in pairwise(asked)
        if first.end <= last.start and not question.plain[first.end : last.start].strip(" -")
    )


def _only_before(word: str, nouns: frozenset[str], text: str) -> bool:
    """Whether a normalised text has a word, and each time before one of these nouns."""
    rests = [text[end : end + REST].lstrip(" -") for _, end in places_of(word, text)]
    return bool(rests) and all(rest.startswith(tuple(nouns)) for rest in rests)


def _alike(word: str, continued: str) -> bool:
    """Whether a word is one of those that go on, in another form or misspelt."""
    return any(
        stem(word) == stem(each) or SequenceMatcher(None, word, each).ratio() >= ALIKE
        for each in (continued, *continued.split())
    )
