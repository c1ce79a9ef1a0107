"""One spelling of what az, ARM, Terraform and people spell in many ways: names, ids, regions, even keys."""

import re
import unicodedata
from typing import Annotated, Any, Literal, get_args
from urllib.parse import unquote

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from index.normal_form import nfkc

AFTER_APPLY = "(known after apply)"  # as Terraform prints a value that nobody knows yet
UNTOLD = "?"  # what a data source of Terraform does not tell
# Texts that stand for a value: expressions of ARM and Bicep ("[[" is ARM's escape of a bracket), variables of shells,
# Terraform, Helm and pipelines, and gaps that a person is to fill in.
_STAND_IN = re.compile(
    r"\(known after apply\)|\[(?!\[).*\]|<[^<>]*>|.*\$\{.*|.*\{\{.*|.*\$\(.*|\$\w+|%\w+%|#\{.*\}#?|__\w+__|@\w+@"
    r"|to-?do|tbd|(?:change|replace|fill)[-_ ]?me|x{3,}|\?+|\*+|-+|\.{2,}|…+|[●○◯〇■█＊]+"
    r"|unknown|undefined|placeholder|n/a|not[-_ ](?:set|known|available)|不明|未定|未設定|要確認"
    r"|\W*(?:redacted|masked|hidden|removed|omitted|obfuscated|saniti[sz]ed|anonymi[sz]ed|sensitive(?: value)?)\W*"
    r"|伏せ?字|マスク(?:済み?)?|非公開|非表示|省略",
    re.DOTALL | re.IGNORECASE,
)
# A part of a name that hides the name itself: what is left of it may be that of another resource, too.
_HIDES = re.compile(
    r"(?:^|[-_.])(?:redacted|masked|censored|scrubbed|obfuscated|saniti[sz]ed|(?:pseud|an)onymi[sz]ed|x{3,}|〇{2,})"
    r"(?=$|[-_.])|^x{3,}|[-_.]x{3,}|x{3,}(?=$|[-_.])|x{4,}"
)
# What programs write for no value, and names without a letter or a digit beside 0.
_NO_NAME = re.compile(r"null|none|nil|nan|n\.?a\.?|empty|[\W_]*0{4,}[\W_0]*|[\W_]+")
_GROUP_NAME = re.compile(r"[\w.() -]+")
_AZURE_NAME = re.compile(r"[\w.() -]+", re.ASCII)


def stands_in(text: str) -> bool:
    """Whether a text only stands for a value that something or somebody fills in later."""
    return _STAND_IN.fullmatch(text.strip()) is not None


def _name(text: str | None) -> str | None:
    return (text or "").strip().casefold() or None


def _known(text: str | None) -> str | None:
    name = _name(text)
    return None if name is None or stands_in(name) else name


def resource_id(text: str | None) -> str | None:
    """As ids compare: lower case, no slash at the ends; None for what only stands for one, or hides a name."""
    name = _known(text)
    if name is not None and _ODD.search(name):
        name = _as_azure_reads(name)
    return None if name is None or _hides_name(name) else name.strip("/") or None


def hides_place(resource: str) -> bool:
    """Whether the subscription or resource group of an id is hidden: another one may have the same names in it."""
    around = resource.partition("/providers/")[0].strip("/").split("/")
    if len(around) % 2 and "/providers/" in resource:  # a word such as n/a stands in place of a name
        return True
    subscription, group = ((id_part(resource, name) or "").casefold() for name in ("subscriptions", "resourcegroups"))
    if group and (_says_no_name(group) or not _GROUP_NAME.fullmatch(group)):
        return True
    return bool(subscription) and (
        stands_in(subscription) or bool(_HIDES.search(subscription)) or not _GROUP_NAME.fullmatch(subscription)
    )


def may_share_subscription(left: str | None, right: str | None) -> bool:
    """Whether two ids may be of one subscription: one that is hidden, or not told, may be any."""
    return len({told_subscription(left), told_subscription(right)} - {None}) < 2


def told_subscription(resource: str | None) -> str | None:
    """The subscription of an id as subscriptions compare; None where it is hidden, or not told."""
    stated = (id_part(resource, "subscriptions") or "").casefold()
    return stated if stated and not stands_in(stated) and not _HIDES.search(stated) else None


def _hides_name(name: str) -> bool:
    """Whether somebody has put something in place of a resource's name: two such ids may be of two resources.

    Subscriptions and resource groups are often hidden alike everywhere; what is in them is told apart by its name.
    """
    _, separator, path = name.rpartition("/providers/")
    if not separator:  # a name, or an address of Terraform, which may have a key in brackets
        return "/" not in name and "[" not in name and _says_no_name(name)
    parts = path.strip("/").split("/")
    broken = len(parts) > 1 and len(parts) % 2 == 0  # a word such as n/a stands in place of a name
    return broken or any(_says_no_name(part) or not _AZURE_NAME.fullmatch(part) for part in parts[2::2])


