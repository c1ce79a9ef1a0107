"""Whether one thing is done before another: a yes or no that a plain sentence gives to who says one order of both.

The heading asks for the order ("Is the lid put on before or after the tea?"), its first sentence gives it, and the
question says one: the same is a yes, the other way round a no.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.decision.condition import fact_of
from bot.decision.negation import negates
from bot.decision.same_question import names_the_same
from bot.evidence.topics import Topics
from bot.question.parts import patterns, plain
from bot.question.question import Question
from bot.question.statement import statement
from bot.records import Verdict
from index.records import Section


@dataclass(frozen=True, slots=True)
class _Order:
    """The terms of what comes first and of what comes then."""

    earlier: frozenset[str]
    later: frozenset[str]


def order_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no of a section to a question that says in which order two things are done; None: it gives none."""
    said = statement(question.asking)
    if said.denied or not section.covered or section.other_source or not _asks_order(section):
        return None
    if negates(said.text) or not names_the_same(question, section, topics):
        return None
    mentions = topics.glossary.mentions
    if not mentions(plain(section.title)).keys() <= mentions(question.plain).keys():  # a wording may leave one open
        return None
    asked, stated = _order(said.text, topics), _order(plain(fact_of(section)), topics)
    if asked is None or stated is None:
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
    return orders[0] if len(orders) == 1 else None


def _orders(text: str, topics: Topics) -> Iterator[_Order]:
    for pattern in patterns("orders"):
        for match in pattern.finditer(text):
            terms = [frozenset(topics.glossary.mentions(match[group])) for group in ("earlier", "later")]
            if all(terms):
                yield _Order(*terms)
