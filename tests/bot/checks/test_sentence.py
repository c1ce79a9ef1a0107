"""The first line of a report, and what a terminal folds, breaks and paints."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.checks import compose, inspect, judge, remedies, report, sentence
from bot.checks.posted.reply import reply
from bot.checks.report import render
from bot.checks.report.look import Look
from bot.cli.command import kb
from bot.wrap import columns, wrapped

from .casework import base, edited
from .test_laws import cluster

KUBENET = edited(base("kubenet"), {"/planned": "install-agc"})
READY = edited(base("flat"), {"/aks/networkProfile/networkPolicy": "none", "/planned": "upgrade-to-overlay"})
LATER = " If there is no Application Gateway for Containers yet, AGC003, AGC004, "
CASES = [
    (
        KUBENET,
        "Application Gateway for Containers cannot be installed: 3 blockers.",
        "できません（阻害要因 3 件）",
    ),
    (base("kubenet"), "The cluster is not ready for Application Gateway for Containers: 2 blockers.", "阻害要因 2 件"),
    (base("overlay"), "Every rule that applies passes (7).", "該当する 7 件"),
    (
        edited(base("overlay"), {"/albController": None}),
        "No rule fails, but not every rule can be decided (undecided rules: 1).",
        "判定できないルールが 1 件",
    ),
    (
        base("flat"),
        "No rule fails, but the source leaves points open (1).",
        "出典に記載のない",
    ),
    (
        edited(READY, {"/subnet/addressPrefix": "10.60.4.0/23", "/albController/version": "1.7.9"}),
        "The upgrade to CNI Overlay is not ready: 2 blockers.",
        "まだ実施できません（阻害要因 2 件）",
    ),
    (
        edited(base("hub"), {"/planned": "install-agc", "/agcAssociations": [], "/vnets/peered": None}),
        "It is not yet clear whether Application Gateway for Containers can be installed (undecided rules: 1).",
        "まだ判定できません（不明なルール 1 件）",
    ),
    (
        edited(base("overlay"), {"/planned": "install-agc", "/agcAssociations": [], "/albController/version": "1.6.0"}),
        "Application Gateway for Containers cannot be installed: 1 blocker.",
        "阻害要因 1 件",
    ),
    (  # what the upgrade itself mends does not block it
        edited(base("kubenet"), {"/planned": "upgrade-to-overlay", "/aks/networkProfile/networkPolicy": "calico"}),
        "The upgrade to CNI Overlay is not ready: 1 blocker. "
        "The upgrade itself resolves these failures: AGC001, AGC002.",
        "まだ実施できません（阻害要因 1 件）。次の不合格は、アップグレードすれば解消します: AGC001、AGC002。",
    ),
    (
        edited(base("kubenet"), {"/planned": "upgrade-to-overlay"}),
        "Nothing blocks the upgrade to CNI Overlay. The upgrade itself resolves these failures: AGC001, AGC002.",
        "妨げる点はありません。次の不合格は、アップグレードすれば解消します: AGC001、AGC002。",
    ),
    (
        edited(base("kubenet"), {"/planned": "upgrade-to-overlay", "/albController": None}),
        "It is not yet clear whether the cluster can be upgraded to CNI Overlay (undecided rules: 1). "
        "The upgrade itself resolves these failures: AGC001, AGC002.",
        "まだ判定できません（不明なルール 1 件）。次の不合格は",
    ),
    (  # an upgrade that is planned for nothing
        edited(base("overlay"), {"/planned": "upgrade-to-overlay"}),
        "This cluster already uses CNI Overlay, so there is nothing to upgrade. Every rule that applies passes (7).",
        "アップグレードは不要です。該当する 7 件",
    ),
    (
        edited(base("overlay"), {"/planned": "upgrade-to-overlay", "/subnet/addressPrefix": "10.60.4.0/23"}),
        "This cluster already uses CNI Overlay, so there is nothing to upgrade. "
        "The cluster is not ready for Application Gateway for Containers: 1 blocker.",
        "アップグレードは不要です。Application Gateway for Containers の条件を満たしていません",
    ),
    (  # CNI Overlay in doubt: not said to be there
        edited(base("overlay"), {"/planned": "upgrade-to-overlay", "/aks/provisioningState": "Failed"}),
        "It is not yet clear whether the cluster can be upgraded to CNI Overlay (undecided rules: 7).",
        "まだ判定できません",
    ),
]


@pytest.mark.parametrize(("snapshot", "english", "japanese"), CASES)
def test_the_first_line_is_what_the_findings_come_to(snapshot: Any, english: str, japanese: str):
    assert sentence(inspect(snapshot, "en"), "en") == english
    assert japanese in sentence(inspect(snapshot, "ja"), "ja")


def test_of_several_clusters_it_says_how_many_fail_and_which():
    clusters = inspect([cluster("a", "kubenet", None), cluster("b", "azure", "overlay")], "en")
    assert sentence(clusters, "en").startswith(f"Rules fail for 1 of 2 clusters: a.{LATER}")
    good = inspect([cluster("b", "azure", "overlay"), cluster("c", "azure", "overlay")], "en")
    undecided = "No rule fails, but for 2 of 2 clusters not every rule can be decided."
    assert sentence(good, "en").startswith(undecided + LATER)


def shown(raw: Any, look: Look, lang: str = "en") -> str:
    inventory = compose(raw)
    judged = judge(inventory, lang)
    return report([cluster.findings for cluster in judged], lang, look, remedies(inventory, judged))


def test_what_fails_has_its_command_and_what_is_unknown_says_what_prints_it():
    lines = shown([base("kubenet")["aks"]], Look()).splitlines()
    at = lines.index("[FAIL] AGC001 kubenet")
    update = "      az aks update --resource-group rg-aks --name prod --subscription 0000"
    assert any(line.startswith(update) for line in lines[at : at + 7])
    assert lines.count("      see AGC001") == 1  # AGC002 is mended by the same command
    lines = shown([base("overlay")["aks"]], Look()).splitlines()
    at = lines.index("[unknown] AGC003 alb-version: nothing given")
    assert lines[at + 1].startswith("    Missing data: ") and lines[at + 2].startswith("      kubectl get deployment")


def test_the_rest_is_one_line_unless_all_is_asked_for():
    folded, whole = (shown(base("overlay"), Look(whole=all_of_it)) for all_of_it in (False, True))
    assert "AGC001" not in folded and "(--all shows every rule)" in folded.splitlines()[-1]
    assert "[pass] AGC001 kubenet: azure" in whole.splitlines() and "--all" not in whole


def test_networks_are_told_by_their_names():
    text = shown(edited(base("hub"), {"/vnets/agc/region": None, "/vnets/peered": None}), Look())
    line = next(line for line in text.splitlines() if "AGC006" in line)
    assert line.endswith("nodes of prod: vnet-aks (japaneast); AGC: vnet-hub (region not given); peering not given")
    assert "@" not in line


def test_what_blocks_an_upgrade_stands_before_what_the_upgrade_mends():
    planned = {"/planned": "upgrade-to-overlay", "/aks/networkProfile/networkPolicy": "calico"}
    lines = shown(edited(base("kubenet"), planned), Look()).splitlines()
    heads = [line.split()[1] for line in lines if line.startswith("[FAIL]")]
    assert heads == ["AGC012", "AGC001", "AGC002"]
    assert [line for line in lines if line.startswith("      see ")][:2] == ["      see AGC012"] * 2


@pytest.mark.parametrize(("lang", "words"), [("en", "nodes of prod: vnet-aks"), ("ja", "prod のノード: vnet-aks")])
def test_pull_requests_and_the_web_tell_networks_by_the_same_names(lang: str, words: str):
    raw = edited(base("hub"), {"/vnets/agc/region": None, "/vnets/peered": None})
    judged = inspect(compose(raw), lang)
    for form in ("markdown", "junit", "sarif"):
        assert words in render(judged, form, lang) and "aks=" not in render(judged, form, lang), form
    body, _ = reply(raw, "json", lang)
    (listed,) = json.loads(body)["clusters"]
    by_id = {finding["id"]: finding for finding in listed["findings"]}
    assert by_id["AGC006"]["shown"].startswith(words)
    assert by_id["AGC006"]["observed"].startswith("aks=vnet-aks@japaneast ")  # for programs, as ever
    assert all((finding["shown"] is None) == (finding["observed"] is None) for finding in by_id.values())
    assert "shown" not in reply(raw, "json", lang, schema=1)[0]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_report_is_no_wider_than_its_terminal_but_for_commands_and_links(lang: str, width: int):
    text = shown([KUBENET["aks"], "1.6.7"], Look(width, whole=True), lang)
    long = [line for line in text.splitlines() if columns(line) > width]
    assert [line for line in long if not re.match(r"\s+(az|kubectl|helm) |\s+\S+: /", line)] == []


def test_paint_is_all_that_colours_add():
    plain, painted = (shown(KUBENET, Look(80, colour)) for colour in (False, True))
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain
    assert "\x1b[31;1m[FAIL]\x1b[0m AGC001 kubenet" in painted


def test_what_goes_into_a_file_is_neither_broken_nor_painted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    file = tmp_path / "s.json"
    file.write_text(json.dumps(KUBENET), "utf-8")
    printed = CliRunner().invoke(kb, ["check", str(file), "--lang", "en"]).output
    assert printed.startswith("Application Gateway for Containers cannot be installed: 3 blockers.\n\n[FAIL] AGC001")
    assert "\x1b" not in printed and "AGC008" not in printed
    assert "AGC008" in CliRunner().invoke(kb, ["check", str(file), "--lang", "en", "--all"]).output
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31;1m" in CliRunner().invoke(kb, ["check", str(file), "--lang", "en"], color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in CliRunner().invoke(kb, ["check", str(file), "--lang", "en"], color=True).output


def commands_of(raw: Any, rule: str) -> list[str]:
    inventory = compose(raw)
    (remedy,) = remedies(inventory, judge(inventory, "en"))
    return list(remedy.get(rule, ()))


def test_an_upgrade_is_only_shown_behind_what_must_come_before_it_and_not_where_it_is_not_possible():
    aks = base("kubenet")["aks"]
    engine = {**aks, "networkProfile": {"networkPlugin": "kubenet", "networkPolicy": "calico"}}
    policy, upgrade = commands_of([engine], "AGC001")
    assert policy.endswith("none") and "--network-plugin-mode overlay" in upgrade
    old = {**aks, "kubernetesVersion": "1.20"}
    assert commands_of([old], "AGC001") == []
    system = {**engine, "identity": {"type": "SystemAssigned"}}
    silent = {key: value for key, value in engine.items() if key != "identity"}
    masq = {"kind": "ConfigMap", "metadata": {"name": "azure-ip-masq-agent-config", "namespace": "kube-system"}}
    for documents in ([system], [silent], [engine, masq]):  # what comes first is not all done
        for planned in (None, "upgrade-to-overlay", "install-agc"):
            inventory = compose(documents, planned=planned)
            (remedy,) = remedies(inventory, judge(inventory, "en"))
            assert [line for lines in remedy.values() for line in lines if line.startswith("az aks update")] == []


@pytest.mark.parametrize(
    ("lang", "steps"), [("ja", "CNI オーバーレイへの手順を計画"), ("en", "plan the steps to CNI Overlay")]
)
def test_whoever_is_told_to_upgrade_is_told_where_the_order_of_the_steps_is(lang: str, steps: str):
    """In words that hold at every door: only a terminal names its command."""
    (findings,) = inspect(edited(base("kubenet"), {"/planned": "install-agc"}), lang)
    assert {"AGC001", "AGC002", "AGC011"} <= {finding.id for finding in findings.findings if steps in finding.fix}
    assert not [finding.id for finding in findings.findings if "kb plan" in finding.fix]


@pytest.mark.parametrize("width", range(20, 44))
def test_no_line_of_japanese_begins_with_what_must_not_begin_one(width: int):
    text = "アップグレードの前に、サブネットをチェックしてください。ネットワークっぽい、ぁぃ々。"
    assert [line for line in wrapped(text, width, "") if line[:1] in "。、ッャュョァィゥェォっゃゅょー々"] == []
