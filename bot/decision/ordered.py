"""Whether one thing is done before another: a yes or no that a plain sentence gives to who says one order of both.

The heading asks for the order ("Is the lid put on before or after the tea?"), its first sentence gives it, and the
question says one: the same is a yes, the other way round a no.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.decision.condition import fact_of
from bot.decision.negation import negates
from bot.decision.same_question import adds_nothing
from bot.evidence.topics import Topics
from bot.language import patterns as expressions
from bot.question.parts import is_wish, kinds_of, parts, patterns, plain
from bot.question.question import Question
from bot.question.statement import TRAILS_OFF, asks_yes_or_no, is_tagged, statement
from bot.records import Verdict
from index.records import Section


@dataclass(frozen=True, slots=True)
class _Order:
    """The terms of what comes first and of what comes then, and the words that say so."""

    earlier: frozenset[str]
    later: frozenset[str]
    words: frozenset[str] = field(default=frozenset(), compare=False)


def order_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no of a section to a question that says in which order two things are done; None: it gives none."""
    if not section.covered or section.other_source or not _asks_order(section):
        return None
    begins = max(question.asks_from, len(question.plain) - len(question.plain.rpartition(TRAILS_OFF)[2]))
    asking = question.plain[begins:]
    said = statement(asking)
    if not (asks_yes_or_no(asking) or is_tagged(asking)) or kinds_of(asking):
        return None
    if said.denied or negates(said.text) or expressions("turns")["trouble"].search(said.text):
        return None
    asked, stated = _order(said.text, topics), _order(plain(fact_of(section)), topics)
    if asked is None or stated is None or is_wish(question.plain):
        return None
    mentions = topics.glossary.mentions
    named, headed = mentions(question.plain).keys(), mentions(plain(section.title)).keys()
    if not headed <= named <= headed | stated.earlier | stated.later:  # a wording may leave one open
        return None
    if not adds_nothing(question, section, topics, begins=begins, besides=asked.words):
        return None
    same = len(asked.earlier & stated.earlier) + len(asked.later & stated.later)
    turned = len(asked.earlier & stated.later) + len(asked.later & stated.earlier)
    if same == turned:
        return None
    return "yes" if same > turned else "no"


def _asks_order(section: Section) -> bool:
    return any(pattern.search(plain(section.title)) for pattern in patterns("either_order"))


def _order(text: str, topics: Topics) -> _Order | None:
    """The one order that a text says; None if it says none, or asks which."""
    text = " ".join(text.split())
    if any(pattern.search(text) for pattern in patterns("either_order")):
        return None
    orders = list(_orders(text, topics))
    return orders[0] if len(set(orders)) == 1 else None


def _orders(text: str, topics: Topics) -> Iterator[_Order]:
    for pattern in patterns("orders"):
        for match in pattern.finditer(text):
            terms = [frozenset(topics.glossary.mentions(match[group])) for group in ("earlier", "later")]
            if all(terms):
                rest = match.group().replace(match["earlier"], " ").replace(match["later"], " ")
                yield _Order(terms[0], terms[1], frozenset(part.text for part in parts(rest)))
