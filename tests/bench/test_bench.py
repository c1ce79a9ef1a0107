"""The bench's own parts, and a small run of it. Its figures are judged by who reads them, on a quiet machine."""

import json
import re
from pathlib import Path

import pytest

from bench.__main__ import run
from bench.page import table, write_pages
from bench.peers import TXTAI, install_txtai
from bench.services import BETTER, Amount, labelled, new_questions
from bench.sizes import PLAIN, installed_mb, serving_set
from bench.targets import medians, ratios, targets


@pytest.fixture(scope="module")
def report(tmp_path_factory, site_dir: Path, index_dir: Path):
    """Ours and the plain script; txtai comes from the network."""
    amount = Amount(one_client=8, eight_clients=16, load=8, repeated=60, passages=2)
    return run(tmp_path_factory.mktemp("bench"), site_dir, index_dir, 1, amount, ("ours", "plain"), rate=4)


@pytest.mark.slow
def test_both_services_answer_the_same_questions_right(report):
    """Rounds of few questions on a busy machine: only what differs by far is compared."""
    ours, plain = report["figures"]["ours"], report["figures"]["plain"]
    assert set(BETTER) <= set(ours) and set(BETTER) <= set(plain)
    assert ours["right"] > 0.7 and plain["right"] > 0.7
    assert all(0 < one["p50_ms"] <= one["p99_ms"] for one in (ours, plain))
    assert all(0 < one["load_p50_ms"] <= one["load_p99_ms"] for one in (ours, plain))
    better = report["times_better"]["plain"]
    assert better["memory_mib"] > 2 and better["cold_start_s"] > 1.5 and better["repeated_per_s"] > 3
    assert better["installed_mb"] > 3


@pytest.mark.slow
def test_a_report_is_json_and_names_every_target(report):
    assert json.loads(json.dumps(report)) == report
    assert {one["against"] for one in report["targets"]} == {"plain", None}
    assert report["not_run"] == {} and len(report["measured"]["ours"]) == report["rounds"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_report_is_written_between_the_markers_of_the_page(report, lang: str, root: Path, tmp_path: Path):
    for each in ("ja", "en"):
        page = tmp_path / each / "service/performance.md"
        page.parent.mkdir(parents=True)
        page.write_text((root / f"docs/{each}/service/performance.md").read_text("utf-8"), "utf-8")
    write_pages({**report, "not_run": {"txtai": "ERROR: no network"}}, tmp_path)
    page = tmp_path / lang / "service/performance.md"
    written = page.read_text("utf-8")
    assert "ERROR: no network" in written and written.count("{ #method }") == 1
    rows = [line for line in written.split("<!-- figures -->")[1].split("<!-- end")[0].splitlines() if line[:1] == "|"]
    assert all(re.fullmatch(r"\|([^|]+\|){6}|\|([^|]+\|){4}", row) for row in rows)
    assert len(rows) == len(table(report, lang).split("|---")[0].splitlines()) + len(report["targets"]) + 17


def test_a_ratio_above_one_is_better_whichever_way_a_figure_counts():
    ours = {"cold_start_s": 1.0, "eight_clients_per_s": 90.0}
    assert ratios(ours, {"cold_start_s": 5.0, "eight_clients_per_s": 30.0}) == {
        "cold_start_s": 5.0,
        "eight_clients_per_s": 3.0,
    }


def test_a_target_is_reached_at_its_bound_and_not_below():
    ours = dict.fromkeys(BETTER, 2.0) | {"ask_command_s": 1.5, "share_of_encoder": 0.84, "repeated_per_s": 2000}
    found = targets(ours, {"plain": dict.fromkeys(BETTER, 3.0)})
    reached = {(one["figure"], one["against"]): one["reached"] for one in found}
    assert reached["memory_mib", "plain"] and not reached["cold_start_s", "plain"]
    assert reached["ask_command_s", None] and reached["repeated_per_s", None]
    assert not reached["share_of_encoder", None] and not reached["p50_per_encoder", None]


def test_rounds_become_medians():
    each = {"p50_ms": 10.0, "encoder_ms": 5.0, "eight_clients_per_s": 8.0, "encoder_per_s": 10.0}
    found = medians([each, each | {"p50_ms": 12.0}, each | {"p50_ms": 900.0}])
    assert (found["p50_ms"], found["p50_per_encoder"], found["share_of_encoder"]) == (12.0, 2.4, 0.8)


def test_every_question_of_a_round_is_new():
    asked = new_questions()
    many = [next(asked) for _ in range(400)]
    assert len({one.text for one in many}) == 400
    assert many[len(labelled())].sections == many[0].sections


def test_where_txtai_cannot_be_installed_the_reason_is_told(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert f"No matching distribution found for {TXTAI[0]}" in (install_txtai(tmp_path) or "")


def test_the_serving_set_is_measured_without_torch(root: Path):
    ours, plain = installed_mb(serving_set(root)), installed_mb(PLAIN)
    assert 50 < ours < 350
    assert plain > ours + 300
    assert installed_mb(["no-such-package"]) == 0
