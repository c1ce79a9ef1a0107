"""ALB Controller as Helm, Flux and Argo CD tell of it: what is only wanted passes nothing, what is too old fails."""

from typing import Any

import pytest
import yaml

from bot.checks import InputError, check

from .test_forms import deployment
from .test_laws import cluster

AKS = cluster("one", "azure", "overlay")
SYNCED = {"sync": {"status": "Synced"}, "health": {"status": "Healthy"}}


def status(*documents: object) -> tuple[str, str | None]:
    (found,) = [one for one in check([AKS, *documents], "en") if one.id == "AGC003"]
    return str(found.status), found.observed


def flux(version: str | None, history: list[Any] | None = None, chart: str = "alb-controller", **spec: Any) -> object:
    wanted = {"chart": {"spec": {"chart": chart, "version": version}}} if version else {"chartRef": {"name": "alb"}}
    about = {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": {"name": "alb"}}
    return {**about, "spec": {**wanted, **spec}, "status": {"history": history} if history else {}}


def deployed(version: str, state: str = "deployed") -> dict[str, str]:
    return {"chartName": "alb-controller", "chartVersion": version, "status": state}


def argo(revision: str, told: Any = SYNCED, chart: str = "charts/alb-controller", **helm: Any) -> object:
    source = {"chart": chart, "targetRevision": revision, **({"helm": helm} if helm else {})}
    about = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "alb"}}
    return {**about, "spec": {"source": source}, "status": told}


def release(state: str, *workloads: object) -> object:
    """As `helm status -o json` prints it: without the name of the chart."""
    return {"name": "alb", "info": {"status": state}, "manifest": yaml.safe_dump_all(workloads), "version": 3}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (flux("1.6.7"), "fail"),
        (flux("1.8.0"), "unknown"),
        (flux(">=1.7.9"), "unknown"),
        (flux("1.8.0", [deployed("1.8.0")]), "pass"),
        (flux("1.8.x", [deployed("1.8.0")]), "pass"),
        (flux(None, [deployed("1.8.0"), deployed("1.6.7", "superseded")]), "pass"),
        (flux("1.8.0", [deployed("1.6.7")]), "fail"),
        (flux("1.6.7", [deployed("1.8.0")]), "fail"),
        (flux("1.8.0", [deployed("1.8.0", "failed")]), "unknown"),
        (flux("1.8.0", [deployed("1.8.0")], values={"albController": {"image": {"tag": "1.6.7"}}}), "unknown"),
        (flux("1.6.7", [{"chartName": "other", "chartVersion": "1.6.7"}], chart="other"), "unknown"),
        (argo("1.8.0"), "pass"),
        (argo("1.6.7", {}), "fail"),
        (argo("1.8.0", {}), "unknown"),
        (argo("1.8.0", SYNCED | {"sync": {"status": "OutOfSync"}}), "unknown"),
        (argo("1.8.0", parameters=[{"name": "image.tag", "value": "1.6.7"}]), "unknown"),
        (argo("1.8.0", values="image: {tag: 1.6.7}"), "unknown"),
        (argo("1.8.0", parameters=[{"name": "albController.namespace", "value": "alb"}]), "pass"),
        (argo("1.6.7", chart="other"), "unknown"),
        (release("deployed", deployment("1.8.0"), deployment("1.2.0", "web")), "pass"),
        (release("deployed", deployment("1.6.7")), "fail"),
        (release("pending-upgrade", deployment("1.8.0")), "unknown"),
        (release("deployed", deployment("1.8.0", "web")), "unknown"),
    ],
)
def test_a_version_passes_where_it_is_deployed_and_fails_where_it_is_wanted(document: object, expected: str):
    assert status(document)[0] == expected


def test_several_sources_of_an_application_are_several_charts():
    several: Any = argo("1.8.0")
    several["spec"] = {"sources": [{"chart": "web", "targetRevision": "1.0.0"}, several["spec"]["source"]]}
    assert status(several) == ("pass", "1.8.0")


def test_an_object_of_another_chart_is_named_where_nothing_else_is_given():
    with pytest.raises(InputError, match="HelmRelease alb"):
        check(flux("1.0.0", chart="other"), "en")


HELD: Any = flux("1.8.0", [deployed("1.8.0")])


@pytest.mark.parametrize(
    ("whole", "damaged", "expected"),
    [
        (HELD, {"spec": 3}, "pass"),  # what is deployed is said all the same
        (HELD, {"spec": {"chart": []}}, "pass"),
        (HELD, {"status": []}, "unknown"),
        (HELD, {"status": {"history": {}}}, "unknown"),
        (argo("1.8.0"), {"spec": 3}, "unknown"),
        (argo("1.8.0"), {"spec": {"sources": {}}}, "unknown"),
        (argo("1.8.0"), {"status": []}, "unknown"),
        (release("deployed", deployment("1.8.0")), {"manifest": "a: [1"}, "unknown"),
        (release("deployed", deployment("1.8.0")), {"info": None}, "unknown"),
    ],
)
def test_damaged_objects_pass_nothing_that_they_do_not_say(whole: Any, damaged: dict[str, Any], expected: str):
    assert status({**whole, **damaged})[0] == expected
