"""The yes or no that the plain sentence gives with which a section begins, and the near section that gives one."""

from bot.decision.amount import amount_verdict
from bot.decision.better import better_verdict
from bot.decision.bounded import bound_verdict
from bot.decision.condition import fact_of
from bot.decision.listed import listed_verdict
from bot.decision.opposite import opposite_verdict
from bot.decision.ordered import order_verdict
from bot.decision.ranking import Ranking
from bot.decision.same_question import same_question
from bot.decision.sole import sole_verdict
from bot.decision.superlative import most_verdict
from bot.decision.supported import support_verdict
from bot.evidence.topics import Topics
from bot.question.question import Question
from bot.records import Verdict
from index.records import Section

NEAREST = 8  # topics among which the section is looked for
# A section that gives such a one is about just that.
LEADS = (
    support_verdict,
    listed_verdict,
    order_verdict,
    sole_verdict,
    bound_verdict,
    amount_verdict,
    better_verdict,
    opposite_verdict,
)


def sentence_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no that the first sentence of a section gives to a question; None: it gives none."""
    gives = (*LEADS, most_verdict)
    return next((verdict for give in gives if (verdict := give(question, section, topics))), None)


def plain_sentence_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the first of the near sections that give one: it names all that the question names.

    A section that begins with its own yes or no to just that question stays in front.
    """
    near = [(rank, topics.in_language(topic, question.lang)) for rank, topic in ranking.nearest(NEAREST)]
    gives = (rank for rank, section in near if any(give(question, section, topics) for give in LEADS))
    rank = next(gives, None)
    if rank is None or (rank and _says_it(near[0][1]) and same_question(question, near[0][1], topics)):
        return ranking
    return ranking.led(rank, fixed=True)


def _says_it(section: Section) -> bool:
    """Whether a section begins with a yes or no alone."""
    return bool(section.sentences) and fact_of(section) != section.quote(section.sentences[0])
