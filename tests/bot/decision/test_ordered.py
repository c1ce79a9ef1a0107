"""Of two things that are done one after the other, who says an order is told whether it is the one."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.ordered import order_verdict
from index.records import Section

TERMS = (("lid", "フタ"), ("tea", "紅茶", "black tea"), ("pot", "ポット"), ("tray", "お盆"))
FIRST = "The tea is poured into the pot before the lid is put on."
HEADED = section("a#a", FIRST, title="In a pot, is the lid put on before or after the tea is poured?")
JA = section(
    "a#a",
    "紅茶を注ぐのが先で、フタはその後です。",
    lang="ja",
    title="ポットでは、紅茶を注ぐのとフタをするのとどちらが先？",
)


TURNED = section(
    "a#a",
    "The black tea is poured into the pot before the lid is put on.",
    title="In a pot, is the lid put on before or after the black tea is poured?",
)
MOVED = section(
    "a#a",
    "The pot is moved to a tray before the black tea is poured.",
    title="Is the black tea poured before or after the pot is moved to a tray?",
)


def verdict(question: str, stated: Section) -> str | None:
    over = topics(stated, replace(section("glossary#terms"), synonyms=TERMS))
    return order_verdict(asked(question, over), stated, over)


@pytest.mark.parametrize(
    ("question", "stated", "says"),
    [
        ("In a pot, the tea is poured before the lid is put on, right?", HEADED, "yes"),
        ("In a pot, the lid is put on before the tea is poured, right?", HEADED, "no"),
        ("In a pot, is the lid put on after the tea is poured?", HEADED, "yes"),
        ("In a pot, must the tea be poured after the lid is put on?", HEADED, "no"),
        ("In a pot, the lid is put on first and then the tea is poured, correct?", HEADED, "no"),
        ("In a pot, we put the lid on first and pour the tea afterwards, right?", HEADED, "no"),
        ("In a pot, the tea is poured first, the lid is put on after that, right?", HEADED, "yes"),
        ("The tea is cold... in a pot, is the lid put on before the tea is poured?", HEADED, "no"),
        ("ポットでは、紅茶を注いでからフタをするんですよね", JA, "yes"),
        ("ポットでは、紅茶を注いで、そのあとフタをして大丈夫ですよね", JA, "yes"),
        ("ポットでは、先にフタをして、それから紅茶を注いでも問題ないですよね？", JA, "no"),
        ("お客様が来るのに紅茶がまだで、棚もなくて…ポットではフタをしてから紅茶を注いでもいいですよね？", JA, "no"),
        ("ポットでは、紅茶を注ぐ前にフタをするんですよね", JA, "no"),
        ("ポットでは、フタをした後に紅茶を注ぎますか", JA, "no"),
        ("ポットでは、フタは紅茶の後ですよね", JA, "yes"),
        ("ポットでは、紅茶はフタの前ですよね", JA, "yes"),
        ("ポットでは、紅茶はフタの後になりますか？", JA, "no"),
        ("In a pot, is the lid poured before the tea is poured?", HEADED, None),
        ("紅茶のポットでは、フタをしてから注ぐ順番でいいですか？", JA, "no"),  # one end by a word of it
        ("With black tea in a pot, the lid is put on before it is poured, right?", HEADED, "no"),
        ("In a pot, is the lid put on before pouring the black one?", TURNED, "no"),
        ("In a pot, is the cover put on before the black tea is poured?", TURNED, None),
        ("Is the pot moved to a tray before the black one is poured?", MOVED, "yes"),
        ("Is the pot switched to a tray before the black tea is poured?", MOVED, "yes"),
        ("Is the pot washed on a tray before the black tea is poured?", MOVED, None),
    ],
)
def test_an_order_is_the_stated_one_or_the_other(question: str, stated: Section, says: str | None):
    assert verdict(question, stated) == says


@pytest.mark.parametrize(
    "question",
    [
        "In a pot, is the lid put on before or after the tea is poured?",  # asks which
        "In a pot, is the lid put on before the tea or after it?",
        "In a pot, is the lid put on before the tea is poured, or the other way round?",
        "In a pot, do I put the lid on before pouring or later? There is tea.",
        "ポットでは、フタをした後に紅茶を飲みますか",  # another thing is done
        "ポットでは、フタを消した後に紅茶を注ぎますか",
        "ポットでは、フタをするのは紅茶を注ぐ前ですか、後ですか？",
        "ポットでは、フタをしてから紅茶を注ぎますか、それとも逆ですか？",
        "In a pot, is the lid put on before the tea is poured, or the tea first?",
        "In a pot, is the lid put on?",
        "In a pot, the lid isn't put on before the tea is poured, right?",
        "In a pot, is the lid never put on before the tea is poured?",
        "In a pot, the lid is washed before the tea is poured, right?",  # another thing is done
        "In a pot, is the lid put on before the sugar is poured?",
        "In a pan, is the lid put on before the tea is poured?",  # in another thing
        "In a pot, is the lid put on after the lid is put on?",
        "In a pot, is it wrong that the lid is put on before the tea is poured?",
        "In a pot, is it a problem if the lid is put on before the tea is poured?",
        "In a pot, how is the lid put on before the tea is poured?",
        "What are the steps in a pot if the lid is put on before the tea is poured?",
        "In a pot, put the lid on before the tea is poured",  # asks nothing
    ],
)
def test_another_question_has_no_order(question: str):
    assert verdict(question, HEADED) is None
    assert verdict(question, JA) is None


@pytest.mark.parametrize(
    "stated",
    [
        replace(HEADED, title="In a pot, is the lid put on when the tea is poured?"),  # which asks for no order
        replace(HEADED, covered=False),
        replace(HEADED, other_source=True),
        section("a#a", "The lid and the tea belong together.", title=HEADED.title),
    ],
)
def test_a_section_that_is_not_about_the_order_says_none(stated: Section):
    assert verdict("In a pot, the tea is poured before the lid is put on, right?", stated) is None


def test_a_wording_that_leaves_open_where_says_none():
    worded = replace(HEADED, phrasings=("is the lid put on before the tea is poured",))
    assert verdict("is the lid put on before the tea is poured", worded) is None
