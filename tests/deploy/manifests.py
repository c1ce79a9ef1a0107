"""deploy/kubernetes as kubectl renders it."""

import subprocess
import sysconfig
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "deploy/kubernetes"
OVERLAYS = ("files", "object-store", "postgres")
OPTIONAL = ("slack", "redis")  # components that an overlay names in a comment
KUBECTL = Path(sysconfig.get_path("scripts")) / "kubectl"

Object = dict[str, Any]


def rendered(overlay: Path) -> list[Object]:
    """The objects that `kubectl apply -k` would send."""
    done = subprocess.run([KUBECTL, "kustomize", overlay], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [resource for resource in yaml.safe_load_all(done.stdout) if resource]


@cache
def objects(overlay: str) -> list[Object]:
    """Those of an overlay as it is delivered. Nobody changes them."""
    return rendered(FOLDER / "overlays" / overlay)


def of_kind(given: list[Object], kind: str) -> list[Object]:
    return [resource for resource in given if resource["kind"] == kind]


def named(given: list[Object], kind: str, name: str = "kb") -> Object:
    (resource,) = (resource for resource in of_kind(given, kind) if resource["metadata"]["name"] == name)
    return resource


def settings(given: list[Object]) -> Object:
    """The ConfigMap of the service; its name ends with a digest of what is in it."""
    (resource,) = (
        resource for resource in of_kind(given, "ConfigMap") if resource["metadata"]["name"].startswith("kb-")
    )
    return resource


def pods(given: list[Object]) -> dict[str, Object]:
    """The templates of Pods, by the name of what makes them."""
    made = {resource["metadata"]["name"]: resource["spec"]["template"] for resource in of_kind(given, "Deployment")}
    for job in of_kind(given, "CronJob"):
        made[job["metadata"]["name"]] = job["spec"]["jobTemplate"]["spec"]["template"]
    return made


def containers(given: list[Object]) -> dict[str, Object]:
    """The one container of each of them."""
    held = {}
    for name, pod in pods(given).items():
        (held[name],) = [*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]]
    return held
