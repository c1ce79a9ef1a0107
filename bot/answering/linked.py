"""Links of a quote in the text of its blocks: every door shows them where their words stand."""

from collections.abc import Callable, Sequence

from bot.records import QuotedLink

Piece = tuple[str, str]  # text, and where it leads; empty: nowhere
Linked = Callable[[str], list[Piece]]


def followable(links: Sequence[QuotedLink]) -> list[QuotedLink]:
    """Those to pages of this site and of the web."""
    return [link for link in links if link.url.startswith(("/", "https://", "http://"))]


def linker(links: Sequence[QuotedLink]) -> Linked:
    """What cuts texts, one after the other, into pieces: each link stands where its words first do."""
    left = followable(links)

    def linked(text: str) -> list[Piece]:
        link = next((link for link in left if link.text in text), None)
        if link is None:
            return [(text, "")] if text else []
        left.remove(link)
        before, _, after = text.partition(link.text)
        return [*linked(before), (link.text, link.url), *linked(after)]

    return linked


def unlinked(text: str) -> list[Piece]:
    """The text as one piece."""
    return [(text, "")]
