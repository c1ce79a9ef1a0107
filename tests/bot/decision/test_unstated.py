"""What an answer leaves out of a question: laws on a made-up site about tea, and on the real one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from handmade import asked, section, topics

from bot.answering.ask import Bot
from bot.decision.account import Account, account, part_features
from bot.decision.logistic import Logistic
from bot.decision.stated import KEPT, stated_by
from bot.decision.unstated import Model, Unstated, load_model, unstated
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.parts import parts
from index.encoder.reader import Reading
from index.records import Section

TERMS = (("teapot", "ティーポット", "kettle"), ("copper cup", "cup"), ("green tea", "gt"), ("tray",), ("jar",))
# A model of one line: what the first section does not speak of is named.
NONE = Logistic({}, -30.0)
PLAIN = Model(Logistic({"missing": (10.0, 0.0, 1.0)}, -5.0), NONE, unstated_from=0.5, doubt_from=0.5)
# A model to which no part is left out: what is compared as such speaks alone.
DEAF = Model(NONE, NONE, unstated_from=0.5, doubt_from=0.5)
NOTHING = Unstated((), doubtful=False)
TEAPOT, MOVE, JAPANESE, COLD = range(4)


def titled(name: str, title: str, *sentences: str, lang: str = "en", phrasings: Sequence[str] = ()) -> Section:
    return replace(section(name, *sentences, lang=lang, title=title), phrasings=tuple(phrasings))


SECTIONS = (
    titled("a#a", "Can a teapot be heated?", "The window is cleaned with v1.7.9.", "Samovar and Leaves, 12 of them."),
    titled("b#b", "Pouring", "You can move from copper cup to green tea.", phrasings=("decanting it",)),
    titled("e#e", "急須を洗う", "水を使います。", lang="ja"),
    titled("f#f", "Cold", "It is drunk without a cup because it is cold.", "It takes five minutes since 2021."),
    replace(section("glossary#terms"), synonyms=TERMS),
    *(titled(f"g{n}#g", f"Number {n}", f"Of the harbour, entry {n}.") for n in range(20)),
)


@pytest.fixture(scope="module")
def site() -> Topics:
    return topics(*SECTIONS)


def left_out(site: Topics, question: str, *cited: int, model: Model = PLAIN, lang: str = "en") -> Unstated:
    read = asked(question, site)
    return unstated(read, cited, account(read, cited, site, model.part), {}, site, lang, model)


@pytest.mark.parametrize(
    "question",
    [
        "Can a teapot be heated?",
        "Can a kettle be heated?",  # another name of the glossary
        "ティーポット?",
        "Are teapots cleaned?",  # a plural is the word
        "cleaning",  # so is another form
    ],
)
def test_what_the_section_names_under_any_name_is_accounted_for(site: Topics, question: str):
    assert left_out(site, question, TEAPOT) == NOTHING


def test_headings_and_phrasings_speak_too(site: Topics):
    assert left_out(site, "decanting", MOVE) == NOTHING
    assert left_out(site, "decanting", TEAPOT) == Unstated(("decanting",), doubtful=True)


def test_what_the_section_does_not_speak_of_is_named_as_it_is_written(site: Topics):
    assert left_out(site, "Can a ＴＥＡＰＯＴ be heated on Charcoal?", TEAPOT) == Unstated(("Charcoal",), doubtful=True)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("heated on brown charcoal", ("brown charcoal",)),  # neighbours are one name
        ("brown teapot charcoal", ("brown", "charcoal")),
        ("charcoal, teapot, charcoal", ("charcoal",)),  # named once
        ("急須の木炭", ("急須の木炭",)),
    ],
)
def test_neighbours_are_named_together_and_nothing_twice(site: Topics, question: str, names: tuple[str, ...]):
    assert left_out(site, question, TEAPOT).names == names


def test_japanese_is_compared_by_pairs_of_letters(site: Topics):
    assert left_out(site, "急須を洗えますか", JAPANESE, lang="ja") == NOTHING
    assert left_out(site, "木炭を洗えますか", JAPANESE, lang="ja").names == ("木炭",)


def test_a_term_of_several_words_is_one_part(site: Topics):
    assert left_out(site, "a copper cup", TEAPOT).names == ("copper cup",)
    assert left_out(site, "a copper cup", MOVE) == NOTHING
    assert left_out(site, "a cup", MOVE) == NOTHING  # by its other name


def test_a_plural_is_the_word_and_a_name_is_not(site: Topics):
    assert left_out(site, "Are windows cleaned?", TEAPOT) == NOTHING
    assert left_out(site, "Is Windows cleaned?", TEAPOT).names == ("Windows",)


@pytest.mark.parametrize(("question", "names"), [("kettle IPs", ()), ("kettle VNets", ()), ("kettle NICs", ("NICs",))])
def test_several_of_an_abbreviation_are_the_same_abbreviation(question: str, names: tuple[str, ...]):
    over = topics(titled("a#a", "Kettle", "The lid takes an IP of its VNet."), titled("b#b", "Other", "Nothing."))
    assert left_out(over, question, 0).names == names


@pytest.mark.parametrize("version", ["v1.7.9", "1.7.9"])
def test_a_version_is_the_same_with_and_without_v(version: str):
    for written in ("v1.7.9", "1.7.9"):
        over = topics(titled("a#a", "Kettle", f"Needs {written} of the lid."), titled("b#b", "Other", "Nothing."))
        assert left_out(over, f"kettle {version}", 0) == NOTHING
        assert left_out(over, f"kettle {version}9", 0).names == (f"{version}9",)


def test_what_many_sections_speak_of_is_never_named(site: Topics):
    assert left_out(site, "Can a teapot be heated in the harbour?", TEAPOT) == NOTHING


def test_a_term_is_named_even_if_many_sections_speak_of_it():
    many = (titled(f"g{n}#g", f"Number {n}", f"Of green tea {n}.") for n in range(20))
    over = topics(titled("a#a", "Teapot", "Heated."), replace(section("glossary#terms"), synonyms=TERMS), *many)
    assert left_out(over, "teapot with green tea", 0).names == ("green tea",)


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
        ("two trays", ()),  # one count alone asks about something else, say
        ("one jar, one tray", ()),
        ("one tray, two trays, one jar, two jars", ()),  # every count of it
        ("one teapot, two cups", ()),  # of what the heading does not count
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


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How do we import a teapot?", ("How do we import a teapot?",)),  # a verb
        ("We plan to rest. How do we import a teapot?", ("How do we import a teapot?",)),
        ("Can the teapot be imported with charcoal?", ("charcoal",)),  # a noun behind a preposition
        ("Can the teapot be imported to Osaka?", ("Osaka",)),
        ("急須を輸入したい", ("急須を輸入したい",)),
        ("急須の輸入は？", ("輸入",)),
    ],
)
def test_what_no_word_names_is_the_sentence_that_asks(site: Topics, question: str, names: tuple[str, ...]):
    lacking = left_out(
        site, question, TEAPOT if question.isascii() else JAPANESE, lang="en" if question.isascii() else "ja"
    )
    assert (lacking.names, lacking.whole) == (names, len(names[0].split()) > 2 or names[0].endswith("たい"))


def test_what_the_section_has_in_so_many_words_is_no_name_for_what_it_lacks(site: Topics):
    """The reader holds every part of this question to be left out; the section speaks of the window."""
    question, everything = asked("Is the window cleaned with charcoal?", site), Logistic({}, 5.0)
    accounted = account(question, [TEAPOT], site, everything)
    named = unstated(question, [TEAPOT], accounted, {}, site, "en", replace(PLAIN, part=everything))
    assert named.names == ("charcoal",)


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


def test_twins_in_other_languages_speak_as_well():
    over = topics(
        titled("a#a", "急須", "洗います。", lang="ja"),
        titled("a#a", "Teapot", "Washed because it is dirty."),
        titled("b#b", "Other", "Nothing."),
    )
    assert left_out(over, "なぜ急須を洗うのですか", 0, lang="ja") == NOTHING
    assert left_out(over, "Why is the teapot washed?", 0) == NOTHING


def test_a_verdict_is_doubtful_before_anything_is_named(site: Topics):
    """Of a part that is missing this model is 0.9933 sure."""
    above, between = replace(PLAIN, doubt_from=0.999, unstated_from=0.999), replace(PLAIN, unstated_from=0.999)
    assert left_out(site, "charcoal", TEAPOT, model=above) == NOTHING
    assert left_out(site, "charcoal", TEAPOT, model=between) == Unstated((), doubtful=True)


@pytest.mark.parametrize(("confidence", "doubtful"), [(0.8, False), (0.2, True)])
def test_without_topics_outside_reader_and_decision_doubt_together(site: Topics, confidence: float, doubtful: bool):
    """One chance in five twice are one in seventeen; four in five and one in five are one in two."""
    model = Model(NONE, NONE, unstated_from=0.9, doubt_from=0.3)
    read = Account(reading=Reading(float(np.log(4)), "Are teapots heated?", ()))
    lacking = unstated(asked("Are teapots heated?", site), [TEAPOT], read, {}, site, "en", model, confidence=confidence)
    assert lacking == Unstated((), doubtful=doubtful)


def test_the_chance_of_a_part_is_the_mean_of_what_model_and_reader_say():
    """Mean of log odds: 0.8 and 0.2 cancel each other, 0.5 says nothing; nothing is quite sure."""
    part = next(parts("charcoal"))

    def both(chance: float, reads: float) -> float:
        reading = Reading(0.0, " charcoal", ((0, 9, reads),))
        ((_, chance_left),) = Account(((part, chance),), reading=reading).left_out()
        return chance_left

    assert [both(*chances) for chances in ((0.8, 0.2), (0.8, 0.8), (0.5, 0.9), (1.0, 1.0))] == pytest.approx(
        [0.5, 0.8, 0.75, 0.99]
    )
    assert Account(((part, 0.7),)).left_out() == [(part, 0.7)]


@pytest.mark.parametrize(("text", "upper"), [("AGC", 1), ("Berlin", 0), ("charcoal", 0), ("茶", 0)])
def test_a_part_in_capitals_is_told_from_other_names(site: Topics, text: str, upper: int):
    assert features(site, f"the {text}", TEAPOT)[text]["upper"] == upper


def test_a_question_without_parts_leaves_nothing_out(site: Topics):
    for question in ("", "Is it?", "?!", "\ud7ff"):
        assert left_out(site, question, TEAPOT) == NOTHING


def features(site: Topics, question: str, *cited: int) -> dict[str, dict[str, float]]:
    read = asked(question, site)
    return {part.text: seen for part, seen in part_features(read, stated_by(cited, site), site)}


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("Is a lid not polished?", ["polished"]),
        ("Can it be heated without a lid?", ["lid"]),
        ("Isn't a lid polished?", []),  # a polite question
        ("A lid never rusts. Can it be polished?", ["rusts"]),
        ("蓋を磨かずに温めますか", ["蓋", "磨"]),
        ("蓋を磨けないでしょうか", []),
        ("グラス以外を磨けますか", ["グラス"]),
    ],
)
def test_what_a_question_takes_away_is_seen(site: Topics, question: str, negated: list[str]):
    assert [name for name, seen in features(site, question, TEAPOT).items() if seen["negated"]] == negated


def test_a_likely_whole_names_its_worst_parts_on_a_site_that_names_what_it_leaves_out(site: Topics):
    """A question of which an answer leaves something out, without a part that is surely it."""
    naming = topics(*SECTIONS, replace(section("x#x", "Coffee is elsewhere."), covered=False))
    wary = Model(Logistic({"missing": (1.0, 0.0, 1.0)}, -2.0), Logistic({"length": (1.0, 0.0, 1.0)}, 0.0), 0.5, 0.5)
    question = asked("Can a teapot be heated on Charcoal?", site)
    accounted = account(question, [TEAPOT], site, wary.part)
    assert unstated(question, [TEAPOT], accounted, {"length": 4.0}, naming, "en", wary).names == ("Charcoal",)
    assert unstated(question, [TEAPOT], accounted, {"length": -4.0}, naming, "en", wary) == NOTHING
    assert unstated(question, [TEAPOT], accounted, {"length": 4.0}, site, "en", wary) == NOTHING


def test_the_account_of_a_question_counts_what_the_best_topic_does_not_speak_of(site: Topics):
    accounted = account(asked("Is a teapot heated on Charcoal in Berlin?", site), [TEAPOT, MOVE], site, PLAIN.part)
    assert [part.text for part, _ in accounted.chances] == ["teapot", "heated", "Charcoal", "Berlin"]
    assert (accounted.missing, accounted.missing_share) == (2.0, 0.5)
    assert accounted.worst == pytest.approx(0.993307, abs=1e-6)
    assert accounted.features()["worst"] == pytest.approx(4.59512, abs=1e-4)  # ln 99: not more than 0.99 sure
    assert account(asked("Is a teapot heated?", site), [], site, PLAIN.part) == Account()


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


def test_features_by_hand(site: Topics):
    seen = features(site, "Is the decanting of a teapot in Berlin 24h?", TEAPOT, MOVE)
    assert seen.keys() == {"decanting", "teapot", "Berlin", "24h"}
    teapot, berlin = seen["teapot"], seen["Berlin"]
    assert (teapot["missing"], teapot["missing_all"], teapot["unlike"], teapot["term"]) == (0, 0, 0, 1)
    assert (berlin["missing"], berlin["missing_all"], berlin["capital"], berlin["absent"]) == (1, 1, 1, 1)
    assert (berlin["often"], berlin["missing_capital"], berlin["negated"]) == (0, 1, 0)
    assert [name for name, each in seen.items() if each["first"]] == ["decanting"]
    assert [name for name, each in seen.items() if each["last"]] == ["24h"]
    assert (seen["decanting"]["missing"], seen["decanting"]["missing_all"]) == (1, 0)  # the second section has it
    assert seen["24h"]["digit"] == 1 and teapot["digit"] == 0
    assert teapot["often"] == pytest.approx(0.693147)  # ln (1 + 1 section)
    assert [each["parts"] for each in seen.values()] == pytest.approx([1.386294] * 4)  # ln 4


def test_the_reviewed_weights_fit_the_code(site: Topics):
    model = load_model()
    assert model.part.terms.keys() == features(site, "teapot", TEAPOT)["teapot"].keys()
    assert 0 < model.doubt_from <= model.unstated_from < 1
    whole = model.whole.terms
    assert Account().features().keys() < whole.keys()
    assert whole["worst"][0] > 0 and whole["total"][0] > 0


def test_what_topics_state_is_kept_within_bounds(site: Topics):
    many = topics(*(titled(f"g{n}#g", f"Number {n}", f"Entry {n}.") for n in range(KEPT + 3)))
    first = stated_by(range(KEPT), many)
    assert len(many.stated) == KEPT and stated_by([0], many)[0] is first[0]
    stated_by([KEPT], many)
    assert list(many.stated) == [KEPT]
    assert stated_by([0], many) == first[:1]


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Can I upgrade from kubenet with Cilium?", "Cilium"),
        ("kubenet からオーバーレイに何分でアップグレードできますか?", "所要時間"),
    ],
)
def test_an_answer_says_first_what_it_leaves_out_and_repeats_no_verdict(bot: Bot, question: str, part: str):
    answer = bot.ask(question)
    first, _, quotes = answer.answer.partition("\n")
    assert answer.status == "answered" and answer.not_stated == (part,) and part in first
    assert not quotes.startswith(("Yes", "No", "はい", "いいえ"))
    assert quotes.split("\n")[0] == answer.citations[0].quote


def test_the_sentence_is_in_the_language_of_the_answer(bot: Bot):
    question = "Can I upgrade from kubenet with Cilium?"
    for lang, name in (("ja", "「Cilium」"), ("en", "“Cilium”")):
        sentence, _, quotes = bot.ask(question, lang).answer.partition("\n")
        assert sentence == say(lang, "answers", "not_stated", names=name) and quotes


@pytest.mark.parametrize("question", ["Can I upgrade from kubenet?", "kubenet からアップグレードできますか?"])
def test_a_question_that_is_covered_whole_gets_its_verdict(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.not_stated == () and answer.answer.startswith(("Yes", "はい"))


def test_what_is_not_answered_leaves_nothing_out(bot: Bot):
    for question in ("What does AGC cost?", "アップグレード"):
        answer = bot.ask(question)
        assert answer.status != "answered" and answer.not_stated == ()
