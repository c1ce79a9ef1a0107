"""Whether something is enough that is the opposite of what is required: a no of a sentence that requires it.

"A pot requires a large, undamaged tray" says no to "Is a small tray enough for a pot?" and to "Will a damaged tray do
for a pot?". That something is as required is not yet enough, so no sentence says yes.
"""

import re
from collections.abc import Iterator
from functools import cache

from bot.decision.negation import is_polite, negates
from bot.decision.unsaid import unsaid
from bot.evidence.topics import Topics
from bot.language import SPOKEN, pack
from bot.question.conversation import stands_alone
from bot.question.parts import is_wish, plain
from bot.question.question import Question, identifiers
from bot.question.statement import asks_yes_or_no, is_tagged, other_turns, statement
from bot.records import Verdict
from index.lexical.words import words
from index.records import Section


def opposite_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The no of a section to who asks whether the opposite of what it requires is enough; None: it says none."""
    if not section.covered or section.other_source or (asked := _asked(question)) is None:
        return None
    said = (plain(section.quote(span)) for span in section.sentences)
    required = [text for text in said if any(pattern.search(text) for pattern in _patterns("requires"))]
    return "no" if any(_against(asked, text, question, section, topics) for text in required) else None


def _asked(question: Question) -> str | None:
    """The statement of a question that says of something that it is enough, without what says that."""
    asking = question.asking
    if not any(pattern.search(asking) for pattern in _patterns("suffices")) or question.is_keyword:
        return None
    if is_wish(question.plain) or is_polite(asking) or not stands_alone(question):
        return None
    said = statement(asking)
    if not (asks_yes_or_no(asking) or is_tagged(asking)) or said.denied or said.spelled or said.stays:
        return None
    rest = said.text
    for pattern in _patterns("suffices"):
        rest = pattern.sub(" ", rest)
    return f"{question.plain[: question.asks_from]} {rest}" if rest != said.text else None


def _against(asked: str, required: str, question: Question, section: Section, topics: Topics) -> bool:
    """Whether a text says of a thing the opposite of what a sentence requires of it, and nothing else."""
    named = topics.glossary.mentions(asked).keys()
    known = f"{required}\n{plain(section.title)}"
    if len(named) < len(("thing", "what it is for")) or not named <= topics.glossary.mentions(known).keys():
        return False
    if not question.numbers <= identifiers(words(required)):
        return False
    for at, end, needed in _opposites(asked, required):
        rest = f"{asked[:at]} {asked[end:]}"
        spoken = topics.glossary.without(rest)
        same = _next(asked[end:], topics) == _next(required[needed:], topics) is not None
        if same and not negates(spoken) and not other_turns(spoken) and not any(unsaid(rest, known, topics)):
            return True
    return False


def _opposites(asked: str, required: str) -> Iterator[tuple[int, int, int]]:
    """From where to where a text says the opposite of what a sentence says, and where that ends in the sentence."""
    for one, other in _pairs():
        for mine, theirs in ((one, other), (other, one)):
            if (says := theirs.search(required)) and not mine.search(required) and (match := mine.search(asked)):
                yield *match.span(), says.end()
    for pattern in _patterns("lacks"):
        for says in pattern.finditer(required):
            state = re.compile(rf"(?<![A-Za-z]){re.escape(says['what'])}[A-Za-z]*", re.IGNORECASE)
            if not any(each.search(asked) for each in _patterns("lacks")) and (match := state.search(asked)):
                yield *match.span(), says.end()


def _next(text: str, topics: Topics) -> str | None:
    """The first term that a text names."""
    named = topics.glossary.mentions(text)
    return min(named, key=lambda name: text.find(named[name]), default=None)


@cache
def _pairs() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    listed = (pair for lang in SPOKEN for pair in pack(lang, "question")["opposite"]["pairs"])
    return [(re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE)) for one, other in listed]


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(text, re.IGNORECASE) for lang in SPOKEN for text in pack(lang, "question")["opposite"][kind]
    )
