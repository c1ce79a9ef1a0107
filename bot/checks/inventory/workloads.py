"""ALB Controller in what kubectl and helm print. Only its own image, chart, workload or container tells its version."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.checks.inventory.inventory import Place
from bot.checks.inventory.registries import MICROSOFT, strange_image
from bot.checks.versions import CONTROLLER, tag_of

_CHART = re.compile(rf"(?:\S*/)?{CONTROLLER}-(?P<version>v?\d\S*)")
GONE = ("uninstalled", "superseded", "uninstalling")


@dataclass(frozen=True, slots=True)
class Container:
    """A version that a container runs, and where it stands.

    `stranger`: the public registry of others that its image is in. `other`: the image, where neither that nor the
    container, but only the workload has the name of ALB Controller.
    """

    version: str
    place: Place
    stranger: str = ""
    other: str = ""


def controller_versions(workload: dict[str, Any], place: Place) -> Iterator[Container]:
    """What each container of ALB Controller in a workload runs."""
    spec, at = _dict(workload.get("spec")), place.at("spec")
    if "template" in spec:
        spec, at = _dict(_dict(spec.get("template")).get("spec")), at.at("template", "spec")
    containers = spec.get("containers")
    containers = [_dict(container) for container in containers] if isinstance(containers, list) else []
    own = [
        (n, container)
        for n, container in enumerate(containers)
        if container.get("name") == CONTROLLER or _is_own_image(container)
    ]
    by_name = not own and _is_own_name(_dict(workload.get("metadata"))) and len(containers) == 1
    for number, container in enumerate(containers) if by_name else own:
        image = container.get("image")
        if isinstance(image, str):
            version = image if _is_own_image(container) else tag_of(image)
            at_image = at.at("containers", number, "image")
            yield Container(version, at_image, strange_image(image), image if by_name or _is_another(image) else "")
    yield from _running(
        _dict(workload.get("status")), {str(container.get("image")) for _, container in own}, place.at("status")
    )


def _running(status: dict[str, Any], wanted: set[Any], at: Place) -> Iterator[Container]:
    """What a pod says that it runs, where that is another image of ALB Controller than it should run."""
    statuses = status.get("containerStatuses")
    for number, container in enumerate(map(_dict, statuses) if isinstance(statuses, list) else ()):
        image = container.get("image")
        named = isinstance(image, str) and _is_own_image(container) and ":" in _tag(image)
        if isinstance(image, str) and named and _tag(image) not in map(_tag, wanted):
            yield Container(image, at.at("containerStatuses", number, "image"), strange_image(image))


def _tag(image: object) -> str:
    """The tag alone: a pod names the registry in another way than its specification. A digest says no version."""
    return str(image).partition("@")[0].rsplit("/", 1)[-1]


def release_version(release: dict[str, Any]) -> str | None:
    """The version of a release of ALB Controller's chart, as `helm list`, `status` or `get metadata` print it."""
    chart = release.get("chart")
    status = release_status(release)
    if isinstance(chart, dict):
        described = _dict(chart.get("metadata"))
        named, version = described.get("name") == CONTROLLER, described.get("version")
    else:
        chart_name = _CHART.fullmatch(str(chart))
        named = chart_name is not None or str(chart).rsplit("/", 1)[-1] == CONTROLLER
        described = release
        version = chart_name["version"] if chart_name else release.get("version") or release.get("appVersion")
    if not named or not isinstance(version, str) or status in GONE:
        return None
    if other := other_app(version, described.get("app_version") or described.get("appVersion")):
        return f"{version}{other}"
    return version if status == "deployed" else f"{version} ({status})"


def release_status(release: dict[str, Any]) -> str:
    """Of a release; `?` where nothing stands in its place. What Helm prints without any is what is there."""
    stated = [release["status"]] if "status" in release else []
    stated += [_dict(release["info"]).get("status")] if "info" in release else []
    named = next((status for status in stated if isinstance(status, str) and status.strip()), "")
    return named or ("status: ?" if stated else "deployed")


def other_app(version: str, app: object) -> str:
    """What a chart says that it installs, behind its own version, where the two contradict each other."""
    runs = "" if app is None else str(app).strip().lower().removeprefix("v")
    return f" (app {app})" if runs[:1].isdigit() and runs != version.strip().lower().removeprefix("v") else ""


def chart_is_own(chart: str | None) -> bool:
    """Whether a chart's name, address or path is that of ALB Controller."""
    return (chart or "").rstrip("/").rsplit("/", 1)[-1] == CONTROLLER


def _is_own_image(container: dict[str, Any]) -> bool:
    last = str(container.get("image", "")).rsplit("/", 1)[-1]
    return re.split("[:@]", last)[0] == CONTROLLER


def _is_another(image: str) -> bool:
    """Whether an image is of another program: of Microsoft's registry, or of the like name of one beside it."""
    path = image.strip().lower().partition("@")[0]
    last = path.rsplit("/", 1)[-1].partition(":")[0]
    return last != CONTROLLER and (path.startswith(f"{MICROSOFT}/") or last.startswith(f"{CONTROLLER}-"))


def _is_own_name(metadata: dict[str, Any]) -> bool:
    """`alb-controller`, or a pod of it: `alb-controller-` and two words that Kubernetes adds."""
    return (
        re.fullmatch(rf"{CONTROLLER}(-[0-9a-f]{{5,10}}(-[0-9a-z]{{5}})?)?", str(metadata.get("name", ""))) is not None
    )


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
