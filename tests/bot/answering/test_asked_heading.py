"""A covered section headed by the very question asked answers it, whatever topic that is not covered leads."""

import pytest
from handmade import asked, evidence, ranking, section, topics

from bot.answering.asked_heading import asked_heading_first
from bot.answering.searched import Search
from bot.decision.account import Account
from bot.decision.decide import Decision, load_weights
from bot.decision.logistic import Logistic
from bot.records import Status
from index.encoder.reader import Reading
from index.records import Section

PARTS = Logistic({}, -9.0)
SILENT, TOLD, OTHER = "Options of the command that fills pots", "Which command fills a pot with hot water?", "Cups"
KITCHEN = topics(
    section("s#options", "Options are not covered.", title=SILENT, covered=False),
    section("f#fill", "`pour --hot` fills it.", title=TOLD),
    section("a#cups", "A cup holds tea.", title=OTHER),
)
REFUSED = Decision(Status.NOT_COVERED, 0.1)


def leads(question: str, answers: float = 2.0, decision: Decision = REFUSED) -> tuple[str, Status]:
    """The heading that leads, and the decision."""

    def reads(text: str, passage: Section) -> Reading:
        return Reading(answers, text, ())

    search = Search(evidence(KITCHEN, {}), ranking(3.0, 2.0, 0.0), decision, Account())
    led = asked_heading_first(asked(question, KITCHEN), search, KITCHEN, load_weights(KITCHEN), PARTS, reads)
    return KITCHEN.in_language(int(led.ranking.order[0]), "en").title, led.decision.status


@pytest.mark.parametrize("question", ["which command fills", "What command fills pots?", "which command fills the pot"])
def test_the_heading_that_asks_for_the_same_thing_answers(question: str):
    assert leads(question) == (TOLD, Status.ANSWERED)


@pytest.mark.parametrize(
    "question",
    [
        "which command empties",  # another action
        "which command fills a kettle",  # another thing
        "which command?",  # no action
        "how long does it take to fill a pot?",  # another kind of thing
        "which command must not fill a pot?",  # turned round
        SILENT,  # the topic that is not covered by its own name
    ],
)
def test_another_question_is_refused_as_before(question: str):
    assert leads(question) == (SILENT, Status.NOT_COVERED)


def test_what_the_reader_denies_and_what_is_answered_stay_as_they_are():
    assert leads("which command fills", -1.0) == (SILENT, Status.NOT_COVERED)
    assert leads("which command fills", decision=Decision(Status.ANSWERED, 0.9)) == (SILENT, Status.ANSWERED)
