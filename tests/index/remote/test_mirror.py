"""When a replica looks at its store, and what it knows about its own age."""

from pathlib import Path

import pytest
from stores import Faulty, mirror, over, published, run

from index.remote.mirror import LONGEST, pause


@pytest.mark.parametrize(
    ("poll", "failures", "chance", "seconds"),
    [
        (10, 0, 0.0, 8.0),  # replicas that began at once do not stay together
        (10, 0, 1.0, 12.0),
        (10, 1, 1.0, 20.0),
        (10, 1, 0.0, 10.0),
        (10, 3, 0.5, 60.0),
        (10, 9, 1.0, LONGEST),
        (10, 10_000, 1.0, LONGEST),
        (3600, 5, 1.0, 3600.0),  # never more often than asked for
    ],
)
def test_a_store_in_trouble_is_asked_less_and_less(poll: float, failures: int, chance: float, seconds: float):
    assert pause(poll, failures, chance) == pytest.approx(seconds)


def test_the_age_counts_from_the_last_time_at_which_the_index_was_the_newest(tmp_path: Path):
    now = [100.0]
    store = Faulty()
    published(over(store), tmp_path / "built", "one")
    replica = mirror(over(store), tmp_path / "replica", clock=lambda: now[0])
    assert replica.age is None
    replica.start()
    now[0] += 5
    assert replica.age == 5
    run(replica.look())
    assert replica.age == 0
    published(over(store), tmp_path / "built", "two")
    for written in (name for call, name in store.calls if call == "put" and name.endswith("words.txt")):
        store.inside.delete(written)
    now[0] += 7
    run(replica.look())
    assert (replica.trouble, replica.age) == ("missing", 7)


def test_the_thread_follows_by_itself_and_ends(tmp_path: Path):
    bucket = over(Faulty())
    published(bucket, tmp_path / "built", "one")
    replica = mirror(bucket, tmp_path / "replica", poll=0.001)
    replica.start()
    from threading import Event

    fresh = Event()
    with replica.watching(fresh.set):
        published(bucket, tmp_path / "built", "two")
        assert fresh.wait(120)
    assert (replica.trouble, replica.age is not None) == (None, True)
