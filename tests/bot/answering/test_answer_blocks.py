"""A quote in the forms of its page."""

from dataclasses import asdict, replace

import pytest

from bot.answering.blocks import LINES, MOST, blocks, extent, plain
from bot.answering.citing import quoted_links
from bot.answering.rows import Wanted
from bot.question.figures import figures
from bot.records import Answer, Block, Code, Item, Listing, Note, Paragraph, Table
from index.lexical.words import words
from index.reading.drafts import to_section
from index.reading.page import read_page
from index.records import Link, Section


def published(body: str) -> Section:
    page = read_page(f"<main><h1 id='a'>A</h1>{body}</main>".encode(), "/a/")
    return to_section(page.drafts[0], "a", "en", "/a/", ())


def shown(section: Section, first: str, last: str = "", question: str = "") -> tuple[Block, ...]:
    """The blocks of what stands from `first` to the end of `last`."""
    last = last or first
    start = section.text.index(first)
    wanted = Wanted(frozenset(words(question)), question, figures(question))
    return blocks(section, start, section.text.index(last, start) + len(last), wanted)


STEPS = published(
    "<p>Before it. These are the steps:</p>"
    "<ol start=2><li><p>Stop the pump.</p><pre><code class='language-sh'>pump stop --now</code></pre><p>Wait.</p></li>"
    "<li>Drain:<ul><li>the tank</li><li>the pipe</li></ul></li><li>Look.</li></ol><p>After it. Done.</p>"
)
SIZES = published(
    "<p>There are three sizes.</p><table><thead><tr><th>Name</th><th>Litres</th></tr></thead><tbody>"
    "<tr><td>small</td><td>5</td></tr><tr><td>large pot</td><td>20<br>30 when full</td></tr>"
    "<tr><td>huge</td><td></td></tr></tbody></table><p>Nothing else is made.</p>"
)


def test_a_paragraph_is_cut_to_the_quoted_sentences():
    section = published("<p>One. Two. Three.</p><p>Four.</p>")
    assert shown(section, "Two.", "Three.") == (Paragraph("Two. Three."),)
    assert shown(section, "Three.", "Four.") == (Paragraph("Three."), Paragraph("Four."))


@pytest.mark.parametrize("first", ["Stop the pump.", "the pipe", "Look."])
def test_a_list_is_given_whole_and_introduced(first: str):
    """Whichever item is quoted: its number, what else it holds, and the sentence before the list."""
    pump = Item("Stop the pump.", (Code("pump stop --now", "sh"), Paragraph("Wait.")))
    drain = Item("Drain:", (Listing((Item("the tank"), Item("the pipe"))),))
    assert shown(STEPS, first) == (Paragraph("These are the steps:"), Listing((pump, drain, Item("Look.")), 2))


def test_what_a_colon_announces_comes_along():
    introduced = shown(STEPS, "These are the steps:")
    assert introduced[0] == Paragraph("These are the steps:")
    assert isinstance(introduced[1], Listing) and len(introduced[1].items) == 3
    assert shown(STEPS, "Before it.") == (Paragraph("Before it."),)
    assert shown(STEPS, "Look.", "After it.")[-1] == Paragraph("After it.")


def test_of_a_long_list_the_first_items_are_shown_or_those_that_are_quoted():
    section = published(f"<ul>{''.join(f'<li>item {n}.</li>' for n in range(MOST + 5))}</ul>")
    first, late = shown(section, "item 3."), shown(section, f"item {MOST + 2}.")
    assert first == (Listing(tuple(Item(f"item {n}.") for n in range(MOST)), None, 5),)
    assert late == (Listing(tuple(Item(f"item {n}.") for n in range(MOST + 2, MOST + 5)), None, MOST + 2),)


def test_steps_that_are_left_out_keep_the_numbers_of_the_others():
    section = published(f"<ol>{''.join(f'<li>step {n}.</li>' for n in range(1, MOST + 3))}</ol>")
    (steps,) = shown(section, f"step {MOST + 2}.")
    assert isinstance(steps, Listing) and (steps.start, steps.more) == (MOST + 2, MOST + 1)


def test_long_items_fill_a_list_sooner():
    section = published("<ul>" + "".join(f"<li>{n} {'long ' * 200}end.</li>" for n in range(4)) + "</ul>")
    (block,) = shown(section, "0 long")
    assert isinstance(block, Listing) and len(block.items) == 2 and block.more == 2


def test_one_quoted_row_comes_with_its_header():
    assert shown(SIZES, "5") == (Table(("Name", "Litres"), (("small", "5"),), 2),)


def test_the_lines_of_a_cell_stay_apart():
    assert shown(SIZES, "30 when full") == (Table(("Name", "Litres"), (("large pot", "20\n30 when full"),), 2),)


def test_rows_that_the_question_names_are_shown_and_no_others():
    """By their first cell, all words of it."""
    whole = ("There are three sizes.", "huge")
    (_, table) = shown(SIZES, *whole, question="How many litres does the LARGE pot hold?")
    assert table == Table(("Name", "Litres"), (("large pot", "20\n30 when full"),), 2)
    (_, table) = shown(SIZES, *whole, question="which pot is better, small or huge?")
    assert table == Table(("Name", "Litres"), (("small", "5"), ("huge", "")), 1)


@pytest.mark.parametrize("question", ["", "which sizes are there?", "small, large pot or huge?"])
def test_without_one_all_rows_are_shown(question: str):
    (_, table) = shown(SIZES, "There are three sizes.", "huge", question)
    assert isinstance(table, Table) and len(table.rows) == 3 and table.more == 0


