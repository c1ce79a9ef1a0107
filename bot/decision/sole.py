"""Who asks whether one thing is the only one of its kind is told no by a sentence that lists another beside it.

"With a tray, the oven supports lids, bowls and pots" says no to "Are lids the only thing that the oven supports?". A
list of one says nothing: what a sentence does not name, there may be. Who asks whether one alone will do, or may be
used alone, asks for something else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.decision.condition import fact_of
from bot.decision.listed import without_support
from bot.decision.listing import lists_of
from bot.decision.negation import is_polite, negates
from bot.decision.relations import singular_but_names
from bot.decision.unsaid import unsaid, without_given
from bot.evidence.topics import Topics
from bot.language import expressions
from bot.question.conversation import stands_alone
from bot.question.glossary import places_of
from bot.question.parts import is_wish, parts, plain
from bot.question.question import Question, identifiers
from bot.question.saying import says
from bot.question.statement import asks_yes_or_no, is_tagged, offers_choice, other_turns, statement
from bot.records import Verdict
from index.lexical.words import normalise, words
from index.records import Section

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Claim:
    """The term that is said to be the only one, what else is said, and what is said to be none beside it."""

    only: str
    rest: str
    denied: str


def sole_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The no of a section that lists a thing with others to who says that it is the only one; None: it says none."""
    if not section.covered or section.other_source or (claim := _claim(question, topics)) is None:
        return None
    says_no = any(_contradicts(plain(said), claim, question, section, topics) for said in _sentences(section))
    return "no" if says_no else None


def _claim(question: Question, topics: Topics) -> _Claim | None:
    asking = question.asking
    if not says("sole", "claims", asking) or question.is_keyword:
        return None
    if is_wish(question.plain) or is_polite(asking) or offers_choice(asking) or not stands_alone(question):
        return None
    if not (asks_yes_or_no(asking) or is_tagged(asking)) or any(
        each.search(asking) for each in expressions("sole", "alone")
    ):
        return None
    text, denied = _without_denied(asking)
    said = statement(text)
    if said.denied or said.permitted or said.stays or said.spelled:
        return None
    claims = list(_claims(said.text, topics))
    if len({only for only, _ in claims}) != 1:
        return None
    only, rest = claims[0]
    rest = without_given(rest)
    spoken = topics.glossary.without(rest)
    says_more = only in topics.glossary.mentions(rest) or not any(True for _ in parts(rest))
    if says_more or negates(spoken) or other_turns(spoken):
        return None
    return _Claim(only, f"{question.plain[: question.asks_from]} {rest}", denied)


def _claims(text: str, topics: Topics) -> Iterator[tuple[str, str]]:
    """The terms that a statement says are the only one, each with the statement without it and without that."""
    for match in (match for pattern in expressions("sole", "claims") for match in pattern.finditer(text)):
        what, begins = match["what"], bool(match.groupdict().get("front"))
        for name, shown in topics.glossary.mentions(what).items():
            if name in topics.glossary.mentions(text) and (
                what.strip().startswith(shown) if begins else what.strip().endswith(shown)
            ):
                start = match.start("what") + (what.find(shown) if begins else what.rfind(shown))
                letters = list(text)
                for first, last in ((start, start + len(shown)), match.span("out")):
                    letters[first:last] = " " * (last - first)
                yield name, "".join(letters)


def _without_denied(text: str) -> tuple[str, str]:
    """A statement without the clause that denies another thing (", not lids"), and the name of that."""
    for match in (match for pattern in expressions("sole", "not_beside") if (match := pattern.search(text))):
        return f"{text[: match.start()]}{text[match.end() :]}", normalise(match["what"]).strip()
    return text, ""


def _sentences(section: Section) -> list[str]:
    return [section.quote(span) for span in section.sentences]


def _contradicts(sentence: str, claim: _Claim, question: Question, section: Section, topics: Topics) -> bool:
    """Whether a sentence lists another thing beside the one that is said to be the only one, of all that is said."""
    said = _affirmed(sentence)
    if not said or not question.numbers <= identifiers(words(said)):
        return False
    named = topics.glossary.mentions(claim.rest).keys()
    others = _beside(claim.only, said, topics)
    names = {name for other in others - named for name in topics.glossary.group(other)}
    if not any(name.startswith(claim.denied) for name in names):
        return False
    fact = plain(fact_of(section)) == sentence
    around = [plain(text) for text in ((section.title, *section.phrasings) if fact else (section.title,))]
    stated = singular_but_names(f"{said}\n{around[0]}", topics.glossary)
    if not named <= topics.glossary.mentions(stated).keys() | topics.glossary.mentions(said).keys():
        return False
    return not any(_unsaid(claim.rest, said, around, topics))


def _affirmed(sentence: str) -> str:
    """A sentence up to where it goes on with what is otherwise; nothing if it denies anything before that."""
    cuts = (match.start() for pattern in expressions("sole", "but") if (match := pattern.search(sentence)))
    said = sentence[: min(cuts, default=len(sentence))]
    return "" if negates(said) else said


def _beside(only: str, said: str, topics: Topics) -> frozenset[str]:
    """The terms that a sentence lists beside one, which is none of their kinds: "lid" is that of a "glass lid"."""
    for items in lists_of(singular_but_names(said, topics.glossary), topics):
        holding = [terms for terms in items if only in terms]
        listed = frozenset().union(*items) - {only}
        if len(holding) == 1 and not any(_within(only, other, topics) for other in listed):
            return frozenset(other for other in listed - holding[0] if not _within(other, only, topics))
    return NOTHING


def _within(term: str, other: str, topics: Topics) -> bool:
    """Whether a name of one term stands in a name of another: "lid", in "glass lid"."""
    names, others = topics.glossary.group(term), topics.glossary.group(other)
    return any(True for name in names for each in others if name != each and any(places_of(name, each)))


def _unsaid(rest: str, said: str, around: list[str], topics: Topics) -> Iterator[str]:
    """What is said beside terms and neither a sentence nor the wordings around it have."""
    known = "\n".join((said, *around))
    if without_support(plainly := topics.glossary.without(known)) != plainly:
        rest = without_support(rest)
        for pattern in expressions("sole", "supports"):
            rest = pattern.sub(" ", rest)
    return unsaid(rest, known, topics)
