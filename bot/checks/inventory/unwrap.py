"""Documents that hold documents: pages, exports, examples, templates and lists of Kubernetes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.checks.inventory.gitops import ARGO, FLUX
from bot.checks.inventory.inventory import CUT_KINDS, Place, key_of
from bot.checks.inventory.kinds import WORKLOADS, type_of

DEPLOYMENT = "microsoft.resources/deployments"
# What cut lists of Kubernetes go on with.
_LISTS = {
    "": ("controllers", "associations"),
    "applicationloadbalancer": ("associations",),
    **dict.fromkeys((*WORKLOADS, FLUX, ARGO), ("controllers",)),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A document in another one. `condition`: the expression that decides whether a template's resource exists."""

    value: Any
    place: Place
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """What a wrapper holds. `more`: its list goes on elsewhere, with these kinds; None stands for those it holds."""

    parts: list[Held]
    more: bool = False
    kinds: tuple[str, ...] | None = None


def unwrapped(raw: dict[str, Any], place: Place) -> Wrapped | None:
    """The documents in a wrapper; None if it is none. A list is one document here: it may be one of associations."""
    return (
        _page(raw, place) or _graph(raw, place) or _example(raw, place) or _items(raw, place) or _exported(raw, place)
    )


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a deployment changes, what it may change, and what was noticed on the way, such as parts not looked at."""

    changes: list[dict[str, Any]]
    potential: list[dict[str, Any]]
    diagnostics: list[dict[str, Any]]
    place: Place
    failed: bool


def what_if(raw: dict[str, Any], place: Place) -> WhatIf | None:
    """A what-if as `az` prints it or as the REST API answers: below `properties`."""
    inner, failed = raw.get("properties"), isinstance(raw.get("error"), dict)
    if "changes" not in raw and "type" not in raw and isinstance(inner, dict) and "changes" in inner:
        raw, place = inner, place.at("properties")
    listed = [raw.get(name) or [] for name in ("changes", "potentialChanges", "diagnostics")]
    lists = [[entry for entry in part if isinstance(entry, dict)] for part in listed if isinstance(part, list)]
    stated = isinstance(raw.get("changes"), list) or ("changes" in raw and "potentialChanges" in raw)
    if not stated or lists != listed:
        return None
    changes, potential, diagnostics = lists
    return WhatIf(changes, potential, diagnostics, place, failed or isinstance(raw.get("error"), dict))


def _page(raw: dict[str, Any], place: Place) -> Wrapped | None:
    """`az rest`, or PowerShell's ConvertTo-Json: `{"value": [...], "nextLink": ...}`."""
    if not isinstance(raw.get("value"), list) or {"type", "id", "name"} & raw.keys():
        return None
    held = raw["value"]
    alike = len({type_of(resource) for resource in held}) == 1  # a list of all resources goes on with any of them
    return Wrapped([Held(held, place.at("value"))], goes_on(raw, len(held)), None if alike else CUT_KINDS)


def without_token(raw: list[Any]) -> list[Any] | None:
    """A list of `az … list --max-items` without the token that stands last in it; None if there is none."""
    last = raw[-1] if raw else None
    return raw[:-1] if isinstance(last, dict) and [str(key).lower() for key in last] == ["nexttoken"] else None


def goes_on(page: dict[str, Any], held: int) -> bool:
    """Whether a page says that there is more than it holds: by a link, by a token, or by its count."""
    keys = {str(key).lower().replace("_", "").lstrip("@$"): value for key, value in page.items()}
    if any(keys.get(key) for key in ("nextlink", "odata.nextlink", "nextpagelink", "skiptoken", "continuationtoken")):
        return True
    if str(keys.get("resulttruncated")).lower() == "true":
        return True
    totals = [keys.get(key) for key in ("totalrecords", "count", "odata.count")]
    counts = (str(key_of(total, "value") if isinstance(total, dict) else total) for total in totals)
    return any(count.isdecimal() and len(count) < 20 and int(count) > held for count in counts)


def _graph(raw: dict[str, Any], place: Place) -> Wrapped | None:
    """`az graph query` or Search-AzGraph, also in the form of a table. What a query asks for may be of any kind."""
    keys = {str(key).lower().replace("_", "").lstrip("$") for key in raw}
    name = next((key for key in raw if str(key).lower() == "data"), "data")
    data = raw.get(name)
    if not keys & {"count", "totalrecords", "skiptoken", "facets", "resulttruncated"}:
        return None
    if isinstance(data, dict) and isinstance(data.get("rows"), list) and isinstance(data.get("columns"), list):
        names = [str(row.get("name", "")) if isinstance(row, dict) else str(row) for row in data["columns"]]
        data = [dict(zip(names, row, strict=False)) for row in data["rows"] if isinstance(row, list)]
    if not isinstance(data, list):
        return None
    data = [_nested(row) if isinstance(row, dict) else row for row in data]
    return Wrapped([Held(data, place.at(name))], goes_on(raw, len(data)), CUT_KINDS)


