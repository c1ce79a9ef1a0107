"""Whether so many of a thing are supported: a yes or no of the section that says how many are.

"How many lids does the oven support per tray?", answered with 40, says yes to who asks for 40 or fewer per tray, and no
to who asks for more. Of any other thing, unit or condition it says nothing.
"""

import re

from bot.decision.condition import fact_of
from bot.decision.listed import without_support
from bot.decision.negation import is_polite, negates
from bot.decision.relations import singular
from bot.decision.same_question import adds_nothing
from bot.decision.unsaid import unsaid, without_given
from bot.evidence.topics import Topics
from bot.language import expressions
from bot.question.figures import Figure, counted, figures
from bot.question.parts import counters, is_wish, parts, plain
from bot.question.question import Question
from bot.question.statement import Statement, asks_yes_or_no, is_tagged, offers_choice, other_turns, statement
from bot.records import Verdict
from index.records import Section

BEHIND, BEFORE = 12, 8  # letters around a figure in which stands what it counts
ONE = 1.0  # of the unit: "per node", "in one node"


def amount_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no of a section that says how many of a thing are supported to who asks for so many; else None."""
    if not section.covered or section.other_source or not any(map(str.isdigit, question.plain)):
        return None
    if (of := _how_many(plain(section.title))) is None or (said := _asked(question)) is None:
        return None
    noun, fact = topics.glossary.longest(singular(of)), plain(fact_of(section))
    stated, asked = (_only(text, noun, topics) for text in (fact, question.plain))
    if noun is None or stated is None or asked is None or without_support(fact) == fact or negates(fact):
        return None
    if (
        stated.bound not in ("", "most")
        or asked.bound not in ("", "most")
        or not _same_terms(question, section, topics)
    ):
        return None
    counter = question.plain[asked.end : asked.end + 1] in counters()
    written = question.plain[asked.start : asked.end + counter]
    rest = topics.glossary.without(without_given(said.text.replace(written, " ")))
    for match in _matches(rest):
        rest = rest.replace(match.group(), " ")
    known = "\n".join(map(plain, (section.title, *section.phrasings, fact)))
    if negates(rest) or other_turns(rest) or any(unsaid(without_support(rest), known, topics)):
        return None
    besides = {part.text for match in _matches(question.plain) for part in parts(match.group())}
    if not adds_nothing(question, section, topics, besides=besides | {part.text for part in parts(written)}):
        return None
    return "yes" if (asked.value <= stated.value) is not said.denied else "no"


def _asked(question: Question) -> Statement | None:
    """The statement of a question that asks whether something is supported, or can be done; None: anything else."""
    asking = question.asking
    if question.is_keyword or is_wish(question.plain) or is_polite(asking) or offers_choice(asking):
        return None
    said = statement(asking)
    if not (asks_yes_or_no(asking) or is_tagged(asking)) or said.stays:
        return None
    asks = without_support(said.text) != said.text or any(True for _ in _matches(said.text))
    return said if asks else None


def _how_many(heading: str) -> str | None:
    """What a heading asks how many there may be of."""
    matches = (match for pattern in expressions("support", "how_many") for match in pattern.finditer(heading))
    return next((match["what"] for match in matches), None) or counted(heading)


def _only(text: str, noun: str | None, topics: Topics) -> Figure | None:
    """The one figure of a text beside that of the unit, if it counts a thing."""
    held = [figure for figure in figures(text) if figure.value != ONE]
    if len(held) != 1:
        return None
    (figure,) = held
    behind = topics.glossary.mentions(ahead := singular(text[figure.end : figure.end + BEHIND]))
    before = topics.glossary.mentions(back := text[max(0, figure.start - BEFORE) : figure.start])
    nearest = min(behind, key=lambda name: ahead.find(behind[name]), default=None) or max(
        before, key=lambda name: back.rfind(before[name]), default=None
    )
    return figure if nearest == noun is not None else None


def _same_terms(question: Question, section: Section, topics: Topics) -> bool:
    """Whether a question names all that the heading asks for, and nothing that it and the fact do not name."""
    mentions = topics.glossary.mentions
    named, headed = (mentions(singular(plain(text))).keys() for text in (question.plain, section.title))
    return headed <= named <= headed | mentions(plain(fact_of(section))).keys()


def _matches(text: str) -> list[re.Match[str]]:
    """Where a text asks whether something can be done."""
    return [match for pattern in expressions("support", "can") for match in pattern.finditer(text)]
