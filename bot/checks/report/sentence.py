"""The one sentence that a reader may stop at: what the findings come to."""

from collections.abc import Sequence

from bot.checks.findings import ClusterFindings, Finding, Gap, Status
from bot.checks.words import words


def sentence(clusters: Sequence[ClusterFindings], lang: str) -> str:
    """Of one cluster what it means for what is planned; of several how many fail, and which.

    First of all, which of them a Terraform plan destroys: of such a cluster nothing passes.
    """
    lost = [cluster for cluster in clusters if cluster.fate]
    fates = {
        fate: ", ".join(cluster.name or "?" for cluster in lost if cluster.fate == fate)
        for fate in ("destroyed", "replaced")
    }
    first = [words(lang, f"sentence.{fate}", names=names) for fate, names in fates.items() if names]
    gap = "" if lang == "ja" else " "
    return gap.join([*first, _outcome(clusters, lang)])


def _outcome(clusters: Sequence[ClusterFindings], lang: str) -> str:
    if len(clusters) == 1:
        return _of_cluster(clusters[0].findings, lang)
    failing = [cluster for cluster in clusters if _count(cluster.findings, Status.FAIL)]
    if failing:
        names = ", ".join(cluster.name or "?" for cluster in failing[:5]) + (", …" if len(failing) > 5 else "")
        return words(lang, "sentence.some-fail", count=len(failing), all=len(clusters), names=names)
    open_ones = [cluster for cluster in clusters if _count(cluster.findings, Status.UNKNOWN)]
    if open_ones:
        return words(lang, "sentence.some-unknown", count=len(open_ones), all=len(clusters))
    return words(lang, "sentence.none-fail", all=len(clusters))


def _of_cluster(findings: Sequence[Finding], lang: str) -> str:
    failed, unknown = _count(findings, Status.FAIL), _count(findings, Status.UNKNOWN)
    plan = planned(findings)
    if failed:
        blockers = words(lang, "sentence.blocker" if failed == 1 else "sentence.blockers", count=failed)
        return words(lang, f"sentence.{plan}.fail", blockers=blockers)
    if unknown:
        data = sum(finding.status is Status.UNKNOWN and finding.gap is Gap.DATA for finding in findings)
        return words(lang, f"sentence.{plan}.{'unknown' if data else 'unsaid'}", count=unknown)
    return words(lang, f"sentence.{plan}.pass", count=_count(findings, Status.PASS))


def planned(findings: Sequence[Finding]) -> str:
    """`upgrade`, `install` or `now`, as the rules about plans saw it."""
    by_id = {finding.id: finding for finding in findings}
    advice, order = by_id.get("AGC010"), by_id.get("AGC011")
    if advice is not None and advice.status is Status.ADVICE:
        return "upgrade"
    return "install" if order is not None and "install-agc" in (order.observed or "") else "now"


def _count(findings: Sequence[Finding], status: Status) -> int:
    return sum(finding.status is status for finding in findings)
