"""The questions that one text joins: what each has for an answer, and whether these make one answer together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.answering.checked import checked
from bot.answering.joining import Half, joined
from bot.answering.turn import Turn
from bot.evidence.topics import Topics
from bot.question.conversation import says_it
from bot.question.joined import joined_questions
from bot.question.question import Question
from bot.records import Answer, Status

MIN = 2  # questions, of which one may have no answer
Answered = Callable[[Turn], Answer]


def halves(turn: Turn, answered: Answered) -> tuple[Half, ...]:
    """The questions that a text joins, each with its answer; `answered` answers one that goes on from others."""
    texts = joined_questions(turn.text)
    return tuple(
        Half(question, _answer(turn, question, texts[:place], answered))
        for place, question in enumerate(map(turn.searches.question, texts))
    )


def _answer(turn: Turn, question: Question, before: Sequence[str], answered: Answered) -> Answer:
    """By itself, if nothing goes before it or it has a subject of its own; else as what goes on from the ones before.

    What only says "it", or names none of the site's subjects, is by itself answered by accident.
    """
    history = (*turn.history, *before)
    alone = not history or (bool(before) and not (says_it(question) or turn.searches.stays(question)))
    return turn.alone(question) if alone else answered(replace(turn, question=question, history=history))


def together(turn: Turn, asked: Sequence[Half]) -> Answer | None:
    """The answers to the questions of one text; None where fewer than two have one of their own, or none that is named.

    A question without an answer is named as not stated, with what the site says of its topic. One of which nothing is
    known (it may be talk: "can you help?"), or values that are only judged together, leave the text as one question.
    """
    answered = [half for half in asked if half.is_answered]
    leads = {half.lead.section: half for half in reversed(answered)}
    own = [half for half in answered if leads[half.lead.section] is half]
    others = [half for half in asked if half not in own and not (half.is_answered and turn.is_plain(half.answer))]
    if not own or len(own) + len(others) < MIN or not all(_is_known(half, turn.topics) for half in others):
        return None
    if not set(checked(turn.text, turn.lang)) <= {check for half in answered for check in half.answer.checks}:
        return None
    return joined(turn, [_beside(turn, own[0], others), *own[1:]] if others else own, _silent(others))


def the_plain(turn: Turn, asked: Sequence[Half]) -> Answer | None:
    """The first answer that leaves nothing out, where the text as one question has none; the others are named."""
    plain_ones = [half for half in asked if turn.is_plain(half.answer)]
    if not plain_ones:
        return None
    others = [half for half in asked if half not in plain_ones]
    first = _beside(turn, plain_ones[0], others) if others else plain_ones[0]
    return joined(turn, [first], _silent(others)[:1])


def _beside(turn: Turn, half: Half, others: Iterable[Half]) -> Half:
    """The same question beside others that have no answer."""
    missing = " ".join(other.question.text for other in others)
    return replace(half, answer=turn.alone(half.question, missing))


def _silent(others: Iterable[Half]) -> list[Half]:
    """Those of which the site says that it does not cover them."""
    return [half for half in others if half.answer.status is Status.NOT_COVERED]


def _is_known(half: Half, topics: Topics) -> bool:
    """Whether a question names what the site knows, be it as not covered."""
    return half.is_answered or bool(half.answer.outside or topics.glossary.longest(half.question.text))
