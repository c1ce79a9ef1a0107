"""Every rule on its cases, and nothing of a rule missing: cases, texts, pages."""

from dataclasses import replace

import pytest

from bot.checks import Status, check, rules
from bot.checks.findings import Gap, Severity
from bot.checks.inventory.cluster import Pool
from bot.checks.rules.catalog import registered, rule
from bot.checks.rules.pool_conditions import is_aged
from bot.checks.words import words

from .casework import CASES, Case, base, cases, edited


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.rule} {case.title}")
def test_case(case: Case):
    finding = next(finding for finding in check(case.snapshot, "en") if finding.id == case.rule)
    assert finding.status == case.status
    if case.observed is not None:
        assert finding.observed == case.observed


def test_every_rule_has_a_case_for_every_status_it_can_give():
    assert {path.stem.upper() for path in CASES.glob("agc*.jsonl")} == {rule.id for rule in rules()}
    for each in rules():
        assert {case.status for case in cases() if case.rule == each.id} == each.outcomes, each.id


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_rule_has_its_texts(lang: str):
    for each in rules():
        for field in ("title", "expected", "why", "fix", "unknown"):
            assert words(lang, f"rules.{each.id}.{field}").strip()


def test_findings_are_every_rule_once_in_the_order_of_ids():
    findings = check(base("overlay"), "ja")
    assert [finding.id for finding in findings] == [f"AGC{number:03}" for number in range(1, 13)]
    assert [rule.name for rule in findings] == [rule.name for rule in rules()]


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
    assert (finding.status, finding.gap, finding.remedy) == (Status.UNKNOWN, Gap.DATA, "to-supply")
    assert finding.observed is None
    assert "az aks show" in finding.fix


UPGRADE = {"/planned": "upgrade-to-overlay"}
PREFIXES = "/subnet/addressPrefixes"


@pytest.mark.parametrize(
    ("rule_id", "origin", "changes"),
    [
        ("AGC002", "flat", {}),
        ("AGC002", "own-cni", {}),
        ("AGC003", "own-cni", {}),
        ("AGC004", "overlay", {PREFIXES: ["10.60.4.0/24", "10.60.5.0/24"]}),
        ("AGC004", "overlay", {"/subnet/addressPrefix": "fd00::/64"}),
        ("AGC006", "hub", {"/vnets/peered": False}),
        ("AGC007", "hub", {"/vnets/peered": False, "/vnets/agc/region": "japanwest"}),
        ("AGC008", "overlay", {"/aks/networkProfile/networkPolicy": "antrea"}),
        ("AGC009", "flat", UPGRADE | {PREFIXES: ["10.60.4.0/24", "10.60.5.0/24"]}),
        ("AGC012", "flat", UPGRADE | {"/aks/networkProfile/networkPolicy": "cilium"}),
        ("AGC012", "own-cni", UPGRADE),
    ],
)
def test_where_the_source_is_silent_no_data_are_asked_for(rule_id: str, origin: str, changes: dict[str, object]):
    for lang, asks in (("en", "Ask Microsoft"), ("ja", "Microsoft に確認")):
        finding = next(finding for finding in check(edited(base(origin), changes), lang) if finding.id == rule_id)
        assert (finding.status, finding.gap, finding.remedy) == (Status.UNKNOWN, Gap.SOURCE, "unsaid")
        assert asks in finding.fix


