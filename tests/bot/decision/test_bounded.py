"""Whether a value is the least or the most that is allowed: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.bounded import bound_verdict
from index.records import Section

TERMS = (("lid", "フタ"), ("oven", "オーブン"), ("tray", "お盆"))
LEAST = section("a#a", "In the oven, the lid must be of version 1.7 or later.", title="Which version of the lid fits?")
MOST = section("a#a", "In the oven, the lid may be of version 1.7 or older.", title="Which version of the lid fits?")
JA = section("a#a", "オーブンでは、フタのバージョン 1.7 以降が必要です。", lang="ja", title="フタのバージョンは？")


def verdict(question: str, stated: Section) -> str | None:
    over = topics(stated, replace(section("glossary#terms"), synonyms=TERMS))
    return bound_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated", "says"),
    [
        ("Is 1.7 the minimum version of the lid in the oven?", LEAST, "yes"),
        ("Is 1.7 the maximum version of the lid in the oven?", LEAST, "no"),
        ("1.7 is the highest version of the lid that the oven accepts, right?", LEAST, "no"),
        ("So the oven needs a lid of at least 1.7, correct?", LEAST, "yes"),
        ("So the oven needs a lid of at most 1.7, correct?", LEAST, "no"),
        ("Is 1.7 the maximum version of the lid in the oven?", MOST, "yes"),
        ("1.7 is the lowest version of the lid that the oven allows, right?", MOST, "no"),
        ("オーブンのフタの下限はバージョン1.7ですよね", JA, "yes"),
        ("オーブンのフタの上限はバージョン1.7ですよね", JA, "no"),
        ("オーブンのフタは最大でもバージョン1.7までですよね", JA, "no"),
    ],
)
def test_the_value_of_a_bound_is_its_side_and_not_the_other(question: str, stated: Section, says: str):
    assert verdict(question, stated) == says


@pytest.mark.parametrize(
    "question",
    [
        "Is 1.7 the minimum version of the lid in the oven, or is there none?",
        "Is 1.6 the minimum version of the lid in the oven?",  # of which the section says nothing
        "Is 1.7.1 the minimum version of the lid in the oven?",
        "Is 1.7 the minimum version of the lid?",  # wherever it is
        "Is 1.7 the minimum version of the lid on the tray in the oven?",
        "Is 1.7 the minimum version of the blue lid in the oven?",
        "Is 1.7 the minimum or the maximum version of the lid in the oven?",
        "1.7 isn't the minimum version of the lid in the oven, right?",
        "Isn't 1.7 the minimum version of the lid in the oven?",
        "Is 1.7 the recommended version of the lid in the oven?",
        "What is the minimum version of the lid in the oven?",
        "Is 1.7 the minimum and 1.9 the maximum version of the lid in the oven?",
        "オーブンのフタの下限はバージョン1.6ですよね",
        "フタの下限はバージョン1.7ですよね",
        "オーブンの青いフタの下限はバージョン1.7ですよね",
    ],
)
def test_another_question_has_no_answer(question: str):
    assert verdict(question, LEAST) is None
    assert verdict(question, JA) is None


@pytest.mark.parametrize(
    "stated",
    [
        section("a#a", "In the oven, the lid must be of version 1.7.", title=LEAST.title),
        section("a#a", "In the oven, the lid must be of version 11.7 or later.", title=LEAST.title),
        replace(LEAST, covered=False),
        replace(LEAST, other_source=True),
    ],
)
def test_a_section_that_bounds_by_no_such_value_says_nothing(stated: Section):
    assert verdict("Is 1.7 the minimum version of the lid in the oven?", stated) is None
