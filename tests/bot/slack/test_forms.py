"""Lists, code and tables of a page in Slack's own blocks."""

from dataclasses import replace
from typing import Any

import pytest

from bot.records import Block, Citation, Code, Item, Listing, Note, Paragraph, QuotedLink, Table
from bot.slack.forms import in_slack
from bot.slack.links import linking

CITED = Citation(1, "faq#a", "en", "Title", "/en/faq/#a", "Quote.", None)


def elements(*blocks: Block, room: int = 1000) -> list[dict[str, Any]]:
    """Of the one block of rich text."""
    (rich,) = in_slack(blocks, room).blocks
    assert rich["type"] == "rich_text"
    return rich["elements"]


def lines(element: dict[str, Any]) -> list[str]:
    return [inner["elements"][0]["text"] for inner in element["elements"]]


def test_paragraphs_and_code_as_they_are():
    first, second = elements(Paragraph("A & <b>."), Code("kb --lang \\\n  en", "sh"))
    assert first == {"type": "rich_text_section", "elements": [{"type": "text", "text": "A & <b>.\n"}]}
    assert second == {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "kb --lang \\\n  en"}]}


def test_a_list_has_bullets_and_steps_their_numbers():
    bullets, steps = elements(Listing((Item("a"), Item("b"))), Listing((Item("c"), Item("d")), start=3))
    assert (bullets["style"], lines(bullets)) == ("bullet", ["a", "b"])
    assert (steps["style"], steps["offset"], lines(steps)) == ("ordered", 2, ["c", "d"])


def test_steps_go_on_counting_behind_what_stands_in_one():
    steps = Listing((Item("Stop.", (Code("x"), Listing((Item("inner"),)))), Item("Go."), Item("Look.")), start=1)
    first, code, inner, others = elements(steps)
    assert (first["offset"], lines(first), first["indent"]) == (0, ["Stop."], 0)
    assert code["type"] == "rich_text_preformatted"
    assert (inner["style"], lines(inner), inner["indent"]) == ("bullet", ["inner"], 1)
    assert (others["offset"], lines(others), others["indent"]) == (1, ["Go.", "Look."], 0)


def test_a_note_is_a_quote():
    title, text = elements(Note("warning", "Mind", (Paragraph("Hot."),)))
    assert title["type"] == text["type"] == "rich_text_quote"
    assert title["elements"] == [{"type": "text", "text": "Mind", "style": {"bold": True}}]


def test_a_table_is_one_and_a_second_one_is_aligned_text():
    """Slack takes one table a message, and no empty cell."""
    table = Table(("Name", "Size"), (("small", ""), ("large", "20\n30")))
    first, second = in_slack([table, table], 1000).blocks
    cells = [[cell["elements"][0]["elements"][0]["text"] for cell in row] for row in first["rows"]]
    assert first["type"] == "table" and cells == [["Name", "Size"], ["small", " "], ["large", "20\n30"]]
    assert second["elements"][0]["elements"][0]["text"] == "Name   Size\nsmall\nlarge  20; 30"


def test_rows_of_different_lengths_are_filled_up():
    (table,) = in_slack([Table((), (("a",), ("b", "c")))], 100).blocks
    assert [len(row) for row in table["rows"]] == [2, 2]


@pytest.mark.parametrize(
    ("block", "kept"),
    [
        (Paragraph("One is here. " * 9), "One is here. One is here. One is here. …\n"),
        (Code("x" * 20 + "\n" + "y" * 40), "x" * 20),
    ],
)
def test_what_does_not_fit_is_cut_at_a_whole_sentence_or_line(block: Block, kept: str):
    shown = in_slack([block], 50)
    assert shown.cut and shown.blocks[0]["elements"][0]["elements"][0]["text"] == kept


def test_items_and_rows_that_do_not_fit_are_left_out():
    listed = in_slack([Listing(tuple(Item(f"item {n} of many") for n in range(9)))], 60)
    assert listed.cut and lines(listed.blocks[0]["elements"][0]) == [f"item {n} of many" for n in range(3)]
    table = in_slack([Table(("Name",), (("a" * 30,), ("b" * 30,)))], 60)
    assert table.cut and len(table.blocks[0]["rows"]) == 2
    assert in_slack([Table(("Name",), (("a" * 90,),))], 60).blocks == []


def test_what_the_service_has_left_out_is_left_out():
    assert in_slack([Listing((Item("a"),), more=2)], 100).cut
    assert not in_slack([Listing((Item("a"),))], 100).cut


def test_links_of_a_quote_are_links_where_their_words_first_stand():
    links = (
        QuotedLink("Ports", "/ports/"),
        QuotedLink("evil", "javascript:x"),
        QuotedLink("prices", "https://example.com/?a=1&b=2"),
    )
    cited = replace(CITED, links=links)
    blocks = (Code("Ports"), Paragraph("See Ports, Ports and evil."), Table((), (("prices",),)))
    rich, table = in_slack(blocks, 1000, linking([cited], "https://docs.example/kb/")).blocks
    assert rich["elements"][0]["elements"] == [{"type": "text", "text": "Ports"}]
    assert rich["elements"][1]["elements"] == [
        {"type": "text", "text": "See "},
        {"type": "link", "url": "https://docs.example/kb/ports/", "text": "Ports"},
        {"type": "text", "text": ", Ports and evil.\n"},
    ]
    cell = {"type": "link", "url": "https://example.com/?a=1&b=2", "text": "prices"}
    assert table["rows"][0][0]["elements"][0]["elements"] == [cell]
