"""Which ALB Controllers run in a cluster, and why what is said of them may not decide."""

from collections.abc import Iterator, Sequence

from bot.checks.clusters.clusters import KnownCluster
from bot.checks.clusters.merging import where
from bot.checks.clusters.world import EVERYWHERE, FEW, World
from bot.checks.findings import Doubt
from bot.checks.inventory.inventory import Item, key_of
from bot.checks.inventory.running import SCALED_DOWN
from bot.checks.inventory.snapshot import AlbController, parsed
from bot.checks.printable import printable
from bot.checks.versions import alb_version

IDLE, FOREIGN, OTHER, WHOSE = "not-running", "foreign-image", "other-image", "whose-controller"


def controllers_of(cluster: KnownCluster, world: World) -> list[tuple[AlbController | None, list[Item]]]:
    """Each version of its ALB Controllers that is said; none where it is not clear whose controller it is."""
    mine, unclear = world.own(world.controllers, cluster)
    unclear = [*unclear, *(item for item in mine if item.scope in world.shared)]
    mine = [item for item in mine if item.scope not in world.shared]
    mine = [item for item in mine if not item.past] or mine  # an earlier revision is not what runs
    if len(mine) > FEW and not world.single:  # said in one breath of several clusters: nobody knows whose they are
        return [(None, mine[:FEW])]
    by_version: dict[str, tuple[AlbController, list[Item]]] = {}
    for item in mine:
        model = parsed(AlbController, item.value, item.place.pointer, item.place.file)
        text = model.version
        full = alb_version(text)
        by_version.setdefault(str(full) if full else text or "", (model, []))[1].append(item)
    for _, items in by_version.values():
        items.sort(key=lambda item: not item.idle)  # few are kept: what speaks against a version is among them
    if by_version.get("") and len(by_version) > 1 and all(item.whole for item in by_version[""][1]):
        del by_version[""]  # a snapshot that leaves the version out does not contradict
    said: list[tuple[AlbController | None, list[Item]]] = [
        (None if _only_rests(items, mine) else model, items[:FEW])
        for _, (model, items) in sorted(by_version.items(), key=lambda pair: pair[0])
    ]
    made: list[tuple[AlbController | None, list[Item]]] = [*said[:FEW]]
    if unclear or len(said) > FEW:
        made.append((None, unclear[:FEW] or said[FEW][1]))
    return made or [(None, [])]


def _only_rests(said: Sequence[Item], mine: Sequence[Item]) -> bool:
    """Whether nothing runs a version, and something else may: it decides nothing beside that."""
    return all(item.idle == SCALED_DOWN for item in said) and any(item.idle != SCALED_DOWN for item in mine)


def of_controllers(said: Sequence[Item]) -> Iterator[Doubt]:
    """Workloads of one version: one that a part of them does not run, or that is somebody else's, passes nothing.

    What somebody else's image is, the reader may say.
    """
    idle = next((item for item in said if item.idle and not item.silent), None)
    if idle is None and all(item.silent for item in said):
        idle = next(iter(said), None)
    if idle is not None:
        yield Doubt(IDLE, printable(idle.idle), "/albController", fails_stand=True)
    if any(item.whole or item.scope == EVERYWHERE for item in said):  # the reader says that it is a copy
        return
    if stranger := next((item.stranger for item in said if item.stranger), None):
        yield Doubt(FOREIGN, printable(stranger), "/albController", fails_stand=True)
    if other := next((item.other for item in said if item.other), None):
        yield Doubt(OTHER, printable(other), "/albController", fails_stand=True)


def whose_controller(said: Sequence[Item]) -> Iterator[Doubt]:
    """Controllers beside several clusters, in which of them is not said."""
    if said:
        versions = dict.fromkeys(str(key_of(item.value, "version") or "?") for item in said)
        yield Doubt(WHOSE, printable(f"{', '.join(versions)}, {where(said[0].place)}"), "/albController", settled=True)
