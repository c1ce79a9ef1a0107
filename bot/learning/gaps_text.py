"""Gaps as a person reads them: in the terminal, and as an HTML page."""

from collections.abc import Iterator, Sequence

from bot.language import say
from bot.learning.gaps import Gap
from bot.learning.html import Bar, bars, escape, items, page
from bot.learning.patch import shortened
from bot.wrap import safe

EXAMPLES = 5
LABEL = 60  # characters of a question beside its bar


def gap_lines(gaps: Sequence[Gap], asked: int, lang: str) -> Iterator[str]:
    """What the terminal shows."""
    yield _word(lang, "gaps.sum", gaps=len(gaps), questions=sum(len(gap.questions) for gap in gaps), asked=asked)
    for n, gap in enumerate(gaps, 1):
        yield ""
        yield f"{n}. {_one_line(gap.title)}  ({gap.size})"
        yield f"   {what_to_do(gap, lang)}"
        for missed in gap.questions[1:EXAMPLES]:
            yield f"   - {_one_line(missed.question)}"
        if len(gap.questions) > EXAMPLES:
            yield f"   {_word(lang, 'gaps.more', count=len(gap.questions) - EXAMPLES)}"


def what_to_do(gap: Gap, lang: str) -> str:
    """What the patch does about a gap."""
    kind = gap.kind if gap.section else "nowhere"
    return _word(lang, f"gaps.{kind}", section=safe(gap.section or ""))


def gaps_page(gaps: Sequence[Gap], asked: int, langs: Sequence[str], lang: str) -> str:
    """The report as one file."""
    rows = [
        Bar(shortened(gap.title, LABEL), tuple(sum(each.count for each in gap.of(spoken)) for spoken in langs))
        for gap in gaps
    ]
    head = _word(lang, "gaps.sum", gaps=len(gaps), questions=sum(len(gap.questions) for gap in gaps), asked=asked)
    body = [f"<p>{escape(head)}</p>", f"<h2>{escape(_word(lang, 'gaps.picture'))}</h2>", bars(list(langs), rows)]
    for n, gap in enumerate(gaps, 1):
        statuses = [f"{_word(lang, f'status.{each.status}')}: {each.question}" for each in gap.questions]
        body += [
            f"<section><h2>{n}. {escape(shortened(gap.title))} ({gap.size})</h2>",
            f"<p>{escape(what_to_do(gap, lang))}</p>{items(statuses)}</section>",
        ]
    return page(_word(lang, "gaps.title"), lang, body)


def _word(lang: str, key: str, **values: object) -> str:
    return say(lang, "learning", key, **values)


def _one_line(question: str) -> str:
    return shortened(safe(question), 160)
