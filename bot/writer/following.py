"""Whether sentences stand in a text as in their quotes: in that order, and behind what they point back to."""

from collections.abc import Sequence

from bot.writer.records import Match

_MOST = 64  # ways to say a text that are looked at
_Way = tuple[tuple[tuple[int, int], ...], Match | None]  # where each quote has been read to; the last sentence


def follow(text: Sequence[Sequence[Match]]) -> bool:
    """Whether each sentence has a place in a quote from which all stand in order; `text`: the places of each."""
    ways: set[_Way] = {((), None)}
    for matches in text:
        ways = set(sorted({_on(way, match) for way in ways for match in matches if _may(way, match)}, key=str)[:_MOST])
    return any(last is None or not last.held for _, last in ways)


def _may(way: _Way, match: Match) -> bool:
    reached, before = dict(way[0]), way[1]
    if match.first < reached.get(match.quote, 0):
        return False
    if before and before.held and (before.quote, before.last + 1) != (match.quote, match.first):
        return False
    if not match.follows:
        return True
    if before is None:
        return match.first == 0
    return before.quote == match.quote and before.last + 1 == match.first and before.whole


def _on(way: _Way, match: Match) -> _Way:
    return tuple(sorted({**dict(way[0]), match.quote: match.last}.items())), match
