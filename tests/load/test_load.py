"""Half, all and twice of what the service can do: it sheds what is too much, and is itself again afterwards.

`make load` runs it: what it judges are durations and ratios of this machine.
"""

import asyncio
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from index.processors import processors

from .client import closed_loop, open_loop, resident
from .page import write_pages

SECONDS = float(os.environ.get("SECONDS_EACH", "4"))
SHARES = (0.5, 1.0, 2.0)
QUEUE = Settings.model_fields["max_waiting"].default
ROOM = QUEUE + (processors())  # questions inside at most


@pytest.mark.slow
@pytest.mark.measures
def test_nothing_collapses_at_twice_the_capacity(serving, root: Path):
    """Bounds hold on a busy machine, too: they are ratios, or far from what is measured on a quiet one."""
    with serving() as running:
        url, pid = running.url, running.process.pid
        asyncio.run(closed_loop(url, 8, 1))  # warm
        before = resident(pid)
        capacity = asyncio.run(closed_loop(url, 8, SECONDS))
        fills = 3 * ROOM / capacity.served  # at twice the capacity the queue is full after a third of this
        by_share = {
            share: asyncio.run(open_loop(url, capacity.served * share, max(SECONDS, fills if share > 1 else 0)))
            for share in SHARES
        }
        # At once, with no pause: what is left of the crowd must not be in the way.
        after = asyncio.run(open_loop(url, capacity.served * 0.25, 2))
        # What else the machine does changes within a minute: it is measured again, and the lower one counts.
        slower = min(capacity.served, asyncio.run(closed_loop(url, 8, SECONDS / 2)).served)
        report = {
            "day": datetime.now(UTC).date().isoformat(),
            "seconds_each": SECONDS,
            "processors": processors(),
            "load_average": os.getloadavg()[0],
            "capacity": capacity.served,
            "queue": QUEUE,
            "shares": {str(share): figures.as_json() for share, figures in by_share.items()},
            "afterwards": after.as_json(),
            "mib_before": before,
            "mib_after": resident(pid),
        }
    shown = json.dumps(report, indent=2)
    print(shown)  # noqa: T201  # `make load` shows it
    if out := os.environ.get("OUT"):
        Path(out).write_text(shown + "\n")
    if page := os.environ.get("PAGE"):
        write_pages(report, root / page)

    assert [figures.errors for figures in by_share.values()] == [0, 0, 0], shown
    twice = by_share[2.0]
    assert twice.shed > 0, shown
    assert twice.shed_p99 < twice.p95 + twice.late, "who is refused learns it sooner than who waits in the queue"
    assert twice.served > 0.4 * slower, shown
    # Waiting is bounded by the queue (KB_MAX_WAITING and those at work), whatever is offered. A client that gets no
    # processor sends late and reads late; neither is the service's doing.
    assert twice.p95 < 4000 * ROOM / min(slower, twice.served) + 2 * twice.late, shown
    assert after.errors == after.shed == 0, shown
    assert after.p50 < max(5 * by_share[0.5].p50, 250) + after.late, shown
    assert report["mib_after"] < before + 100, shown
