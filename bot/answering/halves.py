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
    """The answers to the questions of one text; None where fewer than two are answered by sections of their own.

    A question that is not covered is named as not stated, with what the site says of its topic. One of which nothing
    is known (it may be talk: "can you help?"), or values that are only judged together, leave the text as one question.
    """
    answered = [half for half in asked if half.is_answered]
    refused = [half for half in asked if not half.is_answered]
    leads = {half.lead.section: half for half in reversed(answered)}
    if not leads or len(leads) + len(refused) < MIN or not all(_names(half, turn.topics) for half in refused):
        return None
    if not set(checked(turn.text, turn.lang)) <= {check for half in answered for check in half.answer.checks}:
        return None
    own = [half for half in answered if leads[half.lead.section] is half]
    return joined(turn, [_beside(turn, own[0], refused), *own[1:]] if refused else own, refused)


def the_plain(turn: Turn, asked: Sequence[Half]) -> Answer | None:
    """The first answer that leaves nothing out, where the text as one question has none; the others are named."""
    plain_ones = [half for half in asked if turn.is_plain(half.answer)]
    if not plain_ones:
        return None
    others = [half for half in asked if half not in plain_ones]
    silent = [half for half in others if half.answer.status is Status.NOT_COVERED]
    first = _beside(turn, plain_ones[0], others) if others else plain_ones[0]
    return joined(turn, [first], silent[:1])


def _beside(turn: Turn, half: Half, others: Iterable[Half]) -> Half:
    """The same question beside others that have no answer."""
    missing = " ".join(other.question.text for other in others)
    return replace(half, answer=turn.alone(half.question, missing))


def _names(half: Half, topics: Topics) -> bool:
    """Whether a question without an answer names what the site knows, be it as not covered."""
    refused = half.answer.status is Status.NOT_COVERED
    return refused and bool(half.answer.outside or topics.glossary.longest(half.question.text))
