"""Terraform's plan format, as far as it is needed: resources, what is unknown of them, and what they refer to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.checks.errors import InputError
from bot.checks.inventory.inventory import Place
from bot.checks.spelling import AFTER_APPLY, UNTOLD
from bot.checks.terraform.block import Block
from bot.checks.terraform.references import Expressions, Home, SameKey
from bot.checks.terraform.resource import Resource

_FORGOTTEN = " (forget)"  # behind the address of what stays under no address; nothing refers to it
_SEVERAL = 16  # instances of one name that are compared; of more it is not told which


class _Json(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Change(_Json):
    actions: list[str] = []
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    after_unknown: dict[str, Any] | bool = False


class _ResourceChange(_Json):
    address: str
    module_address: str = ""
    mode: str = "managed"
    type: str
    name: str = ""
    change: _Change


class _Values(_Json):
    address: str
    mode: str = "managed"
    type: str
    name: str = ""
    values: dict[str, Any] = {}


class _Module(_Json):
    address: str = ""
    resources: list[_Values] = []
    child_modules: list["_Module"] = []


class _PlannedValues(_Json):
    root_module: _Module = _Module()


class _PriorState(_Json):
    values: _PlannedValues | None = None


class _Document(_Json):
    resource_changes: list[_ResourceChange] | None = None
    planned_values: _PlannedValues = _PlannedValues()
    prior_state: _PriorState | None = None
    configuration: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Plan:
    resources: tuple[Resource, ...]
    expressions: Expressions
    gone: tuple[Resource, ...] = ()  # as they are until the plan destroys them
    _named: dict[tuple[Home, str | None, str], list[Resource]] = field(default_factory=dict)

    @classmethod
    def parse(cls, raw: dict[str, Any], place: Place, label: str = "") -> Self:
        """Prefer the changes, which tell unknown from null; the planned values leave out what is unknown.

        `label` tells the resources of this plan from those of another one.
        """
        if raw.get("errored") is True or raw.get("complete") is False or raw.get("deferred_changes"):
            raise InputError("plan-incomplete", pointer=place.pointer, file=place.file)
        try:
            document = _Document.model_validate(raw)
        except ValidationError as invalid:
            first = invalid.errors(include_url=False, include_input=False, include_context=False)[0]
            at = place.at(*first["loc"])
            raise InputError("plan-shape", pointer=at.pointer, file=at.file, reason=first["msg"]) from None
        if document.resource_changes is not None:
            changes = [(at, part) for at, item in enumerate(document.resource_changes) for part in _parts(item)]
            resources = [_from_change(item, at) for at, item in changes if _stays(item)]
            gone = tuple(_from_change(item, at) for at, item in changes if _goes(item))
        else:
            resources = list(
                _from_values(document.planned_values.root_module, "/planned_values/root_module", "managed")
            )
            gone = ()
        if document.prior_state is not None and document.prior_state.values is not None:
            resources += _from_values(
                document.prior_state.values.root_module, "/prior_state/values/root_module", "data"
            )
        resources = (
            [replace(resource, address=label + resource.address) for resource in resources] if label else resources
        )
        plan = cls(tuple(resources), Expressions(document.configuration), gone)
        for resource in resources:
            if not (resource.data or resource.address.endswith(_FORGOTTEN)):
                plan._keep(resource)
        return plan

    def _keep(self, resource: Resource) -> None:
        """By its name, alone and as one of several instances, in its module's instance and in any; two are several."""
        plain = f"{resource.type}.{resource.name}"
        instance = resource.address[max(resource.address.rfind(plain), 0) :]
        for module in (resource.module, None):
            for name in {plain, instance}:
                kept = self._named.setdefault((resource.home, module, name), [])
                if len(kept) < _SEVERAL:
                    kept.append(resource)

    def of_type(self, kind: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.type == kind and not resource.data]

    def read(self, kind: str) -> list[Resource]:
        """What data sources of a type read."""
        return [resource for resource in self.resources if resource.type == kind and resource.data]

    def target(
        self,
        source: Resource,
        *attribute: str,
        beside: tuple[str, ...] = (),
        fits: Callable[[Resource], bool] | None = None,
    ) -> Resource | None:
        """The one resource that an attribute is made of, followed through variables and outputs of modules.

        Beside it there may be others whose types begin so. Of several instances, the only one that fits.
        """
        origin = self.expressions.origin(source.home, f"{source.type}.{source.name}", attribute)
        if origin is None:
            return None
        if own := origin.same_key:
            return self._with_same_key(source, own)
        named = [pair for pair in origin.resources if not (beside and pair[1].startswith(beside))]
        if len(named) != 1 or origin.keys:
            return None
        ((home, name),) = named
        targets = self._named.get((home, source.module if home == source.home else None, name), [])
        if fits is not None and 1 < len(targets) < _SEVERAL:
            targets = [target for target in targets if fits(target)]
        return targets[0] if len(targets) == 1 else None

    def _with_same_key(self, source: Resource, own: SameKey) -> Resource | None:
        """The instance with the same key, where both have the same keys: else the index is made of more."""
        mine = source.keys
        key, others = mine[own.level], mine[: own.level] + mine[own.level + 1 :]
        siblings = self._named.get((source.home, None, f"{source.type}.{source.name}"), [])
        beside = [sibling.keys for sibling in siblings]
        keys = {of[own.level] for of in beside if of[: own.level] + of[own.level + 1 :] == others}
        around = source.home[: len(own.home)] == own.home
        listed = self._named.get((own.home, source.around(len(own.home)) if around else None, own.name), [])
        targets = {target.keys[-1]: target for target in listed}
        if (
            not key
            or max(len(siblings), len(listed)) >= _SEVERAL
            or len(targets) != len(listed)
            or keys != targets.keys()
        ):
            return None
        return targets[key]

    def configures(self, source: Resource, attribute: str) -> bool:
        """Whether the configuration sets an attribute, be it one that no plan shows."""
        return self.expressions.sets(source.home, f"{source.type}.{source.name}", attribute)

    def explains(self, source: Resource, *attribute: str) -> bool:
        """Whether the configuration says what an attribute is made of."""
        return self.expressions.refers(source.home, f"{source.type}.{source.name}", attribute)


