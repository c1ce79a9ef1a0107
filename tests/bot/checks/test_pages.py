"""The rules' pages: one per rule and language, agreeing with the rule, their examples executed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.checks import Status, check, rules
from bot.checks.catalog import Rule

DOCS = Path(__file__).parents[3] / "docs"
RULES = rules()
LANGS = ("ja", "en")


def page(rule: Rule, lang: str) -> str:
    return (DOCS / lang / "rules" / f"{rule.id.lower()}.md").read_text("utf-8")


def example(text: str, heading: str) -> dict[str, Any]:
    section = re.search(rf"^## [^\n]*\{{ ?#{heading} ?[^}}]*\}}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert section, f"no heading with the id {heading}"
    blocks = re.findall(r"^```json[^\n]*\n(.*?)^```", section[1], re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1, f"{heading}: one JSON example expected"
    return json.loads(blocks[0])  # type: ignore[no-any-return]


def status(rule: Rule, snapshot: dict[str, Any]) -> Status:
    return next(finding.status for finding in check(snapshot, "en") if finding.id == rule.id)


def test_pages_are_those_of_the_rules():
    for lang in LANGS:
        pages = {path.stem.upper() for path in (DOCS / lang / "rules").glob("*.md")} - {"INDEX"}
        assert pages == {rule.id for rule in RULES}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_do_what_the_page_says(rule: Rule, lang: str):
    text = page(rule, lang)
    bad = Status.FAIL if Status.FAIL in rule.outcomes else None
    good = Status.PASS if Status.PASS in rule.outcomes else Status.NOT_APPLICABLE
    found = status(rule, example(text, "example-fails"))
    assert found is bad if bad else found in rule.outcomes - {Status.NOT_APPLICABLE}
    assert status(rule, example(text, "example-passes")) is good


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_page_states_the_rule_s_own_facts(rule: Rule, lang: str):
    text = page(rule, lang)
    assert re.match(rf"# {rule.id} {rule.name}\b", text)
    assert f"| `{rule.severity}` |" in text
    stated = re.search(r"^\|[^|\n]*\| (`pass`|`fail`)[^|\n]*\|$", text, re.MULTILINE)
    assert stated
    assert set(re.findall(r"`([a-z-]+)`", stated[0])) == set(rule.outcomes)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_source_section_exists_and_links_back(rule: Rule, lang: str):
    name, _, anchor = rule.section.partition("#")
    text = (DOCS / lang / f"{name}.md").read_text("utf-8")
    section = re.search(rf"^#+ [^\n]*\{{ ?#{anchor}\b[^}}]*\}}\n(.*?)(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE)
    assert section, f"{name}.md has no heading with the id {anchor}"
    assert f"rules/{rule.id.lower()}.md" in section[1]
    assert f"../{name}.md#{anchor}" in page(rule, lang)
