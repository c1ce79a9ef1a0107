"""One list of findings for several clusters."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from bot.checks.findings import ClusterFindings, Finding, worst_first
from bot.checks.printable import printable

_FEW = 16  # parts that a finding names


def merged(clusters: Sequence[ClusterFindings]) -> list[Finding]:
    """Schema 1: what is wrong with any cluster is in the list; `observed` names the clusters."""
    if len(clusters) == 1:
        return list(clusters[0].findings)
    made = []
    for same in zip(*(cluster.findings for cluster in clusters), strict=True):
        named = [(cluster.name or "?", finding) for cluster, finding in zip(clusters, same, strict=True)]
        named.sort(key=lambda pair: worst_first(pair[1].status, pair[1].gap))
        worst = named[0][1]
        seen = "; ".join(f"{name}: {finding.observed or '-'}" for name, finding in named)
        parts = tuple(dict.fromkeys(chain.from_iterable(finding.parts for _, finding in named)))[:_FEW]
        made.append(replace(worst, observed=printable(seen), parts=parts))
    return made


def by_cluster(findings: Sequence[ClusterFindings] | Sequence[Finding]) -> list[ClusterFindings]:
    """Findings alone are those of one cluster without a name."""
    clusters = [each for each in findings if isinstance(each, ClusterFindings)]
    return clusters or [
        ClusterFindings("", None, tuple(finding for finding in findings if isinstance(finding, Finding)))
    ]
