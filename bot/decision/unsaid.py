"""What a statement says beside terms of the glossary that a text does not say: any such word may turn its answer."""

from collections.abc import Iterator

from bot.decision.relations import singular
from bot.evidence.topics import Topics
from bot.language import expressions
from bot.question.parts import neutral, parts, root
from index.lexical.words import normalise


def without_given(statement: str) -> str:
    """A statement without the words that only say under what it is so, or of which kind something is."""
    for pattern in expressions("sole", "given"):
        statement = pattern.sub(" ", statement)
    return statement


def unsaid(statement: str, known: str, topics: Topics) -> Iterator[str]:
    """The words of a plain statement, beside terms, that a plain text has not, in any form of them.

    A word of a term is not the term: in "glass lid" nothing is said of glass.
    """
    spoken, text = topics.glossary.without(statement), topics.glossary.without(known)
    written, roots = normalise(text), {root(part.word) for part in parts(singular(text))}
    for part in parts(singular(spoken)):
        held = root(part.word) in roots if part.word.isascii() else part.word in written
        if not held and part.word not in neutral():
            yield part.text
