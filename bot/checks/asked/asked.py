"""Values that a question gives ("ALB Controller 1.6.7, ok for overlay?"), judged by the rules that they concern.

Only a value with its subject counts: a version beside the controller, a size beside the gateway's subnet, a key of the
cluster's JSON. What the question does not say is not guessed, but one thing: sizes and versions matter with CNI
Overlay, so a question that names no other network asks about that.
"""

import re
from dataclasses import replace
from typing import Any

from bot.checks.asked.bearing import may_turn
from bot.checks.asked.bounds import names_a_bound
from bot.checks.asked.peered_asked import peered
from bot.checks.asked.pools_asked import pools
from bot.checks.asked.profile import pasted_profile, profile
from bot.checks.asked.purpose import asks_a_cause, asks_otherwise
from bot.checks.asked.shared_asked import shared
from bot.checks.asked.size_asked import size
from bot.checks.asked.suiting import needs_newer_kubernetes
from bot.checks.asked.upgrade_asked import IN_ORDER, Said, asks_upgrade, said_of_cluster
from bot.checks.asked.versions_asked import version
from bot.checks.errors import InputError
from bot.checks.findings import Finding, Status
from bot.checks.rules.engine import check
from bot.checks.rules.gateway_rules import MINIMUM_VERSION

_NO_OVERLAY = re.compile(
    r"(?:instead of|not|no|without|rather than) (?:\w+ ){0,2}overlay"
    r"|オーバーレイ(?:ではな|じゃな|で(?:は)?なく|以外|を使わ)",
    re.IGNORECASE,
)
_KUBENET = re.compile(r"kubenet", re.IGNORECASE)
_UPGRADE = re.compile(r"upgrad|migrat|switch|mov(?:e|ing)|アップグレード|移行|切り替|上げ", re.IGNORECASE)
_OVERLAY = re.compile(r"overlay|オーバーレイ", re.IGNORECASE)
_FLAT = re.compile(
    r"pod[ -]?subnet|node[ -]?subnet|flat|フラット|ポッド ?サブネット|ノード ?サブネット|azure cni(?! ?powered)"
    r"|\b(?:dynamic|static)(?: pod)? (?:ip|block|allocation)|(?:動的|静的) ?(?:IP|ブロック|割り?当て)|\bazcni\b",
    re.IGNORECASE,
)


# An upgrade to overlay that has not happened yet.
_PLANNED = re.compile(
    rf"(?:{_UPGRADE.pattern})[^.?!。？]{{0,40}}(?:{_OVERLAY.pattern})|(?:{_OVERLAY.pattern})[^.?!。？]{{0,20}}(?:{_UPGRADE.pattern})",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:after|since|have|has|had|already|just|was|were|been) (?:\w+ ){0,3}(?:upgrad|migrat|switch|mov)"
    r"|(?:アップグレード|移行|切り替え|上げ)(?:した|済み|後|てから|たら)",
    re.IGNORECASE,
)
_TWO_PARTS = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}")
_RULE = re.compile(r"(?<![A-Za-z0-9])AGC[0-9]{3}(?![0-9])")
_FLAT_PROFILE = {"networkPlugin": "azure", "networkPluginMode": None}
_TO_OVERLAY = "upgrade-to-overlay"
_ANY = "0.0.0.0"  # the address of a size that stands alone
_ANY_PATCH = ".0+any"  # the patch of a version of two parts, which decides nothing where the two differ from the least


# What stands around a value: its number, its key, its controller, the command that sets it.
_AROUND = re.compile(
    r"[0-9]|[a-z][A-Z]|^(?:az|kubectl|helm|create|update|null|true|false)$|[Cc]ontroller|コントローラー"
)


def belongs_to_a_value(part: str) -> bool:
    """Whether a part of a question that gives a value only says which value it is."""
    return bool(_AROUND.search(part))


_SEVERAL = re.compile(
    r"(?:two|three|four|five|several|both|[2-9]) (?:agc|gateway|subnet)s?"
    r"|(?:agc|ゲートウェイ|サブネット) ?[がはもを]? ?(?:[2-9]|二|三|複数) ?(?:つ|個)",
    re.IGNORECASE,
)


def counts_of_gateways(part: str) -> bool:
    """Whether a part of a question only says how many gateways or subnets of them there are."""
    return bool(_SEVERAL.fullmatch(part))


def of_flat_network(question: str) -> bool:
    """Whether a plain question is about a network that supports AGC, but for which no size and no version is stated."""
    return bool(_FLAT.search(question) and (not _OVERLAY.search(question) or _NO_OVERLAY.search(question)))


def of_another_network(question: str) -> bool:
    """Whether a plain question is about a network for which sizes and versions are not stated."""
    if of_flat_network(question):
        return True
    return bool(_KUBENET.search(question)) and not _UPGRADE.search(question)


