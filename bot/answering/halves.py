"""The questions that one text joins: what each has for an answer, and whether these make one answer together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.answering.certainty import certainty
from bot.answering.checked import checked, sentences
from bot.answering.exchange import RARE, begins_with, exchanged, is_headed
from bot.answering.joining import Half, joined
from bot.answering.refusal import listed
from bot.answering.turn import Turn
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.conversation import says_it
from bot.question.joined import joined_questions
from bot.question.parts import kinds_of, plain
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

    What only says "it", or names none of the site's subjects, is by itself answered by accident; what only names
    another subject ("and the teapot?") is answered about that in general. What by itself only has choices, or leaves
    out nothing but what the ones before name, is asked of what they are about, where that leaves nothing out.
    """
    history = (*turn.history, *before)
    if not history:
        return turn.alone(question)
    going_on = replace(turn, question=question, history=history)
    if not before or says_it(question) or turn.searches.stays(question) or _is_exchanged(turn, question, before):
        answer = answered(going_on)
        takes_kind = bool(before) and bool(kinds_of(before[-1]) - kinds_of(question.text))
        own = takes_kind and answer.status is not Status.ANSWERED and _of_its_subject(turn, question, before[-1])
        return own or answer
    alone = turn.alone(question)
    if not _hangs_on(alone, before):
        return alone
    answer = answered(going_on)
    return answer if turn.is_plain(answer) else _headed_by_its_subject(turn, question, before[-1]) or alone


def _is_exchanged(turn: Turn, question: Question, before: Sequence[str]) -> bool:
    """Whether a question only puts another subject in the place of that of the one before."""
    return exchanged(question.text, before[-1], turn.topics) is not None


def _of_its_subject(turn: Turn, question: Question, before: str) -> Answer | None:
    """The plain answer about the terms that the question before names, and nothing else that it asks of them."""
    named = turn.topics.glossary.mentions(plain(before)).values()
    if not named:
        return None
    answer = turn.alone(turn.searches.question(" ".join((question.text, *named))))
    return answer if turn.is_plain(answer) else None


def _headed_by_its_subject(turn: Turn, question: Question, before: str) -> Answer | None:
    """The plain answer of a section that a term heads which the question before names, and that heads few."""
    topics = turn.topics
    for term in topics.glossary.mentions(plain(before)):
        headed = sum(is_headed(topic, term, topics) for topic in range(len(topics)))
        answer = turn.about(question, term) if headed <= RARE * len(topics) else None
        if answer and turn.is_plain(answer) and begins_with(term, answer, topics):
            return answer
    return None


def _hangs_on(alone: Answer, before: Sequence[str]) -> bool:
    """Whether an answer has only choices, or leaves out nothing but what the questions before name."""
    if alone.status is not Status.ANSWERED:
        return alone.status is Status.CLARIFY
    return bool(alone.not_stated) and all(any(name in plain(text) for text in before) for name in alone.not_stated)


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
    """The same question beside others that have no answer; its own answer names them, where it has none by itself."""
    missing = " ".join(other.question.text for other in others)
    answer = turn.alone(half.question, missing)
    if answer.status is Status.ANSWERED and answer.citations[0].section == half.lead.section:
        return replace(half, answer=answer)
    own, lang = half.answer, turn.lang
    judged = len(sentences(own.question, own.checks, lang))
    lines = own.answer.split("\n")
    key = "other_source_beside" if turn.quotes_other_source(own) else "not_stated"
    said = say(lang, "answers", key, names=listed((missing,), lang))
    text = "\n".join((*lines[:judged], said, *lines[judged:]))
    sure = certainty(own.confidence, left_out=True)
    return replace(half, answer=replace(own, answer=text, not_stated=(missing, *own.not_stated), certainty=sure))


def _silent(others: Iterable[Half]) -> list[Half]:
    """Those of which the site says that it does not cover them."""
    return [half for half in others if half.answer.status is Status.NOT_COVERED]


def _is_known(half: Half, topics: Topics) -> bool:
    """Whether a question names what the site knows, be it as not covered."""
    return half.is_answered or bool(half.answer.outside or topics.glossary.longest(half.question.text))
