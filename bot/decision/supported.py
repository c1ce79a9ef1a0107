"""Whether one thing supports another: a yes or no that a plain sentence gives to the plain question for just that.

Both must be nothing but the relation between the same two terms of the glossary. A condition, a role, a number or
"only" in either, or the two exchanged, is another question, to which such a sentence says neither yes nor no.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.decision.negation import negates
from bot.evidence.topics import Topics
from bot.language import expressions
from bot.question.parts import neutral, parts, plain
from bot.question.question import Question
from bot.question.statement import untagged
from bot.records import Verdict
from index.records import Section


@dataclass(frozen=True, slots=True)
class Support:
    """Whether one thing supports another."""

    by: str
    what: str
    holds: bool = True


def support_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no that the first sentence of a section gives to such a question; None: it gives none.

    What the section's headings name beside the two terms may be a condition of the sentence.
    """
    if not section.covered or not section.sentences or section.other_source:
        return None
    asked = _asked(question, topics)
    stated = stated_support(plain(section.quote(section.sentences[0])), topics)
    if asked is None or stated is None or (asked.by, asked.what) != (stated.by, stated.what):
        return None
    if not concerns_only((asked.by, asked.what), section, topics):
        return None
    return "yes" if stated.holds is asked.holds else "no"


def stated_support(sentence: str, topics: Topics) -> Support | None:
    """The relation between two terms that a plain sentence is, if it is that and nothing else."""
    return _relation("states", sentence, topics)


def concerns_only(terms: tuple[str, str], section: Section, topics: Topics) -> bool:
    """Whether the headings of a section name nothing beside two terms: what else they name may be a condition."""
    return not any(other for heading in (section.title, *section.path) for other in _others(terms, heading, topics))


def _others(terms: tuple[str, str], heading: str, topics: Topics) -> Iterator[str]:
    """What a heading names beside two terms; that there is no support is none."""
    heading = plain(heading)
    yield from topics.glossary.mentions(heading).keys() - set(terms)
    rest = parts(topics.glossary.without(heading))
    yield from (each.text for each in rest if each.text.lower() not in neutral() and not negates(each.text))


def _asked(question: Question, topics: Topics) -> Support | None:
    """The relation that a question asks for, or of which it says that it holds, or does not: "…, right?"."""
    if asked := _relation("asks", question.plain, topics):
        return asked
    said = untagged(question.plain)
    ends = (_relation("states", f"{said}{mark}", topics) for mark in ".。") if said else ()
    return next(filter(None, ends), None)


def _relation(kind: str, text: str, topics: Topics) -> Support | None:
    matches = (match for pattern in expressions("support", kind) if (match := pattern.fullmatch(text.strip())))
    for match in matches:
        by, what = (_only_term(match[group], topics) for group in ("by", "what"))
        if by and what and by != what:
            return Support(by, what, holds=not match.groupdict().get("not"))
    return None


def _only_term(text: str, topics: Topics) -> str | None:
    """The first name of the term that a text is, if it is one and nothing else."""
    named = topics.glossary.mentions(text.strip())
    return next((name for name, shown in named.items() if shown == text.strip()), None)
