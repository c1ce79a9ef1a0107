"""What is looked up in an inventory for every cluster's plan: once, since inputs may be large."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.checks.clusters.belonging import is_made_by_aks, node_group
from bot.checks.clusters.gateways import Gateways, gateways
from bot.checks.inventory.inventory import Inventory, Item, id_of, key_of
from bot.checks.inventory.keepers import keeper_of_item
from bot.checks.inventory.ranges import is_range
from bot.checks.inventory.states import provisioning_state
from bot.checks.plan.phases import Phase, phases
from bot.checks.plan.vacancies import free_subnets, lists_all
from bot.checks.spelling import id_part, region_name, resource_id, told_subscription
from bot.checks.versions import alb_version


@dataclass(frozen=True, slots=True)
class Balancer:
    """An ApplicationLoadBalancer object, the subnets that it asks for, and the gateway that its status names."""

    name: str | None
    namespace: str | None
    subnets: tuple[str, ...]
    gateway: str | None = None

    @property
    def asked(self) -> frozenset[str | None]:
        """The same subnets as ids compare; None for one of which nobody knows which it is."""
        return frozenset(resource_id(subnet) for subnet in self.subnets)


@dataclass(frozen=True, slots=True)
class Release:
    """A Helm release, its namespace and that of its pods."""

    name: str | None = None
    namespace: str | None = None
    home: str | None = None


@dataclass(frozen=True)
class Beside:
    """Ids as they are written, and the associations that exist on each subnet, by the ids that compare."""

    inventory: Inventory
    spelled: dict[str, str] = field(default_factory=dict)
    listed: dict[str, dict[str, None]] = field(default_factory=dict)
    created: dict[str, dict[str, None]] = field(default_factory=dict)  # those that only a plan creates
    managed: set[str] = field(default_factory=set)  # associations that ALB Controller tags as its own
    balancers: dict[str, Balancer] = field(default_factory=dict)  # by what they ask for, and by the gateway made of it
    regions: dict[str, set[str | None]] = field(default_factory=dict)  # of networks and gateways
    spaces: dict[str, dict[str, None]] = field(default_factory=dict)  # address spaces of networks
    peers: dict[str, dict[str, None]] = field(default_factory=dict)  # of the networks peered to them, as peerings say
    remotes: dict[str, dict[str, None]] = field(default_factory=dict)  # the ids of these, in both directions
    prefixes: dict[str, dict[str, None]] = field(default_factory=dict)  # of subnets
    whole: set[str] = field(default_factory=set)  # networks whose subnets are all listed, with their prefixes
    idle: tuple[Item, ...] = ()  # gateways that have no association, where all associations are known
    pending: set[str] = field(default_factory=set)  # subnets that only a plan makes what they are
    keepers: dict[str, set[str]] = field(default_factory=dict)  # of controllers, by their versions
    pending_versions: set[str] = field(default_factory=set)  # of controllers that only a plan installs
    phases: dict[str, Phase] = field(default_factory=dict)  # of associations, gateways and subnets that are not settled
    free: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by networks: ids of subnets that no gateway uses
    listed_whole: bool = False  # whether no other associations are there but those that are known
    free_gateways: dict[str | None, tuple[str, ...]] = field(default_factory=dict)  # by regions, as far as asked for

    @cached_property
    def releases(self) -> dict[str, Release]:
        """Of the controllers at each version. Beside several clusters, nobody knows whose release it is."""
        by_version: dict[str, list[Any]] = {}
        for item in self.inventory.controllers if len(self.inventory.clusters) == 1 else ():
            if not item.past:
                by_version.setdefault(_version(item), []).append(item.value)
        return {version: _release(said) for version, said in by_version.items()}

    @cached_property
    def client(self) -> str | None:
        """The client ID of the controller's identity, which all agree in."""
        stated = set(self.inventory.clients)
        return stated.pop() if len(stated) == 1 and len(self.inventory.clusters) == 1 else None

    @cached_property
    def made_by_hand(self) -> dict[str | None, list[str]]:
        """The ids of idle gateways that are ready and that no controller has made, by their regions."""
        by_region: dict[str | None, list[str]] = {}
        for item in self.idle:
            own, where = id_of(item.value) or "", region_name(key_of(item.value, "location"))
            settled = provisioning_state(item.value).casefold() in ("", "succeeded")
            made = is_made_by_aks((id_part(own, "resourcegroups") or "").casefold()) or own in self.balancers
            if settled and not made:
                by_region.setdefault(where, []).append(own)
        return by_region

    @cached_property
    def node_groups(self) -> dict[str, dict[str | None, str | None]]:
        """By node resource groups, and by subscriptions: the id of a cluster."""
        by_group: dict[str, dict[str | None, str | None]] = {}
        for item in self.inventory.clusters:
            if group := node_group(item):
                by_group.setdefault(group, {})[told_subscription(id_of(item.value))] = id_of(item.value)
        return by_group

    @cached_property
    def taken(self) -> frozenset[str]:
        """Names of subnets and gateways."""
        kinds = ("subnets", "trafficcontrollers")
        return frozenset(filter(None, (id_part(own, kind) for own in self.spelled for kind in kinds)))


