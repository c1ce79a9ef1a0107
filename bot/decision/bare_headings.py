"""A word or two that are the heading of a single near section name that section: "clear cache", "Clearing the cache".

Any other bare word asks nothing yet, and is met with choices.
"""

from bot.decision.account import can_be_quoted
from bot.decision.ranking import Ranking
from bot.evidence.topics import Topics
from bot.question.parts import parts, plain, stems
from bot.question.question import Question
from index.records import Section

NEAREST = 10  # topics among which there is one such heading


def bare_heading_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the section that a bare word names, if there is one."""
    rank = headed_rank(question, ranking, topics)
    return ranking if rank is None else ranking.led_by_first([rank])


def headed_rank(question: Question, ranking: Ranking, topics: Topics) -> int | None:
    """The rank of the only near topic whose heading a bare word is; None if several have it, or it has no text."""
    if not question.is_keyword:
        return None
    headed = [
        (rank, topic)
        for rank, topic in ranking.nearest(NEAREST)
        if any(_is_heading(question, section) for section in topics.sections(topic).values())
    ]
    return headed[0][0] if len(headed) == 1 and can_be_quoted(headed[0][1], topics) else None


def _is_heading(question: Question, section: Section) -> bool:
    """Whether a question has the words of a heading and no others, in any form and written apart or in one."""
    named = list(parts(plain(section.title)))
    if not named:
        return False
    joined = "".join(each.word for each in named)  # "lock file", "The lockfile"
    return "".join(question.tokens) == joined or stems(question.words) == stems(named)
