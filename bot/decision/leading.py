"""Which of the two best topics leads: the reader reads the second, too, where it doubts that the first answers.

Vectors and words tell what a section is about, the reader whether it answers (re-ranking, Nogueira and Cho 2019). It
costs as much as all else, so it reads only what can change the order.
"""

from bot.decision.account import Account, account, quotable, with_reading
from bot.decision.decide import Ranking
from bot.decision.logistic import Logistic
from bot.decision.reading import Read
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
    best = quotable(ranking.order, topics)
    if (
        ranking.fixed
        or before
        or len(best) < 2
        or best[0] != ranking.order[0]
        or first.reading is None
        or first.reading.answers >= SURE
    ):
        return ranking, first
    rank = ranking.order.tolist().index(best[1])
    between = float(ranking.fused[ranking.places[0]] - ranking.fused[ranking.places[rank]])
    if between > NEAR:
        return ranking, first
    led = ranking.led(rank)
    unread = account(question, led.order, topics, part)
    second = with_reading(unread, question, led.order, topics, read, before)
    return (led, second) if _counted(second) - _counted(first) > between else (ranking, first)


def _counted(accounted: Account) -> float:
    answers = 0.0 if accounted.reading is None else accounted.reading.answers
    return COUNTS * min(max(answers, -MOST), MOST)
