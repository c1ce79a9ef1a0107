"""The commands that check a cluster anew: before a step that cannot be undone, and when all steps are done."""

from collections.abc import Sequence

from bot.checks.plan.gateway_commands import target
from bot.checks.plan.idea import Idea
from bot.checks.plan.names import Line, Names, of_cluster
from bot.checks.plan.policies import UNINSTALL
from bot.checks.plan.records import Need
from bot.checks.plan.state import State

_GATED = (UNINSTALL, "upgrade")
_MOVES = ("move", "move-managed", "replace", "replace-there", "replace-managed", "again")


def gate(idea: Idea, order: Sequence[Idea], state: State, names: Names) -> tuple[Line, ...]:
    """Before the upgrade, and before its preparations that leave a cluster unprotected. A cluster to come has none."""
    if idea.id not in _GATED or state.upgrades or "cluster" in state.pending:
        return ()
    return checked_anew(order, state, names, "--planned", "upgrade-to-overlay")


def checked_anew(order: Sequence[Idea], state: State, names: Names, *planned: str) -> tuple[Line, ...]:
    """A snapshot for each subnet of this cluster's gateways, as the steps leave them, and one check of all of them."""
    subnets = _subnets(order, state, names)
    several = len(subnets) > 1
    files = [f"snapshot-{at}.json" for at in range(1, len(subnets) + 1)] if several else ["snapshot.json"]
    lines = []
    for at, file in enumerate(files):
        line = of_cluster(Line("kb", "snapshot"), names)
        if several:
            line.option("--subnet-id", subnets[at], "NEW_SUBNET_ID")
        lines.append(line.add("--run").written_to(file))
    return (*lines, Line("kb", "check", *files, *planned))


def _subnets(order: Sequence[Idea], state: State, names: Names) -> list[str | None]:
    """By their ids; None where the input does not tell one."""
    moves = {idea.at: idea for idea in order if idea.id in _MOVES and idea.need is not Need.DONE}
    end, subnets = state, dict[str | None, None]()
    for idea in order:
        end = end if idea.need is Need.DONE or idea.id == "owner" else idea.effect(end)
    for at, gateway in enumerate(state.gateways):
        made = moves.get(at)
        if made is not None:
            subnets[target(made, names)] = None
        elif gateway.exists and not gateway.foreign and end.gateways[at].exists and not end.gateways[at].retired:
            subnets[names.id(gateway.site)] = None
    return list(subnets)
