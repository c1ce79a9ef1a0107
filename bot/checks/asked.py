"""Values that a question gives ("ALB Controller 1.6.7, ok for overlay?"), judged by the rules that they concern.

Only a value with its subject counts: a version beside the controller, a size beside the gateway's subnet, a key of the
cluster's JSON. What the question does not say is not guessed, but one thing: sizes and versions matter with CNI
Overlay, so a question that names no other network asks about that.
"""

import json
import re
from dataclasses import replace
from typing import Any

from bot.checks.engine import check
from bot.checks.errors import InputError
from bot.checks.findings import Finding, Status
from bot.checks.purpose import asks_a_cause, asks_otherwise
from bot.checks.sizes import SUBNET, sizes
from bot.checks.upgrade_asked import IN_ORDER, Said, asks_upgrade, said_of_cluster, without_kubernetes

# Keys of the network profile as people paste them (JSON, YAML, `key=value`), and as they tell of them. Values are
# Latin: the particle behind one is none of it. A sentence may say other things of a key ("networkPolicy is required").
_KEYS = r"(?<![A-Za-z0-9_])(?P<key>networkPluginMode|networkPlugin|networkPolicy)"
_NAMED = r"(?P<value>azure|calico|cilium|kubenet|overlay|none|null|antrea|weave|flannel)(?![A-Za-z0-9_-])"
_KEY = (
    re.compile(rf"""{_KEYS}["']?\s*[:=]\s*["']?(?P<value>[A-Za-z0-9_-]+)"""),
    re.compile(rf"""{_KEYS}["'`」]?\s?(?:is(?: set to)?|が|は|を|に|も|の)?\s?["'`「]?{_NAMED}"""),
)
_OPTION = re.compile(r"--(?P<key>network-plugin-mode|network-plugin|network-policy)[ =](?P<value>[A-Za-z0-9_-]+)")
_OTHERS = "".join(f"(?<!{name}{gap})" for name in ("ingress", "イングレス", "nginx") for gap in ("", "[ -]"))
_CONTROLLER = rf"(?:alb[ -]?controllers?|alb ?コントローラー?|{_OTHERS}(?:コントローラー?|controller))"
_NUMBER = r"v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)?(?![0-9/]|\.[0-9A-Za-z])"
_BETWEEN = r"(?:(?!\band\b|\bor\b|\bthan\b)[^0-9。?？!\n、,，;と])"
# The number behind the name counts before the one in front of it: "Gateway API 1.1.0 and ALB Controller 1.7.9".
_VERSIONS = (
    re.compile(rf"{_CONTROLLER}{_BETWEEN}{{0,24}}?(?P<version>{_NUMBER})", re.IGNORECASE),
    re.compile(rf"(?<![0-9./])(?P<version>{_NUMBER}){_BETWEEN}{{0,12}}{_CONTROLLER}", re.IGNORECASE),
)
_ANY_VERSION = re.compile(r"(?<![0-9./])v?[0-9]+\.[0-9]+\.[0-9]+(?![0-9/]|\.[0-9])")
_OWN_NAME = re.compile(r"[ :=]+(?P<word>[\w.-]*[A-Za-z])")  # Cilium 1.6.5, read from its end
_NO_NAMES = {
    "to",
    "from",
    "not",
    "is",
    "was",
    "its",
    "it's",
    "then",
    "and",
    "or",
    "by",
    "at",
    "on",
    "via",
    "with",
    "than",
}
_NAMES = r"(?:\bagc\b|agc|application gateways? for containers|ゲートウェイ|gateway|association|関連付け)"
_GATEWAY = re.compile(rf"{_NAMES}|{_CONTROLLER}", re.IGNORECASE)
_OWN_SIZE = re.compile(
    rf"{_NAMES}[^/0-9。?？!\n、,，]{{0,24}}(?:(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}})?"
    r"/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
# Without the word subnet, nothing else may own the size: "AGC /23", AGC 用に 10.4.0.0/23 を切った.
_SIZE_OF_IT = re.compile(
    rf"{_NAMES}(?:[ :=用専向けのにはがを]|\b(?:is|has|in|on|uses|using|with|got|an?|at|range|cidr)\b){{0,8}}"
    r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3})?/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
