"""The worked cases that lie next to the repository, where they do."""

import json
from pathlib import Path

import pytest

from bot.checks import check

CASES = Path(__file__).parents[4] / "shared/eval/cluster-cases-dev.jsonl"


@pytest.mark.skipif(not CASES.exists(), reason="the worked cases are not part of the repository")
def test_worked_cases():
    wrong = []
    for line in CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        by_name = {finding.name: finding.status for finding in check(case, "ja")}
        for name, status in case["expect"].items():
            if by_name[name] not in [status, *case.get("also_accept", {}).get(name, [])]:
                wrong.append(f"{case['id']} {name}: {by_name[name]}, expected {status}")
    assert wrong == []
