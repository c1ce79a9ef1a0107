"""Spellings of the glossary: what word search looks for beside them, and what is embedded in their place."""

from dataclasses import replace

import pytest

from bot.ask import Bot
from bot.glossary import Glossary
from index.bm25 import WordIndex
from index.words import words

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
def glossary(bot: Bot) -> Glossary:
    section = replace(bot.topics.index.sections[0], synonyms=GROUPS)
    return Glossary([section, replace(section, synonyms=())], WordIndex.of(map(words, PAGES + GLOSSARIES)))


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
    assert glossary.in_main_names(question) == embedded


@pytest.mark.parametrize(
    "question",
    [
        "オーバーレイのサブネット",  # pages write it like this
        "CNI Overlay and the subnet",
        "いつダウンする？",
        "kubnetting novl snets",  # parts of other words
        "オバレイヤー、サブクベネット",
        "ＡＫＳ　？",  # nothing of the glossary: not even the full-width letters change
        "İ overlay İ",  # lower case takes more places than it had
        "",
    ],
)
def test_everything_else_is_embedded_as_it_was_asked(glossary: Glossary, question: str):
    assert glossary.in_main_names(question) == question


def test_a_site_without_a_glossary_changes_nothing():
    nothing = Glossary([], WordIndex.of([["kubenet"]]))
    assert nothing.in_main_names("クベネット kubnet") == "クベネット kubnet"
    assert nothing.expand("kubnet", ["kubnet"]) == ["kubnet"]


@pytest.mark.parametrize("spelling", ["オバレイ", "おーばーれい", "ovl", "CNI overlay"])
def test_other_spellings_find_what_the_usual_one_finds(bot: Bot, spelling: str):
    usual, other = (bot.ask(f"{name}のノードあたりの Pod 数の上限は？") for name in ("CNI オーバーレイ", spelling))
    assert other.status == usual.status == "answered"
    assert other.citations[0].section == usual.citations[0].section
