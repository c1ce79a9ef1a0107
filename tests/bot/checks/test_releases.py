"""A Helm release counts with all that it holds: its chart, its values, its manifest, and how it is."""

import json
from typing import Any

import pytest

from bot.checks import check

from .test_laws import cluster, deployment

AKS = cluster("aks", "azure", "overlay")
MADE = json.dumps(deployment("1.8.12"))
BALANCER = {
    "apiVersion": "alb.networking.azure.io/v1",
    "kind": "ApplicationLoadBalancer",
    "metadata": {"name": "a"},
    "spec": {"associations": ["/s"]},
}


def release(version: str = "1.8.12", **more: Any) -> dict[str, Any]:
    """As the SDK of Helm, a decoded Secret, and an earlier `helm status` have it."""
    chart = {"metadata": {"name": "alb-controller", "version": version, "appVersion": version}}
    return {"name": "alb", "namespace": "n", "version": 3, "info": {"status": "deployed"}, "chart": chart} | more


def listed(**more: Any) -> dict[str, Any]:
    return {"name": "alb", "namespace": "n", "chart": "alb-controller-1.8.12", "app_version": "1.8.12"} | more


def judged(*documents: Any, rule: str = "AGC003") -> str:
    (finding,) = [finding for finding in check([AKS, *documents], "en") if finding.id == rule]
    return str(finding.status)


def config(**image: Any) -> dict[str, Any]:
    return {"albController": {"image": image}}


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ({}, "pass"),
        ({"config": None}, "pass"),
        ({"config": {}}, "pass"),
        ({"config": {"albController": {"namespace": "x", "podIdentity": {"clientID": "y"}}}}, "pass"),
        ({"config": config(tag="1.6.7")}, "unknown"),
        ({"config": config(registry="docker.io/other")}, "unknown"),
        ({"config": {"albController": {"replicaCount": 0}}}, "unknown"),
        ({"config": {"raw": "albController:\n  image: {tag: 1.6.7}\n"}}, "unknown"),
        ({"config": {"raw": "a: [\n"}}, "unknown"),
        ({"config": "a: &x 1\n"}, "unknown"),
        ({"config": {"raw": ""}}, "pass"),
        ({"manifest": MADE}, "pass"),
        ({"manifest": MADE, "config": config(tag="1.8.12")}, "pass"),  # the manifest is made with the values
        ({"manifest": json.dumps(deployment("1.6.7"))}, "fail"),
        ({"manifest": deployment("1.6.7")}, "fail"),
        ({"manifest": f"{MADE}\n---\nalb-controller: [\n"}, "unknown"),
        ({"manifest": "a: ["}, "unknown"),
        ({"manifest": "kind: Service\n", "config": config(tag="1.6.7")}, "unknown"),
    ],
)
def test_what_a_release_holds_counts_beside_its_chart(held: dict[str, Any], status: str):
    assert judged(release(**held)) == status
    assert judged([release(**held)]) == status
    if status != "pass":
        assert judged(release(**held), deployment("1.8.12")) == status


@pytest.mark.parametrize("state", ["superseded", "uninstalled", "uninstalling"])
def test_a_release_that_is_gone_tells_nothing(state: str):
    gone = release(
        "1.6.7", manifest=json.dumps(deployment("1.6.7")), config=config(tag="1.6.7"), info={"status": state}
    )
    assert judged(gone, deployment("1.8.12")) == "pass"


def test_another_chart_is_told_by_what_it_makes():
    other = {"chart": {"metadata": {"name": "umbrella", "version": "0.1.0"}}}
    assert judged(release(**other), deployment("1.8.12")) == "pass"
    assert judged(release(**other, config=config(tag="1.6.7")), deployment("1.8.12")) == "pass"
    assert judged(release(**other, manifest=json.dumps(deployment("1.6.7"))), deployment("1.8.12")) == "fail"


def test_load_balancers_in_the_manifest_of_a_release_count():
    subnet = {"addressPrefix": "10.0.4.0/24", "id": "/v/subnets/s"}
    made = release(manifest=json.dumps(BALANCER))
    known = {"aks": AKS, "subnet": subnet, "agcAssociations": []}
    assert judged(known, release(), rule="AGC005") == "pass"
    assert judged(known, made, rule="AGC005") != "pass"


@pytest.mark.parametrize("state", ["", " ", None, {}, [], 0, "failed", "pending-upgrade", "?"])
def test_a_status_that_is_not_deployed_passes_nothing(state: Any):
    assert judged([listed(status="deployed")]) == judged([listed()]) == "pass"
    assert judged([listed(status=state)]) == "unknown"
    assert judged(release(info={"status": state})) == "unknown"
    assert judged({"name": "alb", "info": {"status": state}, "manifest": MADE}) == "unknown"


@pytest.mark.parametrize("app", ["1.6.7", "v1.6.7", " V1.6.7 ", "1.8.1", 1.6, 1])
def test_a_chart_that_installs_another_version_than_its_own_passes_nothing(app: Any):
    assert judged([listed(app_version=app)]) == "unknown"
    assert judged(release(chart={"metadata": {"name": "alb-controller", "version": "1.8.12", "appVersion": app}})) == (
        "unknown"
    )
    assert judged(flux(appVersion=app)) == "unknown"
    assert judged(flux(appVersion="v1.8.12")) == judged(flux()) == "pass"


@pytest.mark.parametrize("state", ["", None, 0, {}])
def test_a_history_of_flux_without_a_status_in_its_place_passes_nothing(state: Any):
    assert judged(flux(status=state)) == "unknown"


def flux(**more: Any) -> dict[str, Any]:
    last = {"chartName": "alb-controller", "chartVersion": "1.8.12"} | more
    chart = {"chart": "alb-controller", "version": "1.8.12"}
    return {
        "apiVersion": "helm.toolkit.fluxcd.io/v2",
        "kind": "HelmRelease",
        "metadata": {"name": "alb"},
        "spec": {"chart": {"spec": chart}},
        "status": {"history": [last], "conditions": [{"type": "Ready", "status": "True"}]},
    }
