"""Where what is said of the networks of the nodes and of a gateway contradicts what else tells of them."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from bot.checks.clusters.clusters import KnownCluster, vnet_of
from bot.checks.clusters.doubts import CONTRADICTION, STATE, TWICE
from bot.checks.clusters.networks import Networks, same
from bot.checks.clusters.site import Site
from bot.checks.findings import Doubt
from bot.checks.inventory.snapshot import Vnet, Vnets
from bot.checks.printable import printable


@dataclass(frozen=True, slots=True)
class _End:
    """The network of the nodes, or of the gateway: the word on it, and what else names it (`origin`)."""

    said: Vnet
    named: Set[str | None]
    origin: str

    @property
    def id(self) -> str | None:
        return self.said.id or (next(iter(self.named)) if len(self.named) == 1 else None)

    def regions(self, networks: Networks) -> set[str]:
        """Where the network is, as its own outputs say."""
        return {region for network in networks.known(self.id) for region in network.regions}


def of_networks(said: Vnets | None, cluster: KnownCluster, site: Site | None, networks: Networks) -> Iterator[Doubt]:
    """Where the word on both networks contradicts ids and outputs that say the same in another way."""
    known, gateway = said or Vnets(), vnet_of(site.id if site else None)
    nodes = _End(known.aks or Vnet(), cluster.vnets, "agentPoolProfiles")
    other = _End(known.agc or Vnet(), {gateway} - {None}, "subnet")
    for end in (nodes, other):
        if end.said.id is not None and any(vnet is not None and not same(end.said.id, vnet) for vnet in end.named):
            shown = ", ".join(sorted(str(vnet).rsplit("/", 1)[-1] for vnet in end.named))
            yield _contradiction(f"{end.origin}: {shown}")
    for end in (nodes, other):
        regions = end.regions(networks)
        if end.said.region is not None and regions - {end.said.region}:
            yield _contradiction(f"location: {', '.join(sorted(regions))}")
    if site is not None and not same(nodes.id, other.id):
        yield from _of_associations(site, other, networks)
    yield from _of_peering(known, nodes, other, networks)
    if nodes.said.region is not None and cluster.regions - {nodes.said.region}:
        yield _contradiction(f"aks.location: {', '.join(sorted(cluster.regions))}")


def _of_associations(site: Site, gateway: _End, networks: Networks) -> Iterator[Doubt]:
    """An association is where its subnet is. Within one network no region decides anything."""
    stated = gateway.regions(networks) or ({gateway.said.region} if gateway.said.region else set())
    if stated and site.regions - stated:
        yield _contradiction(f"association: {', '.join(sorted(site.regions))}; VNet: {', '.join(sorted(stated))}")


def _of_peering(known: Vnets, nodes: _End, other: _End, networks: Networks) -> Iterator[Doubt]:
    ids, regions = (nodes.id, other.id), (nodes.said.region, other.said.region)
    peered = None if same(*ids) else networks.peered(*ids)
    if same(*ids) and None not in regions and regions[0] != regions[1]:
        yield _contradiction(f"{str(ids[0]).rsplit('/', 1)[-1]}: {regions[0]}, {regions[1]}")
    if peered is not None and known.peered is not None and peered != known.peered:
        yield _contradiction(f"virtualNetworkPeerings: {str(peered).lower()}")
    for code, seen in ((STATE, networks.state(*ids)), (TWICE, networks.contradicted(*ids))):
        if seen:  # the word on both networks, where there is one, does not stand against it
            yield Doubt(code, printable(seen), "/vnets", settled=known.peered is None)


def _contradiction(seen: str) -> Doubt:
    return Doubt(CONTRADICTION, printable(seen), "/vnets")
