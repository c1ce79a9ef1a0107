"""What the rules still lack, why, and the command that prints it: with the names that the given documents tell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from bot.checks.clusters.assemble import Case
from bot.checks.clusters.clusters import vnet_of_pools, without_subnets
from bot.checks.clusters.controllers import IDLE
from bot.checks.clusters.doubts import CONTRADICTION, CUT, OWNED, UNLISTED, USED
from bot.checks.clusters.world import FEW
from bot.checks.findings import Gap, Verdict
from bot.checks.gather.commands import CONTROLLER_NAMESPACE, Target, line
from bot.checks.inventory.inventory import Inventory, Place, id_of, key_of
from bot.checks.inventory.keepers import ADDON_NAMESPACE, has_addon
from bot.checks.inventory.snapshot import Vnets
from bot.checks.printable import printable
from bot.checks.rules.engine import Judged
from bot.checks.spelling import id_part, resource_id, stands_in
from bot.checks.words import label, words

_ID = re.compile(r"/?subscriptions/[^/]+/.*[^/]/providers/[^/]+/.+", re.IGNORECASE)
_STATE = "albController-state"
_PLAIN = re.compile(r"[\w/(][\w./() -]*")  # what Azure allows in names and ids, and no option of a command
_SUBSCRIPTION = re.compile(r"[0-9a-fA-F-]{1,36}")


@dataclass(frozen=True, slots=True)
class Missing:
    """A key of the snapshot, why it is needed, and a command; some keys take two commands."""

    key: str
    why: str
    command: str


def missing(inventory: Inventory, judged: Sequence[Judged], lang: str) -> list[Missing]:
    """What rules of unknown status did not find, for each cluster; the same command once."""
    by_command: dict[str, tuple[str, str, dict[str, None]]] = {}
    for judgement in judged[:FEW]:
        for key, ids in _waiting(judgement).items():
            for name, command in commands_for(key, inventory, judgement.case):
                by_command.setdefault(line(command), (key, name, {}))[2].update(dict.fromkeys(ids))
    return [
        Missing(key.partition("-")[0], _why(name, ", ".join(ids), lang), command)
        for command, (key, name, ids) in by_command.items()
    ]


def lacking(inventory: Inventory, judged: Judged) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """The commands that print what each rule lacks of a cluster."""
    by_rule: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for key, ids in _waiting(judged).items():
        commands = list(commands_for(key, inventory, judged.case))
        by_rule |= dict.fromkeys(ids, commands)
    return by_rule


def _waiting(judged: Judged) -> dict[str, list[str]]:
    """The rules that lack data, by the key of the snapshot that would hold it."""
    waiting: dict[str, list[str]] = {}
    judgements = zip(judged.findings.findings, judged.keys, judged.verdicts, strict=True)
    for finding, key, verdict in judgements:
        # Data that is there but does not decide (`latest`) would only be printed once more.
        again = (
            verdict.doubt is not None
            or finding.observed is None
            or (key in ("vnets", "aks") and "?" in finding.observed)
        )
        if finding.gap is Gap.DATA and again:
            waiting.setdefault(_asked(key, verdict), []).append(finding.id)
    return waiting


def _asked(key: str, verdict: Verdict) -> str:
    """What a doubt asks for: the value itself is there."""
    doubt = verdict.doubt
    if doubt is not None and doubt.code == UNLISTED:
        return "agcAssociations"
    if doubt is None or doubt.code not in (CUT, IDLE, OWNED, USED) or doubt.settled:
        return key
    return _STATE if key == "albController" else "agcAssociations"


def missing_cluster(inventory: Inventory, lang: str) -> list[Missing]:
    """Without the cluster nothing else is known to be needed."""
    commands = commands_for("aks", inventory, None)
    return [Missing("aks", _why(name, label(lang, "every-rule"), lang), line(command)) for name, command in commands]


def ignored(inventory: Inventory) -> list[tuple[Place, str]]:
    """The first of what was understood and not needed."""
    refused = [(place, name) for place, _, name in inventory.refused[:FEW]]
    return [(place, printable(name)) for place, name in [*inventory.ignored[:FEW], *refused]]


def unread_keys(inventory: Inventory, lang: str) -> list[tuple[Place, str]]:
    """A sentence about each key of a snapshot that nothing reads, and about ids that identify nothing."""
    unread = [
        (place, words(lang, f"labels.{'misspelt' if near else 'unread'}", name=printable(key), near=near or ""))
        for place, key, near in inventory.misspelt[:FEW]
    ]
    return [*unread, *((place, words(lang, "labels.hidden")) for place in islice(_hidden(inventory), FEW))]


def _hidden(inventory: Inventory) -> Iterator[Place]:
    """Resources whose ids hide a name: what is asked of them would otherwise be asked for once more."""
    resources = (inventory.clusters, inventory.networks, inventory.subnets, inventory.gateways, inventory.associations)
    for item in chain.from_iterable(resources):
        own = key_of(item.value, "id")
        if isinstance(own, str) and "/providers/" in own.casefold() and resource_id(own) is None:
            yield item.place


def _why(name: str, rules: str, lang: str) -> str:
    return words(lang, f"commands.{name}") + label(lang, "place").format(place=rules)


def commands_for(key: str, inventory: Inventory, case: Case | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What prints a key of the snapshot: words for it, and the command."""
    aks = case.item.value if case else None
    namespace = ADDON_NAMESPACE if case and has_addon(aks) else CONTROLLER_NAMESPACE
    group, cluster, subscription = _names(aks, "managedclusters")
    target = Target(
        group or "$RESOURCE_GROUP", cluster or "$CLUSTER", subscription=subscription or None, namespace=namespace
    )
    match key:
        case "aks":
            yield "aks", target.aks()
        case "subnet":
            stated = [*inventory.associations, *inventory.balancers]
            named = sorted({own for item in stated if (own := _subnet_of(item.value))})
            ids = [_plain_id(own, "$GATEWAY_SUBNET_ID") for own in named] if len(named) <= FEW else []
            for own in dict.fromkeys(ids or ["$GATEWAY_SUBNET_ID"]):
                yield "subnet", target.subnet(own)
        case "agcAssociations":
            gateways: list[Any] = [item.value for item in inventory.gateways[:FEW]]
            if not gateways:
                yield "gateways", target.gateways()
                gateways = _named_by(inventory)
            listed = {(id_of(item.value) or "").rpartition("/associations/")[0] for item in inventory.associations}
            open_yet = [gateway for gateway in gateways if id_of(gateway) not in listed]
            for gateway in open_yet or gateways or [{}]:
                where, name, own = _names(gateway, "trafficcontrollers")
                there = replace(target, subscription=own or target.subscription)
                yield "associations", there.associations(where or "$GATEWAY_RESOURCE_GROUP", name or "$GATEWAY")
        case "albController":
            yield "controller", target.controller()
        case "albController-state":
            yield "controller-state", target.controller_state()
        case "masqAgent":
            yield "masq-agent", target.masq_agent()
        case "vnets" if case is not None:
            yield from _networks(target, inventory, case)


