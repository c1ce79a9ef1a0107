"""A plain sentence about what supports what gives a yes or no to the same plain question, and to no other."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.supported import support_verdict
from bot.evidence.topics import Topics
from index.records import Section

TERMS = (
    ("teapot", "ティーポット", "kettle"),
    ("copper lid", "銅のふた"),
    ("samovar", "サモワール"),
    ("tray", "お盆"),
)
NO = section("a#a", "The copper lid is not supported by the teapot.", "It melts.", title="Copper lid is not supported")
YES = section("b#b", "A samovar is black.", "It is old.", title="Samovar")
JA_NO = section("a#a", "銅のふたは、ティーポットではサポートされていません。", lang="ja", title="銅のふたは非対応")
JA_YES = section("a#a", "サモワールは、お盆に対応しています。", lang="ja", title="サモワールとお盆")


def site(*sections: Section) -> Topics:
    return topics(*sections, replace(section("glossary#terms"), synonyms=TERMS))


def verdict(question: str, stated: Section) -> str | None:
    over = site(stated)
    return support_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated", "says"),
    [
        ("Does the teapot support the copper lid?", NO, "no"),
        ("does kettle support copper lid", NO, "no"),
        ("Is the copper lid supported by the kettle?", NO, "no"),
        ("ティーポットは銅のふたに対応していますか？", NO, "no"),
        ("ティーポットは銅のふたをサポートしてる？", JA_NO, "no"),
        ("銅のふたはティーポットでサポートされていますか", JA_NO, "no"),
        ("サモワールはお盆に対応していますか？", JA_YES, "yes"),
        ("Does the samovar support the tray?", JA_YES, "yes"),
        # Of what a question says that it holds, whether it does.
        ("The teapot supports the copper lid, right?", NO, "no"),
        ("The teapot doesn't support the copper lid, right?", NO, "yes"),
        ("Is it true that the teapot supports the copper lid?", NO, "no"),
        ("Is it true that the copper lid is not supported by the teapot?", NO, "yes"),
        ("ティーポットは銅のふたに対応していますよね？", JA_NO, "no"),
        ("ティーポットは銅のふたに対応していないんですよね？", JA_NO, "yes"),
        ("ティーポットは銅のふたに対応していないんでしたっけ", JA_NO, "yes"),
        ("サモワールはお盆に対応していないですよね", JA_YES, "no"),
        ("サモワールはお盆に対応してるって本当ですか", JA_YES, "yes"),
    ],
)
def test_the_same_relation_of_the_same_terms_has_a_verdict(question: str, stated: Section, says: str):
    assert verdict(question, stated) == says


@pytest.mark.parametrize(
    "question",
    [
        "Does the copper lid support the teapot?",
        "Is the teapot supported by the copper lid?",
        "Does the samovar support the copper lid?",
        "Does the teapot support the tray?",
        "Does the teapot not support the copper lid?",
        "Doesn't the teapot support the copper lid?",
        "Does the teapot only support the copper lid?",
        "Does only the teapot support the copper lid?",
        "The teapot only supports the copper lid, right?",
        "The copper lid doesn't support the teapot, right?",
        "The teapot doesn't support the copper lid on a tray, right?",
        "The teapot doesn't support the copper lid?",  # nobody knows what its yes says
        "Does the teapot support all copper lids?",
        "Does the teapot support two copper lids?",
        "Does the teapot support the copper lid on a tray?",
        "Does the teapot support the copper lid when cold?",
        "Does the teapot 2.0 support the copper lid?",
        "Why does the teapot support the copper lid?",
        "Does the teapot support the copper lid, and the tray?",
        "Does the keeper of the teapot support the copper lid?",
        "銅のふたはティーポットに対応していますか？",
        "ティーポットは銅のふたに対応していませんか？",
        "ティーポットは銅のふただけに対応していますか？",
        "ティーポットはお盆の銅のふたに対応していますか？",
        "冷めたティーポットは銅のふたに対応していますか？",
        "ティーポットは2つの銅のふたに対応していますか？",
        "ティーポットは銅のふたに対応する予定ですか？",
    ],
)
@pytest.mark.parametrize("stated", [NO, JA_NO])
def test_any_other_question_has_none(question: str, stated: Section):
    assert verdict(question, stated) is None


@pytest.mark.parametrize(
    "text",
    [
        "The copper lid is not supported by the cold teapot.",
        "The copper lid is not yet supported by the teapot.",
        "The copper lid is only supported by the teapot.",
        "On a tray, the copper lid is not supported by the teapot.",
        "The copper lid is not supported by the teapot on a tray.",
        "The copper lid is not supported by the teapot, unless it is dry.",
        "It melts.",
    ],
)
def test_a_sentence_that_says_more_or_else_gives_none(text: str):
    assert verdict("Does the teapot support the copper lid?", section("a#a", text, title="Copper lid")) is None


def test_a_later_sentence_another_source_and_a_narrower_heading_give_none():
    later = section("a#a", "It melts.", NO.text.split(". ")[0] + ".", title="Copper lid")
    for stated in (later, replace(NO, other_source=True), replace(NO, covered=False), replace(NO, title="On a tray")):
        assert verdict("Does the teapot support the copper lid?", stated) is None
    assert verdict("Does the teapot support the copper lid?", replace(NO, path=("Damp kitchens",))) is None