def beside(inventory: Inventory) -> Beside:
    """Everything that plans look up."""
    known = gateways(inventory)
    states = phases([*inventory.associations, *inventory.gateways, *inventory.subnets, *inventory.designated])
    surroundings = Beside(inventory, idle=_idle(inventory), phases=states, listed_whole=lists_all(inventory, known))
    items = [*inventory.associations, *inventory.subnets, *inventory.designated, *inventory.gateways]
    values = [item.value for item in [*items, *inventory.networks]]
    values += [key_of(item.value, "subnet") for item in inventory.associations]
    for value in values:  # of several spellings the same one, in whichever order documents come
        if own := id_of(value):
            text = str(key_of(value, "id"))
            surroundings.spelled[own] = min(surroundings.spelled.get(own, text), text)
    for own, balancer in _balancers(inventory):
        other = surroundings.balancers.setdefault(own, balancer)
        if other != balancer:  # both say that the gateway is theirs: nobody knows which to change
            every = tuple(dict.fromkeys(other.subnets + balancer.subnets))
            surroundings.balancers[own] = Balancer(None, None, every, balancer.gateway)
    _add_associations(surroundings, known)
    _add_networks(surroundings)
    _add_subnets(surroundings)
    away = {subnet for balancer in surroundings.balancers.values() for subnet in balancer.asked}
    away |= surroundings.created.keys() | surroundings.pending
    surroundings.free.update(free_subnets(known, surroundings.prefixes, away))
    _add_controllers(surroundings)
    return surroundings


def _add_associations(into: Beside, known: Gateways) -> None:
    # As the rules see them: what an object asks for is told from what is listed by the gateway that its status names.
    for where, site in known.sites.items():
        for model, item in site.associations:
            if not item.condition:  # else nobody knows whether it exists
                kept = into.created if item.created else into.listed
                kept.setdefault(where, {})[model.id or f"#{item.place.pointer}"] = None
    for item in into.inventory.associations:
        tag = str(key_of(key_of(item.value, "tags"), "managed-by-alb-controller")).lower()
        if tag == "true" and (own := id_of(item.value)):
            into.managed.add(own)
    # An association is where its gateway is.
    for item in [*into.inventory.gateways, *into.inventory.associations]:
        owner, region = (id_of(item.value) or "").partition("/associations/")[0], key_of(item.value, "location")
        if owner and isinstance(region, str):
            into.regions.setdefault(owner, set()).add(region)


def _add_networks(into: Beside) -> None:
    for item in into.inventory.networks:
        own, region = id_of(item.value), key_of(item.value, "location")
        if own:
            into.regions.setdefault(own, set()).add(region if isinstance(region, str) else None)
        if own and item.verbatim and _lists_subnets(item.value):
            into.whole.add(own)
        _ranges(key_of(item.value, "addressspace"), own, into.spaces)
        peerings = key_of(item.value, "virtualnetworkpeerings")
        for peering in peerings if isinstance(peerings, list) else []:
            for name in ("remoteaddressspace", "remotevirtualnetworkaddressspace"):
                _ranges(key_of(peering, name), own, into.peers)
            remote = id_of(key_of(peering, "remotevirtualnetwork"))
            if own and remote:
                into.remotes.setdefault(own, {})[remote] = None
                into.remotes.setdefault(remote, {})[own] = None


