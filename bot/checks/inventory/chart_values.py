"""Values of a Helm chart: which of them may change what runs."""

from collections.abc import Iterator
from typing import Any

_DEEPEST = 16


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
    """`image.tag`, `controller.imageTag`, `albController.image`, `version`: what may change the image that runs."""
    lowered = name.lower()
    last = lowered.rsplit(".", 1)[-1]
    return last.endswith(("tag", "version", "digest")) or (last.endswith("image") and "pull" not in last)
