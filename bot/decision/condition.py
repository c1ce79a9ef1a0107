"""The terms under which the fact of a section holds: "With an oven, a lid must be of glass" sets the oven.

Who leaves such a term open is told no bare yes or no. Of a single one, which nothing in the question goes against, the
yes or no is told with it.
"""

from bot.evidence.topics import Topics
from bot.language import patterns as expressions
from bot.question.parts import parts, patterns, plain
from bot.question.question import Question
from index.lexical.words import normalise
from index.records import Section


def left_open(question: Question, section: Section, topics: Topics) -> frozenset[str]:
    """The terms that the fact of a section sets as its condition and that a question does not name.

    An author's own wording may leave one open, too: "Can a lid be steamed?"; the heading leaves none.
    """
    if bare(question.text) == bare(section.title):
        return frozenset()
    named = topics.glossary.mentions(question.plain).keys()
    return set_by(section, topics) - named


def only_condition(question: Question, section: Section, topics: Topics) -> str | None:
    """The one term that a question leaves open, as the section's fact writes it; None if that is not all.

    A question that names a term of which neither heading nor fact speaks may be about the opposite of the condition.
    """
    terms = left_open(question, section, topics)
    headings = (plain(each.title) for each in topics.group(section.id).values())
    known = named_in_fact(section, topics).union(*map(topics.glossary.mentions, headings))
    if len(terms) != 1 or not topics.glossary.mentions(question.plain).keys() <= known:
        return None
    (term,) = terms
    return topics.glossary.mentions(plain(fact_of(section))).get(term)


def set_by(section: Section, topics: Topics) -> frozenset[str]:
    """The terms that the fact of a section sets as its condition, in any language: none of which it says yes or no."""
    matches = (
        match for text in _facts(section, topics) for each in patterns("conditions") for match in each.finditer(text)
    )
    named = {name for match in matches for name in topics.glossary.mentions(match["what"])}
    return frozenset(name for name in named if not _is_asked(name, section, topics))


def named_in_fact(section: Section, topics: Topics) -> frozenset[str]:
    """The terms that the fact of a section names, in any language."""
    return frozenset(name for text in _facts(section, topics) for name in topics.glossary.mentions(text))


def fact_of(section: Section) -> str:
    """The first sentence of a section that is more than a yes or no."""
    alone = expressions("verdicts")["alone"]
    said = map(section.quote, section.sentences)
    return next((text for text in said if not alone.fullmatch(text)), "")


def _is_asked(term: str, section: Section, topics: Topics) -> bool:
    """Whether a section's heading asks for a term in words of a sentence: can the lid be small, of a "small lid"."""
    names = [words for name in topics.glossary.group(term) if len(words := _words(name)) > 1]
    headings = [plain(each.title) for each in topics.group(section.id).values()]
    asked = (heading for heading in headings if term not in topics.glossary.mentions(heading))
    return any(name <= held for heading in asked for held in (_words(heading),) for name in names)


def _words(text: str) -> set[str]:
    return {part.word for part in parts(text)}


def bare(text: str) -> str:
    """A text without the marks and capitals that make no other question of it."""
    return normalise(text).strip(" ?？。")


def _facts(section: Section, topics: Topics) -> list[str]:
    """The fact of a section in each language."""
    return [text for each in topics.group(section.id).values() if (text := plain(fact_of(each)))]
