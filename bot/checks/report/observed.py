"""What a rule observed, in words for people: of two networks whose they are, and not by the keys of the data."""

import re

from bot.checks.findings import Finding
from bot.checks.words import label

_NETWORKS = re.compile(
    r"(?<!\S)aks=(?P<aks>\S+)@(?P<home>[^\s@]++) agc=(?P<agc>\S+)@(?P<away>[^\s@]++) peered=(?P<peered>\w+)"
)


def seen_in(finding: Finding, cluster: str, lang: str) -> str:
    """What a finding about a cluster of this name observed; "nothing given" where it observed nothing."""
    if finding.observed is None:
        return label(lang, "nothing")
    return _NETWORKS.sub(lambda match: _networks(match, cluster, lang), finding.observed)


def _networks(match: re.Match[str], cluster: str, lang: str) -> str:
    def end(vnet: str, region: str) -> str:
        name = label(lang, "no-vnet") if vnet == "?" else vnet
        return label(lang, "network").format(vnet=name, region=label(lang, "no-region") if region == "?" else region)

    peered = {"true": "peered", "false": "not-peered"}.get(match["peered"], "peering-unknown")
    return label(lang, "networks").format(
        cluster=cluster or label(lang, "the-cluster"),
        nodes=end(match["aks"], match["home"]),
        gateway=end(match["agc"], match["away"]),
        peered=label(lang, peered),
    )
