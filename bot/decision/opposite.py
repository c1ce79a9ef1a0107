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
from bot.language import SPOKEN, expressions, pack
from bot.question.conversation import stands_alone
from bot.question.parts import is_wish, parts, plain
from bot.question.question import Question, identifiers
from bot.question.saying import says
from bot.question.statement import asks_yes_or_no, is_tagged, offers_choice, other_turns, statement
from bot.records import Verdict
from index.lexical.words import words
from index.records import Section


def opposite_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The no of a section to who asks whether the opposite of what it requires is enough; None: it says none."""
    if not section.covered or section.other_source or (asked := _asked(question)) is None:
        return None
    said = (plain(section.quote(span)) for span in section.sentences)
    required = [text for text in said if any(pattern.search(text) for pattern in expressions("opposite", "requires"))]
    return "no" if any(_against(asked, text, question, section, topics) for text in required) else None


def _asked(question: Question) -> str | None:
    """The statement of a question that says of something that it is enough, without what says that."""
    asking = question.asking
    if not says("opposite", "suffices", asking) or question.is_keyword:
        return None
    if is_wish(question.plain) or is_polite(asking) or offers_choice(asking) or not stands_alone(question):
        return None
    said = statement(asking)
    if not (asks_yes_or_no(asking) or is_tagged(asking)) or said.denied or said.spelled or said.stays:
        return None
    rest = said.text
    for pattern in expressions("opposite", "suffices"):
        rest = pattern.sub(" ", rest)
    return f"{question.plain[: question.asks_from]} {rest}" if rest != said.text else None


def _against(asked: str, required: str, question: Question, section: Section, topics: Topics) -> bool:
    """Whether a text says of a thing the opposite of what a sentence requires of it, and nothing else."""
    mentions, known = topics.glossary.mentions, f"{required}\n{plain(section.title)}"
    named = mentions(asked).keys()
    if not named <= mentions(known).keys() or not question.numbers <= identifiers(words(required)):
        return False
    for at, end, needed in _opposites(asked, required):
        phrase, rest = _noun_phrase(required, needed), f"{asked[:at]} {asked[end:]}"
        spoken = topics.glossary.without(rest)
        if not named - mentions(phrase).keys() or not _is_of(asked[end:], phrase, topics):
            continue
        if not negates(spoken) and not other_turns(spoken) and not any(unsaid(rest, known, topics)):
            return True
    return False


def _noun_phrase(required: str, needed: int) -> str:
    """What a sentence requires to be so, behind the word for that: up to the end of it, or of the sentence."""
    ends = (
        match.start() for pattern in expressions("opposite", "requires") for match in pattern.finditer(required, needed)
    )
    return required[needed : min(ends, default=len(required))]


def _is_of(text: str, phrase: str, topics: Topics) -> bool:
    """Whether the first that a text names is what something is required of."""
    terms = topics.glossary.mentions(text)
    term = min(terms, key=lambda name: text.find(terms[name]), default=None)
    first = next(parts(text), None)
    if term is not None and (first is None or text.find(terms[term]) <= first.start):
        return term in topics.glossary.mentions(phrase)
    return first is not None and first.word in {part.word for part in parts(topics.glossary.without(phrase))}


def _opposites(asked: str, required: str) -> Iterator[tuple[int, int, int]]:
    """From where to where a text says the opposite of what a sentence says, and where that ends in the sentence."""
    for left, right in _pairs():
        for mine, theirs in ((left, right), (right, left)):
            if (says := theirs.search(required)) and not mine.search(required) and (match := mine.search(asked)):
                yield *match.span(), says.end()
    for pattern in expressions("opposite", "lacks"):
        for says in pattern.finditer(required):
            state = re.compile(rf"(?<![A-Za-z]){re.escape(says['what'])}[A-Za-z]*", re.IGNORECASE)
            if not any(each.search(asked) for each in expressions("opposite", "lacks")) and (
                match := state.search(asked)
            ):
                yield *match.span(), says.end()


@cache
def _pairs() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    listed = (pair for lang in SPOKEN for pair in pack(lang, "question")["opposite"]["pairs"])
    return [(re.compile(left, re.IGNORECASE), re.compile(right, re.IGNORECASE)) for left, right in listed]
