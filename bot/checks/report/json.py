"""The documented form: findings.schema.json. The doors to the network send the same object."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.checks.findings import ClusterFindings, Finding
from bot.checks.rules.merge import by_cluster, merged

SCHEMA = 2
SCHEMAS = (1, 2)


def as_object(findings: Sequence[ClusterFindings] | Sequence[Finding], schema: int = SCHEMA) -> dict[str, Any]:
    """Ready for any JSON encoder. Schema 1 has one list for all clusters, and knows no advice, gap or parts."""
    clusters = by_cluster(findings)
    if schema == 1:
        return {"schema": 1, "findings": [_first(finding) for finding in merged(clusters)]}
    listed = [
        {"name": cluster.name, "id": cluster.id, "findings": [asdict(finding) for finding in cluster.findings]}
        for cluster in clusters
    ]
    return {"schema": SCHEMA, "clusters": listed}


def _first(finding: Finding) -> dict[str, Any]:
    fields = asdict(finding)
    del fields["parts"], fields["gap"]
    return fields | {"status": "pass" if finding.status == "advice" else finding.status}


def render(clusters: Sequence[ClusterFindings], lang: str, source: str, schema: int = SCHEMA) -> str:
    return json.dumps(as_object(clusters, schema), ensure_ascii=False, indent=2)
