"""Weights learned on small made-up sites in which it is known which channel tells the topics apart."""

import json
from pathlib import Path

import pytest
from handmade import ByTable, section, topics

from bot.answering.ask import Bot
from bot.decision.decide import load_weights
from bot.quality.calibrate import LabelledQuestion, calibrate, read_questions
from bot.records import Status
from index.errors import KbError

NAMES = ["apple", "birch", "cedar", "fig", "grape", "hazel", "iris", "juniper", "kiwi", "lemon", "maple", "nutmeg"]
ALIAS = [f"{letter}{letter}{letter}" for letter in "bcdfghjklmnp"]  # shares no word and no three letters with a name


def questions(texts: list[str], outside: list[str]) -> list[LabelledQuestion]:
    asked = [LabelledQuestion(t, "en", "q", t, True, (f"{n}#{n}",), None) for t, n in zip(texts, NAMES, strict=True)]
    return asked + [LabelledQuestion(text, "en", "q", text, False, (), None) for text in outside]


OUTSIDE = [f"zz{letter}q" for letter in "abcdefghijklmno"]
SECTIONS = tuple(section(f"{name}#{name}", f"{name}.", title=name) for name in NAMES)
SAME = ByTable({}, len(NAMES))  # every text the same vector: meaning tells nothing
MEANING = ByTable({word: i for group in (NAMES, ALIAS) for i, word in enumerate(group)}, len(NAMES))


def test_where_only_words_tell_topics_apart_words_count():
    learned = calibrate(questions(NAMES, OUTSIDE), topics(*SECTIONS, encoder=SAME), SAME)["rank"]
    dense = [learned[channel] for channel in ("passage", "sentence", "phrasing")]
    assert max(dense) < 0.01 < 1 < learned["words"] + learned["coverage"]


def test_where_only_meaning_tells_topics_apart_vectors_count():
    learned = calibrate(questions(ALIAS, OUTSIDE), topics(*SECTIONS, encoder=MEANING), MEANING)["rank"]
    lexical = [learned[channel] for channel in ("words", "grams", "coverage", "gram_coverage")]
    assert max(lexical) < 0.01 < 1 < learned["passage"] + learned["sentence"] + learned["phrasing"]


def test_what_was_learned_decides(tmp_path: Path):
    over = topics(*SECTIONS, section("scope#cost", "Nothing.", title="cost", covered=False), encoder=MEANING)
    learned = calibrate(questions(ALIAS, OUTSIDE), over, MEANING)
    (tmp_path / "weights.json").write_text(json.dumps(learned), "utf-8")
    bot = Bot(over, MEANING, load_weights(over, tmp_path / "weights.json"))
    answer = bot.ask("hhh")
    assert (answer.status, answer.citations[0].section) == (Status.ANSWERED, "hazel#hazel")
    assert bot.ask("zzzzz").status is Status.NOT_COVERED


def test_learning_twice_gives_the_same():
    over, asked = topics(*SECTIONS, encoder=MEANING), questions(ALIAS, OUTSIDE)
    assert calibrate(asked, over, MEANING) == calibrate(asked, over, MEANING)


def test_a_section_that_does_not_exist_is_named():
    wrong = LabelledQuestion("q7", "en", "q", "hhh", True, ("hazel#gone",), None)
    with pytest.raises(KbError, match="question q7: there is no section 'hazel#gone'"):
        calibrate([*questions(ALIAS, OUTSIDE), wrong], topics(*SECTIONS, encoder=MEANING), MEANING)


@pytest.mark.parametrize("broken", ["{", "5", "[]", '{"id": "a", "lang": "en", "style": "q", "answerable": true}'])
def test_the_broken_line_of_a_file_is_named(tmp_path: Path, broken: str):
    good = json.dumps({"id": "a", "lang": "en", "style": "q", "question": "?", "answerable": False})
    (tmp_path / "q.jsonl").write_text(f"{good}\n{broken}\n{good}\n", "utf-8")
    with pytest.raises(KbError, match=r"q\.jsonl:2: not a labeled question"):
        read_questions(tmp_path / "q.jsonl")


def test_the_reviewed_weights_come_from_questions_about_this_site(root: Path, bot: Bot):
    asked = read_questions(root / "bot/data/calibration.jsonl")
    assert {name for question in asked for name in question.sections} <= set(bot.topics.ids)
    assert [question.id for question in asked if question.answerable != bool(question.sections)] == []
    assert len({question.id for question in asked}) == len(asked)


@pytest.mark.parametrize("wrong", [{"answerable": "no"}, {"sections": "faq#a"}, {"question": 5}])
def test_a_value_of_another_type_is_refused(tmp_path: Path, wrong: dict):
    row = {"id": "a", "lang": "en", "style": "q", "question": "?", "answerable": False, **wrong}
    (tmp_path / "q.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    with pytest.raises(KbError, match=r"q\.jsonl:1: not a labeled question"):
        read_questions(tmp_path / "q.jsonl")
