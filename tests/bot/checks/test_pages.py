"""The rules' pages: one per rule and language, agreeing with the rule, their examples executed."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.checks import Status, check, rules
from bot.checks.rules.catalog import Rule

DOCS = Path(__file__).parents[3] / "docs"
RULES = rules()
LANGS = ("ja", "en")


def page(rule: Rule, lang: str) -> str:
    return (DOCS / lang / "rules" / f"{rule.id.lower()}.md").read_text("utf-8")


def example(text: str, heading: str) -> dict[str, Any]:
    section = re.search(rf"^## [^\n]*\{{ ?#{heading} ?[^}}]*\}}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert section, f"no heading with the id {heading}"
    blocks = re.findall(
        r'^\?\?\? example "[^"\n]+"\n\n    ```json\n(.*?)^    ```', section[1], re.DOTALL | re.MULTILINE
    )
    assert len(blocks) == 1, f"{heading}: one folded JSON example expected"
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
    bad = next((status for status in (Status.FAIL, Status.ADVICE) if status in rule.outcomes), None)
    good = Status.PASS if Status.PASS in rule.outcomes else Status.NOT_APPLICABLE
    outcome = status(rule, example(text, "example-fails"))
    assert outcome is bad if bad else outcome in rule.outcomes - {Status.NOT_APPLICABLE}
    assert status(rule, example(text, "example-passes")) is good


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_page_says_first_what_to_do_then_why_and_shows_examples_last(rule: Rule, lang: str):
    headings = re.findall(r"^## [^\n]*\{ ?#([\w-]+)", page(rule, lang), re.MULTILINE)
    assert headings[:3] == ["how-to-fix", "what-can-go-wrong", "why"]
    assert headings[-3:] == ["example-fails", "example-passes", "source"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_page_states_the_rule_s_own_facts(rule: Rule, lang: str):
    text = page(rule, lang)
    assert re.match(rf"# {rule.id} {rule.name}\b", text)
    assert f"| `{rule.severity}` |" in text
    stated = re.search(r"^\|[^|\n]*\| (`pass`|`fail`|`advice`)[^|\n]*\|$", text, re.MULTILINE)
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


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_example_plans_an_upgrade_that_aks_refuses_and_calls_it_good(rule: Rule, lang: str):
    """Of the upgrade's own rule the failing example is meant to fail."""
    headings = ["example-passes"] if rule.id == "AGC012" else ["example-fails", "example-passes"]
    path = next(rule for rule in RULES if rule.id == "AGC012")
    for heading in headings:
        assert status(path, example(page(rule, lang), heading)) in (Status.PASS, Status.NOT_APPLICABLE)


@pytest.mark.parametrize("lang", LANGS)
def test_whatever_page_shows_the_upgrade_command_names_what_it_does(lang: str):
    """The command cannot be undone: a note wherever it stands. Routes are lost only from kubenet, without a range."""
    mark = {"en": "Cannot be undone", "ja": "元に戻せない操作"}[lang]
    words_of = {"en": ["at the same time", "--pod-cidr", "maintenance window", "2024-11-26"],
            "ja": ["同時に", "--pod-cidr", "メンテナンス期間", "2024-11-26"]}[lang]  # fmt: skip
    route = {"en": "route", "ja": "ルート"}[lang]
    pages = [path.read_text("utf-8") for path in (DOCS / lang).rglob("*.md")]
    showing = [text for text in pages if "--network-plugin-mode overlay" in text]
    assert len(showing) >= 3
    for text in showing:
        before, _, after = text.partition(f'!!! warning "{mark}"')
        note, section = after.partition("\n\n")[0], before.rpartition("\n## ")[2]
        command = section[section.rindex("--network-plugin-mode overlay") :].partition("```")[0]
        from_kubenet = [] if "--pod-cidr" in command else [route]
        assert [words for words in [*words_of, *from_kubenet] if words not in note] == []
        assert "agc012.md" in section


def test_the_cluster_of_the_slack_picture_is_one_that_aks_upgrades():
    script = ast.parse((DOCS.parent / "deploy/slack/pictures.py").read_text("utf-8"))
    (made,) = [node.value for node in script.body if isinstance(node, ast.Assign) and node.targets[0].id == "CLUSTER"]
    statuses = {finding.id: finding.status for finding in check(ast.literal_eval(made), "en")}
    assert (statuses["AGC010"], statuses["AGC012"]) == (Status.ADVICE, Status.PASS)
