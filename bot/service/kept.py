"""What the store holds of readers, row by row: to hand it out, and to delete what somebody names."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.service.scrub import scrub
from bot.service.store import Store

WAYS = ("all", "before", "id", "text")
_NEVER = "9999"  # after every day
Row = dict[str, Any]


def rows(store: Store) -> Iterator[Row]:
    """Votes and questions, then the counts; `kind` says which, and what has an `id` can be deleted by it."""
    for vote in store.votes():
        row = asdict(vote)
        yield {"kind": "vote", "id": row.pop("answer"), **row}
    yield from ({"kind": "question", **asdict(question)} for question in store.questions())
    yield from ({"kind": "count", **asdict(count)} for count in store.counts())


def delete(store: Store, way: str, value: str) -> int:
    """Delete all, what is older than a day, a row by its id, or what holds some words; how many rows had a text.

    Raises ValueError where `value` is no day.
    """
    store.check(whole=False)  # what is over goes in any case
    if way in ("all", "before"):
        day = _NEVER if way == "all" else date.fromisoformat(value).isoformat()
        gone = store.forget([row["id"] for row in rows(store) if "id" in row and row["at"] < day])
        store.forget_counts(day)
        return gone
    return store.forget([row["id"] for row in rows(store) if "id" in row and _is_meant(way, value)(row)])


def _is_meant(way: str, value: str) -> Callable[[Row], bool]:
    if way == "id":
        return lambda row: bool(row["id"] == value)
    # As the store has them, also from a time when less was taken out.
    words = {_folded(value), _folded(scrub(value))}
    return lambda row: any(each in _folded(row["question"]) for each in words)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
