"""Who keeps ALB Controller at its version: a change by anybody else does nothing, or does not last."""

from typing import Any

from bot.checks.inventory.inventory import key_of

HELM, ADDON, FLUX, ARGO, TERRAFORM = "helm", "addon", "flux", "argo", "terraform"
ADDON_NAMESPACE = "kube-system"


def has_addon(cluster: object) -> bool:
    """Whether a cluster has ALB Controller as an add-on of AKS."""
    addon = key_of(key_of(cluster, "ingressprofile"), "applicationloadbalancer")
    return key_of(addon, "enabled") is True


def keeper_of(workload: dict[str, Any]) -> str:
    """Of a workload, as its labels and namespace tell; empty where they tell nothing."""
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
