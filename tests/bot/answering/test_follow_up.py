"""Which section a short question after another is told by: laws on made-up sections."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from handmade import asked, section

from bot.answering.follow_up import headed, silent, stating
from index.records import Form, FormKind, Section

BEST = replace(section("tea#tea", "Tea is poured.", title="Can tea be poured?"), links=("lids", "cups"))
LID, CUP = (section(f"{page}#why", "It is hot.", title="Why") for page in ("lids", "cups"))
HOW_LONG = asked("how long?")
ELSEWHERE = section("jars#why", "It is cold.", title="Why")


def code(name: str, label: str) -> Section:
    made = section(name, "az tea pour")
    return replace(made, forms=(Form(FormKind.CODE, 0, len(made.text), label),))


def followed(question: str, *near_by: Section, answers: Mapping[str, float] = {}) -> str | None:
    """The section, where the reader gives these log odds and else very low ones."""
    chosen = headed(asked(question), near_by, lambda each: answers.get(each.id, -9.0))
    return chosen and chosen.id


def test_a_reason_stands_on_the_only_linked_page_that_has_one():
    assert followed("why?", BEST, ELSEWHERE, LID) == "lids#why"
    assert followed("why?", BEST, ELSEWHERE) is None


@pytest.mark.parametrize(
    "question",
    ["how do I fix it?", "the fix?", "どう直すの", "対処方法は？", "which command fixes it?", "直すコマンドは？"],
)
def test_what_mends_a_thing_stands_below_such_a_heading(question: str):
    mended, risks = (section(f"lids#{name}", "Dry it.", title=name) for name in ("How to fix", "While fixing"))
    assert followed(question, BEST, ELSEWHERE, risks, mended) == "lids#How to fix"


def test_a_command_that_mends_may_stand_where_what_mends_leads():
    """Of the sections that show commands the one that answers."""
    lids = replace(code("lids#fix", "bash"), title="How to fix", links=("jars",))
    jars, trays = (replace(code(f"{page}#fix", "bash"), title="How to fix") for page in ("jars", "trays"))
    likely = {"jars#fix": -1.0, "trays#fix": 3.0}
    assert followed("which command fixes it?", BEST, lids, jars, trays, answers=likely) == "jars#fix"
    assert followed("how do I fix it?", BEST, lids, jars, trays, answers=likely) == "lids#fix"


def test_of_several_linked_pages_the_one_that_answers_has_the_reason():
    assert followed("why?", BEST, LID, CUP, answers={"lids#why": 1.0, "cups#why": 2.0}) == "cups#why"
    assert followed("why?", BEST, LID, CUP) is None


@pytest.mark.parametrize(("label", "shown"), [("bash", True), ("console", True), ("", True), ("json", False)])
def test_a_command_is_the_code_of_a_shell(label: str, shown: bool):
    linked = code("lids#fix", label)
    assert followed("which command?", BEST, linked) == ("lids#fix" if shown else None)
    assert followed("which command?", code("tea#it", label)) == ("tea#it" if shown else None)


def test_of_several_commands_the_one_that_answers_is_meant():
    boil, rinse = code("tea#boil", "bash"), code("cups#rinse", "bash")
    assert followed("which command?", BEST, rinse, boil, answers={"tea#boil": 1.0}) == "tea#boil"
    others = [section(f"tea#{n}", "Text.") for n in range(5)]
    far = (BEST, *others, rinse, boil)  # none of the nearest has code: the page of the best one may
    assert followed("which command?", *far, answers={"tea#boil": 1.0}) == "tea#boil"
    assert followed("which command?", *far, answers={"cups#rinse": 1.0}) == "cups#rinse"


def test_silence_about_a_kind_is_near_to_both_questions():
    age = replace(section("tea#age", "Not stated.", title="Age"), covered=False, phrasings=("how long does it keep",))
    others = [section(f"g#{n}", "Text.") for n in range(5)]
    assert silent(HOW_LONG, [age], [BEST, age], {"tea"}) == age
    assert silent(HOW_LONG, [*others, age], [BEST, age], {"tea"}) is None
    assert silent(HOW_LONG, [age], [BEST], {"tea"}) is None
    assert silent(HOW_LONG, [age], [BEST, age], set()) is None
    assert silent(asked("why?"), [age], [BEST, age], {"tea"}) is None
    assert silent(asked("how long does a teapot keep its heat?"), [age], [BEST, age], {"tea"}) is None


POOL = section("cups#glass", "No glass cup.", title="Glass cups in the washing")


@pytest.mark.parametrize(
    ("question", "chosen"), [("glass cups?", "cups#glass"), ("and it is glass?", None), ("the same glass?", None)]
)
def test_a_heading_may_say_more_than_what_is_added_if_it_answers(question: str, chosen: str | None):
    assert followed(question, BEST, POOL, answers={"cups#glass": 0.0}) == chosen
    assert followed(question, BEST, POOL) is None  # it does not answer
    assert headed(asked(question), (BEST, POOL), lambda each: 9.0, adds=False) is None
    asks = replace(POOL, title="Can glass cups be washed?")
    assert followed(question, BEST, asks, answers={"cups#glass": 9.0}) is None  # it answers that


@pytest.mark.parametrize(
    ("question", "chosen"), [("drawbacks?", "pots#far"), ("デメリットは？", "pots#far"), ("why?", None)]
)
def test_a_drawback_is_told_by_a_section_headed_by_the_subject(question: str, chosen: str | None):
    best = section("pots#pot", "A pot is cheap.", title="Pots")
    far = section("pots#far", "A pot cannot be closed.", title="The pot at sea")
    others = (section("cups#cup", "A cup cannot be closed.", title="Cups"), replace(far, title="Is a pot closed?"))
    telling = stating(asked(question), (best, *others, far), best, {"pot"}, lambda each: 1.0)
    assert (telling and telling.title) == (far.title if chosen else None)
    assert stating(asked(question), (best, far), best, {"pot"}, lambda each: -1.0) is None
    assert stating(asked(question), (best, far), far, {"pot"}, lambda each: 1.0) is None  # told already
