"""The question before with what the one after it puts in the place of a part: no lid for a lid, the lids for the size.

"And without a lid?" takes away the condition of "Which pot fits with a lid?", and "and about the lids?" names another
thing of which "Which books disagree about the size?" asks. What shows the place is data of each language
(bot/words/<lang>/conversation.toml).
"""

import re
from functools import cache

from bot.answering.turn import Turn
from bot.decision.negation import negated_terms
from bot.decision.stated import headings_of, speaks_of
from bot.language import SPOKEN, pack
from bot.question.conversation import points_back, restricts
from bot.question.parts import neutral
from bot.question.question import Question
from bot.records import Answer, Status


def swapped(turn: Turn, before: Question) -> Answer | None:
    """Answer the question before with a part of it put in another's place; None if the question names none."""
    if not (points_back(turn.question) or restricts(turn.question)):
        return None
    return _taken_away(turn, before) or _in_its_place(turn, before)


def _taken_away(turn: Turn, before: Question) -> Answer | None:
    """The answer without a term that the question before names, if that is all that a question says."""
    negated, named = negated_terms(turn.question.plain, turn.topics), turn.topics.glossary.mentions(before.plain)
    if len(negated) != 1 or not negated.keys() <= named.keys() or negated_terms(before.plain, turn.topics):
        return None
    ((term, how),) = negated.items()
    start = turn.question.plain.find(how)
    if any(not start <= part.start < start + len(how) and part.word not in neutral() for part in turn.question.words):
        return None
    rest = _without(before.plain, named[term])
    said = turn.question.plain.strip(" ?.!。")
    answer = turn.alone(turn.searches.question(f"{said}{', ' if said.isascii() else '、'}{rest}"))
    return answer if answer.status is Status.ANSWERED else None


def _without(text: str, term: str) -> str:
    """A text without a term and what joins it to the rest."""
    start = text.find(term)
    before, behind = text[:start], text[start + len(term) :]
    for pattern in _patterns("joints"):
        joined = pattern.fullmatch(f"{before}\0{behind}")
        if joined:
            return " ".join(f"{joined['before']} {joined['behind']}".split())
    return " ".join(f"{before} {behind}".split())


def _in_its_place(turn: Turn, before: Question) -> Answer | None:
    """The answer about what a question names as the one before names its subject: "about the lid"."""
    for asks, has in zip(_patterns("topic_asks"), _patterns("topic_has"), strict=True):
        asked, earlier = asks.fullmatch(turn.question.plain.strip()), has.search(before.plain)
        if not asked or not earlier or asked["what"].lower() == earlier["what"].lower():
            continue
        start, end = earlier.span("what")
        text = f"{before.plain[:start]}{asked['what'].strip()}{before.plain[end:]}"
        answer = turn.alone(turn.searches.question(text))
        if answer.status is Status.ANSWERED and _is_headed(answer, asked["what"], turn):
            return answer
    return None


def _is_headed(answer: Answer, what: str, turn: Turn) -> bool:
    """Whether the first section that an answer quotes is headed by all that a text names."""
    headings = headings_of(turn.topics.topic_of(answer.citations[0].section), turn.topics)
    named = [part for part in turn.searches.question(what).parts if part.word not in neutral()]
    return bool(named) and all(speaks_of(headings, part, turn.topics) for part in named)


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    packs = (pack(lang, "conversation").get(name, []) for lang in SPOKEN)
    return tuple(re.compile(text, re.IGNORECASE) for texts in packs for text in texts)
