"""What the rules still lack, why, and the command that prints it: with the names that the given documents tell."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.checks.commands import Target, line
from bot.checks.findings import Finding, Gap
from bot.checks.kinds import Kind, documents, recognise
from bot.checks.pieces import gateways_vnet, subnet_ids
from bot.checks.printable import printable
from bot.checks.vnets import vnet_of_nodes
from bot.checks.words import label, words

_PLAIN = re.compile(r"[\w/(][\w./() -]*")  # what Azure allows in names and ids, and no option of a command


@dataclass(frozen=True, slots=True)
class Missing:
    """A key of the snapshot, why it is needed, and a command; some keys take two commands."""

    key: str
    why: str
    command: str


def missing(raw: object, snapshot: dict[str, Any], findings: Iterable[Finding], lang: str) -> list[Missing]:
    """What rules of unknown status did not find. `raw` is what was sent, `snapshot` what was made of it."""
    waiting: dict[str, list[str]] = {}
    for finding in findings:
        key = finding.pointer.split("/")[1]
        # Data that is there but does not decide (`latest`) would only be printed once more.
        if finding.gap is Gap.DATA and (finding.observed is None or (key == "vnets" and "?" in finding.observed)):
            waiting.setdefault(key, []).append(finding.id)
    return [
        Missing(key, _why(name, ", ".join(ids), lang), line(command))
        for key, ids in waiting.items()
        for name, command in _commands(key, raw, snapshot)
    ]


def missing_cluster(raw: object, lang: str) -> list[Missing]:
    """Without the cluster nothing else is known to be needed."""
    found = _commands("aks", raw, {})
    return [Missing("aks", _why(name, label(lang, "every-rule"), lang), line(command)) for name, command in found]


def _why(name: str, rules: str, lang: str) -> str:
    return words(lang, f"commands.{name}") + label(lang, "place").format(place=rules)


def _commands(key: str, raw: object, snapshot: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    aks = _keys(snapshot.get("aks"))
    _, _, inside = str(aks.get("id") or "").casefold().partition("/resourcegroups/")
    group = aks.get("resourcegroup") or inside.partition("/")[0]
    target = Target(_plain(group, "$RESOURCE_GROUP"), _plain(aks.get("name"), "$CLUSTER"))
    match key:
        case "aks":
            yield "aks", target.aks()
        case "subnet":
            named = subnet_ids(snapshot.get("agcAssociations"))
            yield "subnet", target.subnet(_plain(f"/{named.pop()}" if len(named) == 1 else None, "$GATEWAY_SUBNET_ID"))
        case "agcAssociations":
            gateways = [_keys(one) for one in documents(raw) if recognise(one) is Kind.GATEWAY]
            if not gateways:
                yield "gateways", target.gateways()
            for gateway in gateways or [{}]:
                named_group = _plain(gateway.get("resourcegroup"), "$GATEWAY_RESOURCE_GROUP")
                yield "associations", target.associations(named_group, _plain(gateway.get("name"), "$GATEWAY"))
        case "albController":
            yield "controller", target.controller()
        case "vnets":
            nodes, gateway_vnet = vnet_of_nodes(snapshot.get("aks")), gateways_vnet(snapshot)
            vnets = _keys(snapshot.get("vnets"))
            if _keys(vnets.get("aks")).get("region") is None:
                yield "vnet-aks", target.vnet(_plain(nodes, "$NODES_VNET_ID"))
            if gateway_vnet is None or (gateway_vnet != nodes and _keys(vnets.get("agc")).get("region") is None):
                yield "vnet-agc", target.vnet(_plain(gateway_vnet, "$GATEWAY_VNET_ID"))


def _keys(document: object) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in document.items()} if isinstance(document, dict) else {}


def _plain(value: object, yours: str) -> str:
    """The given name, or the one to fill in: what was sent is not trusted to be a name."""
    return value if isinstance(value, str) and _PLAIN.fullmatch(value) and printable(value) == value else yours
