"""The typed snapshot: all that the rules may look at. Missing data stays None; nothing is guessed."""

import re
from enum import StrEnum
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Self, TypeVar

from pydantic import BeforeValidator, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from bot.checks.errors import InputError
from bot.checks.inventory.cluster import Cluster, NetworkProfile, Pool, Upgrade
from bot.checks.inventory.inventory import Place, key_of
from bot.checks.spelling import AzureObject, Items, Planned, Region, ResourceId, Version, VnetId, stands_in
from bot.checks.text import place

_LENGTH = re.compile("0|[1-9][0-9]{0,2}")


class Subnet(AzureObject):
    id: ResourceId = None
    address_prefix: str | list[str] | None = None
    address_prefixes: str | list[str] | None = None

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """Every distinct prefix as written: az fills one key or both."""
        both = [*_listed(self.address_prefix), *_listed(self.address_prefixes)]
        return tuple(dict.fromkeys(prefix.strip() for prefix in both if prefix.strip()))

    @cached_property
    def torn(self) -> bool:
        """Whether both keys are filled, and contradict each other."""
        alone, many = _listed(self.address_prefix), [prefix.strip() for prefix in _listed(self.address_prefixes)]
        return bool(many) and any(prefix.strip() not in many for prefix in alone if prefix.strip())

    @cached_property
    def malformed(self) -> str | None:
        """The first prefix that is none, and that nothing fills in later."""
        return next((prefix for prefix in self.prefixes if _network(prefix) is None and not stands_in(prefix)), None)

    @cached_property
    def size(self) -> int | None:
        """The prefix length, if there is exactly one prefix and it is a proper IPv4 one."""
        if len(self.prefixes) != 1:
            return None
        network = _network(self.prefixes[0])
        return network.prefixlen if isinstance(network, IPv4Network) else None


def _network(prefix: str) -> IPv4Network | IPv6Network | None:
    address, _, length = prefix.partition("/")
    if _LENGTH.fullmatch(length) is None:
        return None  # no mask at all, a netmask, or "024": Azure writes none of them
    try:
        return ip_network(f"{address}/{length}")
    except ValueError:
        return None


class _Reference(AzureObject):
    id: ResourceId = None


class Association(AzureObject):
    id: ResourceId = None
    subnet: Annotated[
        _Reference | None, BeforeValidator(lambda value: {"id": value} if isinstance(value, str) else value)
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _by_id(cls, value: object) -> object:
        """PowerShell names the subnet by its id alone: `SubnetId`."""
        own = key_of(value, "subnetid")
        if not isinstance(value, dict) or not isinstance(own, str) or key_of(value, "subnet") is not None:
            return value
        return {**value, "subnet": own}


class AlbController(AzureObject):
    version: Version = None


class Vnet(AzureObject):
    region: Region = None
    id: VnetId = None


class Vnets(AzureObject):
    aks: Vnet | None = None
    agc: Vnet | None = None
    peered: bool | None = None


class Network(StrEnum):
    """What the rules ask first. UNKNOWN also stands for a CNI of one's own, of which the documentation says nothing."""

    KUBENET = "kubenet"
    OVERLAY = "overlay"
    FLAT = "flat"
    UNKNOWN = "unknown"


class Snapshot(AzureObject):
    """All that the rules may look at."""

    aks: Cluster
    subnet: Subnet | None = None
    agc_associations: Annotated[list[Association] | None, Items] = None
    alb_controller: AlbController | None = None
    vnets: Vnets | None = None
    planned: Planned = None
    # Told by documents; a snapshot of the reader's has no such key.
    upgrade: Annotated[Any, BeforeValidator(lambda _: Upgrade())] = Upgrade()
    arrival: Annotated[Any, BeforeValidator(lambda _: None)] = None  # id of the association that is to be made

    @cached_property
    def profile(self) -> NetworkProfile:
        return self.aks.network_profile or NetworkProfile()

    @property
    def stray_range(self) -> str | None:
        """A range of pods, as CNI Overlay has, where no mode is told: older versions of Azure's API leave it out."""
        flat = self.profile.network_plugin == "azure" and self.profile.network_plugin_mode is None
        return next(iter(self.profile.pod_ranges), None) if flat else None

    @cached_property
    def network(self) -> Network:
        match self.profile.network_plugin, self.profile.network_plugin_mode:
            case "kubenet", mode if mode is None or stands_in(mode):  # it has no mode: what waits can only be none
                return Network.KUBENET
            case "azure", "overlay":
                return Network.OVERLAY
            case "azure", None if not self.stray_range:
                return Network.FLAT
        return Network.UNKNOWN

    @classmethod
    def parse(cls, raw: object) -> Self:
        """The snapshot, or an InputError that points at the first thing of a wrong type."""
        return parsed(cls, raw)

    @classmethod
    def parse_at(cls, raw: object, place: Place) -> Self:
        """The same of a snapshot that stands somewhere in the input."""
        return parsed(cls, raw, place.pointer, place.file)


def upgrades(before: Cluster, after: Cluster) -> bool:
    """Whether a change of a cluster is the upgrade to CNI Overlay."""
    was, will_be = (Snapshot.model_construct(aks=cluster).network for cluster in (before, after))
    return was in (Network.KUBENET, Network.FLAT) and will_be is Network.OVERLAY


Model = TypeVar("Model", bound=AzureObject)


def parsed(model: type[Model], raw: object, at: str = "", file: str = "") -> Model:
    """Any part of a snapshot; `at` and `file` say where the part stands in the input."""
    try:
        return model.model_validate(raw)
    except ValidationError as invalid:
        raise _input_error(model, raw, invalid, at, file) from None


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


_EXAMPLES = {  # what people write as a bare value
    "albcontroller": '{"version": "1.7.9"}',
    "networkprofile": '{"networkPlugin": "azure", "networkPluginMode": "overlay"}',
}
_EXPECTED = {"string_type": "string", "list_type": "array", "bool_type": "boolean", "model_type": "object"}


def _spelled(*models: type[AzureObject]) -> dict[str, str]:
    return {to_camel(name).lower(): to_camel(name) for model in models for name in model.model_fields}


_SPELLED = _spelled(NetworkProfile, Pool, Cluster, Subnet, Association, AlbController, Vnet, Vnets, Snapshot)


def _input_error(model: type[AzureObject], raw: object, invalid: ValidationError, at: str, file: str) -> InputError:
    first = invalid.errors(include_url=False, include_input=False, include_context=False)[0]
    # Branches of a union ("str", "list[str]") are part of pydantic's location and of no document.
    spelled = _SPELLED | _spelled(model)
    steps = [
        str(spelled.get(str(step), step)) for step in first["loc"] if str(step) in spelled or isinstance(step, int)
    ]
    pointer = at + place.actual(raw, "".join(f"/{step}" for step in steps))
    if first["type"] == "missing":
        return InputError("missing", pointer=pointer, file=file)
    if first["type"] == "literal_error":
        return InputError("planned", pointer=pointer, file=file)
    expected = _EXPECTED.get(first["type"], "string")
    if (example := _EXAMPLES.get(pointer.rpartition("/")[2].lower())) and expected == "object":
        return InputError("wrong-type-example", pointer=pointer, file=file, expected=expected, example=example)
    return InputError("wrong-type", pointer=pointer, file=file, expected=expected)
