"""A Terraform plan (`terraform show -json`) as items, so that the rules run before anything exists.

What is only known after apply becomes that very text, AFTER_APPLY, of which no rule makes a pass.
The plan is taken for the whole world: gateways that it does not manage are not seen.
"""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from bot.checks.inventory.inventory import Inventory, Item, Place, id_of, key_of
from bot.checks.inventory.workloads import chart_is_own
from bot.checks.spelling import resource_id
from bot.checks.terraform import words as tf
from bot.checks.terraform.helm import idle_by, release_versions
from bot.checks.terraform.objects import Reader, read_objects
from bot.checks.terraform.plan import Plan, Resource
from bot.checks.terraform.updates import Updates


def read_plan(raw: dict[str, Any], place: Place, into: Inventory, read: Reader) -> None:
    """Add everything that the rules may ask for to the inventory."""
    into.plans += 1
    plan = Plan.parse(raw, place, f"plan {into.plans}: " if into.plans > 1 else "")
    reader = _PlanReader(plan, place, into)
    clusters = reader.clusters()
    upgrades = any(cluster.before is not None and network_changes(cluster) for cluster in clusters)
    into.clusters += clusters
    into.pools += reader.pools()
    reader.add_subnets_and_networks(upgrades)
    reader.add_associations()
    reader.changes.remember(place, into)
    read_objects(plan, place, into, read)
    into.controllers += reader.controllers(upgrades)


def network_changes(cluster: Item) -> bool:
    """Whether the plan changes the cluster's own network: an upgrade to overlay does."""
    return bool(key_of(cluster.before, "networkprofile") != key_of(cluster.value, "networkprofile"))


