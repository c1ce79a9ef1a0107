"""What people say around their questions: greetings, thanks, "in English please", and what goes on from the last one.

The sentences that are known are data of each language (bot/words/<lang>/conversation.toml).
"""

import re
from collections.abc import Sequence
from functools import cache

from bot.language import SPOKEN, pack
from bot.question.parts import is_closed, kinds_of, neutral, plain, stems
from bot.question.question import Question
from bot.question.statement import is_tagged, untagged

FEW = 2  # words that name something; a question with no more of them may only point back


def small_talk(text: str) -> str | None:
    """`greeting`, `thanks`, `language.<code>` …: what a text says if it says nothing else; None for a question."""
    said = plain(text).strip()
    kinds = (kind for kind, pattern in _talk() if pattern.fullmatch(said))
    return next(kinds, None)


def last_asked(history: Sequence[str]) -> str | None:
    """The question that what follows may be about: greetings, "why?" and bare marks name none."""
    named = (text for text in reversed(history) if any(sign.isalnum() for sign in text))
    return next((text for text in named if not small_talk(text) and not only_a_kind(text)), None)


def points_back(question: Question) -> bool:
    """Whether a question makes sense only after another: "and the nodes?", "why?", 「手順は？」."""
    asked = question.plain.strip()
    leads = any(pattern.search(asked) for pattern in _patterns("leads"))
    return leads or only_a_kind(asked) or says_it(question)


def stands_alone(question: Question) -> bool:
    """Whether a question makes sense by itself, as a statement with which somebody concludes: "So lids fit, no?"."""
    if not points_back(question):
        return True
    asked = question.plain.strip()
    concludes = any(pattern.search(asked) for pattern in _patterns("concludes")) and is_tagged(asked)
    return concludes and not only_a_kind(asked) and not says_it(question)


def says_it(question: Question) -> bool:
    """Whether a question speaks of something only as "it" or "that", beside what its tag says of that again."""
    asked = untagged(question.plain) or question.plain.strip()
    return len(question.words) <= FEW and any(pattern.search(asked) for pattern in _patterns("points"))


def another_subject(question: str) -> str | None:
    """What a question names that asks the one before about something else: "and for E-404?"; None if it does not."""
    matches = (pattern.fullmatch(question.strip()) for pattern in _patterns("exchanges"))
    return next((match["what"].strip() for match in matches if match), None)


def which_of(question: str) -> str | None:
    """The kind of thing of which a question asks which one can what was asked before ("which lid can?"); else None."""
    matches = (pattern.fullmatch(question.strip()) for pattern in _patterns("which"))
    return next((match["what"].strip() for match in matches if match), None)


def restricts(question: Question) -> bool:
    """Whether a question only restricts the one before: "on a tray", "with two lids", 「蓋がある場合は？」."""
    asked = question.plain.strip()
    return len(question.words) <= FEW + 1 and any(pattern.fullmatch(asked) for pattern in _patterns("restricts"))


def of_a_given_value(question: str, kind: str) -> str | None:
    """What a question says beside the kind of a value that was given ("our pot version": "pot"); None: it names none.

    `kind`: version or size.
    """
    packs = (pack(lang, "conversation").get("given", {}) for lang in SPOKEN)
    matches = (re.search(each[kind], question, re.IGNORECASE) for each in packs if kind in each)
    return next((match["what"] for match in matches if match), None)


def looks_up(question: Question) -> bool:
    """Whether a question asks where or how to look something up: "where do I see my size?", and not just "where?"."""
    matches = (match for pattern in _patterns("looks_up") for match in pattern.finditer(question.plain))
    spans = [match.span() for match in matches]
    named = (part for part in question.words if not any(start < part.end and part.start < end for start, end in spans))
    return bool(spans) and any(part.word not in neutral() for part in named)


def of_a_subject(term: str) -> bool:
    """Whether a term is what is asked of any subject ("downtime"), and none itself."""
    return any(pattern.fullmatch(term.strip()) for pattern in _patterns("attributes"))


def meant(question: str) -> str | None:
    """The usual question for a kind of thing that a short one asks for in other words ("is that dangerous?")."""
    asked = plain(question).strip()
    return next((usual for pattern, usual in _meanings() if pattern.fullmatch(asked)), None)


def asks_how(question: Question, before: Question) -> bool:
    """Whether a question asks in the words of the one before how that is done: "how do I fill it then?"."""
    if not question.intents["asks_procedure"] or kinds_of(question.text) or is_closed(question.asking):
        return False
    asked = stems(question.words)
    return bool(asked - neutral()) and asked <= stems(before.words)


def usual_hows(lang: str) -> tuple[str, ...]:
    """The usual questions for how what was asked before is done, the likeliest first."""
    return tuple(pack(lang, "conversation")["do_it"])


def only_a_kind(question: str) -> bool:
    """Whether a question names nothing, but asks for a reason, a date, the steps."""
    return any(pattern.fullmatch(plain(question).strip()) for pattern in _patterns("kinds"))


def turns_round(question: str) -> bool:
    """Whether a question asks for the one before the other way round: "and the reverse?"."""
    return any(pattern.fullmatch(plain(question).strip()) for pattern in _patterns("reverses"))


@cache
def _talk() -> tuple[tuple[str, re.Pattern[str]], ...]:
    packs = [pack(lang, "conversation")["talk"] for lang in SPOKEN]
    return tuple((kind, re.compile(text, re.IGNORECASE)) for talk in packs for kind, text in talk.items())


@cache
def _meanings() -> tuple[tuple[re.Pattern[str], str], ...]:
    packs = [pack(lang, "conversation")["means"] for lang in SPOKEN]
    pairs = [(text, usual) for each in packs for usual, text in each.items()]
    return tuple((re.compile(text, re.IGNORECASE), usual) for text, usual in pairs)


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for lang in SPOKEN for text in pack(lang, "conversation")[name])
