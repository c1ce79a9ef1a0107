"""What a question asks for leads the ranking: its side, the way back, its direction, its own of several alike."""

from bot.decision.asked_command import asked_command_first
from bot.decision.directed import asked_direction_first
from bot.decision.kind_headings import way_back_first
from bot.decision.larger_or_smaller import compared_side_first
from bot.decision.plain_sentence import plain_sentence_first
from bot.decision.ranking import Ranking
from bot.decision.same_or_other import asked_side_first
from bot.decision.siblings import asked_sibling_first
from bot.decision.two_values import both_values_first
from bot.decision.without import otherwise_first, without_first
from bot.evidence.topics import Topics
from bot.question.question import Question


def asked_first(question: Question, asking: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """A ranking led by what is asked for; `asking` tells its kind, and may be the question before."""
    ranking = asked_side_first(question, ranking, topics)
    ranking = compared_side_first(question, ranking, topics)
    ranking = way_back_first(asking, ranking, topics)
    ranking = asked_direction_first(question, ranking, topics)
    ranking = without_first(question, ranking, topics)
    ranking = otherwise_first(question, ranking, topics)
    ranking = plain_sentence_first(question, ranking, topics)
    ranking = both_values_first(question, ranking, topics)
    ranking = asked_command_first(question, ranking, topics)
    return asked_sibling_first(question, ranking, topics)