def _add_subnets(into: Beside) -> None:
    subnets = [*into.inventory.subnets, *into.inventory.designated]
    for item in subnets:
        _ranges(item.value, id_of(item.value), into.prefixes)
    there = {id_of(item.value) for item in subnets if not item.pending}
    to_come = (id_of(item.value) for item in subnets if item.pending)
    into.pending.update(own for own in to_come if own and own not in there)


def _add_controllers(into: Beside) -> None:
    versions: dict[bool, set[str]] = {True: set(), False: set()}
    for item in into.inventory.controllers:
        version = _version(item)
        versions[item.pending].add(version)
        if keeper := keeper_of_item(item):
            into.keepers.setdefault(version, set()).add(keeper)
    into.pending_versions.update(versions[True] - versions[False])


def _idle(inventory: Inventory) -> tuple[Item, ...]:
    """The gateways that exist, and are a part of no association."""
    used = {(id_of(item.value) or "").rpartition("/associations/")[0] for item in inventory.associations}
    by_id = {own: item for item in inventory.gateways if (own := id_of(item.value)) and not item.condition}
    away = {id_of(item.value) for item in inventory.gateways if item.created or item.pending or item.gone}
    return tuple(item for own, item in by_id.items() if own not in used and own not in away)


def _balancers(inventory: Inventory) -> Iterator[tuple[str, Balancer]]:
    """Each object by the ids of its associations, and by the gateway that its status names."""
    by_object: dict[tuple[str | None, str | None], list[Item]] = {}
    for item in inventory.balancers:
        named = key_of(item.value, "object"), key_of(item.value, "namespace")
        by_object.setdefault(named, []).append(item)
    for (name, namespace), items in by_object.items():
        subnets = [str(key_of(key_of(item.value, "subnet"), "id") or "") for item in items]
        made = {own for item in items if (own := key_of(item.value, "gateway"))}
        balancer = Balancer(name, namespace, tuple(sorted(set(subnets))), made.pop() if len(made) == 1 else None)
        for item in items:
            yield from ((own, balancer) for own in (id_of(item.value), key_of(item.value, "gateway")) if own)


def plain_version(text: object) -> str:
    """The same for a chart's version and the image that it installs."""
    return str(alb_version(text if isinstance(text, str) else None) or text)


def _release(said: Iterable[Any]) -> Release:
    """What all who tell it agree in."""
    stated = [
        {str(text) for value in said if (text := key_of(value, name))} for name in ("release", "namespace", "home")
    ]
    return Release(*(texts.pop() if len(texts) == 1 else None for texts in stated))


def _version(item: Item) -> str:
    return plain_version(key_of(item.value, "version"))


def _ranges(value: object, own: str | None, kept: dict[str, dict[str, None]]) -> None:
    """All that documents say of the ranges of a network or subnet."""
    for name in ("addressprefix", "addressprefixes"):
        stated = key_of(value, name)
        texts = [text for text in (stated if isinstance(stated, list) else [stated]) if isinstance(text, str)]
        if own and texts:
            kept.setdefault(own, {}).update(dict.fromkeys(texts))


def _lists_subnets(network: object) -> bool:
    """Whether all subnets are there, each with ranges that can be read."""
    listed = key_of(network, "subnets")
    if not isinstance(listed, list):
        return False
    stated = [[key_of(subnet, name) for name in ("addressprefix", "addressprefixes")] for subnet in listed]
    texts = [[*(many if isinstance(many, list) else []), *([alone] if alone else [])] for alone, many in stated]
    return all(ranges and all(isinstance(text, str) and is_range(text) for text in ranges) for ranges in texts)
