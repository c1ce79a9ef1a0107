"""Of a table the row that is asked for is quoted, whole; on a table of pots made by hand."""

from dataclasses import replace
from itertools import accumulate

import pytest
from handmade import asked, evidence, ranking, section, topics

from bot.answering.compose import QUOTE_LENGTH, compose
from bot.answering.rows import Wanted, named_rows, quotes_row, wanted_rows, whole_rows
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
    named = named_rows(pots, pots.sentences, Wanted(frozenset(tokens)), most)
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
    scores = evidence(over, {"How large it is.": 0.9})
    assert [quoted.quote for quoted in compose(asked("POT_LID?"), scores, ranking(1.0), over, "en")] == [ROWS[2]]


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("does `pot_lid` change the oven", True),
        ("「pot_lid」は変わりますか", True),
        ("does 'pot_cup' change the oven", False),
        ("does pot_lid change the oven", False),  # a word beside others
    ],
)
def test_a_row_whose_name_is_in_quotation_marks_is_asked_for(question: str, quoted: bool):
    assert quotes_row(table(*ROWS), Wanted.of(asked(question))) is quoted


SHELF = table(
    "Pots\tLids an hour\tShelf\tWeight",
    "3,000\t10\tsmall\t2 kg",
    "10,000\t50\tsmall\t5 kg",
    "100,000\t50\tlarge\t9 kg",
    "100,000\t200\tlarge\t9 kg",
    "1,000,000\t200\thuge\t15 kg",
)


def rows_counted(question: str, over: Section = SHELF) -> list[int]:
    header, *rows = (tuple(line.split("\t")) for line in over.text.split("\n"))
    return wanted_rows(header, rows, Wanted.of(asked(question)))


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("How heavy is it if I have a hundred thousand?", [2, 3]),
        ("How heavy is it with 100,000 pots?", [2, 3]),  # not the row that begins with "3,000", nor "1,000,000"
        ("How heavy is it with ten thousand pots?", [1]),
        ("Which shelf for a million pots?", [4]),
        ("Which shelf for 100k pots at 200 lids an hour?", [3]),
        ("Which shelf for at least 30,000 pots?", [2, 3, 4]),
        ("Which shelf for fewer than 100,000 pots?", [0, 1]),
        ("How heavy is it with 5,000 pots?", [0, 1]),  # between two rows
        ("Which shelf for at most 50 lids an hour?", [0, 1, 2]),
        ("How heavy is it with 7 million pots?", []),  # beyond the table
        ("How heavy is one pot?", []),
    ],
)
def test_an_amount_chooses_the_rows_by_value(question: str, rows: list[int]):
    assert rows_counted(question) == rows


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("十万ポットだとどの棚ですか", [2, 3]),
        ("1万ポットの重さは？", [1]),
        ("ポットが三千個のとき", [0]),
        ("3 万ポット以上のとき", [2, 3, 4]),
        ("百万ポットで毎時 200 フタの棚", [4]),
        ("重さは何 kg ですか", []),
    ],
)
def test_an_amount_in_japanese_does_too(question: str, rows: list[int]):
    shelf = table(*[line.replace("Pots\tLids an hour", "ポット数\t毎時のフタ") for line in SHELF.text.split("\n")])
    assert rows_counted(question, shelf) == rows


def test_codes_are_numbers_of_their_own():
    codes = table("Lid code\tMeaning", "0\tclosed", "1\tajar", "10\topen")
    assert rows_counted("What does a 1 mean?", codes) == [1]
    assert rows_counted("What does 10 mean?", codes) == [2]
    assert rows_counted("What does 5 mean?", codes) == []  # no amount between two


def test_a_table_is_quoted_whose_first_column_is_asked_for():
    prose = "A pot closes."
    codes = table("Lid code\tMeaning", "0\tclosed", "1\tajar")
    shift = len(prose) + 1
    both = replace(
        codes,
        text=f"{prose}\n{codes.text}",
        sentences=(Span(0, len(prose)), *(Span(span.start + shift, span.end + shift) for span in codes.sentences)),
        forms=tuple(replace(form, start=form.start + shift, end=form.end + shift) for form in codes.forms),
    )
    over = topics(both)
    near = evidence(over, {prose: 0.9})

    def quote(question: str) -> str:
        (quoted,) = compose(asked(question), near, ranking(1.0), over, "en")
        return quoted.quote

    assert quote("Which lid codes are there?") == "0\tclosed\n1\tajar"
    assert quote("How does it close?").startswith(prose)
