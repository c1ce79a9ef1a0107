"""The associations of one gateway by what is to become of them, and the places that gateways may take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.checks.plan.gateways import Gateway
from bot.checks.plan.phases import ARRIVING, FAILED, GOING
from bot.checks.plan.records import Need
from bot.checks.plan.sharing import PLACE
from bot.checks.plan.state import State

Needs = Mapping[int, tuple[Need, str]]


@dataclass(frozen=True, slots=True)
class Kin:
    """All associations of one gateway, by their places in the state."""

    every: tuple[int, ...]
    good: tuple[int, ...] = ()  # on a subnet that the gateway may keep
    coming: tuple[int, ...] = ()  # not there yet, on such a subnet
    failed: tuple[int, ...] = ()  # could not be made there
    bad: tuple[int, ...] = ()
    unclear: tuple[int, ...] = ()
    going: tuple[int, ...] = ()  # Azure deletes them already

    @property
    def at(self) -> int:
        """The one that steps about the whole gateway name: one that is there, if any is."""
        return (*self.bad, *self.failed, *self.unclear, *self.every)[0]


def sort(state: State, every: Sequence[int], needs: Needs) -> Kin:
    """Tell apart the associations of a gateway."""
    kinds: dict[str, list[int]] = {}
    for at in every:
        kinds.setdefault(_kind(state.gateways[at], *needs.get(at, (Need.DONE, ""))), []).append(at)
    return Kin(tuple(every), **{kind: tuple(places) for kind, places in kinds.items()})


def _kind(gateway: Gateway, need: Need, rule: str) -> str:
    if gateway.phase.kind == GOING:
        return "going"
    if need is Need.TODO:
        return "bad"
    if need is Need.UNCLEAR:  # that lists may lack others leaves open nothing about what the object asks for
        return "coming" if gateway.requested and rule not in PLACE else "unclear"
    if gateway.phase.kind == FAILED:
        return "failed"
    return "coming" if gateway.requested or gateway.phase.kind == ARRIVING else "good"


class Plots:
    """Subnets and gateways that are there for one that moves, each for one; after them come new ones."""

    def __init__(self, state: State, groups: Sequence[Kin]) -> None:
        self._state = state
        self._spare, self._subnets, self._gateways = list(state.spare), 0, 0
        self._idle = list(state.idle)
        units = {kin.every: state.gateways[kin.every[0]].unit.kind for kin in groups}
        self._heirs = [kin for kin in groups if (kin.good or kin.coming) and units[kin.every] != GOING]

    def subnet(self) -> tuple[str | None, int]:
        """The id of a subnet that is there, or the number of a new one."""
        if self._spare:
            return self._spare.pop(0), 0
        self._subnets += 1
        return None, self._subnets - 1

    def gateway(self) -> int:
        """The number of a new gateway."""
        self._gateways += 1
        return self._gateways - 1

    def heir(self, old: Gateway) -> int | None:
        """Another gateway of the same cluster and kind, in a place where it may stay; each takes one place."""
        for kin in self._heirs:
            gateway = self._state.gateways[kin.every[0]]
            if gateway.exists and not gateway.foreign and gateway.managed == old.managed and gateway.owner != old.owner:
                self._heirs.remove(kin)
                return (*kin.good, *kin.coming)[0]
        return None

    def idle(self, old: Gateway) -> str | None:
        """The id of a gateway without an association in the resource group of one that people have made."""
        place = old.owner.rpartition("/")[0]
        own = next((own for own in self._idle if own.rpartition("/")[0] == place), None)
        if own is None or old.managed:
            return None
        self._idle.remove(own)
        return own
