"""What several documents say of one resource, put together: a value of which they contradict each other is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.alias_generators import to_camel

from bot.checks.inventory.cluster import UNCLEAR, Cluster, Identity, Pool
from bot.checks.inventory.inventory import Place
from bot.checks.inventory.snapshot import Model
from bot.checks.spelling import AzureObject, stands_in

Statements = Sequence[tuple[Any, Place]]
# Of these, null is an answer: there is none. Of all others it may be what a command does not print.
ANSWERED_BY_NULL = ("network_plugin_mode", "network_policy", "pod_subnet_id", "vnet_subnet_id")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A value, by the pointer of the snapshot's key that it decides, and what is said of it where."""

    pointer: str
    seen: str


def combined(models: Sequence[tuple[Model, Place]], pointer: str, contradictions: list[Contradiction]) -> Model:
    """All that is said of one resource; its contradictions are added to those that were found.

    The order of what is said does not matter.
    """
    model, names = models[0][0], sorted({name for model, _ in models for name in model.model_fields_set})
    if len(models) == 1:
        return model
    made = {}
    for name in names:
        said = [(getattr(each, name), place) for each, place in models if name in each.model_fields_set]
        made[name] = _value(name, said, f"{pointer}/{to_camel(name)}", contradictions)
    return type(model).model_construct(**made)


def with_pools(
    cluster: Cluster, place: Place, more: Iterable[tuple[Pool, Place]], contradictions: list[Contradiction]
) -> Cluster:
    """A cluster with node pools that other documents tell: two of one name are one."""
    inline = [(pool, place) for pool in cluster.agent_pool_profiles or []]
    pools = _pools([*inline, *more], "/aks/agentPoolProfiles", contradictions)
    return cluster.model_copy(update={"agent_pool_profiles": pools})


def shown(said: Iterable[tuple[Any, Place]]) -> str:
    """Each value with the first place that says it."""
    first: dict[str, Place] = {}
    for value, place in said:
        text = "null" if value is None else str(value)
        first[text] = min(first.get(text, place), place)
    return ", ".join(f"{text} ({where(place)})" for text, place in sorted(first.items()))


def where(place: Place) -> str:
    """A place as people read it."""
    return " ".join(part for part in (place.file, place.pointer or "/") if part)


def _value(name: str, said: Statements, pointer: str, contradictions: list[Contradiction]) -> Any:
    values = [value for value, _ in said]
    some = next((value for value in values if value is not None), None)
    if isinstance(some, Identity):
        return _identity(said, contradictions)
    if isinstance(some, AzureObject):
        return combined([(value, place) for value, place in said if value is not None], pointer, contradictions)
    if isinstance(some, list):
        return _pools([(pool, place) for value, place in said for pool in value or []], pointer, contradictions)
    if isinstance(some, tuple):
        return tuple(sorted({part for value in values for part in value}))
    return _scalar(name, said, pointer, contradictions)


def _scalar(name: str, said: Statements, pointer: str, contradictions: list[Contradiction]) -> Any:
    """One that only stands for a value says less than any value; one that is contradicted stays so."""
    if any(value == UNCLEAR for value, _ in said):
        return UNCLEAR
    known = [(value, place) for value, place in said if not stands_in(value or "")]
    if name not in ANSWERED_BY_NULL:
        known = [(value, place) for value, place in known if value is not None]
    if name == "network_policy":
        known = [(value if value is not None else "none", place) for value, place in known]
    waiting = min((value for value, _ in said if stands_in(value or "")), default=None)
    if not known:
        return waiting
    distinct = {value for value, _ in known}
    if name.endswith("version"):
        distinct = {text for text in distinct if not any(other.startswith(f"{text}.") for other in distinct)}
    if len(distinct) == 1:
        (value,) = distinct
        return value
    contradictions.append(Contradiction(pointer, f"{pointer.rsplit('/', 1)[-1]}: {shown(known)}"))
    return UNCLEAR


def _identity(said: Statements, contradictions: list[Contradiction]) -> Identity | None:
    types = [(None if value is None else value.type or UNCLEAR, place) for value, place in said]
    kinds = [(text, place) for text, place in types if not stands_in(text or "")]
    distinct = {text for text, _ in kinds}
    if len(distinct) > 1:
        contradictions.append(Contradiction("/aks/identity", f"identity: {shown(kinds)}"))
    if len(distinct) == 1:
        (text,) = distinct
        return None if text is None else Identity.model_construct(type=text)
    return Identity.model_construct(type=UNCLEAR if distinct else None)


def _pools(said: Sequence[tuple[Pool, Place]], pointer: str, contradictions: list[Contradiction]) -> list[Pool]:
    """By their names. Without a name it is not known that two are one: what one leaves open stays open."""
    named: dict[str, list[tuple[Pool, Place]]] = {}
    nameless: dict[str, Pool] = {}
    for pool, place in said:
        if pool.name:
            named.setdefault(pool.name.casefold(), []).append((pool, place))
        else:
            nameless[f"{pool!r} {sorted(pool.model_fields_set)} {pool.model_dump()}"] = pool
    pools = []
    for name, statements in named.items():
        inside: list[Contradiction] = []
        pools.append(combined(statements, pointer, inside))
        contradictions += [Contradiction(pointer, f"{name}: {contradiction.seen}") for contradiction in inside]
    return [*pools, *nameless.values()]
