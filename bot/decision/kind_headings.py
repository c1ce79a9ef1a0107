"""Of the sections of one page, the one whose heading says no more than what a question asks for comes first.

"E-404 fails, how do I fix it?" names what the whole page is about; below "How to fix" stands what is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from bot.decision.ranking import Ranking
from bot.decision.relations import directions
from bot.evidence.topics import Topics
from bot.question.conversation import only_a_kind
from bot.question.parts import Kind, kinds, kinds_of
from bot.question.question import Question
from index.records import Section

BEHIND = 8.0  # fused scores by which the section on the way back may be behind
REMEDY = "remedy"  # the kind of thing that is asked for by who tells what is wrong
NEAREST = 12  # topics among which the heading is looked for


def kind_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking, in which such a section leads, if it is among the nearest and on the best section's page.

    Of a question that goes from one thing to another, one that stands below a heading that goes from the same. Of one
    that tells in its own words what is wrong, and asks for the remedy, one on a page that a section on this points at.
    """
    asked = {kind.key for kind in kinds() if question.asks(kind)}
    if not asked or not len(ranking.order):
        return ranking
    nearest = [topics.in_language(int(topic), question.lang) for topic in islice(ranking.order, NEAREST)]
    headed = [rank for rank, section in enumerate(nearest) if _names(section) & asked]
    origins = _origins(question.plain, topics)
    ranks = [rank for rank in headed if any(origins & _origins(text, topics) for text in nearest[rank].path)]
    ranks = ranks or [rank for rank in headed if nearest[rank].page == nearest[0].page]
    if not ranks and REMEDY in asked:
        beside = _beside(int(ranking.order[0]), topics, question)
        remedies = [rank for rank in headed if REMEDY in _names(nearest[rank])]
        ranks = [] if any(REMEDY in _names(section) for section in beside) else _pointed_at(remedies, nearest, ranking)
    return replace(ranking, fixed=True) if ranks[:1] == [0] else ranking.led_by_first(ranks)


def _pointed_at(headed: Sequence[int], nearest: Sequence[Section], ranking: Ranking) -> list[int]:
    """The headed section that is nearest together with one that points at its page, and at no other such page."""
    pages = {nearest[rank].page for rank in headed}
    pointing = [set(section.links) & pages - {section.page} for section in nearest]
    together = {
        rank: ranking.behind(rank) + ranking.behind(pointing.index({nearest[rank].page}))
        for rank in headed
        if {nearest[rank].page} in pointing
    }
    return sorted(together, key=lambda rank: together[rank])[:1]


def _beside(topic: int, topics: Topics, question: Question) -> Iterator[Section]:
    """The other sections of a topic's page, which stand before and after it."""
    page = topics.in_language(topic, question.lang).page
    for numbers in (range(topic - 1, -1, -1), range(topic + 1, len(topics))):
        sections = (topics.in_language(number, question.lang) for number in numbers)
        yield from takewhile(lambda section: section.page == page, sections)


def way_back_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by a near section whose heading names the way back, where a question asks for that.

    What is said of the way there answers nothing, however many words it shares with the question.
    """
    if not question.asks(_back()) or ranking.fixed or not len(ranking.order) or not topics.covered[ranking.order[0]]:
        return ranking
    return ranking.led_by_first(
        rank
        for rank, topic in ranking.nearest(NEAREST)
        if topics.covered[topic] and ranking.behind(rank) <= BEHIND and is_way_back(topic, topics)
    )


def is_way_back(topic: int, topics: Topics) -> bool:
    """Whether a topic's heading names the way back."""
    return any(_back().asks.search(section.title) for section in topics.sections(topic).values())


def _back() -> Kind:
    return next(kind for kind in kinds() if kind.key == "return")


def _origins(text: str, topics: Topics) -> frozenset[str]:
    """What a text goes from, by the first names of the glossary."""
    return frozenset(start for start, _ in directions(text, topics))


def _names(section: Section) -> frozenset[str]:
    """The kinds of thing that a heading names, which says nothing else."""
    return kinds_of(section.title) if section.covered and only_a_kind(section.title) else frozenset()
