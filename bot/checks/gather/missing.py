"""What the rules still lack, why, and the command that prints it: with the names that the given documents tell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from bot.checks.spelling import stands_in
from bot.checks.words import label, words

_GATEWAY = re.compile(r"/resourceGroups/(?P<group>[^/]+)/.*/trafficControllers/(?P<name>[^/]+)", re.IGNORECASE)
_ID = re.compile(r"/?subscriptions/[^/]+/.*[^/]/providers/[^/]+/.+", re.IGNORECASE)
_STATE = "albController-state"
_PLAIN = re.compile(r"[\w/(][\w./() -]*")  # what Azure allows in names and ids, and no option of a command


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
    """A sentence about each key of a snapshot that nothing reads."""
    return [
        (place, words(lang, f"labels.{'misspelt' if near else 'unread'}", name=printable(key), near=near or ""))
        for place, key, near in inventory.misspelt[:FEW]
    ]


def _why(name: str, rules: str, lang: str) -> str:
    return words(lang, f"commands.{name}") + label(lang, "place").format(place=rules)


def commands_for(key: str, inventory: Inventory, case: Case | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What prints a key of the snapshot: words for it, and the command."""
    aks = _keys(case.item.value if case else None)
    _, _, inside = str(aks.get("id") or "").casefold().partition("/resourcegroups/")
    group = aks.get("resourcegroup") or inside.partition("/")[0]
    namespace = ADDON_NAMESPACE if case and has_addon(case.item.value) else CONTROLLER_NAMESPACE
    target = Target(_plain(group, "$RESOURCE_GROUP"), _plain(aks.get("name"), "$CLUSTER"), namespace=namespace)
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
            gateways = [_keys(item.value) for item in inventory.gateways[:FEW]]
            if not gateways:
                yield "gateways", target.gateways()
                gateways = _named_by(inventory)
            listed = {(id_of(item.value) or "").rpartition("/associations/")[0] for item in inventory.associations}
            open_yet = [gateway for gateway in gateways if id_of(gateway) not in listed]
            for gateway in open_yet or gateways or [{}]:
                named_group = _plain(gateway.get("resourcegroup"), "$GATEWAY_RESOURCE_GROUP")
                yield "associations", target.associations(named_group, _plain(gateway.get("name"), "$GATEWAY"))
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
            target.managed_vnet(_plain(_keys(case.item.value).get("noderesourcegroup"), "$NODE_RESOURCE_GROUP")),
        )
    elif doubt or known.aks is None or known.aks.region is None:
        yield "vnet-aks", target.vnet(_plain_id(nodes, "$NODES_VNET_ID"))
    if doubt or gateway is None or (gateway != nodes and (known.agc is None or known.agc.region is None)):
        yield "vnet-agc", target.vnet(_plain_id(gateway, "$GATEWAY_VNET_ID"))


def _named_by(inventory: Inventory) -> list[dict[str, Any]]:
    """The gateways that associations name, and the status of an ApplicationLoadBalancer. There may be others."""
    ids = [key_of(item.value, "id") for item in inventory.associations]
    ids += [key_of(item.value, "gateway") for item in inventory.balancers]
    matches = [_GATEWAY.search(f"/{own}") for own in ids if own]
    named = dict.fromkeys((match["group"], match["name"]) for match in matches if match)
    return [{"resourcegroup": group, "name": name} for group, name in list(named)[:FEW]]


def _subnet_of(association: object) -> str | None:
    subnet = key_of(association, "subnet")
    return id_of(subnet)


def _keys(document: object) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in document.items()} if isinstance(document, dict) else {}


def _plain(value: object, yours: str) -> str:
    """The given name, or the one to fill in."""
    return plain(value) or yours


def _plain_id(own: str | None, yours: str) -> str:
    return plain_id(own and f"/{own}") or yours


def plain_id(value: object) -> str | None:
    """An id that Azure knows: addresses of Terraform, and ends of ids, are none."""
    text = plain(value)
    return text if text is not None and _ID.fullmatch(text) else None


def plain(value: object) -> str | None:
    """A name that commands can take: what was sent is not trusted to be one, and may only stand for one."""
    if not isinstance(value, str) or _PLAIN.fullmatch(value) is None or printable(value) != value:
        return None
    return None if stands_in(value) else value
