"""Whether a section gives the reason that is asked for: "why" in a wording or in a heading gives none.

The heading "Why" stands above the reason of what its page is about. Whoever asks why something else is so is answered
by a sentence that says so.
"""

from collections.abc import Iterable

from bot.decision.named_headings import CODE
from bot.decision.same_question import is_wording
from bot.evidence.topics import Topics
from bot.question.conversation import only_a_kind
from bot.question.parts import Kind, neutral, parts, plain, stems
from bot.question.question import Question
from index.lexical.words import words
from index.records import Section


def gives_reason(kind: Kind, question: Question, topic: int, topics: Topics) -> bool:
    """Whether a topic says why, in any language: in its text, in a heading that asks it, or by its author's word."""
    held = topics.sections(topic).values()
    if any(is_wording(question.text, section) for section in held):
        return True
    said = (text for section in held for text in (section.text, *_headings(section, question)))
    if any(kind.states.search(plain(text)) for text in said):
        return True
    return any(_asks_so(kind, question, section.phrasings) for section in held if not only_a_kind(section.title))


def _headings(section: Section, question: Question) -> tuple[str, ...]:
    """The title, which says "why" of the code that stands above it for who names that."""
    if not only_a_kind(section.title):
        return (section.title,)
    codes = {token for heading in section.path for token in words(heading) if CODE.fullmatch(token)}
    return (section.title,) if codes & set(question.tokens) else ()


def _asks_so(kind: Kind, question: Question, wordings: Iterable[str]) -> bool:
    """Whether a wording asks for the reason of what the question names, and of nothing more."""
    named = stems(question.words)
    asked = (text for wording in wordings if kind.asks.search(text := plain(wording)))
    return any(stems(part for part in parts(text) if part.word not in neutral()) <= named for text in asked)
