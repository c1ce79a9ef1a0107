"""An Answer as text for a terminal: the answer, its sources with links, the rules to check."""

from collections.abc import Iterator, Mapping, Sequence

import click

from bot.cli.terminal.forms import CODE, PARAGRAPH, code_lines, formed
from bot.cli.terminal.pages import page_address
from bot.cli.terminal.screen import Screen
from bot.language import say
from bot.records import Answer, Citation, Status
from bot.wrap import columns, wrapped
from index.records import Section

WIDTH = 96  # where nobody says how wide it may be
Sections = Mapping[tuple[str, str], Section]  # by id and language


def answer_text(
    answer: Answer,
    site_url: str,
    screen: Screen | None = None,
    cited: Sections | None = None,
    *,
    numbered: bool = False,
) -> str:
    """Readable text; colours are dropped by click where they do not belong.

    `cited`: the sections of the citations, which tell what is code and which page a heading belongs to. `numbered`:
    the suggestions have numbers to choose them by.
    """
    screen, cited = screen or Screen(), cited or {}
    width = screen.width or WIDTH
    code = code_lines(cited.values())
    lines = [*_answer(answer, code, width), ""]
    if answer.citations:
        lines.append(_title(answer.lang, "sources"))
    for citation in answer.citations:
        lines += [*_source(answer, citation, cited, code, site_url, screen), ""]
    if answer.rules:
        lines.append(_title(answer.lang, "rules"))
        lines += [
            f"  {screen.link(f'{rule.id} {rule.name}', page_address(site_url, rule.url))}  "
            f"{screen.linked(page_address(site_url, rule.url))}"
            for rule in answer.rules
        ]
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
        lines += [_styled(form, line) for form, line in formed(section.text, code_lines([section]), width, "  ")]
        lines.append("")
    lines.append(screen.linked(page_address(site_url, sections[0].url.partition("#")[0])))
    return "\n".join(lines)


def _answer(answer: Answer, code: frozenset[str], width: int) -> Iterator[str]:
    """The answer; behind each quoted line the number of its source."""
    marked = [_marked(line, answer.citations, code) for line in answer.answer.split("\n")]
    for form, line in formed("\n".join(marked), code, width):
        yield _styled(form, line)


def _marked(line: str, citations: Sequence[Citation], code: frozenset[str]) -> str:
    source = next((citation.n for citation in citations if line and line in citation.quote), None)
    return line if source is None or "\t" in line or line in code else f"{line} [{source}]"


def _source(
    answer: Answer, citation: Citation, cited: Sections, code: frozenset[str], site_url: str, screen: Screen
) -> Iterator[str]:
    """Title and address; the quote, unless the answer above is the same."""
    width, address = screen.width or WIDTH, page_address(site_url, citation.url)
    section = cited.get((citation.section, citation.lang))
    title = " › ".join((*(section.path[:1] if section else ()), citation.title))
    mark = f"[{citation.n}] "
    for line in wrapped(title, width, " " * columns(mark), mark):
        yield screen.link(click.style(line, bold=True), address)
    if citation.quote not in answer.answer:
        for form, line in formed(citation.quote, code, width, "    │ "):
            yield click.style(line, dim=form == PARAGRAPH or None)
    yield f"    {screen.linked(address)}"
    if citation.translation_url:
        label = say(answer.lang, "terminal", "translation")
        twin = page_address(site_url, citation.translation_url)
        yield f"    {screen.link(label, twin)}" if screen.links else f"    {label}: {twin}"


def _styled(form: str, line: str) -> str:
    return click.style(line, fg="cyan") if form == CODE and line else line


def _title(lang: str, key: str) -> str:
    return click.style(say(lang, "terminal", key), bold=True, underline=True)
