"""A sentence that says nothing by itself is quoted with the one before it: "They are not glazed." names no pots.

How a sentence shows that it goes on from another is data of each language (bot/words/<lang>/question.toml): it begins
with a word that points back, or has no subject of its own.
"""

from bot.language import patterns
from index.records import Section, Span


def with_antecedent(section: Section, spans: tuple[Span, ...], known: tuple[Span, ...], most: int) -> tuple[Span, ...]:
    """A quote's spans from the sentence on that names what the first of them speaks of.

    `known`: the sentences of the section that may be quoted; `most`: characters of a quote, which one sentence more may
    not exceed.
    """
    while goes_on(section.quote(spans[0])):
        before = next((span for span in reversed(known) if span.end <= spans[0].start), None)
        if before is None or spans[-1].end - before.start > most or not _in_one_text(section, before, spans[0]):
            break
        spans = (before, *spans)
    return spans


def goes_on(sentence: str) -> bool:
    """Whether a sentence only says something beside the one before it."""
    if patterns("goes_on")["points"].match(sentence):
        return True
    return bool(patterns("goes_on")["lacks_subject"].fullmatch(sentence))


def _in_one_text(section: Section, before: Span, after: Span) -> bool:
    """Whether nothing but text stands between two sentences: no row of a table, no code."""
    between = section.text[before.start : after.end]
    behind_code = any(before.end <= form.start and form.end <= after.start for form in section.forms)
    return "\t" not in between and not behind_code
