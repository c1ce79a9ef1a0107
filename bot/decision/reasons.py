"""Whether a section gives the reason that is asked for: "why" in a wording gives none.

The heading "Why" stands above the reason of what its page is about, unless the text below only says again what another
page states, to which it links: for who asks why that is so it is none.
"""

from collections.abc import Iterable

from bot.decision.condition import fact_of
from bot.decision.named_headings import CODE
from bot.decision.same_question import is_wording
from bot.evidence.topics import Topics
from bot.question.conversation import only_a_kind
from bot.question.parts import Kind, neutral, parts, plain, stems
from bot.question.question import Question
from index.lexical.words import words
from index.records import Section

SAID = 0.7  # share of what a fact names with which another one says it again


def gives_reason(kind: Kind, question: Question, topic: int, topics: Topics) -> bool:
    """Whether a topic says why, in any language: in its text, in a heading that asks it, or by its author's word."""
    held = topics.sections(topic).values()
    if any(is_wording(question.text, section) for section in held):
        return True
    said = (text for section in held for text in (section.text, *_headings(section, question, topics)))
    if any(kind.states.search(plain(text)) for text in said):
        return True
    return any(_asks_so(kind, question, section.phrasings) for section in held if not only_a_kind(section.title))


def _headings(section: Section, question: Question, topics: Topics) -> tuple[str, ...]:
    """The title; if it is only "why", for who names the code that stands above it, or where the text says more."""
    if not only_a_kind(section.title):
        return (section.title,)
    codes = {token for heading in section.path for token in words(heading) if CODE.fullmatch(token)}
    says_why = codes & set(question.tokens) or not _says_again(section, topics)
    return (section.title,) if says_why else ()


def _says_again(section: Section, topics: Topics) -> bool:
    """Whether the fact of a section is that of another one, on a page to which it links."""
    own = _named(fact_of(section), topics)
    of_language = (each for each in topics.index.sections if each.page in section.links and each.lang == section.lang)
    facts = (_named(fact_of(each), topics) for each in of_language if each.covered)
    return any(len(own & fact) >= SAID * len(own) for fact in facts)


def _named(text: str, topics: Topics) -> frozenset[str]:
    """What a text names, terms by their first names."""
    asked = plain(text)
    return stems(parts(topics.glossary.without(asked))) | topics.glossary.mentions(asked).keys()


def _asks_so(kind: Kind, question: Question, wordings: Iterable[str]) -> bool:
    """Whether a wording asks for the reason of what the question names, and of nothing more."""
    named = stems(question.words)
    asked = (text for wording in wordings if kind.asks.search(text := plain(wording)))
    return any(stems(part for part in parts(text) if part.word not in neutral()) <= named for text in asked)
