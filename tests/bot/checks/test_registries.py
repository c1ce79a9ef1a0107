"""An image or a chart of the controller's name is Microsoft's, or a copy, where not everybody may publish."""

from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.inventory.registries import strange_chart, strange_image

from .test_laws import cluster
from .test_plans import aks, change, plan


@pytest.mark.parametrize(
    ("image", "registry"),
    [
        ("mcr.microsoft.com/application-lb/images/alb-controller:1.8.0", ""),
        ("own.azurecr.io/platform/agc:1.8.0", ""),
        ("registry:5000/alb-controller:1.8.0", ""),
        ("localhost/alb-controller:1.8.0", ""),
        ("harbor.corp.example/mcr/alb-controller:1.8.0", ""),
        ("docker.io/someone/alb-controller:1.8.0", "docker.io"),
        ("GHCR.io/someone/alb-controller:1.8.0", "ghcr.io"),
        ("someone/alb-controller:1.8.0", "docker.io"),
        ("alb-controller:1.8.0", "docker.io"),
        ("docker.io:443/someone/alb-controller:1.8.0", "docker.io:443"),
        ("docker.io./someone/alb-controller:1.8.0", "docker.io."),
        ("docker-pullable://quay.io/someone/alb-controller:1.8.0", "quay.io"),
        ("registry.hub.docker.com/someone/alb-controller:1.8.0", "registry.hub.docker.com"),
        ("asia.gcr.io/someone/alb-controller:1.8.0", "asia.gcr.io"),
        ("europe-docker.pkg.dev/someone/x/alb-controller:1.8.0", "europe-docker.pkg.dev"),
        ("ttl.sh/alb-controller:1.8.0", "ttl.sh"),
        ("codeberg.org/someone/alb-controller:1.8.0", "codeberg.org"),
        ("mcr.microsoft.com:443/application-lb/images/alb-controller:1.8.0", ""),
        ("notdocker.io/someone/alb-controller:1.8.0", ""),
        ("docker.io.corp.example/someone/alb-controller:1.8.0", ""),
        ("own.azurecr.io:443/alb-controller:1.8.0", ""),
    ],
)
def test_an_image_is_a_strangers_where_everybody_may_publish(image: str, registry: str):
    assert strange_image(image) == registry


@pytest.mark.parametrize(
    ("repository", "place"),
    [
        ("", ""),
        ("alb-controller", ""),
        ("./charts/alb-controller", ""),
        ("oci://mcr.microsoft.com/application-lb/charts", ""),
        ("mcr.microsoft.com/application-lb/charts", ""),
        ("oci://registry.corp.example/charts", ""),
        ("https://own.azurecr.io/helm/v1/repo", ""),
        ("https://charts.example.com/stable", "charts.example.com"),
        ("oci://registry-1.docker.io/someone", "registry-1.docker.io"),
        ("oci://registry-1.docker.io:443/someone", "registry-1.docker.io:443"),
        ("oci://us-docker.pkg.dev/someone", "us-docker.pkg.dev"),
    ],
)
def test_a_chart_is_a_strangers_in_a_repository_of_the_web_or_a_public_registry(repository: str, place: str):
    assert strange_chart(repository) == place


def status(*documents: Any) -> tuple[str, str]:
    (finding,) = [finding for finding in check(list(documents), "en") if finding.id == "AGC003"]
    return str(finding.status), finding.fix


def running(image: str) -> dict[str, Any]:
    spec = {"template": {"spec": {"containers": [{"name": "alb-controller", "image": image}]}}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "alb-controller"}, "spec": spec}


def test_a_strangers_image_passes_nothing_and_may_fail():
    overlay = cluster("one", "azure", "overlay")
    own, strange = (running(f"{host}/x/alb-controller:1.8.0") for host in ("own.azurecr.io", "quay.io"))
    assert status(overlay, own)[0] == "pass"
    for documents in ([overlay, strange], [overlay, strange, own], [overlay, own, strange]):
        assert status(*documents)[0] == "unknown" and "`quay.io`" in status(*documents)[1]
    assert status(overlay, running("quay.io/x/alb-controller:1.6.7"))[0] == "fail"
    assert status(overlay, running("quay.io/x/agc:1.8.0"))[0] == "unknown"  # the container has the name


def named(image: str, container: str) -> dict[str, Any]:
    made = running(image)
    made["spec"]["template"]["spec"]["containers"][0]["name"] = container
    return made


@pytest.mark.parametrize(
    ("image", "container", "expected"),
    [
        ("own.azurecr.io/web/server:1.25.0", "server", "unknown"),
        ("own.azurecr.io/web/server:1.6.7", "server", "fail"),
        ("own.azurecr.io/web/server:1.25.0", "alb-controller", "pass"),
        ("own.azurecr.io/x/alb-controller:1.25.0", "server", "pass"),
    ],
)
def test_the_name_of_a_workload_alone_passes_nothing(image: str, container: str, expected: str):
    overlay, workload = cluster("one", "azure", "overlay"), named(image, container)
    seen, fix = status(overlay, workload)
    assert seen == expected and (seen != "unknown" or f"`{image}`" in fix)


@pytest.mark.parametrize("workload", [running("quay.io/x/alb-controller:1.8.0"), named("own.azurecr.io/x:1.8.0", "x")])
def test_the_reader_may_say_that_an_image_is_a_copy(workload: dict[str, Any]):
    overlay = cluster("one", "azure", "overlay")
    for version, expected in (("1.8.0", "pass"), ("1.6.7", "fail"), ("1.9.0", "unknown")):
        said = compose([overlay, workload], alb_version=version)
        assert [str(each.status) for each in check(said, "en") if each.id == "AGC003"] == [expected]
        assert status({"aks": overlay, "albController": {"version": version}}, workload)[0] == expected
    idle = {**workload, "spec": {**workload["spec"], "replicas": 0}}
    assert [str(each.status) for each in check(compose([overlay, idle], alb_version="1.8.0"), "en")][2] == "unknown"


def test_a_strangers_chart_in_a_plan_passes_nothing():
    chart = {"name": "x", "chart": "alb-controller", "version": "1.8.0"}
    for repository, expected in ((None, "pass"), ("oci://mcr.microsoft.com/application-lb/charts", "pass"),
                                 ("https://charts.example.com", "unknown")):  # fmt: skip
        release = change("helm_release.alb", chart | {"repository": repository}, {})
        assert status(plan(aks(), release))[0] == expected
