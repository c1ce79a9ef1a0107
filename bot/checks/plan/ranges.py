"""Address ranges around a cluster: those of pods must overlap neither its virtual network nor its services."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.checks.clusters.assemble import Case
from bot.checks.clusters.clusters import vnet_of
from bot.checks.clusters.networks import same
from bot.checks.inventory.inventory import key_of
from bot.checks.inventory.ranges import is_range, overlapping
from bot.checks.plan.beside import Beside


@dataclass(frozen=True, slots=True)
class Ranges:
    """As they are written. `whole`: the address space of the nodes' network is among them."""

    pods: tuple[str, ...]
    network: tuple[str, ...]
    services: tuple[str, ...]
    whole: bool

    @property
    def overlaps(self) -> tuple[str, ...]:
        """The known ranges that those of the pods must not overlap, and do."""
        return overlapping(self.pods, (*self.network, *self.services))

    @property
    def kept(self) -> str | None:
        """The one range that pods have and may keep, as far as is known."""
        fits = len(self.pods) == 1 and is_range(self.pods[0]) and not self.overlaps
        return self.pods[0] if fits else None


def ranges_of(case: Case, known: Beside) -> Ranges:
    """Of one cluster, and of the network of its nodes."""
    profile = key_of(case.item.value, "networkprofile")
    space = known.spaces.get(case.vnet or "", {})
    subnets = {text for own, texts in known.prefixes.items() if same(vnet_of(own), case.vnet) for text in texts}
    network = tuple(space) or tuple(sorted(subnets))
    return Ranges(
        tuple(dict.fromkeys(_texts(profile, "podcidr", "podcidrs"))),
        network,
        tuple(dict.fromkeys(_texts(profile, "servicecidr", "servicecidrs"))),
        bool(space),
    )


def _texts(value: Any, *names: str) -> Iterator[str]:
    for name in names:
        stated = key_of(value, name)
        for text in stated if isinstance(stated, list) else [stated]:
            if isinstance(text, str) and is_range(text):
                yield text.strip()
