"""The gateways of a cluster's subnets, as a plan sees them."""

from dataclasses import dataclass, replace

from bot.checks.clusters.assemble import View
from bot.checks.clusters.doubts import CONDITION
from bot.checks.clusters.states import UNSETTLED
from bot.checks.findings import Doubt
from bot.checks.inventory.inventory import MAYBE
from bot.checks.inventory.snapshot import Subnet, Vnet, Vnets
from bot.checks.plan.beside import Balancer, Beside
from bot.checks.plan.phases import FAILED, GOING, SETTLED, Phase
from bot.checks.spelling import id_part


@dataclass(frozen=True, slots=True)
class Face:
    """One statement about a gateway's place; documents that contradict each other give several."""

    subnet: Subnet | None
    vnets: Vnets | None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Gateway:
    """An association, or a subnet that is meant for one. `exists` is None where nobody says."""

    name: str
    site: str | None
    faces: tuple[Face, ...]
    exists: bool | None
    association: str | None = None
    alone: bool = True  # whether all associations on its subnet are known
    prepared: bool = False  # whether its new subnet has been made
    replaced: bool = False  # whether a new gateway has been made in its place
    switched: bool = False  # whether the traffic has been moved to that one
    retired: bool = False  # whether it has been deleted after that
    managed: bool = False  # by ALB Controller, which makes and removes its association
    named: bool = False  # whether `name` is its own, and not that of its subnet
    pending: bool = False  # whether only a plan makes its subnet what it is
    created: bool = False  # by a plan, which puts it on this subnet
    beside: bool = False  # where another one is already
    unclear: bool = False  # stands for gateways that may or may not be this cluster's
    shared: bool = False  # perhaps of several clusters, and nothing else tells whose it is
    sure: bool = False  # this cluster's, as its group or an object of the cluster tells
    foreign: bool = False  # as far as is known, another cluster's as well as this one's
    balancer: Balancer | None = None  # the object that asks for its association
    owner: str = ""  # what its associations are a part of: an id, or a key where nobody tells one
    requested: bool = False  # an object asks for it, and no list holds it
    phase: Phase = SETTLED  # of the association
    unit: Phase = SETTLED  # of the gateway as a whole

    @property
    def settled(self) -> bool:
        """Whether nothing is under way or has failed."""
        return not (self.requested or self.phase.kind or self.unit.kind)


def gateways_on(site: str | None, views: list[View], known: Beside) -> list[Gateway]:
    """The gateways on one subnet, or the one that may be on it."""
    shown = [(view.snapshot, _doubts(view, site, known)) for view in views]
    faces = {
        repr((snapshot.subnet, snapshot.vnets, doubts)): Face(snapshot.subnet, snapshot.vnets, doubts)
        for snapshot, doubts in shown
    }
    first = views[0].snapshot
    # One whose subnet nobody knows may be on this one.
    alone = known.listed_whole or (
        first.agc_associations is not None
        and all(association.subnet and association.subnet.id for association in first.agc_associations)
    )
    about = tuple(faces.values())
    if here := known.listed.get(site or "", {}):
        there = [_existing(own, site, about, views, known, alone=alone) for own in here]
        made = known.created.get(site or "", {}).keys() - here.keys()
        more = Gateway(views[0].name, site, about, False, alone=alone, created=True, beside=True)
        return [*there, more] if made else there
    alone = alone and not any(view.unclear or _may_be_used(view) for view in views)
    if alone and site is None:
        return []
    exists, pending, created = False if alone else None, site in known.pending, site in known.created
    unclear = site is None and any(view.unclear for view in views)
    return [Gateway(views[0].name, site, about, exists, None, alone, pending=pending, created=created, unclear=unclear)]


def _existing(
    own: str, site: str | None, about: tuple[Face, ...], views: list[View], known: Beside, *, alone: bool
) -> Gateway:
    """The gateway of an association that is there; `own`: the association's id, or the key of an object's request."""
    balancer = known.balancers.get(own) or known.balancers.get(owner_of(own))
    requested = not owner_of(own) and balancer is not None
    owner = owner_of(own) or (balancer and (balancer.gateway or f"{balancer.namespace}/{balancer.name}")) or own
    name = id_part(known.spelled.get(own) or owner, "trafficcontrollers")
    return Gateway(
        name or views[0].name,
        site,
        about,
        True,
        own,
        alone,
        managed=own in known.managed or not known.balancers.keys().isdisjoint((own, owner_of(own))),
        balancer=balancer,
        named=name is not None,
        owner=owner,
        requested=requested,
        phase=known.phases.get(own, SETTLED),
        unit=known.phases.get(owner, SETTLED),
        pending=site in known.pending,
        shared=any(view.shared for view in views),
    )


def _doubts(view: View, site: str | None, known: Beside) -> tuple[Doubt, ...]:
    """What leaves a subnet in doubt. That an association is on its way, or failed, is said of the gateway itself."""
    own = known.phases.get(site or "", SETTLED).kind in (FAILED, GOING)
    if own or any(listed.startswith("#") for listed in known.listed.get(site or "", ())):
        return view.doubts
    return tuple(doubt for doubt in view.doubts if doubt.code != UNSETTLED or not doubt.pointer)


def _may_be_used(view: View) -> bool:
    """Whether an association on the subnet exists only if a condition holds, or perhaps."""
    return any(doubt.code in (CONDITION, MAYBE) and doubt.pointer == "/agcAssociations" for doubt in view.doubts)


def owner_of(association: str) -> str:
    """The gateway in the id of its association."""
    return association.rpartition("/associations/")[0]


def moved(gateway: Gateway, at: int) -> Gateway:
    """In a /24 of its own, in the network of the nodes."""
    own = f"planned/virtualnetworks/nodes/subnets/new-{at}"
    subnet = Subnet.model_construct(id=own, address_prefix=f"10.250.{at % 256}.0/24", address_prefixes=None)
    nodes = Vnet.model_construct(id="planned/virtualnetworks/nodes", region=None)
    vnets = Vnets.model_construct(aks=nodes, agc=nodes, peered=None)
    return replace(
        gateway,
        site=own,
        faces=(Face(subnet, vnets),),
        alone=True,
        beside=False,
        requested=False,
        phase=SETTLED,
        balancer=None,  # which asks for the new one, if any does
        association=gateway.association or own,
    )
