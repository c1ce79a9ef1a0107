"""The verdicts of a rule on a cluster in, one finding out, in the words of its reader."""

from collections.abc import Sequence

from bot.checks.clusters.assemble import View
from bot.checks.findings import Finding, Gap, Part, Status, Verdict
from bot.checks.inventory.inventory import Place
from bot.checks.printable import printable
from bot.checks.rules.catalog import Rule
from bot.checks.rules.expressions import expressed
from bot.checks.rules.judging import OF_CLUSTER, snapshot_key
from bot.checks.text.place import actual, holds
from bot.checks.words import label, words

_FEW = 16  # parts that a finding names


def finding_of(
    rule: Rule, verdicts: Sequence[tuple[Verdict, View]], lang: str, base_url: str
) -> tuple[Finding, Verdict]:
    """What a rule says of a cluster, and the verdict that decides it; `verdicts`: of each view, the worst first."""
    worst, view = verdicts[0]
    worst = expressed(worst, view.origins.get(snapshot_key(worst)))
    gap = worst.gap if worst.status is Status.UNKNOWN else None
    place = _place(worst, view)
    finding = Finding(
        id=rule.id,
        name=rule.name,
        status=worst.status,
        gap=gap,
        severity=rule.severity,
        observed=_observed(verdicts),
        expected=words(lang, f"rules.{rule.id}.expected"),
        pointer=printable(place.pointer),
        why=words(lang, f"rules.{rule.id}.why"),
        fix=_fix(rule, worst, gap, lang),
        url=rule.url(lang, base_url),
        parts=_parts(verdicts, worst, view, place),
    )
    return finding, worst


def _parts(verdicts: Sequence[tuple[Verdict, View]], worst: Verdict, view: View, place: Place) -> tuple[Part, ...]:
    """Where the value stands, where the cluster does, and what else the verdicts rest on."""
    key = snapshot_key(worst)
    parts = [
        *([place] if key in view.origins or place in view.parts.get(key, ()) else []),
        *view.parts.get("aks", ()),
        *(part for verdict, seen in verdicts for part in seen.parts.get(snapshot_key(verdict), ())),
    ]
    return tuple(Part(printable(part.file), printable(part.pointer)) for part in dict.fromkeys(parts))[:_FEW]


def _fix(rule: Rule, verdict: Verdict, gap: Gap | None, lang: str) -> str:
    if gap is Gap.SOURCE:
        return label(lang, "ask-first")
    if gap is Gap.DATA and verdict.doubt is not None:
        return words(lang, f"doubts.{verdict.doubt.code}", seen=verdict.doubt.seen)
    return words(lang, f"rules.{rule.id}.{'fix' if gap is None else 'unknown'}")


def _observed(verdicts: Sequence[tuple[Verdict, View]]) -> str | None:
    """What decided; of several gateways each, with the name of its subnet."""
    counted = [pair for pair in verdicts if pair[0].status is not Status.NOT_APPLICABLE] or verdicts[:1]
    named = {view.name for _, view in counted if view.name}
    values = dict.fromkeys(
        (
            view.name if len(named) > 1 and snapshot_key(verdict) not in (*OF_CLUSTER, "albController") else "",
            verdict.observed,
        )
        for verdict, view in counted
    )
    if all(seen is None for _, seen in values):
        return None
    return printable("; ".join(f"{name}: {seen or '-'}" if name else seen or "-" for name, seen in values))


def _place(verdict: Verdict, view: View) -> Place:
    """Where the value is in the input, or what it is derived from, or the key of a snapshot that would hold it."""
    key = snapshot_key(verdict)
    item = view.origins.get(key)
    if item is None:
        derived = view.parts.get(key, ()) if verdict.status is not Status.UNKNOWN else ()
        return derived[0] if derived else Place(verdict.pointer)
    inside = verdict.pointer.removeprefix(f"/{key}")
    if key == "aks" and verdict.earlier and item.before_at is not None and holds(item.before, inside):
        return Place(item.before_at.pointer + actual(item.before, inside), item.before_at.file)
    if key == "aks" and not holds(item.value, inside):  # another document of the cluster says it, or of its pools
        item = next((document for document in view.statements if holds(document.value, inside)), item)
        if view.parts.get("pools") and inside == "/agentPoolProfiles" and not holds(item.value, inside):
            return view.parts["pools"][0]
    if not item.verbatim:
        return item.place
    return Place(item.place.pointer + actual(item.value, inside), item.place.file)
