"""A question to the message that answers it: what commands, messages, buttons and the home have in common."""

import logging
from collections.abc import Sequence
from typing import Any

from bot.language import detect
from bot.service.capacity import FullError
from bot.service.refused import LongError, OftenError
from bot.slack.answer_message import answer_message
from bot.slack.blocks import Message, failure_message, note
from bot.slack.context import Context

_log = logging.getLogger("kb")


async def answered(
    question: str,
    context: Context,
    key: str,
    asker: str,
    *,
    lang: str | None = None,
    reader: str | None = None,
    history: Sequence[str] = (),
    private: bool = True,
    buttons: bool = True,
) -> Message:
    """The message that answers a question, or says why it cannot be answered; never raises.

    `lang`: of the answer, the question's by default; `reader`: of what is said when there is none, `lang` by default;
    `asker`: whose questions are counted, `person()`.
    """
    spoken = reader or lang or detect(question, context.desk.langs)
    try:
        answer = await context.ask(asker, question, lang, history)
        return answer_message(answer, context, key, buttons, history=history, private=private)
    except Exception as error:  # whatever it is, who asked is told
        return excuse(error, spoken)


class TurnedAway(dict[str, Any]):
    """What is said instead of an answer because too much is asked: for the eyes of who asked."""


def excuse(error: Exception, lang: str) -> Message:
    """What who asked is told instead of an answer; the log gets the kind of error, for its text may hold a question."""
    if isinstance(error, LongError):
        return note(lang, "too_long", limit=error.limit)
    if isinstance(error, OftenError):
        return TurnedAway(note(lang, "often", seconds=error.seconds))
    if isinstance(error, FullError):
        return TurnedAway(note(lang, "full"))
    _log.error("slack: a question could not be answered: %s", type(error).__name__)
    return failure_message(lang)
