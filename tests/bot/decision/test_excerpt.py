"""What of a section the reader reads: an author's wording in front, and of a long text the nearest lines."""

from dataclasses import replace

import pytest
from handmade import ByTable, asked, section, topics

from bot.answering.ask import Bot
from bot.decision.excerpt import ENOUGH, excerpt, nearest_lines
from index.encoder.reader import MAX_PASSAGE, as_text, reader
from index.records import Section

LONG = "A sentence about tea that goes on and on " * 8  # tokens: about a third of what is read


def of_lines(*lines: str, title: str = "Pots") -> Section:
    """A section whose lines are its sentences."""
    return replace(section("tea#pots", *lines, title=title), text="\n".join(lines))


def test_the_nearest_lines_that_have_room_stand_in_their_order():
    lines = ["first", "second", "third", "fourth"]
    assert nearest_lines(lines, [0.1, 0.9, 0.2, 0.8], len, 12) == ["second", "fourth"]
    assert nearest_lines(lines, [0.8, 0.1, 0.9, 0.2], len, 16) == ["first", "third", "fourth"]
    numbers = [str(number) for number in range(10)]
    assert nearest_lines(numbers, [float(number in (1, 8)) for number in range(10)], len, 2) == ["1", "8"]


def test_a_row_stands_below_the_row_that_names_its_columns():
    table = ["intro", "name\tsize", "cup\t1", "pot\t2", "outro"]
    assert nearest_lines(table, [0.2, 0.1, 0.3, 0.9, 0.4], len, 14) == ["name\tsize", "pot\t2"]


def test_a_table_may_be_all_there_is():
    assert nearest_lines(["name\tsize", "cup\t1", "pot\t2"], [0.1, 0.2, 0.9], len, 14) == ["name\tsize", "pot\t2"]


def test_the_nearest_line_is_read_even_if_it_is_too_long():
    assert nearest_lines(["short", "a very long line"], [0.1, 0.9], len, 6) == ["a very long line"]


def test_no_more_lines_are_looked_at_than_can_change_what_is_read():
    measured: list[str] = []

    def length(line: str) -> int:
        measured.append(line)
        return 10

    lines = [f"line {number}" for number in range(10_000)]
    assert nearest_lines(lines, [0.0] * len(lines), length, 25) == ["line 0", "line 1"]
    assert len(measured) == 2 + ENOUGH


def test_a_short_section_is_read_whole():
    short = of_lines("A pot pours.", "A cup holds.")
    over = topics(short)
    assert excerpt(asked("Does it pour?", over), short, over) == short


@pytest.mark.parametrize("place", [0, 3, 7])
def test_what_answers_is_read_wherever_it_stands(place: int):
    lines = [f"{LONG}{number}." for number in range(8)]
    lines[place] = "A spout pours milk."
    encoder = ByTable({"spout": 0, "pours": 0, "sentence": 1}, 2)
    long = of_lines(*lines)
    over = topics(long, encoder=encoder)
    read = excerpt(asked("Which spout?", over, encoder), long, over)
    assert "A spout pours milk." in read.text.split("\n")
    assert reader().length(as_text(read.path, read.title, read.text)) <= MAX_PASSAGE


@pytest.mark.parametrize("place", [0, 7, 19])
def test_of_a_paragraph_that_does_not_fit_the_sentence_that_answers_is_read(place: int):
    """Its beginning is what a reader of so many tokens would see, and the answer may be its last sentence."""
    sentences = [f"A sentence about tea that goes on and on, number {number}." for number in range(20)]
    sentences[place] = "A spout pours milk."
    encoder = ByTable({"spout": 0, "pours": 0, "sentence": 1}, 2)
    long = section("tea#pots", *sentences, title="Pots")
    assert reader().length(long.text) > MAX_PASSAGE
    over = topics(long, encoder=encoder)
    read = excerpt(asked("Which spout?", over, encoder), long, over)
    assert "A spout pours milk." in read.text
    assert reader().length(as_text(read.path, read.title, read.text)) <= MAX_PASSAGE


def test_sentences_of_a_paragraph_stand_as_they_did_and_apart_where_one_is_left_out():
    sentences = [f"A sentence about tea that goes on and on, number {number}." for number in range(20)]
    for near in (2, 3, 9):
        sentences[near] = f"A spout {'pours milk ' * 20}{near}."
    encoder = ByTable({"spout": 0, "pours": 0, "sentence": 1}, 2)
    long = section("tea#pots", *sentences, title="Pots")
    over = topics(long, encoder=encoder)
    lines = excerpt(asked("Which spout?", over, encoder), long, over).text.split("\n")
    assert f"{sentences[2]} {sentences[3]}" in lines[0] and sentences[9] in lines[1]
    assert all(line in long.text for line in lines)


def test_a_long_title_leaves_less_room():
    encoder = ByTable({"sentence": 1}, 2)
    long = of_lines(*(f"{LONG}{number}." for number in range(3)), title="Pots and cups " * 20)
    over = topics(long, encoder=encoder)
    read = excerpt(asked("Which spout?", over, encoder), long, over)
    assert read.text == f"{LONG}0."


@pytest.mark.parametrize("before", [0, 1])
def test_code_is_as_near_as_the_line_in_front_of_it(before: int):
    code = ["pour --all " * 28, "pour --more " * 28]
    lines = [*[f"{LONG}0."] * before, "A spout pours:", *code, f"{LONG}1."]
    encoder = ByTable({"spout": 0, "pours": 0, "sentence": 1}, 2)
    long = of_lines(*lines)
    places = [long.text.index(line) for line in code]
    long = replace(long, sentences=tuple(span for span in long.sentences if span.start not in places))
    over = topics(long, encoder=encoder)
    read = excerpt(asked("Which spout?", over, encoder), long, over)
    assert read.text.split("\n") == ["A spout pours:", *code]


def test_an_excerpt_of_any_section_of_the_site_fits(bot: Bot):
    question = bot.topics.read("Can I upgrade from kubenet?", bot.encoder)
    lengths = [
        reader().length(as_text(read.path, read.title, read.text))
        for topic in range(len(bot.topics))
        for read in [excerpt(question, bot.topics.in_language(topic, "en"), bot.topics)]
        if "\n" in read.text
    ]
    # A single line, which is longer than what is read, is cut by the reader.
    assert sum(length > MAX_PASSAGE for length in lengths) < len(lengths) / 20