def test_a_table_without_header_or_without_rows():
    bare = published("<table><tr><td>a</td><td>b</td></tr></table>")
    assert shown(bare, "a") == (Table((), (("a", "b"),)),)
    head = published("<table><tr><th>a</th><th>b</th></tr></table>")
    assert shown(head, "a") == (Table((), (("a", "b"),)),)


def test_a_caption_and_code_in_a_table_are_not_lost():
    section = published(
        "<table><caption>Sizes</caption><tr><td>a</td><td>b</td></tr><tr><td><pre>x = 1</pre></td></tr></table>"
    )
    assert shown(section, "a", "b") == (Paragraph("Sizes"), Table((), (("a", "b"),)), Code("x = 1"))


def test_code_comes_with_the_sentence_before_it():
    section = published("<p>Run it.</p><pre>a --b\n  c</pre><p>Then see.</p><pre>d</pre>")
    assert shown(section, "Run it.") == (Paragraph("Run it."), Code("a --b\n  c"))
    assert shown(section, "Run it.", "Then see.")[-1] == Code("d")


def test_of_long_code_the_first_lines_are_shown():
    lines = [f"line {n}" for n in range(LINES + 3)]
    section = published(f"<p>See:</p><pre>{chr(10).join(lines)}</pre>")
    assert shown(section, "See:")[1] == Code("\n".join(lines[:LINES]), "", 3)


def test_a_note_keeps_its_title_and_what_is_quoted_of_it():
    section = published(
        "<details class='warning'><summary>Mind</summary><p>Hot. Very.</p><ul><li>a</li></ul></details>"
    )
    assert shown(section, "Hot.") == (Note("warning", "Mind", (Paragraph("Hot."),)),)
    assert shown(section, "Mind") == (
        Note("warning", "Mind", (Paragraph("Hot. Very."), Listing((Item("a"),)))),
    )  # the title alone says nothing


def test_broken_lists_are_shown():
    """A list in a list and not in an item belongs to the item before."""
    section = published("<ul><li>a</li><ul><li>b</li></ul></ul>")
    assert shown(section, "a") == (Listing((Item("a", (Listing((Item("b"),)),)),)),)
    section = published("<ul>loose<li>a</li></ul>")
    assert shown(section, "a") == (Listing((Item("loose"), Item("a"))),)


def test_plain_lines_are_those_of_the_page():
    assert plain(shown(SIZES, "There are three sizes.", "Nothing else is made.")) == SIZES.text
    assert plain(shown(STEPS, "Before it.", "Done.")) == STEPS.text


def texts(value: object) -> list[str]:
    """Every text in blocks but for what names a kind."""
    if isinstance(value, dict):
        return [
            text for key, inner in value.items() if key not in ("kind", "language", "note") for text in texts(inner)
        ]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in texts(inner)]
    return value.split("\n") if isinstance(value, str) else []


QUESTIONS = ["Can I upgrade from kubenet?", "プラグインの比較", "AGC004 の直し方", "Which CNI plugin should I choose?"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_text_is_an_exact_part_of_the_section(bot, question: str):
    answer: Answer = bot.ask(question)
    assert answer.citations
    for citation in answer.citations:
        section = bot.topics.group(citation.section)[citation.lang]
        shown_texts = texts(asdict(citation)["blocks"])
        assert shown_texts and [text for text in shown_texts if text not in section.text] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_plugins_row_of_the_real_table(bot, lang: str):
    question = {
        "ja": "プラグイン比較表の Azure CNI オーバーレイ",
        "en": "Azure CNI Overlay in the table of CNI plugins",
    }[lang]
    answer: Answer = bot.ask(question)
    tables = [block for citation in answer.citations for block in citation.blocks if isinstance(block, Table)]
    rows = [table.rows[0][0] for table in tables if len(table.rows) == 1]
    assert rows == [{"ja": "Azure CNI オーバーレイ", "en": "Azure CNI Overlay"}[lang]]


@pytest.mark.parametrize("first", ["Stop the pump.", "the pipe", "Look.", "These are the steps:"])
def test_the_extent_of_a_quote_has_all_that_its_blocks_show(first: str):
    start, end = STEPS.text.index(first), STEPS.text.index(first) + len(first)
    begins, ends = extent(STEPS, start, end, shown(STEPS, first))
    assert STEPS.text[begins:ends].startswith("These are the steps:")
    assert STEPS.text[begins:ends].endswith("Look.")


def test_the_extent_of_a_row_is_the_row():
    start = SIZES.text.index("large pot")
    begins, ends = extent(SIZES, start, start + 9, shown(SIZES, "large pot"))
    assert SIZES.text[begins:ends] == "large pot\t20 30 when full"
    assert extent(SIZES, 3, 9, ()) == (3, 9)


@pytest.mark.parametrize(
    ("links", "kept"),
    [
        ({"the pot": "/pot/"}, ["the pot"]),
        ({"kettle": "/kettle/"}, []),  # stands in no block
        ({"po": "/po/"}, []),  # a part of a word
        ({"the pot": "/pot/", "the pot ": "/other/"}, []),  # one name, two places
    ],
)
def test_links_of_a_quote_are_those_whose_words_lead_to_one_place(links: dict[str, str], kept: list[str]):
    linked = tuple(Link(text.strip(), url) for text, url in links.items())
    section = replace(published("<p>Clean the pot first. Its pots are 2.</p>"), linked=linked)
    assert [link.text for link in quoted_links(section, section.text)] == kept
