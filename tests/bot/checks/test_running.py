"""The version of ALB Controller that is asked for must run: a workload that runs nothing passes nothing."""

from typing import Any

import pytest
import yaml

from bot.checks import check, compose, inspect, read_documents
from bot.checks.plan.planner import plans

from .test_laws import cluster, deployment
from .test_plans import aks, change, plan

AKS = cluster("one", "azure", "overlay")
UP = {"replicas": 2, "readyReplicas": 2, "availableReplicas": 2, "updatedReplicas": 2, "observedGeneration": 3}


def judged(*documents: Any) -> tuple[str, str | None, str]:
    (finding,) = [finding for finding in check([AKS, *documents], "en") if finding.id == "AGC003"]
    return str(finding.status), finding.observed, finding.fix


def workload(version: str, wanted: int | None = 2, kind: str = "Deployment", **status: Any) -> dict[str, Any]:
    made = deployment(version) | {"kind": kind, "status": status}
    made["metadata"] = {**made["metadata"], "generation": 3}
    return made | {"spec": {**made["spec"], **({} if wanted is None else {"replicas": wanted})}}


def without(made: dict[str, Any], name: str) -> dict[str, Any]:
    return made | {"status": {key: value for key, value in made["status"].items() if key != name}}


def paused(made: dict[str, Any]) -> dict[str, Any]:
    return made | {"spec": {**made["spec"], "paused": True}}


def pod(version: str, phase: str = "Running", **container: Any) -> dict[str, Any]:
    image = f"mcr.microsoft.com/application-lb/images/alb-controller:{version}"
    status = {"phase": phase, "containerStatuses": [{"name": "alb-controller", "image": image, **container}]}
    spec = {"containers": [{"name": "alb-controller", "image": image}]}
    about = {"name": "alb-controller-6d4cf56db6-x2k9p"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": about, "spec": spec, "status": status}


def released(*workloads: object) -> dict[str, Any]:
    """As `helm status -o json` prints it."""
    return {"name": "alb", "info": {"status": "deployed"}, "manifest": yaml.safe_dump_all(workloads), "version": 3}


NOT_READY = {"type": "Ready", "status": "False", "reason": "ContainersNotReady"}
READY = {"ready": True, "state": {"running": {}}}


@pytest.mark.parametrize(
    ("document", "seen"),
    [
        (workload("1.8.0", 0, replicas=0), "replicas: 0"),
        (workload("1.8.0", 0), "replicas: 0"),
        (workload("1.8.0", **UP | {"replicas": "***", "updatedReplicas": 1}), "updatedReplicas: 1 of 2"),
        (workload("1.8.0", 3, **UP), "availableReplicas: 2 of 3"),
        (workload("1.8.0", **UP | {"unavailableReplicas": 1}), "unavailableReplicas: 1"),
        (workload("1.8.0", replicas=2, readyReplicas=0), "readyReplicas: 0"),
        (workload("1.8.0", replicas=2, updatedReplicas=2, conditions=[]), "availableReplicas: 0"),
        (workload("1.8.0", **UP | {"updatedReplicas": 1}), "updatedReplicas: 1 of 2"),
        (without(workload("1.8.0", **UP), "updatedReplicas"), "updatedReplicas: 0 of 2"),  # Kubernetes leaves out a 0
        (paused(without(workload("1.8.0", **UP), "updatedReplicas")), "updatedReplicas: 0 of 2"),
        (paused(workload("1.8.0")), "paused: true"),
        (paused(deployment("1.8.0")), "paused: true"),
        (
            workload("1.8.0", kind="DaemonSet", desiredNumberScheduled=3, numberReady=3),
            "updatedNumberScheduled: 0 of 3",
        ),
        (workload("1.8.0", **UP | {"availableReplicas": 1}), "availableReplicas: 1 of 2"),
        (workload("1.8.0", **UP | {"observedGeneration": 2}), "observedGeneration: behind generation"),
        (workload("1.8.0", None, "DaemonSet", numberReady=1, numberUnavailable=2), "numberUnavailable: 2"),
        (
            pod("1.8.0", "Pending", state={"waiting": {"reason": "ImagePullBackOff"}}),
            "alb-controller: ImagePullBackOff",
        ),
        (pod("1.8.0", "Running", ready=False, state={"running": {}}), "ready: false"),
        (pod("1.8.0", "Failed"), "phase: Failed"),
        (pod("1.8.0") | {"status": {"phase": "Running", "conditions": [NOT_READY]}}, "Ready: False"),
        (
            pod("1.8.0") | {"status": {"phase": "Running", "conditions": [NOT_READY | {"status": "Unknown"}]}},
            "Ready: Un",
        ),
        (pod("1.8.0") | {"status": {}}, "status: {}"),
        (workload("1.8.0"), "status: {}"),
        (deployment("1.8.0") | {"status": None}, "status: {}"),
        (released(workload("1.8.0", 0)), "replicas: 0"),
        (workload("1.8.0", **UP, conditions=[{"type": "Available", "status": "False"}]), "Available: False"),
        (workload("1.8.0", **UP) | {"metadata": {"name": "alb-controller", "deletionTimestamp": "x"}}, "terminating"),
        (pod("1.8.0") | {"metadata": {"name": "alb-controller", "deletionTimestamp": "2026-01-01"}}, "terminating"),
    ],
)
def test_a_version_that_does_not_run_passes_nothing_and_says_why(document: Any, seen: str):
    status, observed, fix = judged(document)
    assert status == "unknown"
    assert seen in (observed or "") and seen in fix
    assert judged(document, {"kind": "ConfigMap", "apiVersion": "v1"})[0] == "unknown"


@pytest.mark.parametrize(
    "document",
    [
        workload("1.8.0", **UP),
        paused(workload("1.8.0", **UP, conditions=[{"type": "Progressing", "status": "Unknown"}])),
        deployment("1.8.0"),
        pod("1.8.0", **READY),
        pod("1.8.0"),
    ],
)
def test_a_version_that_runs_or_of_which_nobody_says_more_passes(document: Any):
    assert judged(document)[0] == "pass"


def test_numbers_of_yaml_say_the_same():
    text = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: alb-controller, generation: 3}
