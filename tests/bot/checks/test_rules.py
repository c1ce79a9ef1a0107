"""Every rule on its cases, and nothing of a rule missing: cases, texts, pages."""

from dataclasses import replace

import pytest

from bot.checks import Status, check, rules
from bot.checks.catalog import registered, rule
from bot.checks.findings import Severity
from bot.checks.words import words

from .casework import CASES, Case, base, cases


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.rule} {case.title}")
def test_case(case: Case):
    finding = next(found for found in check(case.snapshot, "en") if found.id == case.rule)
    assert finding.status == case.status
    if case.observed is not None:
        assert finding.observed == case.observed


def test_every_rule_has_a_case_for_every_status_it_can_give():
    assert {path.stem.upper() for path in CASES.glob("agc*.jsonl")} == {found.id for found in rules()}
    for found in rules():
        assert {case.status for case in cases() if case.rule == found.id} == found.outcomes, found.id


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_rule_has_its_texts(lang: str):
    for found in rules():
        for field in ("title", "expected", "why", "fix", "unknown"):
            assert words(lang, f"rules.{found.id}.{field}").strip()


def test_findings_are_every_rule_once_in_the_order_of_ids():
    findings = check(base("overlay"), "ja")
    assert [found.id for found in findings] == [f"AGC{number:03}" for number in range(1, 12)]
    assert [found.name for found in findings] == [found.name for found in rules()]


def test_a_finding_speaks_the_asker_s_language_and_links_its_page():
    japanese, english = (check(base("kubenet"), lang)[0] for lang in ("ja", "en"))
    assert japanese.url == "/rules/agc001/"
    assert english.url == "/en/rules/agc001/"
    assert english.why == "Application Gateway for Containers does not support kubenet."
    assert japanese.why == "Application Gateway for Containers は kubenet をサポートしていません。"
    same = {name: getattr(japanese, name) for name in ("expected", "why", "fix", "url")}
    assert replace(english, **same) == japanese
    assert check(base("kubenet"), "en", "https://docs.example/")[0].url == "https://docs.example/en/rules/agc001/"


def test_unknown_says_what_to_supply():
    finding = check({"aks": {}}, "en")[0]
    assert finding.status is Status.UNKNOWN
    assert finding.observed is None
    assert "az aks show" in finding.fix


def test_an_id_is_used_once():
    with pytest.raises(ValueError, match="AGC001 is defined twice"):
        rule("AGC001", "again", Severity.ERROR, "x")(registered()[0].judge)
