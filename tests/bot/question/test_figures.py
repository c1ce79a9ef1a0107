"""Amounts in digits and in words, in both languages, and what is compared with them."""

import pytest

from bot.question.figures import Figure, amount, figures


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a hundred thousand", 100_000),
        ("one million two hundred thousand", 1_200_000),
        ("twenty-five", 25),
        ("64k", 64_000),
        ("1.5 million", 1_500_000),
        ("30,000", 30_000),
        ("十万", 100_000),
        ("三千五百", 3_500),
        ("2百万", 2_000_000),
        ("三千万", 30_000_000),
        ("十二億", 1_200_000_000),
        ("", 0),
    ],
)
def test_words_and_digits_write_amounts(written: str, value: float):
    assert amount(written) == value


@pytest.mark.parametrize(
    ("text", "bound", "less", "same", "more"),
    [
        ("at least a hundred pots", "least", False, True, True),
        ("a hundred pots or more", "least", False, True, True),
        ("more than 100 pots", "above", False, False, True),
        ("up to 100 pots", "most", True, True, False),
        ("fewer than 100 pots", "below", True, False, False),
        ("with 100 pots and up to the lid", "", False, True, False),
        ("100 個以上", "least", False, True, True),
        ("百ポット以上", "least", False, True, True),
        ("100 個を超えると", "above", False, False, True),
        ("100 個より少ない", "below", True, False, False),
        ("100 ポットまで", "most", True, True, False),
        ("100 個のポット", "", False, True, False),
    ],
)
def test_a_figure_admits_what_the_text_compares_with_it(text: str, bound: str, less: bool, same: bool, more: bool):
    (figure,) = figures(text)
    assert (figure.value, figure.bound) == (100, bound)
    assert (figure.admits(99), figure.admits(100), figure.admits(101)) == (less, same, more)


@pytest.mark.parametrize(
    "text",
    [
        "which one of them",
        "version 1.7.9 and 10.0.0.0/16 and a /24",
        "p50, AGC004, KB_2, 200ms",
        "十分です",
        "万一の場合",
        "二者択一",
        "三つ",
    ],
)
def test_what_counts_nothing_is_no_figure(text: str):
    assert figures(text) == ()


def test_each_figure_has_its_place():
    text = "500 questions on a million pages"
    assert figures(text) == (Figure(500, 0, 3), Figure(1_000_000, 19, 26))
