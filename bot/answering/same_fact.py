"""Citations that state one fact: the first is quoted, the others are named beside it.

One fact is meant where each sentence of a quote has its like in the other quote: a sentence with all its names and
numbers and not much more. Words that stand all over the site make no difference, but "regional" and "global" do.
"""

from collections.abc import Callable, Sequence

from bot.answering.compose import Quoted
from bot.answering.units import units
from bot.decision.stated import sections_with
from bot.evidence.topics import Topics
from index.lexical.words import words

SAID = 0.7  # a sentence with this share of its words said before would repeat
ALIKE = 0.5  # of the units of a sentence: its like has no more than so many others
COMMON = 0.05  # of the sections of a site, over all languages: a word in so many makes no difference
Common = Callable[[str], bool]


def says_again(text: str, said: set[str]) -> bool:
    """Whether a text has hardly a word that is not said."""
    own = set(words(text))
    return len(own & said) >= SAID * len(own)


def together(quoted: Sequence[Quoted], common: Common) -> list[tuple[Quoted, list[Quoted]]]:
    """Each quote that says something of its own, with those that say the same; `common`: words that tell nothing."""
    groups: list[tuple[Quoted, list[Quoted]]] = []
    for quote in quoted:
        same = (also for first, also in groups if _same(quote, first, common))
        if (also := next(same, None)) is None:
            groups.append((quote, []))
        else:
            also.append(quote)
    return groups


def common_words(topics: Topics) -> Common:
    """Of a site: the words that stand in many of its sections."""
    least = COMMON * len(topics.index.sections)
    return lambda word: word.isascii() and word.isalpha() and sections_with(word, topics) >= least


def _same(quote: Quoted, first: Quoted, common: Common) -> bool:
    known = [units(sentence) for sentence in first.sentences()]
    return all(any(_like(units(own), other, common) for other in known) for own in quote.sentences())


def _like(own: set[str], other: set[str], common: Common) -> bool:
    return len(own & other) >= ALIKE * len(other) and all(map(common, own - other))
