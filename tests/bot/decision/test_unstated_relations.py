"""Directions, counts, negations and kinds of things that a section does not state."""

from dataclasses import replace

import pytest
from handmade import section, topics
from teapots import COLD, DEAF, MOVE, NOTHING, TEAPOT, TERMS, left_out, titled

from bot.decision.unstated import Unstated
from bot.evidence.topics import Topics


@pytest.mark.parametrize("question", ["Can I move from copper cup to green tea?", "from cup to gt?", "cup -> gt"])
def test_a_direction_that_the_section_states_is_accounted_for(site: Topics, question: str):
    assert left_out(site, question, MOVE, model=DEAF) == NOTHING


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Can I move from green tea to copper cup?", ("green tea → copper cup",)),  # turned round
        ("from copper cup to teapot?", ("copper cup → teapot",)),  # from where it begins to elsewhere
        ("from green tea to teapot?", ("green tea → teapot",)),  # from where it ends
        ("Will moving from our old green tea to the teapot break it?", ("green tea → teapot",)),  # terms alone
        ("copper cup から teapot に移せますか", ("copper cup → teapot",)),
    ],
)
def test_an_exchanged_direction_is_named(site: Topics, question: str, names: tuple[str, ...]):
    assert left_out(site, question, MOVE, model=DEAF) == Unstated(names, doubtful=True)


def test_a_direction_is_exchanged_under_any_name(site: Topics):
    lacking = left_out(site, "from gt to cup?", MOVE, model=DEAF)
    assert lacking.doubtful and len(lacking.names) == 1 and "→" in lacking.names[0]


@pytest.mark.parametrize("question", ["from charcoal to copper cup?", "from copper cup to cup?"])
def test_a_direction_between_what_the_glossary_does_not_tell_apart_is_none(site: Topics, question: str):
    assert left_out(site, question, MOVE, model=DEAF) == NOTHING


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Is it one tray, two jars?", ()),
        ("Is it two trays, one jar?", ("two trays", "one jar")),
        ("二つの tray、一つの jar", ("二つの tray", "一つの jar")),
        ("Is it two jars, two trays?", ("two trays",)),  # of one of both there are more
        ("two trays", ()),  # one count alone asks about something else, say
        ("one jar, one tray", ()),
        ("one tray, two trays, one jar, two jars", ()),  # every count of it
        ("one teapot, two cups", ("one teapot", "two cups")),  # the section counts other things
    ],
)
def test_an_exchanged_count_is_named(question: str, names: tuple[str, ...]):
    over = topics(
        titled("a#a", "Two jars, one tray?", "Stack them."), replace(section("glossary#terms"), synonyms=TERMS)
    )
    assert left_out(over, question, 0, model=DEAF).names == names


def test_a_negated_term_that_the_section_does_not_negate_is_named(site: Topics):
    assert left_out(site, "Can I pour without a cup?", MOVE, model=DEAF) == Unstated(("without a cup",), doubtful=True)
    assert left_out(site, "Can I pour without a copper cup?", COLD, model=DEAF) == NOTHING
    assert left_out(site, "注ぐのは、 cup 以外で", MOVE, model=DEAF, lang="ja").names == ("cup 以外",)
    assert left_out(site, "Can I pour without charcoal?", MOVE, model=DEAF) == NOTHING  # of which no term is known


def test_a_negated_verb_takes_no_term_away(site: Topics):
    assert left_out(site, "Does it not support a cup?", MOVE, model=DEAF) == NOTHING


def test_what_is_negated_before_the_sentence_that_asks_tells_of_the_asker(site: Topics):
    question = "We pour without a cup. Which green tea can be moved there?"
    assert left_out(site, question, MOVE, model=DEAF) == NOTHING


@pytest.mark.parametrize(
    ("question", "lang", "name"),
    [
        ("Why is a teapot heated?", "en", "the reason"),
        ("How long is a teapot heated?", "en", "how long it takes"),
        ("Since when are they heated?", "en", "when"),
        ("When was the teapot released?", "en", "when it was or will be released"),
        ("Is there an upper limit for a teapot?", "en", "an upper limit"),
        ("What is the price of a teapot?", "en", "the price"),
        ("Which command heats a teapot?", "en", "the command"),
        ("Can I revert to a teapot that is heated?", "en", "the way back"),
        ("Which logs tell of the teapot?", "en", "messages and logs"),
        ("なぜ teapot を温めるのですか", "ja", "理由"),
        ("なぜ teapot を温めるのですか", "en", "the reason"),  # in the language of the answer
        ("teapot を温めるのに何分かかりますか", "ja", "所要時間"),
        ("teapot を温めるコマンドは", "ja", "コマンド"),
    ],
)
def test_a_kind_of_thing_that_the_section_does_not_state_is_named(site: Topics, question: str, lang: str, name: str):
    assert left_out(site, question, TEAPOT, model=DEAF, lang=lang) == Unstated((name,), doubtful=True)


@pytest.mark.parametrize("question", ["Why is it cold?", "How long is it cold?", "Since when is it cold?"])
def test_a_kind_of_thing_that_the_section_states_is_accounted_for(site: Topics, question: str):
    assert left_out(site, question, COLD, model=DEAF) == NOTHING


def test_kinds_directions_and_negations_are_those_of_the_best_section(site: Topics):
    assert left_out(site, "Why is it heated?", TEAPOT, COLD, model=DEAF).names == ("the reason",)
    assert left_out(site, "Why is it heated?", COLD, TEAPOT, model=DEAF) == NOTHING


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Does a teapot work with green tea?", ("green tea",)),  # of which the section does not speak
        ("ティーポットは green tea に対応していますか", ("green tea",)),
        ("Does a copper cup work with green tea?", ("copper cup", "green tea")),
        ("Is a teapot next to green tea?", ()),  # which does not ask whether they go together
        ("Does a teapot work?", ()),
    ],
)
def test_of_two_terms_that_may_go_together_the_section_has_to_speak_of_both(
    site: Topics, question: str, names: tuple[str, ...]
):
    assert set(left_out(site, question, TEAPOT, model=DEAF).names) == set(names)


def test_counts_are_compared_with_every_cited_section():
    over = topics(
        titled("a#a", "Stacking", "Stack them."),
        titled("b#b", "Two jars, one tray?", "Stack them."),
        replace(section("glossary#terms"), synonyms=TERMS),
    )
    assert left_out(over, "Is it two trays, one jar?", 0, 1, model=DEAF).names == ("two trays", "one jar")


@pytest.mark.parametrize(
    ("question", "cited", "names"),
    [
        ("from copper cup to green tea?", MOVE, ()),
        ("from copper cup to green tea?", COLD, ("copper cup → green tea",)),  # it states no way there
        ("Difference between v1.7.9 and v1.8?", TEAPOT, ("v1.8",)),  # it gives one of two that are compared
        ("Is v1.8 cleaned?", TEAPOT, ()),
        ("Can I move a green tray?", MOVE, ("green tray",)),  # "green" stands before "tea" alone
        ("Can I move green tea?", MOVE, ()),
    ],
)
def test_a_way_a_compared_value_and_a_noun_that_the_section_does_not_state_are_named(
    site: Topics, question: str, cited: int, names: tuple[str, ...]
):
    assert left_out(site, question, cited, model=DEAF).names == names
