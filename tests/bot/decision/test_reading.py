"""What the reader says of a section, and what one says that was not taught the question."""

from dataclasses import replace
from pathlib import Path

import pytest
from handmade import ByTable, asked, section, topics

from bot.answering.ask import Bot
from bot.decision.account import SUREST, WELL, Account, account, with_reading
from bot.decision.reading import UNSEEN_FILE, read_section, read_unseen, unseen
from bot.quality.calibrate import read_questions
from index.encoder.reader import Reading, as_text, reader
from index.errors import KbError
from index.records import Section

TEAPOT = Section(
    "tea#pots", "en", "Teapots", ("Tea",), "/tea/#pots", "A teapot pours.", (), (), (), True
)  # what a question about the text has to find


def test_a_section_is_read_with_its_headings():
    assert read_section("Does it pour?", TEAPOT) == reader().read("Does it pour?", "Tea > Teapots: A teapot pours.")
    assert as_text((), "Teapots", "A teapot pours.") == "Teapots: A teapot pours."


def test_a_question_that_was_taught_has_the_reading_of_a_reader_that_was_not(tmp_path: Path):
    file = tmp_path / "unseen.jsonl"
    file.write_text('{"question": "Does it pour?", "answers": {"tea#pots": -1.25}}\n', "utf-8")
    read = unseen(file)
    assert read("Does it pour?", TEAPOT) == Reading(-1.25, "", ())
    assert read("Does it boil?", TEAPOT) == read_section("Does it boil?", TEAPOT)
    assert read("Does it pour?", replace(TEAPOT, id="tea#cups")) == read_section("Does it pour?", TEAPOT)


@pytest.mark.parametrize("line", ["{", "[]", '{"question": "q"}', '{"question": "q", "answers": {"a": "b"}}'])
def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, line: str):
    file = tmp_path / "unseen.jsonl"
    file.write_text(f'{{"question": "q", "answers": {{}}}}\n{line}\n', "utf-8")
    with pytest.raises(KbError, match=r"unseen\.jsonl:2: "):
        read_unseen(file)
    with pytest.raises(KbError, match="cannot be read"):
        read_unseen(tmp_path / "none.jsonl")


def test_questions_that_were_taught_are_on_file(root: Path):
    known = read_unseen(UNSEEN_FILE)
    assert {each.question for each in read_questions(root / "bot/data/calibration.jsonl")} <= known.keys()
    assert not {each.question for each in read_questions(root / "tests/data/questions.jsonl")} & known.keys()


def test_the_account_holds_a_reading_within_bounds():
    def features(answers: float) -> float:
        return Account(reading=Reading(answers, "", ())).features()["answers"]

    assert [features(value) for value in (-40.0, -1.5, 40.0)] == [-SUREST, -1.5, SUREST]
    assert Account().features()["answers"] == WELL


@pytest.mark.parametrize(
    ("question", "before", "answers"),
    [
        ("Pots", "", SUREST),
        ("HOW IS A POT FILLED?", "", SUREST),
        ("how is a pot filled in Berlin", "", -3.0),
        ("how is a pot filled", "Is a pot heavy?", -3.0),  # beside another question it may ask more
    ],
)
def test_an_authors_own_question_is_not_read(question: str, before: str, answers: float):
    over = topics(replace(section("tea#pots", "A pot is deep.", title="Pots"), phrasings=("how is a pot filled",)))

    def read(text: str, section: Section) -> Reading:
        return Reading(-3.0, text, ())

    reading = with_reading(Account(), asked(question, over), [0], over, read, before).reading
    assert reading is not None and reading.answers == answers


def test_a_follow_up_is_read_with_what_it_goes_on_from(bot: Bot):
    asked: list[str] = []

    def read(question: str, section: Section) -> Reading:
        asked.append(f"{section.lang}: {question}")
        return Reading(1.0, question, ())

    model = bot.single.parts.part
    with_reading(Account(), bot.topics.read("And in Japan?", bot.encoder), [0, 1], bot.topics, read, "Is it heated?")
    account(bot.topics.read("日本では？", bot.encoder), [0, 1], bot.topics, model, read)
    assert asked == ["en: Is it heated?\nAnd in Japan?", "en: And in Japan?", "ja: 日本では？"]


@pytest.mark.parametrize(
    ("both", "alone", "answers"), [(3.0, 2.0, 3.0), (3.0, 0.0, 1.5), (3.0, -3.0, -1.5), (-2.0, 4.0, -2.0)]
)
def test_what_answers_only_the_question_before_answers_no_follow_up(
    bot: Bot, both: float, alone: float, answers: float
):
    def read(question: str, section: Section) -> Reading:
        return Reading(both if "\n" in question else alone, question, ())

    follow_up = bot.topics.read("And who wrote that?", bot.encoder)
    reading = with_reading(Account(), follow_up, [0, 1], bot.topics, read, "Is it heated?").reading
    assert reading is not None and reading.answers == answers


def test_the_nearest_of_the_authors_wordings_is_read_in_front_of_the_text():
    wordings = ("how is a pot filled", "how is a spout cleaned")
    encoder = ByTable({"filled": 0, "fill": 0, "cleaned": 1, "clean": 1}, 2)
    worded = replace(section("tea#pots", "A teapot pours.", title="Pots"), phrasings=wordings)
    over, texts = topics(worded, section("tea#cups", "A cup holds.", title="Cups"), encoder=encoder), []

    def read(question: str, section: Section) -> Reading:
        texts.append(section.text)
        return Reading(1.0, question, ())

    for topic, question in ((0, "May I clean it?"), (0, "May I fill it?"), (1, "May I fill it?")):
        with_reading(Account(), asked(question, over, encoder), [topic], over, read)
    assert texts == ["how is a spout cleaned\nA teapot pours.", "how is a pot filled\nA teapot pours.", "A cup holds."]