class _PlanReader:
    """What one plan says of each kind of item; azurerm's resources come before those of azapi, which are in ARM's form.

    Nothing orders the changes of one apply: what is there before them may still be there during an upgrade, so both
    count then.
    """

    def __init__(self, plan: Plan, place: Place, into: Inventory) -> None:
        self.plan, self.place, self.into, self.changes = plan, place, into, Updates(plan)
        self._arm = [
            (resource, tf.AZAPI[kind])
            for resource in plan.of_type("azapi_resource")
            if (kind := tf.arm_type(resource)) in tf.AZAPI
        ]
        native = {
            subnet.address: tf.with_id(tf.subnet_from(subnet.block), subnet) for subnet in plan.of_type(tf.SUBNET)
        }
        arm = {subnet.address: tf.with_id(tf.arm(subnet), subnet) for subnet in self.arm(tf.SUBNET)}
        self.subnets = native | arm
        self.ids = {address: str(value["id"]) for address, value in self.subnets.items()}

    def arm(self, kind: str) -> list[Resource]:
        """The resources of azapi of a kind, as azurerm names it."""
        return [resource for resource, is_a in self._arm if is_a == kind]

    def all_of(self, kind: str) -> list[Resource]:
        """The resources of a kind, whoever makes them."""
        return [*self.plan.of_type(kind), *self.arm(kind)]

    def item(self, resource: Resource, value: Any, **more: Any) -> Item:
        """What a resource is, as the plan makes it."""
        waits = resource.created or resource.remade
        more = {"name": resource.address, "created": resource.created, "pending": waits, **more}
        more["remade"] = resource.remade
        at = Place(self.place.pointer + resource.pointer, self.place.file)
        return Item(value, at, said_by=self.place, verbatim=False, **more)

    def clusters(self) -> list[Item]:
        """Those that the plan manages, or where there are none, those that it updates or reads."""
        plan = self.plan
        managed = [
            self.item(cluster, tf.cluster_of(plan, cluster, self.ids), before=tf.cluster_before(cluster))
            for cluster in plan.of_type(tf.CLUSTER)
        ]
        managed += [
            self.item(cluster, tf.arm(cluster), before=tf.arm_before(cluster)) for cluster in self.arm(tf.CLUSTER)
        ]
        if managed:
            return [self.changes.made(cluster, tf.CLUSTER, len(managed) == 1) for cluster in managed]
        updates = plan.of_type("azapi_update_resource")
        if updates := [update for update in updates if tf.AZAPI.get(tf.arm_type(update)) == tf.CLUSTER]:
            values = [(update, tf.arm(update) | {"id": tf.text(update, "resource_id")}) for update in updates]
        else:
            values = [(cluster, tf.data_cluster(cluster.block)) for cluster in plan.read(tf.CLUSTER)]
        return [self.item(cluster, value, replaced=True) for cluster, value in values]

    def pools(self) -> list[Item]:
        """The pools of nodes, each with its cluster."""
        pools = []
        for pool in self.plan.of_type(tf.POOL):
            owner = self.plan.target(pool, "kubernetes_cluster_id")
            value = tf.pool_of(self.plan, pool, pool.block, self.ids) | {"cluster": tf.owner_of(pool, owner)}
            pools.append(self.item(pool, {**value, "id": tf.text(pool, "id")}))
        for pool in self.arm(tf.POOL):
            pools.append(self.item(pool, tf.arm(pool) | {"cluster": tf.text(pool, "parent_id")}))
        return [self.changes.made(pool, tf.POOL) for pool in pools]

    def add_subnets_and_networks(self, upgrades: bool) -> None:
        """Subnets of their own, those that stand in a network, and the networks with their peerings."""
        subnets = [*self._subnets(upgrades)]
        for subnet in self.plan.read(tf.SUBNET):
            subnets.append(self.item(subnet, tf.subnet_from(subnet.block) | {"delegations": None}))
        for network in self.all_of(tf.NETWORK):
            subnets += self._add_network(network)
        self.into.networks += [self.item(network, tf.network_read(network)) for network in self.plan.read(tf.NETWORK)]
        updated = [self.changes.made(subnet, tf.SUBNET) for subnet in subnets]
        self.into.subnets += updated
        if upgrades:
            pairs = zip(subnets, updated, strict=True)
            self.into.subnets += [before for before, after in pairs if after.value != before.value]
        self.into.networks += [self.item(peering, tf.peering_of(peering)) for peering in self.plan.of_type(tf.PEERING)]
        self.into.networks += [self.item(peering, tf.arm_peering(peering)) for peering in self.arm(tf.PEERING)]

    def _subnets(self, upgrades: bool) -> Iterator[Item]:
        for subnet in self.plan.of_type("azapi_resource") + self.plan.of_type(tf.SUBNET):
            if subnet.address not in self.subnets:
                continue
            value, before = self.subnets[subnet.address], self._before(subnet)
            changes = before is not None and before != value
            unborn = self.ids[subnet.address] == subnet.address
            pending = subnet.created or subnet.remade or changes
            yield self.item(subnet, value, unborn=unborn, pending=pending)
            if upgrades and before is not None:
                yield self.item(subnet, before)

    def _before(self, subnet: Resource) -> dict[str, Any] | None:
        """A subnet as it is before the plan is applied; None of one that is not there yet."""
        earlier = tf.earlier(subnet)
        if earlier is None:
            return None
        return tf.with_id(tf.subnet_from(earlier.block) if subnet.type == tf.SUBNET else tf.arm(earlier), earlier)

    def _add_network(self, network: Resource) -> Iterator[Item]:
        """Add a network; what is given are the subnets that stand in it."""
        value, inline = tf.network_with_subnets(network)
        own = id_of(value)
        self.into.networks.append(self.item(network, value if own else {**value, "id": network.address}))
        for subnet in inline:
            named = f"{network.address}/subnets/{subnet.get('name')}"
            made = id_of(subnet) or (f"/{own}/subnets/{subnet.get('name')}" if own else named)
            yield self.item(network, {**subnet, "id": made}, unborn=not own, name=named)

    def add_associations(self) -> None:
        """The associations of gateways, and that a gateway is going to be installed."""
        associations = self.all_of(tf.ASSOCIATION)
        for association in associations:
            own = resource_id(tf.text(association, "id"))  # one that exists may be in az's list, too
            value = {
                "id": f"/{own}" if own else association.address,
                "name": association.address,
                "subnet": {"id": tf.subnet_of(self.plan, association, self.ids)},
            }
            explained = self.plan.explains(association, *tf.attribute_of(association))
            placed = self.item(association, value, unexplained=not explained)
            self.into.associations.append(self.changes.made(placed, tf.ASSOCIATION))
        if associations:
            self.into.lists.append(self.place)
        new = (each for each in chain(associations, self.all_of(tf.GATEWAY)) if each.created)
        self.into.planned += [self.item(first, "install-agc") for first in islice(new, 1)]

    def controllers(self, upgrades: bool) -> Iterator[Item]:
        """Each version of ALB Controller that a release may run."""
        for release in self.plan.of_type(tf.RELEASE):
            if not chart_is_own(release.block.text("chart")):
                continue
            earlier = tf.earlier(release)
            runs = release_versions(earlier.block) if earlier else []
            for version in dict.fromkeys([*release_versions(release.block), *(runs if upgrades else [])]):
                pending = release.created or bool(runs and version not in runs)
                yield self.item(release, {"version": version}, idle=idle_by(release.block), pending=pending)
