"""What other sites teach: rows of numbers, and weights from them."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from handmade import ByTable, section, topics

from bot.decision.decide import ABSOLUTE, WEIGHTS_FILE
from bot.evidence.evidence import CHANNELS
from bot.quality.calibrate import LabelledQuestion
from bot.quality.other_sites import CANDIDATES, Row, learn, measure, read_rows, write_rows
from index.errors import KbError

TREES = [f"tree{letter}" for letter in "abcdefghijklmnop"]
MEANING = ByTable({name: i for i, name in enumerate(TREES)}, len(TREES))
FOREST = topics(*(section(f"{name}#{name}", f"The {name}.", title=name) for name in TREES), encoder=MEANING)


def asked(question: str, *sections: str) -> LabelledQuestion:
    return LabelledQuestion(question, "en", "q", question, bool(sections), sections)


def row(number: int, *, right: int = 0, channel: str = "passage", **seen: float) -> Row:
    """A question whose right topic is the best in one channel; without features it is like any other."""
    scores = np.zeros((3, len(CHANNELS)), int)
    scores[right, CHANNELS.index(channel)] = 100
    answerable = seen.get("passage", 1.0) > 0
    listed = tuple(map(tuple, scores.tolist())) if answerable else ()
    features = {**dict.fromkeys(ABSOLUTE, 0.0), "passage": 1.0, **seen}
    return Row(f"q{number}", answerable, listed, (right,) if answerable else (), features)


def site(first: int, **more) -> list[Row]:
    """Twelve questions, every other one not covered: passages far from the question tell them."""
    return [row(first + i, passage=1.0 if i % 2 else -1.0, **more) for i in range(12)]


def test_a_row_has_the_candidates_and_what_the_decision_looks_at_but_no_text():
    covered, outside = measure([asked("treec", "treec#treec"), asked("treezz")], FOREST, MEANING)
    assert (covered.id, covered.answerable, outside.answerable) == ("treec", True, False)
    assert set(covered.seen) == set(outside.seen) == set(ABSOLUTE)
    best = max(range(len(covered.candidates)), key=lambda i: covered.candidates[i][0])
    assert covered.right == (best,) and len(covered.candidates) == CANDIDATES
    assert outside.candidates == outside.right == ()
    scores = FOREST.score(FOREST.read("treec", MEANING)).standardised()
    assert set(covered.candidates) <= {tuple(np.rint(100 * row).astype(int).tolist()) for row in scores}


def test_the_right_topic_is_a_candidate_however_badly_it_ranks():
    (row,) = measure([asked("treec", "treep#treep")], FOREST, MEANING)
    assert len(row.candidates) == CANDIDATES + 1 and len(row.right) == 1
    assert row.candidates[row.right[0]][0] < max(candidate[0] for candidate in row.candidates)


def test_a_section_that_the_site_does_not_have_is_named():
    with pytest.raises(KbError, match="question treec: there is no section 'gone#gone'"):
        list(measure([asked("treec", "gone#gone")], FOREST, MEANING))


def test_rows_are_read_as_they_were_written(tmp_path: Path):
    rows = list(measure([asked("treec", "treec#treec"), asked("treezz")], FOREST, MEANING))
    write_rows(rows, tmp_path / "rows.jsonl")
    assert read_rows(tmp_path / "rows.jsonl") == rows


@pytest.mark.parametrize("broken", ["{", '{"id": "a"}'])
def test_the_broken_line_of_rows_is_named(tmp_path: Path, broken: str):
    write_rows([row(0)], tmp_path / "rows.jsonl")
    with (tmp_path / "rows.jsonl").open("a") as file:
        file.write(f"{broken}\n")
    with pytest.raises(KbError, match=r"rows\.jsonl:2: not a row"):
        read_rows(tmp_path / "rows.jsonl")


@pytest.mark.parametrize("rows", [[], [[]], [[row(0), row(1)]]])
def test_rows_of_one_kind_teach_nothing(rows: list[list[Row]]):
    with pytest.raises(KbError, match="need rows of questions that a site answers, and of others"):
        learn(rows)


def test_the_channel_that_tells_topics_apart_on_all_sites_is_learned():
    learned = learn([site(0, channel="words"), site(20, channel="words", right=2)])["rank"]
    assert learned.keys() == set(CHANNELS)
    assert learned["words"] > 1 > sum(weight for channel, weight in learned.items() if channel != "words")


def test_each_site_counts_the_same_however_many_questions_it_has():
    few, many = site(0, channel="passage"), [row for i in range(5) for row in site(20 * i, channel="words")]
    learned = learn([few, many])["rank"]
    assert learned["passage"] == pytest.approx(learned["words"], abs=1e-3)


def test_what_tells_covered_from_uncovered_decides_and_what_does_not_has_no_weight():
    learned = learn([site(0), site(20)])
    assert learned["terms"]["passage"]["weight"] > 0.5
    assert learned["terms"]["any_sentence"]["weight"] == 0
    assert 0 < learned["clarify_from"] <= learned["answer_from"] < 1


def test_thresholds_come_from_sites_that_the_fit_did_not_see():
    # On the second site the feature says the opposite: from the first alone its uncovered questions look covered.
    turned = [replace(row, seen={**row.seen, "passage": -row.seen["passage"]}) for row in site(20)]
    alike, opposite = learn([site(0), site(20)]), learn([site(0), turned])
    assert opposite["answer_from"] > alike["answer_from"]


def test_one_site_alone_is_learned_from_in_folds():
    rows = [row for i in range(2) for row in site(12 * i)]
    assert learn([rows])["terms"]["passage"]["weight"] > 0.5


def test_the_reviewed_weights_for_any_site_come_from_the_rows_beside_them(root: Path):
    learned = learn([read_rows(file) for file in sorted((root / "bot/data").glob("rows.*.jsonl"))])
    reviewed = json.loads(WEIGHTS_FILE.read_text("utf-8"))["any_site"]
    assert learned["rank"] == pytest.approx(reviewed["rank"], abs=0.01)
    assert learned["answer_from"] == pytest.approx(reviewed["answer_from"], abs=0.01)
    for name, term in learned["terms"].items():
        assert term == pytest.approx(reviewed["terms"][name], abs=0.01)


def test_the_rows_are_of_the_labelled_questions_about_these_sites(root: Path):
    for file in sorted((root / "bot/data").glob("rows.*.jsonl")):
        name = file.stem.removeprefix("rows.")
        questions = (root / f"tests/data/sites/{name}.jsonl").read_text("utf-8").splitlines()
        labels = [(question["id"], question["answerable"]) for question in map(json.loads, questions)]
        assert [(row.id, row.answerable) for row in read_rows(file)] == labels
