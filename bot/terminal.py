"""An Answer as text for a terminal: the answer, its numbered quotes with links, the rules to check."""

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urljoin

import click

from bot.language import say
from bot.records import Answer, Status
from index.records import Section

WIDTH = 96
# What is never broken: a Latin word with its space, or one character without spaces and the marks that must follow it.
_UNIT = re.compile(r"\s*[!-~\u00a1-\u2fff]+|\s*.[。、，．）」』！？ー]*|\s+")


def answer_text(answer: Answer, site_url: str) -> str:
    """Readable text; colours are dropped by click when the output is no terminal."""
    lines = [*_wrapped(answer.answer, ""), ""]
    if answer.citations:
        lines.append(_title(answer.lang, "sources"))
    for citation in answer.citations:
        lines.append(click.style(f"[{citation.n}] {safe(citation.title)}", bold=True))
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
        lines += [f"  - {safe(suggestion)}" for suggestion in answer.suggestions]
    return "\n".join(lines).rstrip()


def page_text(sections: Sequence[Section], site_url: str) -> str:
    """A page of the site, section by section, and its address."""
    lines: list[str] = []
    for section in sections:
        lines += [click.style(safe(section.title), bold=True, underline=not section.path), ""]
        for block in section.text.split("\n"):
            lines += _wrapped(block, "  ")
        lines.append("")
    lines.append(_link(site_url, sections[0].url.partition("#")[0]))
    return "\n".join(lines)


def _title(lang: str, key: str) -> str:
    return click.style(say(lang, "terminal", key), bold=True, underline=True)


def _link(site_url: str, url: str) -> str:
    return urljoin(f"{site_url.rstrip('/')}/", url.lstrip("/")) if url.startswith("/") else url


def safe(text: str) -> str:
    """Text without control characters: a page must not be able to steer the reader's terminal."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))


def _wrapped(text: str, indent: str) -> list[str]:
    """Lines of at most WIDTH columns; East Asian characters take two and may be broken anywhere but before 。、）."""
    lines: list[str] = []
    for paragraph in safe(text).replace("\t", "  ").split("\n"):
        line, used = indent, len(indent)
        for unit in _UNIT.findall(paragraph):
            width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in unit)
            if used + width > WIDTH and line.strip() != indent.strip():
                lines.append(line.rstrip())
                line, used = indent, len(indent)
                unit = unit.lstrip()  # a line does not begin with a space
            line, used = line + unit, used + width
        lines.append(line.rstrip())
    return lines
