"""Peered VNets of the gateway and of the nodes that a question tells of, with both regions."""

import re

from bot.checks.asked.facts import Fact, are_facts, facts_and_question
from bot.checks.regions import REGIONS, differ

_GATEWAY = re.compile(
    r"(?<![a-z])agc(?![a-z0-9])|application gateways? for containers"
    r"|(?<!nat )(?<!vpn )(?<!api )(?<!app )(?<!application )(?<!network )(?<![\w-])gateway(?:'s)? vnet",
    re.IGNORECASE,
)
_NODES = re.compile(r"\b(?:aks|nodes?|workers?|clusters?)\b|AKS|ノード|クラスター?", re.IGNORECASE)
PEERED = re.compile(r"\bpeer(?:ed|ing)\b|ピアリング", re.IGNORECASE)
_THIRD = re.compile(  # each may be peered with a third one
    r"\b(?:to|with|via|through|over|behind) (?:(?:an?|the|our|one|another) )?(?:[\w-]+ )?"
    r"(?:hub|firewall|transit|vwan)\b"
    r"|(?:ハブ|ファイアウォール)[^。、]{0,12}(?:に|と|へ|経由)|\bvpn\b|expressroute|virtual wan",
    re.IGNORECASE,
)
_NOT_SO = re.compile(  # one VNet, or a peering that is no more
    r"\bsame (?:vnet|virtual network)|\b(?:remov|delet|dropp|disconnect|unlink|disabl|replac)\w*\b"
    r"|(?:同じ|同一の?|1 ?つの|一つの) ?(?:vnet|仮想ネットワーク)|やめ|止め|外し|外す|解除|削除|撤去|切断|消し",
    re.IGNORECASE,
)
_SAME = re.compile(r"\bsame (?:azure )?regions?\b|(?:同じ|同一の?) ?リージョン", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:different|other|another|separate|two) (?:azure )?regions?\b|(?:別(?:の|々の)?|異なる|違う) ?リージョン",
    re.IGNORECASE,
)
_SAID = re.compile(r"[。、,，;\n]|\.\s")
_CLAUSE = re.compile(rf"{_SAID.pattern}|\b(?:and|while|whereas|but|with)\b|と", re.IGNORECASE)
_BOTH = re.compile(r"\bboth\b|両方|どちらも|双方", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w-])[a-z]+[0-9]?(?![\w-])", re.IGNORECASE | re.ASCII)
# As the portal writes them; the longer name first.
_JAPANESE = {
    "東日本": "japaneast",
    "西日本": "japanwest",
    "東南アジア": "southeastasia",
    "東アジア": "eastasia",
    "北ヨーロッパ": "northeurope",
    "西ヨーロッパ": "westeurope",
}
_MOST_WORDS = 3  # of a region: "south central us"


def peered(question: str) -> Fact | None:
    """The two peered VNets of a plain question; None if it does not tell of both and of their regions as facts."""
    context, _ = facts_and_question(question)
    if not (PEERED.search(context) and _GATEWAY.search(context) and _NODES.search(context)):
        return None
    if not are_facts(context) or _THIRD.search(context) or _NOT_SO.search(context):
        return None
    regions = _regions(context)
    if regions is None:
        return None
    agc, nodes, observed = regions
    other = differ(agc, nodes)
    vnets = {"agc": {"id": "agc", "region": agc}, "aks": {"id": "nodes", "region": nodes}, "peered": True}
    return None if other is None else Fact("AGC007" if other else "AGC006", observed, {"vnets": vnets})


def _regions(context: str) -> tuple[str, str, str] | None:
    """The region of the gateway, that of the nodes, and the words that say so."""
    clauses = [(clause, _named(clause)) for clause in _CLAUSE.split(context)]
    placed = [(clause, named) for clause, named in clauses if named]
    same, other = _SAME.search(context), _OTHER.search(context)
    if not placed:
        match = same or other
        if match is None or (same and other):
            return None
        return "westus", "westus" if same else "eastus", match.group()  # any two: the words tell no names
    if both := _of_both(context):
        return both
    if len(placed) != 2 or any(len(named) != 1 for _, named in placed):
        return None
    of: dict[str, tuple[str, str]] = {}
    for clause, ((region, written),) in placed:
        gateway, nodes = bool(_GATEWAY.search(clause)), bool(_NODES.search(clause))
        if gateway == nodes:
            return None
        of["agc" if gateway else "aks"] = region, written
    if len(of) != 2:
        return None
    return of["agc"][0], of["aks"][0], ", ".join(dict.fromkeys((of["agc"][1], of["aks"][1])))


def _of_both(context: str) -> tuple[str, str, str] | None:
    """The one region that a text names, where it says so of both: "AGC and the nodes are both in East US"."""
    said = [(clause, _named(clause)) for clause in _SAID.split(context)]
    placed = [(clause, named) for clause, named in said if named]
    if len(placed) != 1 or len(placed[0][1]) != 1 or _OTHER.search(context):
        return None
    (clause, ((region, written),)), *_ = placed
    names_one = bool(_GATEWAY.search(clause)) != bool(_NODES.search(clause))
    return (region, region, written) if _BOTH.search(clause) and not names_one else None


def _named(clause: str) -> list[tuple[str, str]]:
    """The regions that a clause names, each with its words."""
    named = [(region, name) for name, region in _JAPANESE.items() if name in clause]
    words, at = list(_WORD.finditer(clause)), 0
    while at < len(words):
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            written = clause[words[at].start() : words[at + count - 1].end()]
            if (region := written.lower().replace(" ", "")) in REGIONS:
                named.append((region, written))
                at += count - 1
                break
        at += 1
    return named
