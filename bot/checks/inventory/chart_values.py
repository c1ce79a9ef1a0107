"""Values of a Helm chart: which of them may change what runs."""

from collections.abc import Iterator
from typing import Any

from bot.checks.inventory.registries import MICROSOFT
from bot.checks.versions import CONTROLLER

_DEEPEST = 16
_BESIDE = ("bootstrap", "crds")  # what the chart runs beside the controller itself
_VERSIONS = ("tag", "version", "digest")
_PATHS = ("application-lb", "application-lb/images", f"application-lb/images/{CONTROLLER}")


def flat(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str | None]]:
    """Every single value with the whole name that `--set` would give it."""
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, item in value.items():
            yield from flat(item, f"{name}.{key}" if name else str(key), depth + 1)
    elif value is not None and not isinstance(value, list):
        yield name, str(value)


def counts_replicas(name: str) -> bool:
    """Whether a value tells how many of a workload run."""
    return name.lower().rsplit(".", 1)[-1] in ("replicas", "replicacount")


def stops(name: str, value: str | None) -> bool:
    """Whether a value lets nothing of a workload run."""
    return counts_replicas(name) and value in ("0", "0.0")


def names_image(name: str) -> bool:
    """`image.tag`, `controller.imageTag`, `albController.image.registry`, `version`: what may change what runs."""
    steps = name.lower().split(".")
    of_image = any("image" in step for step in steps) and not any("pull" in step for step in steps)
    return steps[-1].endswith(_VERSIONS) or (of_image and steps[-1] not in _BESIDE)


def keeps_image(name: str, value: str | None) -> bool:
    """Whether a value names the very registry or image that the chart of ALB Controller has anyway."""
    host, separator, path = (value or "").strip().lower().removeprefix("https://").partition("/")
    if name.lower().endswith(_VERSIONS):
        return False
    if host == MICROSOFT and not {":", "@"} & set(path):
        return path.rstrip("/") in ("", *_PATHS)
    return f"{host}{separator}{path}" in (CONTROLLER, _PATHS[-1])


def other_images(values: Any) -> list[str]:
    """What sets another image than the chart's own: of which version that is, nobody knows."""
    return [f"{name}={value}" for name, value in flat(values) if names_image(name) and not keeps_image(name, value)]


def stopped_by(values: Any) -> str:
    """The value that lets nothing run, if there is one."""
    return next((f"{name}={value}" for name, value in flat(values) if stops(name, value)), "")
