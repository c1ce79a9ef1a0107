"""What a JSON document is, told from its shape: the outputs of az and kubectl, a snapshot, a Terraform plan."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from bot.checks.spelling import AzureObject
from bot.checks.versions import alb_version


class Kind(StrEnum):
    """Named by the command that prints it."""

    SNAPSHOT = "snapshot"
    CLUSTER = "az aks show"
    SUBNET = "az network vnet subnet show"
    VNET = "az network vnet show"
    GATEWAY = "az network alb show"
    ASSOCIATIONS = "az network alb association list"
    CONTROLLER = "kubectl get deployment alb-controller"
    PLAN = "terraform show -json"
    OTHER = "?"


# A key that only this kind has, or the end of Azure's own name of the type; the first kind that fits is it.
_MARKS: tuple[tuple[Kind, frozenset[str], str], ...] = (
    (Kind.SNAPSHOT, frozenset({"aks"}), ""),
    (Kind.PLAN, frozenset({"resource_changes", "planned_values"}), ""),
    (Kind.CLUSTER, frozenset({"networkprofile", "agentpoolprofiles"}), "/managedclusters"),
    (Kind.VNET, frozenset({"addressspace", "virtualnetworkpeerings"}), "/virtualnetworks"),
    (Kind.SUBNET, frozenset({"addressprefix", "addressprefixes"}), "/subnets"),
    (Kind.ASSOCIATIONS, frozenset({"associationtype"}), "/associations"),
    (Kind.GATEWAY, frozenset(), "/trafficcontrollers"),
    # Parts of a snapshot; its own key "aks" comes first.
    (Kind.SNAPSHOT, frozenset({"albcontroller", "agcassociations", "vnets"}), ""),
)


class _Container(AzureObject):
    image: str | None = None


class _Pod(AzureObject):
    containers: list[_Container] | None = None


class _Template(AzureObject):
    spec: _Pod = _Pod()


class _Deployment(AzureObject):
    template: _Template = _Template()


def recognise(raw: object) -> Kind:
    """The first kind whose marks the document bears. A list of nothing is what az prints without associations."""
    if isinstance(raw, list):
        return Kind.ASSOCIATIONS if all(is_association(item) for item in raw) else Kind.OTHER
    if image_of(raw) is not None:
        return Kind.CONTROLLER
    if not isinstance(raw, dict):
        return Kind.OTHER
    keys = {str(key).lower() for key in raw}
    inner = next((value for key, value in raw.items() if str(key).lower() == "properties"), None)
    if isinstance(inner, dict):
        keys |= {str(key).lower() for key in inner}
    kind_of_resource = str(raw.get("type", "")).lower()
    for kind, marks, resource in _MARKS:
        if keys & marks or (resource and kind_of_resource.endswith(resource)):
            return kind
    return Kind.OTHER


def is_association(raw: object) -> bool:
    """Its own marks or id, or an object of no other kind that names a subnet: lists are often cut down by --query."""
    if not isinstance(raw, dict):
        return False
    keys = {str(key).lower() for key in raw}
    return recognise(raw) is Kind.ASSOCIATIONS or (
        recognise(raw) is Kind.OTHER and ("/associations/" in str(raw.get("id", "")).lower() or "subnet" in keys)
    )


def image_of(raw: object) -> str | None:
    """The image of ALB Controller: of the deployment as kubectl prints it, alone or in a list, or bare."""
    if isinstance(raw, str):
        return raw.strip() if alb_version(raw) or "alb-controller" in raw else None
    images = list(_images(raw))
    return next((image for image in images if "alb-controller" in image), images[0] if images else None)


def documents(raw: object) -> Iterator[Any]:
    """The single documents of a list and of the lists in it; a list of associations is one document."""
    if isinstance(raw, list) and recognise(raw) is not Kind.ASSOCIATIONS:
        for item in raw:
            yield from documents(item)
    else:
        yield raw


def kinds(raw: object) -> list[str]:
    """The kind of a document, or of each document of an array; a list within it has the kinds of what it holds."""
    if isinstance(raw, list) and recognise(raw) is not Kind.ASSOCIATIONS:
        return [" + ".join(dict.fromkeys(str(recognise(item)) for item in documents(part))) for part in raw]
    return [str(recognise(raw))]


def _images(raw: object) -> Iterator[str]:
    if not isinstance(raw, dict):
        return
    if raw.get("kind") in ("List", "DeploymentList") and isinstance(raw.get("items"), list):
        for item in raw["items"]:
            yield from _images(item)
    if raw.get("kind") == "Deployment":
        try:
            deployment = _Deployment.model_validate(raw.get("spec"))
        except ValidationError:
            return
        yield from (container.image for container in deployment.template.spec.containers or [] if container.image)
