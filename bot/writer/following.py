"""Whether sentences stand in a text as in their quotes: in that order, and behind what they point back to."""

from collections.abc import Sequence

from bot.writer.records import Match

_MOST = 64  # ways to say a text that are looked at
# Where each quote has been read to; the last sentence, and the first from which on nothing is left out.
_Way = tuple[tuple[tuple[int, int], ...], Match | None, int]


def follow(text: Sequence[Sequence[Match]]) -> bool:
    """Whether each sentence has a place in a quote from which all stand in order; `text`: the places of each."""
    ways: set[_Way] = {((), None, 0)}
    for matches in text:
        ways = set(sorted({_on(way, match) for way in ways for match in matches if _may(way, match)}, key=str)[:_MOST])
    return any(last is None or not last.held for _, last, _ in ways)


def _may(way: _Way, match: Match) -> bool:
    reached, before, begun = way
    if match.first < dict(reached).get(match.quote, 0) or (before and before.held and not _next(before, match)):
        return False
    if not match.follows:
        return True
    if before is None:
        return match.first == 0
    return _next(before, match) and before.whole and begun <= match.since


def _next(before: Match, match: Match) -> bool:
    return (before.quote, before.last + 1) == (match.quote, match.first)


def _on(way: _Way, match: Match) -> _Way:
    reached, before, begun = way
    goes_on = before is not None and before.whole and _next(before, match)
    return tuple(sorted({**dict(reached), match.quote: match.last}.items())), match, begun if goes_on else match.first
