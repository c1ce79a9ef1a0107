"""Whether a workload runs what it names, as far as its own status says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_DIGITS = 10
_UNSAID = "status: {}"
_OVER = ("succeeded", "failed")
SCALED_DOWN = "replicas: 0"
_COUNTS = ("availableReplicas", "readyReplicas", "numberReady", "numberAvailable")
_UPDATED = {
    "deployment": "updatedReplicas",
    "statefulset": "updatedReplicas",
    "daemonset": "updatedNumberScheduled",
}


@dataclass(frozen=True, slots=True)
class Running:
    """`idle`: why it does not run, or not wholly. Where the status is left out, nothing is said of that.

    `silent`: the status is there and says nothing, as that of what nothing has taken up yet.
    """

    idle: str = ""
    silent: bool = False
    past: bool = False


def state_of(workload: dict[str, Any]) -> Running:
    """What the status of a pod, or of what makes pods, says."""
    kind = str(workload.get("kind", "")).lower()
    about, spec, status = (_dict(workload.get(name)) for name in ("metadata", "spec", "status"))
    silent = "status" in workload and not status
    if about.get("deletionTimestamp"):
        return Running("terminating", past=kind == "pod")  # beside another pod, it is on its way out
    if kind == "pod" and not silent:
        return Running(next(_of_pod(status), ""), past=str(status.get("phase", "")).lower() in _OVER)
    if str(spec.get("replicas")) == "0":
        return Running(SCALED_DOWN, past=kind == "replicaset")
    idle = next(_of_replicas(kind, about, spec, status), "")
    return Running(_UNSAID, silent=True) if silent and not idle else Running(idle)


def _of_pod(status: dict[str, Any]) -> Iterator[str]:
    listed = status.get("containerStatuses")
    listed = [_dict(state) for state in listed] if isinstance(listed, list) else []
    for container in listed:
        state = _dict(container.get("state"))
        for name in ("waiting", "terminated"):
            if name in state:
                yield f"{container.get('name', '?')}: {_dict(state[name]).get('reason') or name}"
    phase = status.get("phase")
    if phase is not None and phase != "Running":
        yield f"phase: {phase}"
    if any(state.get("ready") in (False, "false") for state in listed):
        yield "ready: false"
    yield from _false(status, "Ready", "ContainersReady")


def _of_replicas(kind: str, about: dict[str, Any], spec: dict[str, Any], status: dict[str, Any]) -> Iterator[str]:
    if not status:
        if str(spec.get("paused")).lower() == "true":  # with a status, the count of updated pods tells
            yield "paused: true"
        return
    for name in ("unavailableReplicas", "numberUnavailable"):
        if _number(status.get(name)):
            yield f"{name}: {status[name]}"
    if _number(status.get("observedGeneration")) < _number(about.get("generation")) and "observedGeneration" in status:
        yield "observedGeneration: behind generation"
    yield from _too_few(kind, spec, status)
    yield from _false(status, "Available", "Progressing")


def _too_few(kind: str, spec: dict[str, Any], status: dict[str, Any]) -> Iterator[str]:
    """Counts of pods that are less than what is wanted. Where no pod is ready, Kubernetes leaves the counts out."""
    counts = [name for name in _COUNTS if name in status]
    there = (_number(status.get(name)) for name in ("replicas", "desiredNumberScheduled"))
    wanted = max(*there, _number(spec.get("replicas", 1)))
    if not any(_number(status[name]) for name in counts):
        yield f"{counts[0] if counts else 'availableReplicas'}: 0"
    updated = _UPDATED.get(kind)  # one of a Deployment and the like, which Kubernetes leaves out while it is 0
    for name in (*counts, *([updated] if updated else [])):
        if _number(status.get(name)) < wanted:
            yield f"{name}: {status.get(name, 0)} of {wanted}"


def _false(status: dict[str, Any], *names: str) -> Iterator[str]:
    """Conditions that do not hold, or of which nobody knows; a rollout that is paused is of the second kind."""
    conditions = status.get("conditions")
    for condition in map(_dict, conditions if isinstance(conditions, list) else ()):
        known, stated = condition.get("type"), str(condition.get("status"))
        if known in names and (stated == "False" or (stated == "Unknown" and known != "Progressing")):
            yield f"{known}: {stated}"


def _number(value: object) -> int:
    """Of YAML, numbers are texts."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else 0


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
