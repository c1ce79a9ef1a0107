"""A heading that only names what is asked for leads on the page that the question is about."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics

from bot.decision.kind_headings import BEHIND, NEAREST, kind_first, way_back_first
from index.records import Section

LAMP = section("lamps#lamp", "A lamp is lit by hand.", title="Lamps")
WHY = section("lamps#why", "Wind would put it out.", title="Why")
FIX = section("lamps#fix", "Trim the wick.", title="How to fix")
ELSEWHERE = section("rooms#fix", "Open a window.", title="How to fix")


def order(question: str, *listed) -> list[str]:
    """The sections in their new order; each ranks below the one before."""
    over = topics(*listed)
    led = kind_first(asked(question, over), ranking(*range(len(listed), 0, -1)), over)
    assert led.fused[led.places].tolist() == sorted(led.fused.tolist(), reverse=True)
    return [over.ids[topic] for topic in led.order]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("My lamp smokes. How do I fix it?", "lamps#fix"),
        ("lamp smokes, what do I do now", "lamps#fix"),
        ("ランプがすすける。対処方法は？", "lamps#fix"),
        ("why are lamps lit by hand", "lamps#why"),
        ("Is a lamp lit by hand?", "lamps#lamp"),
        ("Which command lights a lamp?", "lamps#lamp"),
    ],
)
def test_the_section_below_what_is_asked_for_leads(question: str, first: str):
    assert order(question, LAMP, WHY, FIX)[0] == first


def test_the_others_keep_their_order():
    assert order("how do I fix a lamp", LAMP, ELSEWHERE, WHY, FIX) == [
        *("lamps#fix", "lamps#lamp", "rooms#fix", "lamps#why")
    ]


def test_another_page_does_not_lead():
    assert order("how do I fix a lamp", LAMP, ELSEWHERE) == ["lamps#lamp", "rooms#fix"]


SMOKE = replace(section("lamps#smoke", "A lamp that smokes is not safe.", title="Smoke"), links=("rules/smoke",))
DAMP = replace(section("rooms#damp", "A damp room is not safe.", title="Damp"), links=("rules/damp",))
BOTH = replace(section("rooms#safe", "Rooms and lamps are safe.", title="Safe"), links=("rules/smoke", "rules/damp"))
NO_SMOKE = section("rules/smoke#fix", "Trim the wick.", title="How to fix")
NO_DAMP = section("rules/damp#fix", "Open a window.", title="How to fix")


@pytest.mark.parametrize(
    ("listed", "first"),
    [
        ((SMOKE, NO_DAMP, NO_SMOKE), "rules/smoke#fix"),  # the page that is pointed at, not the nearest one
        ((LAMP, SMOKE, NO_SMOKE), "rules/smoke#fix"),
        ((BOTH, SMOKE, NO_SMOKE, NO_DAMP, DAMP), "rules/smoke#fix"),  # who points at both tells nothing
        ((DAMP, NO_DAMP, SMOKE, NO_SMOKE), "rules/damp#fix"),
        ((DAMP, NO_SMOKE, NO_DAMP, SMOKE), "rules/damp#fix"),
        ((BOTH, NO_SMOKE, NO_DAMP), "rooms#safe"),
        ((SMOKE, NO_DAMP), "lamps#smoke"),
        ((SMOKE, FIX, NO_SMOKE), "lamps#fix"),  # on the best section's page comes first
    ],
)
def test_who_tells_what_is_wrong_is_led_to_the_remedy_on_the_page_pointed_at(listed: tuple[Section, ...], first: str):
    assert order("my lamp smokes, how do I fix it?", *listed)[0] == first


def test_only_a_remedy_is_sought_on_another_page():
    why = section("rules/smoke#why", "Smoke is not safe.", title="Why")
    assert order("why does my lamp smoke?", SMOKE, why)[0] == "lamps#smoke"


def test_a_page_with_a_remedy_of_its_own_points_nowhere_even_where_that_is_far_behind():
    others = [section(f"rooms#{n}", "A room is dark.", title=f"Room {n}") for n in range(NEAREST)]
    question = "my lamp smokes, how do I fix it?"
    for beside, first in ((FIX, "lamps#smoke"), (WHY, "rules/damp#fix")):
        over = topics(SMOKE, beside, NO_DAMP, DAMP, *others)  # the page's other section ranks last
        led = kind_first(asked(question, over), ranking(NEAREST + 3, 0, NEAREST + 2, *range(NEAREST + 1, 0, -1)), over)
        assert over.ids[led.order[0]] == first


def test_a_heading_that_says_more_names_no_kind():
    risks = section("lamps#risks", "It may burn.", title="What can go wrong while fixing a lamp")
    assert order("how do I fix a lamp", LAMP, risks)[0] == "lamps#lamp"


def test_what_is_far_behind_does_not_lead():
    others = [section(f"rooms#{n}", "A room is dark.", title=f"Room {n}") for n in range(NEAREST - 1)]
    assert order("how do I fix a lamp", LAMP, *others, FIX)[0] == "lamps#lamp"


TERMS = replace(section("glossary#terms"), synonyms=(("barn", "納屋"), ("cellar", "地下室"), ("attic", "屋根裏")))
BARN = replace(section("barn#steps", "Open the door.", title="Steps"), path=("From the barn to the attic",))
CELLAR = replace(section("cellar#steps", "Climb.", title="Steps"), path=("From the cellar to the attic",))
POSSIBLE = section("attic#attic", "The attic can be reached from the barn.", title="From the barn to the attic")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("steps from the barn to the attic", "barn#steps"),
        ("納屋から屋根裏への手順", "barn#steps"),
        ("steps from the cellar to the attic", "cellar#steps"),
        ("is there a way from the barn to the attic?", "attic#attic"),
    ],
)
def test_steps_from_one_thing_to_another_begin_where_the_question_does(question: str, first: str):
    assert order(question, POSSIBLE, CELLAR, BARN, TERMS)[0] == first
    assert order(question, CELLAR, POSSIBLE, BARN, TERMS)[0] == (first if "steps" in first else "cellar#steps")


THERE = section("attic#there", "The attic is reached from the barn, and the barn from the attic.", title="To the attic")
BACK = section("attic#back", "Nobody returns.", title="An irreversible way")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Can the way from the barn to the attic be undone?", "attic#back"),
        ("屋根裏から納屋に戻せますか", "attic#back"),
        ("Is there a way to the attic?", "attic#there"),
    ],
)
def test_the_way_back_is_told_below_a_heading_that_names_it(question: str, first: str):
    over = topics(THERE, BACK)
    assert over.ids[way_back_first(asked(question, over), ranking(2, 1), over).order[0]] == first


def test_a_way_back_that_is_far_behind_does_not_lead():
    over = topics(THERE, BACK)
    led = way_back_first(asked("Can it be undone?", over), ranking(BEHIND + 2, 1), over)
    assert over.ids[led.order[0]] == "attic#there"
