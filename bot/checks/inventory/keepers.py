"""Who keeps ALB Controller at its version: a change by anybody else does nothing, or does not last."""

from collections.abc import Iterable
from typing import Any

from bot.checks.inventory.gitops import FLUX as HELM_RELEASE
from bot.checks.inventory.inventory import Item, key_of
from bot.checks.inventory.kinds import Kind

HELM, ADDON, FLUX, ARGO, TERRAFORM = "helm", "addon", "flux", "argo", "terraform"
ADDON_NAMESPACE = "kube-system"
_STRONGEST_FIRST = (TERRAFORM, FLUX, ARGO, HELM, ADDON)  # who undoes what those behind change


def has_addon(cluster: object) -> bool:
    """Whether a cluster has ALB Controller as an add-on of AKS."""
    addon = key_of(key_of(cluster, "ingressprofile"), "applicationloadbalancer")
    return key_of(addon, "enabled") is True


def keeper_of(kind: Kind, document: dict[str, Any]) -> str:
    """Who keeps the controllers of a document; empty where it does not tell."""
    if kind is Kind.RELEASE:
        return HELM
    if kind is Kind.GITOPS:
        return FLUX if str(document.get("kind", "")).lower() == HELM_RELEASE else ARGO
    return _keeper_of_workload(document)


def keeper_of_item(controller: Item) -> str:
    """Who keeps a controller of the inventory; what has an address is a plan's."""
    return str(key_of(controller.value, "keeper") or (TERRAFORM if controller.name else ""))


def strongest(keepers: Iterable[str], *, addon: bool) -> str:
    """Who of several is to change a controller; of none that is told, the `addon` of the cluster or Helm."""
    named = set(keepers)
    return next((keeper for keeper in _STRONGEST_FIRST if keeper in named), ADDON if addon else HELM)


def _keeper_of_workload(workload: dict[str, Any]) -> str:
    """As its labels and namespace tell."""
    about = _dict(workload.get("metadata"))
    labels, notes = _dict(about.get("labels")), _dict(about.get("annotations"))
    if "helm.toolkit.fluxcd.io/name" in labels:
        return FLUX
    if "argocd.argoproj.io/instance" in labels or "argocd.argoproj.io/tracking-id" in notes:
        return ARGO
    namespace = about.get("namespace")
    return ADDON if namespace == ADDON_NAMESPACE else HELM if namespace else ""


def release_of(document: dict[str, Any]) -> dict[str, Any]:
    """The Helm release and its namespace, and that of its pods (`home`), as far as a workload or release tells them."""
    about = document.get("metadata")
    if not isinstance(about, dict):
        return {"release": document.get("name"), "namespace": document.get("namespace")}
    notes = _dict(about.get("annotations"))
    return {
        "release": notes.get("meta.helm.sh/release-name"),
        "namespace": notes.get("meta.helm.sh/release-namespace"),
        "home": about.get("namespace"),
    }


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
