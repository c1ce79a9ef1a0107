"""Whether one thing is done before another: a yes or no that a plain sentence gives to who says one order of both.

The heading asks for the order ("Is the lid put on before or after the tea?"), its first sentence gives it, and the
question says one: the same is a yes, the other way round a no.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from bot.decision.condition import fact_of
from bot.decision.negation import negates
from bot.decision.same_question import adds_nothing
from bot.evidence.topics import Topics
from bot.language import patterns as expressions
from bot.question.parts import Part, is_wish, kinds_of, neutral, parts, patterns, plain, root
from bot.question.question import Question
from bot.question.statement import TRAILS_OFF, asks_yes_or_no, is_tagged, offers_choice, same_verbs, statement
from bot.records import Verdict
from index.records import Section


@dataclass(frozen=True, slots=True)
class _End:
    """What comes first, or then: its terms and how it is said."""

    terms: frozenset[str]
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class _Order:
    """What comes first and what comes then, and the words that say so."""

    earlier: _End
    later: _End
    words: frozenset[str] = field(default=frozenset(), compare=False)


def order_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no of a section to a question that says in which order two things are done; None: it gives none."""
    if not section.covered or section.other_source or not _asks_order(section):
        return None
    begins = max(question.asks_from, len(question.plain) - len(question.plain.rpartition(TRAILS_OFF)[2]))
    asking = question.plain[begins:]
    said = statement(asking)
    if not (asks_yes_or_no(asking) or is_tagged(asking)) or kinds_of(asking) or offers_choice(asking):
        return None
    if said.denied or negates(said.text) or expressions("turns")["trouble"].search(said.text):
        return None
    if is_wish(question.plain) or (stated := _order(plain(fact_of(section)), topics)) is None:
        return None
    if (asked := _order(said.text, topics, stated)) is None:
        return None
    mentions = topics.glossary.mentions
    written, headed = mentions(question.plain).keys(), mentions(plain(section.title)).keys()
    earlier, later = asked.earlier.terms, asked.later.terms
    named = written | earlier | later
    if not headed <= named <= headed | stated.earlier.terms | stated.later.terms:  # a wording may leave one open
        return None
    if not adds_nothing(
        question, section, topics, begins=begins, besides=asked.words | _meant(asked, stated, written, asking)
    ):
        return None
    if _another_deed(asked, section):
        return None
    same = len(earlier & stated.earlier.terms) + len(later & stated.later.terms)
    turned = len(earlier & stated.later.terms) + len(later & stated.earlier.terms)
    if same == turned or _deeds_exchanged(asked, (stated.earlier, stated.later)[:: 1 if same > turned else -1], topics):
        return None
    return "yes" if same > turned else "no"


def _meant(asked: _Order, stated: _Order, written: Set[str], asking: str) -> frozenset[str]:
    """The words of an order that stand for those of the stated one: an end by a word of it, and that something goes."""
    names = (
        part.text
        for each in patterns("order_names")
        for match in each.finditer(asking)
        for part in parts(match.group())
    )
    by_a_word = (
        part.text for end in (asked.earlier, asked.later) if not end.terms & written for part in parts(end.text)
    )
    going, going_there = (
        [part.text for end in (order.earlier, order.later) for part in parts(end.text) if _is_going(part.text)]
        for order in (asked, stated)
    )
    return frozenset((*names, *by_a_word, *(going if going_there else ())))


def _another_deed(asked: _Order, section: Section) -> bool:
    """Whether an end has a verb, written with a single kanji, that neither the section's wordings nor its fact have."""
    known = plain("\n".join((section.title, *section.phrasings, fact_of(section))))
    verbs = (part.text for end in (asked.earlier, asked.later) for part in parts(end.text) if _is_verb(part))
    return not all(any(each in known for each in same_verbs(verb)) for verb in verbs)


def _is_verb(part: Part) -> bool:
    return part.script == "han" and len(part.text) == 1


def _deeds_exchanged(asked: _Order, stated: Sequence[_End], topics: Topics) -> bool:
    """Whether an end says of its terms what is stated of the other's: whether the lid is poured, and no tea."""
    own, other = (_words_of(end, topics) for end in stated)
    pairs = ((asked.earlier, own, other), (asked.later, other, own))
    return any(
        word in others and word not in of_it
        for end, of_it, others in pairs
        for word in map(root, (part.word for part in parts(topics.glossary.without(end.text))))
    )


def _is_going(word: str) -> bool:
    return any(pattern.fullmatch(word) for pattern in patterns("ways"))


def _asks_order(section: Section) -> bool:
    return any(pattern.search(plain(section.title)) for pattern in patterns("either_order"))


def _order(text: str, topics: Topics, stated: _Order | None = None) -> _Order | None:
    """The one order that a text says; None if it says none, or asks which.

    `stated`: the order of a section, of which a text may name one end by its terms and the other by a word of it.
    """
    if any(pattern.search(text) for pattern in patterns("either_order")):
        return None
    for pattern in patterns("order_names"):
        text = pattern.sub(" ", text)
    text = " ".join(text.split())
    orders = list(_orders(text, topics, stated))
    return orders[0] if len(set(orders)) == 1 else None


def _orders(text: str, topics: Topics, stated: _Order | None) -> Iterator[_Order]:
    for pattern in patterns("orders"):
        for match in pattern.finditer(text):
            earlier, later = (
                _End(frozenset(topics.glossary.mentions(match[end])), match[end]) for end in ("earlier", "later")
            )
            if stated is not None:
                earlier, later = (
                    _by_a_word(earlier, later, stated, topics),
                    _by_a_word(later, earlier, stated, topics),
                )
            if earlier.terms and later.terms:
                rest = match.group().replace(match["earlier"], " ").replace(match["later"], " ")
                yield _Order(earlier, later, frozenset(part.text for part in parts(rest)))


def _by_a_word(end: _End, other: _End, stated: _Order, topics: Topics) -> _End:
    """The end of a stated order that a text names by words of it alone, where the other end is named by its terms."""
    left = [(each, _words_of(each, topics)) for each in (stated.earlier, stated.later) if not each.terms & other.terms]
    said = [part.word for part in parts(end.text) if part.word not in neutral()]
    if end.terms or not other.terms or len(left) != 1 or not said:
        return end
    ((meant, known),) = left
    return _End(meant.terms, end.text) if all(word in known or root(word) in known for word in said) else end


def _words_of(end: _End, topics: Topics) -> frozenset[str]:
    """The words of an end of an order and of the names of its terms, and their stems."""
    held = {part.word for name in end.terms for each in topics.glossary.group(name) for part in parts(each)}
    held |= {part.word for part in parts(topics.glossary.without(end.text))}
    return frozenset(held | set(map(root, held)))
