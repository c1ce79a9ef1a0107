"""Citations that state one fact: the first is quoted, the others are named beside it."""

from collections.abc import Sequence

from bot.compose import Quoted
from index.words import words

SAID = 0.7  # a sentence with this share of its words said before would repeat


def says_again(text: str, said: set[str]) -> bool:
    """Whether a text has hardly a word that is not said, and no number."""
    found = set(words(text))
    return len(found & said) >= SAID * len(found) and not any(
        word not in said for word in found if any(map(str.isdigit, word))
    )


def together(quoted: Sequence[Quoted]) -> list[tuple[Quoted, list[Quoted]]]:
    """Each quote that says something of its own, with those that say it again."""
    found: list[tuple[Quoted, list[Quoted]]] = []
    for one in quoted:
        same = (also for first, also in found if says_again(one.quote, set(words(first.quote))))
        if (also := next(same, None)) is None:
            found.append((one, []))
        else:
            also.append(one)
    return found
