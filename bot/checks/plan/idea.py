"""What a step is before it is put into words: when it is needed, what comes before it, what it makes of a cluster."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.checks.findings import Status
from bot.checks.inventory.snapshot import Network
from bot.checks.plan.records import Mark, Need
from bot.checks.plan.state import State

LOOKS = ("subnet", "agcAssociations", "vnets")  # what tells where a gateway is
NEEDS = {Status.PASS: Need.DONE, Status.FAIL: Need.TODO, Status.UNKNOWN: Need.UNCLEAR}


@dataclass(frozen=True, slots=True)
class Idea:
    """A step of any plan. `at` is the gateway that it is about."""

    id: str
    rule: str
    quote: str
    marks: tuple[Mark, ...]
    need: Need
    requires: Callable[[State], bool]
    effect: Callable[[State], State]
    at: int | None = None
    looks_at: tuple[str, ...] = ()  # keys of the snapshot that tell whether an unclear step is to be taken
    notes: tuple[str, ...] = ()  # beside those of every such step
    pools: tuple[str, ...] = ()  # the node pools that it is about
    makes: tuple[tuple[str, str], ...] = ()  # what a plan that is applied makes: a key of words, and a name
    among: tuple[int, ...] = ()  # all associations of the gateway that go
    subnet: str | None = None  # the id of a subnet that is there; else the step, or one before it, makes one
    number: int = 0  # of that new subnet
    nth: int = 0  # of a new gateway
    heir: str | None = None  # the id of a gateway that is there, and takes the place of this one


def has_pod_subnets(state: State) -> bool:
    """Whether every pool has one: then the cluster takes a gateway, and is never upgraded."""
    pools = state.aks.agent_pool_profiles
    return state.network is Network.FLAT and bool(pools) and all(pool.has_pod_subnet for pool in pools or [])


def takes_gateway(state: State) -> bool:
    """Whether the network supports a gateway as it is."""
    return state.network is Network.OVERLAY or has_pod_subnets(state)


def always(state: State) -> bool:
    """The condition of a step that has none."""
    return True


def same(state: State) -> State:
    """The effect of a step that changes nothing that the rules look at."""
    return state
