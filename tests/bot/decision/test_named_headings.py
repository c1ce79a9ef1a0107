"""A section headed by what a question names by its code leads: on a made-up site of errors, and on our rules."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics

from bot.answering.ask import Bot
from bot.checks import rules
from bot.decision.named_headings import named_first
from bot.records import Status
from index.records import Section


def titled(name: str, title: str, text: str, *path: str) -> Section:
    return replace(section(name, text, title=title), path=path)


SITE = topics(
    titled("a#a", "Mend it", "Turn the screw.", "TEA07 leaks"),
    titled("b#b", "Mend it", "Change the lid, as for TEA07.", "TEA12 rattles"),
    titled("c#c", "All errors", "TEA07 and TEA12 are errors."),
    titled("d#d", "Table of errors", "TEA07 TEA12 TEA13 TEA14 TEA15 TEA16"),
)


@pytest.mark.parametrize(
    ("question", "scores", "first"),
    [
        ("TEA12, how do I mend it?", (3.0, 2.0, 1.0, 0.0), 1),  # another one is as near
        ("tea12, how do I mend it?", (3.0, 2.0, 1.0, 0.0), 1),
        ("TEA07, how do I mend it?", (3.0, 2.0, 1.0, 0.0), 0),
        ("TEA07, how do I mend it?", (2.0, 3.0, 1.0, 0.0), 0),  # the other one mentions it
        ("TEA12, how do I mend it?", (1.0, 2.0, 3.0, 0.0), 2),  # the best one speaks of it
        ("TEA12, how do I mend it?", (1.0, 2.0, 0.0, 3.0), 1),  # the best one lists it among many
        ("TEA16, how do I mend it?", (1.0, 2.0, 0.0, 3.0), 3),  # … and no other one is about it
        ("TEA99, how do I mend it?", (3.0, 2.0, 1.0, 0.0), 0),  # none is headed by it
        ("How do I mend it?", (3.0, 2.0, 1.0, 0.0), 0),
    ],
)
def test_a_section_headed_by_the_code_that_is_named_leads(question: str, scores: tuple[float, ...], first: int):
    ranked = named_first(asked(question, SITE), ranking(*scores), SITE)
    assert ranked.order[0] == first and ranked.fused.argmax() == first
    assert sorted(ranked.order.tolist()) == [0, 1, 2, 3] == sorted(ranked.places.tolist())


ASKED = (
    "{} fails, how do I fix it?",
    "What does {} check?",
    "{} が不合格です。どう直せばいいですか？",
    "{} は何を確認しますか",
    "{}ってなに見てるルール？",
)


@pytest.mark.parametrize("rule", [rule.id for rule in rules()])
def test_a_question_about_one_rule_is_answered_from_its_page(bot: Bot, rule: str):
    answers = [bot.ask(text.format(rule)) for text in ASKED]
    assert {answer.status for answer in answers} == {Status.ANSWERED}
    assert {answer.citations[0].section.partition("#")[0] for answer in answers} == {f"rules/{rule.lower()}"}
