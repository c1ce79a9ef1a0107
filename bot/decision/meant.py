"""Which topic named as not covered a question means that is not answered: its refusal says so, and where else.

What the decision looked for is a topic that has a part of the question (bot/decision/outside.py). Refused is the whole.
"""

import numpy as np

from bot.decision.outside import shares_one_word
from bot.decision.ranking import Ranking
from bot.decision.unknown_name import names_topic
from bot.evidence.evidence import Evidence
from bot.evidence.topics import Topics
from bot.question.question import Question

ALIKE = 0.9  # cosine of wordings below which no topic is meant that no part of the question names
AS_ALIKE = 0.01  # cosine of wordings that tells nothing
MORE_ALIKE = 0.02  # … and that tells that another topic is meant


def meant_outside(
    question: Question, named: int | None, evidence: Evidence, ranking: Ranking, topics: Topics
) -> int | None:
    """The topic named as not covered that a question which is not answered means.

    `named`: the one that has a part of the question, which may stand there in passing: one of the nearest that is asked
    much more alike is meant, but for a name of its own. Without it, the nearest such topic is, if nothing on the site
    is asked more alike; but not for a single word of a question that the covered sections use much more.
    """
    outside = ~topics.covered[evidence.topics]
    nearest = ranking.places[outside[ranking.places]][:2]
    if not len(nearest):
        return named
    wording = evidence.channel("phrasing")
    if named is None and shares_one_word(question, topics):
        return None
    if named is None:
        first = nearest[0]
        least = wording[~outside].max(initial=-1.0) - (AS_ALIKE if first == ranking.places[0] else 0)
        alike = wording[first] >= max(wording[outside].max(), least, ALIKE)
        return int(evidence.topics[first]) if alike else None
    if any(names_topic(part, named, topics) for part in question.words):
        return named
    best = nearest[np.argmax(wording[nearest])]
    held = wording[evidence.topics == named].max(initial=-1.0)
    return int(evidence.topics[best]) if wording[best] - held >= MORE_ALIKE else named
