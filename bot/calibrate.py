"""`kb calibrate`: the weights of ranking and decision, learned from questions that authors wrote.

Ranking: conditional logit (McFadden 1974) over the covered topics, several right ones allowed. Decision: logistic
regression; its thresholds come from predictions on questions that the fit did not see (ten folds).
Reproducible: no random numbers but the fixed seed of the folds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Strict, TypeAdapter, ValidationError
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.account import Account, account
from bot.decide import ABSOLUTE, Model, Weights, features, rank
from bot.evidence import CHANNELS, Evidence, Topics
from bot.unstated import load_model
from index.encoder import Encoder
from index.errors import KbError

HEDGED = 0.09  # share of the uncovered questions that would be answered, if all of their parts were accounted for
BESIDE = 0.4  # how much a question of a contrast pair counts
FOLDS = 10
SHRINKAGE = 1e-3  # of the ranking weights
INVERSE_PENALTY = 0.1  # of the decision's coefficients: scikit-learn's C
# Shares of the (mostly near-topic) uncovered questions that may be answered, and that may be offered choices. A site
# that names nothing as not covered cannot tell near topics apart, so there the shares are what far ones allow.
SITE_SHARES = (0.06, 0.2)
ANY_SITE_SHARES = (0.3, 0.4)

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, whether the site answers it, and the sections that state the asked fact."""

    id: str
    lang: str
    style: str
    question: str
    answerable: Annotated[bool, Strict()]
    sections: tuple[str, ...] = ()
    verdict: str | None = None


_LINE = TypeAdapter(LabelledQuestion)


def read_questions(file: Path) -> list[LabelledQuestion]:
    """Read a .jsonl of labelled questions. Raises KbError naming the line that is wrong."""
    try:
        lines = file.read_text("utf-8").split("\n")  # not splitlines(): JSON may hold other line separators
    except (OSError, UnicodeDecodeError) as error:
        raise KbError(f"{file}: cannot be read ({error}).") from None
    questions = []
    for number, line in enumerate(lines, 1):
        if number == len(lines) and not line:
            break  # the end of the last line
        try:
            questions.append(_LINE.validate_json(line))
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"]) or "line"
            raise KbError(
                f"{file}:{number}: not a labelled question ({where}: {problem['msg']}). "
                "See service/cli#eval in the documentation."
            ) from None
    if not questions:
        raise KbError(f"{file}: there is no question in it. See service/cli#eval in the documentation.")
    return questions


def calibrate(
    questions: Sequence[LabelledQuestion],
    topics: Topics,
    encoder: Encoder,
    beside: Sequence[LabelledQuestion] = (),
) -> dict[str, Any]:
    """The contents of bot/data/weights.json, learned from the questions. Raises KbError if they are too few.

    Questions `beside` them (both sides of contrast pairs, which are harder than what people ask) count less, and only
    for the decision.
    """
    if min(sum(q.answerable for q in questions), sum(not q.answerable for q in questions)) < FOLDS:
        raise KbError(f"calibration needs at least {FOLDS} answerable questions and {FOLDS} others.")
    rank_weights = _fit_ranking(questions, topics, encoder)
    everything = [*questions, *beside]
    evidence = [topics.score(question.question, encoder) for question in everything]
    channels = {channel: round(float(weight), 4) for channel, weight in zip(CHANNELS, rank_weights, strict=True)}
    unused = Model({}, 0.0, 0.0, 0.0)
    unfinished = Weights(channels, unused, unused)
    parts, rows = load_model().part, []
    for question, found in zip(everything, evidence, strict=True):
        ranking = rank(found, unfinished)
        accounted = account(question.question, ranking.order, topics, parts)
        rows.append(features(question.question, found, ranking, topics, accounted))
    answerable = np.array([question.answerable for question in everything])
    counts = np.array([1.0] * len(questions) + [BESIDE] * len(beside))
    return {
        "rank": channels,
        "site": _fit_decision(rows, answerable, counts, tuple(rows[0]), SITE_SHARES),
        "any_site": _fit_decision(rows, answerable, counts, ABSOLUTE, ANY_SITE_SHARES),
    }


