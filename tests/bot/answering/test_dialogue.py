"""Three turns and more: the laws of a dialogue's subject, on made-up sections and on the real site."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics

from bot.answering.ask import Bot
from bot.answering.exchange import exchanged
from bot.answering.same_subject import heads, of_each, passes_on
from bot.records import Status

TERMS = (("teapot", "ティーポット", "kettle"), ("samovar", "サモワール"), ("large pot", "/24 pot"))
SITE = topics(
    section("a#a", "A kettle is held by its handle."),
    section("b#b", "The samovar stands on a tray."),
    section("c#c", "A samovar goes with a kettle."),
    section("d#d", "Who may pour is not told.", covered=False),
    replace(section("glossary#terms"), synonyms=TERMS),
)


@pytest.mark.parametrize(
    "text", ["only for one cup", "what if I already have 2", "a smaller and older one instead", "蓋は？"]
)
def test_what_restricts_or_points_back_names_no_subject_however_long(text: str):
    assert passes_on(asked(text, SITE), SITE)


@pytest.mark.parametrize("text", ["on the samovar", "Dresdenの場合は？", "which keys does the old porter keep?", "?"])
def test_what_names_a_thing_or_asks_by_itself_has_its_own_subject(text: str):
    assert not passes_on(asked(text, SITE), SITE)


def test_what_speaks_of_every_turns_subject_goes_before_what_speaks_of_one():
    both = asked("Is the kettle hot?\non the samovar", SITE)
    turns = [asked(text, SITE) for text in both.text.split("\n")]
    kept = of_each(ranking(*range(1, 6)), both, turns, SITE)
    assert {SITE.ids[topic] for topic in kept.order} >= {"c#c", "d#d"}
    assert not {SITE.ids[topic] for topic in kept.order} & {"a#a", "b#b"}


def test_what_speaks_of_one_turns_subject_stays_where_nothing_speaks_of_every_one():
    both = asked("Is the kettle hot?\non a large pot", SITE)
    kept = of_each(ranking(*range(1, 5)), both, [asked(text, SITE) for text in both.text.split("\n")], SITE)
    assert {SITE.ids[topic] for topic in kept.order} >= {"a#a", "c#c", "d#d"}
    assert "b#b" not in {SITE.ids[topic] for topic in kept.order}


def test_a_term_does_not_take_the_place_of_a_value():
    assert exchanged("and for the samovar?", "is a /24 pot ok", SITE) is None


def test_a_heading_has_all_that_a_question_names():
    titled = replace(section("e#e"), title="Choose a cup")
    assert heads(asked("how do I choose a cup?", SITE), titled)
    assert not heads(asked("how do I choose a tray?", SITE), titled)


@pytest.mark.parametrize(
    "history",
    [
        ["How do I redirect a URL?", "only for one path"],
        ["How do I redirect a URL?", "only for one path", "with 308?"],
        ["Where are the access logs of the gateway?", "how do I send them to a storage account", "retention?"],
        ["アクセスログをストレージに送りたい", "手順は？", "保持期間は？"],
        ["ALB コントローラーを Helm で入れる手順は？", "ダウンタイムある？"],
        ["what does AGC cost per month?", "which way is the cheapest for us?", "on which scope"],
    ],
)
def test_what_goes_on_from_what_is_not_covered_is_not_covered(bot: Bot, history: list[str]):
    answer = bot.ask(history[-1], history=history[:-1])
    assert (answer.status, answer.citations) == (Status.NOT_COVERED, ())


@pytest.mark.parametrize(
    ("history", "section"),
    [
        (
            ["upgrade a pod subnet cluster to overlay", "with two AGCs", "can we go back?"],
            "agc/upgrade#cannot-be-undone",
        ),
        (["overlayに移行したい", "AGCがある場合は？", "元に戻せる？"], "agc/upgrade#cannot-be-undone"),
        (
            ["overlayで使えるネットワークポリシーは？", "calicoも？", "overlayじゃない場合は？"],
            "faq#network-policy-in-cni",
        ),
        (["AGC009 fails", "how do I fix it?", "is that dangerous?"], "rules/agc009#what-can-go-wrong"),
        (["AGC004がfail", "なおしかた"], "rules/agc004#how-to-fix"),
        (["can AGC be in another vnet", "even without overlay?"], "agc/limitations#without-overlay"),
    ],
)
def test_a_short_turn_asks_of_what_earlier_turns_named(bot: Bot, history: list[str], section: str):
    answer = bot.ask(history[-1], history=history[:-1])
    assert answer.citations[0].section == section


def test_a_question_of_its_own_is_answered_after_what_is_not_covered(bot: Bot):
    answer = bot.ask("does AGC support kubenet?", history=["what does AGC cost?", "and per day?"])
    assert answer.citations[0].section == "agc/kubenet#kubenet-not-supported"