def _networks(target: Target, inventory: Inventory, case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The networks whose region nobody told, of the first gateway that lies in another network than the nodes."""
    known = next((view.snapshot.vnets for view in case.views if view.snapshot.vnets), None) or Vnets()
    aks = case.views[0].snapshot.aks
    nodes = (known.aks.id if known.aks else None) or vnet_of_pools(aks) or case.vnet
    gateway = known.agc.id if known.agc else None
    doubt = any(each.code == CONTRADICTION for view in case.views for each in view.doubts)
    if nodes is None and without_subnets(aks):
        yield (
            "vnet-managed",
            target.managed_vnet(plain(key_of(case.item.value, "noderesourcegroup")) or "$NODE_RESOURCE_GROUP"),
        )
    elif doubt or known.aks is None or known.aks.region is None:
        yield "vnet-aks", target.vnet(_plain_id(nodes, "$NODES_VNET_ID"))
    if doubt or gateway is None or (gateway != nodes and (known.agc is None or known.agc.region is None)):
        yield "vnet-agc", target.vnet(_plain_id(gateway, "$GATEWAY_VNET_ID"))


def _named_by(inventory: Inventory) -> list[dict[str, str]]:
    """The gateways that associations name, and the status of an ApplicationLoadBalancer. There may be others."""
    ids = [str(key_of(item.value, "id") or "").partition("/associations/")[0] for item in inventory.associations]
    ids += [str(key_of(item.value, "gateway") or "") for item in inventory.balancers]
    named = dict.fromkeys(f"/{own.strip('/')}" for own in ids if id_part(own, "trafficcontrollers"))
    return [{"id": own} for own in list(named)[:FEW]]


def _names(resource: object, kind: str) -> tuple[str | None, str | None, str | None]:
    """Resource group, name and subscription of a resource; its id tells what has no key of its own."""
    own = key_of(resource, "id")
    own = own if isinstance(own, str) else None
    group, name = key_of(resource, "resourcegroup"), key_of(resource, "name")
    return (
        plain(group) or plain(id_part(own, "resourcegroups")),
        plain(name) or plain(id_part(own, kind)),
        subscription_of(own),
    )


def subscription_of(resource: str | None) -> str | None:
    """Of an id; None for what is none."""
    subscription = id_part(resource, "subscriptions")
    return subscription if subscription and _SUBSCRIPTION.fullmatch(subscription) else None


def _subnet_of(association: object) -> str | None:
    subnet = key_of(association, "subnet")
    return id_of(subnet)


def _plain_id(own: str | None, yours: str) -> str:
    return plain_id(own and f"/{own}") or yours


def plain_id(value: object) -> str | None:
    """An id that Azure knows: addresses of Terraform, ends of ids, and ids with hidden names are none."""
    text = plain(value)
    return text if text is not None and _ID.fullmatch(text) and resource_id(text) else None


def plain(value: object) -> str | None:
    """A name that commands can take: what was sent is not trusted to be one, and may only stand for one."""
    if not isinstance(value, str) or _PLAIN.fullmatch(value) is None or printable(value) != value:
        return None
    return None if stands_in(value) else value
