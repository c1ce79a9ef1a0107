"""A Terraform plan (`terraform show -json`) as items, so that the rules run before anything exists.

What is only known after apply becomes that very text, AFTER_APPLY, of which no rule makes a pass.
The plan is taken for the whole world: gateways that it does not manage are not seen.
"""

from dataclasses import replace
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
    native = {
        kind: plan.of_type(kind)
        for kind in (tf.CLUSTER, tf.POOL, tf.SUBNET, tf.NETWORK, tf.PEERING, tf.GATEWAY, tf.ASSOCIATION)
    }
    arm = [
        (resource, tf.AZAPI[kind])
        for resource in plan.of_type("azapi_resource")
        if (kind := tf.arm_type(resource)) in tf.AZAPI
    ]

    def at(resource: Resource) -> Place:
        return Place(place.pointer + resource.pointer, place.file)

    def item(resource: Resource, value: Any, **more: Any) -> Item:
        waits = resource.created or resource.remade
        more = {"name": resource.address, "created": resource.created, "pending": waits, **more}
        more["remade"] = resource.remade
        return Item(value, at(resource), said_by=place, verbatim=False, **more)

    subnets = {resource.address: tf.with_id(tf.subnet_from(resource.block), resource) for resource in native[tf.SUBNET]}
    subnets |= {one.address: tf.with_id(tf.arm(one), one) for one, kind in arm if kind == tf.SUBNET}
    ids = {address: str(value["id"]) for address, value in subnets.items()}
    clusters = [item(one, tf.cluster_of(plan, one, ids), before=tf.cluster_before(one)) for one in native[tf.CLUSTER]]
    clusters += [item(one, tf.arm(one), before=tf.arm_before(one)) for one, kind in arm if kind == tf.CLUSTER]
    # Created anew, it has the id that it had: outputs of what there is now speak of it.
    old_ids = {one.address: one.old_id for one in plan.resources if one.old_id}
    clusters = [
        replace(known, value={**known.value, "id": old_ids[known.name]}) if known.name in old_ids else known
        for known in clusters
    ]
    updates = [one for one in plan.of_type("azapi_update_resource") if tf.AZAPI.get(tf.arm_type(one)) == tf.CLUSTER]
    changes = Updates(plan)
    only = len(clusters) == 1
    clusters = [changes.made(one, tf.CLUSTER, only) for one in clusters]
    if not clusters and updates:
        clusters = [item(one, tf.arm(one) | {"id": tf.text(one, "resource_id")}, replaced=True) for one in updates]
    elif not clusters and not any(one.type == tf.CLUSTER for one in plan.gone):
        clusters = [item(one, tf.data_cluster(one.block), replaced=True) for one in plan.read(tf.CLUSTER)]
    into.clusters += clusters
    for one in plan.gone:
        if tf.CLUSTER in (one.type, tf.AZAPI.get(tf.arm_type(one))):
            value = tf.cluster_of(plan, one, ids) if one.type == tf.CLUSTER else tf.arm(one)
            into.gone.append(item(one, value, gone=True))
    upgrades = any(one.before is not None and network_changes(one) for one in clusters)
    pools = []
    for pool in native[tf.POOL]:
        owner = plan.target(pool, "kubernetes_cluster_id")
        value = tf.pool_of(plan, pool, pool.block, ids) | {"cluster": tf.owner_of(pool, owner)}
        pools.append(item(pool, {**value, "id": tf.text(pool, "id")}))
    pools += [item(one, tf.arm(one) | {"cluster": tf.text(one, "parent_id")}) for one, kind in arm if kind == tf.POOL]
    if upgrades:  # nothing orders the changes of one apply: what goes may still be there during the upgrade
        for one in plan.gone:
            if one.type == tf.POOL:
                value = {**tf.pool_of(plan, one, one.block, ids), "id": tf.text(one, "id")}
                pools.append(item(one, {**value, "cluster": tf.owner_of(one, None)}))
    into.pools += [changes.made(one, tf.POOL) for one in pools]
    before = len(into.subnets)
    for resource in plan.of_type("azapi_resource") + native[tf.SUBNET]:
        if resource.address in subnets:
            unborn = ids[resource.address] == resource.address
            was = tf.earlier(resource)
            now = None if was is None else tf.subnet_from(was.block) if resource.type == tf.SUBNET else tf.arm(was)
            changes_it = now is not None and was is not None and tf.with_id(now, was) != subnets[resource.address]
            pending = resource.created or resource.remade or changes_it
            into.subnets.append(item(resource, subnets[resource.address], unborn=unborn, pending=pending))
            if upgrades and now is not None and was is not None:
                # Nothing orders the changes of one apply: what is there now may still be there during the upgrade.
                into.subnets.append(item(resource, tf.with_id(now, was)))
    for one in plan.read(tf.SUBNET):
        into.subnets.append(item(one, tf.subnet_from(one.block) | {"delegations": None}))
    _read_networks(plan, [*native[tf.NETWORK], *(one for one, kind in arm if kind == tf.NETWORK)], into, item)
    there = into.subnets[before:]
    into.subnets[before:] = [changes.made(one, tf.SUBNET) for one in there]
    changed = zip(there, into.subnets[before:], strict=True)
    into.subnets += [was for was, one in list(changed) if upgrades and one.value != was.value]
    for peering in native[tf.PEERING]:
        into.networks.append(item(peering, tf.peering_of(peering)))
    into.networks += [item(one, tf.arm_peering(one)) for one, kind in arm if kind == tf.PEERING]
    associations = [*native[tf.ASSOCIATION], *(one for one, kind in arm if kind == tf.ASSOCIATION)]
    if upgrades:
        associations += [one for one in plan.gone if one.type == tf.ASSOCIATION]
    for one in associations:
        own = resource_id(tf.text(one, "id"))  # an association that exists may be in az's list, too
        value = {
            "id": f"/{own}" if own else one.address,
            "name": one.address,
            "subnet": {"id": tf.subnet_of(plan, one, ids)},
        }
        placed = item(one, value, unexplained=not plan.explains(one, *tf.attribute_of(one)))
        into.associations.append(changes.made(placed, tf.ASSOCIATION))
    if associations:
        into.lists.append(place)
    for new in [*associations, *native[tf.GATEWAY], *(one for one, kind in arm if kind == tf.GATEWAY)]:
        if new.created:
            into.planned.append(item(new, "install-agc"))
            break
    changes.remember(place, into)
    read_objects(plan, place, into, read)
    for release in plan.of_type(tf.RELEASE):
        if chart_is_own(release.block.text("chart")):
            was = tf.earlier(release)
            runs = release_versions(was.block) if was else []
            versions = [*release_versions(release.block), *(runs if upgrades else [])]
            into.controllers += [
                item(
                    release,
                    {"version": one},
                    idle=idle_by(release.block),
                    pending=release.created or bool(runs and one not in runs),
                )
                for one in dict.fromkeys(versions)
            ]


