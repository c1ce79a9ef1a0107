"""A sentence that lists what is supported says yes to who asks for one thing of it, in any words, and to no other."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.listed import listed_verdict
from index.records import Section

TERMS = (
    ("oven", "オーブン"),
    ("tray", "お盆"),
    ("glass lid", "ガラスのふた"),
    ("copper lid", "銅のふた"),
    ("tin pot", "ブリキの鍋"),
    ("pot", "鍋"),
)
LIST = section(
    "a#a",
    "On a tray, the oven supports the glass lid, the copper lid, and the tin pot that is dry.",
    title="The tray of the oven",
)
JA = section(
    "a#a",
    "お盆では、オーブンは、乾いたガラスのふた、銅のふた、ブリキの鍋をサポートしています。",
    lang="ja",
    title="オーブンのお盆",
)
KIND = section("b#b", "The oven supports pots with a glass lid.", title="Pots with a glass lid in the oven")
JA_KIND = section("b#b", "オーブンは、銅のふたの鍋に対応しています。", lang="ja", title="銅のふたの鍋とオーブン")
NO = section("c#c", "The copper lid is not supported by the oven.", title="Copper lid is not supported")
JA_NO = section("c#c", "銅のふたは、オーブンではサポートされていません。", lang="ja", title="銅のふたは非対応")


def verdict(question: str, stated: Section) -> str | None:
    over = topics(stated, replace(section("glossary#terms"), synonyms=TERMS))
    return listed_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated", "says"),
    [
        ("On a tray, does the oven support the copper lid?", LIST, "yes"),
        ("does the oven work with the glass lid on a tray?", LIST, "yes"),
        ("can we use the tin pot in the oven on a tray", LIST, "yes"),
        ("On a tray, the copper lid is supported by the oven, right?", LIST, "yes"),
        ("on a tray the copper lid isn't supported by the oven, is that right?", LIST, "no"),
        ("On a tray, is the copper lid unsupported by the oven?", LIST, "no"),
        ("The kitchen is new. On a tray, does the oven support the dry copper lid?", LIST, "yes"),
        ("On a tray, does the oven support both the copper lid and the tin pot?", LIST, "yes"),
        ("On a tray, both the glass lid and the copper lid are supported by the oven, right?", LIST, "yes"),
        ("お盆のオーブンで、銅のふたもブリキの鍋も両方サポートされますよね？", JA, "yes"),
        ("お盆のオーブンは、銅のふたもブリキの鍋も対応していますか？", JA, "yes"),
        ("お盆のオーブンで銅のふたは使えますか", JA, "yes"),
        ("お盆だと銅のふたは使えない、で合ってる？オーブンあり", JA, "no"),
        ("お盆のオーブンは銅のふた非対応でしたっけ", JA, "no"),
        ("お盆のオーブンでブリキの鍋はサポート対象外？", JA, "no"),
        ("Does the oven support a glass lid?", KIND, "yes"),
        ("Does the oven support pots with a glass lid?", KIND, "yes"),
        ("銅のふたはオーブンで使えますか？", JA_KIND, "yes"),
        ("銅のふたの鍋はオーブン非対応でしたっけ", JA_KIND, "no"),
        ("Is the copper lid unsupported by the oven?", NO, "yes"),
        ("the copper lid works in the oven, correct?", NO, "no"),
        ("銅のふたはオーブン非対応ですか？", JA_NO, "yes"),
        ("銅のふたはオーブンで使えますか", JA_NO, "no"),
    ],
)
def test_each_thing_of_the_list_has_the_verdict_of_the_list(question: str, stated: Section, says: str):
    assert verdict(question, stated) == says


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("On a tray, does the oven work with both the copper lid and the tin pot?", LIST),  # at once
        ("On a tray, does the oven support both the copper lid and the tin pot at once?", LIST),
        ("お盆のオーブンは、銅のふたもブリキの鍋も同時に対応していますか？", JA),
        ("On a tray, the oven doesn't support both the copper lid and the tin pot, right?", LIST),
        ("On a tray, does the oven support both the copper lid and the pot?", LIST),
        ("On a tray, does the oven support both lids?", LIST),
        ("お盆のオーブンで、銅のふたもブリキの鍋も一緒に使えますか？", JA),
        ("お盆のオーブンで、銅のふたも鉄の鍋も両方サポートされますよね？", JA),
        ("お盆のオーブンで、銅のふたもブリキの鍋も両方サポートされないですよね？", JA),
        ("Does the oven support the copper lid?", LIST),  # the tray is left open
        ("On a tray, is the copper lid supported?", LIST),
        ("On a tray, does the oven support pots?", LIST),
        ("On a tray, does the oven support the copper lid and the glass lid?", LIST),  # perhaps at once
        ("On a tray, does the oven support the copper lid when cold?", LIST),
        ("On a tray, does the oven only support the copper lid?", LIST),
        ("On a tray, does the oven need the copper lid?", LIST),
        ("On a tray, must the oven be used with the copper lid?", LIST),
        ("On a tray, does the copper lid support the oven?", LIST),
        ("can the copper lid use the oven on a tray?", LIST),
        ("On a tray, is the copper lid not supported by the oven?", LIST),
        ("On a tray, the copper lid isn't unsupported by the oven, right?", LIST),
        ("Doesn't the oven support the copper lid on a tray?", LIST),
        ("On a tray, which copper lid does the oven support?", LIST),
        ("On a tray, does the oven support 2 copper lids?", LIST),
        ("On a tray, does the oven support all of the copper lid?", LIST),
        ("On a tray, does the oven support another copper lid?", LIST),
        ("oven tray copper lid", LIST),
        ("お盆のオーブンで銅のふたは使えない？", JA),
        ("お盆のオーブンで銅のふたしか使えませんか？", JA),
        ("お盆のオーブンで使えるのは銅のふたですか？", JA),
        ("お盆のオーブンで銅のふたを使っていますか？", JA),
        ("お盆のオーブンですべての銅のふたを使えますか？", JA),
        ("お盆のオーブンで2つの銅のふたを使えますか？", JA),
        ("お盆のオーブンで銅のふたを使うべきですか？", JA),
        ("お盆のオーブンは銅のふた非対応じゃないですよね", JA),
        ("お盆だと銅のふたは使えない、で合ってる？オーブンなし", JA),
        ("Does the oven support pots?", KIND),  # of pots with another lid it says nothing
        ("オーブンは鍋に対応していますか？", JA_KIND),
        ("Is the copper lid unsupported by the oven on a tray?", NO),
        ("Is the cold copper lid unsupported by the oven?", NO),
        ("お盆の銅のふたはオーブン非対応ですか？", JA_NO),
        ("銅のふたはオーブン非対応になる予定ですか？", JA_NO),
    ],
)
def test_any_other_question_has_none(question: str, stated: Section):
    assert verdict(question, stated) is None


@pytest.mark.parametrize(
    "text",
    [
        "On a tray, the oven supports only the glass lid and the copper lid.",
        "On a tray, the oven supports two copper lid.",
        "On a tray, the cold oven supports the copper lid.",
        "On a tray, the oven supports the copper lid, but not when cold.",
        "On a tray, the oven supports neither pots nor the copper lid.",
        "On a tray, the oven has shelves that support the copper lid.",
    ],
)
def test_a_list_that_says_more_of_its_things_gives_none(text: str):
    stated = section("a#a", text, title="The tray of the oven")
    assert verdict("On a tray, does the oven support the copper lid?", stated) is None


def test_another_source_what_is_not_covered_and_a_narrower_heading_give_none():
    others = {"other_source": True}, {"covered": False}, {"title": "In a damp kitchen"}, {"path": ("Damp kitchens",)}
    for changed in others:
        assert verdict("On a tray, does the oven support the copper lid?", replace(LIST, **changed)) is None
