"""A Terraform plan (`terraform show -json`) as items, so that the rules run before anything exists.

What is only known after apply becomes that very text, AFTER_APPLY, of which no rule makes a pass.
Gateways that it does not manage are not seen: only of a subnet that it creates does it tell all associations.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.checks.inventory.inventory import Inventory, Item, Place, id_of
from bot.checks.inventory.workloads import chart_is_own
from bot.checks.spelling import AFTER_APPLY, resource_id
from bot.checks.terraform import words as tf
from bot.checks.terraform.helm import idle_by, release_versions
from bot.checks.terraform.ids import association_id, destroyed, differ, names_of, same_id
from bot.checks.terraform.networks import data_network, network_of
from bot.checks.terraform.objects import Reader, read_objects
from bot.checks.terraform.peerings import arm_peering, peering_of
from bot.checks.terraform.plan import Plan
from bot.checks.terraform.resource import Resource
from bot.checks.terraform.updates import Updates


def read_plan(raw: dict[str, Any], place: Place, into: Inventory, read: Reader) -> None:
    """Add everything that the rules may ask for to the inventory."""
    into.plans += 1
    plan = Plan.parse(raw, place, f"plan {into.plans}: " if into.plans > 1 else "")
    items = _Items(plan, place)
    into.clusters += items.clusters()
    into.gone += items.destroyed_clusters()
    into.removed |= destroyed(plan)
    into.pools += items.pools()
    networks, inline_subnets = items.networks()
    into.subnets += items.subnets(inline_subnets)
    into.networks += [*networks, *items.peerings()]
    associations = items.associations()
    into.associations += associations
    if associations:
        into.lists.append(place)
        into.declared.append(place)
    into.planned += items.planned()
    items.changes.remember(place, into)
    read_objects(plan, place, into, read, items.ids)
    into.controllers += items.controllers()


class _Items:
    """What a plan says of each kind of item; of azurerm's resources first, then of azapi's, in ARM's words."""

    def __init__(self, plan: Plan, place: Place) -> None:
        self._plan, self._place, self.changes = plan, place, Updates(plan)
        self._arm = [
            (resource, tf.AZAPI[kind])
            for resource in plan.of_type("azapi_resource")
            if (kind := tf.arm_type(resource)) in tf.AZAPI
        ]
        self._subnets = {
            **{subnet.address: self._placed(subnet) for subnet in plan.of_type(tf.SUBNET)},
            **{subnet.address: tf.with_id(tf.arm(subnet), subnet) for subnet in self._of_azapi(tf.SUBNET)},
        }
        self.ids = {address: str(value["id"]) for address, value in self._subnets.items()}  # of subnets, by address

    def _placed(self, subnet: Resource) -> dict[str, Any]:
        """A subnet; the id of one that is created begins with that of its network, if the plan has that, too."""
        value = tf.with_id(tf.subnet_from(subnet.block), subnet)
        if subnet.remade and (own := same_id(subnet, value)):
            return {**value, "id": own}
        network = self._plan.target(subnet, "virtual_network_name") if subnet.created else None
        if value["id"] != subnet.address or network is None or network.type != tf.NETWORK or "/" in subnet.address:
            return value
        if differ(tf.text(subnet, "virtual_network_name"), tf.text(network, "name")) or differ(
            tf.text(subnet, "resource_group_name"), tf.text(network, "resource_group_name")
        ):  # the name that the configuration refers to may only be a part of another one
            return value
        own = resource_id(tf.text(network, "id"))
        return {
            **value,
            "id": f"/{own}/subnets/{value['name']}" if own else f"{network.address}/subnets/{subnet.address}",
        }

    def _is_unborn(self, subnet: Resource) -> bool:
        """Whether Azure has told no id of a subnet, nor does the plan."""
        stated = tf.subnet_from(subnet.block) if subnet.type == tf.SUBNET else tf.arm(subnet)
        if subnet.remade and same_id(subnet, stated):
            return False
        return str(tf.with_id(stated, subnet)["id"]) == subnet.address

    def _of_azapi(self, kind: str) -> list[Resource]:
        return [resource for resource, known in self._arm if known == kind]

    def _of_both(self, kind: str) -> list[Resource]:
        return [*self._plan.of_type(kind), *self._of_azapi(kind)]

    def _item(self, resource: Resource, value: Any, **more: Any) -> Item:
        waits = resource.created or resource.remade
        more = {"name": resource.address, "created": resource.created, "pending": waits, **more}
        more["remade"] = resource.remade
        at = Place(self._place.pointer + resource.pointer, self._place.file)
        return Item(value, at, said_by=self._place, verbatim=False, **more)

    def clusters(self) -> list[Item]:
        """Those that the plan leaves; where it has none, those that it changes a part of, or that it reads."""
        plan = self._plan
        clusters = [
            self._item(cluster, tf.cluster_of(plan, cluster, self.ids), before=tf.cluster_before(cluster))
            for cluster in plan.of_type(tf.CLUSTER)
        ]
        clusters += [
            self._item(cluster, tf.arm(cluster), before=tf.arm_before(cluster))
            for cluster in self._of_azapi(tf.CLUSTER)
        ]
        if clusters:
            # Created anew, it has the id that it had: outputs of what there is now speak of it.
            old_ids = {resource.address: resource.old_id for resource in plan.resources if resource.old_id}
            clusters = [
                replace(cluster, value={**cluster.value, "id": old_ids[cluster.name]})
                if cluster.name in old_ids
                else cluster
                for cluster in clusters
            ]
            only = len(clusters) == 1
            return [self.changes.made(cluster, tf.CLUSTER, only) for cluster in clusters]
        updates = plan.of_type("azapi_update_resource")
        if updates := [update for update in updates if tf.AZAPI.get(tf.arm_type(update)) == tf.CLUSTER]:
            values = [(update, tf.arm(update) | {"id": tf.text(update, "resource_id")}) for update in updates]
        elif any(resource.type == tf.CLUSTER for resource in plan.gone):
            values = []
        else:
            values = [(source, tf.data_cluster(source.block)) for source in plan.read(tf.CLUSTER)]
        return [self._item(resource, value, replaced=True) for resource, value in values]

    def destroyed_clusters(self) -> Iterator[Item]:
        """As they are until the plan destroys them."""
        for resource in self._plan.gone:
            if resource.type == tf.CLUSTER:
                yield self._item(resource, tf.cluster_of(self._plan, resource, self.ids), gone=True)
            elif tf.AZAPI.get(tf.arm_type(resource)) == tf.CLUSTER:
                yield self._item(resource, tf.arm(resource), gone=True)

    def pools(self) -> list[Item]:
        """Node pools, each with its cluster."""
        pools = [
            self._pool(pool, self._plan.target(pool, "kubernetes_cluster_id")) for pool in self._plan.of_type(tf.POOL)
        ]
        for pool in self._of_azapi(tf.POOL):
            more = {"cluster": tf.text(pool, "parent_id")}
            pools.append(self._item(pool, tf.arm(pool) | more, before=tf.arm_before(pool)))
        return [self.changes.made(pool, tf.POOL) for pool in pools]

    def _pool(self, pool: Resource, owner: Resource | None) -> Item:
        value = tf.pool_of(self._plan, pool, pool.block, self.ids)
        more = {"cluster": tf.owner_of(pool, owner), "id": tf.text(pool, "id")}
        return self._item(pool, value | more, before=tf.pool_before(pool))

    def subnets(self, inline: list[Item]) -> list[Item]:
        """Subnets by themselves, those that data sources read, and those that are written inside of networks."""
        read = (
            self._item(source, tf.subnet_from(source.block) | {"delegations": None}, replaced=True)
            for source in self._plan.read(tf.SUBNET)
        )
        subnets = [*self._own_subnets(), *read, *inline]
        return [self.changes.made(subnet, tf.SUBNET) for subnet in subnets]

    def _own_subnets(self) -> Iterator[Item]:
        for subnet in [*self._of_azapi(tf.SUBNET), *self._plan.of_type(tf.SUBNET)]:
            value, before = self._subnets[subnet.address], _subnet_before(subnet)
            pending = subnet.created or subnet.remade or (before is not None and before != value)
            yield self._item(
                subnet, value, unborn=self._is_unborn(subnet), pending=pending, names=names_of(subnet, value)
            )

    def networks(self) -> tuple[list[Item], list[Item]]:
        """The virtual networks, and the subnets that are written inside of them."""
        networks, subnets = [], []
        for network in self._of_both(tf.NETWORK):
            value, inline = network_of(network)
            own = id_of(value)
            networks.append(self._item(network, value if own else {**value, "id": network.address}))
            for subnet in inline:
                address = f"{network.address}/subnets/{subnet.get('name')}"
                stated = id_of(subnet) or (f"/{own}/subnets/{subnet.get('name')}" if own else address)
                names = names_of(network, subnet)
                subnets.append(self._item(network, {**subnet, "id": stated}, unborn=not own, name=address, names=names))
        networks += [self._item(source, data_network(source)) for source in self._plan.read(tf.NETWORK)]
        return networks, subnets

    def peerings(self) -> Iterator[Item]:
        """Peerings that are resources by themselves."""
        for peering in self._plan.of_type(tf.PEERING):
            yield self._item(peering, peering_of(self._plan, peering))
        for peering in self._of_azapi(tf.PEERING):
            yield self._item(peering, arm_peering(peering))

    def associations(self) -> list[Item]:
        """The associations of gateways, each with the subnet that is known of it."""
        return [self._association(association) for association in self._of_both(tf.ASSOCIATION)]

    def _association(self, association: Resource) -> Item:
        own = association_id(association)  # an association that exists may be in az's list, too
        value = {
            "id": f"/{own}" if own else association.address,
            "name": association.address,
            "subnet": {"id": tf.subnet_of(self._plan, association, self.ids)},
        }
        explained = self._plan.explains(association, *tf.attribute_of(association))
        return self.changes.made(self._item(association, value, unexplained=not explained), tf.ASSOCIATION)

    def planned(self) -> list[Item]:
        """That the plan installs a gateway, said once."""
        created = [part for part in self._of_both(tf.ASSOCIATION) + self._of_both(tf.GATEWAY) if part.created]
        return [self._item(part, "install-agc") for part in created[:1]]

    def controllers(self) -> Iterator[Item]:
        """Each version of ALB Controller that a release may run."""
        for release in self._plan.of_type(tf.RELEASE):
            chart = release.block.text("chart")
            if chart == AFTER_APPLY:  # which may be that of ALB Controller
                yield self._item(release, {"version": AFTER_APPLY})
            if not chart_is_own(chart):
                continue
            earlier = tf.earlier(release)
            runs = release_versions(earlier.block) if earlier else []
            for version in dict.fromkeys(release_versions(release.block, settled=earlier is None)):
                pending = release.created or bool(runs and version not in runs)
                yield self._item(release, {"version": version}, idle=idle_by(release.block), pending=pending)


def _subnet_before(subnet: Resource) -> dict[str, Any] | None:
    """As it is now, if the plan changes it in place."""
    earlier = tf.earlier(subnet)
    if earlier is None:
        return None
    return tf.with_id(tf.subnet_from(earlier.block) if subnet.type == tf.SUBNET else tf.arm(earlier), earlier)
