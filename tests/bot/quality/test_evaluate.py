"""The figures, on hand-made results with values worked out by hand."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.answering.ask import Bot
from bot.cli.terminal.eval import comparison_text
from bot.quality.calibrate import LabelledQuestion, read_questions
from bot.quality.evaluate import as_json, misses, read_report
from bot.quality.figures import calibration_error, coverage_at, figures, sizes
from bot.quality.judged import Judged, verdict
from bot.quality.judged import said as yes_or_no
from bot.records import Answer, Citation, Status
from index.errors import KbError


def judged(
    name: str,
    status: Status = Status.ANSWERED,
    confidence: float = 0.9,
    cited: tuple[str, ...] = (),
    wanted: tuple[str, ...] = (),
    text: str = "",
    right: str | None = None,
) -> Judged:
    question = LabelledQuestion(name, "en", "question", name, bool(wanted), wanted, right)
    citations = tuple(Citation(n, section, "en", "", "", "", None) for n, section in enumerate(cited, 1))
    answer = Answer(name, "en", status, text, confidence, citations, (), (), 0.0)
    return Judged(question, answer, list(cited))


SOME = [
    judged("first", cited=("a", "b"), wanted=("a",)),
    judged("second", cited=("b", "a"), wanted=("a",)),
    judged("choice", Status.CLARIFY, 0.5, wanted=("a",)),
    judged("silent", Status.NOT_COVERED, 0.1, wanted=("a",)),
    judged("guess", confidence=0.8, cited=("c",)),
    judged("refused", Status.NOT_COVERED, 0.05),
]


def test_figures():
    measured = {name: figure.value for name, figure in figures(SOME, resamples=1).items()}
    assert measured["first citation right, of the answered"] == 0.5
    assert measured["one of three right, of the answered"] == 1.0
    assert measured["first citation right, of all answerable"] == 0.25
    assert measured["MRR@10"] == pytest.approx((1 + 0.5) / 4)
    assert (measured["answered"], measured["answered or clarified"]) == (0.5, 0.75)
    assert measured["false answers"] == 0.5
    assert measured["AUROC"] == pytest.approx(6 / 8)  # of 4 × 2 pairs, 0.8 beats 0.5 and 0.1


def test_answers_that_name_a_part_as_not_stated_are_counted_apart():
    def in_part(judged_whole: Judged) -> Judged:
        return replace(judged_whole, answer=replace(judged_whole.answer, not_stated=("Windows",)))

    first, second, *_, guess, refused = SOME
    some = [in_part(first), second, in_part(guess), guess, refused]
    measured = {name: figure.value for name, figure in figures(some, resamples=1).items()}
    assert measured["a part not stated, of the answered"] == 0.5
    assert measured["false answers"] == pytest.approx(2 / 3, abs=1e-4)
    assert measured["false answers that name no such part"] == pytest.approx(1 / 3, abs=1e-4)


def test_intervals_contain_their_value():
    agreed = judged("agreed", cited=("a",), wanted=("a",), text="Yes. So.", right="yes")
    measured = figures([*SOME, agreed], resamples=100)
    assert [name for name, figure in measured.items() if not figure.low <= figure.value <= figure.high] == []


def test_sizes_count_what_the_figures_rest_on():
    asked = [*SOME, judged("agreed", cited=("a",), wanted=("a",), text="Yes. So.", right="yes")]
    assert sizes(asked) == {"covered": 5, "answered": 3, "yes or no": 1, "uncovered": 2}


def test_a_share_of_nought_of_few_questions_may_be_chance():
    asked = [judged(f"{n}", cited=("a",), wanted=("a",), text="Yes. So.", right="yes") for n in range(4)]
    measured = figures([*SOME, *asked], resamples=1)["wrong verdicts"]  # 0 of 4: the others have no yes or no
    assert (measured.value, measured.low) == (0.0, 0.0)
    assert measured.high == pytest.approx(0.4899, abs=1e-4)


def test_wrong_verdicts_are_a_share_of_the_questions_with_a_yes_or_no():
    agreed = judged("agreed", cited=("a",), wanted=("a",), text="Yes. So.", right="yes")
    wrong = judged("wrong", cited=("a",), wanted=("a",), text="Yes. So.", right="no")
    depends = judged("depends", cited=("a",), wanted=("a",), text="If so.", right="conditional")
    measured = figures([*SOME, agreed, agreed, agreed, wrong, depends], resamples=1)["wrong verdicts"]
    assert measured.value == 0.25


def test_coverage_counts_answers_above_the_allowed_false_ones():
    answerable = np.array([True, True, True, True, False, False])
    confidence = np.array([0.9, 0.7, 0.5, 0.3, 0.6, 0.2])
    assert coverage_at(0.0, answerable, confidence) == 0.5
    assert coverage_at(0.5, answerable, confidence) == 1.0


def test_calibration_error_is_the_mean_gap():
    answerable = np.array([True, True, False, False])
    assert calibration_error(answerable, np.array([1.0, 1.0, 0.0, 0.0])) == 0.0
    assert calibration_error(answerable, np.array([0.5, 0.5, 0.5, 0.5])) == 0.0
    assert calibration_error(answerable, np.array([0.8, 0.8, 0.8, 0.8])) == pytest.approx(0.3)


def test_misses_name_what_was_cited_and_wanted():
    assert [(miss.kind, miss.id) for miss in misses(SOME)] == [
        ("false-answer", "guess"),
        ("wrong-first", "second"),
        ("not-answered", "choice"),
        ("not-answered", "silent"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Yes. It can.", "yes"),
        ("はい。できます。", "yes"),
        ("No. It cannot.", "no"),
        ("いいえ。", "no"),
        ("It can.", None),
        ("Nothing", None),
    ],
)
def test_verdict_of_an_answer(text: str, said: str | None):
    assert verdict(text) == said


def test_a_yes_or_no_that_a_sentence_spells_out_is_said(bot: Bot):
    spelled = bot.ask("AGC can't be installed on a kubenet cluster, right?")
    assert (verdict(spelled.answer), yes_or_no(spelled)) == (None, "yes")
    assert yes_or_no(bot.ask("Is ALB controller 1.6.7 enough for CNI Overlay?")) == "no"
    assert yes_or_no(bot.ask("What is CNI?")) is None


def test_a_wrong_verdict_is_the_worst_miss():
    wrong = judged("wrong", cited=("a",), wanted=("a",), text="Yes. It can.", right="no")
    assert next(miss.kind for miss in misses([*SOME, wrong])) == "wrong-verdict"


def test_a_broken_line_is_named(tmp_path: Path):
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a"}\n', "utf-8")
    with pytest.raises(KbError, match=r"questions\.jsonl:1: not a labeled question"):
        read_questions(file)


def test_a_report_that_is_none_is_refused(tmp_path: Path):
    (tmp_path / "old.json").write_text(json.dumps({"figures": {}}), "utf-8")
    with pytest.raises(KbError, match="not a report of kb eval --json"):
        read_report(tmp_path / "old.json")


def test_comparison_names_what_changed():
    def run(value: float, *missed: str) -> dict:
        return {
            "figures": {"all": {"AUROC": {"value": value}}},
            "misses": [{"id": name, "kind": "wrong-first"} for name in missed],
        }

    shown = comparison_text(run(0.9, "b"), run(0.8, "a"))
    assert "AUROC" in shown and "+0.100" in shown
    assert "mended: 1\n  wrong-first   a" in shown and "newly wrong: 1\n  wrong-first   b" in shown


def test_a_figure_without_questions_is_null_in_json(tmp_path: Path):
    only = [each for each in SOME if not each.question.answerable]
    measured = {name: {"value": figure.value} for name, figure in figures(only, resamples=1).items()}
    report = {"figures": {"all": measured}, "misses": []}
    (tmp_path / "new.json").write_text(as_json(report), "utf-8")
    read = json.loads((tmp_path / "new.json").read_text("utf-8"), parse_constant=pytest.fail)
    assert read["figures"]["all"]["answered"]["value"] is None
    assert read["figures"]["all"]["false answers"]["value"] == 0.5
    assert "answered" in comparison_text(read_report(tmp_path / "new.json"), read)
