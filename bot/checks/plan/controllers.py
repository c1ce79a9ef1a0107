"""ALB Controller: the version that CNI Overlay needs."""

from dataclasses import replace

from bot.checks.inventory.keepers import ADDON, ARGO, FLUX, TERRAFORM, strongest
from bot.checks.inventory.snapshot import AlbController, Network, Snapshot
from bot.checks.plan.beside import plain_version
from bot.checks.plan.idea import NEEDS, Idea, has_pod_subnets
from bot.checks.plan.records import AGC, Need
from bot.checks.plan.state import State
from bot.checks.rules.gateway_rules import version


def controllers_of(state: State, goal: str) -> list[Idea]:
    """For gateways that there are, and for the one to come; none where there is none and none is to come."""
    known = any(version is not None for version in state.controllers)
    if goal != AGC and state.in_use is False and not known:
        return []
    name = "controller" if known else "controller-install" if goal == AGC else "controller-missing"
    if known and has_pod_subnets(state) and goal == AGC:
        name = "controller-there"  # the source asks for a version only with CNI Overlay
    needs = [controller_need(state, controller) for controller in state.controllers]
    need = next(need for need in (Need.TODO, Need.UNCLEAR, Need.DONE) if need in needs)
    if need is not Need.DONE and name != "controller-there":
        about = [controller for controller, its in zip(state.controllers, needs, strict=True) if its is need]
        name = _KEPT.get(_keeper(state, about), name)
    return [
        Idea(
            name,
            "AGC003",
            "controller",
            (),
            need,
            # It belongs to Application Gateway for Containers, which is not installed next to kubenet.
            lambda state: state.network is not Network.KUBENET or state.in_use is not False or known,
            lambda state: replace(state, controllers=(AlbController.model_construct(version="1.7.9"),)),
            looks_at=("albController",),
        )
    ]


UPDATES = ("controller", "controller-terraform", "controller-flux", "controller-argo")  # of one that runs
_KEPT = {
    TERRAFORM: "controller-terraform",
    FLUX: "controller-flux",
    ARGO: "controller-argo",
    ADDON: "controller-addon",
}


def _keeper(state: State, controllers: list[AlbController | None]) -> str:
    """Who is to change the version of these controllers."""
    versions = [plain_version(controller.version) for controller in controllers if controller]
    return strongest((keeper for version in versions for keeper in state.keepers.get(version, ())), addon=state.addon)


def controller_need(state: State, controller: AlbController | None) -> Need:
    """Of one controller, or of none, for the network that is to be."""
    after = state.upgraded() if not has_pod_subnets(state) else state
    if after.network is not Network.OVERLAY:  # no version is asked for
        return Need.DONE if controller is not None and controller.version else Need.UNCLEAR
    judged = version(Snapshot.model_construct(aks=after.aks, alb_controller=controller, planned=None))
    return NEEDS[judged.status]
