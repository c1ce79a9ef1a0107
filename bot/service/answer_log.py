"""What the log says of an answer, whichever door gave it."""

import logging

from bot.records import Answer

_log = logging.getLogger("kb")


def log_answer(answer: Answer, *, whole: bool, **more: object) -> None:
    """Write an answer in the log; the question itself only if the settings want it `whole`. `more`: further fields."""
    about = {"lang": answer.lang, "status": answer.status, "confidence": answer.confidence, "ms": answer.took_ms}
    question = {"question": answer.question} if whole else {"characters": len(answer.question)}
    _log.info("answer", extra={"kb": more | about | question})
