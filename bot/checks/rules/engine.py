"""An inventory in, the findings of each cluster out. Pure: nothing is stored, logged or fetched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.checks.clusters.assemble import Case, View, cases
from bot.checks.clusters.compose import compose
from bot.checks.clusters.doubts import doubted
from bot.checks.errors import InputError
from bot.checks.findings import ClusterFindings, Finding, Gap, Part, Status, Verdict, worst_first
from bot.checks.inventory.inventory import Inventory, Place
from bot.checks.inventory.kinds import Kind
from bot.checks.printable import printable
from bot.checks.rules import cluster_rules, gateway_rules, upgrade_rules  # noqa: F401  # importing registers their rules
from bot.checks.rules.catalog import Rule, registered
from bot.checks.rules.expressions import expressed
from bot.checks.rules.merge import merged
from bot.checks.rules.upgraded import as_upgraded
from bot.checks.text.place import actual, holds
from bot.checks.words import label, words

EXIT_OK, EXIT_FAILURE, EXIT_BAD_INPUT, EXIT_INTERNAL = 0, 1, 2, 3
MOST_CLUSTERS = 500  # a report of more would be larger than any input
_FEW = 16  # parts that a finding names
# Keys that are the cluster's own: the same for each of its gateways and controllers.
_OF_CLUSTER = ("aks", "planned", "masqAgent", "podCidr")


@dataclass(frozen=True, slots=True)
class Judged:
    """A cluster's case, its findings, and the verdict that decided each of them."""

    case: Case
    findings: ClusterFindings
    verdicts: tuple[Verdict, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of the snapshot that decided each finding."""
        return tuple(_key(verdict) for verdict in self.verdicts)


_NUMBER = re.compile(r"([a-z]*)(?:\s*|(?<=[a-z])[-_])(\d{1,3})")


def rule_named(text: str) -> Rule | None:
    """The rule that a text names: `AGC004`, `agc 4`, `4`, or `subnet-size`."""
    name = text.strip().lower()
    number = _NUMBER.fullmatch(name)
    for each in rules():
        letters, digits = each.id.lower().rstrip("0123456789"), each.id.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if name == each.name or (number and number[1] in ("", letters) and int(number[2]) == int(digits)):
            return each
    return None


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their ids."""
    return registered()


def judge(inventory: Inventory, lang: str, base_url: str = "") -> list[Judged]:
    """Judge every cluster. InputError if there is none."""
    if len(inventory.clusters) > MOST_CLUSTERS:
        raise InputError("too-many-clusters", count=len(inventory.clusters), limit=MOST_CLUSTERS)
    known = cases(inventory)
    refuse(inventory, bool(known))
    earlier = {_identity(case): case for case in cases(inventory.earlier)} if inventory.earlier else {}
    return [_judged(case, earlier.get(_identity(case)), lang, base_url) for case in known]


def inspect(raw: object, lang: str, base_url: str = "") -> list[ClusterFindings]:
    """The findings of each cluster of a document (or of an inventory)."""
    inventory = raw if isinstance(raw, Inventory) else compose(raw)
    return [judged.findings for judged in judge(inventory, lang, base_url)]


def check(raw: object, lang: str, base_url: str = "") -> list[Finding]:
    """Every rule once: of several clusters the worst, and whose it is."""
    return merged(inspect(raw, lang, base_url))


def exit_code(findings: Sequence[Finding] | Sequence[ClusterFindings]) -> int:
    """The same in every format; of several clusters the worst."""
    every = chain.from_iterable(entry.findings if isinstance(entry, ClusterFindings) else [entry] for entry in findings)
    return EXIT_FAILURE if any(finding.status is Status.FAIL for finding in every) else EXIT_OK


def refuse(inventory: Inventory, known: bool) -> None:
    """Without a cluster, or with nothing but expressions for one, say what was given instead."""
    expressions = [refusal for refusal in inventory.refused if refusal[1] == "template-expression"]
    if known and not (expressions and len(expressions) == len(inventory.clusters)):
        return
    if inventory.refused:
        place, code, name = inventory.refused[0]
        raise InputError(code, pointer=place.pointer, file=place.file, name=name)
    if inventory.misspelt:
        place, key, _ = inventory.misspelt[0]
        raise InputError("snapshot-key", pointer=place.pointer, file=place.file, name=key)
    named = [name for _, name in inventory.ignored if name]
    kinds = [kind for kind in inventory.kinds if not (named and kind in (Kind.OBJECT, Kind.RESOURCE))]
    given_kinds = [kind for kind in kinds if kind != Kind.EMPTY]
    if kinds and not given_kinds and not named:
        raise InputError("only-empty")
    given = ", ".join(dict.fromkeys(name for name in (*given_kinds, *named) if name))
    raise InputError("needs-cluster", found=given or "?")


def _identity(case: Case) -> tuple[str | None, str]:
    return case.id, case.name


def _judged(case: Case, earlier: Case | None, lang: str, base_url: str) -> Judged:
    made = [_finding(rule, case, earlier, lang, base_url) for rule in rules()]
    findings = ClusterFindings(
        printable(case.name), case.id and printable(f"/{case.id}"), tuple(finding for finding, _ in made), case.fate
    )
    return Judged(case, findings, tuple(verdict for _, verdict in made))


def _verdicts(rule: Rule, case: Case, earlier: Case | None) -> list[tuple[Verdict, View]]:
    """Of every view, the worst first. An upgrade meets what is there before the apply that makes it, and after it."""
    verdicts = _of_views(rule, case, case.served or (earlier is not None and earlier.served))
    if case.after is not None and earlier is not None:
        verdicts += [
            (verdict, view) for verdict, view in _of_views(rule, earlier, earlier.served) if _is_there(verdict, view)
        ]
    return sorted(verdicts, key=lambda pair: worst_first(pair[0].status, pair[0].gap))


def _is_there(verdict: Verdict, view: View) -> bool:
    """Whether what a verdict is about is there before an apply; what only the apply makes is judged as it makes it."""
    match _key(verdict):
        case "albController":
            return view.snapshot.alb_controller is not None
        case "agcAssociations":
            return bool(view.snapshot.agc_associations)
        case "subnet" | "vnets":
            return view.site is not None or bool(view.snapshot.agc_associations)
    return True


def _of_views(rule: Rule, case: Case, served: bool) -> list[tuple[Verdict, View]]:
    """Of every view. What the cluster alone decides is the same for all its gateways."""
    verdicts, done = [], set()
    for view in case.views:
        planned = view.snapshot.planned
        if planned in done:
            continue
        verdict, then = rule.judge(view.snapshot), None
        if case.after is not None and verdict == rule.judge(view.snapshot.model_copy(update={"planned": None})):
            # Not about the way, but about the cluster: then about the one that the plan makes.
            after = case.after.model_copy(
                update={
                    "subnet": view.snapshot.subnet,
                    "agc_associations": view.snapshot.agc_associations,
                    "alb_controller": view.snapshot.alb_controller,
                    "vnets": view.snapshot.vnets,
                }
            )
            then = rule.judge(after)
            verdict = as_upgraded(verdict, then, view.snapshot, served)
        earlier = case.after is not None and verdict is not then
        verdict = replace(doubted(verdict, view.doubts), earlier=earlier)
        verdicts.append((verdict, view))
        if _key(verdict) in _OF_CLUSTER:
            done.add(planned)
    return verdicts


def _key(verdict: Verdict) -> str:
    return verdict.pointer.split("/")[1]


def _finding(rule: Rule, case: Case, earlier: Case | None, lang: str, base_url: str) -> tuple[Finding, Verdict]:
    verdicts = _verdicts(rule, case, earlier)
    worst, view = verdicts[0]
    worst = expressed(worst, view.origins.get(_key(worst)))
    gap = worst.gap if worst.status is Status.UNKNOWN else None
    key = _key(worst)
    place = _place(worst, view)
    shown = [place] if key in view.origins or place in view.parts.get(key, ()) else []
    parts = [
        *shown,
        *view.parts.get("aks", ()),
        *(part for verdict, seen in verdicts for part in seen.parts.get(_key(verdict), ())),
    ]
    kept = tuple(Part(printable(part.file), printable(part.pointer)) for part in dict.fromkeys(parts))[:_FEW]
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
        parts=kept,
    )
    return finding, worst


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
            view.name if len(named) > 1 and _key(verdict) not in (*_OF_CLUSTER, "albController") else "",
            verdict.observed,
        )
        for verdict, view in counted
    )
    if all(seen is None for _, seen in values):
        return None
    return printable("; ".join(f"{name}: {seen or '-'}" if name else seen or "-" for name, seen in values))


def _place(verdict: Verdict, view: View) -> Place:
    """Where the value is in the input, or what it is derived from, or the key of a snapshot that would hold it."""
    key = _key(verdict)
    item = view.origins.get(key)
    if item is None:
        derived = view.parts.get(key, ()) if verdict.status is not Status.UNKNOWN else ()
        return derived[0] if derived else Place(verdict.pointer)
    inside = verdict.pointer.removeprefix(f"/{key}")
    if key == "aks" and verdict.earlier and item.before_at is not None and holds(item.before, inside):
        return Place(item.before_at.pointer + actual(item.before, inside), item.before_at.file)
    if key == "aks" and not holds(item.value, inside):  # another document of the cluster says it, or of its pools
        item = next((document for document in view.told_by if holds(document.value, inside)), item)
        if view.parts.get("pools") and inside == "/agentPoolProfiles" and not holds(item.value, inside):
            return view.parts["pools"][0]
    if not item.verbatim:
        return item.place
    return Place(item.place.pointer + actual(item.value, inside), item.place.file)
