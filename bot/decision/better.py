"""Whether one thing is better than another: a yes or no of a sentence that says which one is the best for something.

"A glass lid is the best lid for keeping steam" says that it is better at keeping steam than any other lid that its
section names. Of two others it says nothing, nor of what else one may be better at.
"""

from collections.abc import Iterator

from bot.decision.condition import fact_of
from bot.decision.negation import is_polite, negates
from bot.decision.unsaid import unsaid
from bot.evidence.topics import Topics
from bot.language import expressions
from bot.question.conversation import stands_alone
from bot.question.parts import is_wish, neutral, parts, plain
from bot.question.question import Question
from bot.question.saying import says
from bot.question.statement import asks_yes_or_no, is_tagged, offers_choice, other_turns, statement
from bot.records import Verdict
from index.records import Section


def better_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no of a section to who says that one thing is better than another; None: it gives none."""
    if not section.covered or section.other_source or (compared := _compared(question, topics)) is None:
        return None
    first, second, rest = compared
    fact = plain(fact_of(section))
    matches = (match for pattern in expressions("better", "best") for match in pattern.finditer(fact))
    best = {term[0] for match in matches if (term := _first(match["what"], topics))}
    if len(best) != 1 or not best < {first, second} or negates(fact):
        return None
    mentions, known = topics.glossary.mentions, f"{fact}\n{plain(section.title)}"
    named = mentions(rest).keys()
    if not {first, second} <= mentions(plain(section.text)).keys() or not named <= mentions(known).keys():
        return None
    asked_for = [part for part in parts(topics.glossary.without(rest)) if part.word not in neutral()]
    if not asked_for or any(unsaid(rest, known, topics)):
        return None
    return "yes" if first in best else "no"


def _compared(question: Question, topics: Topics) -> tuple[str, str, str] | None:
    """The two terms of which a question says that the first is better, and what else it says."""
    asking = question.asking
    if not says("better", "says", asking) or question.is_keyword:
        return None
    if is_wish(question.plain) or is_polite(asking) or offers_choice(asking) or not stands_alone(question):
        return None
    said = statement(asking)
    if not (asks_yes_or_no(asking) or is_tagged(asking)) or said.denied or said.spelled or said.permitted or said.stays:
        return None
    pairs = list(_pairs(said.text, topics))
    if len({pair[:2] for pair in pairs}) != 1:
        return None
    first, second, rest = pairs[0]
    spoken = topics.glossary.without(rest)
    says_again = {first, second} & topics.glossary.mentions(rest).keys()
    if first == second or says_again or negates(spoken) or other_turns(spoken):
        return None
    return first, second, f"{question.plain[: question.asks_from]} {rest}"


def _pairs(text: str, topics: Topics) -> Iterator[tuple[str, str, str]]:
    """What is better than what, and the text without both and without what says so."""
    for match in (match for pattern in expressions("better", "says") for match in pattern.finditer(text)):
        better = _last(match["better"], topics) or _first(match["better"], topics)
        worse = (_last if match.groupdict().get("than_what") is None else _first)(match["worse"], topics)
        if better and worse:
            rest = match.string
            for said in (match["out"], match["than"], better[1], worse[1]):
                rest = rest.replace(said, " ", 1)
            yield better[0], worse[0], rest


def _first(text: str, topics: Topics) -> tuple[str, str] | None:
    """The first term of a text and how it is written."""
    named = topics.glossary.mentions(text).items()
    return min(named, key=lambda each: text.find(each[1]), default=None)


def _last(text: str, topics: Topics) -> tuple[str, str] | None:
    """The term with which a text ends, and how it is written."""
    named = topics.glossary.mentions(text).items()
    return next((each for each in named if text.strip().endswith(each[1])), None)
