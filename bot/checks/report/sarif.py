"""SARIF 2.1.0, for code scanning.

Results are what needs a person: failures (`fail`), what could not be decided (`open`) and advice (`informational`).
Passes are left out, since GitHub opens an alert for every result.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import quote

from bot.checks.findings import ClusterFindings, Finding, Severity, Status
from bot.checks.report.observed import seen_in
from bot.checks.rules.engine import rules
from bot.checks.words import label, words

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
KINDS = {Status.FAIL: "fail", Status.UNKNOWN: "open", Status.ADVICE: "informational"}


def render(clusters: Sequence[ClusterFindings], lang: str, source: str) -> str:
    several = len(clusters) > 1
    results = [
        _result(at, item, lang, source, cluster, several)
        for cluster in clusters
        for at, item in enumerate(cluster.findings)
        if item.needs_a_person
    ]
    rules = [_rule(item, lang) for item in clusters[0].findings]
    run = {
        "tool": {"driver": {"name": "cni-kb", "version": _version(), "rules": rules}},
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(finding: Finding, lang: str) -> dict[str, Any]:
    """The rule's own texts: a finding's `fix` may be about data to supply instead."""
    fix = words(lang, f"rules.{finding.id}.fix")
    rule = {
        "id": finding.id,
        "name": "".join(part.title() for part in finding.name.split("-")),
        "shortDescription": {"text": words(lang, f"rules.{finding.id}.title")},
        "fullDescription": {"text": finding.why},
        "help": {
            "text": f"{finding.why} {fix}",
            "markdown": f"{finding.why}\n\n**{label(lang, 'fix')}**: {fix}\n\n[{finding.id}]({finding.url})",
        },
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
        "properties": {"section": next(rule.section for rule in rules() if rule.id == finding.id)},
    }
    # A site-relative link is no URI; the doors that know the site's address give an absolute one.
    return {**rule, "helpUri": finding.url} if "://" in finding.url else rule


def _result(
    index: int, finding: Finding, lang: str, source: str, cluster: ClusterFindings, several: bool
) -> dict[str, Any]:
    """Of several clusters, each is part of the message and of the alert's identity."""
    seen = seen_in(finding, cluster.name, lang)
    seen = _plain(seen) if finding.observed is not None else seen
    parts = {"observed": seen, "expected": finding.expected}
    message = " ".join(f"{label(lang, name)}: {value}." for name, value in parts.items())
    file = next((part.file for part in finding.parts if part.file), source)
    whose = f"{_plain(cluster.name or '?')}: " if several else ""
    identity = [finding.id, source, *([cluster.id or cluster.name] if several else [])]
    remedy = f"{label(lang, finding.remedy)}: {finding.fix}" if finding.gap else finding.fix
    return {
        "ruleId": finding.id,
        "ruleIndex": index,
        "kind": KINDS[finding.status],
        "level": LEVELS[finding.severity] if finding.status is Status.FAIL else "none",  # §3.27.10
        "message": {"text": f"{whose}{message} {finding.why} {remedy}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(file.replace("\\", "/"))},
                    "region": {"startLine": 1},
                },
                "logicalLocations": [{"fullyQualifiedName": finding.pointer}],
            }
        ],
        # Not made of what was observed: the same problem keeps its alert when the data change a little.
        "partialFingerprints": {"ruleAndSource/v1": hashlib.sha256("\n".join(identity).encode()).hexdigest()},
    }


def _plain(text: str) -> str:
    """Data as text: SARIF reads brackets as links (§3.11.6) and braces as placeholders (§3.11.5)."""
    escaped = re.sub(r"([\\\[\]])", r"\\\1", text)
    return escaped.replace("{", "{{").replace("}", "}}")


def _version() -> str:
    try:
        return version("cni-kb")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"
