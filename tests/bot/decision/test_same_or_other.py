"""A question about another of a kind is not answered by what holds for the same: on a made-up site, and on ours."""

import pytest
from handmade import asked, ranking, section, topics

from bot.answering.ask import Bot
from bot.decision.same_or_other import asked_side_first, in_one_place, sides

SITE = topics(
    section("a#a", "Both kettles must stand in the same kitchen.", title="Kettles of the same kitchen"),
    section("b#b", "Both kettles may stand in different kitchens, if a pipe joins them.", title="Kettles apart"),
    section("c#c", "A kettle needs a plug."),
    section("d#d", "The same kitchen or different kitchens: a kettle boils.", title="Boiling"),
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Is a different kitchen fine?", {"kitchen": {True}}),
        ("in the same kitchen or in another kitchen", {"kitchen": {True, False}}),
        ("the kitchens are different", {"kitchen": {True}}),
        ("one kitchen", {}),
        ("pot and kettle in one kitchen, ok?", {"kitchen": {False}}),
        ("may both stand in a single kitchen?", {}),  # which counts, and says nothing of two kitchens
        ("鍋とやかんを1つのキッチンに", {"キッチン": {False}}),
        ("鍋 2 つを1つのキッチンに", {}),
        ("別キッチンのやかん", {"キッチン": {True}}),
        ("同じキッチンに置く", {"キッチン": {False}}),
        ("キッチンが違う", {"キッチン": {True}}),
    ],
)
def test_a_text_says_of_what_there_is_the_same_and_of_what_another(text: str, said: dict[str, set[bool]]):
    assert {what: stated for what, (stated, _) in sides(text).items()} == said


@pytest.mark.parametrize(
    ("question", "scores", "first"),
    [
        ("May they stand in different kitchens?", (4.0, 3.0, 2.0, 1.0), 1),
        ("May they stand in the same kitchen?", (3.0, 4.0, 2.0, 1.0), 0),
        ("May they stand in the same kitchen?", (4.0, 3.0, 2.0, 1.0), 0),
        ("May they stand in different kitchens?", (3.0, 1.0, 2.0, 4.0), 3),  # it speaks of both
        ("May they stand in different rooms?", (4.0, 3.0, 2.0, 1.0), 0),  # none speaks of these
        ("The same kitchen or a different kitchen?", (4.0, 3.0, 2.0, 1.0), 0),
        ("May they stand in a kitchen?", (4.0, 3.0, 2.0, 1.0), 0),
        ("Two kettles, both in Oslo. Allowed?", (3.0, 4.0, 2.0, 1.0), 0),  # which is the same kitchen
        ("Two kettles in Oslo. Allowed?", (3.0, 4.0, 2.0, 1.0), 1),
        ("やかん 2 つ（どちらも oslo）は？", (3.0, 4.0, 2.0, 1.0), 0),
        ("Kettle in North Hall, pot in north-hall. Allowed?", (3.0, 4.0, 2.0, 1.0), 0),
        ("kettle: oslo / pot: oslo", (3.0, 4.0, 2.0, 1.0), 0),
        ("やかんは京都、鍋も京都、どう？", (3.0, 4.0, 2.0, 1.0), 0),
        ("Kettle in Oslo, pot in Bergen. Allowed?", (3.0, 4.0, 2.0, 1.0), 1),
        ("Kettle in Hall 2, pot in Hall. Allowed?", (3.0, 4.0, 2.0, 1.0), 1),
        ("Two kitchens, kettle in Oslo, pot in Oslo. Allowed?", (3.0, 4.0, 2.0, 1.0), 1),  # Oslo is no kitchen
    ],
)
def test_the_section_on_the_side_that_is_asked_for_leads(question: str, scores: tuple[float, ...], first: int):
    ranked = asked_side_first(asked(question, SITE), ranking(*scores), SITE)
    assert ranked.order[0] == first and sorted(ranked.order.tolist()) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("both kettles are in Bergen", True),
        ("both of them in oslo", True),
        ("両方とも oslo に置く", True),
        ("どちらも京都です", True),
        ("one in Oslo, the other also Oslo", True),
        ("one in Oslo, one in Bergen", False),
        ("both in the same kitchen", False),  # names none
        ("both in different kitchens", False),
        ("one is in Oslo", False),
        ("どちらも可能ですか", False),  # no place
        ("どちらもサポートされますか", False),
    ],
)
def test_two_things_are_both_in_a_place_that_is_named(text: str, both: bool):
    assert in_one_place(text) is both


@pytest.mark.parametrize(
    ("texts", "section"),
    [
        (["別リージョンの VNet とピアリングしている場合、AGC を置けますか"], "faq#peered-other-region"),
        (["can agc be in a different region peered vnet"], "faq#peered-other-region"),
        (["can agc be in a same region peered vnet"], "faq#peered-same-region"),
        (
            ["AGC を同じリージョンのピアリングした別 VNet に置ける？", "じゃあ別リージョンは？"],
            "faq#peered-other-region",
        ),
        (["is agc in a peered vnet of the same region ok", "and in a different region?"], "faq#peered-other-region"),
        (["AGC is in eastus, cluster is in eastus, VNets peered"], "faq#peered-same-region"),
        (["AGC is in east us, cluster is in east us 2, VNets peered"], "faq#peered-other-region"),
        (["AGC: japaneast / AKS: japaneast / VNet peering あり / overlay"], "faq#peered-same-region"),
        (["AGC: japaneast / AKS: japanwest / VNet peering あり / overlay"], "agc/limitations#global-vnet-peering"),
    ],
)
def test_regions_are_told_apart(bot: Bot, texts: list[str], section: str):
    assert bot.ask(texts[-1], history=texts[:-1]).citations[0].section == section
