"""Whether a thing is the most of its kind: a yes or no that the answer to "which is it?" gives to who names one.

"Which lid is the hottest?" is answered with one; of another one that the section speaks of it is not so.
"""

from dataclasses import replace

from bot.decision.condition import fact_of
from bot.decision.negation import negates
from bot.decision.same_question import names_the_same
from bot.evidence.topics import Topics
from bot.language import patterns as expressions
from bot.question.parts import parts, patterns, plain
from bot.question.question import Question
from bot.question.statement import statement
from bot.records import Verdict
from index.lexical.words import normalise, words
from index.records import Section


def most_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no of a section that says which thing is the most; None: the question names no one, or asks more."""
    heading, said = plain(section.title), statement(question.asking)
    asked = _superlatives(said.text)
    if not asked or asked != _superlatives(heading) or not section.covered or section.other_source:
        return None
    is_open = expressions("turns")["open"]
    if said.denied or negates(said.text) or is_open.search(said.text) or not is_open.search(heading):
        return None
    known, terms = topics.glossary.mentions(heading), topics.glossary.mentions(question.plain)
    named = {name: shown for name, shown in terms.items() if name not in known}
    stated = topics.glossary.mentions(plain(fact_of(section))).keys() - known.keys()
    kind = [shown for name, shown in known.items() if name not in terms]  # the heading asks which of these it is
    if len(named) != 1 or len(stated) != 1 or len(kind) > 1:
        return None
    ((name, shown),) = named.items()
    if not any(names_the_same(_with(question, shown, each), section, topics) for each in ("", *kind)):
        return None
    if name in stated:
        return "yes"
    return "no" if name in topics.glossary.mentions(plain(section.text)) else None


def _superlatives(text: str) -> set[int]:
    """Which of the words for the most of something a text has."""
    return {number for number, pattern in enumerate(patterns("superlatives")) if pattern.search(text)}


def _with(question: Question, shown: str, kind: str) -> Question:
    """A question with its kind in place of the thing that it names, and without its word for the most."""
    asked = question.plain.replace(shown, f" {kind} ", 1)
    for pattern in patterns("superlatives"):
        asked = pattern.sub(" ", asked)
    read = tuple(parts(asked))
    return replace(
        question, text=asked, plain=asked, written=normalise(asked), tokens=tuple(words(asked)), parts=read, words=read
    )
