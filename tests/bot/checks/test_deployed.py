"""ALB Controller as Helm, Flux and Argo CD tell of it: what is only wanted passes nothing, what is too old fails."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.checks import InputError, check

from .test_forms import deployment
from .test_laws import cluster

AKS = cluster("one", "azure", "overlay")
OUT_OF_SYNC = {"sync": {"status": "OutOfSync", "revision": "1.8.0"}, "health": {"status": "Healthy"}}


READY = {"conditions": [{"type": "Ready", "status": "True"}]}


def status(*documents: object) -> tuple[str, str | None]:
    (finding,) = [finding for finding in check([AKS, *documents], "en") if finding.id == "AGC003"]
    return str(finding.status), finding.observed


def flux(version: str | None, history: list[Any] | None = None, chart: str = "alb-controller", **spec: Any) -> object:
    wanted = {"chart": {"spec": {"chart": chart, "version": version}}} if version else {"chartRef": {"name": "alb"}}
    about = {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": {"name": "alb"}}
    return {**about, "spec": {**wanted, **spec}, "status": {"history": history, **READY} if history else {}}


def deployed(version: str, state: str = "deployed") -> dict[str, str]:
    return {"chartName": "alb-controller", "chartVersion": version, "status": state}


def synced(*revisions: str, key: str = "revision") -> dict[str, Any]:
    held: Any = revisions[0] if key == "revision" else list(revisions)
    return {"sync": {"status": "Synced", key: held}, "health": {"status": "Healthy"}}


def seen(version: str, image: str = "mcr.microsoft.com/application-lb/images/alb-controller") -> dict[str, Any]:
    """Synced, and the images that Argo CD sees."""
    return {**synced("1.8.0"), "summary": {"images": ["nginx:1.0.0", 5, f"{image}:{version}"]}}


def argo(revision: str, status: Any = None, chart: str = "charts/alb-controller", **helm: Any) -> Any:
    """Synced to this revision, unless its status tells something else."""
    status = synced(revision) if status is None else status
    source = {"chart": chart, "targetRevision": revision, **({"helm": helm} if helm else {})}
    about = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "alb"}}
    return {**about, "spec": {"source": source}, "status": status}


def conditioned(document: Any, name: str, state: str) -> Any:
    return {**document, "status": {**document["status"], "conditions": [{"type": name, "status": state}]}}


def known(document: Any, generation: int = 1, observed: int = 1, **about: Any) -> Any:
    metadata = {**document["metadata"], "generation": generation, **about}
    return {**document, "metadata": metadata, "status": {**document["status"], "observedGeneration": observed}}


def ready_at(generation: int) -> Any:
    made: Any = flux("1.8.0", [deployed("1.8.0")])
    ready = {"type": "Ready", "status": "True", "observedGeneration": generation}
    return {**made, "status": {**made["status"], "conditions": [ready]}}


def sent(document: Any, **destination: str) -> Any:
    return {**document, "spec": {**document["spec"], "destination": destination}}


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
        (flux("1.8.0", [{"chartName": "alb-controller", "chartVersion": "1.8.0"}]), "pass"),  # older Flux tells no more
        (flux("1.8.0", [{**deployed("1.8.0"), "status": None}]), "unknown"),
        (flux("1.8.0", [deployed("1.8.0")], values={"albController": {"image": {"tag": "1.6.7"}}}), "unknown"),
        (flux("1.6.7", [{"chartName": "other", "chartVersion": "1.6.7"}], chart="other"), "unknown"),
        (flux("1.8.0", [deployed("1.8.0")], kubeConfig={"secretRef": {"name": "other"}}), "unknown"),
        (flux("1.6.7", [deployed("1.6.7")], kubeConfig={"secretRef": {"name": "other"}}), "unknown"),
        (argo("1.8.0", seen("1.8.0")), "pass"),
        (argo("1.8.0", seen("1.6.7")), "fail"),
        (argo("1.8.0", seen("1.8.0", "someone/alb-controller")), "unknown"),
        (argo("1.8.0", seen("1.6.7", "own.azurecr.io/alb-controller-bootstrap")), "pass"),
        (argo("1.8.0", seen("1.6.7"), chart="charts/other"), "unknown"),
        (known(flux("1.8.0", [deployed("1.8.0")]), 4, 4), "pass"),
        (known(flux("1.8.0", [deployed("1.8.0")]), 10, 9), "unknown"),  # a change of it that nothing has taken up yet
        (known(flux("1.8.0", [deployed("1.8.0")]), 9, 10), "pass"),
        (known(flux("1.8.0", [deployed("1.8.0")]), 1, -1), "unknown"),
        (known(ready_at(3), 3, 3), "pass"),
        (known(ready_at(2), 3, 3), "unknown"),
        (known(flux("1.6.7", [deployed("1.6.7")]), 10, 9), "fail"),
        (known(flux("1.8.0", [deployed("1.8.0")]), deletionTimestamp="2026-11-27T00:00:00Z"), "unknown"),
        (known(argo("1.8.0"), deletionTimestamp="2026-11-27T00:00:00Z"), "unknown"),
        (known(argo("1.6.7"), deletionTimestamp="2026-11-27T00:00:00Z"), "fail"),
        (conditioned(flux("1.8.0", [deployed("1.8.0")]), "Ready", "True"), "pass"),
        (conditioned(flux("1.8.0", [deployed("1.8.0")]), "Ready", "False"), "unknown"),
        (conditioned(flux("1.8.0", [deployed("1.8.0")]), "Ready", "Unknown"), "unknown"),
        (conditioned(flux("1.8.0", [deployed("1.8.0")]), "Released", "True"), "unknown"),
        (conditioned(flux("1.8.0", [deployed("1.8.0")]), "Ready", "***"), "unknown"),
        (conditioned(flux("1.6.7", [deployed("1.6.7")]), "Stalled", "True"), "fail"),
        (conditioned(flux("1.8.0", [deployed("1.8.0")]), "Released", "False"), "unknown"),
        (conditioned(flux("1.6.7", [deployed("1.6.7")]), "Ready", "False"), "fail"),
        (sent(argo("1.8.0"), server="https://kubernetes.default.svc"), "pass"),
        (sent(argo("1.8.0"), name="in-cluster"), "pass"),
        (sent(argo("1.8.0"), server="https://other.hcp.japaneast.azmk8s.io:443"), "unknown"),
        (sent(argo("1.6.7"), name="other"), "unknown"),
        (
            argo("1.8.0")
            | {
                "spec": {
                    "source": {
                        "repoURL": "https://charts.example.com",
                        "chart": "alb-controller",
                        "targetRevision": "1.8.0",
                    }
                }
            },
            "unknown",
        ),
        (argo("1.8.0"), "pass"),
        (argo("1.6.7", {}), "fail"),
        (argo("1.8.0", {}), "unknown"),
        (argo("1.8.0", OUT_OF_SYNC), "unknown"),
        (argo("1.8.0", parameters=[{"name": "image.tag", "value": "1.6.7"}]), "unknown"),
        (argo("1.8.0", values="image: {tag: 1.6.7}"), "unknown"),
        (argo("1.8.0", parameters=[{"name": "albController.namespace", "value": "alb"}]), "pass"),
        (flux("1.8.0", [{**deployed("1.6.7"), "chartName": "other"}]), "unknown"),
        (flux("1.6.7", [deployed("1.8.0")], chart="other"), "pass"),
        (argo("1.6.7", chart="other"), "unknown"),
        (argo("1.8.0", synced("1.6.7")), "fail"),
        (argo("1.6.7", synced("1.8.0")), "fail"),
        (argo("1.9.0", synced("1.8.0")), "unknown"),
        (argo("1.8.x", synced("1.8.0")), "pass"),
        (argo("v1.8.0", synced("1.8.0")), "pass"),
        (argo("1.8.0", {"sync": {"status": "Synced"}, "health": {"status": "Healthy"}}), "unknown"),
        (argo("1.8.0", fileParameters=[{"name": "image.tag", "path": "tag.txt"}]), "unknown"),
        (flux("1.8.0", [deployed("1.8.0")], valuesFrom=[{"kind": "ConfigMap", "name": "own"}]), "unknown"),
        (flux("1.8.0", [deployed("1.8.0")], postRenderers=[{"kustomize": {"images": []}}]), "unknown"),
        (flux("1.8.0", [deployed("1.8.0")], valuesFrom=[]), "pass"),
        (flux("1.8.0", [deployed("1.8.0")], values={"albController": {"replicaCount": 0}}), "unknown"),
        (flux("1.8.0", [deployed("1.8.0")], values={"albController": {"replicaCount": 2}}), "pass"),
        (argo("1.8.0", valuesObject={"albController": {"replicas": 0}}), "unknown"),
        (argo("1.8.0", parameters=[{"name": "albController.replicas", "value": "0"}]), "unknown"),
        (argo("1.8.0", parameters=[{"name": "albController.replicas", "value": "2"}]), "pass"),
        (release("deployed", deployment("1.8.0"), deployment("1.2.0", "web")), "pass"),
        (release("deployed", deployment("1.6.7")), "fail"),
        (release("pending-upgrade", deployment("1.8.0")), "unknown"),
        (release("deployed", deployment("1.8.0", "web")), "unknown"),
    ],
)
def test_a_version_passes_where_it_is_deployed_and_fails_where_it_is_wanted(document: object, expected: str):
    assert status(document)[0] == expected


def test_several_sources_of_an_application_are_several_charts():
    several = argo("1.8.0", synced("1.0.0", "1.8.0", key="revisions"))
    several["spec"] = {"sources": [{"chart": "web", "targetRevision": "1.0.0"}, several["spec"]["source"]]}
    assert status(several) == ("pass", "1.8.0")
    several["status"] = synced("1.8.0", key="revisions")
    assert status(several)[0] == "unknown"


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


EVERY_TYPE = (None, True, 5, 0.5, "x", [], [5], [[]], {}, {"x": 5}, [{"name": 5}])
WHOLE: list[Any] = [
    flux("1.8.0", [deployed("1.8.0")], values={"image": {"tag": "1.8.0"}}, valuesFrom=[{"name": "x"}]),
    argo(
        "1.8.0", parameters=[{"name": "x", "value": "1"}], valuesObject={"replicas": 1}, values="a: 1", valueFiles=["x"]
    ),
    {**argo("1.8.0"), "spec": {"sources": [{"chart": "alb-controller", "targetRevision": "1.8.0", "helm": {}}]}},
    release("deployed", deployment("1.8.0")),
    {
        "name": "alb",
        "namespace": "x",
        "chart": {"metadata": {"name": "alb-controller", "version": "1.8.0"}},
        "info": {},
    },
    {**deployment("1.8.0"), "status": {"replicas": 1, "availableReplicas": 1, "conditions": [{"type": "Available"}]}},
]


def damages(value: Any) -> Iterator[Any]:
    """The value with each of its parts, and itself, replaced by something of each type of JSON."""
    yield from EVERY_TYPE
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        for part in damages(value[key]):
            changed = value.copy()
            changed[key] = part
            yield changed


@pytest.mark.parametrize("whole", WHOLE)
def test_any_type_of_json_in_any_place_is_an_answer(whole: Any):
    for document in damages(whole):
        try:
            assert status(document)[0] in ("pass", "fail", "unknown")
        except InputError as refused:
            assert refused.code in ("not-recognised", "wrong-type"), document
