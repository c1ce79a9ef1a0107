"""ALB Controller in what deploys it: HelmRelease objects of Flux and Application objects of Argo CD.

They say what is wanted, and their status what is there. A version that is only wanted passes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.checks.inventory.chart_values import other_images, stopped_by
from bot.checks.inventory.registries import strange_chart, strange_image
from bot.checks.inventory.workloads import chart_is_own, other_app
from bot.checks.versions import CONTROLLER, alb_version

FLUX, ARGO = "helmrelease", "application"
_GENERATION = re.compile("-?[0-9]{1,9}")
_IN_CLUSTER = ("https://kubernetes.default.svc", "https://kubernetes.default.svc.cluster.local")
GROUPS = {FLUX: "helm.toolkit.fluxcd.io/", ARGO: "argoproj.io/"}


@dataclass(frozen=True, slots=True)
class Deployed:
    """A version and where it stands. `idle`: why it need not be what runs."""

    version: str
    steps: tuple[str | int, ...]
    idle: str = ""


def deployed_versions(raw: dict[str, Any]) -> Iterator[Deployed]:
    """Every version of ALB Controller's chart that an object wants or has here; none of other charts or clusters."""
    of_kind = _flux if str(raw.get("kind", "")).lower() == FLUX else _argo
    about, status = _dict(raw.get("metadata")), _dict(raw.get("status"))
    yield from of_kind(_dict(raw.get("spec")), status, _outdated(about, status))


def _outdated(about: dict[str, Any], status: dict[str, Any]) -> str:
    """Why a status tells nothing of what the object asks for now: it is being deleted, or was changed since."""
    if about.get("deletionTimestamp"):
        return "terminating"
    now, listed = _number(about.get("generation")), status.get("conditions")
    conditions = [_dict(condition) for condition in listed] if isinstance(listed, list) else []
    ready = [condition for condition in conditions if condition.get("type") == "Ready"]
    seen = [_number(of.get("observedGeneration")) for of in (status, *ready)]
    behind = now is not None and any(generation is not None and generation < now for generation in seen)
    return "observedGeneration: behind generation" if behind else ""


def _number(value: object) -> int | None:
    """A generation; -1 is what nothing has been seen of."""
    return int(str(value)) if _GENERATION.fullmatch(str(value)) else None


def _flux(spec: dict[str, Any], status: dict[str, Any], outdated: str) -> Iterator[Deployed]:
    if spec.get("kubeConfig"):  # it deploys to another cluster than the one that it is in
        return
    chart = _dict(_dict(spec.get("chart")).get("spec"))
    history = status.get("history")
    last = _dict(history[0]) if isinstance(history, list) and history else {}
    asked, there = _text(chart.get("chart")), _text(last.get("chartName"))
    if not chart_is_own(asked) and not chart_is_own(there):
        return
    # One of both may be another chart, and have a version of its own.
    wanted = _text(chart.get("version")) if chart_is_own(asked) else None
    runs = _text(last.get("chartVersion")) if chart_is_own(there or asked) else None
    unread = spec.get("valuesFrom") or spec.get("postRenderers") or chart.get("valuesFiles") or chart.get("valuesFile")
    image = _image(spec.get("values")) or _opaque(unread)
    idle = outdated or stopped_by(spec.get("values")) or _not_ready(status)
    if runs is not None:
        state = _text(last.get("status")) or ("?" if "status" in last else "deployed")
        steps = ("status", "history", 0, "chartVersion")
        yield Deployed(
            f"{runs}{other_app(runs, last.get('appVersion'))}{image}",
            steps,
            idle if state == "deployed" else f"status: {state}",
        )
    if wanted is not None and _is_news(wanted, runs):
        yield Deployed(f"{wanted}{image}", ("spec", "chart", "spec", "version"), "HelmRelease: not deployed yet")


