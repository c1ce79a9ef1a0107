"""Release notes, posts, a reference and what contributors read weigh less than guides, unless a question asks for it.

They share the words of every question and answer few: a change of a version is no instruction, a parameter no reason,
a post tells what was so when it was written, and contributors are told of the project, not of what it makes.
What another source says weighs less than what the site's own source says of the same.
"""

import re

import numpy as np

from bot.decision.decide import Weights, rank
from bot.decision.ranking import Ranking
from bot.decision.tools import subject_first
from bot.evidence.evidence import Evidence, Floats
from bot.evidence.topics import Topics
from bot.language import patterns
from bot.question.question import Question
from index.records import Genre
from index.storage.sections import GENRES

# By how much less of the fused score, which adds up some ten z-scores: as much as one channel that does not agree.
LESS = {Genre.RELEASES: 3.0, Genre.REFERENCE: 1.0, Genre.NEWS: 2.0, Genre.PROJECT: 2.0}
LESS_ELSEWHERE = 1.0  # of another source
_VERSION = re.compile(r"(?<![\w.])v?\d+\.\d+(?:\.\d+)*(?![\w.])")
# A name of code: with a call, a point or an underscore. Capital letters within a word are those of products, too.
_NAME = re.compile(r"(?<!\w)(?:\w++\(|[^\W\d_][^\W_]++[._][^\W\d])")


def rank_topics(question: Question, evidence: Evidence, weights: Weights, topics: Topics) -> Ranking:
    """The ranking of the scored topics for a question."""
    ranking, known = rank(evidence, weights), topics.catalogue
    less = np.zeros(len(evidence.topics), np.float32)
    first = topics.by_topic[topics.starts[evidence.topics]]  # a section of each topic
    if known.genre is not None:
        less += _by_genre(question)[known.genre[first]]
    if known.other_source is not None:
        less += LESS_ELSEWHERE * known.other_source[first]
    ranked = Ranking.of(ranking.fused - less, evidence.topics) if less.any() else ranking
    return subject_first(question, evidence, ranked, topics)


def _by_genre(question: Question) -> Floats:
    """What is taken off each genre."""
    asked, plain = patterns("genres"), question.plain
    releases = bool(asked["releases"].search(plain) or _VERSION.search(plain))
    wanted = {
        Genre.GUIDE: True,
        Genre.RELEASES: releases,
        Genre.NEWS: releases or bool(asked["news"].search(plain)),
        Genre.PROJECT: bool(asked["project"].search(plain)),
        Genre.REFERENCE: bool(asked["reference"].search(plain) or _NAME.search(plain)),
    }
    return np.array([0.0 if wanted[genre] else LESS[genre] for genre in GENRES], np.float32)
