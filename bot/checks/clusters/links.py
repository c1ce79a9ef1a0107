"""What a subnet says of those that use it: to whom it is delegated, whose links it holds, and what has addresses."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from bot.checks.inventory.inventory import key_of
from bot.checks.spelling import resource_id, stands_in

SERVICE = "microsoft.servicenetworking/trafficcontrollers"
# Names that Azure Bastion, Azure Firewall, VPN Gateway and Azure Route Server ask of their own subnets (their pages on
# Microsoft Learn, as guides of others cite them; November 2026).
RESERVED = {
    "azurebastionsubnet": "microsoft.network/bastionhosts",
    "azurefirewallmanagementsubnet": "microsoft.network/azurefirewalls",
    "azurefirewallsubnet": "microsoft.network/azurefirewalls",
    "gatewaysubnet": "microsoft.network/virtualnetworkgateways",
    "routeserversubnet": "microsoft.network/virtualhubs",
}


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Of a service to a subnet that it uses. `target`: the id of what uses it, if the link names that."""

    type: str
    target: str = ""

    @property
    def is_gateway(self) -> bool:
        """Whether the gateway's service holds it."""
        return self.type.partition("/associations")[0] == SERVICE


def links(subnet: Any) -> list[Link]:
    """All links that a subnet holds; one that says nothing is of something unknown."""
    made = []
    for kind in ("serviceassociationlinks", "resourcenavigationlinks"):
        listed = key_of(subnet, kind)
        several = (
            listed if isinstance(listed, list) else [listed] if listed else []
        )  # PowerShell may cut a list to a text
        for link in several:
            stated, target = key_of(link, "linkedresourcetype") or "?", key_of(link, "link")
            if isinstance(stated, str) and stated.strip():
                own = resource_id(target) if isinstance(target, str) else None
                gateway = own if own and f"/{SERVICE}/" in f"/{own}" else ""
                made.append(Link(stated.strip().lower(), gateway))
    return made


_RESIDENTS = ("ipconfigurations", "privateendpoints", "applicationgatewayipconfigurations")


def residents(subnet: Any) -> set[str]:
    """The types of the resources with addresses of a subnet, or "?" where it does not say which they are."""
    held = (key_of(subnet, kind) for kind in _RESIDENTS)
    listed = chain.from_iterable(part if isinstance(part, list) else [part] for part in held if part)
    return {_type(key_of(entry, "id")) for entry in listed}


def _type(own: object) -> str:
    parts = own.lower().rpartition("/providers/")[2].split("/") if isinstance(own, str) else []
    return "/".join(parts[:2]) if len(parts) > 2 else "?"


def services(subnet: Any) -> list[str] | None:
    """The services that a subnet is delegated to; an empty text for one that is not told."""
    listed = key_of(subnet, "delegations")
    if not isinstance(listed, list):
        return None
    stated = [entry if isinstance(entry, str) else key_of(entry, "servicename") for entry in listed]
    names = [service.strip().lower() if isinstance(service, str) else "" for service in stated]
    return ["" if stands_in(name) else name for name in names]


def delegated(subnet: Any) -> bool | None:
    """Whether a subnet is delegated to the gateway's service, as far as it says."""
    names = services(subnet)
    if names is None or (SERVICE not in names and "" in names):
        return None
    return SERVICE in names
