"""What a question gives otherwise than a section is named as it is written: on a made-up site about tea."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics
from teapots import titled

from bot.answering.ask import Bot
from bot.decision.given import given_otherwise

TERMS = (
    ("teapot", "ティーポット", "急須"),
    ("glass teapot",),
    ("shelf",),
    ("porcelain", "磁器"),
    ("spoon", "スプーン"),
)
SITE = topics(
    titled("a#a", "Joined shelves", "Two teapots stand on another shelf. A pipe joins them."),
    titled(
        "b#b", "Warming a teapot", "The teapot is warmed by itself.", phrasings=("一つの shelf にティーポット 2 つ",)
    ),
    titled(
        "c#c",
        "Can I pour into a spoon from outside?",
        "A spoon is not reached from outside. No one can reach it from outside.",
    ),
    titled("d#d", "Cleaned", "It is not cleaned."),
    titled("e#e", "ティーポットの接続", "ティーポットを接続する。外部からスプーンへ接続できない。", lang="ja"),
    titled("f#f", "Among themselves", "Spoons touch each other."),
    replace(section("glossary#terms"), synonyms=TERMS),
    titled("h#h", "Wiping a spoon", "The spoon is wiped. Several lids are not."),
    *(titled(f"g{n}#g", f"Number {n}", f"Entry {n} of the harbour.") for n in range(20)),
)
SHELVES, WARMING, SPOON, CLEANED, JAPANESE, AMONG, _, WIPED = range(8)


@pytest.mark.parametrize(
    ("question", "topic", "names"),
    [
        ("Does it work on the same shelf?", SHELVES, ["same shelf"]),
        ("Does it work on another shelf?", SHELVES, []),
        ("in the same shelf", WARMING, ["same shelf"]),  # it never speaks of the same
        ("in the same room", WARMING, []),  # which is no term
        ("shelves that are not joined", SHELVES, ["not joined"]),
        ("shelves that are joined", SHELVES, []),
        ("not cleaned, fine?", CLEANED, []),  # so says the section
        ("not painted, fine?", SHELVES, []),  # nothing that it is about
        ("接続していないティーポットを置ける?", JAPANESE, ["接続していない"]),
        ("ティーポットを接続していないか?", JAPANESE, []),  # asks whether
        ("Two of them, if porcelain?", SHELVES, ["porcelain"]),
        ("Two lids on one spoon?", WIPED, []),  # of one spoon any text speaks
        ("Two cups on one spoon?", WIPED, ["Two cups", "one spoon"]),
        ("磁器なら置ける?", SHELVES, ["磁器"]),
        ("ティーポットなら温める?", WARMING, []),
        ("温めるのは、磁器。いい?", WARMING, ["磁器"]),
        ("It is warmed by itself, we stay on porcelain, ok?", WARMING, ["porcelain"]),
        ("Do I reassemble the teapot?", WARMING, ["reassemble"]),
        ("ティーポットを再接続する?", JAPANESE, ["再接続"]),
        ("Do I remember the teapot?", WARMING, []),
        ("Can I reach it from another spoon?", SPOON, ["from another spoon"]),
        ("Can I reach it from outside?", SPOON, []),
        ("Can I reach it from the office?", SPOON, []),  # which may be outside
        ("Can a spoon reach the garden?", SPOON, ["a spoon → the garden"]),  # that is told of the way in
        ("will a spoon call something outside directly?", SPOON, ["a spoon → something outside"]),
        ("スプーンから外部の庭へ直接出られますか?", SPOON, ["スプーン → 外部"]),
        ("Can the garden reach a spoon?", SPOON, []),
        ("Can a spoon reach another spoon?", SPOON, []),
        ("Can a teapot reach the garden?", SPOON, []),  # of which it tells nothing
        ("Can a teapot reach the garden?", WARMING, []),
        ("Is there a pipe between two teapots?", SHELVES, ["between two teapots"]),  # it joins shelves
        ("ティーポット同士はつながりますか", SHELVES, ["ティーポット同士"]),
        ("Do they touch, across several spoons?", AMONG, []),
        ("スプーン同士は触れる？", AMONG, []),
        ("two spoons in one shelf", CLEANED, ["two spoons", "one shelf"]),
        ("two teapots on one shelf", WARMING, []),
        ("two saucers on one shelf", WARMING, ["two saucers"]),  # it counts the shelf alone
        ("shelf 一つに急須 2 つ", WARMING, []),  # the kettle of its wording, under another name
        ("How warm is the glass teapot?", WARMING, ["glass teapot"]),  # it speaks of another
        ("Is a glass teapot a teapot?", WARMING, []),
        ("How warm is the teapot?", WARMING, []),
        ("If it is warmed by itself, do I pay for the gas?", WARMING, ["pay", "gas"]),
        ("If it is warmed by itself, does the teapot glow?", WARMING, []),
    ],
)
def test_what_goes_against_a_section_is_named(question: str, topic: int, names: list[str]):
    assert given_otherwise(asked(question, SITE), topic, SITE) == names


@pytest.mark.parametrize(
    "question", ["オーバーレイのPodから外部のIPに直接出ていけますか？", "can pods in overlay call on-prem systems?"]
)
def test_the_way_out_is_not_answered_by_the_way_in(bot: Bot, question: str):
    answer = bot.ask(question)
    assert any("→" in name for name in answer.not_stated) and answer.verdict is None and answer.certainty != "high"


def test_the_way_in_keeps_its_answer(bot: Bot):
    assert bot.ask("can on-prem systems call pods in overlay?").not_stated == ()
