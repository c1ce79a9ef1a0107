"""How results are measured and shortened, and blocks as Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.linked import linker
from bot.mcp.budget import Shown, TightError, beginning, fitting, tokens
from bot.mcp.markdown import link, markdown
from bot.records import Code, Item, Listing, Note, Paragraph, QuotedLink, Table


def test_a_japanese_character_is_a_token_and_three_letters_of_latin_are_one():
    assert (tokens("サブネット"), tokens("abcdef"), tokens("abcd"), tokens("")) == (5, 2, 2, 0)


def test_the_longest_form_that_fits_is_given():
    choices = [Shown({}, "a" * length) for length in (300, 90, 30)]
    assert fitting(choices, 40) is choices[1]
    with pytest.raises(TightError):
        fitting(choices, 5)


@given(st.text(st.sampled_from("ab。. \n"), max_size=60), st.integers(1, 40))
def test_a_shortened_text_is_a_beginning_of_it(text: str, most: int):
    short = beginning(text, most)
    assert text.startswith(short)
    assert len(short) <= max(most, 0)


def test_a_text_is_cut_behind_a_sentence():
    assert beginning("One. Two is longer. Three.", 21) == "One. Two is longer."
    assert beginning("一つ目。二つ目の文。三つ目。", 11) == "一つ目。二つ目の文。"
    assert beginning("nothingtocutat", 5) == "nothi"


def test_blocks_become_markdown():
    blocks = (
        Paragraph("It says <A|B>."),
        Table(("a", "b"), (("1|2", "x\ny"),), more=3),
        Listing((Item("one", (Code("$ run\n```", "sh"),)), Item("two")), start=4),
        Note("warning", "Mind", (Paragraph("this"),)),
    )
    assert markdown(blocks, "en") == (
        "It says <A|B>.\n\n"
        "| a | b |\n| --- | --- |\n| 1\\|2 | x<br>y |\n\n… 3 more\n\n"
        "4. one\n\n   ````sh\n   $ run\n   ```\n   ````\n5. two\n\n"
        "> Mind\n> \n> this"
    )


def test_a_table_without_header_has_an_empty_one():
    assert markdown((Table((), (("a", "b"),)),), "en") == "|  |  |\n| --- | --- |\n| a | b |"


def test_the_words_of_a_link_cannot_end_it():
    assert link("a](http://x)[b", "https://docs.example.com/") == "[a\\](http://x)\\[b](https://docs.example.com/)"


def test_texts_are_written_with_their_links_but_code_is_not():
    linked = linker([QuotedLink("Ports", "https://example.com/p_(x)"), QuotedLink("evil", "javascript:x")])

    def write(text: str) -> str:
        return "".join(link(words, url) if url else words for words, url in linked(text))

    blocks = (Code("Ports"), Listing((Item("Ports, evil"),)), Paragraph("Ports"))
    made = markdown(blocks, "en", write)
    assert made == "```\nPorts\n```\n\n- [Ports](https://example.com/p_%28x%29), evil\n\nPorts"
