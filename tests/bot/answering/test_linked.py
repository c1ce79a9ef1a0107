"""Where the links of a quote stand in its text."""

from bot.answering.linked import linker, unlinked
from bot.records import QuotedLink

LINKS = [QuotedLink("Ports", "/ports/"), QuotedLink("open ports", "https://example.com/"), QuotedLink("absent", "/x/")]


def test_each_link_stands_where_its_words_first_do():
    linked = linker(LINKS)
    assert linked("See Ports, open ports and Ports.") == [
        ("See ", ""),
        ("Ports", "/ports/"),
        (", ", ""),
        ("open ports", "https://example.com/"),
        (" and Ports.", ""),
    ]
    assert linked("Ports") == [("Ports", "")], "once in all"


def test_the_pieces_are_the_text():
    for text in ("", "Ports", "no link", "open ports open ports", "a\nPorts\nb"):
        assert "".join(words for words, _ in linker(LINKS)(text)) == text
        assert unlinked(text) == [(text, "")]
