"""No text is shown that says more, less or anything else than the quotes that it names."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from attacks import HONEST, QUOTES, answer, attacks

from bot.writer.checking import checked
from bot.writer.form import LONGEST
from index.records import Section

LANGS = pytest.mark.parametrize("lang", ["ja", "en"])


def passing(lang: str) -> list[str]:
    return [text for text in HONEST[lang] if checked(text, answer(lang))[0]]


@LANGS
def test_every_second_honest_wording_passes(lang: str):
    assert len(passing(lang)) / len(HONEST[lang]) >= 0.5


def test_none_of_two_hundred_attacks_is_shown():
    made = [(kind, text, lang) for lang in QUOTES for kind, text in attacks(lang, passing(lang))]
    assert len(made) >= 200 and len(Counter(kind for kind, *_ in made)) >= 20
    assert [(kind, text) for kind, text, lang in made if checked(text, answer(lang))[0]] == []


@LANGS
def test_quotes_themselves_pass_all_their_sentences_in_order(lang: str):
    end = "。" if lang == "ja" else ". "
    for n, quote in enumerate(QUOTES[lang], 1):
        written, why = checked(
            " ".join(f"{sentence}{end.strip()} [{n}]" for sentence in quote.rstrip(end).split(end)), answer(lang)
        )
        assert written, why


def test_a_text_keeps_its_sentences_and_their_numbers():
    written, _ = checked(f"{HONEST['en'][0]} {HONEST['en'][6]}", answer("en"))
    assert written
    assert [sentence.citations for sentence in written.sentences] == [(1,), (2,)]
    assert written.text == (
        "The Kestrel pump needs firmware 2.4.1 or later [1] Heron filters are not supported by the Kestrel pump [2]"
    ).replace(" [1] ", ". [1] ").replace(" [2]", ". [2]")


@pytest.mark.parametrize(("verdict", "shown"), [("yes", True), ("no", False), ("conditional", False), (None, False)])
def test_a_yes_is_the_answers_or_it_is_not_shown(verdict: str | None, shown: bool):
    text = "Yes, the Kestrel pump needs firmware 2.4.1 or later [1]."
    assert bool(checked(text, answer("en", verdict))[0]) is shown


def test_what_depends_is_not_told_without_its_condition():
    for text, shown in (
        (HONEST["en"][0], False),
        (HONEST["en"][9], True),
        (f"{HONEST['en'][0]} {HONEST['en'][9]}", True),
    ):
        assert bool(checked(text, answer("en", "conditional"))[0]) is shown


WIRES = [
    ("Nodes get VNet addresses and pods get overlay addresses.", "Nodes get overlay addresses [1]."),
    ("Nodes get VNet addresses, pods get overlay addresses.", "Nodes, get overlay addresses [1]."),
    ("The small tank holds 5 litres, the large tank 9 litres.", "The small tank holds 9 litres [1]."),
    ("Pods reach nodes.", "Nodes reach pods [1]."),
    ("Vinegar ruins the seals; citric acid cleans the tank.", "Vinegar cleans the tank [1]."),
    ("If the lamp is red, the pump stops.", "The pump stops [1]."),
    ("Only Heron filters fit.", "Filters fit [1]."),
    ("Do not open the valve before the pump stops.", "Open the valve before the pump stops [1]."),
    ("The pump is not loud but it is heavy.", "The pump is loud but it is not heavy [1]."),
    ("The pump is heavy, not loud.", "The pump is loud, not heavy [1]."),
    # What bounds a statement is left out …
    ("A tank with a red lid needs a new seal before the start.", "A tank needs a new seal before the start [1]."),
    ("Heron filters are not supported in the Turbo pump.", "Heron filters are not supported [1]."),
    ("Some seals may leak when the pump is hot.", "Seals may leak when the pump is hot [1]."),
    ("The maximum is 9 litres per tank.", "The maximum is 9 litres [1]."),
    ("The start takes about 9 minutes.", "The start takes 9 minutes [1]."),
    (
        "The seal cannot be reached directly from outside the tank.",
        "The seal cannot be reached directly from the tank [1].",
    ),
    ("The seal is safe, except in Turbo mode.", "The seal is safe [1]."),
    ("In Turbo mode, oil is not needed.", "Oil is not needed [1]."),
    ("For tanks above 9 litres, a second pump is needed.", "A second pump is needed [1]."),
    ("The pump takes oil, in Turbo mode.", "The pump takes oil [1]."),
    ("During the start, do not open the valve.", "Do not open the valve [1]."),
    # … or turned round.
    ("The seal keeps its shape until the pump starts.", "The seal keeps its shape once the pump starts [1]."),
    ("The size is fixed unless the tanks are linked.", "The size is fixed if the tanks are linked [1]."),
    ("The pump stops because the tank is full.", "The tank is full because the pump stops [1]."),
]
WIRES_JA = [
    (
        "ノードは VNet のアドレスを、Pod はオーバーレイのアドレスを使います。",
        "ノードはオーバーレイのアドレスを使います[1]。",
    ),
    ("ポンプがフィルターを壊します。", "フィルターがポンプを壊します[1]。"),
    ("小さいタンクは 5 リットル、大きいタンクは 9 リットルです。", "小さいタンクは 9 リットルです[1]。"),
    ("赤い場合、ポンプは停止します。", "ポンプは停止します[1]。"),
    ("弁を開かないでください。", "弁を開いてください[1]。"),
    ("Heron フィルターだけが合います。", "Heron フィルターが合います[1]。"),
    ("ポンプを使います。", "いいポンプを使います[1]。"),
    ("ポンプを使います。", "おおいポンプを使います[1]。"),
    ("A から B へ移行します。", "A へ B から移行します[1]。"),
    ("封は、ポンプが起動するまで変わりません。", "封は、ポンプが起動すると変わりません[1]。"),
    ("すべての封が同時に外れます。", "封が同時に外れます[1]。"),
    ("赤い蓋の水槽では、起動の前に新しい封が必要です。", "水槽では、起動の前に新しい封が必要です[1]。"),
    ("運転中は、弁を開かないでください。", "弁を開かないでください[1]。"),
    ("大型機では、油は不要です。", "油は不要です[1]。"),
    ("大型機のものを除き、一部の封は漏れることがあります。", "一部の封は漏れることがあります[1]。"),
    ("起動に約 9 分かかります。", "起動に 9 分かかります[1]。"),
    ("外から封に直接届きません。", "外から封に届きません[1]。"),
    ("同じ油を使えます。", "同じ油を使います[1]。"),
    ("封が交換されます。", "封が交換します[1]。"),
]
APART = [
    ("en", "The pump stops because the tank is full.", "The pump stops [1]."),
    ("en", "The pump stops because the tank is full.", "Because the tank is full, the pump stops [1]."),
    ("en", "The pump stops, and the valve is open.", "The pump stops [1]."),
    ("ja", "ポンプは停止しますが、弁は動きます。", "ポンプは停止します[1]。"),
]


@pytest.mark.parametrize(("lang", "quote", "text"), APART)
def test_the_first_of_two_statements_may_be_said_alone(lang: str, quote: str, text: str):
    given = answer(lang)
    assert checked(text, replace(given, citations=(replace(given.citations[0], quote=quote),)))[0]


@pytest.mark.parametrize(
    ("lang", "quote", "text"), [("en", *wires) for wires in WIRES] + [("ja", *wires) for wires in WIRES_JA]
)
def test_words_of_a_quote_are_not_put_together_anew(lang: str, quote: str, text: str):
    given = answer(lang)
    given = replace(given, citations=(replace(given.citations[0], quote=quote),))
    assert checked(text, given)[0] is None
    assert checked(f"{quote.rstrip('。.').split(';')[0]} [1]", given)[0]


def nuances(lang: str, kind: str) -> list[tuple[bool, str, str]]:
    """Whether each wording is shown; sentences of this site and made-up ones, `wrong` or `faithful` by hand."""
    file = Path(__file__).parents[2] / "data/nuances.jsonl"
    made = list[tuple[bool, str, str]]()
    for row in map(json.loads, file.read_text("utf-8").splitlines()):
        if row["lang"] == lang:
            given = answer(lang)
            given = replace(given, citations=(replace(given.citations[0], quote=row["quote"]),))
            made += [(bool(checked(f"{text} [1]", given)[0]), row["quote"], text) for text in row[kind]]
    return made


@LANGS
def test_another_scope_bound_condition_or_negation_is_not_shown_though_the_words_are_the_quotes(lang: str):
    tried = nuances(lang, "wrong")
    assert len(tried) > 180
    assert [case for shown, *case in tried if shown] == []


@LANGS
def test_every_fourth_faithful_rewording_at_least_is_shown(lang: str):
    shown = [case[0] for case in nuances(lang, "faithful")]
    assert len(shown) > 60 and sum(shown) / len(shown) >= 0.25


# What turns a sentence round, whatever it speaks of.
TURNED = {
    **{" not ": " ", "cannot ": "can ", " must ": " can ", " is ": " is not ", " may ": " will ", " only ": " "},
    **{"before": "after", "from ": "to ", "larger": "smaller", " and ": " or ", "ません": "ます", "必要": "不要"},
    **{
        " if ": " unless ",
        "unless ": "if ",
        "until ": "once ",
        " with ": " without ",
        " all ": " some ",
        "されます": "します",
    },
    **{"されます": "します", "だけ": "", "できます": "できません", "から": "まで", "前に": "後に", "大きい": "小さい"},
}


def test_sentences_of_this_site_pass_as_they_are_and_never_turned_round(sections: tuple[Section, ...]):
    kept = tried = 0
    for section in [section for section in sections if section.covered][::7]:
        for quote in map(section.quote, section.sentences):
            given = answer(section.lang)
            given = replace(given, citations=(replace(given.citations[0], quote=quote),))
            if quote[-1] not in ".。":  # a cell, or a command
                continue
            tried += 1
            if checked(f"{quote} [1]", given)[0] is None:
                continue
            kept += 1
            other = {quote.replace(old, new, 1) for old, new in TURNED.items()}
            other |= {quote.replace(number, str(int(number) + 1), 1) for number in re.findall(r"\d+", quote)}
            assert [text for text in other - {quote} if checked(f"{text} [1]", given)[0]] == []
    assert kept > 0.95 * tried


def test_lengths_are_bounded():
    long = " ".join([HONEST["en"][0]] * 9)
    assert checked(long, answer("en"))[0] is None
    assert checked("a" * (LONGEST + 1), answer("en"))[0] is None
