"""For a terminal: what needs a person first, one line for the rest, and a count."""

from collections import Counter
from collections.abc import Sequence

from bot.checks.findings import ClusterFindings, Finding, Status, files
from bot.checks.words import label

ORDER = tuple(Status)


def render(clusters: Sequence[ClusterFindings], lang: str, source: str) -> str:
    """A part for each cluster, with its name where there are several, and a count of all."""
    several = len(files(finding for one in clusters for finding in one.findings)) > 1
    parts = [_cluster(one.findings, lang, several) for one in clusters]
    if len(clusters) > 1:
        parts = [
            f"== {one.name or '?'}  {one.id or ''}".rstrip() + f"\n{part}"
            for one, part in zip(clusters, parts, strict=True)
        ]
    return "\n\n".join(parts)


def _cluster(findings: Sequence[Finding], lang: str, several: bool) -> str:
    ordered = sorted(findings, key=lambda finding: (ORDER.index(finding.status), finding.id))
    counts = Counter(finding.status for finding in findings)
    parts = [f"{label(lang, status)} {counts[status]}" for status in ORDER]
    return "\n".join([*(_lines(finding, lang, several) for finding in ordered), "", " / ".join(parts)])


def _lines(finding: Finding, lang: str, several: bool) -> str:
    head = f"[{label(lang, finding.status)}] {finding.id} {finding.name}"
    seen = finding.observed if finding.observed is not None else label(lang, "nothing")
    if not finding.needs_a_person:
        return f"{head}: {seen}"
    rows = {
        "observed": f"{seen}  {finding.place(several)}",
        "expected": finding.expected,
        "why": finding.why,
        finding.remedy: finding.fix,
        "page": finding.url,
    }
    return "\n".join([head, *(f"    {label(lang, name)}: {value}" for name, value in rows.items())])
