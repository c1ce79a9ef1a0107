"""Compatibility normalisation (NFKC) in time that grows with the length of a text, whatever is in it.

The library sorts the combining marks that stand in a row by insertion: ten thousand of them cost a tenth of a second,
and forty thousand, in 80 KB, two.
"""

import re
import unicodedata

MARKS = 30  # in a row, and more than any script needs: the Stream-Safe Text Format of Unicode (UAX #15)
# Every combining mark is one of these: neither a letter nor ASCII, or a half-width voicing mark.
_MANY = re.compile(rf"(?:[^\x00-\x7f\w]|[\uff9e\uff9f]){{{MARKS + 1}}}")


def nfkc(text: str) -> str:
    """The text in NFKC; of more than MARKS combining marks in a row, each MARKS for themselves."""
    if len(text) <= MARKS or not _MANY.search(text):
        return unicodedata.normalize("NFKC", text)
    pieces, start, marks = [], 0, 0
    for at, character in enumerate(text):
        marks = marks + 1 if combines(character) else 0
        if marks > MARKS:
            pieces.append(text[start:at])
            start, marks = at, 1
    return "".join(unicodedata.normalize("NFKC", piece) for piece in (*pieces, text[start:]))


def combines(character: str) -> bool:
    """Whether it is sorted among the marks that stand beside it, once it is taken apart."""
    return unicodedata.combining(unicodedata.normalize("NFKD", character)[0]) != 0
