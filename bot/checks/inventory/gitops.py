"""ALB Controller in what deploys it: HelmRelease objects of Flux and Application objects of Argo CD.

They say what is wanted, and their status what is there. A version that is only wanted passes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.checks.inventory.chart_values import flat, names_image, stops
from bot.checks.inventory.workloads import chart_is_own

FLUX, ARGO = "helmrelease", "application"
GROUPS = {FLUX: "helm.toolkit.fluxcd.io/", ARGO: "argoproj.io/"}


@dataclass(frozen=True, slots=True)
class Deployed:
    """A version and where it stands. `idle`: why it need not be what runs."""

    version: str
    steps: tuple[str | int, ...]
    idle: str = ""


def deployed_versions(raw: dict[str, Any]) -> Iterator[Deployed]:
    """Every version of ALB Controller's chart that an object wants or has deployed; none of other charts."""
    of_kind = _flux if str(raw.get("kind", "")).lower() == FLUX else _argo
    yield from of_kind(_dict(raw.get("spec")), _dict(raw.get("status")))


def _flux(spec: dict[str, Any], status: dict[str, Any]) -> Iterator[Deployed]:
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
    image, idle = _image(spec.get("values")) or _opaque(unread), _without_replicas(spec.get("values"))
    if runs is not None:
        state = _text(last.get("status")) or "deployed"
        steps = ("status", "history", 0, "chartVersion")
        yield Deployed(f"{runs}{image}", steps, idle if state == "deployed" else f"status: {state}")
    if wanted is not None and _is_news(wanted, runs):
        yield Deployed(f"{wanted}{image}", ("spec", "chart", "spec", "version"), "HelmRelease: not deployed yet")


def _argo(spec: dict[str, Any], status: dict[str, Any]) -> Iterator[Deployed]:
    several = spec.get("sources")
    sources: list[tuple[int | None, Any]] = [(None, spec.get("source"))]
    sources += enumerate(several) if isinstance(several, list) else ()
    sync = _dict(status.get("sync"))
    state = _text(sync.get("status")), _text(_dict(status.get("health")).get("status"))
    idle = "" if state == ("Synced", "Healthy") else f"Application: {state[0] or '?'}, {state[1] or '?'}"
    for number, source in sources:
        known = _dict(source)
        if not chart_is_own(_text(known.get("chart"))):
            continue
        wanted = _text(known.get("targetRevision"))
        runs, at = _revision(sync, number)
        helm = _dict(known.get("helm"))
        listed = helm.get("parameters")
        parameters = [_dict(item) for item in listed] if isinstance(listed, list) else []
        set_by_name = {str(item.get("name")): item.get("value") for item in parameters}
        unread = helm.get("values") or helm.get("valueFiles") or helm.get("fileParameters")
        image = _image(helm.get("valuesObject")) or _image(set_by_name) or _opaque(unread)
        stopped = _without_replicas(helm.get("valuesObject")) or _without_replicas(set_by_name)
        if runs is not None:
            yield Deployed(f"{runs}{image}", ("status", "sync", *at), idle or stopped)
        if wanted is not None and _is_news(wanted, runs):
            steps = ("source",) if number is None else ("sources", number)
            yield Deployed(
                f"{wanted}{image}", ("spec", *steps, "targetRevision"), idle or "Application: not synced yet"
            )


def _revision(sync: dict[str, Any], number: int | None) -> tuple[str | None, tuple[str | int, ...]]:
    """The version that was synced last of the only source, or of one of several, and where it stands."""
    if number is None:
        return _text(sync.get("revision")), ("revision",)
    listed = sync.get("revisions")
    several = listed if isinstance(listed, list) else []
    return (_text(several[number]) if number < len(several) else None), ("revisions", number)


def _image(values: Any) -> str:
    """What values say of the image, behind a version: then nobody knows which of both runs."""
    named = [f"{name}={value}" for name, value in flat(values) if names_image(name)]
    return f" ({', '.join(named)})" if named else ""


def _opaque(unread: Any) -> str:
    """The same of values that stand elsewhere, or in a text: they may name an image."""
    return " (values)" if unread else ""


def _without_replicas(values: Any) -> str:
    """The value that lets nothing run, if there is one."""
    return next((f"{name}={value}" for name, value in flat(values) if stops(name, value)), "")


def _is_news(wanted: str, runs: str | None) -> bool:
    """Whether what is wanted is, for certain, another version than what is deployed."""
    return runs is None or (_is_whole(wanted) and wanted.lstrip("v") != runs.lstrip("v"))


def _is_whole(version: str) -> bool:
    return version.lstrip("v")[:1].isdigit() and version.count(".") == 2 and "x" not in version.lower()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
