"""What a topic that is not covered names as its exception is answered: laws on a made-up site about pots."""

from dataclasses import replace

import pytest
from handmade import asked, evidence, ranking, section, topics

from bot.answering.ask import Bot
from bot.answering.excepted import exception_first
from bot.answering.searched import Search
from bot.decision.account import Account
from bot.decision.decide import Decision, load_weights
from bot.decision.logistic import Logistic
from bot.evidence.evidence import CHANNELS
from bot.question.parts import Part
from bot.records import Status
from index.encoder.reader import Reading
from index.records import Link, Section

PARTS = Logistic({}, -9.0)
CLOSING, LIDS, CUPS = "closing#how", "scope#lids", "cups#cups"
SILENT = section(LIDS, "Lids are not covered. Only how one is closed is told.", title="Lids", covered=False)
KITCHEN = topics(
    replace(SILENT, linked=(Link("closed", f"/en/{CLOSING.replace('#', '/#')}"),), phrasings=("lids of Contoso",)),
    section(CLOSING, "Turn it.", title="Closing"),
    section(CUPS, "A cup holds tea.", title="Cups"),
)
REFUSED = Decision(Status.NOT_COVERED, 0.1)
NAMED = Account(outside=0)
CONTOSO = Part("Contoso", 9, 16, "latin", True, True)


def leads(
    order: tuple[float, float, float] = (3.0, 2.0, 1.0),
    *,
    answers: float = 2.0,
    wording: tuple[float, float, float] = (0.92, 0.91, 0.9),
    decision: Decision = REFUSED,
    accounted: Account = NAMED,
    question: str = "Lids: how closed?",
) -> tuple[str, Status]:
    """The section that leads, and the decision; of the lids, the closing and the cups."""

    def reads(text: str, passage: Section) -> Reading:
        return Reading(answers, text, ())

    seen = evidence(KITCHEN, {})
    seen.raw[:, CHANNELS.index("phrasing")] = wording
    search = Search(seen, ranking(*order), decision, accounted)
    led = exception_first(asked(question, KITCHEN), search, KITCHEN, load_weights(KITCHEN), PARTS, reads)
    return KITCHEN.in_language(int(led.ranking.order[0]), "en").id, led.decision.status


def test_the_exception_to_which_the_refusal_links_answers():
    assert leads() == (CLOSING, Status.ANSWERED)


@pytest.mark.parametrize(
    "given",
    [
        {"answers": 0.0},  # the reader doubts it
        {"wording": (0.95, 0.91, 0.9)},  # the refused topic is asked much more alike
        {"question": "How do we get rid of it?"},  # names nothing
        {"accounted": Account(outside=0, outside_part=CONTOSO)},  # a name of which no covered section has a word
    ],
)
def test_what_is_no_exception_is_refused_as_before(given):
    assert leads(**given) == (LIDS, Status.NOT_COVERED)


def test_what_is_answered_stays_and_another_near_section_is_no_exception():
    assert leads(decision=Decision(Status.ANSWERED, 0.9)) == (LIDS, Status.ANSWERED)
    assert leads((3.0, 1.0, 2.0))[0] == CLOSING  # the cups are nearer, and no exception


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [
        ("how do i tell if my agc is byo or managed by the alb controller", True),
        ("うちの AGC が BYO か ALB コントローラー管理かって、どう見分けるの", True),
        ("how do I install ALB Controller with helm", False),
        ("delete an AGC", False),
        ("which NSG rules does the AGC subnet need", False),
        ("can I use windows containers with AGC", False),
    ],
)
def test_the_exceptions_of_the_site(bot: Bot, question: str, is_answered: bool):
    assert (bot.ask(question).status is Status.ANSWERED) is is_answered