def _fit_decision(
    rows: Sequence[dict[str, float]],
    answerable: NDArray[np.bool_],
    counts: Doubles,
    names: Sequence[str],
    shares: tuple[float, float],
) -> dict[str, Any]:
    """A logistic model over the named features; thresholds from predictions on unseen questions that count whole."""
    x = np.array([[row[name] for name in names] for row in rows])
    nothing = Account().features()
    whole_account = np.array([[nothing.get(name, row[name]) for name in names] for row in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=INVERSE_PENALTY, max_iter=5000))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    unseen, without = np.zeros(len(x)), np.zeros(len(x))
    for known, new in folds.split(x, answerable):
        model.fit(x[known], answerable[known], logisticregression__sample_weight=counts[known])
        unseen[new] = model.predict_proba(x[new])[:, 1]
        without[new] = model.predict_proba(whole_account[new])[:, 1]
    model.fit(x, answerable, logisticregression__sample_weight=counts)
    whole = counts == 1
    scaler, logit = model[0], model[1]

    def threshold(false: float, seen: Doubles) -> float:
        return round(float(np.quantile(seen[whole & ~answerable], 1 - false, method="higher")), 4)

    return {
        "terms": {
            name: {"weight": round(float(w), 4), "mean": round(float(m), 5), "spread": round(float(s), 5)}
            for name, w, m, s in zip(names, logit.coef_[0], scaler.mean_, scaler.scale_, strict=True)
        },
        "bias": round(float(logit.intercept_[0]), 4),
        "answer_from": threshold(shares[0], unseen),
        "clarify_from": threshold(shares[1], unseen),
        "hedge_from": threshold(HEDGED, without),
    }


def _fit_ranking(questions: Sequence[LabelledQuestion], topics: Topics, encoder: Encoder) -> Doubles:
    """Non-negative channel weights that make the right topics likely: maximise log sum of their softmax shares."""
    number = {topic: i for i, topic in enumerate(topics.ids)}
    scored, wanted = [], []
    for question in questions:
        for section in question.sections:
            if section not in number:
                raise KbError(f"question {question.id}: there is no section '{section}'. Run kb index, or correct it.")
        if question.sections:
            right = np.array(sorted({number[section] for section in question.sections}))
            # On a large site only candidates are scored: the right ones have to be among them.
            evidence = topics.score(question.question, encoder, right)
            ranked = np.arange(len(topics)) if evidence.topics is None else evidence.topics
            covered = topics.covered[ranked]
            scored.append(_standardised(evidence)[covered])
            wanted.append(np.isin(ranked, right)[covered])
    # One row a question, as long as the longest: what is not scored has no share.
    z = np.zeros((len(scored), max(map(len, scored)), len(CHANNELS)))
    is_scored, is_wanted = (np.zeros(z.shape[:2], bool) for _ in range(2))
    for i, (scores, targets) in enumerate(zip(scored, wanted, strict=True)):
        z[i, : len(scores)], is_scored[i, : len(scores)], is_wanted[i, : len(scores)] = scores, True, targets

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        fused = np.where(is_scored, z @ weights, -np.inf)
        share = np.exp(fused - fused.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        good = np.where(is_wanted, share, 0.0)
        mass = good.sum(axis=1, keepdims=True)
        slope = ((share - good / mass)[:, :, None] * z).sum(axis=1).mean(axis=0)
        return float(-np.log(mass).mean() + SHRINKAGE * weights @ weights), slope + 2 * SHRINKAGE * weights

    start = np.full(len(CHANNELS), 0.5)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(CHANNELS))
    return np.asarray(found.x)


def _standardised(found: Evidence) -> Doubles:
    """Scores of one question as z-scores over all topics."""
    raw = found.raw.astype(np.float64)
    mean, spread = (raw.mean(axis=0), raw.std(axis=0)) if found.whole is None else found.whole
    z: Doubles = (raw - mean) / np.where(spread > 1e-6, spread, 1.0)
    return z
