"""From evidence to a ranking, and from the ranking to answered / clarify / not covered.

Both steps use weights from a small reviewed file (bot/data/weights.json) that `kb calibrate` makes from questions
which an author wrote: no number that was tuned stands in the code. A site that names what it leaves out has weights of
its own; all others share those that were learned from several sites at once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.decision.account import Account
from bot.decision.bare_headings import headed_rank
from bot.decision.logistic import Logistic, read_terms
from bot.decision.ranking import Ranking
from bot.evidence.evidence import CHANNELS, Evidence
from bot.evidence.lacking import LACKING, lacking
from bot.evidence.topics import Topics
from bot.question.intent import INTENTS, repeats
from bot.question.question import Question
from bot.records import Status

# Features that mean the same on any site, whatever it is about and however many topics it has: chosen and learned by
# leaving one site out at a time.
ABSOLUTE = ("passage", "any_sentence", "stands_out", "field", "answers", *INTENTS, *LACKING)
LONGEST = 400  # characters; beyond what the calibration has seen, length says nothing more
FEW = 8  # words
PASSAGE = CHANNELS.index("passage")
WEIGHTS_FILE = Path(__file__).parents[1] / "data" / "weights.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """Of one kind of site: `rank` has one weight per channel, `model` decides."""

    rank: dict[str, float]
    model: "Model"


@dataclass(frozen=True, slots=True)
class Model(Logistic):
    """The confidence that the site states the answer, and what follows from it."""

    answer_from: float  # confidence from which a question is answered
    clarify_from: float  # … from which the choices are offered
    hedge_from: float = 1.0  # … from which it would be answered, but for parts that no section accounts for


@dataclass(frozen=True, slots=True)
class Decision:
    status: Status
    confidence: float  # calibrated probability that the site states the answer
    seen: Mapping[str, float] = field(default_factory=dict)  # what it was made from
    hedged: bool = False  # answered, if what is left out is said
    but_for_parts: bool = False  # not answered, but it would be if no part of the question were left out


def load_weights(topics: Topics, file: Path = WEIGHTS_FILE) -> Weights:
    """The reviewed weights for a site of this kind: whether it names topics that it does not cover."""
    return (_any_site if topics.covered.all() else _site)(json.loads(file.read_text("utf-8")))


def _site(raw: dict[str, Any]) -> Weights:
    return Weights(raw["rank"], _model(raw["site"]))


def _any_site(raw: dict[str, Any]) -> Weights:
    return Weights(raw["any_site"]["rank"], _model(raw["any_site"]))


def _model(raw: dict[str, Any]) -> Model:
    return Model(read_terms(raw), raw["bias"], raw["answer_from"], raw["clarify_from"], raw.get("hedge_from", 1.0))


def rank(evidence: Evidence, weights: Weights) -> Ranking:
    """Weighted sum of the channels' z-scores over all topics; ties keep the order of the site."""
    by_channel = np.array([weights.rank[channel] for channel in CHANNELS], np.float32)
    fused = np.asarray(evidence.standardised() @ by_channel, np.float32)
    return Ranking.of(fused, evidence.topics)


def features(
    question: Question, evidence: Evidence, ranking: Ranking, topics: Topics, accounted: Account
) -> dict[str, float]:
    """What the decision looks at, by name. `best` is the best covered topic, outside are topics named not covered."""
    fused, covered = ranking.fused, topics.covered[evidence.topics]
    passage, sentence = evidence.channel("passage"), evidence.channel("sentence")
    phrasing = evidence.channel("phrasing")
    order = _answering(evidence, ranking, topics)
    best = order[0]
    seen = {
        "passage": passage[best],
        "sentence": sentence[best],
        "phrasing": phrasing[best],
        "coverage": evidence.channel("coverage")[best],
        "gram_coverage": evidence.channel("gram_coverage")[best],
        "any_sentence": sentence[covered].max(),
        "known": evidence.known,
        "lead": fused[best],
        "margin": fused[best] - fused[order[min(1, len(order) - 1)]],
        "field": fused[best] - fused[order[min(9, len(order) - 1)]],
        "outside": 0.0,
        "outside_share": 0.0,
        "outside_passage": 0.0,
        "outside_phrasing": 0.0,
        "length": np.log1p(min(len(question.text), LONGEST)),
        **question.intents,
        **accounted.features(),
    }
    if not covered.all():
        share = np.exp(fused - fused.max())
        seen["outside"] = fused[~covered].max() - fused[best]
        seen["outside_share"] = share[~covered].sum() / share.sum()
        seen["outside_passage"] = passage[~covered].max() - passage[covered].max()
        seen["outside_phrasing"] = phrasing[~covered].max() - phrasing[covered].max()
    return {name: float(value) for name, value in seen.items()}


