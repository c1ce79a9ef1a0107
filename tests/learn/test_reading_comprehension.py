"""Sets of questions to examples: windows, other paragraphs and swapped twins. All texts are made up."""

import json
from itertools import pairwise
from random import Random

import pytest

from learn.reading_comprehension import LAST, RUN, WINDOW, condaqa, squad_like, swapped, window, windows
from learn.records import Origin

ENGLISH = " ".join(f"Basket {number} has pears from garden {number * 7}." for number in range(60))
JAPANESE = "".join(f"かご{number}には畑{number * 7}の梨が入っています。" for number in range(60))


@pytest.mark.parametrize(("context", "lang"), [(ENGLISH, "en"), (JAPANESE, "ja")])
def test_windows_are_whole_sentences_that_the_reader_can_read_and_leave_none_out(context: str, lang: str):
    runs = windows(context)
    assert all(end - start <= WINDOW[lang] for start, end in runs)
    assert all(context[end - 1] in ".。" for _, end in runs)
    assert runs[0][0] == 0 and runs[-1][1] == len(context)
    assert all(later[0] <= earlier[1] for earlier, later in pairwise(runs))


def test_a_short_paragraph_is_its_own_window():
    assert windows("A pear. A plum.") == [(0, 15)]


def test_a_sentence_that_is_too_long_is_cut():
    assert windows("pear " * 300)[0] == (0, WINDOW["en"] + LAST)


@pytest.mark.parametrize("context", [ENGLISH, JAPANESE])
@pytest.mark.parametrize("number", [0, 17, 41, 59])
def test_a_window_holds_its_answer(context: str, number: int):
    answer = str(number * 7)
    at = context.index(f"garden {answer}" if context is ENGLISH else f"畑{answer}") + (7 if context is ENGLISH else 1)
    read = {window(context, Random(seed), at, len(answer)) for seed in range(30)}
    assert all(answer in each for each in read)
    assert len(read) > 1 or number in (0, 59)  # at the edges of the paragraph few windows hold it


QUESTION = "リンゴと蜂蜜を混ぜたのは何年の夏ですか？"
CONTEXT = "1987年の夏、リンゴと蜂蜜を混ぜた。ブドウと砂糖は1990年の冬に、ミカンは1993年に試した。"


def test_a_swapped_twin_has_another_word_where_the_swapped_one_stood():
    twins = {swapped(QUESTION, CONTEXT, "バナナと牛乳は後年に。", "1987年", Random(seed)) for seed in range(60)}
    made = [twin for twin in twins if twin]
    assert len(made) > 3
    for twin, new in made:
        assert new in twin and new not in QUESTION
        gone = [run for run in RUN.findall(QUESTION) if run not in twin]
        assert len(gone) == 1
        assert QUESTION.replace(gone[0], new) == twin


def test_a_twin_never_asks_for_what_the_answer_says():
    for seed in range(60):
        twin = swapped("When were 30 pears sold?", "In 1987 they sold 30 pears, not 45.", "", "1987", Random(seed))
        assert twin is None or "1987" not in twin[0]


def test_without_a_word_of_the_text_there_is_no_twin():
    assert swapped("何ですか？", CONTEXT, "", "1987年", Random(1)) is None


def article(**question: object) -> dict[str, object]:
    asked = {"question": QUESTION, "answers": [{"text": "1987年", "answer_start": 0}], **question}
    others = [
        {"context": "リンゴと蜂蜜の店は駅の前にある。", "qas": []},
        {"context": "1987年の夏は暑かった。", "qas": []},
    ]
    return {"title": "Summer_fruit", "paragraphs": [{"context": CONTEXT, "qas": [asked]}, *others]}


def test_a_question_is_answered_by_its_own_paragraph_and_not_by_one_without_the_answer():
    examples = [each for seed in range(40) for each in squad_like([article()], Origin.JAQUAD, Random(seed))]
    read = {(each.section, each.answered, bool(each.part)) for each in examples}
    assert read == {
        (f"Summer fruit: {CONTEXT}", True, False),
        (f"Summer fruit: {CONTEXT}", False, True),
        ("Summer fruit: リンゴと蜂蜜の店は駅の前にある。", False, False),
    }
    assert all(each.part in each.question for each in examples)


def test_a_question_that_a_set_calls_impossible_is_not_answered():
    impossible = article(is_impossible=True, answers=[], plausible_answers=[{"text": "冬", "answer_start": 40}])
    (example,) = squad_like([impossible], Origin.SQUAD2, Random(1))
    assert (example.answered, example.part, example.held) == (False, "", False)


def test_whole_articles_judge():
    examples = list(squad_like([article()] * 50, Origin.XQUAD, Random(1), held=0.5))
    assert {each.held for each in examples} == {True, False}
    assert all(each.held for each in squad_like([article()] * 9, Origin.XQUAD, Random(1), held=1.0))


def test_only_what_the_passage_does_not_tell_is_not_answered_by_it():
    def row(label: str, question: str = "Was it ripe?") -> str:
        return json.dumps({"sentence1": "The pear was hardly ripe.", "sentence2": question, "label": label})

    lines = [row(label, f"Was pear {number} {label}?") for number in range(20) for label in ("YES", "NO", "DON'T KNOW")]
    examples = list(condaqa(["\n".join([*lines, *lines])], Random(1)))
    unknown = [each for each in examples if not each.answered]
    assert len(unknown) == 20 and all("DON'T KNOW" in each.question for each in unknown)
    assert 5 < len(examples) - len(unknown) < 35
    assert {each.section for each in examples} == {"The pear was hardly ripe."}
