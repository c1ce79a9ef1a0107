"""Spellings of the glossary: what word search looks for beside them, and what is embedded in their place."""

from dataclasses import replace

import pytest
from handmade import section

from bot.answering.ask import Bot
from bot.language import SPOKEN, detect
from bot.question.glossary import Glossary
from index.lexical.bm25 import WordIndex
from index.lexical.words import words

GROUPS = (
    ("CNI オーバーレイ", "CNI Overlay", "オーバーレイ", "オバレイ", "overlay", "ovl"),
    ("kubenet", "クベネット", "kubnet"),
    ("サブネット", "subnet", "snet"),
    ("停止", "outage", "ダウン"),
)
# What the pages say, each text beside two glossaries that hold every spelling once.
PAGES = ["kubenet、CNI オーバーレイ、サブネット、停止", "kubenet, CNI Overlay, subnet, an outage, ダウン"] * 3
GLOSSARIES = [" ".join(term for group in GROUPS for term in group)] * 2


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return made(*GROUPS)


def made(*groups: tuple[str, ...]) -> Glossary:
    """A glossary in two languages over PAGES."""
    listed = replace(section("glossary#terms"), synonyms=groups)
    return Glossary([listed, replace(listed, synonyms=())], WordIndex.of(map(words, PAGES + GLOSSARIES)))


def in_main_names(glossary: Glossary, question: str) -> str:
    return glossary.in_main_names(question, detect(question, SPOKEN))


def test_words_of_the_main_names_join_those_of_the_question(glossary: Glossary):
    assert glossary.expand("kubnet?", ["kubnet"]) == ["kubnet", "kubenet", "クベ", "ベネ", "ネッ", "ット"]
    assert glossary.expand("something else", ["something", "else"]) == ["something", "else"]


@pytest.mark.parametrize(
    ("question", "embedded"),
    [
        ("クベネットで使える？", "kubenetで使える?"),  # another script
        ("kubnet ok?", "kubenet ok?"),  # a spelling that no page uses
        ("オバレイにする", "CNI オーバーレイにする"),
        ("OVLにする", "CNI オーバーレイにする"),
        ("going ovl", "going CNI Overlay"),  # in the language of the question
        ("overlayとsubnet", "CNI オーバーレイとサブネット"),
        ("さぶねっとの大きさ", "サブネットの大きさ"),  # in hiragana
        ("ｻﾌﾞﾈｯﾄとクベネット", "サブネットとkubenet"),
    ],
)
def test_a_spelling_that_says_little_to_the_encoder_is_embedded_by_its_main_name(
    glossary: Glossary, question: str, embedded: str
):
    assert in_main_names(glossary, question) == embedded


@pytest.mark.parametrize(
    "question",
    [
        "オーバーレイのサブネット",  # pages write it like this
        "CNI Overlay and the subnet",
        "いつダウンする？",
        "Is KUBENET ok?",  # a capital is no other spelling
        "kubnetting novl snets",  # parts of other words
        "オバレイヤー、サブクベネット",
        "ＡＫＳ　？",  # nothing of the glossary: not even the full-width letters change
        "İ overlay İ",  # lower case takes more places than it had
        "",
    ],
)
def test_everything_else_is_embedded_as_it_was_asked(glossary: Glossary, question: str):
    assert in_main_names(glossary, question) == question


def test_a_site_without_a_glossary_changes_nothing():
    nothing = Glossary([], WordIndex.of([["kubenet"]]))
    assert in_main_names(nothing, "クベネット kubnet") == "クベネット kubnet"
    assert nothing.expand("kubnet", ["kubnet"]) == ["kubnet"]


@pytest.mark.parametrize("spelling", ["オバレイ", "おーばーれい", "ovl", "CNI overlay"])
def test_other_spellings_find_what_the_usual_one_finds(bot: Bot, spelling: str):
    usual, other = (bot.ask(f"{name}のノードあたりの Pod 数の上限は？") for name in ("CNI オーバーレイ", spelling))
    assert other.status == usual.status == "answered"
    assert other.citations[0].section == usual.citations[0].section


@pytest.mark.parametrize(
    ("question", "embedded"),
    [
        ("kubnet", "kubenet"),  # the whole question
        ("a kubnet", "a kubenet"),
        ("1kubnet", "1kubnet"),
        ("kubnet1", "kubnet1"),
        ("skubnet kubnets kubnet", "skubnet kubnets kubenet"),  # the first places are parts of other words
        ("クベネット", "kubenet"),
        ("オクベネット", "オクベネット"),
        ("クベネットー", "クベネットー"),
        ("のクベネットの", "のkubenetの"),
        ("クベネットとkubnetとクベネット", "kubenetとkubenetとkubenet"),
        ("İİ kubnet", "i̇i̇ kubenet"),  # lower case takes more places than it had: the places are those of lower case
    ],
)
def test_a_term_stands_where_no_word_goes_on(glossary: Glossary, question: str, embedded: str):
    assert in_main_names(glossary, question) == embedded


def test_of_terms_that_begin_at_one_place_the_longest_counts():
    both = made(("kubenet", "kub"), ("CNI Overlay", "kub net"))
    assert in_main_names(both, "kub net or kub") == "CNI Overlay or kubenet"


def test_what_is_in_a_longer_term_is_no_other():
    both = made(("CNI Overlay", "ovl net"), ("subnet", "net ovl"))
    assert in_main_names(both, "ovl net ovl") == "CNI Overlay ovl"


def test_of_two_groups_with_one_term_the_first_counts():
    both = made(("kubenet", "kbn"), ("CNI Overlay", "kbn"))
    assert in_main_names(both, "kbn") == "kubenet"
    assert both.expand("kbn", ["kbn"]) == ["kbn", "kubenet", "cni", "overlay"]


