"""The log has one line for an answer, whichever door gave it, and a question only where the settings say so."""

import logging

import pytest

from bot.records import Answer, Status
from bot.service.answer_log import log_answer

ANSWER = Answer("Is tea hot?", "en", Status.ANSWERED, "It is.", 0.9, (), (), (), 12.5)
ABOUT = {"lang": "en", "status": Status.ANSWERED, "confidence": 0.9, "ms": 12.5}


@pytest.mark.parametrize(
    ("how", "fields"),
    [
        ({"whole": False}, {"characters": 11}),
        ({"whole": True}, {"question": "Is tea hot?"}),
        ({"whole": False, "door": "mcp"}, {"characters": 11, "door": "mcp"}),
    ],
)
def test_a_line_has_what_was_answered_and_the_question_only_if_it_is_wanted(
    caplog: pytest.LogCaptureFixture, how: dict, fields: dict
):
    with caplog.at_level(logging.INFO, "kb"):
        log_answer(ANSWER, **how)
    (record,) = caplog.records
    assert (record.message, record.kb) == ("answer", ABOUT | fields)
