"""A rule and all views of a cluster in, its verdicts out."""

from dataclasses import replace

from bot.checks.clusters.assemble import Case, View
from bot.checks.clusters.doubts import doubted
from bot.checks.findings import Verdict, worst_first
from bot.checks.rules.catalog import Rule
from bot.checks.rules.upgraded import as_upgraded

# Keys that are the cluster's own: the same for each of its gateways and controllers.
OF_CLUSTER = ("aks", "planned", "masqAgent", "podCidr")


def verdicts_of(rule: Rule, case: Case, earlier: Case | None) -> list[tuple[Verdict, View]]:
    """Of every view, the worst first. An upgrade meets what is there before the apply that makes it, and after it."""
    verdicts = _of_views(rule, case, case.served or (earlier is not None and earlier.served))
    if case.after is not None and earlier is not None:
        verdicts += [
            (verdict, view) for verdict, view in _of_views(rule, earlier, earlier.served) if _is_there(verdict, view)
        ]
    return sorted(verdicts, key=lambda pair: worst_first(pair[0].status, pair[0].gap))


def _is_there(verdict: Verdict, view: View) -> bool:
    """Whether what a verdict is about is there before an apply; what only the apply makes is judged as it makes it."""
    match snapshot_key(verdict):
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
        if snapshot_key(verdict) in OF_CLUSTER:
            done.add(planned)
    return verdicts


def snapshot_key(verdict: Verdict) -> str:
    """The key of the snapshot that a verdict is about."""
    return verdict.pointer.split("/")[1]
