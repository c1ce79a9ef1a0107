"""What a small run of the bench finds on this machine: part of `make bench`, for it takes a quiet one."""

import json
from pathlib import Path

import pytest

from bench.__main__ import run
from bench.services import BETTER, Amount
from bench.sizes import PLAIN, installed_mb, serving_set

pytestmark = [pytest.mark.slow, pytest.mark.measures]


@pytest.fixture(scope="module")
def report(tmp_path_factory, site_dir: Path, index_dir: Path):
    """Ours and the plain script; txtai comes from the network."""
    amount = Amount(one_client=8, eight_clients=16, load=8, repeated=60, passages=2, judged=209)
    return run(tmp_path_factory.mktemp("bench"), site_dir, index_dir, 1, amount, ("ours", "plain"), rate=4)


def test_both_services_answer_the_same_questions_right(report):
    """Rounds of few questions: only what differs by far is compared."""
    ours, plain = report["figures"]["ours"], report["figures"]["plain"]
    assert set(BETTER) <= set(ours) and set(BETTER) <= set(plain)
    assert ours["five_right"] > 0.9 and plain["five_right"] > 0.8
    assert ours["false_answers"] < 0.2 and plain["false_answers"] == 1
    assert all(0 < figures["p50_ms"] <= figures["p99_ms"] for figures in (ours, plain))
    assert all(0 < figures["load_p50_ms"] <= figures["load_p99_ms"] for figures in (ours, plain))
    better = report["times_better"]["plain"]
    assert better["memory_mib"] > 2 and better["cold_start_s"] > 1.5 and better["repeated_per_s"] > 3
    assert better["installed_mb"] > 3


def test_a_report_is_json_and_names_every_target(report):
    assert json.loads(json.dumps(report)) == report
    assert {target["against"] for target in report["targets"]} == {"plain", None}
    assert report["not_run"] == {} and len(report["measured"]["ours"]) == report["rounds"] == 1


def test_the_serving_set_is_small_and_has_no_torch(root: Path):
    ours, plain = installed_mb(serving_set(root)), installed_mb(PLAIN)
    assert 50 < ours < 350
    assert plain > ours + 300
