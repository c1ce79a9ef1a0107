"""Who names a thing by its code asks about this one: its section comes before one that speaks of another.

Codes are alike to vectors: "E-403 fails, how do I fix it?" is as near to how E-404 is fixed.
"""

import re
from itertools import islice

from bot.decision.ranking import Ranking
from bot.evidence.topics import Topics
from bot.question.question import Question
from index.lexical.words import words
from index.records import Section

NEAREST = 12  # topics among which the section is looked for
MANY = 4  # other codes in a section that is no longer about one
CODE = re.compile(r"[a-z]{2,}-?[0-9]{2,}")  # letters, then a number: a rule, an error, a ticket


def named_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking, led by the nearest section that is headed by a code of the question, if the best one has none.

    Headed: the code stands in its title, or in a heading above it.
    """
    codes = {token for token in question.tokens if CODE.fullmatch(token)}
    if not codes or not len(ranking.order):
        return ranking
    nearest = [topics.in_language(int(topic), question.lang) for topic in islice(ranking.order, NEAREST)]
    heading = _words(nearest[0])
    of_another = any(CODE.fullmatch(token) for token in heading)  # which may speak of this one in passing
    spoken_of = {token for token in words(nearest[0].text) if CODE.fullmatch(token)}
    lists_many = len(spoken_of - codes) >= MANY  # in which this one is a line
    if codes & heading or (not of_another and not lists_many and codes & spoken_of):
        return ranking
    headed = (rank for rank, section in enumerate(nearest) if section.covered and codes & _words(section))
    return ranking.led_by_first(headed)


def _words(section: Section) -> set[str]:
    return {token for text in (section.title, *section.path) for token in words(text)}