def _says_no_name(part: str) -> bool:
    return stands_in(part) or bool(_HIDES.search(part) or _NO_NAME.fullmatch(part))


# Of an id: what Azure does not count, or reads as something else. Terraform's addresses have keys in brackets.
_ODD = re.compile(r"//|[%?#]|[^\x21-\x7e]|^https?:(?=//)")


def _as_azure_reads(name: str) -> str:
    """Without the address of its API and what is asked of it there, encoded characters, and what nobody sees."""
    name = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    path = name if "[" in name else unquote(name).casefold()
    if "/" not in path or "[" in path:
        return name.strip()
    path = re.split("[?#]", re.sub("^https?://[^/]*", "", path), maxsplit=1)[0]
    return re.sub("/{2,}", "/", path.strip())


def _vnet_id(text: str | None) -> str | None:
    name = resource_id(text)
    if name is None or len(name) < _SHORTEST_NETWORK:
        return None
    return re.sub("/subnets/[^/]+$", "", name)  # the last part: a resource group may be called subnets


_SHORTEST_NETWORK = 2  # characters of a virtual network's name


def _region(text: str | None) -> str | None:
    """`japaneast`, `Japan East` and, as Azure's list of regions shows it to people, `(Asia Pacific) Japan East`.

    None for what is no name of a region: two spellings that nobody can compare are not known to differ.
    """
    name = _AREA.sub("", nfkc(_known(text) or ""))
    plain = re.sub(r"[\s_-]+", "", name)
    return plain if _REGION.fullmatch(plain) else None


def region_name(value: object) -> str | None:
    """A region as regions compare, of whatever a document says in its place."""
    return _region(value) if isinstance(value, str) else None


_REGION = re.compile("[a-z][a-z0-9]*")
_AREA = re.compile(r"^\([^()]*\)")


def _planned(value: object) -> object:
    return _name(value) if isinstance(value, str) else value


def _number_as_text(value: object) -> object:
    """`version: 1.7` without quotes is a common slip, and says as little as "1.7"."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _items_of_page(value: object) -> object:
    """`az rest` prints a page: {"value": [...]}."""
    return value["value"] if isinstance(value, dict) and isinstance(value.get("value"), list) else value


Name = Annotated[str | None, AfterValidator(_name)]
Known = Annotated[str | None, AfterValidator(_known)]
ResourceId = Annotated[str | None, AfterValidator(resource_id)]
VnetId = Annotated[str | None, AfterValidator(_vnet_id)]
Region = Annotated[str | None, AfterValidator(_region)]
Change = Literal["upgrade-to-overlay", "install-agc"]  # what may be planned
CHANGES: tuple[Change, ...] = get_args(Change)
Planned = Annotated[Change | None, BeforeValidator(_planned)]
Version = Annotated[str | None, BeforeValidator(_number_as_text)]
Items = BeforeValidator(_items_of_page)


class AzureObject(BaseModel):
    """Keys in any case (vnetSubnetID, vnetSubnetId), flat as az prints them or under ARM's `properties`."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="ignore", alias_generator=lambda name: to_camel(name).lower()
    )

    @model_validator(mode="before")
    @classmethod
    def _flatten(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        lowered = _lowered(value)
        inner = lowered.get("properties")
        if not isinstance(inner, dict):
            return lowered
        return _lowered(inner) | {key: item for key, item in lowered.items() if item is not None}


_STRUCTURES = ("networkprofile", "agentpoolprofiles", "virtualnetworkpeerings", "addressprefixes", "properties")


def says(name: str, value: object) -> bool:
    """Whether a key in lower case says something."""
    return value not in (None, "") and not (name in _STRUCTURES and isinstance(value, str) and stands_in(value))


def _lowered(keys: dict[str, Any]) -> dict[str, Any]:
    """Of two spellings of one key, the one that says something. An expression for a structure says nothing."""
    lowered: dict[str, Any] = {}
    for key, item in keys.items():
        if lowered.get(key.lower()) is None:
            lowered[key.lower()] = item if says(key.lower(), item) or item == "" else None
    return lowered


def id_part(resource: str | None, name: str) -> str | None:
    """What follows a part of an id: of `resourceGroups` the group."""
    steps = (resource or "").strip("/").split("/")
    lowered = [step.casefold() for step in steps]
    at = lowered.index(name) if name in lowered else len(steps)
    return steps[at + 1] if at + 1 < len(steps) else None
