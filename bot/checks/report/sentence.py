"""The one sentence that a reader may stop at: what the findings come to."""

from collections.abc import Sequence

from bot.checks.findings import ClusterFindings, Finding, Gap, Status
from bot.checks.words import label, words

_OF_GATEWAY = ("AGC003", "AGC004", "AGC005", "AGC006", "AGC007", "AGC009")
_MENDED_BY_UPGRADE = ("AGC001", "AGC002")  # they fail for kubenet only, which the upgrade replaces


def sentence(clusters: Sequence[ClusterFindings], lang: str) -> str:
    """Of one cluster what it means for what is planned; of several how many fail, and which.

    First of all, which of them a Terraform plan destroys: of such a cluster nothing passes. Last, what is for later.
    """
    lost = [cluster for cluster in clusters if cluster.fate]
    fates = {
        fate: ", ".join(cluster.name or "?" for cluster in lost if cluster.fate == fate)
        for fate in ("destroyed", "replaced")
    }
    first = [words(lang, f"sentence.{fate}", names=names) for fate, names in fates.items() if names]
    rules = label(lang, "and").join(awaiting(clusters, lang))
    last = [words(lang, "sentence.no-gateway", rules=rules)] if rules else []
    return _gap(lang).join([*first, _outcome(clusters, lang), *last])


def awaiting(clusters: Sequence[ClusterFindings], lang: str) -> list[str]:
    """The rules that a gateway decides, where the input says nothing of any: its reader may have none yet."""
    waiting = [_awaiting(cluster.findings, lang) for cluster in clusters]
    return sorted({rule for rules in waiting if {"AGC004", "AGC005"} <= rules for rule in rules})


def _awaiting(findings: Sequence[Finding], lang: str) -> set[str]:
    """Rules that rest on the cluster alone, as AGC001 does. A doubt is about something that was given."""
    alone = {part for finding in findings if finding.id == "AGC001" for part in finding.parts}
    return {
        finding.id
        for finding in findings
        if finding.id in _OF_GATEWAY
        and (finding.status, finding.gap, finding.observed) == (Status.UNKNOWN, Gap.DATA, None)
        and finding.fix == words(lang, f"rules.{finding.id}.unknown")
        and alone.issuperset(finding.parts)
    }


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
    """What is planned for nothing, what blocks, and what the planned upgrade mends."""
    plan, mended = planned(findings), mended_by_upgrade(findings)
    already = plan == "upgrade" and _uses_overlay(findings)
    blocking = _count(findings, Status.FAIL) - len(mended)
    parts = [
        *([words(lang, "sentence.already")] if already else []),
        _result("now" if already else plan, findings, blocking, bool(mended), lang),
        *([words(lang, "sentence.mended", rules=label(lang, "and").join(mended))] if mended else []),
    ]
    return _gap(lang).join(parts)


def mended_by_upgrade(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The failures that a planned upgrade mends by itself: no reason to wait with it."""
    if planned(findings) != "upgrade":
        return ()
    fails = (finding.id for finding in findings if finding.status is Status.FAIL)
    return tuple(rule for rule in fails if rule in _MENDED_BY_UPGRADE)


def _result(plan: str, findings: Sequence[Finding], blocking: int, mended: bool, lang: str) -> str:
    if blocking:
        blockers = words(lang, "sentence.blocker" if blocking == 1 else "sentence.blockers", count=blocking)
        return words(lang, f"sentence.{plan}.fail", blockers=blockers)
    if unknown := _count(findings, Status.UNKNOWN):
        data = any(finding.status is Status.UNKNOWN and finding.gap is Gap.DATA for finding in findings)
        return words(lang, f"sentence.{plan}.{'unknown' if data else 'unsaid'}", count=unknown)
    return words(lang, f"sentence.{plan}.{'ready' if mended else 'pass'}", count=_count(findings, Status.PASS))


def _uses_overlay(findings: Sequence[Finding]) -> bool:
    """Whether an upgrade is planned for nothing: the network is CNI Overlay, so the upgrade's conditions do not apply.

    A network that is in doubt does not pass AGC002.
    """
    statuses = {finding.id: finding.status for finding in findings}
    return statuses.get("AGC002") is Status.PASS and statuses.get("AGC012") is Status.NOT_APPLICABLE


def _gap(lang: str) -> str:
    return "" if lang == "ja" else " "


def planned(findings: Sequence[Finding]) -> str:
    """`upgrade`, `install` or `now`, as the rules about plans saw it."""
    by_id = {finding.id: finding for finding in findings}
    advice, order = by_id.get("AGC010"), by_id.get("AGC011")
    if advice is not None and advice.status is Status.ADVICE:
        return "upgrade"
    return "install" if order is not None and "install-agc" in (order.observed or "") else "now"


def _count(findings: Sequence[Finding], status: Status) -> int:
    return sum(finding.status is status for finding in findings)