def _parts(item: _ResourceChange) -> tuple[_ResourceChange, ...]:
    """Of one that is created anew beside the one that Terraform only forgets, both: the old one stays in Azure."""
    change = item.change
    if set(change.actions) != {"create", "forget"}:
        return (item,)
    old = change.model_copy(update={"actions": ["forget"], "after": None, "after_unknown": False})
    new = change.model_copy(update={"actions": ["create"], "before": None})
    return (
        item.model_copy(update={"address": item.address + _FORGOTTEN, "change": old}),
        item.model_copy(update={"change": new}),
    )


def _stays(item: _ResourceChange) -> bool:
    return item.mode == "managed" and _left(item.change) is not None


def _goes(item: _ResourceChange) -> bool:
    return item.mode == "managed" and item.change.actions == ["delete"] and item.change.before is not None


def _left(change: _Change) -> dict[str, Any] | None:
    """What is there after the apply. What Terraform only forgets stays in Azure as it is."""
    return change.before if change.actions == ["forget"] else change.after


def _from_change(item: _ResourceChange, at: int) -> Resource:
    unknown = item.change.after_unknown
    gone = _goes(item)
    left = item.change.before if gone else _left(item.change)
    block = Block(left or {}, unknown if isinstance(unknown, dict) and not gone else {})
    created = item.change.actions == ["create"]
    before = item.change.before if item.change.actions == ["update"] else None
    place = f"/resource_changes/{at}"
    remade = {"create", "delete"} <= set(item.change.actions)
    was = item.change.before or {}
    old = was.get("id") if remade and was.get("name") == block.values.get("name") else None
    return Resource(
        item.address,
        item.module_address,
        item.type,
        item.name,
        created,
        block,
        place,
        before,
        remade=remade,
        gone=gone,
        old_id=old if isinstance(old, str) else None,
        was=was if remade else None,
    )


def _from_values(module: _Module, pointer: str, mode: str) -> Iterator[Resource]:
    for at, item in enumerate(module.resources):
        if item.mode == mode:
            block = Block(item.values, {}, UNTOLD if mode == "data" else AFTER_APPLY)
            place = f"{pointer}/resources/{at}"
            yield Resource(item.address, module.address, item.type, item.name, False, block, place, data=mode == "data")
    for at, child in enumerate(module.child_modules):
        yield from _from_values(child, f"{pointer}/child_modules/{at}", mode)
