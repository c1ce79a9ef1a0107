"""Address ranges around a cluster: those of pods must overlap neither networks that it reaches nor its services."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, ip_network
from itertools import islice
from typing import Any

from bot.checks.clusters.assemble import Case
from bot.checks.clusters.clusters import vnet_of
from bot.checks.clusters.networks import same
from bot.checks.inventory.inventory import key_of
from bot.checks.inventory.ranges import is_range, overlapping
from bot.checks.plan.beside import Beside

# Sources: Microsoft Learn, "AKS CNI networking overview", edition of 2026-07-10 (which ranges AKS rejects), and
# "Overview of Azure CNI Overlay", edition of 2026-07-31 (RFC 1918 and RFC 6598 are supported; a /24 for every node).
_AZURES = ("169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24")
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
_BLOCK = 256  # addresses of a /24


@dataclass(frozen=True, slots=True)
class Ranges:
    """As they are written. `peers`: of networks peered to the nodes'; `whole`: its address space is among them."""

    pods: tuple[str, ...]
    network: tuple[str, ...]
    services: tuple[str, ...]
    peers: tuple[str, ...]
    whole: bool
    nodes: int = 0  # for which there is to be a /24 each: those that are there, or that pools may scale to

    @property
    def taken(self) -> tuple[str, ...]:
        """The known ranges that those of the pods must not overlap."""
        return tuple(dict.fromkeys((*self.network, *self.services, *self.peers)))

    @property
    def overlaps(self) -> tuple[str, ...]:
        """The known ranges that those of the pods must not overlap, and do."""
        return overlapping(self.pods, self.taken)

    @property
    def rejected(self) -> tuple[str, ...]:
        """The ranges of Azure's own that AKS lets no range of pods overlap, and that one of these does."""
        return overlapping(self.pods, _AZURES)

    @property
    def public(self) -> tuple[str, ...]:
        """The ranges of the pods that are not wholly private: those are outside Microsoft's support."""
        private = [IPv4Network(text) for text in _PRIVATE]
        return tuple(text for text in self.pods for net in _networks([text]) if not any(map(net.subnet_of, private)))

    @property
    def small(self) -> tuple[str, ...]:
        """The ranges of the pods that have no /24 for every node."""
        return tuple(
            text for text in self.pods for net in _networks([text]) if net.num_addresses < _BLOCK * max(self.nodes, 1)
        )

    @property
    def kept(self) -> str | None:
        """The one range that pods have and may keep, as far as is known."""
        wrong = self.overlaps or self.rejected or self.public or self.small
        fits = len(self.pods) == 1 and is_range(self.pods[0]) and not wrong
        return self.pods[0] if fits else None


_MOST_BLOCKS = 256  # that are looked for: more than a plan makes subnets


@dataclass(frozen=True)
class Space:
    """The address space of the nodes' network, and what is taken of it. `whole`: all of its subnets are known."""

    ranges: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    whole: bool = False

    @cached_property
    def _blocks(self) -> tuple[str, ...]:
        return tuple(islice(_free(self.ranges, self.taken), _MOST_BLOCKS))

    def block(self, at: int) -> str | None:
        """A /24 that is free as far as is known: another one for each new subnet."""
        return self._blocks[at] if at < len(self._blocks) else None

    def is_full(self, at: int) -> bool:
        """Whether nothing is left for a new subnet: known taken ranges may grow, and never shrink."""
        return bool(self.ranges) and self.block(at) is None


def space_of(case: Case, known: Beside) -> Space:
    """Of the network of a cluster's nodes; pods and services are to have other ranges."""
    ranges = ranges_of(case, known)
    if not ranges.whole:
        return Space()
    subnets = _subnets(case, known)
    return Space(ranges.network, (*subnets, *ranges.pods, *ranges.services), (case.vnet or "") in known.whole)


def _free(ranges: Iterable[str], taken: Iterable[str]) -> Iterator[str]:
    """The /24 blocks of some ranges that overlap nothing taken, in time that grows with their numbers only."""
    spans = sorted((int(net.network_address), int(net.broadcast_address)) for net in _networks(taken))
    for net in sorted(_networks(ranges)):
        start, end = int(net.network_address), int(net.broadcast_address)
        at = 0
        start += -start % _BLOCK
        while start + _BLOCK - 1 <= end:
            while at < len(spans) and spans[at][1] < start:
                at += 1
            if at < len(spans) and spans[at][0] <= start + _BLOCK - 1:
                start = spans[at][1] + 1 + -(spans[at][1] + 1) % _BLOCK
                continue
            yield f"{IPv4Address(start)}/24"
            start += _BLOCK


def _networks(texts: Iterable[str]) -> Iterator[IPv4Network]:
    for text in texts:
        network = ip_network(text.strip(), strict=False) if is_range(text) else None
        if isinstance(network, IPv4Network):
            yield network


def _subnets(case: Case, known: Beside) -> set[str]:
    return {text for own, texts in known.prefixes.items() if same(vnet_of(own), case.vnet) for text in texts}


def ranges_of(case: Case, known: Beside) -> Ranges:
    """Of one cluster, and of the network of its nodes."""
    profile = key_of(case.item.value, "networkprofile")
    space = known.spaces.get(case.vnet or "", {})
    network = tuple(space) or tuple(sorted(_subnets(case, known)))
    return Ranges(
        tuple(dict.fromkeys(_texts(profile, "podcidr", "podcidrs"))),
        network,
        tuple(dict.fromkeys(_texts(profile, "servicecidr", "servicecidrs"))),
        _of_peers(case.vnet or "", known),
        bool(space),
        _nodes(case.item.value),
    )


def _of_peers(vnet: str, known: Beside) -> tuple[str, ...]:
    """The address spaces of peered networks: as the peerings of this one tell them, or documents of those."""
    own = [text for remote in known.remotes.get(vnet, {}) for text in known.spaces.get(remote, {})]
    return tuple(dict.fromkeys([*known.peers.get(vnet, {}), *own]))


def _nodes(aks: Any) -> int:
    """As the pools count them, or how many they may become."""
    pools = key_of(aks, "agentpoolprofiles")
    listed = pools if isinstance(pools, list) else []
    counts = ([key_of(pool, name) for name in ("count", "maxcount")] for pool in listed)
    return sum(max([number for number in stated if type(number) is int], default=0) for stated in counts)


def _texts(value: Any, *names: str) -> Iterator[str]:
    for name in names:
        stated = key_of(value, name)
        for text in stated if isinstance(stated, list) else [stated]:
            if isinstance(text, str) and is_range(text):
                yield text.strip()
