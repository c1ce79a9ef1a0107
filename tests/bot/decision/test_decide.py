"""Ranking and decision on hand-made evidence with results worked out by hand."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from handmade import asked

from bot.decision.account import Account
from bot.decision.decide import (
    ABSOLUTE,
    Model,
    Weights,
    any_site_features,
    decide,
    features,
    load_weights,
    rank,
)
from bot.evidence.evidence import CHANNELS, Evidence
from bot.question.parts import Part
from bot.records import Status
from index.encoder.reader import Reading
from index.lexical.bm25 import WordIndex

ZEROS = dict.fromkeys(CHANNELS, 0.0)

PART = Part("q", 0, 1, "latin", asked=True, named=False)
UNREAD = Account()  # a question whose parts nobody looked at


def no_rows(rows):
    raise AssertionError("the decision looks at no row")


def evidence(*topics: tuple[float, ...], known: float = 1.0) -> Evidence:
    raw = np.zeros((len(topics), len(CHANNELS)), np.float32)
    for row, values in enumerate(topics):
        raw[row, : len(values)] = values
    return Evidence.of_all(raw, known, no_rows, slice(None))


def weights(decide_weights: dict[str, tuple[float, float, float]] | None = None, bias: float = 0.0, **rank_: float):
    model = Model(decide_weights or {}, bias, answer_from=0.7, clarify_from=0.4)
    return Weights({**ZEROS, **rank_}, model)


def topics(*covered: bool):
    """Topics of one section each without a heading that can all be quoted; every one holds the word "upgrade" alone."""
    return SimpleNamespace(
        covered=np.array(covered),
        quotable=np.ones(len(covered), bool),
        numbers=lambda topic: [topic],
        sections=lambda topic: {},
        index=SimpleNamespace(words=WordIndex.of([["upgrade"]] * len(covered))),
        glossary=SimpleNamespace(is_term=lambda text: text == "kubenet"),
    )


def test_rank_adds_weighted_z_scores():
    # One channel: values 1, 2, 3 have mean 2 and spread sqrt(2/3); z of the last is 1.2247.
    ranking = rank(evidence((1.0,), (2.0,), (3.0,)), weights(passage=2.0))
    assert ranking.order.tolist() == [2, 1, 0]
    assert ranking.fused[2] == pytest.approx(2 * 1.2247, abs=1e-3)
    assert ranking.fused[1] == pytest.approx(0.0, abs=1e-6)


def test_a_channel_that_says_the_same_of_all_topics_says_nothing():
    ranking = rank(evidence((0.5, 1.0), (0.5, 3.0), (0.5, 2.0)), weights(passage=100.0, sentence=1.0))
    assert ranking.order.tolist() == [1, 2, 0]
    assert np.isfinite(ranking.fused).all()


def test_ties_keep_the_order_of_the_site():
    assert rank(evidence((1.0,), (1.0,), (1.0,)), weights(passage=1.0)).order.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("bias", "status", "confidence"),
    [
        (2.0, Status.ANSWERED, 0.8808),
        (0.0, Status.CLARIFY, 0.5),
        (-1.0, Status.NOT_COVERED, 0.2689),
    ],
)
def test_confidence_is_the_logistic_of_the_sum(bias: float, status: Status, confidence: float):
    scored = evidence((1.0,), (0.0,))
    made = weights(bias=bias, passage=1.0)
    decision = decide(asked("q?"), scored, rank(scored, made), topics(True, True), made, UNREAD)
    assert (decision.status, decision.confidence) == (status, pytest.approx(confidence, abs=1e-4))


def test_features_are_standardised_before_they_count():
    scored = evidence((0.9,), (0.1,))
    made = weights({"passage": (2.0, 0.5, 0.2)}, bias=-1.0, passage=1.0)  # -1 + 2 * (0.9 - 0.5) / 0.2 = 3
    decision = decide(asked("q"), scored, rank(scored, made), topics(True, True), made, UNREAD)
    assert decision.confidence == pytest.approx(1 / (1 + np.exp(-3)), abs=1e-4)


def test_features_tell_covered_topics_from_those_outside():
    scored = evidence((0.2, 0.1, 0.3), (0.9, 0.8, 0.7), (0.5, 0.6, 0.4), (0.3, 0.2, 0.1), known=0.25)
    made = weights(passage=1.0)
    seen = features(asked("なぜ？"), scored, rank(scored, made), topics(True, False, True, False), UNREAD)
    assert (seen["passage"], seen["sentence"], seen["phrasing"]) == pytest.approx((0.5, 0.6, 0.4))
    assert seen["outside"] > 0 and seen["outside_passage"] == pytest.approx(0.4)
    assert seen["outside_phrasing"] == pytest.approx(0.3)
    assert seen["known"] == 0.25 and seen["asks_reason"] == 1.0 and seen["asks_date"] == 0.0


def test_what_nobody_can_quote_is_not_the_best():
    scored = evidence((0.9,), (0.5,), (0.1,))
    over = topics(True, True, True)
    over.quotable[0] = False  # code alone, say
    ranking = rank(scored, weights(passage=1.0))
    assert features(asked("q"), scored, ranking, over, UNREAD)["passage"] == pytest.approx(0.5)
    over.quotable[:] = False
    assert features(asked("q"), scored, ranking, over, UNREAD)["passage"] == pytest.approx(0.9)


def test_where_others_that_can_be_quoted_were_left_out_of_the_ranking_the_best_is_what_is_left():
    scored, over = evidence((0.9,), (0.5,)), topics(True, True)
    over.quotable[0] = False
    left = rank(scored, weights(passage=1.0)).kept([True, False])
    assert features(asked("q"), scored, left, over, UNREAD)["passage"] == pytest.approx(0.9)


def test_where_all_that_is_covered_was_left_out_of_the_ranking_nothing_is_answered():
    scored, made = evidence((0.9,), (0.1,)), weights(bias=9.0, passage=1.0)
    left = rank(scored, made).kept([False, True])
    assert decide(asked("upgrade"), scored, left, topics(True, False), made, UNREAD).status is Status.NOT_COVERED


def test_a_site_without_topics_outside_has_neutral_features():
    scored = evidence((0.2,), (0.9,))
    seen = features(asked("q"), scored, rank(scored, weights(passage=1.0)), topics(True, True), UNREAD)
    assert [seen[name] for name in seen if name.startswith("outside")] == [0.0] * 5


def test_where_nothing_is_covered_nothing_is_answered():
    scored = evidence((0.9,))
    made = weights(bias=9.0, passage=1.0)
    assert decide(asked("q"), scored, rank(scored, made), topics(False), made, UNREAD).status is Status.NOT_COVERED


@pytest.mark.parametrize("covered", [(True, True), (True, False)])
def test_the_reviewed_weights_fit_the_code(covered: tuple[bool, bool]):
    scored, over = evidence((0.9,), (0.1,)), topics(*covered)
    made = load_weights(over)
    assert made.rank.keys() == set(CHANNELS)
    seen = features(asked("q"), scored, rank(scored, made), over, UNREAD)
    assert made.model.terms.keys() == (set(ABSOLUTE) if all(covered) else seen.keys())
    assert 0 < made.model.clarify_from < made.model.answer_from < 1


def test_a_site_that_names_what_it_leaves_out_has_weights_of_its_own(tmp_path: Path):
    model = {"terms": {}, "bias": -9.0, "answer_from": 0.7, "clarify_from": 0.4}
    written = {"rank": {"words": 1.0}, "site": model, "any_site": {"rank": {"words": 2.0}, **model, "bias": 9.0}}
    (tmp_path / "weights.json").write_text(json.dumps(written), "utf-8")
    named, others = (load_weights(topics(True, covered), tmp_path / "weights.json") for covered in (False, True))
    assert (named.rank, named.model.bias) == ({"words": 1.0}, -9.0)
    assert (others.rank, others.model.bias) == ({"words": 2.0}, 9.0)


def test_on_any_site_the_decision_also_sees_how_the_best_stands_out_and_what_it_lacks():
    # Passages 0.2, 0.9 and 0.5: mean 0.5333, spread 0.2867. The best is ranked by sentences: the third.
    scored = evidence((0.2, 0.1), (0.9, 0.2), (0.5, 0.8))
    over = topics(True, True, True)
    seen = any_site_features(asked("upgrade Kubernetes"), scored, rank(scored, weights(sentence=1.0)), over, UNREAD)
    assert seen["stands_out"] == pytest.approx((0.5 - 0.5333) / 0.2867, abs=1e-3)
    assert (seen["missing_latin"], seen["missing_name"]) == (0.5, 0.5)
    assert seen["passage"] == pytest.approx(0.5)
    assert set(ABSOLUTE) <= seen.keys()


def test_what_the_best_topic_lacks_counts_where_a_site_names_nothing_as_not_covered():
    made = weights({"missing_name": (-9.0, 0.0, 1.0)}, bias=3.0, passage=1.0)
    scored, over = evidence((0.9,), (0.1,)), topics(True, True)
    questions = [asked("Can I upgrade?"), asked("Can I upgrade Kubernetes?")]
    decisions = [decide(question, scored, rank(scored, made), over, made, UNREAD) for question in questions]
    assert [decision.status for decision in decisions] == [Status.ANSWERED, Status.NOT_COVERED]


@pytest.mark.parametrize(
    ("question", "known", "covered", "status"),
    [
        ("アップグレード", 1.0, True, Status.CLARIFY),
        ("アップグレード できますか", 1.0, True, Status.NOT_COVERED),
        ("アップグレード", 0.9, True, Status.NOT_COVERED),
        ("アップグレード", 1.0, False, Status.NOT_COVERED),
        ("kubenet", 1.0, True, Status.ANSWERED),
        ("kubenet", 1.0, False, Status.NOT_COVERED),
        ("kubenet", 0.9, True, Status.NOT_COVERED),
    ],
)
def test_a_bare_word_of_the_site_is_met_with_choices_and_a_term_with_quotes(
    question: str, known: float, covered: bool, status: Status
):
    scored, made = evidence((0.9,), (0.1,), known=known), weights(bias=-3.0, passage=1.0)
    decision = decide(asked(question), scored, rank(scored, made), topics(covered, True), made, UNREAD)
    assert decision.status is status and decision.confidence < made.model.clarify_from


def test_a_bare_word_stays_a_bare_word_however_sure_the_decision_is():
    scored, made = evidence((0.9,), (0.1,)), weights(bias=3.0, passage=1.0)
    status = [
        decide(asked(question), scored, rank(scored, made), topics(True, True), made, UNREAD).status
        for question in ("アップグレード", "kubenet", "Can I upgrade?")
    ]
    assert status == [Status.CLARIFY, Status.ANSWERED, Status.ANSWERED]


@pytest.mark.parametrize(("bias", "status"), [(3.0, Status.ANSWERED), (-3.0, Status.CLARIFY)])
def test_a_bare_identifier_means_a_single_thing_and_is_answered_if_the_decision_is_sure(bias: float, status: Status):
    scored, made = evidence((0.9,), (0.1,)), weights(bias=bias, passage=1.0)
    assert decide(asked("KB_PORT"), scored, rank(scored, made), topics(True, True), made, UNREAD).status is status


@pytest.mark.parametrize(
    ("known", "gram_coverage", "answers", "confidence"),
    [(0.5, 0.0, 3.0, 0.9526), (0.0, 0.2, 3.0, 0.9526), (0.0, 0.0, 3.0, 0.5), (0.0, 0.0, -3.0, 0.0474)],
)
def test_of_what_shares_no_letters_with_the_site_a_reading_can_only_doubt(
    known: float, gram_coverage: float, answers: float, confidence: float
):
    scored = evidence((0.9, 0, 0, 0, 0, 0, gram_coverage), (0.1,), known=known)
    made = weights({"answers": (1.0, 0.0, 1.0)}, passage=1.0)
    accounted = Account(reading=Reading(answers, "", ()))
    decision = decide(asked("q?"), scored, rank(scored, made), topics(True, False), made, accounted)
    assert decision.confidence == pytest.approx(confidence, abs=1e-4)


@pytest.mark.parametrize(
    ("worst", "hedge_from", "status", "hedged", "but_for_parts"),
    [
        (0.9, 0.9, Status.ANSWERED, True, False),
        (0.9, 0.99, Status.NOT_COVERED, False, True),
        (0.9, 1.0, Status.NOT_COVERED, False, True),
        (0.0, 0.9, Status.ANSWERED, False, False),
    ],
)
def test_what_would_be_answered_but_for_a_part_says_which(
    worst: float, hedge_from: float, status: Status, hedged: bool, but_for_parts: bool
):
    """The sum is 3 (0.95) without a missing part and 3 - (ln 9 + ln 99) (0.02) where one is to 0.9."""
    scored = evidence((0.9,), (0.1,))
    model = Model({"worst": (-1.0, np.log(0.01 / 0.99), 1.0)}, 3.0, 0.7, 0.4, hedge_from)
    made = Weights({**ZEROS, "passage": 1.0}, model)
    accounted = Account(((PART, worst),)) if worst else UNREAD
    decision = decide(asked("q?"), scored, rank(scored, made), topics(True, False), made, accounted)
    assert (decision.status, decision.hedged, decision.but_for_parts) == (status, hedged, but_for_parts)


def test_every_feature_by_hand():
    # z-scores of 0.2, 0.9 and 0.5 (mean 0.5333, spread 0.2867): -1.1625, 1.2788, -0.1163; the second is outside.
    scored = evidence((0.2, 0.7, 0.1), (0.9, 0.8, 0.7), (0.5, 0.6, 0.4, 5.0, 6.0, 0.25, 0.75), known=0.5)
    seen = features(
        asked("いつから最大？"), scored, rank(scored, weights(passage=1.0)), topics(True, False, True), UNREAD
    )
    assert seen == pytest.approx(
        {
            **{"passage": 0.5, "sentence": 0.6, "phrasing": 0.4, "coverage": 0.25, "gram_coverage": 0.75},
            **{"any_sentence": 0.7, "known": 0.5, "lead": -0.1163, "margin": 1.0463, "field": 1.0463},
            "outside": 1.3950,
            "outside_share": 1 / (1 + np.exp(-1.3950) + np.exp(-2.4413)),
            "outside_passage": 0.9 - 0.5,
            "outside_phrasing": 0.7 - 0.4,
            "length": np.log(8),
            **{"asks_reason": 0, "asks_procedure": 0, "asks_date": 1, "asks_number": 1, "asks_comparison": 0},
            **{"worst": np.log(0.01 / 0.99), "total": np.log(0.01), "missing": 0, "missing_share": 0},
            "outside_named": 0,
            "answers": 2.0,  # nothing was read, so nothing is left out
        },
        abs=1e-3,
    )


def test_the_margin_is_to_the_second_and_the_field_to_the_tenth_covered_topic():
    scored = evidence(*((float(value),) for value in range(12)))  # mean 5.5, spread 3.4521
    seen = features(asked("q"), scored, rank(scored, weights(passage=1.0)), topics(*[True] * 12), UNREAD)
    assert (seen["lead"], seen["margin"], seen["field"]) == pytest.approx(
        (5.5 / 3.4521, 1 / 3.4521, 9 / 3.4521), abs=1e-4
    )


def test_a_site_of_one_topic_has_no_margin():
    scored = evidence((0.9,))
    seen = features(asked("q"), scored, rank(scored, weights(passage=1.0)), topics(True), UNREAD)
    assert (seen["margin"], seen["field"]) == (0.0, 0.0)


@pytest.mark.parametrize(("length", "counted"), [(1, 1), (399, 399), (400, 400), (5000, 400)])
def test_a_long_question_counts_no_longer_than_the_calibration_has_seen(length: int, counted: int):
    scored = evidence((0.9,), (0.1,))
    seen = features(asked("q" * length), scored, rank(scored, weights(passage=1.0)), topics(True, True), UNREAD)
    assert seen["length"] == pytest.approx(np.log(counted + 1))


@pytest.mark.parametrize(
    ("confidence", "status"),
    [(0.5, Status.ANSWERED), (0.49, Status.CLARIFY), (0.25, Status.CLARIFY), (0.24, Status.NOT_COVERED)],
)
def test_a_limit_belongs_to_what_it_allows(confidence: float, status: Status):
    at = Model({}, 0.0, answer_from=0.5 + (0.5 - confidence), clarify_from=0.25 + (0.5 - confidence))  # confidence: 0.5
    scored, made = evidence((0.9,), (0.1,)), Weights({**ZEROS, "passage": 1.0}, at)
    assert decide(asked("q?"), scored, rank(scored, made), topics(True, True), made, UNREAD).status is status


@pytest.mark.parametrize(("bias", "confidence"), [(1000.0, 1 / (1 + np.exp(-30))), (-1000.0, 1 / (1 + np.exp(30)))])
def test_confidence_never_overflows(bias: float, confidence: float):
    assert Model({}, bias, 0.7, 0.4).probability({}) == pytest.approx(confidence, rel=1e-9)


def test_some_scored_topics_are_ranked_and_decided_like_all():
    raw = evidence((0.2,), (0.9,)).raw
    mean, spread = np.full(7, 0.5, np.float32), np.full(7, 0.1, np.float32)
    some = Evidence(np.array([1, 3]), raw, mean, spread, 1.0, no_rows)
    ranking = rank(some, weights(passage=1.0))
    assert ranking.order.tolist() == [3, 1] and ranking.fused == pytest.approx([-3.0, 4.0], abs=1e-5)
    seen = features(
        asked("q"), some, ranking, topics(False, True, True, False), UNREAD
    )  # of the scored ones 1 is covered
    assert (seen["passage"], seen["outside"]) == pytest.approx((0.2, 7.0), abs=1e-5)


def test_a_question_without_words_is_not_covered():
    scored, made = evidence((0.9,)), weights(bias=9.0, passage=1.0)
    decision = decide(asked("？！"), scored, rank(scored, made), topics(True), made, UNREAD)
    assert (decision.status, decision.confidence) == (Status.NOT_COVERED, 0.0)
