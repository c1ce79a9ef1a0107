"""What Azure says of an association or a gateway that is on its way: it has not arrived, goes, or could not be made."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.checks.inventory.inventory import Item, id_of
from bot.checks.inventory.states import provisioning_state
from bot.checks.printable import printable
from bot.checks.spelling import stands_in

ARRIVING, FAILED, GOING = "arriving", "failed", "going"
_ENDED_BADLY = ("failed", "canceled")
_WORST_LAST = ("", ARRIVING, FAILED, GOING)


@dataclass(frozen=True, slots=True)
class Phase:
    """One of the constants above, or empty; `stated`: as the document spells the state."""

    kind: str = ""
    stated: str = ""

    @property
    def rank(self) -> int:
        """How far it is from being in use."""
        return _WORST_LAST.index(self.kind)


SETTLED = Phase()


def phases(items: Iterable[Item]) -> dict[str, Phase]:
    """Of resources that are there, by their ids: of several statements the worst, as for the rules."""
    by_id: dict[str, Phase] = {}
    for item in items:
        own, phase = id_of(item.value), _phase(provisioning_state(item.value))
        if own and phase.kind and not (item.created or item.pending):
            known = by_id.setdefault(own, phase)
            by_id[own] = max(known, phase, key=lambda each: (each.rank, each.stated))
    return by_id


def _phase(stated: str) -> Phase:
    state = stated.casefold()
    if state in ("", "succeeded") or stands_in(stated):
        return SETTLED
    kind = FAILED if state in _ENDED_BADLY else GOING if state == "deleting" else ARRIVING
    return Phase(kind, printable(stated))