@pytest.mark.parametrize(
    ("rule_id", "origin", "changes"),
    [
        ("AGC002", "flat", {"/aks/agentPoolProfiles": None}),
        ("AGC002", "flat", {"/aks/agentPoolProfiles/0/podSubnetId": "(known after apply)"}),
        ("AGC003", "overlay", {"/aks/networkProfile/networkPluginMode": "(known after apply)"}),
        ("AGC003", "overlay", {"/albController/version": "latest"}),
        ("AGC004", "overlay", {"/subnet/addressPrefix": None}),
        ("AGC006", "hub", {"/vnets/peered": None}),
        ("AGC006", "hub", {"/vnets/peered": False, "/vnets/agc/id": None}),
        ("AGC007", "hub", {"/vnets/agc/region": None}),
        ("AGC008", "overlay", {"/aks/networkProfile/networkPolicy": "(known after apply)"}),
        ("AGC011", "own-cni", {"/planned": "install-agc", "/aks/networkProfile/networkPlugin": None}),
        ("AGC012", "flat", UPGRADE | {"/aks/kubernetesVersion": None}),
        ("AGC012", "flat", UPGRADE | {"/aks/networkProfile/networkPolicy": "(known after apply)"}),
    ],
)
def test_where_data_lack_the_finding_says_which(rule_id: str, origin: str, changes: dict[str, object]):
    finding = next(finding for finding in check(edited(base(origin), changes), "en") if finding.id == rule_id)
    assert (finding.status, finding.gap) == (Status.UNKNOWN, Gap.DATA)
    expressions = [value for value in changes.values() if value == "(known after apply)"]
    expression = words("en", "doubts.expression", seen="(known after apply)")
    assert finding.fix in [expression, *([] if expressions else [words("en", f"rules.{rule_id}.unknown")])]


def test_only_what_is_unknown_has_a_gap():
    for case in cases():
        for finding in check(case.snapshot, "en"):
            assert (finding.gap is None) == (finding.status is not Status.UNKNOWN)


def test_advice_is_no_pass_and_never_decides():
    advising = [rule for rule in rules() if rule.severity is Severity.INFO]
    assert [finding.id for finding in advising] == ["AGC010"]
    for each in rules():
        assert (Status.ADVICE in each.outcomes) == (each in advising)
        assert not (each in advising and each.outcomes & {Status.PASS, Status.FAIL, Status.UNKNOWN})


WARNINGS = {
    "en": {"outage": "Expect an outage", "traffic": "Traffic may be disrupted", "for good": "cannot be undone"},
    "ja": {"outage": "停止すると見込んで", "traffic": "トラフィックが中断", "for good": "元に戻せず"},
}


@pytest.mark.parametrize("lang", WARNINGS)
def test_fixes_warn_of_disrupted_traffic_and_of_what_cannot_be_undone(lang: str):
    fixes = {rule.id: words(lang, f"rules.{rule.id}.fix") for rule in rules()}
    for rule_id in ("AGC004", "AGC005", "AGC006", "AGC009"):
        assert WARNINGS[lang]["outage"] in fixes[rule_id], rule_id
    assert WARNINGS[lang]["traffic"] in fixes["AGC007"]
    for rule_id in ("AGC001", "AGC002", "AGC011", "AGC012"):
        assert WARNINGS[lang]["for good"] in fixes[rule_id], rule_id


def test_an_id_is_used_once():
    with pytest.raises(ValueError, match="AGC001 is defined twice"):
        rule("AGC001", "again", Severity.ERROR, "x")(registered()[0].judge)


@pytest.mark.parametrize(
    ("running", "wanted", "status"), [("1.26.9", "1.32", "fail"), ("1.27.1", "1.26", "pass"), (None, "1.26", "fail")]
)
def test_the_running_kubernetes_version_counts_before_the_wanted_one(running: str | None, wanted: str, status: str):
    versions = {"/aks/currentKubernetesVersion": running, "/aks/kubernetesVersion": wanted}
    finding = check(edited(base("flat"), UPGRADE | versions), "en")[-1]
    assert (finding.id, finding.status) == ("AGC012", status)


@pytest.mark.parametrize(
    ("system", "image", "aged"),
    [
        ("Windows", "AKSWindows-2019-containerd-17763.6532.241110", True),
        ("Windows", "AKSWindows-2022-containerd-20348.1006.220908", False),  # old, and there are newer images of it
        ("Windows", "AKSWindows-2025-26100.3476.250306", False),
        ("Windows", None, False),
        ("Linux", "AKSUbuntu-2204gen2containerd-202411.12.0", False),
        ("Linux", "AKSWindows-2019-containerd-17763.6532.241110", False),  # it contradicts itself
        (None, "AKSWindows-2019-containerd-17763.6532.241110", False),
    ],
)
def test_only_of_a_windows_server_before_2022_no_image_ever_has_the_build(
    system: str | None, image: str | None, aged: bool
):
    assert is_aged(Pool.model_validate({"osType": system, "nodeImageVersion": image})) is aged
