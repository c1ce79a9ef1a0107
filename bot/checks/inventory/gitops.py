"""ALB Controller in what deploys it: HelmRelease objects of Flux and Application objects of Argo CD.

They say what is wanted, and their status what is there. A version that is only wanted passes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.checks.inventory.chart_values import flat, names_image
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
    if not chart_is_own(_text(chart.get("chart"))) and not chart_is_own(_text(last.get("chartName"))):
        return
    wanted, runs = _text(chart.get("version")), _text(last.get("chartVersion"))
    image = _image(spec.get("values"))
    if runs is not None:
        state = _text(last.get("status")) or "deployed"
        steps = ("status", "history", 0, "chartVersion")
        yield Deployed(f"{runs}{image}", steps, "" if state == "deployed" else f"status: {state}")
    if wanted is not None and (runs is None or (_is_whole(wanted) and wanted.lstrip("v") != runs.lstrip("v"))):
        yield Deployed(f"{wanted}{image}", ("spec", "chart", "spec", "version"), "HelmRelease: not deployed yet")


def _argo(spec: dict[str, Any], status: dict[str, Any]) -> Iterator[Deployed]:
    several = spec.get("sources")
    sources = [(("sources", at), one) for at, one in enumerate(several)] if isinstance(several, list) else []
    state = _text(_dict(status.get("sync")).get("status")), _text(_dict(status.get("health")).get("status"))
    idle = "" if state == ("Synced", "Healthy") else f"Application: {state[0] or '?'}, {state[1] or '?'}"
    for steps, source in [(("source",), spec.get("source")), *sources]:
        known = _dict(source)
        version = _text(known.get("targetRevision"))
        if not chart_is_own(_text(known.get("chart"))) or version is None:
            continue
        helm = _dict(known.get("helm"))
        told = [_dict(one) for one in helm.get("parameters") or [] if isinstance(helm.get("parameters"), list)]
        image = _image(helm.get("valuesObject")) or _image({str(one.get("name")): one.get("value") for one in told})
        opaque = " (values)" if helm.get("values") or helm.get("valueFiles") else ""
        yield Deployed(f"{version}{image or opaque}", ("spec", *steps, "targetRevision"), idle)


def _image(values: Any) -> str:
    """What values say of the image, behind a version: then nobody knows which of both runs."""
    named = [f"{name}={value}" for name, value in flat(values) if names_image(name)]
    return f" ({', '.join(named)})" if named else ""


def _is_whole(version: str) -> bool:
    return version.lstrip("v")[:1].isdigit() and version.count(".") == 2 and "x" not in version.lower()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