def _argo(spec: dict[str, Any], status: dict[str, Any], outdated: str) -> Iterator[Deployed]:
    several = spec.get("sources")
    sources: list[tuple[int | None, Any]] = [(None, spec.get("source"))]
    sources += enumerate(several) if isinstance(several, list) else ()
    sync = _dict(status.get("sync"))
    if not _is_here(_dict(spec.get("destination"))):
        return
    state = _text(sync.get("status")), _text(_dict(status.get("health")).get("status"))
    idle = outdated or ("" if state == ("Synced", "Healthy") else f"Application: {state[0] or '?'}, {state[1] or '?'}")
    own = [(number, known) for number, source in sources if chart_is_own(_text((known := _dict(source)).get("chart")))]
    yield from _shown(_dict(status.get("summary")).get("images"), idle) if own else ()
    for number, known in own:
        wanted = _text(known.get("targetRevision"))
        runs, at = _revision(sync, number)
        helm = _dict(known.get("helm"))
        listed = helm.get("parameters")
        parameters = [_dict(item) for item in listed] if isinstance(listed, list) else []
        set_by_name = {str(item.get("name")): item.get("value") for item in parameters}
        unread = helm.get("values") or helm.get("valueFiles") or helm.get("fileParameters")
        stranger = strange_chart(_text(known.get("repoURL")) or "")
        image = _image(helm.get("valuesObject")) or _image(set_by_name) or _opaque(unread)
        image = f" (repoURL: {stranger})" if stranger else image
        stopped = stopped_by(helm.get("valuesObject")) or stopped_by(set_by_name)
        if runs is not None:
            yield Deployed(f"{runs}{image}", ("status", "sync", *at), idle or stopped)
        if wanted is not None and _is_news(wanted, runs):
            steps = ("source",) if number is None else ("sources", number)
            yield Deployed(
                f"{wanted}{image}", ("spec", *steps, "targetRevision"), idle or "Application: not synced yet"
            )


def _shown(images: Any, idle: str) -> Iterator[Deployed]:
    """The controller's images among those that Argo CD sees in what an Application has made."""
    for number, image in enumerate(images if isinstance(images, list) else ()):
        if isinstance(image, str) and alb_version(image) is not None and CONTROLLER in image:
            stranger = strange_image(image)
            seen = f"{image} (image: {stranger})" if stranger else image
            yield Deployed(seen, ("status", "summary", "images", number), idle)


def _is_here(destination: dict[str, Any]) -> bool:
    """Whether an Application deploys to the cluster that Argo CD itself runs in."""
    server, name = _text(destination.get("server")), _text(destination.get("name"))
    return (server is None or server.rstrip("/") in _IN_CLUSTER) and name in (None, "in-cluster")


def _not_ready(status: dict[str, Any]) -> str:
    """A condition of a HelmRelease that does not hold, or is not told: what it deployed need not be what runs."""
    listed = status.get("conditions")
    conditions = [_dict(condition) for condition in listed] if isinstance(listed, list) else []
    failed = (known for known in conditions if known.get("type") in ("Ready", "Released") and _is_false(known))
    holds = any(known.get("type") == "Ready" and str(known.get("status")) == "True" for known in conditions)
    return next((f"{known['type']}: {known.get('reason') or 'False'}" for known in failed), "" if holds else "Ready: ?")


def _is_false(condition: dict[str, Any]) -> bool:
    return str(condition.get("status")) == "False"


def _revision(sync: dict[str, Any], number: int | None) -> tuple[str | None, tuple[str | int, ...]]:
    """The version that was synced last of the only source, or of one of several, and where it stands."""
    if number is None:
        return _text(sync.get("revision")), ("revision",)
    listed = sync.get("revisions")
    several = listed if isinstance(listed, list) else []
    return (_text(several[number]) if number < len(several) else None), ("revisions", number)


def _image(values: Any) -> str:
    """What values say of the image, behind a version: then nobody knows which of both runs."""
    named = other_images(values)
    return f" ({', '.join(named)})" if named else ""


def _opaque(unread: Any) -> str:
    """The same of values that stand elsewhere, or in a text: they may name an image."""
    return " (values)" if unread else ""


def _is_news(wanted: str, runs: str | None) -> bool:
    """Whether what is wanted is, for certain, another version than what is deployed."""
    return runs is None or (_is_whole(wanted) and wanted.lstrip("v") != runs.lstrip("v"))


def _is_whole(version: str) -> bool:
    return version.lstrip("v")[:1].isdigit() and version.count(".") == 2 and "x" not in version.lower()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
