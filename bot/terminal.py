"""An Answer as text for a terminal: the answer, its numbered quotes with links, the rules to check."""

import textwrap
import unicodedata
from urllib.parse import urljoin

import click

from bot.language import say
from bot.records import Answer, Status

WIDTH = 96


def answer_text(answer: Answer, site_url: str) -> str:
    """Readable text; colours are dropped by click when the output is no terminal."""
    lines = [*_wrapped(answer.answer, ""), ""]
    if answer.citations:
        lines.append(_title(answer.lang, "sources"))
    for citation in answer.citations:
        lines.append(click.style(f"[{citation.n}] {_safe(citation.title)}", bold=True))
        lines += [click.style(line, dim=True) for line in _wrapped(citation.quote, "    │ ")]
        lines.append(f"    {_link(site_url, citation.url)}")
        if citation.translation_url:
            translation = say(answer.lang, "terminal", "translation")
            lines.append(f"    {translation}: {_link(site_url, citation.translation_url)}")
        lines.append("")
    if answer.rules:
        lines.append(_title(answer.lang, "rules"))
        lines += [f"  {rule.id} {rule.name}  {_link(site_url, rule.url)}" for rule in answer.rules]
        lines.append("")
    if answer.suggestions:
        key = {Status.CLARIFY: "choose"}.get(answer.status, "related")
        lines.append(_title(answer.lang, key))
        lines += [f"  - {_safe(suggestion)}" for suggestion in answer.suggestions]
    return "\n".join(lines).rstrip()


def _title(lang: str, key: str) -> str:
    return click.style(say(lang, "terminal", key), bold=True, underline=True)


def _link(site_url: str, url: str) -> str:
    return urljoin(site_url, url.lstrip("/")) if url.startswith("/") else url


def _safe(text: str) -> str:
    """Text without control characters: a page must not be able to steer the reader's terminal."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))


def _wrapped(text: str, indent: str) -> list[str]:
    lines = []
    for line in _safe(text).replace("\t", "  ").split("\n"):
        # East Asian characters take two columns, so such lines hold half as many.
        wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
        width = WIDTH - len(indent) if wide < len(line) / 4 else WIDTH // 2
        lines += textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent) or [indent]
    return lines
