"""Values of two things are related by a section that gives some of each, and names one of the things."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics
from teapots import titled

from bot.decision.two_values import both_values_first

SITE = topics(
    titled("a#a", "The kettle", "Use kettle 2.4.1 or a later one.", "A stove is hot."),
    titled("b#b", "The numbers", "A kettle is called 2.4.1, 2.5.0 or 3.0.0."),
    titled("c#c", "Together", "A kettle of 2.4.1 or later needs a stove of 3.2."),
    titled("d#d", "The jar", "A jar of 2.4.1 needs a lid of 3.2."),
    replace(section("glossary#terms"), synonyms=(("stove", "hob"),)),
)
TELLS_OF_ONE, TOGETHER = 0, 2


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("kettle 2.5.3 on stove 3.1, ok?", TOGETHER),
        ("does tin version 2.5.3 go with hob 3.1?", TOGETHER),  # under its other name
        ("ヤカン 2.5.3 を kettle 3.1 で", TOGETHER),
        ("kettle 2.5.3, ok?", TELLS_OF_ONE),
        ("kettle 2.5.3 or kettle 2.6.0?", TELLS_OF_ONE),  # two of one thing
        ("kettle 2.5.3 on stove 3.1.0, ok?", TOGETHER),  # values of one form: the sentence names both
        ("saucer 2.5.3 with spoon 3.1, ok?", TELLS_OF_ONE),  # of which no such sentence speaks
    ],
)
def test_the_section_that_relates_both_leads(question: str, first: int):
    ranked = both_values_first(asked(question, SITE), ranking(5.0, 4.0, 3.0, 2.0, 1.0), SITE)
    assert ranked.order[0] == first


def test_one_that_relates_them_and_leads_stays():
    ranked = ranking(4.0, 3.0, 5.0, 2.0, 1.0)
    assert both_values_first(asked("kettle 2.5.3 on stove 3.1?", SITE), ranked, SITE) is ranked
