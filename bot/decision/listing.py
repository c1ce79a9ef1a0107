"""The lists of a sentence: what it names side by side, "lids, clay bowls and pots".

Each item is one term of the glossary, or one with its kind. A comma behind an opening phrase or between two clauses
("With a tray, the oven …", "Lids are cold, and pots …") makes no list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.evidence.topics import Topics
from bot.language import expressions
from bot.question.glossary import Glossary
from bot.question.parts import parts
from index.lexical.words import words

KEPT = 64  # glossaries whose words are kept
List = tuple[frozenset[str], ...]  # the terms of each item


@dataclass(frozen=True, slots=True)
class _Term:
    name: str
    start: int
    end: int


def lists_of(sentence: str, topics: Topics) -> Iterator[List]:
    """Each list of a plain sentence, of two items or more."""
    terms = sorted(_terms(sentence, topics), key=lambda term: term.start)
    if any(pattern.search(sentence) for pattern in expressions("listing", "paired")):
        return
    run: list[list[_Term]] = []
    gaps: list[str] = []
    for term in terms:
        gap = sentence[run[-1][-1].end : term.start] if run else ""
        if run and _is_within(gap, topics):
            run[-1].append(term)
        elif run and _parts_items(gap, gaps, topics):
            run.append([term])
            gaps.append(gap)
        else:
            yield from _list(sentence, run, gaps, topics)
            run, gaps = [[term]], []
    yield from _list(sentence, run, gaps, topics)


def _list(sentence: str, run: list[list[_Term]], gaps: list[str], topics: Topics) -> Iterator[List]:
    """The list that a run of items is, without a last one with which another clause begins."""
    if not run:
        return
    before, behind = sentence[: run[0][0].start], sentence[run[-1][-1].end :]
    has_verb = any(True for _ in parts(topics.glossary.without(before)))
    if has_verb and any(pattern.match(behind) for pattern in expressions("listing", "resumes")):
        run, gaps = run[:-1], gaps[:-1]
    if len(run) > 1 and any(pattern.search(gap) for gap in gaps for pattern in expressions("listing", "concludes")):
        yield tuple(frozenset(term.name for term in item) for item in run)


def _parts_items(gap: str, before: list[str], topics: Topics) -> bool:
    """Whether what stands between two terms parts two items of a list; a comma and "and" part no first two."""
    separators = expressions("listing", "between")
    if not any(pattern.search(gap) for pattern in separators):
        return False
    if not before and any(pattern.search(gap) for pattern in expressions("listing", "clauses")):
        return False
    for pattern in separators:
        gap = pattern.sub(" ", gap)
    return _says_nothing(gap, topics)


def _is_within(gap: str, topics: Topics) -> bool:
    """Whether what stands between two terms leaves them in one item."""
    for pattern in expressions("listing", "within"):
        gap = pattern.sub(" ", gap)
    return not any(pattern.search(gap) for pattern in expressions("listing", "between")) and _says_nothing(gap, topics)


def _says_nothing(text: str, topics: Topics) -> bool:
    """Whether a text has only articles and words that begin names of the glossary."""
    begun = _first_words(topics.glossary)
    for pattern in expressions("listing", "articles"):
        text = pattern.sub(" ", text)
    return all(word.lower() in begun for word in text.split())


@lru_cache(KEPT)
def _first_words(glossary: Glossary) -> frozenset[str]:
    return frozenset(word for name in glossary.names_of_all() for word in words(name)[:1])


def _terms(sentence: str, topics: Topics) -> Iterator[_Term]:
    """Where a sentence names terms, as often as it does; of those that overlap the longest."""
    taken: set[int] = set()
    named = topics.glossary.mentions(sentence).items()
    for name, shown in sorted(named, key=lambda each: -len(each[1])):
        bounded = rf"(?<![A-Za-z0-9]){re.escape(shown)}(?![A-Za-z0-9])" if shown.isascii() else re.escape(shown)
        for start, end in (match.span() for match in re.finditer(bounded, sentence)):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                yield _Term(name, start, end)
