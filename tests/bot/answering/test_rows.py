"""Of a table the row that is asked for is quoted, whole; on a table of pots made by hand."""

from dataclasses import replace
from itertools import accumulate

import pytest
from handmade import asked, evidence, ranking, section, topics

from bot.answering.compose import QUOTE_LENGTH, compose
from bot.answering.rows import named_rows, whole_rows
from index.records import Form, FormKind, Section, Span

ROWS = ("Setting\tDefault\tMeaning", "POT_SIZE\t5\tHow large it is. In litres.", "POT_LID\toff\tWhether it has one.")


def table(*rows: str) -> Section:
    """A section that is a table; each cell's sentences are sentences of the section."""
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    spans = [
        Span(start + row.index(text), start + row.index(text) + len(text))
        for start, row in zip(starts, rows, strict=False)
        for cell in row.split("\t")
        for text in cell.replace(". ", ".|").split("|")
    ]
    kinds = [FormKind.HEADER, *[FormKind.ROW] * (len(rows) - 1)]
    forms = [Form(kind, start, start + len(row)) for kind, start, row in zip(kinds, starts, rows, strict=False)]
    text = "\n".join(rows)
    whole = Form(FormKind.TABLE, 0, len(text))
    return replace(section("a#a", "x"), text=text, sentences=tuple(spans), forms=(whole, *forms))


def rows_named(pots: Section, *tokens: str, most: int = QUOTE_LENGTH) -> str:
    named = named_rows(pots, pots.sentences, set(tokens), most)
    return pots.text[named[0].start : named[-1].end] if named else ""


@pytest.mark.parametrize(
    ("tokens", "row"),
    [
        (("what", "is", "pot_lid", "pot", "lid"), ROWS[2]),
        (("what", "is", "pot_size", "pot", "size"), ROWS[1]),
        (("pot_size", "pot_lid", "pot", "size", "lid"), ""),  # all of them: the table
        (("which", "pots"), ""),
        (("meaning",), ""),  # a column
    ],
)
def test_a_row_is_named_by_its_first_cell(tokens: tuple[str, ...], row: str):
    assert rows_named(table(*ROWS), *tokens) == row


@pytest.mark.parametrize(("most", "rows"), [(QUOTE_LENGTH, 2), (20, 1)])
def test_rows_side_by_side_are_one_quote_as_far_as_they_fit(most: int, rows: int):
    pots = table("Name\tWhat", "pan\tflat and round", "pot\tdeep and round", "lid\tof glass")
    assert rows_named(pots, "pan", "pot", most=most).count("\n") == rows - 1


def test_a_quote_that_would_end_within_a_row_ends_before_it():
    pots = table(*ROWS)
    assert whole_rows(pots, pots.sentences[:-1])[-1] == pots.sentences[6]
    assert whole_rows(pots, pots.sentences[:6])[-1] == pots.sentences[2]


def test_a_quote_that_begins_within_its_only_row_has_all_that_follows_in_it():
    pots = table(*ROWS)
    size = [span for span in pots.sentences if pots.quote(span) in ("5", "How large it is.")]
    assert [pots.quote(span) for span in whole_rows(pots, tuple(size))] == ["5", "How large it is.", "In litres."]


def test_what_stands_in_no_row_stays_as_it_is():
    prose = section("a#a", "A pot.", "A lid.")
    assert whole_rows(prose, prose.sentences) == prose.sentences


def test_the_answer_to_a_question_that_names_a_row_is_this_row():
    over = topics(table(*ROWS))
    found = evidence(over, {"How large it is.": 0.9})
    assert [quoted.quote for quoted in compose(asked("POT_LID?"), found, ranking(1.0), over, "en")] == [ROWS[2]]
