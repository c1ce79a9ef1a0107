"""Who asks without a thing is answered by the section for those without it: "no lid" is alike to "lid" to vectors.

So is who names something else in place of the condition under which the nearest section's fact holds.
"""

from collections.abc import Iterable, Iterator, Set

from bot.decision.account import can_be_quoted, leader
from bot.decision.condition import left_open, named_in_fact, set_by
from bot.decision.coverage import covering_most
from bot.decision.negation import negated_terms
from bot.decision.ranking import Ranking
from bot.decision.stated import headings_of, holds, own_text, speaks_of, stated_by
from bot.evidence.topics import Topics
from bot.question.parts import Part, neutral, patterns, plain
from bot.question.question import Question
from index.lexical.words import normalise
from index.records import Section

NEAREST = 8  # topics among which the section is looked for
HEADED = 12  # … and among which one that is headed by being without
SEVERAL = 2  # words of a question that a heading names
PAGE = 60  # … and among which one on a page of these is


def without_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the near section that is headed by being without most of what a question takes away.

    It speaks of something else that the question names, too: what else holds without a lid is not asked. Where there is
    none, by one that names nothing of what is taken away, and is headed by all else that the question names.
    """
    negated = negated_terms(question.asking, topics).keys()
    best = leader(ranking, topics)
    if not negated or best is None or negated & headings_of(best, topics).negated or _asks_others(question):
        return ranking
    others = topics.glossary.mentions(question.plain).keys() - negated
    near = [
        (rank, titled)
        for rank, topic in ranking.nearest(HEADED)
        if can_be_quoted(topic, topics)
        and (titled := _negated_by_titles(topic, topics) & negated)
        and _speaks_of_any(topic, others, question, topics)
    ]
    place = covering_most(negated, [titled for _, titled in near])
    if place is None:
        return ranking.led_by_first(_of_all_else(question, negated, best, ranking, topics))
    return ranking.led_by_first([near[place][0]])


def _speaks_of_any(topic: int, others: Set[str], question: Question, topics: Topics) -> bool:
    """Whether a topic speaks of one of the other terms, or of one of the words where a question names no other term."""
    if others:
        return any(_speaks_of(topic, other, topics) for other in others)
    (stated,) = stated_by([topic], topics)
    return any(speaks_of(stated, part, topics) for part in _all_else(question, question.parts))


def _of_all_else(question: Question, negated: Set[str], best: int, ranking: Ranking, topics: Topics) -> Iterator[int]:
    """The ranks of near sections without the terms taken away, headed by all else; the best one is headed by a term."""
    titles = normalise("\n".join(section.title for section in topics.sections(best).values()))
    names = [name for term in negated for name in topics.glossary.group(term)]
    asked = _all_else(question, question.parts)
    if len(_all_else(question, question.words)) < SEVERAL or not any(holds(titles, name) for name in names):
        return
    for rank, topic in ranking.nearest(NEAREST):
        text, headings = normalise(own_text(topic, topics)), headings_of(topic, topics)
        headed = can_be_quoted(topic, topics) and all(speaks_of(headings, part, topics) for part in asked)
        if headed and not any(holds(text, name) for name in names):
            yield rank


def _all_else(question: Question, named: Iterable[Part]) -> list[Part]:
    """What a question names beside the terms that it takes away, of its parts or its words."""
    spans = [match.span() for each in patterns("negated_terms") for match in each.finditer(question.plain)]
    return [
        part
        for part in named
        if part.word not in neutral() and not any(start <= part.start < end for start, end in spans)
    ]


def otherwise_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the section for those without the condition of the fact that leads, where one is meant.

    The question names terms in place of the condition, of which that section speaks and not the one that leads.
    """
    return ranking.led_by_first(_otherwise(question, question.plain, ranking, topics))


def topic_without(question: Question, other: str, ranking: Ranking, topics: Topics) -> int | None:
    """The topic for those without the condition of the fact that leads; `other`: the term named in its place."""
    rank = next(_otherwise(question, other, ranking, topics, replaced=True), None)
    return None if rank is None else int(ranking.order[rank])


def _otherwise(
    question: Question, text: str, ranking: Ranking, topics: Topics, *, replaced: bool = False
) -> Iterator[int]:
    """The ranks of the sections for those without the condition of the one that leads, where a text names their own.

    `replaced`: what the text names takes the place of what the question names, so that this sets no condition.

    Such a section stands on a page on which one of the nearest sets the same condition. What takes the condition's
    place stands beside it in no fact, and is no value.
    """
    if (best := leader(ranking, topics)) is None:
        return
    section = topics.in_language(best, question.lang)
    if replaced:
        conditions = _named_of(question, section, topics) - topics.glossary.mentions(text).keys()
    else:
        conditions = left_open(question, section, topics)
    named = (name for name, shown in topics.glossary.mentions(text).items() if not any(map(str.isdigit, shown)))
    others = {name for name in named if not _speaks_of(best, name, topics)}
    if not conditions or not others:
        return
    near = [topics.in_language(topic, question.lang) for _, topic in ranking.nearest(NEAREST)]
    sets = named_in_fact if replaced else set_by
    pages = {section.page for section in near if conditions & sets(section, topics)}
    for rank, topic in ranking.nearest(PAGE):
        page = topics.in_language(topic, question.lang).page
        headed = page in pages and can_be_quoted(topic, topics) and conditions & _negated_by_titles(topic, topics)
        speaks = headed and all(_speaks_of(topic, name, topics) for name in others)
        if speaks and not others & (
            _beside(conditions, page, topics) | (_heading(page, topics) if replaced else set())
        ):
            yield rank


def _named_of(question: Question, section: Section, topics: Topics) -> frozenset[str]:
    """What the fact of a section sets as its condition, and the terms of a question that it names."""
    named = topics.glossary.mentions(question.plain).keys() & named_in_fact(section, topics)
    return set_by(section, topics) | named


def _beside(conditions: Set[str], page: str, topics: Topics) -> frozenset[str]:
    """The terms that the facts of a page name which hold under some conditions."""
    of_page = (section for section in topics.index.sections if section.page == page and section.covered)
    return frozenset().union(
        *(named_in_fact(section, topics) for section in of_page if conditions & set_by(section, topics))
    )


def _heading(page: str, topics: Topics) -> frozenset[str]:
    """The terms that head the sections of a page: what is told under the condition, and takes the place of none."""
    titles = (section.title for section in topics.index.sections if section.page == page)
    named = ((title, topics.glossary.mentions(plain(title)).keys()) for title in titles)
    return frozenset(name for title, names in named for name in names - negated_terms(title, topics).keys())


def _asks_others(question: Question) -> bool:
    """Whether a question asks for the others of a kind ("which lids besides glass?")."""
    return any(pattern.search(question.asking) for pattern in patterns("others"))


def _negated_by_titles(topic: int, topics: Topics) -> set[str]:
    """The terms of the glossary that a topic is for those without."""
    return {name for section in topics.sections(topic).values() for name in negated_terms(section.title, topics)}


def _speaks_of(topic: int, term: str, topics: Topics) -> bool:
    """Whether a topic has a term, under any name."""
    (stated,) = stated_by([topic], topics)
    return any(holds(stated.text, normalise(name)) for name in topics.glossary.group(term))