def any_site_features(
    question: Question, evidence: Evidence, ranking: Ranking, topics: Topics, accounted: Account
) -> dict[str, float]:
    """What the decision looks at where a site names nothing as not covered: `ABSOLUTE` and the others."""
    best = int(_answering(evidence, ranking, topics)[0])
    mean, spread = evidence.mean[PASSAGE], evidence.spread[PASSAGE]
    return {
        **features(question, evidence, ranking, topics, accounted),
        "stands_out": float((evidence.raw[best, PASSAGE] - mean) / max(spread, 1e-6)),
        **lacking(question, int(evidence.topics[best]), topics),
    }


def _answering(evidence: Evidence, ranking: Ranking, topics: Topics) -> NDArray[np.int64]:
    """Places of the covered topics, the best first. What nobody can quote is not the best: the next one answers."""
    places = ranking.places
    covered = topics.covered[evidence.topics][places]
    quotable = covered & topics.quotable[evidence.topics][places]
    return places[quotable if quotable.any() else covered]


def _is_silence(seen: Mapping[str, float]) -> bool:
    """Whether a section that says what is not covered is nearer in every way than any that could be quoted."""
    return seen["outside"] > 0 and seen["outside_passage"] >= 0 and seen["outside_phrasing"] >= 0


def decide(
    question: Question, evidence: Evidence, ranking: Ranking, topics: Topics, weights: Weights, accounted: Account
) -> Decision:
    """Logistic model over features; a question that the index shares no evidence with is never answered.

    Nor is one of whose ranking nothing is covered: it may have been left without what has another subject.
    """
    if not topics.covered[ranking.order].any() or not question.tokens or repeats(question.text):
        return Decision(Status.NOT_COVERED, 0.0)
    # Scores in relation to the site's other topics mean something only on a site like the one they were learned on.
    see, model = any_site_features if topics.covered.all() else features, weights.model
    seen = see(question, evidence, ranking, topics, accounted)
    stands_here = evidence.known > 0 or evidence.channel("gram_coverage").max() > 0
    if not stands_here:  # of what shares no letters with the site the reader can be as wrong as sure
        seen["answers"] = min(seen["answers"], 0.0)
    confidence = model.probability(seen)
    # A bare word of this site asks nothing yet: a term of its glossary is met with what there is about it, and so are a
    # heading and an identifier, which mean a single thing; another word with choices, none with "not covered" but where
    # what is not covered is nearest.
    bare = question.is_keyword and evidence.known == 1
    if bare and topics.covered[ranking.order[0]]:
        single = question.is_identifier or headed_rank(question, ranking, topics) == 0
        clear = topics.glossary.is_term(question.text) or (single and confidence >= model.answer_from)
        status = Status.ANSWERED if clear else Status.CLARIFY
        return Decision(status, confidence, seen)
    if _is_silence(seen):
        return Decision(Status.NOT_COVERED, confidence, seen)
    # Of a few words all may be other names; of a long text, none of which stands on the site, nothing is known.
    shared = stands_here or (len(question.tokens) <= FEW and len(question.text) <= LONGEST)
    if confidence >= model.answer_from and shared and not bare:
        return Decision(Status.ANSWERED, confidence, seen)
    without = model.probability({**seen, **Account().features()}) if accounted.chances and shared else 0.0
    if without >= model.hedge_from and not bare:
        return Decision(Status.ANSWERED, confidence, seen, hedged=True)
    but_for_parts = without >= model.answer_from
    status = Status.CLARIFY if confidence >= model.clarify_from else Status.NOT_COVERED
    return Decision(status, confidence, seen, but_for_parts=but_for_parts)
