"""The check page's commands are those that `kb snapshot` prints, and its example fails."""

import json
from pathlib import Path

import pytest

from bot.checks import Status, check, compose
from bot.checks.gather.commands import Target
from bot.checks.gather.gather import script


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_shows_the_commands_of_kb_snapshot(root: Path, lang: str):
    page = (root / f"docs/{lang}/check.md").read_text("utf-8").splitlines()
    commands = [line for line in script(Target("$RESOURCE_GROUP", "$CLUSTER"), lang).splitlines() if line[0] != "#"]
    assert [command for command in commands if command not in page] == []


def test_the_example_shows_a_failure_a_gap_and_a_pass(root: Path):
    example = json.loads((root / "docs/theme/assets/check-example.json").read_text("utf-8"))
    statuses = {finding.status for finding in check(compose([example]), "en")}
    assert statuses == set(Status) - {Status.ADVICE}