# What asks for the rule itself gives no value: "must it be a /24?", "not a /25".
_ASKS_THE_RULE = re.compile(
    r"\bmust\b|\brequire|\bmandatory|\bhave to be\b|\bneeds? to be\b|\bnot\b|必須|必要が|なければ|じゃな|ではな|以外",
    re.IGNORECASE,
)
# A value that bounds others is none of the cluster's own: "smaller than /24", 1.7.9 未満.
_BOUND = re.compile(
    r"\b(?:small|larg|bigg|great|old|new|low|high|short|long|wid|narrow)\w*er? than\b|\b(?:less|more|other) than\b"
    r"|\b(?:up to|at least|at most|minimum|maximum)\b"
    r"|\bor (?:larger|smaller|bigger|later|newer|older|higher|lower|more|less)\b"
    r"|より(?:小さ|大き|古|新し|前|後|上|下|広|狭)|未満|以上|以下|以降|以前|超え|まで(?:なら|は|しか)|でなくて",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|used to be|previously|formerly)\b|だった|でした|以前は|もともと|元は", re.IGNORECASE)
_NO_OVERLAY = re.compile(
    r"(?:instead of|not|no|without|rather than) (?:\w+ ){0,2}overlay"
    r"|オーバーレイ(?:ではな|じゃな|で(?:は)?なく|以外|を使わ)",
    re.IGNORECASE,
)
_OTHER_SUBNET = re.compile(
    r"(?:node|pod|bastion|firewall|app ?service|endpoint)s?'?[ -]?subnet"
    r"|(?:ノード|ポッド|pod|bastion)[ 用の]*サブネット",
    re.IGNORECASE,
)
_POOL = re.compile(
    r"\b(?:pools?|nodes?|pods?|vnets?)\b|プール|ノード|vnet|仮想ネットワーク|アドレス空間|address space", re.IGNORECASE
)
_KUBENET = re.compile(r"kubenet", re.IGNORECASE)
_UPGRADE = re.compile(r"upgrad|migrat|switch|mov(?:e|ing)|アップグレード|移行|切り替|上げ", re.IGNORECASE)
_OVERLAY = re.compile(r"overlay|オーバーレイ", re.IGNORECASE)
_FLAT = re.compile(r"pod[ -]?subnet|node[ -]?subnet|flat|フラット|ポッド ?サブネット|ノード ?サブネット", re.IGNORECASE)


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
_FLAT_PROFILE = {"networkPlugin": "azure", "networkPluginMode": None}
_TO_OVERLAY = "upgrade-to-overlay"
_ANY = "0.0.0.0"  # the address of a size that stands alone


# What stands around a value: its number, its key, its controller, the command that sets it.
_AROUND = re.compile(r"[0-9]|[a-z][A-Z]|^(?:az|kubectl|helm|create|update)$|[Cc]ontroller|コントローラー")


def belongs_to_a_value(part: str) -> bool:
    """Whether a part of a question that gives a value only says which value it is."""
    return bool(_AROUND.search(part))


def judged(question: str, lang: str) -> tuple[Finding, ...]:
    """Findings about the values in a plain question; none if it gives none, or asks something else about them."""
    pasted, told = _pasted(question)
    if asks_otherwise(told):
        return ()
    document, concerned = _document(question, pasted)
    findings = _findings(document, concerned, lang)
    if not _DONE.search(question):
        # The size counts before the upgrade, too.
        if "AGC004" in concerned and _PLANNED.search(question):
            before = {**document, "aks": {"networkProfile": _FLAT_PROFILE}, "planned": _TO_OVERLAY}
            findings += _findings(before, {"AGC009"}, lang)
        if asks_upgrade(told):
            findings = _with_upgrade(findings, question, document, pasted is not None, lang)
    if asks_a_cause(told):
        named = "AGC001" in concerned or _OVERLAY.search(question)
        return tuple(finding for finding in findings if named and finding.status is Status.FAIL)
    return findings


def _with_upgrade(
    findings: tuple[Finding, ...], question: str, document: dict[str, Any], pasted: bool, lang: str
) -> tuple[Finding, ...]:
    """And whether AKS upgrades such a cluster: its policies are judged for the upgrade, not for what it becomes."""
    if pasted:
        upgrade = _findings({"aks": document["aks"], "planned": _TO_OVERLAY}, {"AGC012"}, lang)
        return findings + upgrade
    versions = not any(pattern.search(question) for pattern in (_ASKS_THE_RULE, _BOUND, _PAST))
    said = said_of_cluster(question, document["aks"]["networkProfile"].get("networkPolicy"), versions=versions)
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
        replace(finding, observed=finding.observed.removeprefix(_ANY))
        for finding in findings
        if finding.id in concerned and finding.status in shown and finding.observed
    )


