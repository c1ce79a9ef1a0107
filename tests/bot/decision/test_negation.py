"""What a text takes away: terms of the glossary, states, and any other part."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.negation import is_negated, negated_states, negated_terms, negates

SITE = topics(replace(section("glossary#terms"), synonyms=(("lid", "フタ"), ("oven", "オーブン"))))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Do I need a pan without a lid?", {"lid": "without a lid"}),
        ("no lid and no oven", {"lid": "no lid", "oven": "no oven"}),
        ("フタなしで使えますか", {"lid": "フタなしで"}),
        ("It does not support lids.", {}),  # takes away what the verb says
        ("a lid in the oven", {}),
        ("without a spoon", {}),  # no term
    ],
)
def test_terms_that_a_text_takes_away(text: str, terms: dict[str, str]):
    assert negated_terms(text, SITE) == terms


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The pans are not joined.", ["joined"]),
        ("unlinked lids, without warming", ["warming", "linked"]),
        ("フタが接続されていない場合", ["接続"]),
        ("The pans are joined.", []),
        ("フタが接続されていないんですけど、使えますか", ["接続"]),
        ("フタは接続されていないんですよね？", []),  # asks whether it is
        ("フタは接続されていないんでしたっけ", []),
        ("フタは接続されていないって本当ですか", []),
    ],
)
def test_states_that_a_text_denies(text: str, states: list[str]):
    assert [match["what"] for match in negated_states(text)] == states


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Which pan works without Windows?", ["Windows"]),
        ("Isn't the pan warm?", []),  # polite
        ("Isn't the pan warm? Which lid fits it?", []),  # so is a sentence before the one that asks
        ("Which of the pans isn't warm?", ["warm"]),  # polite is only how a sentence begins
        ("フタを入れていない鍋", ["フタ", "入"]),
    ],
)
def test_parts_that_a_text_takes_away(text: str, negated: list[str]):
    question = asked(text)
    parts = [part.text for part in question.parts if is_negated(part, question.plain, question.asks_from)]
    assert parts == negated


@pytest.mark.parametrize(("text", "away"), [("no lid", True), ("unsupported", True), ("不可", True), ("a lid", False)])
def test_whether_a_text_takes_away_anything(text: str, away: bool):
    assert negates(text) is away
