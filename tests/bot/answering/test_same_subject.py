"""A short question without a subject stays with that of the one before: laws on made-up sections."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics

from bot.answering.ask import Bot
from bot.answering.same_subject import asked_before, names_no_subject, narrowest, subjects, within
from bot.records import Status

TERMS = (("teapot", "ティーポット", "kettle"), ("samovar", "サモワール"))
SITE = topics(
    section("a#a", "A kettle is held by its handle."),
    section("b#b", "The samovar stands on a tray."),
    section("c#c", "Keys are kept by the porter."),
    section("d#d", "Who may pour is not told.", covered=False),
    section("e#e", "LID42 means that the lid is off."),
    replace(section("glossary#terms"), synonyms=TERMS),
)


@pytest.mark.parametrize(
    "text", ["which permissions?", "権限は何がいるの", "そのあとは", "can I undo that", "戻せる？", "how?"]
)
def test_a_few_words_that_name_no_thing_of_the_site_have_no_subject(text: str):
    assert names_no_subject(asked(text, SITE), SITE)


@pytest.mark.parametrize(
    "text",
    [
        *("and the kettle?", "ティーポットの権限は", "for LID42?", "slackの権限は", "the Dresden permissions?"),
        "which keys does the porter of the house keep?",
    ],
)
def test_a_term_a_name_a_code_or_many_words_are_a_subject(text: str):
    assert not names_no_subject(asked(text, SITE), SITE)


def test_the_subject_is_a_code_or_else_the_terms_under_all_their_names():
    assert subjects(asked("Does LID42 concern the kettle?", SITE), SITE) == {"lid42"}
    assert subjects(asked("Is the kettle hot?", SITE), SITE) == {"teapot", "ティーポット", "kettle"}
    assert subjects(asked("Is it hot?", SITE), SITE) == set()


@pytest.mark.parametrize(
    ("history", "before"),
    [
        ([], None),
        (["hello"], None),
        (["Is the kettle hot?"], "Is the kettle hot?"),
        (["Is the kettle hot?", "which permissions?"], "Is the kettle hot?\nwhich permissions?"),
        (["Is the kettle hot?", "why?", "which permissions?"], "Is the kettle hot?\nwhich permissions?"),
        (["Is the kettle hot?", "thanks"], "Is the kettle hot?"),
        (["which permissions?"], "which permissions?"),
        (["Is the kettle hot?", "and the samovar?"], "Is the samovar hot?"),
        (["Is the kettle hot?", "with a lid"], "Is the kettle hot?\nwith a lid"),
        (["Is the kettle hot?", "with a lid", "can I undo that"], "Is the kettle hot?\nwith a lid\ncan I undo that"),
        (["Is the kettle hot?", "can I undo that", "with a lid"], "Is the kettle hot?\nwith a lid"),
        (["Is the kettle hot?", "is there downtime", "which lid?"], "Is the kettle hot?\nwhich lid?"),
        (["ティーポットは熱い？", "蓋がある場合は？", "なぜ"], "ティーポットは熱い？\n蓋がある場合は？"),
    ],
)
def test_what_goes_on_from_a_question_is_asked_together_with_it(history: list[str], before: str | None):
    asking = asked_before(history, lambda text: asked(text, SITE), SITE)
    assert (asking and asking.text) == before


def test_the_turn_that_named_the_subject_is_kept_beside_what_later_ones_add():
    history = ["Is the samovar hot?", "Is the kettle hot?", "with a lid", "why?", "can I undo that"]
    asking = asked_before(history, lambda text: asked(text, SITE), SITE)
    assert asking is not None
    assert asking.turns == ("Is the kettle hot?", "with a lid", "can I undo that")


def test_only_sections_with_the_subject_stay_beside_what_is_not_covered():
    kept = within(ranking(1, 2, 6, 4, 5, 3), frozenset({"teapot", "kettle"}), SITE)
    assert [SITE.ids[topic] for topic in kept.order] == ["d#d", "a#a"]


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("AGC は kubenet のクラスターで使えますか", "権限は何がいる？"),
        ("Does AGC work on a kubenet cluster?", "which permissions?"),
        ("AGC のサブネットのサイズは？", "保存期間は？"),
        ("Which subnet size does AGC need?", "is it stored anywhere?"),
    ],
)
def test_another_subjects_section_never_answers(bot: Bot, before: str, question: str):
    answer = bot.ask(question, history=[before])
    assert not [each for each in answer.citations if each.section.startswith("service/")]


def test_a_chain_of_short_questions_keeps_the_first_subject(bot: Bot):
    history = ["AGC003 は何を確認しますか", "コマンドはある？", "どう直すの"]
    answers = [bot.ask(text, history=history[:number]) for number, text in enumerate(history)]
    assert [answer.citations[0].section.partition("#")[0] for answer in answers] == ["rules/agc003"] * 3
    assert answers[2].status is Status.ANSWERED


def test_the_words_of_a_subject_stand_together():
    site = topics(section("a#a", "A pot stands on a shelf."), section("b#b", "The pot shelf is of wood."))
    assert within(ranking(2, 1), frozenset({"pot shelf"}), site).order.tolist() == [1]


@pytest.mark.parametrize(
    ("question", "term"),
    [("Does a teapot need a lid?", "lid"), ("Is a lid on the pot?", "lid"), ("Is a lid hot?", None)],
)
def test_it_is_the_term_of_which_the_fewest_sections_speak(question: str, term: str | None):
    over = topics(
        *(section(f"t{n}#t", "A teapot is a pot.") for n in range(3)),
        section("l#l", "A lid is flat."),
        replace(section("glossary#terms"), synonyms=(("teapot", "pot"), ("lid",))),
    )
    assert narrowest(asked(question, over), over) == term


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("does agc work with node subnet", "and what do other documents say about it?"),
        ("AGC はノードサブネットで使えますか", "ほかの文書ではどう書いてある？"),
    ],
)
def test_what_other_documents_say_is_asked_of_the_same_subject(bot: Bot, before: str, question: str):
    assert bot.ask(question, history=[before]).citations[0].section == "agc/disagreements#node-subnet"