spec: {replicas: REPLICAS, template: {spec: {containers: [{name: alb-controller, image: "x.io/alb-controller:1.8.0"}]}}}
status: {replicas: 2, readyReplicas: READY, availableReplicas: READY, updatedReplicas: READY, observedGeneration: 3}
"""
    for replicas, ready, status in (("2", "2", "pass"), ("0", "2", "unknown"), ("2", "0", "unknown")):
        written = text.replace("REPLICAS", replicas).replace("READY", ready).encode()
        assert judged(read_documents(written))[0] == status


def test_a_version_that_is_too_old_fails_whether_it_runs_or_not():
    assert judged(workload("1.6.7", 0))[0] == "fail"
    assert judged(pod("1.6.7", **READY), pod("1.8.0", "Pending"))[0] == "fail"


def test_a_version_runs_where_all_that_should_run_it_do():
    for other in (pod("1.8.0", "Pending"), pod("1.8.0", ready=False, state={"running": {}})):
        assert judged(other, pod("1.8.0", **READY))[0] == judged(pod("1.8.0", **READY), other)[0] == "unknown"
    assert judged(workload("1.8.0", **UP | {"replicas": 3}), pod("1.8.0", **READY))[0] == "unknown"
    assert judged(workload("1.8.0", **UP), pod("1.8.0", "Failed"))[0] == "pass"


def test_a_status_that_says_nothing_is_no_word_against_one_that_does():
    for other in (workload("1.8.0", **UP), pod("1.8.0", **READY), released(deployment("1.8.0"))):
        assert judged(workload("1.8.0"), other)[0] == judged(other, workload("1.8.0"))[0] == "pass"
    assert judged(workload("1.8.0"), pod("1.8.0") | {"status": {}})[0] == "unknown"


def test_revisions_and_pods_that_are_over_say_nothing_of_what_runs():
    """`kubectl get all` prints the replica sets of earlier versions, too, and pods that were evicted."""
    old = workload("1.6.7", 0, "ReplicaSet", replicas=0)
    assert judged(old, workload("1.8.0", **UP))[0] == judged(workload("1.8.0", **UP), old)[0] == "pass"
    assert judged(pod("1.6.7", "Failed"), pod("1.8.0", **READY))[0] == "pass"
    assert judged(workload("1.8.0", 0, "ReplicaSet", replicas=0))[0] == "unknown"


def test_a_pod_on_its_way_out_says_nothing_beside_one_that_stays():
    def leaving(version: str) -> dict[str, Any]:
        return pod(version, **READY) | {"metadata": {"name": "old", "deletionTimestamp": "2026-01-01T00:00:00Z"}}

    for gone, there, status in (("1.6.7", "1.8.0", "pass"), ("1.8.0", "1.6.7", "fail")):
        for documents in ([leaving(gone), pod(there, **READY)], [pod(there, **READY), leaving(gone)]):
            assert judged(*documents)[0] == status
    assert judged(leaving("1.6.7"))[0] == judged(leaving("1.6.7"), leaving("1.8.0"))[0] == "fail"
    assert judged(leaving("1.8.0"))[0] == judged(leaving("1.8.0"), pod("1.8.0", "Pending"))[0] == "unknown"


def test_a_plan_finds_out_first_whether_the_version_runs():
    (plan,) = plans(compose([AKS, workload("1.8.0", 0)]), "agc", "en")
    assert [step.need for step in plan.steps if step.id == "controller"] == ["unclear"]


@pytest.mark.parametrize("name", ["albController.replicaCount", "replicas"])
def test_a_release_that_lets_nothing_run_passes_nothing(name: str):
    chart = {"name": "alb", "chart": "alb-controller", "version": "1.8.0"}
    for count, status in (("2", "pass"), ("0", "unknown")):
        release = change("helm_release.alb", {**chart, "set": [{"name": name, "value": count}]}, {})
        values = change("helm_release.alb", {**chart, "values": [f"{name.split('.')[-1]}: {count}"]}, {})
        for document in (release, values):
            (each,) = [finding for finding in check(plan(aks(), document), "en") if finding.id == "AGC003"]
            assert (str(each.status), name.split(".")[-1] in (each.observed or "")) == (status, status == "unknown")


@pytest.mark.parametrize(
    ("state", "expected"),
    [("deployed", "pass"), (None, "pass"), ("failed", "unknown"), ("pending-upgrade", "unknown")],
)
def test_a_release_of_a_plan_runs_once_it_is_deployed(state: str | None, expected: str):
    values = {"name": "alb", "chart": "alb-controller", "version": "1.8.0", "status": state}
    assert of_plan(values) == expected
    assert of_plan({**values, "version": "1.6.7"}) == "fail"


def of_plan(values: dict[str, Any]) -> str:
    (each,) = [each for each in check(plan(aks(), change("helm_release.a", values, {})), "en") if each.id == "AGC003"]
    return str(each.status)


def test_a_release_in_a_plan_of_two_clusters_is_nobodys():
    chart = {"name": "alb", "chart": "alb-controller", "version": "1.8.0"}
    changes = [aks(), aks() | {"address": "azurerm_kubernetes_cluster.two"}, change("helm_release.alb", chart, {})]
    changes[1]["change"] = {**changes[0]["change"], "after": {**changes[0]["change"]["after"], "name": "two"}}
    clusters = inspect(plan(*changes), "en")
    assert [str(each.status) for known in clusters for each in known.findings if each.id == "AGC003"] == ["unknown"] * 2
    assert of_plan(chart) == "pass"
