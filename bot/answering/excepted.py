"""What a topic that is not covered names as its exception is answered, where a question is about that very thing.

"Lids are left out. Only how a lid is closed is told, under Closing": who asks how to close one is not refused.
"""

from dataclasses import replace

from bot.answering.searched import Search
from bot.decision.account import account, can_be_quoted
from bot.decision.decide import Weights, decide
from bot.decision.logistic import Logistic
from bot.decision.meant import meant_outside
from bot.decision.reading import Read
from bot.decision.unknown_name import unknown_name
from bot.evidence.topics import Topics
from bot.question.conversation import says_it
from bot.question.question import Question
from bot.records import Status

NEAREST = 8  # topics among which the exception is looked for
AS_ALIKE = 0.02  # cosine of wordings by which the refused topic may be asked more alike
LEAST = 0.5  # log odds that the exception answers


def exception_first(
    question: Question, search: Search, topics: Topics, weights: Weights, part: Logistic, read: Read
) -> Search:
    """The search led by the exception, and answered, where the topic that is refused links to it and it answers."""
    if search.decision.status is Status.ANSWERED or not len(search.ranking.order):
        return search
    if unknown_name(search.accounted, topics) or says_it(question):  # of which nothing is told, or which names nothing
        return search
    ranking, wording = search.ranking, search.evidence.channel("phrasing")
    refused = meant_outside(question, search.accounted.outside, search.evidence, ranking, topics)
    if refused is None:
        return search
    held = wording[search.evidence.topics == refused].max(initial=-1.0)
    for rank in _linked(refused, search, topics):
        alike = wording[ranking.places[rank]]
        led = ranking.led(rank, fixed=True) if rank else ranking
        accounted = account(question, led.order, topics, part, read) if held - alike <= AS_ALIKE else None
        if accounted is None or accounted.reading is None:
            continue
        if accounted.reading.answers < LEAST:
            continue
        decision = decide(question, search.evidence, led, topics, weights, accounted)
        confidence = max(decision.confidence, weights.model.answer_from)
        decision = replace(decision, status=Status.ANSWERED, confidence=confidence)
        return replace(search, ranking=led, decision=decision, accounted=replace(accounted, outside=None))
    return search


def _linked(refused: int, search: Search, topics: Topics) -> list[int]:
    """The ranks of the near sections to which the topic that is refused links."""
    links = {link.url for section in topics.sections(refused).values() for link in section.linked}
    return [
        rank
        for rank, topic in search.ranking.nearest(NEAREST)
        if can_be_quoted(topic, topics) and any(each.url in links for each in topics.sections(topic).values())
    ]