def judged(question: str, lang: str) -> tuple[Finding, ...]:
    """Findings about the values in a plain question; none if it gives none, or asks something else about them."""
    pasted, spoken = pasted_profile(question)
    if asks_otherwise(spoken):
        return ()
    document, concerned = _document(question, pasted)
    findings = _findings(document, concerned, lang) + _of_facts(spoken, lang)
    if not _DONE.search(question):
        # The size counts before the upgrade, too.
        if "AGC004" in concerned and _PLANNED.search(question):
            before = {**document, "aks": {"networkProfile": _FLAT_PROFILE}, "planned": _TO_OVERLAY}
            findings += _findings(before, {"AGC009"}, lang)
        if asks_upgrade(spoken):
            findings = _with_upgrade(findings, question, document, pasted is not None, lang)
    findings = tuple(each for each in findings if each.status is not Status.PASS or not _is_turned(each, spoken))
    findings = (*findings, *_of_pools(spoken, lang))
    if named := set(_RULE.findall(question)):  # of the rules only those that it asks about
        findings = tuple(finding for finding in findings if finding.id in named)
    if asks_a_cause(spoken):
        overlay = "AGC001" in concerned or _OVERLAY.search(question)
        return tuple(finding for finding in findings if overlay and finding.status is Status.FAIL)
    return findings


def _is_turned(passed: Finding, spoken: str) -> bool:
    """Whether something else that a question says may turn what passed: a value that is fine alone."""
    alone = passed.id == "AGC003" and needs_newer_kubernetes(passed.observed or "", spoken)
    return alone or may_turn(passed.id, spoken)


def _with_upgrade(
    findings: tuple[Finding, ...], question: str, document: dict[str, Any], pasted: bool, lang: str
) -> tuple[Finding, ...]:
    """And whether AKS upgrades such a cluster: its policies are judged for the upgrade, not for what it becomes."""
    if pasted:
        upgrade = _findings({"aks": document["aks"], "planned": _TO_OVERLAY}, {"AGC012"}, lang)
        return findings + upgrade
    policy = document["aks"]["networkProfile"].get("networkPolicy")
    said = said_of_cluster(question, policy, versions=not names_a_bound(question))
    given = [each for each in said if each]
    alone: dict[Status, list[tuple[Said, Finding]]] = {}
    for each in given:
        for finding in _findings({"aks": {**IN_ORDER, **each.aks}, "planned": _TO_OVERLAY}, {"AGC012"}, lang):
            alone.setdefault(finding.status, []).append((each, finding))
    if any(each.policy for each in given):
        findings = tuple(finding for finding in findings if finding.id != "AGC008")
    if worst := alone.get(Status.FAIL) or alone.get(Status.UNKNOWN) or (len(given) == len(said) and alone[Status.PASS]):
        return (*findings, replace(worst[0][1], observed=", ".join(each.text for each, _ in worst)))
    return findings


def _findings(document: dict[str, Any], concerned: set[str], lang: str) -> tuple[Finding, ...]:
    if not concerned:
        return ()
    try:
        findings = check(document, lang)
    except InputError:
        return ()
    shown = (Status.PASS, Status.FAIL, Status.UNKNOWN)
    return tuple(
        replace(finding, observed=finding.observed.removeprefix(_ANY).removesuffix(_ANY_PATCH))
        for finding in findings
        if finding.id in concerned and finding.status in shown and finding.observed
    )


def _of_facts(spoken: str, lang: str) -> tuple[Finding, ...]:
    """Of what a question tells of peered VNets and shared subnets with CNI Overlay, what fails, in its words."""
    if not _OVERLAY.search(spoken) or of_another_network(spoken):
        return ()
    overlay = {"networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}}
    return tuple(
        replace(finding, observed=fact.observed)
        for fact in (peered(spoken), shared(spoken))
        if fact
        for finding in _findings({"aks": overlay, **fact.document}, {fact.rule}, lang)
        if finding.status is Status.FAIL
    )


def _of_pools(spoken: str, lang: str) -> tuple[Finding, ...]:
    """That the network suits the gateway, where a question tells that all pools have a subnet for pods."""
    fact = pools(spoken)
    if fact is None:
        return ()
    return tuple(replace(each, observed=fact.observed) for each in _findings(fact.document, {fact.rule}, lang))


def _needs_no_patch(number: str) -> bool:
    """Whether a version of two parts is above or below the least one, whatever its patch: 1.8, but not 1.7."""
    least = (MINIMUM_VERSION.major, MINIMUM_VERSION.minor)
    return bool(_TWO_PARTS.fullmatch(number)) and tuple(map(int, number.split("."))) != least


def _document(question: str, pasted: dict[str, Any] | None) -> tuple[dict[str, Any], set[str]]:
    """A snapshot of what the question says, and the rules whose value it gives."""
    given = profile(question)
    concerned: set[str] = set()
    if pasted is not None:
        nested = pasted.get("networkProfile", pasted)
        given = nested if isinstance(nested, dict) else {}
    if given.get("networkPlugin"):
        concerned |= {"AGC001", "AGC002"}
    if given.get("networkPolicy") not in (None, "none"):
        concerned.add("AGC008")
    document: dict[str, Any] = {"aks": {**(pasted or {}), "networkProfile": given}}
    if number := version(question):
        document["albController"] = {"version": number + _ANY_PATCH * _needs_no_patch(number)}
        concerned.add("AGC003")
    if (length := size(question)) is not None:
        document["subnet"] = {"addressPrefix": f"{_ANY}/{length}"}
        concerned.add("AGC004")
    if {"AGC003", "AGC004", "AGC008"} & concerned and not given.get("networkPlugin"):
        if of_another_network(question):
            return document, set()
        document["aks"]["networkProfile"] = {**given, "networkPlugin": "azure", "networkPluginMode": "overlay"}
    return document, concerned