def test_an_english_question_gets_the_latin_one_of_the_first_two_names():
    assert in_main_names(made(("停止", "outage", "otg")), "an otg") == "an outage"
    assert in_main_names(made(("停止", "中断", "otg")), "an otg") == "an 停止"
    assert in_main_names(made(("outage", "downtime", "otg")), "an otg") == "an outage"
    assert in_main_names(made(("outage", "停止", "otg")), "an otg") == "an outage"
    assert in_main_names(made(("otg", "ダウン")), "a ダウン") == "a otg"
    assert in_main_names(made(("停止",)), "停止 now") == "停止 now"


def test_the_first_two_names_join_the_words_and_the_question_keeps_its_own_first():
    glossary = made(("alpha", "beta", "gamma"))
    assert glossary.expand("gamma ray", ["gamma", "ray"]) == ["gamma", "ray", "alpha", "beta"]
    assert glossary.expand("gammas", ["gammas"]) == ["gammas"]


def test_a_spelling_counts_as_used_by_its_rarest_word():
    """Each glossary names it once, in two languages twice; what stands more often is the pages' own."""
    assert in_main_names(made(("停止", "outage kubenet")), "outage kubenet?") == "outage kubenet?"
    assert in_main_names(made(("outage", "subnet zebra")), "subnet zebra?") == "outage?"


def test_a_term_that_ends_in_another_script_is_no_half_of_a_word_in_katakana():
    assert in_main_names(made(("subnet", "サブ網")), "サブ網ネット") == "subnetネット"
    assert in_main_names(made(("subnet", "網サブ")), "ネット網サブ") == "ネットsubnet"
    assert in_main_names(made(("subnet", "網サ")), "網サブ") == "網サブ"


def test_a_word_has_the_names_of_every_term_that_it_is_or_is_part_of(glossary: Glossary):
    assert glossary.names("kubnet") == {"kubenet", "クベネット", "kubnet"}
    assert glossary.names("cni") == glossary.names("overlay") == glossary.names("cni overlay")
    assert glossary.names("overlay") >= {"cni オーバーレイ", "cni overlay", "overlay", "ovl"}
    assert glossary.names("kub") == glossary.names("kubnets") == frozenset()
    both = made(("CNI Overlay", "ovl"), ("subnet", "CNI net"))
    assert both.names("cni") == {"cni overlay", "ovl", "subnet", "cni net"}  # of two groups, both
    assert both.names("ovl") == {"cni overlay", "ovl"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a Kubnet", "kubenet"),  # the first name, normalised
        ("the OVL and its snet", "サブネット"),  # the longest that stands there
        ("CNI overlay or overlay", "cni オーバーレイ"),
        ("クベネットで", "kubenet"),
        ("kubnets, novl", None),  # parts of other words
        ("", None),
    ],
)
def test_the_longest_term_of_a_text_has_its_first_name(glossary: Glossary, text: str, name: str | None):
    assert glossary.longest(text) == name


def test_a_single_letter_is_no_term_that_a_text_names():
    assert made(("subnet", "x")).longest("x") is None


def test_terms_of_several_words_stand_at_their_places():
    both = made(("kubenet", "kub net"), ("CNI Overlay", "big-ovl"), ("subnet", "net ovl"), ("outage",))
    text = "kub net, big-ovl and outage, kub nets"
    assert [(text[start:end], name) for start, end, name in both.terms(text)] == [
        ("kub net", "kubenet"),
        ("big-ovl", "cni overlay"),  # a hyphen makes several words, too
    ]
    assert both.terms("outage kubenet") == both.terms("") == []


def test_of_terms_that_overlap_the_longest_is_one():
    both = made(("kubenet", "kub net"), ("subnet", "net ovl long"), ("outage", "long way"))
    assert both.terms("kub net ovl long way") == [(4, 16, "subnet")]
    assert both.mentions("kub net ovl long way") == {"subnet": "net ovl long"}
    assert both.terms("kub net kub net") == [(0, 7, "kubenet"), (8, 15, "kubenet")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Does kubenet have a subnet?", {"kubenet": "kubenet", "サブネット": "subnet"}),
        ("CNI Overlay, an outage", {"cni オーバーレイ": "CNI Overlay", "停止": "outage"}),  # the longest term, once
        ("overlay and Overlay", {"cni オーバーレイ": "overlay"}),
        ("kubenet overlay", {"kubenet": "kubenet", "cni オーバーレイ": "overlay"}),  # side by side
        ("停止のサブネット", {"停止": "停止", "サブネット": "サブネット"}),
        ("nothing of it", {}),
    ],
)
def test_mentions_are_the_terms_that_a_text_names(glossary: Glossary, text: str, named: dict[str, str]):
    assert glossary.mentions(text) == named


@pytest.mark.parametrize(
    ("text", "term"), [("kubenet", True), (" Overlay? ", True), ("my kubenet", False), ("", False)]
)
def test_a_term_alone_is_a_term(glossary: Glossary, text: str, term: bool):
    assert glossary.is_term(text) is term


def test_every_name_of_every_term_in_a_text():
    glossary = made(("green tea", "gt"), ("Cup", "ティーカップ"))
    assert glossary.all_names("a gt in a cup") == {"green tea", "gt", "cup", "ティーカップ"}
    assert glossary.all_names("cups of tea") == set()


def test_a_letter_by_itself_is_no_mention_of_a_term():
    assert made(("K", "kettle"), ("cup", "mug")).mentions("a K or a Mug") == {"cup": "Mug"}
