"""Kubernetes's objects that providers of Terraform have resources of their own for, in Kubernetes's words."""

from typing import Any

from bot.checks.inventory.gitops import GROUPS
from bot.checks.spelling import AFTER_APPLY
from bot.checks.terraform.block import filled
from bot.checks.terraform.resource import Resource

_WORKLOADS = {
    **{f"kubernetes_deployment{version}": "Deployment" for version in ("", "_v1")},
    **{f"kubernetes_stateful_set{version}": "StatefulSet" for version in ("", "_v1")},
    **dict.fromkeys(("kubernetes_daemonset", "kubernetes_daemon_set_v1"), "DaemonSet"),
    **{f"kubernetes_pod{version}": "Pod" for version in ("", "_v1")},
}
_MAPS = ("kubernetes_config_map", "kubernetes_config_map_v1", "kubernetes_config_map_v1_data")
_APPLICATION = "argocd_application"
TYPES = (*_WORKLOADS, *_MAPS, _APPLICATION)
_OPEN = {"name": AFTER_APPLY, "image": AFTER_APPLY}  # a container of which nothing is known yet


def object_of(resource: Resource) -> dict[str, Any]:
    """As kubectl prints it, as far as rules ask. Blocks of Terraform are lists."""
    values = filled(resource.block.values, resource.block.unknown)
    spec, about = _first(values.get("spec")), _first(values.get("metadata"))
    if resource.type in _MAPS:
        return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": about}
    if resource.type == _APPLICATION:
        return {
            "apiVersion": f"{GROUPS['application']}v1alpha1",
            "kind": "Application",
            "metadata": about,
            "spec": _application(spec),
        }
    kind = _WORKLOADS[resource.type]
    pods = spec if kind == "Pod" else _first(_first(spec.get("template")).get("spec"))
    made = {"containers": [_OPEN if part == AFTER_APPLY else part for part in _listed(pods.get("container"))]}
    whole = made if kind == "Pod" else {"template": {"spec": made}}
    replicas = spec.get("replicas")
    counted = {} if replicas in (None, AFTER_APPLY) else {"replicas": replicas}
    return {"apiVersion": "v1", "kind": kind, "metadata": about, "spec": {**counted, **whole}}


def _application(spec: dict[str, Any]) -> dict[str, Any]:
    sources = []
    for source in map(_dict, _listed(spec.get("source"))):
        helm = _first(source.get("helm"))
        values = {"parameters": helm.get("parameter"), "values": helm.get("values")}
        values |= {"valueFiles": helm.get("value_files"), "fileParameters": helm.get("file_parameter")}
        names = {"chart": "chart", "repoURL": "repo_url", "targetRevision": "target_revision"}
        sources.append({**{key: source.get(name) for key, name in names.items()}, "helm": values})
    return {"sources": sources, "destination": _first(spec.get("destination"))}


def _listed(value: Any) -> list[Any]:
    """Blocks; one that is all unknown stands for any number of them."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> dict[str, Any]:
    return next(map(_dict, _listed(value)), {})


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
