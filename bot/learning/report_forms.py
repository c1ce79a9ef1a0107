"""The report in the forms in which people get it: Markdown, one HTML page, a message for Slack."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from bot.language import say
from bot.learning.html import Bar, bars, escape, items, page, table
from bot.learning.patch import shortened
from bot.learning.report import STATUSES, Report
from bot.learning.sources import as_heading
from bot.wrap import safe

_MOST = 5  # rows of a list in Slack
_TEXT = 2900  # characters of a block; Slack takes 3000
Part = tuple[str, Sequence[str], list[Sequence[str]]]  # title, names of the columns, rows


def markdown(report: Report, lang: str) -> str:
    """The report as Markdown."""
    lines = [f"# {_title(report, lang)}", "", _summary(report, lang), ""]
    for title, head, rows in _parts(report, lang):
        lines += [f"## {title}", ""]
        lines += [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
        lines += [f"| {' | '.join(as_heading(safe(cell)) for cell in row)} |" for row in rows]
        lines.append("")
    return "\n".join((*lines, *(f"- {note}" for note in _notes(report, lang)), ""))


def html(report: Report, lang: str) -> str:
    """The report as one HTML page with pictures."""
    names = [_word(lang, f"status.{status}") for status in _STATUS_WORDS]
    days = [Bar(day, tuple(counts[status] for status in STATUSES)) for day, counts in report.days.items()]
    sections = [Bar(section, (count,)) for section, count in report.sections.items()]
    body = [f"<p>{escape(_summary(report, lang))}</p>"]
    if days:
        body += [f"<h2>{escape(_word(lang, 'report.by_day'))}</h2>", bars(names, days)]
    for title, head, rows in _parts(report, lang):
        shown = bars([], sections) if title == _word(lang, "report.sections") else table(head, rows)
        body.append(f"<h2>{escape(title)}</h2>{shown}")
    return page(_title(report, lang), lang, (*body, items(_notes(report, lang))))


def slack(report: Report, lang: str) -> str:
    """The report as the JSON of a Slack message; nothing is sent."""
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": _title(report, lang)[:150]}},
        _section(_summary(report, lang)),
    ]
    for title, head, rows in _parts(report, lang):
        lines = [f"• {' · '.join(map(_labelled, head, row))}" for row in rows[:_MOST]]
        blocks.append(_section("\n".join((f"*{title}*", *lines))))
    notes = "\n".join(_notes(report, lang))
    blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": notes[:_TEXT]}]})
    return json.dumps({"text": _title(report, lang), "blocks": blocks}, ensure_ascii=False, indent=2)


_STATUS_WORDS = ("wholly", *STATUSES[1:])


def _parts(report: Report, lang: str) -> Iterable[Part]:
    """What the report lists, what is empty left out."""

    def word(key: str) -> str:
        return _word(lang, f"report.{key}")

    nothing = word("no_section")
    statuses = [_word(lang, f"status.{status}") for status in _STATUS_WORDS]
    langs = [(spoken, *map(str, counts.values())) for spoken, counts in report.langs.items()]
    reasons = [(say(lang, "feedback", f"reasons.{name}"), str(count)) for name, count in report.reasons.items()]
    parts: list[Part] = [
        (word("langs"), (word("lang"), *statuses), list(langs)),
        (word("sections"), (word("section"), word("count")), [(s, str(n)) for s, n in report.sections.items()]),
        (word("missed"), (word("question"), word("count")), [(q, str(n)) for q, n in report.missed.items()]),
        (word("searched"), (word("words"), word("count")), [(w, str(n)) for w, n in report.searched.items()]),
        (word("reasons"), (word("reason"), word("count")), list(reasons)),
        (
            word("disliked"),
            (word("question"), word("reason"), word("section")),
            [(d.question, say(lang, "feedback", f"reasons.{d.reason}"), d.section or nothing) for d in report.disliked],
        ),
        (
            word("slowest"),
            (word("ms"), word("day"), word("section")),
            [(f"{slow.ms:.0f}", slow.day, slow.section or nothing) for slow in report.slowest],
        ),
    ]
    return [part for part in parts if part[2]]


def _summary(report: Report, lang: str) -> str:
    counts = {status: f"{count}{_share(count, report.asked)}" for status, count in report.statuses.items()}
    return _word(lang, "report.summary", asked=report.asked, up=report.up, down=report.down, **counts)


def _share(count: int, asked: int) -> str:
    return f" ({100 * count / asked:.0f} %)" if asked else ""


def _notes(report: Report, lang: str) -> list[str]:
    """What the numbers do not say."""
    return [] if report.keeps_texts else [_word(lang, "report.no_texts"), _word(lang, "report.no_searches")]


def _title(report: Report, lang: str) -> str:
    return _word(lang, "report.title", since=report.since, until=report.until)


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:_TEXT], "verbatim": True}}


def _labelled(name: str, cell: str) -> str:
    """A cell; a number has the name of its column, as there is no line of names above it."""
    return _mrkdwn(f"{name}: {cell}" if cell.isdecimal() else shortened(safe(cell), 200))


def _mrkdwn(text: str) -> str:
    """Nothing in it is a link or a mention: Slack is told not to look for any either (`verbatim`)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _word(lang: str, key: str, **values: object) -> str:
    return say(lang, "learning", key, **values)
