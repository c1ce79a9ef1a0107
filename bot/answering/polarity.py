"""Whether the "Yes." of a section is also the answer to the question that was asked.

A section's verdict answers the question in its heading. "Must it be exactly /24?" and "Can it be /23?" are answered
by the same fact with opposite verdicts, so a verdict is repeated only when the two questions ask the same thing the
same way round; otherwise the answer starts with the fact, which is true either way.
"""

import re
from collections.abc import Set
from functools import cache

from bot.decision.relations import counted, says_several
from bot.language import patterns
from bot.question.question import Question, identifiers
from bot.question.statement import OBLIGATION, Statement, may_be_asked, statement
from bot.records import Verdict
from index.lexical.words import words
from index.normal_form import nfkc
from index.records import Section, Span

SAME_QUESTION = 0.9  # cosine; at 0.85 as at 0.95 no verdict of 71 was wrong on the labelled questions
ONE = {"1"}  # a number that need not be said: "two pots on one tray" is "two pots on the same tray"


def verdict_spans(section: Section) -> int:
    """How many leading sentences of the section are a verdict and nothing else."""
    alone, count = patterns("verdicts")["alone"], 0
    while count < len(section.sentences) and alone.fullmatch(section.quote(section.sentences[count])):
        count += 1
    return count


def verdict_of(section: Section, spans: tuple[Span, ...]) -> tuple[Verdict | None, int]:
    """The verdict with which a quote begins, and how many of its sentences say nothing else."""
    known, count = patterns("verdicts"), verdict_spans(section)
    whole = spans[:count] == section.sentences[:count]
    joined = known["joined"].match(section.quote(spans[0]))
    said = [section.quote(span) for span in spans[:count]] if whole else []
    begun = " ".join(said) or (joined[0] if joined else "")
    if not begun:
        return None, 0
    bare = sum(1 for text in said if known["bare"].fullmatch(text))
    yes = bool(known["yes"].match(begun))
    verdict: Verdict = "conditional" if known["conditions"].search(begun) else "yes" if yes else "no"
    return verdict, bare


def same_way_round(question: Question, heading: str, *, besides: Set[str] = frozenset()) -> bool:
    """True if both questions turn the same way and name the same numbers; `besides`: turns in which they may differ."""
    return asked_as(question, heading, besides=besides) is not None


def asked_as(question: Question, heading: str, *, besides: Set[str] = frozenset()) -> Statement | None:
    """The statement of a question that asks, the same way round, for what a heading asks; None: another question.

    What must have a value must have exactly that. What stands around the sentence that asks may tell what was open.
    """
    numbers, headed = identifiers(words(heading)), _turns(heading)
    if not numbers - ONE <= question.numbers <= numbers or _sets_several_in_one(heading, question.asking):
        return None
    around, said = _turns(question.plain[: question.asks_from]) - {"open"}, statement(question.asking)
    # Whether harm is fine is not asked in the words that ask whether there is harm.
    as_written = [] if said.permitted and not statement(heading).permitted else [Statement(question.asking)]
    for each in [*as_written, said]:
        turns = _turns(each.text) | each.turns | around
        exact = {"exact"} if numbers and OBLIGATION in turns & headed else set[str]()
        if turns - besides - exact == headed - besides - exact and may_be_asked(each, heading):
            return each
    return None


def _sets_several_in_one(heading: str, asking: str) -> bool:
    """Whether a heading asks for several of a thing in one of another ("two pots on one tray"), a question for none."""
    pair = [says_several(match) for match in counted(nfkc(heading))]
    return len(set(pair)) > 1 and not any(map(says_several, counted(asking)))


def facts(section: Section, question: Question, cosine: float) -> tuple[Span, ...]:
    """The sentences to quote from: without the verdict unless it answers `question`, too.

    `cosine` is the question's to the nearest of the section's heading and phrasings.
    """
    verdicts = verdict_spans(section)
    if verdicts and not _answered(section, question, cosine):
        return section.sentences[verdicts:] or section.sentences
    return section.sentences


def without_joined_verdict(
    section: Section, spans: tuple[Span, ...], question: Question, cosine: float
) -> tuple[Span, ...]:
    """A quote's spans without the "Yes," that its first sentence begins with, unless it answers `question`, too."""
    first, *others = spans
    joined = patterns("verdicts")["joined"].match(section.quote(first))
    if not joined or _answered(section, question, cosine):
        return spans
    return (Span(first.start + joined.end(), first.end), *others)


def _answered(section: Section, question: Question, cosine: float) -> bool:
    """Whether a section's verdict is that of a question, too."""
    return cosine >= SAME_QUESTION and same_way_round(question, section.title)


@cache
def _any_turn() -> re.Pattern[str]:
    """Each turn as a group of its name; where two fit, the first counts."""
    groups = (f"(?P<{name}>{turn.pattern})" for name, turn in patterns("turns").items())
    return re.compile("|".join(groups), re.IGNORECASE)


def _turns(text: str) -> set[str]:
    plain = nfkc(text).lower()
    return {match.lastgroup or "" for match in _any_turn().finditer(plain)}
