"""An Answer as text for a terminal: the answer, its sources with links, the rules to check."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from bot.answering.blocks import whole
from bot.answering.linked import followable
from bot.answering.said import RULES_SHOWN, Said, blocks_of, is_said, said, titled
from bot.answering.stale import stale_line
from bot.cli.terminal.forms import CODE, MORE, TITLE, Line, clickable, formed
from bot.cli.terminal.pages import page_address
from bot.cli.terminal.screen import Screen
from bot.language import say
from bot.records import Answer, Block, Citation, Paragraph, Status
from bot.wrap import columns, wrapped
from index.records import Section

WIDTH = 96  # where nobody says how wide it may be
QUOTED_LINES = 8  # of a further source's quote on a screen; its address follows, and a pipe gets all of it
_COLOURS = {
    **{"yes": "green", "no": "red", "conditional": "yellow"},
    **{"pass": "green", "fail": "red", "unknown": "yellow"},
}
_MARKS = {"pass": "✓", "fail": "✗", "unknown": "?"}


def answer_text(answer: Answer, site_url: str, screen: Screen | None = None, *, numbered: bool = False) -> str:
    """Readable text; colours are dropped by click where they do not belong.

    `numbered`: the suggestions have numbers to choose them by.
    """
    screen = screen or Screen()
    width = screen.width or WIDTH
    lines = [*_answer(answer, width, site_url, screen), ""]
    if answer.citations:
        lines.append(_title(answer.lang, "sources"))
    for citation in answer.citations:
        lines += [*_source(answer, citation, site_url, screen), ""]
    if answer.rules:
        lines.append(_title(answer.lang, "rules"))
        lines += [
            f"  {screen.link(f'{rule.id} {rule.name}', page_address(site_url, rule.url))}  "
            f"{screen.linked(page_address(site_url, rule.url))}"
            for rule in answer.rules[:RULES_SHOWN]
        ]
        lines.append("")
    if answer.outside:
        lines.append(_title(answer.lang, "outside"))
        for document in answer.outside:
            lines += wrapped(document.title, width, "    ", "  - ")
            lines.append(f"    {screen.linked(document.url)}")
        lines.append("")
    if answer.suggestions:
        key = {Status.CLARIFY: "choose"}.get(answer.status, "related")
        lines.append(_title(answer.lang, key))
        for n, suggestion in enumerate(answer.suggestions, 1):
            mark = f"  {n}. " if numbered else "  - "
            lines += wrapped(suggestion, width, " " * columns(mark), mark)
    return "\n".join(lines).rstrip()


def page_text(sections: Sequence[Section], site_url: str, screen: Screen | None = None) -> str:
    """A page of the site, section by section, and its address."""
    screen = screen or Screen()
    width = screen.width or WIDTH
    lines: list[str] = []
    for section in sections:
        title = wrapped(section.title, width, "")
        lines += [*(click.style(line, bold=True, underline=not section.path) for line in title), ""]
        lines += [_styled(form, line) for form, line in formed(whole(section), width, "  ")]
        lines.append("")
    lines.append(screen.linked(page_address(site_url, sections[0].url.partition("#")[0])))
    return "\n".join(lines)


def _answer(answer: Answer, width: int, site_url: str, screen: Screen) -> Iterator[str]:
    """The answer, each thing once; behind what is quoted the number of its source."""
    parts = said(answer)
    if answer.verdict:
        verdict = say(answer.lang, "answers", f"verdict.{answer.verdict}")
        yield click.style(verdict, fg=_COLOURS[answer.verdict], bold=True)
    if answer.written:
        yield from wrapped(answer.written.text, width, "")
        yield from _dim(say(answer.lang, "writer", "label"), width)
        yield ""
    for check, text in parts.checks:
        for line in wrapped(text, width, "  ", f"{_MARKS[check.status]} "):
            yield click.style(line, fg=_COLOURS[check.status])
    for text in parts.before:
        yield from wrapped(text, width, "")
    yield from _quoted(answer, parts, width, site_url, screen)
    if answer.certainty:
        yield from _dim(say(answer.lang, "answers", f"certainty.{answer.certainty}"), width)
    if answer.version:
        yield click.style(say(answer.lang, "answers", "version", version=answer.version), dim=True)


def _quoted(answer: Answer, parts: Said, width: int, site_url: str, screen: Screen) -> Iterator[str]:
    """What is quoted: the first quote in its forms, and the sentences behind it."""
    more = say(answer.lang, "terminal", "more")
    lead = list(formed(_marked(parts.lead, answer.citations), width, more=more))
    for form, line in _linked(lead, answer.citations[:1], site_url, screen):
        yield _styled(form, line)
    if (parts.after or parts.lead) and not isinstance(parts.lead[-1], Paragraph):
        yield ""
    for each in parts.after:
        if isinstance(each, str):
            numbers = "".join(f" [{citation.n}]" for citation in answer.citations if each in citation.quote)
            yield from wrapped(each + numbers, width, "")
        else:
            quote = list(formed(_marked(blocks_of(each), [each]), width, more=more))
            yield from (_styled(form, line) for form, line in _linked(quote, [each], site_url, screen))


def _dim(text: str, width: int) -> Iterator[str]:
    return (click.style(line, dim=True) for line in wrapped(text, width, ""))


def _marked(lead: Sequence[Block], citations: Sequence[Citation]) -> list[Block]:
    """The number of the first source stands behind the last paragraph of its quote."""
    blocks = list(lead)
    for at in reversed(range(len(blocks))):
        if isinstance(block := blocks[at], Paragraph):
            blocks[at] = replace(block, text=f"{block.text} [{citations[0].n}]")
            return blocks
    return blocks


def _source(answer: Answer, citation: Citation, site_url: str, screen: Screen) -> Iterator[str]:
    """Title and address; the quote, unless the answer above says it."""
    width, address = screen.width or WIDTH, page_address(site_url, citation.url)
    mark = f"[{citation.n}] "
    for line in wrapped(titled(citation), width, " " * columns(mark), mark):
        yield screen.link(click.style(line, bold=True), address)
    if not is_said(citation, answer):
        quote = list(formed(blocks_of(citation), width, "    │ ", say(answer.lang, "terminal", "more")))
        if screen.width and len(quote) > QUOTED_LINES:
            hidden = len(quote) - QUOTED_LINES + 1
            quote = [*quote[:-hidden], (MORE, f"    │ {say(answer.lang, 'terminal', 'more_lines', n=hidden)}")]
        for form, line in _linked(quote, [citation], site_url, screen):
            yield click.style(line, dim=form != CODE or None)
    yield f"    {screen.linked(address)}"
    if citation.stale:
        for line in wrapped(stale_line(citation.stale, answer.lang), width, "      ", "    ! "):
            yield click.style(line, fg="yellow")
    for place in citation.also:
        label = f"{say(answer.lang, 'terminal', 'also')} {titled(place)}"
        yield from _further(label, page_address(site_url, place.url), screen)
    if citation.translation_url and screen.links:  # an address alike in a line of its own would tell little
        twin = page_address(site_url, citation.translation_url)
        yield from _further(say(answer.lang, "terminal", "translation"), twin, screen)


def _linked(lines: list[Line], citations: Sequence[Citation], site_url: str, screen: Screen) -> list[Line]:
    """The lines with the links of their quotes, where links can be clicked."""
    links = [link for citation in citations for link in citation.links]
    return clickable(lines, followable(links), lambda words, url: screen.link(words, page_address(site_url, url)))


def _further(label: str, address: str, screen: Screen) -> Iterator[str]:
    """A link where links can be clicked, else the address behind the label."""
    shown = label if screen.links else f"{label}: {address}"
    yield f"    {screen.link(shown, address)}"


def _styled(form: str, line: str) -> str:
    if not line or form not in (CODE, TITLE, MORE):
        return line
    return click.style(line, fg="cyan" if form == CODE else None, bold=form == TITLE or None, dim=form == MORE or None)


def _title(lang: str, key: str) -> str:
    return click.style(say(lang, "terminal", key), bold=True, underline=True)
