"""The tokens of a text in the bundled model: Unigram, as the tokenizer of XLM-RoBERTa has it.

Kudo, "Subword Regularization" (2018), section 3.2: of all ways to cut a text into pieces the one whose pieces are most
probable together, found by Viterbi. The library `tokenizers`, with which the index is built, needs a second to load
this vocabulary and 150 MB for it; a test holds both to the same tokens.
"""

import re
from array import array
from collections.abc import Iterable, Sequence

from index.normal_form import nfkc

SPACE = "\u2581"  # how a piece writes a space
RARE = 10.0  # an unknown letter is so much less probable (in logs) than the rarest piece

# SentencePiece's rule "nmt": some control characters are left out, other marks of space are spaces.
_NMT = dict.fromkeys([*range(1, 9), 0x0B, *range(0x0E, 0x20), 0x7F, 0x8F, 0x9F]) | dict.fromkeys(
    [0x09, 0x0A, 0x0C, 0x0D, 0x1680, *range(0x200B, 0x2010), 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD], " "
)


class Unigram:
    """Pieces with the logarithms of their probabilities, ready to cut texts."""

    def __init__(self, pieces: Sequence[str], scores: Iterable[float], unknown: int) -> None:
        self._number = dict(zip(pieces, range(len(pieces)), strict=True))
        self._score = array("d", scores)
        self._longest = max(map(len, pieces))
        self._unknown = unknown
        self._unknown_score = min(self._score) - RARE

    def ids(self, text: str) -> list[int]:
        """Numbers of the pieces of a text, without markers; letters in a row that no piece has are one unknown."""
        return [piece for _, piece in self.pieces(text)[1]]

    def pieces(self, text: str) -> tuple[str, list[tuple[int, int]]]:
        """The text as it is cut, a mark for each space, and of each piece where it begins in it and its number."""
        plain = re.sub(" {2,}", " ", nfkc(text.translate(_NMT)))
        marked = plain.replace(" ", SPACE)
        written = marked if marked[:1] in ("", SPACE) else SPACE + marked
        return written, self._cut(written)

    def _cut(self, text: str) -> list[tuple[int, int]]:
        end, number, score = len(text), self._number, self._score
        best = [0.0, *[float("-inf")] * end]  # of all ways to cut text[:i]
        last = [(0, self._unknown)] * (end + 1)  # where their last piece begins, and its number
        for start in range(end):
            so_far = best[start]
            for stop in range(start + 1, min(start + self._longest, end) + 1):
                if (piece := number.get(text[start:stop])) is not None:
                    if (whole := so_far + score[piece]) > best[stop]:
                        best[stop], last[stop] = whole, (start, piece)
                elif stop == start + 1 and (whole := so_far + self._unknown_score) > best[stop]:
                    best[stop], last[stop] = whole, (start, self._unknown)
        pieces: list[tuple[int, int]] = []
        while end:
            end, piece = last[end]
            if piece == self._unknown and pieces and pieces[-1][1] == piece:
                pieces.pop()  # the same unknown begins here
            pieces.append((end, piece))
        return pieces[::-1]
