"""An Answer as text for a terminal: the answer, its numbered quotes with links, the rules to check."""

from collections.abc import Sequence
from urllib.parse import urljoin

import click

from bot.language import say
from bot.records import Answer, Status
from bot.wrap import safe, wrapped
from index.records import Section

WIDTH = 96


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


def _wrapped(text: str, indent: str) -> list[str]:
    return wrapped(text, WIDTH, indent)
