"""Texts are cut into the most probable pieces; test_transformer.py sets the tokens of the library beside them."""

import pytest

from index.encoder.unigram import Unigram

PIECES = [("<unk>", 0.0), ("\u2581", -2.0), ("a", -3.0), ("b", -3.0), ("ab", -4.0), ("\u2581a", -3.5), ("ba", -9.0)]
SMALL = Unigram([piece for piece, _ in PIECES], [score for _, score in PIECES], 0)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("a", ["\u2581a"]),  # more probable than "\u2581" and "a"
        ("ab", ["\u2581", "ab"]),  # -6.0, against -6.5
        ("ba", ["\u2581", "b", "a"]),  # two likely pieces beat a rare one
        (" a", ["\u2581a"]),
        ("a  a", ["\u2581a", "\u2581a"]),  # spaces in a row are one
        ("a\ta\u200ba", ["\u2581a", "\u2581a", "\u2581a"]),
        ("a\x07b", ["\u2581", "ab"]),  # a control character is left out
        ("xyz", ["\u2581", "<unk>"]),  # unknown letters in a row
        ("axb", ["\u2581a", "<unk>", "b"]),
    ],
)
def test_the_most_probable_pieces(text: str, pieces: list[str]):
    assert [PIECES[number][0] for number in SMALL.ids(text)] == pieces


@pytest.mark.parametrize("text", ["ab  a", "axyzb", "xx", "", "\u3000a", "a\x07b"])
def test_pieces_tell_where_they_begin(text: str):
    written, pieces = SMALL.pieces(text)
    ends = [*(start for start, _ in pieces[1:]), len(written)]
    assert [number for _, number in pieces] == SMALL.ids(text)
    for (start, number), end in zip(pieces, ends, strict=False):
        assert PIECES[number][0] in (written[start:end], "<unk>")
