"""A subnet, as all documents together tell it."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from bot.checks.clusters.links import RESERVED, Link, delegated, links, residents, services
from bot.checks.clusters.merging import shown
from bot.checks.inventory.cluster import UNCLEAR
from bot.checks.inventory.inventory import Item, Place, key_of
from bot.checks.inventory.snapshot import Association, Subnet, parsed
from bot.checks.spelling import region_name

_FEW = 8  # statements that are named

SEATED = ("/subnet", "/agcAssociations", "/vnets")  # of a snapshot: what a gateway's place decides


@dataclass
class Site:
    """A subnet: all that is said of it, and the associations on it."""

    id: str | None
    items: list[Item] = field(default_factory=list)
    associations: list[tuple[Association, Item]] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)  # what documents say of an association that is elsewhere as well
    contradictions: list[str] = field(default_factory=list)
    unidentified: list[Item] = field(default_factory=list)  # what objects ask for: one of the associations, or another
    alike: list[str] = field(default_factory=list)  # other sizes of a subnet of its name, without an id
    namesakes: list[Item] = field(default_factory=list)  # associations of which nobody knows whether they are here

    @cached_property
    def said(self) -> list[tuple[Subnet, Item]]:
        """The statements of now, and of what a plan makes, and who makes each of them first.

        Of several that speak of one time, nobody knows which is right: they are none.
        """
        models = [(parsed(Subnet, item.value, item.place.pointer, item.place.file), item) for item in self.items]
        made: dict[tuple[str, ...], tuple[Subnet, Item]] = {}
        for pending in (False, True):
            distinct: dict[tuple[str, ...], tuple[Subnet, Item]] = {}
            for model, item in models:
                if model.prefixes and item.pending is pending:
                    distinct.setdefault(tuple(sorted(model.prefixes)), (model, item))
            if len(distinct) > 1:
                contradicting = [
                    (", ".join(prefixes), item.place) for prefixes, (_, item) in sorted(distinct.items())[:_FEW]
                ]
                self.contradictions.append(f"addressPrefix: {shown(contradicting)}")
                unclear = Subnet.model_construct(id=self.id, address_prefix=UNCLEAR, address_prefixes=None)
                distinct = {unclear.prefixes: (unclear, next(iter(distinct.values()))[1])}
            made |= distinct
        return [made[prefixes] for prefixes in sorted(made)] or models[:1]

    @cached_property
    def whole(self) -> bool:
        """KnownCluster by snapshots alone, or by nobody."""
        return all(item.whole for item in self.items)

    @cached_property
    def snapshots(self) -> set[Place]:
        """That designate it."""
        return {item.scope for item in self.items if item.whole}

    @cached_property
    def scopes(self) -> set[Place]:
        """The parts of the input that speak of it."""
        return {item.scope for item in self.items}

    @cached_property
    def statements(self) -> list[Subnet]:
        """What is said of its prefixes; more than one where documents contradict each other."""
        return [model for model, _ in self.said]

    @cached_property
    def delegated(self) -> bool | None:
        """To the gateway's service. None: nobody says so, or documents contradict each other."""
        states = {delegated(item.value) for item in self.items} - {None}
        return states.pop() if len(states) == 1 else None

    @cached_property
    def undelegated(self) -> bool:
        """To no service at all: nobody uses it yet, and the gateway's service cannot."""
        return self.delegated is False and not any(key_of(item.value, "delegations") for item in self.items)

    @cached_property
    def links(self) -> list[Link]:
        """Of services to the subnet: a link is there as long as a service uses it."""
        return sorted({link for item in self.items for link in links(item.value)})

    @cached_property
    def others(self) -> list[str]:
        """Services beside the gateway's that use the subnet, or that alone may use it: it is delegated to them.

        Where documents contradict each other, each of them counts. Where no gateway is yet, whatever has
        addresses in a subnet without a delegation is one of them.
        """
        held = {link.type for link in self.links if not link.is_gateway} | self._reserved
        against = [item.value for item in self.items if delegated(item.value) is not True]
        elsewhere = {name for value in against for name in services(value) or () if name}
        if self.delegated is not False or self.associations:
            return sorted(held | elsewhere)
        inside = set(chain.from_iterable(residents(i.value) for i in self.items))
        return sorted(held | elsewhere | inside)

    @property
    def _reserved(self) -> set[str]:
        """The service that a subnet of this name is for: Azure puts nothing else into it."""
        names = {self.id or "", *(str(key_of(item.value, "name") or "") for item in self.items)}
        return {RESERVED[last] for name in names if (last := name.rsplit("/", 1)[-1].casefold()) in RESERVED}

    @cached_property
    def unlisted(self) -> list[Link]:
        """Links of the gateway's service that are those of no association that is known here."""
        own = {model.id or "" for model, _ in self.associations}
        known = own | {name.rpartition("/associations/")[0] for name in own}
        held = [link for link in self.links if link.is_gateway]
        return [link for link in held if not own or (link.target and link.target not in known)]

    @cached_property
    def regions(self) -> set[str]:
        """Where its associations are."""
        locations = (region_name(key_of(item.value, "location")) for _, item in self.associations)
        return {region for region in locations if region}

    @cached_property
    def unborn(self) -> bool:
        return any(item.unborn for item in self.items)

    @property
    def new(self) -> bool:
        """Made by a plan, or made anew: no association can be on it but those that the plan creates, or puts there."""
        of_plan = all(item.created or item.name for _, item in self.associations)
        made = all(item.created and item.names for item in self.items) or (
            all(item.remade and item.names for item in self.items)
            and all(item.created or item.remade for _, item in self.associations)
        )
        return bool(self.items) and of_plan and made

    @cached_property
    def name(self) -> str:
        """As the documents spell it."""
        spelled = (item.name or key_of(item.value, "name") or key_of(item.value, "id") for item in self.items)
        asked = (key_of(key_of(item.value, "subnet"), "id") for _, item in self.associations)
        named = next((text for text in chain(spelled, asked) if isinstance(text, str)), self.id or "?")
        return named.strip("/").rsplit("/", 1)[-1]

    @property
    def departing(self) -> list[Item]:
        """Associations that may go with an object that a plan moves."""
        return [item for _, item in self.associations if item.departs]

    @property
    def created(self) -> list[tuple[Association, Item]]:
        return [pair for pair in self.associations if pair[1].created]
