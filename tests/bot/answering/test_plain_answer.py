"""The plain text of an answer has every value that its first quote shows in the forms of its page."""

from dataclasses import replace

import pytest

from bot.answering.ask import Bot
from bot.answering.blocks import plain
from bot.records import Table

ASKED = (
    "What exit codes does kb plan have?",
    "kb plan の終了コードは？",
    "How do I fix AGC004?",
    "AGC003 はどう直しますか",
    "Which command upgrades a cluster to CNI Overlay?",
    "How many processors for at least 200 questions a second and 100,000 sections?",
    "十万セクションだとコピーのメモリはいくつ？",
    "What does the API return with 413?",
    "kubenet からオーバーレイへの手順を教えてください",
    "How do I choose a CNI plugin?",
    "KB_CLIENT_CONNECTIONS とは",
    "compare overlay and flat networks",
)


@pytest.mark.parametrize("question", ASKED)
def test_what_the_blocks_show_is_in_the_answer(bot: Bot, question: str):
    answer = bot.ask(question)
    lead = answer.citations[0]
    shown = [replace(block, header=()) if isinstance(block, Table) else block for block in lead.blocks]
    assert shown and [line for line in plain(shown).split("\n") if line not in answer.answer] == []
    assert lead.quote in bot.topics.group(lead.section)[lead.lang].text


@pytest.mark.parametrize(
    ("question", "values", "others"),
    [
        ("What exit codes does kb plan have?", ("0\t", "1\tat least one", "3\tinternal error"), ()),
        ("How many copies do I need if I have a hundred thousand sections?", ("100,000",), ("3,000", "10,000\t")),
        ("百万セクションで毎秒 500 問だと、ボットのコピーはいくつ要りますか", ("5371 MiB", "18"), ("3,000",)),
        ("p99 of the bot with more than 30,000 sections?", ("15 ms", "34 ms"), ("10,000\t",)),
        ("How many tokens of a section does the small model read?", ("208 of the section",), ()),
    ],
)
def test_the_rows_that_are_asked_for_are_in_the_answer(
    bot: Bot, question: str, values: tuple[str, ...], others: tuple[str, ...]
):
    answer = bot.ask(question).answer
    assert all(value in answer for value in values)
    assert not any(value in answer for value in others)
