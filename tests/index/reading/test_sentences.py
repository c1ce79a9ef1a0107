"""Where a block of text may be cut into quotable sentences."""

import pytest

from index.reading.sentences import sentences
from index.records import Span

SPLIT = [
    # English
    ["One ends here.", "Two begins."],
    ["Use version 1.7.9 or later.", "Then upgrade."],
    ["It needs 1.7.9.", "Older versions fail."],
    ["The subnet is 10.0.0.0/24.", "A /25 is too small."],
    ["Set it, e.g. overlay, i.e. the new mode, etc. and go on."],
    ["See e.g. Azure CNI Overlay."],
    ["Overlay vs. Flat, cf. Kubenet."],
    ["It takes approx. two minutes."],
    ["Really?!", "Yes!", "Is it so?", "No."],
    ["Wait...", "It is detected after some minutes."],
    ["It is detected… Later."],
    ['He said "stop."', "Then it stopped."],
    ["He said \u201cstop.\u201d", "Then it stopped."],
    ["(A sentence in brackets.)", "Another one."],
    ["Costs fall (see the table.) by half."],
    ["No final full stop"],
    ["One sentence.", "No final full stop"],
    ["Read docs.example.com/a.b?c=d first."],
    ["Yes.", "A cluster can be upgraded."],
    ["Yes, with conditions.", "5 nodes are enough."],
    ["A fact.", "次の文です。"],
    ["It is 5 p.m. in Tokyo."],
    # Japanese
    ["サブネットは /24 です。", "ほかのサイズは使えません。"],
    ["はい。", "ただし条件があります。"],
    ["本当ですか？", "はい！", "いいえ。"],
    ["本当ですか！？", "驚きました。"],
    ["待ってください。。。", "終わりました。"],
    ["バージョン 1.7.9 以降が必要です。", "v1.7.8 は使えません。"],
    ["「停止は数分です。」", "次の文です。"],
    ["「停止は数分です。」と表示されます。", "次の文です。"],
    ["「はい。できます。」という回答です。", "次の文です。"],
    ["『本当ですか！？』と聞かれます。"],
    ["使えます（条件があります。）。", "次の文です。"],
    ["（補足です。）", "次の文です。"],
    ["サポートされません。", "AGC は検出します。"],
    ["句点のない項目"],
    ["一つ目です。", "句点のない項目"],
    ["10.0.0.0/16 は大きすぎます。", "/24 を使います。"],
    ["半角の文です.", "次の文です."],
]


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize("expected", SPLIT, ids=lambda expected: expected[0])
def test_sentences_set_apart_by_white_space(expected: list[str]):
    assert cut(" ".join(expected)) == expected


JAPANESE = [case for case in SPLIT if len(case) > 1 and all(part[-1] in "。！？」）" for part in case[:-1])]


@pytest.mark.parametrize("expected", JAPANESE, ids=lambda expected: expected[0])
def test_japanese_sentences_need_no_white_space(expected: list[str]):
    assert cut("".join(expected)) == expected


def test_white_space_around_sentences_is_left_out():
    assert cut("\u3000 一つ目です。 \u3000二つ目です。\u00a0") == ["一つ目です。", "二つ目です。"]


@pytest.mark.parametrize("text", ["", " ", "\u3000\u00a0"])
def test_nothing_to_quote(text: str):
    assert cut(text) == []


def test_spans_count_from_where_the_block_begins():
    assert list(sentences("A b. C.", start=10)) == [Span(10, 14), Span(15, 17)]


@pytest.mark.parametrize("short", ["fig", "Figs", "eq", "sec", "ch", "vol", "no", "nos", "p", "pp", "ver"])
def test_a_word_that_is_written_short_before_a_number_ends_no_sentence(short: str):
    text = f"See {short}. 3 of it. Then go."
    assert [text[span.start : span.end] for span in sentences(text)] == [f"See {short}. 3 of it.", "Then go."]


@pytest.mark.parametrize("short", ["approx", "incl", "resp", "al", "Mr", "Mrs", "Ms", "Dr", "Prof"])
def test_a_word_that_is_always_written_short_ends_no_sentence(short: str):
    text = f"It was {short}. Smith. Then go."
    assert [text[span.start : span.end] for span in sentences(text)] == [f"It was {short}. Smith.", "Then go."]


def test_what_says_that_there_is_nothing_is_no_sentence():
    assert [list(sentences(text)) for text in ("n/a", " N/A ")] == [[], []]
    assert len(list(sentences("n/a in this version"))) == 1