def _nested(row: dict[str, Any]) -> dict[str, Any]:
    """A projected column is called after its path: `properties_networkProfile_networkPlugin`."""
    made = {key: value for key, value in row.items() if not _projected(key)}
    for key, value in row.items():
        if not _projected(key):
            continue
        *steps, last = key.split("_")
        here = made
        for step in steps:
            inner = here.setdefault(step, {})
            here = inner if isinstance(inner, dict) else {}
        here.setdefault(last, value)
    return made


def _projected(key: object) -> bool:
    return str(key).lower().startswith("properties_")


def _example(raw: dict[str, Any], place: Place) -> Wrapped | None:
    """An example of the REST API: the body of its first good response."""
    responses = raw.get("responses")
    if not isinstance(responses, dict):
        return None
    for status in sorted(str(key) for key in responses):
        answer = responses.get(status)
        if status.startswith("2") and isinstance(answer, dict) and isinstance(answer.get("body"), dict | list):
            return Wrapped([Held(answer["body"], place.at("responses", status, "body"))])
    return None


def _items(raw: dict[str, Any], place: Place) -> Wrapped | None:
    """A list of Kubernetes."""
    items = raw.get("items")
    if not str(raw.get("kind", "")).endswith("List") or not isinstance(items, list):
        return None
    single = str(raw["kind"]).removesuffix("List")  # the API names the kind of typed lists nowhere else
    typed = {"apiVersion": raw.get("apiVersion"), "kind": single} if single else {}
    parts = [
        Held({**typed, **item} if isinstance(item, dict) and "kind" not in item else item, place.at("items", at))
        for at, item in enumerate(items)
    ]
    about = _dict(raw.get("metadata"))
    more = bool(about.get("continue") or about.get("_continue") or about.get("remainingItemCount"))
    return Wrapped(parts, more, _LISTS.get(single.lower(), ()))


def _exported(raw: dict[str, Any], place: Place) -> Wrapped | None:
    """The answer of ARM's exportTemplate."""
    template = raw.get("template")
    if "type" in raw or not isinstance(template, dict) or not is_template(template):
        return None
    return Wrapped([Held(template, place.at("template"))])


def is_template(raw: dict[str, Any]) -> bool:
    """Of ARM or compiled from Bicep; its resources are a list, or an object by symbolic names."""
    named = "deploymenttemplate" in str(raw.get("$schema", "")).lower() or "contentVersion" in raw
    return named and isinstance(raw.get("resources"), list | dict)


def resources(
    template: dict[str, Any], place: Place, parent: str = "", condition: str = "", made: bool = True
) -> Iterator[Held]:
    """Every resource that a template declares, nested ones with the whole name of their type.

    What lies in a resource that may not exist may not exist either. `made`: else those that it does not make.
    """
    declared = template.get("resources")
    pairs = list(enumerate(declared)) if isinstance(declared, list) else list(_dict(declared).items())
    for key, resource in pairs:
        if not isinstance(resource, dict):
            continue
        if resource.get("existing") is True or _never(resource):
            yield from () if made else (Held(resource, place.at("resources", key)),)
            continue
        own = _condition(resource.get("condition")) or _repeated(resource) or condition
        at = place.at("resources", key)
        kind = str(resource.get("type", ""))
        full = kind if "/" in kind or not parent else f"{parent}/{kind}"
        yield from (Held(resource if full == kind else {**resource, "type": full}, at, own),) if made else ()
        yield from resources(resource, at, full, own, made)
        inner = _dict(_dict(resource.get("properties")).get("template"))
        if inner:
            yield from resources(inner, at.at("properties", "template"), condition=own, made=made)


def has_template(deployment: dict[str, Any]) -> bool:
    """Whether a deployment holds its template, and does not only name where it is."""
    return isinstance(_dict(deployment.get("properties")).get("template"), dict)


def _never(resource: dict[str, Any]) -> bool:
    condition, copy = resource.get("condition"), _dict(resource.get("copy"))
    literal = isinstance(condition, str) and condition.strip().lower() in ("false", "[false()]")
    return condition is False or literal or copy.get("count") == 0


def _repeated(resource: dict[str, Any]) -> str:
    """Of a resource that a loop makes: there may be none, unless its count is a number."""
    copy = resource.get("copy")
    if not isinstance(copy, dict) or isinstance(copy.get("count"), int):
        return ""
    return f"copy: {copy.get('count')}"


def _condition(condition: object) -> str:
    """Empty for what is literally true; ARM takes a text that says so, too."""
    literal = isinstance(condition, str) and condition.strip().lower() in ("true", "[true()]")
    return "" if condition is None or condition is True or literal else str(condition) or "?"


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
