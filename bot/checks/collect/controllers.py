"""ALB Controller's version, of whatever runs or deploys it."""

from dataclasses import replace
from typing import Any

from bot.checks.collect.balancers import read_balancer
from bot.checks.collect.snapshot_parts import named
from bot.checks.errors import InputError
from bot.checks.inventory.chart_values import other_images, stopped_by
from bot.checks.inventory.charted import charted
from bot.checks.inventory.gitops import deployed_versions
from bot.checks.inventory.inventory import UNREAD_OBJECT, Inventory, Item, Place, Unread, key_of
from bot.checks.inventory.keepers import keeper_of, release_of
from bot.checks.inventory.kinds import Kind, recognise
from bot.checks.inventory.running import state_of
from bot.checks.inventory.workloads import GONE, controller_versions, release_status, release_version
from bot.checks.terraform.words import ASSOCIATION
from bot.checks.text.yaml_text import parse_yaml
from bot.checks.versions import CONTROLLER

UNREAD_MANIFEST, UNREAD_VALUES = "manifest", "values"


def read_controllers(kind: Kind, raw: dict[str, Any], place: Place, into: Inventory) -> None:
    """Add every version that a document names; a document of another program is named and left out."""
    match kind:
        case Kind.WORKLOAD:
            versions, name = _of_workload(raw, place), named(raw)
        case Kind.RELEASE:
            versions, name = _of_release(raw, place), f"helm {_chart_name(raw)}"
        case Kind.VALUES:
            versions, name = _of_values(raw, place), "helm get values"
            client = key_of(key_of(key_of(raw, "albcontroller"), "podidentity"), "clientid")
            into.clients += [client] if isinstance(client, str) else []
        case Kind.MANIFEST:
            versions, name = _of_manifest(raw, place), f"helm {raw.get('name')}"
        case _:
            versions, name = _of_object(raw, place), named(raw)
    into.controllers += versions
    made = _balancers(kind, raw)
    for value in made or ():
        read_balancer(value, place, into)
    if made is None:
        into.unread.append(Unread(place, name, ASSOCIATION, None, UNREAD_OBJECT))
    elif not versions and not made:
        into.ignored.append((place, name))


def _balancers(kind: Kind, raw: dict[str, Any]) -> list[dict[str, Any]] | None:
    """What a release of any chart asks for beside controllers. None: it cannot be read."""
    if kind is Kind.RELEASE and release_status(raw) in GONE:
        return []
    if kind in (Kind.MANIFEST, Kind.RELEASE):
        return charted(raw.get("manifest") or raw.get("config"), key_of(raw, "namespace"))
    if kind is Kind.GITOPS:
        spec, about = key_of(raw, "spec"), key_of(raw, "metadata")
        namespaces = (key_of(spec, "targetnamespace"), key_of(key_of(spec, "destination"), "namespace"))
        return charted(spec, next(filter(None, (*namespaces, key_of(about, "namespace"))), None))
    return []


def _of_release(raw: dict[str, Any], place: Place) -> list[Item]:
    """What a release is called; and where it holds more than `helm list` prints, what it is made with or of."""
    version = release_version(raw)
    if release_status(raw) in GONE:
        return []
    value = {"version": version, "keeper": keeper_of(Kind.RELEASE, raw), **release_of(raw)}
    named = [Item(value, place.at("chart"), verbatim=False)] if version is not None else []
    made = _of_manifest(raw, place)
    return [*named, *(made or (_of_config(raw.get("config"), place.at("config")) if named else []))]


def _of_config(values: Any, place: Place) -> list[Item]:
    """The values of a release: an object, or a text of YAML, as Helm 2 keeps them."""
    text = values.get("raw") if isinstance(values, dict) else values
    if isinstance(text, str):
        try:
            (values,) = parse_yaml(text) or [None]
        except (InputError, ValueError):
            return [_unclear(UNREAD_VALUES, place)]
    changed = ", ".join(other_images(values) or filter(None, [stopped_by(values)]))
    return [_unclear(changed, place)] if changed else []


def _unclear(why: str, place: Place) -> Item:
    """Of which version that is, nobody knows."""
    return Item({"version": f"? ({why})"}, place, verbatim=False)


def _chart_name(raw: dict[str, Any]) -> object:
    chart = raw.get("chart")
    return key_of(key_of(chart, "metadata"), "name") if isinstance(chart, dict) else chart


def _of_object(raw: dict[str, Any], place: Place) -> list[Item]:
    """Of Flux or Argo CD."""
    keeper = keeper_of(Kind.GITOPS, raw)
    return [
        Item({"version": its.version, "keeper": keeper}, place.at(*its.steps), verbatim=False, idle=its.idle)
        for its in deployed_versions(raw)
    ]


def _of_workload(raw: dict[str, Any], place: Place) -> list[Item]:
    how, keeper = state_of(raw), keeper_of(Kind.WORKLOAD, raw)
    return [
        Item(
            {"version": runs.version, "keeper": keeper, **release_of(raw)},
            runs.place,
            verbatim=False,
            idle=how.idle,
            silent=how.silent,
            past=how.past,
            stranger=runs.stranger,
            other=runs.other,
        )
        for runs in controller_versions(raw, place)
    ]


def _of_values(raw: dict[str, Any], place: Place) -> list[Item]:
    """What sets another image than the chart's own, or lets nothing run."""
    return _of_config(raw, place.at("albController"))


def _of_manifest(raw: dict[str, Any], place: Place) -> list[Item]:
    """`helm status`: the release is told by its workloads, as it does not name its chart."""
    status, manifest = release_status(raw), raw.get("manifest")
    try:
        documents = parse_yaml(manifest) if isinstance(manifest, str) else [manifest]
    except InputError:
        own = CONTROLLER in str(manifest) or release_version(raw) is not None
        return [_unclear(UNREAD_MANIFEST, place.at("manifest"))] if own else []
    versions = [
        item
        for document in documents
        if isinstance(document, dict) and recognise(document) is Kind.WORKLOAD
        for item in _of_workload(document, place)
    ]
    idle = "" if status == "deployed" else f"status: {status.removeprefix('status: ')}"
    return [replace(item, place=place.at("manifest"), idle=idle or item.idle) for item in versions]
