"""A condition that another document names answers by itself, under its own heading, marked as another source's."""

import pytest

from bot.answering.ask import Bot
from bot.records import Status

PAGE = "runbooks/aks-conditions#"


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("our AKS is on k8s 1.25, is that enough to go overlay?", "kubernetes-version"),
        ("Do we uninstall calico before we upgrade to overlay?", "network-policy-engine"),
        ("Does --pod-cidr have to stay clear of the vnet in the overlay upgrade?", "pod-cidr"),
        ("can one node pool be upgraded to overlay before the others", "node-pools"),
        ("Which OS build do windows nodes need for the upgrade to overlay?", "windows"),
        ("masquerade agent config in kube-system, remove it before overlay?", "masq-agent"),
        ("what happens to our pod routes when kubenet becomes overlay", "kubenet-routes"),
        ("Is a system-assigned identity ok to leave kubenet?", "kubenet-identity"),
        ("オーバーレイに上げる前に NPM は外すんですか", "network-policy-engine"),
        ("ノード プールは 1 つずつオーバーレイに上げられる？", "node-pools"),
        ("kubenet から上げるのにシステム割り当ての ID じゃだめ？", "kubenet-identity"),
        ("Windows ノードの OS ビルドはオーバーレイ化でいくつ要る？", "windows"),
    ],
)
def test_a_condition_is_answered_from_its_own_section(bot: Bot, question: str, section: str):
    answer = bot.ask(question)
    assert (answer.status, answer.citations[0].section) == (Status.ANSWERED, PAGE + section)
    assert answer.verdict is None and answer.not_stated != ()  # it is not the source's own


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("AGC005 fails, how do we fix it?", "rules/agc005#how-to-fix"),
        ("AGC005 が fail、直し方を教えて", "rules/agc005#how-to-fix"),
        ("AGC009 の理由は？", "rules/agc009#why"),
    ],
)
def test_what_is_asked_of_a_rule_leads(bot: Bot, question: str, section: str):
    assert bot.ask(question).citations[0].section == section


def test_an_outage_is_no_disruption(bot: Bot):
    answer = bot.ask("is an outage the same thing as a disruption")
    assert (answer.citations[0].section, answer.verdict) == ("faq#outage-or-disruption", "no")
