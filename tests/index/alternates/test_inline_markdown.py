"""A line with links, code and stress as Markdown: whatever its characters, it is read as the same text."""

import html
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as some
from rereading import rendered

from index.alternates.head import Built
from index.alternates.inline import Inline, address, code
from index.alternates.marks import MARK, unmarked
from index.reading.page import read_page

PLAIN = Inline(lambda n: "", lambda n: "")
# What Markdown could take for something else, beside letters of several scripts and odd spaces.
PIECES = (
    *(
        "a",
        "B",
        "1.",
        "2)",
        " ",
        "  ",
        "\t",
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "[",
        "]",
        "(",
        ")",
        "<b",
        "</b>",
        "<",
        ">",
    ),
    *("#", "# ", "- ", "+ ", "---", "=", "&amp;", "&", "amp;", "|", "\\", "~", "~~", "!", "http://x.y"),
    *("「", "」", "。", "字", "の", "🙂", "é", "\xa0", "\u3000"),
)
TEXT = some.lists(some.sampled_from(PIECES), max_size=6).map("".join).map(html.escape)
TAGS = ("<strong>{}</strong>", "<em>{}</em>", "<code>{}</code>", '<a href="x(y) z|é">{}</a>')
MARKUP = some.recursive(
    TEXT,
    lambda inner: some.builds(
        lambda tag, parts: tag.format("".join(parts)), some.sampled_from(TAGS), some.lists(inner)
    ),
    max_leaves=6,
)


def blocks(body: str) -> list[str]:
    (draft,) = read_page(f"<html><body><main><h1 id=t>T</h1>{body}</main>".encode(), "/x/").drafts
    return draft.blocks


def lines(texts: Sequence[str]) -> list[str]:
    return [text.strip() for text in texts if text.strip()]


@given(MARKUP)
def test_any_line_is_read_as_the_same_text_in_a_paragraph_and_in_a_table(markup: str):
    body = f"<p>{markup}</p><table><tr><th>{markup}</th><th>x</th></tr></table>"
    plain = blocks(body)
    page = Built(f"<html><body><main><h1 id=t>T</h1>{body}</main>".encode(), "/x/").marked()
    (draft,) = read_page(page.source, "/x/").drafts
    if [unmarked(block) for block in draft.blocks] != plain or len(plain) != 2:
        return  # not used then, or nothing is left of the paragraph
    inline = Inline(lambda n: page.targets[n], lambda n: page.words[n])
    assert lines(blocks(rendered(inline.line(draft.blocks[0])))) == lines(plain[:1])
    cell = inline.cell(draft.blocks[1].split("\t")[0])
    table = rendered(f"| {cell} | x |\n| --- | --- |")
    assert lines(blocks(table)[0].split("\t")) == lines(plain[1].split("\t"))


def test_marks_become_markdown():
    body = (
        '<p>See <a href="../b/#c"><code>kb</code> and <b>more</b></a>, <i>now</i>.<img src="d.svg" alt="A [map]"></p>'
    )
    page = Built(f"<html><body><main><h1 id=t>T</h1>{body}</main>".encode(), "/x/").marked()
    (draft,) = read_page(page.source, "/x/").drafts
    inline = Inline(lambda n: page.targets[n], lambda n: page.words[n])
    assert inline.line(draft.blocks[0]) == "See [`kb` and **more**](../b/#c), *now*.![A \\[map\\]](d.svg)"
    assert unmarked(draft.blocks[0]) == "See kb and more, now."


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# no heading", "\\# no heading"),
        ("#hashtag", "#hashtag"),
        ("1. no list", "1\\. no list"),
        ("1.7.9 or later", "1.7.9 or later"),
        ("- no list", "\\- no list"),
        ("-p 8000", "-p 8000"),
        ("> no quotation", "\\> no quotation"),
        ("---", "\\---"),
        ("snake_case and _stress_", "snake_case and \\_stress\\_"),
        ("a < b, <b>", "a < b, \\<b>"),
        ("AT&T &amp; more", "AT&T \\&amp; more"),
        ("Yes!", "Yes!"),
    ],
)
def test_only_what_would_be_read_otherwise_is_escaped(text: str, written: str):
    assert PLAIN.line(text) == written


def test_stress_that_would_not_be_read_as_such_is_left_out():
    """CommonMark takes no asterisks for stress between a letter and a bracket, as Japanese has them."""
    body = "<p>これは<strong>「重要」</strong>です。<strong>重要</strong>です。</p>"
    page = Built(f"<html><body><main><h1 id=t>T</h1>{body}</main>".encode(), "/x/").marked()
    (draft,) = read_page(page.source, "/x/").drafts
    assert PLAIN.line(draft.blocks[0]) == "これは「重要」です。**重要**です。"


@pytest.mark.parametrize(
    ("text", "written"), [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), (" a ", "`  a  `"), ("", "")]
)
def test_code_may_hold_backticks(text: str, written: str):
    assert code(text) == written


def test_no_character_of_an_address_ends_the_link():
    assert address("a (b)|c`d\n") == "a%20%28b%29%7Cc%60d%0A"


def test_a_page_that_has_the_characters_of_marks_is_left_without_marks():
    source = '<html><body><main><h1 id=t>T</h1><p>\ue000<a href="x">y</a></p></main>'.encode()
    assert Built(source, "/x/").marked().source == source
    assert MARK.search(source.decode())


def test_a_link_to_a_script_is_text():
    inline = Inline(lambda n: "", lambda n: "")
    assert inline.line("\ue000click\U000f0000") == "click"


def test_marks_without_their_counterpart_are_left_out():
    assert PLAIN.line("\ue004a \ue002b\ue005 c\ue003") == "**a b** c"