def _document(question: str, pasted: dict[str, Any] | None) -> tuple[dict[str, Any], set[str]]:
    """A snapshot of what the question says, and the rules whose value it gives."""
    profile = {match["key"]: _value(match["value"]) for pattern in _KEY for match in pattern.finditer(question)}
    profile |= {_camel(match["key"]): match["value"] for match in _OPTION.finditer(question)}
    concerned: set[str] = set()
    if pasted is not None:
        nested = pasted.get("networkProfile", pasted)
        profile = nested if isinstance(nested, dict) else {}
    if profile.get("networkPlugin"):
        concerned |= {"AGC001", "AGC002"}
    if profile.get("networkPolicy") not in (None, "none"):
        concerned.add("AGC008")
    document: dict[str, Any] = {"aks": {**(pasted or {}), "networkProfile": profile}}
    if version := _version(question):
        document["albController"] = {"version": version}
        concerned.add("AGC003")
    if (size := _size(question)) is not None:
        document["subnet"] = {"addressPrefix": f"{_ANY}/{size}"}
        concerned.add("AGC004")
    if {"AGC003", "AGC004", "AGC008"} & concerned and not profile.get("networkPlugin"):
        if _FLAT.search(question) and (not _OVERLAY.search(question) or _NO_OVERLAY.search(question)):
            return document, set()
        if _KUBENET.search(question) and not _UPGRADE.search(question):
            return document, set()
        document["aks"]["networkProfile"] = {**profile, "networkPlugin": "azure", "networkPluginMode": "overlay"}
    return document, concerned


def _version(question: str) -> str | None:
    """The version that stands beside the controller; none if another one may be meant ("from 1.5.2 to 1.7.9")."""
    question = without_kubernetes(question)
    bound = next(filter(None, (pattern.search(question) for pattern in _VERSIONS)), None)
    if bound is None or _ASKS_THE_RULE.search(question) or _BOUND.search(question):
        return None
    others = (match for match in _ANY_VERSION.finditer(question) if not _overlap(match, bound))
    return bound["version"].lstrip("vV") if all(_has_a_name(question, match.start()) for match in others) else None


def _overlap(match: re.Match[str], bound: re.Match[str]) -> bool:
    start, end = bound.span("version")
    return match.start() < end and match.end() > start


def _has_a_name(question: str, start: int) -> bool:
    before = _OWN_NAME.match(question[:start][::-1])
    return before is not None and before["word"][::-1].lower() not in _NO_NAMES


def _size(question: str) -> int | None:
    """The one size of the gateway's subnet; of several sizes the one beside the gateway's name."""
    if not _GATEWAY.search(question):
        return None
    if any(pattern.search(question) for pattern in (_ASKS_THE_RULE, _BOUND, _PAST)):
        return None
    own, given = [int(match["size"]) for match in _OWN_SIZE.finditer(question)], list(sizes(question))
    others = _OTHER_SUBNET.search(question) or _POOL.search(question)
    if not SUBNET.search(question):
        of_it = _SIZE_OF_IT.search(question)
        return int(of_it["size"]) if of_it and len(given) == 1 and not others else None
    if len(own) == 1 and (len(given) == 1 or others):
        return own[0]
    return given[0] if len(given) == 1 and not _OTHER_SUBNET.search(question) else None


def _pasted(question: str) -> tuple[dict[str, Any] | None, str]:
    """The first JSON object in the text that holds a network profile, or is one; and the text without such objects."""
    decoder, at = json.JSONDecoder(), question.find("{")
    pasted: dict[str, Any] | None = None
    told, told_from = [], 0
    while at >= 0:
        try:
            value, end = decoder.raw_decode(question, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(value, dict) and ("networkProfile" in value or "networkPlugin" in value):
                pasted = value if pasted is None else pasted
                told.append(question[told_from:at])
                told_from = end
        at = question.find("{", end)
    return pasted, "\n".join([*told, question[told_from:]])


def _value(text: str) -> str | None:
    return None if text == "null" else text


def _camel(option: str) -> str:
    first, *rest = option.split("-")
    return first + "".join(word.capitalize() for word in rest)
