"""The virtual networks that the documents describe, merged by their ids: regions, and who is peered with whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.checks.clusters.merging import shown
from bot.checks.inventory.inventory import Item, Place, id_of
from bot.checks.inventory.snapshot import Vnet, Vnets, parsed
from bot.checks.inventory.vnets import Network

_SEGMENTS = 16  # of an id that are compared; Azure's have half as many
_FEW = 16  # places that are named
_MOST_RANGES = 100  # of an address space that are compared


@dataclass(slots=True)
class Known:
    """What all documents together say of one network."""

    regions: set[str] = field(default_factory=set)  # at most two: then it is not known
    peers: set[str] = field(default_factory=set)
    apart: dict[str, str] = field(default_factory=dict)  # peers whose peering is in another state than connected
    whole: list[tuple[frozenset[str], Place]] = field(default_factory=list)  # the peers of each whole list
    tails: set[str] = field(default_factory=set)  # of the peers' ids
    places: list[Place] = field(default_factory=list)
    lists_peers: bool = False
    nameless: bool = False  # a peering does not say with whom
    ranges: dict[str, None] = field(default_factory=dict)  # the address space
    condition: str = ""  # a template makes it, or a peering of it, only under a condition

    def state_of(self, vnet: str) -> str | None:
        """The state of a peering that does not connect."""
        return next((self.apart[tail] for tail in _tails(vnet) if tail in self.apart), None)

    def contradicted(self, vnet: str) -> str:
        """What lists of all peers say of this one, where some have it and others do not."""
        listed = [(str(not peers.isdisjoint(_tails(vnet))).lower(), place) for peers, place in self.whole]
        return f"virtualNetworkPeerings: {shown(listed)}" if len({text for text, _ in listed}) > 1 else ""

    def peers_with(self, vnet: str) -> bool:
        """Whether a peer is this network: by the whole id, or by the end of one where the other has no more."""
        return vnet in self.tails or not self.peers.isdisjoint(_tails(vnet))


class Networks:
    """Looked up by id, or by the end of an id where Terraform knows no more."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._by_id: dict[str, Known] = {}
        for item in items:
            network = parsed(Network, item.value, item.place.pointer, item.place.file)
            own = id_of(item.value)
            if own is None or network.id is None:
                continue
            known = self._by_id.setdefault(network.id, Known())
            if len(known.places) < _FEW:
                known.places.append(item.place)
            known.condition = known.condition or item.condition
            if network.address_space is not None:
                known.ranges.update(dict.fromkeys(network.address_space.address_prefixes))
            if network.location and len(known.regions) < 2:
                known.regions.add(network.location)
            if network.virtual_network_peerings is not None:
                known.lists_peers = True
                known.nameless = known.nameless or any(
                    peering.remote_virtual_network is None or peering.remote_virtual_network.id is None
                    for peering in network.virtual_network_peerings
                )
                remotes = [(peering.remote_virtual_network, peering) for peering in network.virtual_network_peerings]
                ids = {remote.id for remote, _ in remotes if remote and remote.id}
                known.apart |= {
                    remote.id: str(peering.peering_state or "null")
                    for remote, peering in remotes
                    if remote and remote.id and not peering.connects
                }
                if item.verbatim and len(known.whole) < _FEW:
                    known.whole.append((frozenset(ids), item.place))
                known.peers |= ids
                known.tails.update(tail for peer in ids for tail in _tails(peer))

    def __contains__(self, vnet: str | None) -> bool:
        return vnet is not None and vnet in self._by_id

    def known(self, vnet: str | None) -> list[Known]:
        """By the whole id, and by what follows the subscription."""
        if vnet is None:
            return []
        _, separator, rest = vnet.partition("resourcegroups/")
        short = self._by_id.get(f"{separator}{rest}") if separator and not vnet.startswith("resourcegroups/") else None
        return [network for network in (self._by_id.get(vnet), short) if network is not None]

    def described(self, nodes: str | None, gateway: str | None) -> Vnets | None:
        """Both ends; None if one of them is not named. Only who knows both can say that they are not peered."""
        if nodes is None or gateway is None:
            return None
        return Vnets.model_construct(aks=self._vnet(nodes), agc=self._vnet(gateway), peered=self.peered(nodes, gateway))

    def peered(self, nodes: str | None, gateway: str | None) -> bool | None:
        """Whether two networks are peered, as far as their own outputs say."""
        if nodes is None or gateway is None:
            return None
        ends = {nodes: self.known(nodes), gateway: self.known(gateway)}
        other = {nodes: gateway, gateway: nodes}
        if self.state(nodes, gateway) or self.contradicted(nodes, gateway):
            return None
        if any(network.peers_with(other[end]) for end, known in ends.items() for network in known):
            return True
        if any(network.nameless for known in ends.values() for network in known):
            return None
        return False if all(any(network.lists_peers for network in known) for known in ends.values()) else None

    def state(self, nodes: str | None, gateway: str | None) -> str | None:
        """The state of a peering between two networks that does not connect them."""
        return next((text for network, other in self._ways(nodes, gateway) if (text := network.state_of(other))), None)

    def contradicted(self, nodes: str | None, gateway: str | None) -> str:
        """What several outputs of one network say of the other, if not the same."""
        return next(
            (text for network, other in self._ways(nodes, gateway) if (text := network.contradicted(other))), ""
        )

    def _ways(self, nodes: str | None, gateway: str | None) -> Iterator[tuple[Known, str]]:
        if nodes is not None and gateway is not None and not same(nodes, gateway):
            for end, other in ((nodes, gateway), (gateway, nodes)):
                yield from ((network, other) for network in self.known(end))

    def places(self, *vnets: str | None) -> list[Place]:
        """Where they are described."""
        return [place for vnet in dict.fromkeys(vnets) for known in self.known(vnet) for place in known.places]

    def ranges(self, vnet: str | None) -> tuple[str, ...]:
        """The address space, as all documents together tell it."""
        return tuple(dict.fromkeys(prefix for known in self.known(vnet) for prefix in known.ranges))[:_MOST_RANGES]

    def _vnet(self, vnet: str) -> Vnet:
        """Two regions of one network are none."""
        regions = {region for known in self.known(vnet) for region in known.regions}
        return Vnet.model_construct(id=vnet, region=regions.pop() if len(regions) == 1 else None)


def same(left: str | None, right: str | None) -> bool:
    """Whether two ids name one network; Terraform may know no more of them than the end."""
    if left is None or right is None:
        return False
    return left == right or right.endswith(f"/{left}") or left.endswith(f"/{right}")


def _tails(vnet: str) -> list[str]:
    """An id, and what follows each of its last slashes."""
    parts = vnet.rsplit("/", _SEGMENTS)
    return [vnet, *("/".join(parts[at:]) for at in range(1, len(parts)))]
