"""The questions that one text joins: "Is the pot hot, and how large is it? Has it a lid?" asks three.

What only tells of the asker goes with the question behind it, and what only adds to a question ("or cold?") with that.
What joins, what asks and what adds is data of each language (bot/words/<lang>/question.toml).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.question.conversation import only_a_kind
from bot.question.parts import ASKS, SENTENCE_END, neutral, patterns, plain, single_parts, stem

MOST = 3  # questions in one text that are told apart: each is searched by itself
PIECES = 32  # of a text that is taken apart: a longer one tells a story
_OPEN = re.compile("[何誰]|いく(?:つ|ら)|ど(?:れ|の|う|こ)|いつ")  # what a question in the middle of a sentence has
_STOPS = (".", "。")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where in a text a piece of it begins and ends, and whether it asks."""

    start: int
    end: int
    asks: bool


def joined_questions(question: str) -> tuple[str, ...]:
    """The questions that one text joins, each as it writes it; empty where it asks but one, or more than a few."""
    asked = plain(question).strip()
    cuts = _cuts(asked)
    pieces = list(_pieces(asked, cuts)) if 0 < len(cuts) < PIECES else []
    grouped: list[_Piece] = []
    for piece in pieces:
        last = grouped[-1] if grouped else None
        if last and (not last.asks or _adds(asked[piece.start : piece.end], asked[last.start : last.end])):
            grouped[-1] = _Piece(last.start, piece.end, last.asks or piece.asks)
        else:
            grouped.append(piece)
    if len(grouped) > 1 and not grouped[-1].asks:
        grouped[-2:] = [replace(grouped[-2], end=grouped[-1].end)]
    return tuple(asked[each.start : each.end].strip(" 、,") for each in grouped) if 1 < len(grouped) <= MOST else ()


def _cuts(asked: str) -> list[tuple[int, int]]:
    """Where sentences and the clauses that are questions by themselves end, and where the next ones begin."""
    ends = {(match.end(), match.end()) for match in SENTENCE_END.finditer(asked) if match.end() < len(asked)}
    joins = {match.span() for pattern in patterns("joins") for match in pattern.finditer(asked)}
    return sorted(ends | joins)


def _pieces(asked: str, cuts: list[tuple[int, int]]) -> Iterator[_Piece]:
    """What stands between cuts and names something."""
    at = 0
    for end, begins in [*cuts, (len(asked), len(asked))]:
        if end > at and any(single_parts(asked[at:end], 0)):
            yield _Piece(at, end, _asks(asked[at:end].strip(" 、,")))
        at = max(at, begins)


def _asks(piece: str) -> bool:
    """Whether a piece of a text asks: by its mark or its last word, by the word it begins with, or with a request."""
    if any(pattern.match(piece) for pattern in patterns("courtesies")):
        return False
    if any(pattern.search(piece) for pattern in patterns("requests")) or ASKS.search(piece):
        return True
    begins = any(pattern.match(piece) for pattern in patterns("asking"))
    return not piece.endswith(_STOPS) and (begins or bool(_OPEN.search(piece)))


def _adds(piece: str, before: str) -> bool:
    """Whether a piece of a text goes with the question before it: "or cold?", "why?", "does it not?"."""
    if only_a_kind(piece) or any(pattern.match(piece) for pattern in patterns("alternatives")):
        return True
    own, known = _named(piece), _named(before)
    new = own - known
    # Of 「先に入れる？後に入れる？」 one letter is another.
    return not new or (len(new) == 1 and len(min(new)) == 1 and bool(own & known))


def _named(text: str) -> frozenset[str]:
    return frozenset(stem(part.text.lower()) for part in single_parts(text, 0) if part.word not in neutral())
