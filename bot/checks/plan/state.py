"""A cluster and its gateways as a plan sees them, and what steps make of them. All of it is kept unchanged."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.checks.clusters.assemble import Case, View
from bot.checks.clusters.doubts import GONE, USED, doubted
from bot.checks.clusters.states import UNSETTLED
from bot.checks.findings import Doubt, Verdict, worst_first
from bot.checks.inventory.cluster import Cluster, Upgrade
from bot.checks.inventory.inventory import Inventory, key_of
from bot.checks.inventory.keepers import has_addon
from bot.checks.inventory.snapshot import AlbController, Association, Network, Snapshot, Subnet
from bot.checks.inventory.states import is_stopped
from bot.checks.plan.beside import Beside, Release, plain_version
from bot.checks.plan.gateways import Gateway, gateways_on
from bot.checks.plan.ownership import free_gateways, frontends_of, with_owners
from bot.checks.rules.engine import rules

MOST_GATEWAYS = 200  # of one cluster that a plan is made for
RULES = {rule.id: rule for rule in rules()}


@dataclass(frozen=True)
class State:
    """What the rules would judge at some point of the plan."""

    aks: Cluster
    gateways: tuple[Gateway, ...]
    controllers: tuple[AlbController | None, ...]
    doubts: tuple[Doubt, ...] = ()  # about the cluster itself
    window: bool = False
    apart: bool = False  # whether there is a window for moving traffic to new gateways
    free: bool = False  # whether a subnet for the gateway to come has been made
    pending: tuple[str, ...] = ()  # `cluster`, `controller`: what only a plan makes what it is
    masq_agent: str | None = None  # a ConfigMap of azure-ip-masq-agent that people write
    creates: bool = False  # a plan creates a gateway
    upgrades: bool = False  # a plan makes the upgrade
    operation: Upgrade = field(default_factory=Upgrade)  # what that plan makes of the cluster, in one operation
    template: bool = False  # what makes all of this is no Terraform plan
    stopped: bool = False  # the cluster is, so that nothing runs in it
    idle: tuple[str, ...] = ()  # gateways without an association, which this cluster may take
    frontends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of gateways: names
    spare: tuple[str, ...] = ()  # ids of subnets in the nodes' network that a gateway may take
    keepers: Mapping[str, Set[str]] = field(default_factory=dict)  # of controllers, by their versions
    releases: Mapping[str, Release] = field(default_factory=dict)  # of Helm, by the versions of controllers
    client: str | None = None  # ID of the identity of the controller
    addon: bool = False  # ALB Controller is an add-on of the cluster
    assumed: bool = False  # that there is no gateway, because nothing speaks of one and kubenet supports none

    @property
    def network(self) -> Network:
        return Snapshot.model_construct(aks=self.aks).network

    def alone(self) -> Snapshot:
        """The cluster without its gateways."""
        return Snapshot.model_construct(aks=self.aks, upgrade=replace(self.operation, masq_agent=self.masq_agent))

    @property
    def in_use(self) -> bool | None:
        """Whether gateways of this cluster exist: False where all associations are known and there are none."""
        existing = [None if gateway.exists and gateway.foreign else gateway.exists for gateway in self.gateways]
        return True if True in existing else None if None in existing else False

    @cached_property
    def listed(self) -> dict[str, list[Association]]:
        """The associations that exist, by their subnets."""
        by_site: dict[str, list[Association]] = {}
        for gateway in self.gateways:
            if gateway.exists and gateway.site is not None:
                subnet = Subnet.model_construct(id=gateway.site)
                by_site.setdefault(gateway.site, []).append(
                    Association.model_construct(id=gateway.association, subnet=subnet)
                )
        return by_site

    @cached_property
    def kin(self) -> dict[str, tuple[int, ...]]:
        """The associations that exist, by the gateways that they are a part of."""
        by_owner: dict[str, list[int]] = {}
        for at, gateway in enumerate(self.gateways):
            if gateway.exists:
                by_owner.setdefault(gateway.owner, []).append(at)
        return {owner: tuple(every) for owner, every in by_owner.items()}

    @cached_property
    def stays(self) -> dict[str | None, int | None]:
        """Which association stays on a subnet of several, as far as somebody has asked."""
        return {}

    def snapshots(self, at: int) -> list[tuple[Snapshot, tuple[Doubt, ...]]]:
        """What the rules see of a gateway, by each statement about it."""
        gateway = self.gateways[at]
        here = self.listed.get(gateway.site or "", [])
        return [
            (
                Snapshot.model_construct(
                    aks=self.aks,
                    subnet=face.subnet,
                    agc_associations=here if gateway.alone or len(here) > 1 else None,
                    alb_controller=controller,
                    vnets=face.vnets,
                    planned=None,
                    upgrade=Upgrade(masq_agent=self.masq_agent),
                ),
                (*self.doubts, *face.doubts),
            )
            for face in gateway.faces
            for controller in self.controllers
        ]

    def verdict(self, rule: str, at: int) -> Verdict:
        """The worst of all statements about a gateway."""
        verdicts = [doubted(RULES[rule].judge(snapshot), doubts) for snapshot, doubts in self.snapshots(at)]
        return min(verdicts, key=lambda verdict: worst_first(verdict.status, verdict.gap))

    def upgraded(self) -> "State":
        """With CNI Overlay."""
        profile = self.aks.network_profile
        if profile is None:
            return self
        changed = profile.model_copy(update={"network_plugin": "azure", "network_plugin_mode": "overlay"})
        return replace(self, aks=self.aks.model_copy(update={"network_profile": changed}))

    def with_gateway(self, at: int, gateway: Gateway) -> "State":
        return replace(self, gateways=(*self.gateways[:at], gateway, *self.gateways[at + 1 :]))


def state_of(case: Case, known: Beside) -> State:
    """As the documents tell it, without what is only planned."""
    # That a plan destroys and creates the cluster is a blocker; that its last operation failed is said above.
    views = tuple(replace(view, doubts=tuple(filter(_bears, view.doubts))) for view in case.views)
    snapshot, doubts = views[0].snapshot, views[0].doubts
    state = State(
        snapshot.aks,
        _gateways(case, views, known),
        _controllers(case, views, known),
        tuple(doubt for doubt in doubts if doubt.pointer in ("", "/aks", "/aks/agentPoolProfiles")),
        pending=_pending(case, views, known),
        creates=_creates(case, known),
        upgrades=case.after is not None,
        operation=snapshot.upgrade,
        template=not known.inventory.plans,
        masq_agent=snapshot.upgrade.masq_agent,
        keepers=known.keepers,
        releases=known.releases,
        client=known.client,
        addon=has_addon(case.item.value),
        idle=free_gateways(case, known),
        frontends=frontends_of(known),
        spare=known.free.get(case.vnet or "", ()) if known.listed_whole else (),
        stopped=any(is_stopped(item.value) for item in views[0].statements),
    )
    return _without_gateways(state) if _lacks_gateways(state, views, known.inventory) else state


def _gateways(case: Case, views: Sequence[View], known: Beside) -> tuple[Gateway, ...]:
    """The gateways of a cluster, subnet by subnet."""
    by_site: dict[str | None, list[View]] = {}
    for view in views:
        by_site.setdefault(view.site, []).append(view)
    every = [gateway for site, seen in by_site.items() for gateway in gateways_on(site, seen, known)]
    every.sort(key=lambda gateway: (gateway.owner, gateway.association or "", gateway.site or ""))
    return tuple(with_owners(every, case, known))


def _controllers(case: Case, views: Sequence[View], known: Beside) -> tuple[AlbController | None, ...]:
    """Each that documents tell; None for one of which nobody knows which it is, or that goes with the cluster."""
    controllers = {repr(view.snapshot.alb_controller): view.snapshot.alb_controller for view in views}
    if any(doubt.pointer == "/albController" and not doubt.settled for view in views for doubt in view.doubts):
        controllers["?"] = None  # whether the known version runs, or is the only one, is to be found out first
    if case.item.remade:  # what runs in the cluster goes with it, but for what the same plan installs
        return tuple(its if _installed(its, known) else None for its in controllers.values())
    return tuple(controllers.values())


def _pending(case: Case, views: Sequence[View], known: Beside) -> tuple[str, ...]:
    """What only a plan makes what it is."""
    controllers = [view.snapshot.alb_controller for view in views]
    versions = {plain_version(controller.version) for controller in controllers if controller}
    pending = {
        "cluster": case.item.pending or case.item.created,
        "controller": bool(versions & known.pending_versions),
    }
    return tuple(part for part, waits in pending.items() if waits)


def _lacks_gateways(state: State, views: Sequence[View], inventory: Inventory) -> bool:
    """Whether nothing in the input speaks of a gateway, and the network is kubenet, which supports none."""
    used = any(doubt.code == USED for view in views for doubt in view.doubts)
    given = inventory.associations or inventory.balancers or inventory.gateways or inventory.controllers
    return state.network is Network.KUBENET and bool(state.gateways) and not (used or given or state.in_use)


def _without_gateways(state: State) -> State:
    """With the subnets that are meant for gateways, and none on them."""
    sited = tuple(replace(gateway, exists=False) for gateway in state.gateways if gateway.site is not None)
    return replace(state, gateways=sited, assumed=state.in_use is None)


def _installed(controller: AlbController | None, known: Beside) -> bool:
    """Whether the plan that replaces the cluster installs it there."""
    anew = [item for item in known.inventory.controllers if item.created or item.remade or item.pending]
    version = plain_version(controller.version) if controller else None
    return any(plain_version(key_of(item.value, "version")) == version for item in anew)


def _bears(doubt: Doubt) -> bool:
    """Whether steps are to be found out, or none is possible, for that reason."""
    return doubt.code != GONE and (doubt.code, doubt.pointer) != (UNSETTLED, "")


def _creates(case: Case, known: Beside) -> bool:
    """Whether a gateway of this cluster is created: of the only one any, of several those on its own subnets."""
    if any(view.site in known.created for view in case.views):
        return True
    inventory = known.inventory
    return len(inventory.clusters) == 1 and any(item.created for item in inventory.associations)
