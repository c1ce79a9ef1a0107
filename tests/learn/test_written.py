"""Headings and hand-written questions as examples; and the questions of this repository."""

import json
from itertools import chain
from pathlib import Path
from random import Random

import pytest

from index.errors import KbError
from learn.neighbours import Neighbours
from learn.records import Example, Origin, Section
from learn.sources import read_sources
from learn.written import (
    BESIDE,
    OWN,
    QUESTIONS,
    Written,
    follow_ups,
    headings,
    judges,
    read_written,
    written_examples,
)

FRUIT = ("pear", "plum", "apple", "quince", "cherry", "grape", "fig", "melon", "lemon", "peach")
SITE = [
    Section(
        f"fruit-{number}",
        f"{number % 2}.md",
        number // 2,
        "en",
        ("Fruit of the garden", f"How to keep a {fruit}"),
        f"A {fruit} keeps {number + 2} days.",
    )
    for number, fruit in enumerate(FRUIT)
]
ROW = {
    "file": "0.md",
    "heading": "How to keep a pear",
    "place": 0,
    "question": "How long does a pear keep in the dark?",
    "answered": False,
    "kind": "condition",
    "part": "in the dark",
}


def tokens(text: str) -> list[int]:
    return [sum(map(ord, word)) for word in text.split()]


def as_read(question: str, section: Section) -> str:
    return section.whole()


def write(folder: Path, *rows: dict[str, object]) -> None:
    (folder / "fruit.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")


def test_a_question_belongs_to_the_section_at_its_place(tmp_path: Path):
    write(tmp_path, ROW, {**ROW, "place": 1, "heading": "How to keep a apple"})
    first, second = read_written("fruit", SITE, tmp_path)
    assert (first.section, second.section) == (SITE[0], SITE[2])
    assert (first.question, first.answered, first.part) == (ROW["question"], False, "in the dark")


@pytest.mark.parametrize("wrong", [{"place": 9}, {"heading": "How to eat a pear"}])
def test_a_question_without_its_section_is_an_error_that_names_the_line(tmp_path: Path, wrong: dict[str, object]):
    write(tmp_path, ROW, ROW | wrong)
    with pytest.raises(KbError, match=r"fruit\.jsonl:2: .*the site has no such section.*Is its commit another\?"):
        read_written("fruit", SITE, tmp_path)


def test_a_section_answers_its_heading_and_another_of_the_page_does_not():
    examples = [each for seed in range(9) for each in headings("fruit", SITE, Random(seed))]
    for example in examples:
        fruit = example.question.split()[-1]
        assert example.section.startswith("Fruit of the garden: A ")
        assert (f"A {fruit} keeps" in example.section) is example.answered
    assert sum(each.answered for each in examples) * 2 == len(examples)


def test_a_written_question_is_read_with_its_section_and_its_neighbours(tmp_path: Path):
    rows = [{**ROW, "place": place, "heading": SITE[2 * place].heading} for place in range(5)]
    covered = [{**row, "answered": True, "kind": "covered", "part": ""} for row in rows]
    write(tmp_path, *rows, *covered)
    written = read_written("fruit", SITE, tmp_path)
    examples = list(written_examples(written, {"en": Neighbours(SITE, tokens)}, as_read, Random(1)))
    by_origin: dict[Origin, list[Example]] = {}
    for example in examples:
        by_origin.setdefault(example.origin, []).append(example)
    assert [each.answered for each in by_origin[Origin.WRITTEN]] == [False] * 5 + [True] * 5
    assert [each.part for each in by_origin[Origin.WRITTEN]] == ["in the dark"] * 5 + [""] * 5
    assert len(by_origin[Origin.NEAR]) == 5
    teaching = [each for each in written if not judges(each.section)]
    assert len(by_origin[Origin.NEIGHBOUR]) == BESIDE * len(teaching)
    for example in by_origin[Origin.NEAR] + by_origin[Origin.NEIGHBOUR]:
        (section,) = (each for each in SITE if each.id == example.family)
        assert example.section != section.whole() and not example.answered


def test_a_follow_up_is_read_below_the_question_that_it_goes_on_from(tmp_path: Path):
    write(tmp_path, {**ROW, "before": "How long does a pear keep?", "question": "And in the dark?"})
    (written,) = read_written("fruit", SITE, tmp_path)
    first, *_ = written_examples([written], {"en": Neighbours(SITE, tokens)}, as_read, Random(1))
    assert (first.question, first.part) == ("How long does a pear keep?\nAnd in the dark?", "in the dark")


def test_conversations_ask_whether_the_section_answers_the_last_question():
    teaching = [section for section in SITE if not judges(section)][:2]
    covered = [Written(section, f"Does it keep at {section.heading}?", True, "") for section in teaching]
    twins = [Written(section, "Does it keep in the dark?", False, "in the dark") for section in teaching]
    listed = [each for seed in range(30) for each in follow_ups([*covered, *twins], as_read, Random(seed))]
    of_last = {(each.question.split("\n")[1], each.section, each.answered, each.part) for each in listed}
    (pear, plum), own = (section.whole() for section in teaching), [each.question for each in covered]
    dark = {("Does it keep in the dark?", section, False, "in the dark") for section in (pear, plum)}
    assert of_last == dark | {(own[0], pear, True, ""), (own[1], plum, True, "")} | {
        (own[1], pear, False, ""),
        (own[0], plum, False, ""),
    }
    assert {each.question.split("\n")[0] for each in listed} == set(own)


def test_one_section_in_eight_judges_with_all_its_questions():
    judging = [number for number in range(800) if judges(Section(f"a-{number}", "", 0, "en", ("a",), ""))]
    assert 70 < len(judging) < 130


def test_each_site_has_its_questions():
    assert {file.stem for file in QUESTIONS.glob("*.jsonl")} == {OWN} | {
        source.name for source in read_sources() if source.lang
    }


def rows() -> list[dict[str, object]]:
    lines = chain.from_iterable(file.read_text("utf-8").splitlines() for file in sorted(QUESTIONS.glob("*.jsonl")))
    return [json.loads(line) for line in lines]


def test_a_twin_names_the_part_that_its_section_leaves_out_and_a_covered_question_none():
    for row in rows():
        assert (row["kind"] == "covered") is row["answered"] is (row["part"] == ""), row
        assert str(row["part"]) in str(row["question"]), row


def test_no_question_that_teaches_the_reader_is_among_those_that_judge_the_bot(root: Path):
    teaching = {str(row["question"]).casefold() for row in rows()}
    judging = set()
    for file in (root / "tests/data").rglob("*.jsonl"):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            judging |= {str(row[key]).casefold() for key in ("question", "a", "b") if row.get(key)}
    assert len(judging) > 500
    assert sorted(teaching & judging) == []
