"""The glossary at work: other ways of writing a term bring its main names into the word search.

Authors edit one thing, the glossary page: in a section with the class `glossary`, each row of the table lists equal
terms, main ones first (the last cell is the meaning).
"""

import re
from collections.abc import Iterable, Sequence

from index.records import Section
from index.words import normalise, words


class Glossary:
    """Groups of equal terms, ready to be looked up in a question."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._entries = [
            (_pattern(term), tuple(words(" ".join(group[:2]))))
            for section in sections
            for group in section.synonyms
            for term in group
        ]

    def expand(self, question: str, tokens: Sequence[str]) -> list[str]:
        """The question's words and those of the main names of every term it contains."""
        plain = normalise(question)
        added = (word for pattern, names in self._entries if pattern.search(plain) for word in names)
        return list(dict.fromkeys([*tokens, *added]))


def _pattern(term: str) -> re.Pattern[str]:
    """The term as written in normalised text; Latin letters and digits must not go on at its ends."""
    escaped = re.escape(normalise(term))
    start = r"(?<![a-z0-9])" if normalise(term)[:1].isascii() else ""
    end = r"(?![a-z0-9])" if normalise(term)[-1:].isascii() else ""
    return re.compile(start + escaped + end)
