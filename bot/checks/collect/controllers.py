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
from bot.checks.inventory.workloads import controller_versions, release_version
from bot.checks.terraform.words import ASSOCIATION
from bot.checks.text.yaml_text import parse_yaml


def read_controllers(kind: Kind, raw: dict[str, Any], place: Place, into: Inventory) -> None:
    """Add every version that a document names; a document of another program is named and left out."""
    match kind:
        case Kind.WORKLOAD:
            versions, name = _of_workload(raw, place), named(raw)
        case Kind.RELEASE:
            versions, name = _of_release(raw, place), f"helm {raw.get('chart')}"
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
    if kind is Kind.MANIFEST:
        return charted(raw.get("manifest"), key_of(raw, "namespace"))
    if kind is Kind.GITOPS:
        spec, about = key_of(raw, "spec"), key_of(raw, "metadata")
        namespaces = (key_of(spec, "targetnamespace"), key_of(key_of(spec, "destination"), "namespace"))
        return charted(spec, next(filter(None, (*namespaces, key_of(about, "namespace"))), None))
    return []


def _of_release(raw: dict[str, Any], place: Place) -> list[Item]:
    if (version := release_version(raw)) is None:
        return []
    value = {"version": version, "keeper": keeper_of(Kind.RELEASE, raw), **release_of(raw)}
    return [Item(value, place.at("chart"), verbatim=False)]


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
    """What sets another image than the chart's own, or lets nothing run: of which version that is, nobody knows."""
    named = ", ".join(other_images(raw) or filter(None, [stopped_by(raw)]))
    return [Item({"version": f"? ({named})"}, place.at("albController"), verbatim=False)] if named else []


def _of_manifest(raw: dict[str, Any], place: Place) -> list[Item]:
    """`helm status`: the release is told by its workloads, as it does not name its chart."""
    info = raw.get("info")
    status = info.get("status") if isinstance(info, dict) else None
    try:
        documents = parse_yaml(str(raw.get("manifest") or ""))
    except InputError:
        return []
    versions = [
        item
        for document in documents
        if isinstance(document, dict) and recognise(document) is Kind.WORKLOAD
        for item in _of_workload(document, place)
    ]
    idle = "" if status == "deployed" else f"status: {status}"
    return [replace(item, place=place.at("manifest"), idle=idle or item.idle) for item in versions]
