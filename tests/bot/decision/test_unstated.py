"""What an answer leaves out of a question: laws on a made-up site about tea, and on the real one."""

from dataclasses import replace

import numpy as np
import pytest
from handmade import asked, section, topics
from teapots import JAPANESE, MOVE, NONE, NOTHING, PLAIN, SECTIONS, TEAPOT, TERMS, left_out, titled

from bot.decision.account import Account, account, part_features
from bot.decision.logistic import Logistic
from bot.decision.naming import worst_parts
from bot.decision.stated import KEPT, stated_by
from bot.decision.unstated import Model, Unstated, load_model, unstated
from bot.evidence.topics import Topics
from bot.question.parts import parts
from index.encoder.reader import Reading


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


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Can a teapot stand on a Big Copper Board?", "Big Copper Board"),
        ("Can a teapot stand on a Board Game Shelf?", "Board Game Shelf"),
        ("Can a teapot stand on a big Board?", "Board"),
        ("Can a Teapot Board be heated?", "Board"),  # a term is a name by itself
        ("Big Board のティーポットは？", "Big Board"),
    ],
)
def test_a_part_of_a_name_in_capitals_is_never_named_alone(site: Topics, question: str, name: str):
    read = asked(question, site)
    (board,) = (part for part in read.parts if part.text == "Board")
    assert worst_parts(read, Account(((board, 0.9),)), site) == [name]


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