def network_changes(cluster: Item) -> bool:
    """Whether the plan changes the cluster's own network: an upgrade to overlay does."""
    return bool(key_of(cluster.before, "networkprofile") != key_of(cluster.value, "networkprofile"))


def _read_networks(plan: Plan, networks: list[Resource], into: Inventory, item: Any) -> None:
    for network in networks:
        if network.type == tf.NETWORK:
            value = {
                "id": tf.text(network, "id"),
                "name": tf.text(network, "name"),
                "location": tf.text(network, "location"),
                "addressSpace": {"addressPrefixes": network.block.strings("address_space")},
            }
            inline = [tf.subnet_from(one) for one in network.block.blocks("subnet")]
        else:
            value = tf.arm(network)
            listed = key_of(value, "subnets")
            inline = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        born = id_of(value)
        into.networks.append(item(network, value if born else {**value, "id": network.address}))
        for one in inline:
            made = id_of(one) or f"{f'/{born}' if born else network.address}/subnets/{one.get('name')}"
            named = f"{network.address}/subnets/{one.get('name')}"
            into.subnets.append(item(network, {**one, "id": made}, unborn=not born, name=named))
    for read in plan.read(tf.NETWORK):
        remotes = read.block.values.get("vnet_peerings")
        remotes = list(remotes.values()) if isinstance(remotes, dict) else []
        space = {"addressPrefixes": read.block.strings("address_space")}
        value = {"id": tf.text(read, "id"), "location": tf.text(read, "location"), "addressSpace": space}
        value["virtualNetworkPeerings"] = [{"remoteVirtualNetwork": {"id": remote}} for remote in remotes]
        into.networks.append(item(read, value))
