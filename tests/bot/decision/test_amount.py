"""Whether so many of a thing are supported: laws on a made-up kitchen."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.amount import amount_verdict
from index.records import Section

TERMS = (("lid", "フタ"), ("tray", "お盆"), ("oven", "オーブン"), ("pot", "ポット"))
MANY = section("a#a", "The oven supports 40 lids per tray.", title="How many lids per tray does the oven support?")
JA = section(
    "a#a",
    "オーブンは、お盆あたり 40 フタに対応します。",
    lang="ja",
    title="オーブンは、お盆あたり何フタに対応しますか？",
)


def verdict(question: str, stated: Section) -> str | None:
    over = topics(stated, replace(section("glossary#terms"), synonyms=TERMS))
    return amount_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated", "says"),
    [
        ("Does the oven support 40 lids per tray?", MANY, "yes"),
        ("Are 12 lids per tray supported by the oven?", MANY, "yes"),
        ("Does the oven support up to 30 lids per tray?", MANY, "yes"),
        ("Are 41 lids per tray supported by the oven?", MANY, "no"),
        ("Can I put 60 lids on one tray in the oven?", MANY, "no"),
        ("60 lids per tray aren't supported by the oven, right?", MANY, "yes"),
        ("40 lids per tray aren't supported by the oven, right?", MANY, "no"),
        ("オーブンはお盆あたり40フタに対応していますか", JA, "yes"),
        ("オーブンはお盆1つに41個のフタをサポートしますか？", JA, "no"),
        ("オーブンはお盆あたり40フタはサポート外でしたっけ", JA, "no"),
        ("オーブンでは1つのお盆にフタを60個載せられますか？", JA, "no"),
    ],
)
def test_so_many_are_within_what_is_supported_or_beyond_it(question: str, stated: Section, says: str):
    assert verdict(question, stated) == says


@pytest.mark.parametrize(
    "question",
    [
        "Does the oven support 40 trays per lid?",  # the other way round
        "Does the oven support 40 pots per tray?",
        "Does the oven support 40 lids?",  # per what
        "Does the oven support 40 lids per tray and pot?",
        "Does the oven support at least 40 lids per tray?",
        "Does the oven support more than 40 lids per tray?",
        "Does the oven support only 40 lids per tray?",
        "Does the oven support 40 blue lids per tray?",
        "Does the oven support 40 lids per tray and 50 on Mondays?",
        "Does the oven require 40 lids per tray?",
        "Are there 40 lids per tray in the oven?",
        "Does the oven support 40 or 50 lids per tray?",
        "How does the oven support 40 lids per tray?",
        "We want the oven to support 40 lids per tray",
        "オーブンはフタあたり40お盆に対応していますか",
        "オーブンは40フタに対応していますか",
        "オーブンはお盆あたり青い40フタに対応していますか",
    ],
)
def test_another_question_has_no_answer(question: str):
    assert verdict(question, MANY) is None
    assert verdict(question, JA) is None


@pytest.mark.parametrize(
    "stated",
    [
        replace(MANY, title="Which lids does the oven support per tray?"),  # 40 need not be the limit
        section("a#a", "The oven supports at least 40 lids per tray.", title=MANY.title),
        section("a#a", "The oven does not support 40 lids per tray.", title=MANY.title),
        section("a#a", "The oven has 40 lids per tray.", title=MANY.title),
        section("a#a", "The oven supports 40 lids and 20 pots per tray.", title=MANY.title),
        replace(MANY, covered=False),
        replace(MANY, other_source=True),
    ],
)
def test_a_section_that_gives_no_such_amount_says_nothing(stated: Section):
    assert verdict("Does the oven support 40 lids per tray?", stated) is None
