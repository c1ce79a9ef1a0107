"""Release notes and entries of a reference weigh less than guides, unless a question asks for what they hold.

They share the words of every question and answer few: a change of a version is no instruction, a parameter no reason.
"""

import re

import numpy as np

from bot.decision.decide import Ranking, Weights, rank
from bot.evidence.evidence import Evidence, Floats
from bot.evidence.topics import Topics
from bot.language import patterns
from bot.question.question import Question
from index.records import Genre
from index.storage.sections import GENRES

# By how much less of the fused score, which adds up some ten z-scores: as much as one channel that does not agree.
LESS = {Genre.RELEASES: 3.0, Genre.REFERENCE: 1.0}
_VERSION = re.compile(r"(?<![\w.])v?\d+\.\d+(?:\.\d+)*(?![\w.])")
# A name of code: with a call, a point or an underscore. Capital letters within a word are those of products, too.
_NAME = re.compile(r"(?<!\w)(?:\w++\(|[^\W\d_][^\W_]++[._][^\W\d])")


def rank_topics(question: Question, evidence: Evidence, weights: Weights, topics: Topics) -> Ranking:
    """The ranking of the scored topics for a question."""
    ranking = rank(evidence, weights)
    if topics.catalogue.genre is None:
        return ranking
    return Ranking.of(ranking.fused - _less(question, evidence, topics), evidence.topics)


def _less(question: Question, evidence: Evidence, topics: Topics) -> Floats:
    asked, plain = patterns("genres"), question.plain
    wanted = {
        Genre.GUIDE: True,
        Genre.RELEASES: bool(asked["releases"].search(plain) or _VERSION.search(plain)),
        Genre.REFERENCE: bool(asked["reference"].search(plain) or _NAME.search(plain)),
    }
    by_genre = np.array([0.0 if wanted[genre] else LESS[genre] for genre in GENRES], np.float32)
    assert topics.catalogue.genre is not None
    less: Floats = by_genre[topics.catalogue.genre[topics.by_topic[topics.starts[evidence.topics]]]]
    return less
