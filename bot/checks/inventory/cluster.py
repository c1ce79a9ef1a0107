"""The cluster and its node pools, as far as rules look at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.checks.inventory.ranges import is_range
from bot.checks.spelling import AFTER_APPLY, AzureObject, Known, Name, resource_id, stands_in

UNCLEAR = "?"  # a value of which two outputs say different things, or one something of another type


def _given(value: object) -> str | None:
    return value if value is None or (isinstance(value, str) and value.strip()) else UNCLEAR


def _given_or_empty(value: object) -> str | None:
    """Terraform writes no text for a value that is not set."""
    return None if value == "" else _given(value)


def _own_type(value: object) -> str | None:
    """Of `az aks nodepool list`, which has Azure's name of the resource here, nothing."""
    return None if isinstance(value, str) and "/" in value else _given(value)


def _subnet_id(text: str | None) -> str | None:
    """An id; a text that stands for one, or hides its name, says that there is one, but not which."""
    return resource_id(text) or (AFTER_APPLY if (text or "").strip() else None)


def _no_word(value: object) -> object:
    """A word in place of null is neither null nor a name, and the id of something else is that of no subnet."""
    text = value.strip().casefold() if isinstance(value, str) else ""
    other = "/providers/" in text and "/subnets/" not in text and not stands_in(text)
    return UNCLEAR if other or text in ("null", "none", "nil") else value


def _sizes(value: object) -> tuple[str, ...]:
    """Sizes of a pool of single machines: `{"scale": {"manual": [{"size": …}], "autoscale": {"size": …}}}`."""
    scale = value.get("scale") if isinstance(value, dict) else None
    profiles = [scale.get(key) for key in ("manual", "autoscale")] if isinstance(scale, dict) else []
    listed = chain.from_iterable(each if isinstance(each, list) else [each] for each in profiles)
    return tuple(
        size.strip().casefold()
        for each in listed
        if isinstance(each, dict) and isinstance(size := each.get("size"), str)
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))


def _identity(value: object) -> object:
    """An expression in place of one says that there is one, but not which."""
    return value if value is None or isinstance(value, dict) else {"type": "?"}


_SILENT = Field(repr=False)  # does not tell two clusters or pools apart: one output may leave it out
# What is of another type than Azure's decides nothing: no rule needs it so much that an input is refused for it.
# A text that stands for one stays: it is neither null nor a value, and a plan may put it in the place of one.
_Text = Annotated[Name, BeforeValidator(_text), _SILENT]
# The same of values that need not be there: a text that stands for one, or an odd one, says that something is given.
_Given = Annotated[Name, BeforeValidator(_given), _SILENT]
Texts = Annotated[tuple[str, ...], BeforeValidator(_texts), _SILENT]


class NetworkProfile(AzureObject):
    """A mode or policy that is only known later stays that text: it is neither null nor a value."""

    network_plugin: Known = None
    network_plugin_mode: Name = None
    network_policy: Name = None
    network_dataplane: Annotated[Name, BeforeValidator(_given_or_empty), _SILENT] = None
    pod_cidr: _Text = None
    pod_cidrs: Texts = ()
    service_cidr: _Text = None
    service_cidrs: Texts = ()

    @model_validator(mode="before")
    @classmethod
    def _named_anew(cls, value: object) -> object:
        """Earlier previews of the API call the data plane `ebpfDataplane`, which is there only where it is Cilium."""
        if not isinstance(value, dict):
            return value
        earlier = next((item for key, item in value.items() if str(key).lower() == "ebpfdataplane"), None)
        if not (isinstance(earlier, str) and earlier.strip()):
            return value
        kept = {key: item for key, item in value.items() if str(key).lower() != "networkdataplane"}
        return {**kept, "networkdataplane": earlier}

    @property
    def pod_ranges(self) -> tuple[str, ...]:
        """Az fills one key or both."""
        return _ranges(self.pod_cidr, self.pod_cidrs)

    @property
    def service_ranges(self) -> tuple[str, ...]:
        """The same for services."""
        return _ranges(self.service_cidr, self.service_cidrs)

    @property
    def unread_pod_range(self) -> str | None:
        """What is given as the pods' range and is none."""
        return _unread(self.pod_cidr, self.pod_cidrs)

    @property
    def unread_service_range(self) -> str | None:
        """The same for services."""
        return _unread(self.service_cidr, self.service_cidrs)


class Identity(AzureObject):
    type: Annotated[Known, BeforeValidator(_text)] = None


class Pool(AzureObject):
    name: str | None = None
    vnet_subnet_id: Annotated[str | None, AfterValidator(_subnet_id)] = None
    pod_subnet_id: Annotated[Name, BeforeValidator(_no_word)] = None
    pod_ip_allocation_mode: Name = None
    type: Annotated[Name, BeforeValidator(_own_type), _SILENT] = None
    type_properties_type: _Given = None  # as `az aks nodepool list` calls it
    vm_size: _Given = None
    virtual_machines_profile: Annotated[tuple[str, ...], BeforeValidator(_sizes), _SILENT] = ()
    os_type: _Text = None
    os_sku: _Text = None
    node_image_version: _Text = None
    orchestrator_version: _Given = None
    current_orchestrator_version: _Given = None

    @property
    def has_pod_subnet(self) -> bool:
        """Named for certain: a value that is filled in later may turn out null."""
        return self.pod_subnet_id is not None and not stands_in(self.pod_subnet_id)

    @property
    def allocates_nowhere(self) -> bool:
        """Whether a pool says how its pods get addresses of a subnet, but has no such subnet."""
        return self.pod_ip_allocation_mode is not None and self.pod_subnet_id is None


class Cluster(AzureObject):
    network_profile: NetworkProfile | None = None
    agent_pool_profiles: list[Pool] | None = None
    kubernetes_version: Known = None
    current_kubernetes_version: Name = None  # a text that stands for it hides what runs
    identity: Annotated[Identity | None, BeforeValidator(_identity), _SILENT] = None


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What documents tell of a planned upgrade beside the cluster as it is now."""

    target: Cluster | None = None  # the cluster as a plan leaves it
    node_ranges: tuple[str, ...] = ()  # the address space of the nodes' network, and its subnets
    network_known: bool = False  # whether the whole address space is among them
    masq_agent: str | None = None  # a ConfigMap of azure-ip-masq-agent that people write themselves


def _unread(single: str | None, several: Iterable[str]) -> str | None:
    given = (text.strip() for text in (single, *several) if text)
    return next((text for text in given if text and not is_range(text)), None)


def _ranges(single: str | None, several: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in (single, *several) if text and is_range(text)))
