"""Which of the two best topics leads: the reader reads the second, too, where it doubts that the first answers.

Vectors and words tell what a section is about, the reader whether it answers (re-ranking, Nogueira and Cho 2019). It
costs as much as all else, so it reads only what can change the order.
"""

import numpy as np

from bot.decision.account import Account, account, leader, quotable, with_reading
from bot.decision.logistic import Logistic
from bot.decision.ranking import Ranking
from bot.decision.reading import Read
from bot.decision.siblings import asked_sibling_first
from bot.evidence.topics import Topics
from bot.question.question import Question

SURE = 1.0  # log odds of the first from which the second is not read
NEAR = 4.0  # fused scores between them beyond which neither
COUNTS = 0.8  # what the log odds count beside the fused scores
MOST = 6.0  # log odds beyond which more says nothing


def read_best(
    question: Question,
    ranking: Ranking,
    accounted: Account,
    topics: Topics,
    part: Logistic,
    read: Read,
    before: str = "",
) -> tuple[Ranking, Account]:
    """The ranking with the one in front that answers, and its account; `accounted` is that of the first, unread.

    `before`: the question that this one goes on from. What it means is in the ranking of both: nothing changes places.
    """
    first = with_reading(accounted, question, ranking.order, topics, read, before)
    rank = None if before or not _doubts(first) else _second(ranking, topics)
    if rank is None or (behind := ranking.behind(rank)) > NEAR:
        return ranking, first
    led = ranking.led(rank)
    second = account(question, led.order, topics, part, read)
    if _weight(second) - _weight(first) <= behind:
        return ranking, first
    # The second may be headed by a sibling of what is asked for, as the first was not.
    own = asked_sibling_first(question, led, topics)
    return (led, second) if own is led else (own, account(question, own.order, topics, part, read))


def _doubts(accounted: Account) -> bool:
    """Whether the reader doubts that what it read answers."""
    return accounted.reading is not None and accounted.reading.answers < SURE


def _second(ranking: Ranking, topics: Topics) -> int | None:
    """The rank of the next topic that can be quoted, where what leads may change places with it."""
    best = quotable(ranking.order, topics)
    if leader(ranking, topics) is None or len(best) < 2:
        return None
    return int(np.flatnonzero(ranking.order == best[1])[0])


def _weight(accounted: Account) -> float:
    answers = 0.0 if accounted.reading is None else accounted.reading.answers
    return COUNTS * min(max(answers, -MOST), MOST)
