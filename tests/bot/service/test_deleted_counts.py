"""Deleted counts leave nothing of themselves in the store's file."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.service.asked import Asked
from bot.service.kept import delete
from bot.service.store import Store

ASKED = Asked("id", None, "en", "not_covered", "page#section", 5.0, "2026-11-20T10:00:00+00:00")


@pytest.mark.parametrize(("way", "value"), [("all", ""), ("before", "2026-12-01")])
def test_counts_that_are_deleted_leave_no_earlier_version_in_the_file(tmp_path: Path, way: str, value: str):
    """A count's row is longer each time its page is split, and the page keeps what it held before."""
    store = Store(tmp_path / "store.db")
    for n in range(100):
        row = replace(ASKED, section=f"rabbit/{n * 7 % 83}#hole", took_ms=n / 7)
        store.note([replace(row, at=f"2026-11-{day}T00:00:00", id=f"{day}{n}") for day in (19, 20, 21)])
    assert store.counts() != []
    delete(store, way, value)
    assert store.counts() == []
    assert [path.name for path in tmp_path.iterdir() if b"rabbit" in path.read_bytes()] == []
