"""JUnit XML, one test case per rule: what is neither passed nor failed is skipped, with its reason."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bot.checks.findings import ClusterFindings, Finding, Status
from bot.checks.report.observed import seen_in
from bot.checks.words import label

SKIPPED = (Status.UNKNOWN, Status.ADVICE, Status.NOT_APPLICABLE)


def render(clusters: Sequence[ClusterFindings], lang: str, source: str) -> str:
    """A test suite for each cluster; it has the cluster's name where there are several."""
    root = Element("testsuites", {"name": "cni-kb", **_counts([finding for c in clusters for finding in c.findings])})
    for cluster in clusters:
        name = source if len(clusters) == 1 else f"{source}: {cluster.name}"
        suite = SubElement(root, "testsuite", {"name": name, **_counts(cluster.findings)})
        for finding in cluster.findings:
            _add(
                SubElement(suite, "testcase", {"classname": finding.id, "name": finding.name}),
                finding,
                cluster.name,
                lang,
            )
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _counts(findings: Sequence[Finding]) -> dict[str, str]:
    failed = sum(finding.status is Status.FAIL for finding in findings)
    skipped = sum(finding.status in SKIPPED for finding in findings)
    return {"tests": str(len(findings)), "failures": str(failed), "errors": "0", "skipped": str(skipped)}


def _add(case: Element, finding: Finding, cluster: str, lang: str) -> None:
    seen = seen_in(finding, cluster, lang)
    message = f"{label(lang, finding.status)}: {seen}"
    if finding.status in SKIPPED:
        todo = f" | {label(lang, finding.remedy)}: {finding.fix}" if finding.needs_a_person else ""
        SubElement(case, "skipped", {"message": message + todo})
    if finding.status is Status.FAIL:
        SubElement(case, "failure", {"message": message, "type": finding.severity}).text = "\n".join(
            [f"{finding.pointer}: {seen}", finding.expected, finding.why, finding.fix, finding.url]
        )
