"""The size of the gateway's subnet that a question gives."""

import re

from bot.checks.asked.bounds import names_a_bound, without_bound
from bot.checks.asked.listed_sizes import beyond_in_row
from bot.checks.asked.sizes import COUNT, PREFIX, RANGE, SIZE, SUBNET, sizes
from bot.checks.asked.versions_asked import CONTROLLER
from bot.checks.rules.gateway_rules import SUBNET_SIZE

_NAMES = r"(?:\bagc\b|agc|application gateways? for containers|ゲートウェイ|gateway|association|関連付け)"
_GATEWAY = re.compile(rf"{_NAMES}|{CONTROLLER}", re.IGNORECASE)
_OWN_SIZE = re.compile(
    rf"{_NAMES}[^/0-9。?？!\n、,，]{{0,24}}(?:(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}})?"
    r"/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
_OF_THE_GATEWAY = re.compile(  # the size in front: "a /24 for the gateway", 「/24 を AGC に」
    rf"/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])(?: (?:range|block|cidr))?"
    rf"(?: (?:for|given to|assigned to|reserved for) (?:(?:the|our|an?) )?|(?:を|は)? ?)"
    rf"{_NAMES}(?=用|専用|に|へ|[^A-Za-z\w]|$)",
    re.IGNORECASE,
)
# Without the word subnet, nothing else may own the size: "AGC /23", AGC 用に 10.4.0.0/23 を切った.
_SIZE_OF_IT = re.compile(
    rf"{_NAMES}(?:[ :=用専向けのにはがを]|\b(?:is|has|in|on|uses|using|with|got|an?|at|range|cidr)\b){{0,8}}"
    r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3})?/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])",
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
# Whose subnet a size may be beside the gateway's.
_OWNER = re.compile(
    r"\b(?:nodes?|workers?|pods?|pools?|aks|clusters?|vms?|bastion|firewall|app ?service|endpoints?)(?=\b|'s)"
    r"|AKS|ノード|ワーカー|ポッド|Pod|プール|クラスター?|VM",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[。.?？!\n、,，;](?![0-9])")
# A product beside which a size is not AGC's, unless AGC is named, too.
_OTHER_PRODUCT = re.compile(
    r"\bagic\b|application gateways?(?! for containers)|ingress[ -]controllers?|nginx|イングレス ?コントローラー?"
    r"|azure firewall|load balancer|ロード ?バランサー?",
    re.IGNORECASE,
)
OWN_NAME = re.compile(r"\bagc\b|agc(?![A-Za-z])|for containers|\balb\b", re.IGNORECASE)


def _before_sizes(question: str) -> list[str]:
    """What stands in front of each size in its clause."""
    starts = [match.start() for pattern in (SIZE, PREFIX, RANGE, COUNT) for match in pattern.finditer(question)]
    return [_CLAUSE.split(question[:start])[-1] for start in starts]


_OF_VNET = re.compile(  # a size right behind it is that of the network, not of a subnet in it
    r"(?:vnet|virtual network|仮想ネットワーク|アドレス空間|address space)"
    r"(?: ?(?:is|of|range|cidr|uses|has|が|は|の|を|:|=|\()){0,3} ?$",
    re.IGNORECASE,
)


def _is_of_another(before: str) -> bool:
    """Whether a size behind this text is that of another subnet: "our node subnet is a /22", 「ノード用サブネットは」.

    Whose it is stands last in front of the word subnet, or behind it.
    """
    if _OF_VNET.search(before):
        return True
    *_, subnet = (None, *SUBNET.finditer(before))
    if subnet is None:
        return False
    in_front, behind = before[: subnet.start()], before[subnet.end() :]
    own, other = (max((match.end() for match in p.finditer(in_front)), default=-1) for p in (_GATEWAY, _OWNER))
    if max(own, other) >= 0:
        return other > own
    return bool(_OWNER.search(behind)) and not _GATEWAY.search(behind)


def is_beside_another(question: str, start: int) -> bool:
    """Whether the clause of a size at this place speaks of pods, nodes, a VNet, and not of the gateway."""
    before = _CLAUSE.split(question[:start])[-1]
    clause = before + _CLAUSE.split(question[start:])[0]
    return any(owner.search(clause) for owner in (_OWNER, _POOL, _OTHER_SUBNET)) and not _GATEWAY.search(clause)


def size(question: str) -> int | None:
    """The one size of the gateway's subnet; of several sizes the one beside the gateway's name."""
    question = without_bound(question, f"/{SUBNET_SIZE}")
    if not _GATEWAY.search(question):
        return None
    if _OTHER_PRODUCT.search(question) and not OWN_NAME.search(question):
        return None
    if names_a_bound(question):
        return None
    before = _before_sizes(question)
    if before and all(map(_is_of_another, before)):
        return None
    if (beyond := beyond_in_row(question)) is not None:
        return beyond
    own, given = [int(match["size"]) for match in _OWN_SIZE.finditer(question)], list(sizes(question))
    others = _OTHER_SUBNET.search(question) or _POOL.search(question)
    if not SUBNET.search(question):
        of_it = _SIZE_OF_IT.search(question) or _OF_THE_GATEWAY.search(question)
        return int(of_it["size"]) if of_it and len(given) == 1 and not others else None
    if len(own) == 1 and (len(given) == 1 or others):
        return own[0]
    return given[0] if len(given) == 1 and not _OTHER_SUBNET.search(question) else None
