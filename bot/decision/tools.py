"""Pages about a tool, such as the site's own service, answer who asks about it; all else is asked of the subject.

"How long are logs kept?" has its words on both kinds of pages. A question is about a tool if it names it, or is worded
nearly as its pages are asked.
"""

import numpy as np
from numpy.typing import NDArray

from bot.decision.ranking import Ranking
from bot.decision.stated import holds
from bot.evidence.evidence import Evidence
from bot.evidence.topics import Topics
from bot.question.question import Question
from index.lexical.words import normalise

NEARLY = 0.02  # cosine that a page's nearest wording may lack to the nearest of all; none beside a term of the glossary
BEHIND = 5.0  # fused scores: too far to be quoted beside the best topic, or read as the second


def without_unnamed(question: Question, topics_in_order: NDArray[np.int64], topics: Topics) -> NDArray[np.int64]:
    """Topics without those about a tool that a question does not name: what is offered instead of an answer."""
    return topics_in_order[~_unnamed(question, topics)[topics_in_order]]


def unasked(question: Question, evidence: Evidence, topics: Topics) -> NDArray[np.bool_]:
    """Of each scored topic whether it is about a tool that the question is not about."""
    about = _unnamed(question, topics)[evidence.topics]
    if not about.any() or about.all():
        return np.zeros(len(about), bool)
    wording = evidence.channel("phrasing")
    lacks = float(wording[~about].max() - wording[about].max())
    near = lacks <= (0.0 if topics.glossary.mentions(question.text) else NEARLY)
    return np.zeros(len(about), bool) if near else about


def subject_first(question: Question, evidence: Evidence, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking; if a tool leads that the question is not about, it comes behind the best covered topic of others.

    Else nothing changes: how far the best topic is ahead of all others tells whether it answers.
    """
    if not topics.tools:
        return ranking
    about, covered = unasked(question, evidence, topics), topics.covered[evidence.topics]
    places = ranking.places[covered[ranking.places]]
    if not len(places) or not about[places[0]] or not (covered & ~about).any():
        return ranking
    best = ranking.fused[covered & ~about].max()
    return Ranking.of(np.where(about, np.minimum(ranking.fused, best - BEHIND), ranking.fused), evidence.topics)


def without_tools(question: Question, evidence: Evidence, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking without topics about a tool that the question is not about: those are not quoted."""
    if not topics.tools:
        return ranking
    kept = ~unasked(question, evidence, topics)[ranking.places]
    return ranking.kept(kept)


def _unnamed(question: Question, topics: Topics) -> NDArray[np.bool_]:
    """Of each topic whether it is about a tool that a question does not name."""
    asked, unnamed = normalise(question.text), np.zeros(len(topics), bool)
    for names, listed in topics.tools:
        unnamed[listed] = not any(holds(asked, name) for name in names)
    return unnamed
