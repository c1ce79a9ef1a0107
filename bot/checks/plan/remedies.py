"""The commands below a finding: those of the plan's steps that mend it, or those that print what it lacks."""

from collections.abc import Sequence

from bot.checks.findings import ClusterFindings, Status
from bot.checks.gather.commands import line
from bot.checks.gather.missing import lacking
from bot.checks.inventory.inventory import Inventory
from bot.checks.plan.beside import Beside, beside
from bot.checks.plan.blockers import stops
from bot.checks.plan.commands import written
from bot.checks.plan.names import names_of
from bot.checks.plan.preconditions import before_upgrade
from bot.checks.plan.records import AGC, OVERLAY, Need
from bot.checks.plan.state import State, state_of
from bot.checks.plan.steps import ideas
from bot.checks.report.sentence import awaiting
from bot.checks.rules.engine import Judged

MOST_GATEWAYS = 20  # of a cluster whose findings get commands: of more a plan tells, whose steps are weighed together
_PLACE = ("AGC004", "AGC005", "AGC006", "AGC007", "AGC009")
_UPGRADE_RULES = ("AGC001", "AGC002", "AGC011", "AGC012")  # that ask for the upgrade, or rule it out
_PLACES: tuple[str, ...] = ("subnet", "role", "move", "move-managed", "again", "leave", "ask-one", "free-subnet")
_PLACES += ("replace", "replace-there", "replace-managed")
_MENDS = {
    "controller": ("AGC003",),
    "policy": ("AGC012", "AGC001", "AGC002", "AGC011"),  # before the upgrade, as in a plan
    "upgrade": ("AGC001", "AGC002", "AGC011"),
    **dict.fromkeys(_PLACES, _PLACE),
}


def remedies(inventory: Inventory, judged: Sequence[Judged]) -> list[dict[str, list[str]]]:
    """For each cluster, by the id of a rule."""
    known = beside(inventory)
    return [_remedies_of(known, judgement) for judgement in judged]


def with_plans(
    remedies: Sequence[dict[str, list[str]]], clusters: Sequence[ClusterFindings], files: str
) -> list[dict[str, list[str]]]:
    """For a terminal: first the command that has the steps of an upgrade in order, where a rule asks for one."""
    asking = [
        {finding.id for finding in cluster.findings if finding.status is Status.FAIL and finding.id in _UPGRADE_RULES}
        for cluster in clusters
    ]
    command = f"kb plan {files} --to {OVERLAY}"
    return [
        mending | {rule: [command, *mending.get(rule, ())] for rule in rules}
        for mending, rules in zip(remedies, asking, strict=True)
    ]


def to_gateway(clusters: Sequence[ClusterFindings], files: str, lang: str) -> list[str]:
    """For a terminal: the command that has the steps of an installation, where the input says nothing of a gateway."""
    return [f"kb plan {files} --to {AGC}"] if awaiting(clusters, lang) else []


def _remedies_of(known: Beside, judged: Judged) -> dict[str, list[str]]:
    asked = lacking(known.inventory, judged)
    by_rule = {rule: [line(command) for _, command in commands] for rule, commands in asked.items()}
    failed = [finding.id for finding in judged.findings.findings if finding.status is Status.FAIL]
    if not failed:
        return by_rule
    state, names = state_of(judged.case, known), names_of(judged.case, known)
    if len(state.gateways) > MOST_GATEWAYS:
        return by_rule
    steps = [idea for idea in ideas(state, OVERLAY) if idea.need is Need.TODO]
    if not any(idea.id == "subnet" for idea in steps):
        steps += [idea for idea in ideas(state, AGC) if idea.id == "free-subnet" and idea.need is not Need.DONE]
    ready = not stops(state, OVERLAY) and _ready(state)
    for step in steps:
        if not ready and step.id in ("policy", "upgrade"):
            continue  # nothing that cannot be undone is shown in vain, or without what comes before it
        for rule in _MENDS.get(step.id, ()):
            if rule in failed and (rule != "AGC012" or _is_about_policy(judged)):
                by_rule.setdefault(rule, []).extend(command.text for command in written(step, state, names).lines)
    return by_rule


def _ready(state: State) -> bool:
    """Whether AGC012 asks for no more than uninstalling the policy engine. Else only a plan has the order."""
    return all(idea.need is Need.DONE for idea in before_upgrade(state) if idea.id != "policy")


def _is_about_policy(judged: Judged) -> bool:
    return any(
        finding.id == "AGC012" and "networkPolicy" in (finding.observed or "") for finding in judged.findings.findings
    )
