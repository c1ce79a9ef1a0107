"""All that the documents tell, each resource with its owner and the place where it was found."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bot.checks.spelling import resource_id

LONGEST_POINTER = 1000  # characters; what is shown is cut far below


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A part of the input: a JSON pointer into a file, or into what was sent."""

    pointer: str = ""
    file: str = ""

    def at(self, *steps: str | int) -> "Place":
        """A part of this part."""
        escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
        pointer = "".join([self.pointer, *(f"/{step}" for step in escaped)])
        if len(pointer) > LONGEST_POINTER:  # or all that lies in it would be as long again
            digest = sha256(pointer.encode("utf-8", "surrogatepass")).hexdigest()
            pointer = f"{pointer[: LONGEST_POINTER // 2]}…{digest}"
        return Place(pointer, self.file)


@dataclass(frozen=True, slots=True)
class Item:
    """One resource in az's words. `verbatim`: the value is the very part of the document, so pointers lead into it."""

    value: Any
    place: Place
    said_by: Place | None = None  # the snapshot or plan around it, which speaks of clusters of its own
    verbatim: bool = True
    whole: bool = False  # said by a snapshot, which is taken by its word
    name: str = ""  # Terraform's address
    before: Any = None  # a cluster as it is now, where `value` is what a plan makes of it
    before_at: Place | None = None  # where that stands, word for word
    created: bool = False  # by the plan or template that holds it
    pending: bool = False  # it is so only when the plan that holds it has been applied
    remade: bool = False  # the plan that holds it destroys it, and creates it anew
    gone: bool = False  # the plan that holds it destroys it
    replaced: bool = False  # a data source tells it: whoever else does knows better
    unborn: bool = False  # the id is a name of ours: Azure gives it one when it is created
    names: tuple[str | None, ...] = ()  # of what a plan creates: resource group, network and subnet, where known
    unexplained: bool = False  # nothing says what an unknown subnet of an association is made of
    idle: str = ""  # why a workload does not run, or not wholly, as it says itself
    silent: bool = False  # idle only because its status says nothing of it
    stranger: str = ""  # the public registry of others that an image of the controller's name is in
    other: str = ""  # the image of a workload of which only its own name is the controller's
    past: bool = False  # of a pod or revision that is over and tells nothing where anything else does
    departs: int = 0  # objects that a plan moves off an association's subnet: any of them may be its owner
    condition: str = ""  # of a template's resource that exists only if an expression turns out true

    @property
    def scope(self) -> Place:
        """The part of the input that it speaks of."""
        return self.place if self.said_by is None else self.said_by


def id_of(value: object) -> str | None:
    """The id of an Azure object as ids compare; None for what is no id."""
    own = key_of(value, "id")
    return resource_id(own) if isinstance(own, str) else None


def key_of(value: object, name: str) -> Any:
    """The value of a key in any case, beside or under ARM's `properties`; the first that says something."""
    if not isinstance(value, dict):
        return None
    inner = None
    for key, item in value.items():
        lowered = str(key).lower()
        if lowered == name and item is not None:
            return item
        if lowered == "properties" and isinstance(item, dict):
            inner = item
    return (
        None if inner is None else next((v for k, v in inner.items() if str(k).lower() == name and v is not None), None)
    )


UNREAD, SKIPPED, MAYBE = "unread-change", "skipped-change", "potential-change"
UNREAD_OBJECT = "unread-object"  # one that is created: what is wrong stays wrong beside it


@dataclass(frozen=True, slots=True)
class Unread:
    """A change by a plan that is not made to any resource: what it changes is not known. No target: any of its kind.

    `code`: why it is not. What a what-if has not looked at (SKIPPED) has the place of the what-if.
    """

    place: Place
    name: str
    kind: str
    target: str | None
    code: str = UNREAD


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that tells of nothing that exists: the code of the error, and the command that prints what does."""

    place: Place
    code: str
    name: str
    command: str = ""


# Of Azure; of Kubernetes: "controllers". Node pools are listed by themselves only.
CUT_KINDS = ("clusters", "subnets", "networks", "associations", "gateways")
PAGED = (*CUT_KINDS, "pools", "controllers", "lists")


@dataclass(slots=True)
class Inventory:
    """What was read. `associations` are only known if `listed`, and all of them only if not `partial`."""

    clusters: list[Item] = field(default_factory=list)
    gone: list[Item] = field(default_factory=list)  # clusters that a plan destroys
    pools: list[Item] = field(default_factory=list)
    subnets: list[Item] = field(default_factory=list)
    designated: list[Item] = field(default_factory=list)  # subnets that the reader calls the gateway's
    networks: list[Item] = field(default_factory=list)
    vnets: list[Item] = field(default_factory=list)  # the snapshot's own words about both networks
    associations: list[Item] = field(default_factory=list)
    lists: list[Place] = field(default_factory=list)  # of associations; an empty one holds none
    partial: list[Place] = field(default_factory=list)  # lists of which more exists than was given
    unnamed: list[Place] = field(default_factory=list)  # lists that do not say which gateway's they are
    cut: list[tuple[Place, str]] = field(default_factory=list)  # pages that go on elsewhere, and of what (CUT_KINDS)
    declared: list[Place] = field(default_factory=list)  # lists of what a plan declares
    unread: list[Unread] = field(default_factory=list)
    changes: list[tuple[Unread, Any]] = field(
        default_factory=list
    )  # to clusters that a plan does not hold: their bodies
    empty: list[Place] = field(default_factory=list)  # lists that hold nothing and do not say of what
    balancers: list[Item] = field(default_factory=list)  # associations that ApplicationLoadBalancer objects ask for
    leaving: set[str] = field(default_factory=set)  # ids of associations that plans move or take away
    removed: set[str] = field(default_factory=set)  # ids of whatever plans delete, or no longer have in a network
    gateways: list[Item] = field(default_factory=list)
    controllers: list[Item] = field(default_factory=list)
    clients: list[str] = field(default_factory=list)  # client IDs of controllers' identities, as values of Helm say
    planned: list[Item] = field(default_factory=list)
    masq_agents: list[Item] = field(default_factory=list)  # ConfigMaps of azure-ip-masq-agent that people write
    plans: int = 0  # Terraform plans so far
    ignored: list[tuple[Place, str]] = field(default_factory=list)  # understood, but nothing that a rule asks for
    misspelt: list[tuple[Place, str, str | None]] = field(default_factory=list)  # a key, and the one that it is like
    refused: list[Refusal] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)  # of each document that was given
    unapplied: bool = False  # plans and what-ifs are read as they find things, but for what they do to clusters
    earlier: "Inventory | None" = None  # the same documents read so, where they change a cluster
    # What is told of all resources together: looked up for each cluster, found out once, when all is read.
    summary: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def listed(self) -> bool:
        """Whether anybody said which associations there are."""
        return bool(self.lists)
