"""What a check found, in Slack's blocks and within its limits."""

import dataclasses
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_limits import SITE, TEXT, check_limits, check_no_markup

from bot import checks
from bot.checks.posted import posted
from bot.slack.check_messages import findings_message


@given(st.lists(TEXT, min_size=1, max_size=12), st.sampled_from(checks.Status), st.sampled_from(["ja", "en"]))
@settings(deadline=None)
def test_any_findings_keep_slacks_limits(observed: list[str], status: checks.Status, lang: str):
    findings = checks.check({"aks": {"networkProfile": {"networkPlugin": "kubenet"}}}, lang, SITE)
    changed = [
        dataclasses.replace(finding, observed=text, status=status)
        for finding, text in zip(findings, observed, strict=False)
    ]
    message = findings_message(changed, lang, SITE)
    check_limits(message)
    check_no_markup(message)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_findings_begin_with_the_sentence_of_every_other_report(lang: str):
    kubenet = {"aks": {"networkProfile": {"networkPlugin": "kubenet"}}, "planned": "install-agc"}
    sentence = checks.sentence(checks.inspect(kubenet, lang), lang)
    first = findings_message(checks.check(kubenet, lang, SITE), lang, SITE)["blocks"][0]["text"]["text"]
    assert first.startswith(f"*{sentence}*\n")


@pytest.mark.parametrize(("lang", "label"), [("ja", "対象外"), ("en", "not applicable")])
def test_rules_that_do_not_apply_are_one_line_of_links(lang: str, label: str):
    findings = checks.check({"aks": {"networkProfile": {"networkPlugin": "kubenet"}}}, lang, SITE)
    message = findings_message([*findings, *findings], lang, SITE)  # of two clusters
    lines = [line for line in message["blocks"][-1]["text"]["text"].splitlines() if ":heavy_minus_sign:" in line]
    idle = [finding for finding in findings if finding.status is checks.Status.NOT_APPLICABLE]
    rules = " · ".join(f"<{finding.url}|{finding.id} {finding.name}>" for finding in idle)
    assert len(idle) > 5 and lines == [f":heavy_minus_sign: {label}: {rules}"]


def test_commands_stand_below_the_first_finding_that_needs_them_as_code():
    kubenet = {
        "name": "prod",
        "resourceGroup": "rg",
        "kubernetesVersion": "1.31",
        "identity": {"type": "UserAssigned"},
        "networkProfile": {"networkPlugin": "kubenet", "networkPolicy": "none"},
        "agentPoolProfiles": [{"name": "np", "osType": "Linux"}],
    }
    checked = posted.findings(json.dumps(kubenet).encode(), 10_000, "en", SITE)
    assert isinstance(checked, posted.Checked)
    message = findings_message(checked.findings, "en", SITE, checked.clusters, checked.commands)
    check_limits(message)
    kinds = [block["type"] for block in message["blocks"]]
    assert kinds == ["section", "section", "rich_text", "section", "section"]  # AGC002 needs what AGC001 has
    assert "|AGC001 kubenet>" in message["blocks"][1]["text"]["text"]
    (code,) = message["blocks"][2]["elements"]
    assert code["type"] == "rich_text_preformatted"
    assert code["elements"][0]["text"].startswith(
        "az aks update --resource-group rg --name prod --network-plugin azure"
    )


def test_of_commands_that_do_not_fit_the_rest_is_linked():
    kubenet = {"name": "prod", "networkProfile": {"networkPlugin": "kubenet"}}
    finding = checks.check(kubenet, "en", SITE)[0]
    for line, blocks in (("az aks show", 0), ("az aks show --name " + "n" * 2000, 1)):
        message = findings_message([finding], "en", SITE, [], {finding.id: [line]})
        check_limits(message)
        rest = [block for block in message["blocks"] if "Read on" in json.dumps(block)]
        assert len(rest) == blocks and all(finding.url.rpartition("/")[0] in json.dumps(block) for block in rest)


def test_the_clusters_are_named_and_a_pass_needs_no_fix():
    overlay = {"networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}}
    findings = checks.check({"aks": overlay}, "en", SITE)
    blocks = findings_message(findings, "en", SITE, ["aks-<one>", "", *"bcdef"])["blocks"]
    assert blocks[0]["text"]["text"].split("\n")[1] == "aks-&lt;one&gt;, b, c, d, …"
    passed = next(line for block in blocks for line in block["text"]["text"].split("\n") if "|AGC001 kubenet>" in line)
    assert re.fullmatch(r":white_check_mark: <[^|]+\|AGC001 kubenet> pass: azure", passed)


def test_advice_and_what_is_unknown_are_told_apart_from_passes():
    profile = {"networkPlugin": "azure", "networkPluginMode": None, "networkPolicy": "none"}
    cluster = {"networkProfile": profile, "agentPoolProfiles": [{"name": "p", "podSubnetId": None}]}
    findings = checks.check({"aks": cluster, "planned": "upgrade-to-overlay"}, "en", SITE)
    text = "\n".join(block["text"]["text"] for block in findings_message(findings, "en", SITE)["blocks"])
    assert "/ advice 1 / pass 1 /" in text
    assert re.search(
        r":bulb: <[^|]+\|AGC010 upgrade-window> advice: upgrade-to-overlay\n(.+\n){2}\*What to do\*: Schedule", text
    )
    assert re.search(
        r":grey_question: <[^|]+\|AGC002 cni-mode> unknown: .+\n(.+\n){2}\*The source does not say\*: ", text
    )
    assert re.search(
        r":grey_question: <[^|]+\|AGC012 upgrade-path> unknown: nothing given\n(.+\n){2}\*Missing data\*: ", text
    )
