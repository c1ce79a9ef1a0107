"""Several subnets of gateways that a question lists: "three AGCs in 10.0.0.0/24, 10.0.1.0/24 and 10.0.2.0/25"."""

import re

from bot.checks.rules.gateway_rules import SUBNET_SIZE

_PREFIX = r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3})?/(?:[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])"
_ROW = re.compile(
    rf"(?<![A-Za-z0-9_.]){_PREFIX}(?: ?(?:,|、|;|,? and|と|および|及び) ?(?:an? |the )?{_PREFIX})++"
    r"(?! ?(?:は|が|を|って)| (?:is|are|was|were|belongs?|goes|hosts?|has|have|for (?!agc|the agc|overlay))\b)",
    re.IGNORECASE,
)
_SIZE = re.compile(r"/([0-9]{2})")
_OURS = re.compile(
    r"(?<![a-z])(?:agcs\b|agc subnets\b|(?:two|three|four|five|several|both|[2-9]) (?:agcs?|gateways)\b)"
    r"|(?<![a-z])agc ?(?:用|の)? ?サブネット|(?<![a-z])agc ?[がはもを]? ?(?:[2-9]|二|三|複数) ?(?:つ|個)",
    re.IGNORECASE,
)
# Whose else one of them may be, and what makes them a choice.
_OTHER = re.compile(
    r"\b(?:nodes?|pods?|pools?|workers?|vnets?|aks|vms?|bastion|firewall|endpoints?|on-?prem\w*|or|which|either|instead"
    r"|respectively|split|divid\w*|than|not|no|first|last|spare|free|unused)\b|n't\b"
    r"|AKS|ノード|ワーカー|ポッド|Pod|プール|VM|VNet|仮想ネットワーク|または|もしくは|それとも|どちら|どれ|どっち|のうち|ではな|じゃな"
    r"|未使用|空き|分割",
    re.IGNORECASE,
)


def beyond_in_row(question: str) -> int | None:
    """The first size of a row of the gateways' subnets that the rule does not allow; None: no such row, or none in it.

    That all are allowed is no pass: which gateway is in which subnet is not told.
    """
    rows = list(_ROW.finditer(question))
    if len(rows) != 1 or not _OURS.search(question) or _OTHER.search(question):
        return None
    given = [int(size) for size in _SIZE.findall(rows[0].group())]
    return next((size for size in given if size != SUBNET_SIZE), None)
