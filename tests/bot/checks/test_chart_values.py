"""A release's version counts only where nothing says that another image, or another chart, is what runs."""

import json
from typing import Any

import pytest
import yaml

from bot.checks import check, read_documents
from bot.checks.inventory.chart_values import keeps_image, names_image

from .test_deployed import AKS, deployed, flux, status
from .test_plans import aks, change, plan

CHART = {"name": "alb", "chart": "alb-controller", "version": "1.8.0"}
MIRROR = "mirror.azurecr.io"


def judged(values: dict[str, Any], unknown: dict[str, Any] | None = None, actions: str = "no-op") -> str:
    release = change("helm_release.alb", CHART | values, unknown, actions)
    (finding,) = [finding for finding in check(plan(aks(), release), "en") if finding.id == "AGC003"]
    return str(finding.status)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("albController.image.registry", MIRROR, "unknown"),
        ("albController.image.registry", "mcr.microsoft.com", "pass"),
        ("albController.image.registry", "mcr.microsoft.com/application-lb/images", "pass"),
        ("albController.image.registry", "mcr.microsoft.com.example.org", "unknown"),
        ("albController.image.repository", f"{MIRROR}/alb-controller", "unknown"),
        ("albController.image.repository", "mcr.microsoft.com/application-lb/images/alb-controller", "pass"),
        ("albController.image.repository", "mcr.microsoft.com/oss/other", "unknown"),
        ("albController.image.name", "other-controller", "unknown"),
        ("albController.image.name.controller", "alb-controller", "pass"),
        ("albController.image.name.controller", "alb/cntr", "unknown"),
        ("albController.image.name.controller", f"{MIRROR}/alb-controller:1.6.7", "fail"),
        ("albController.image.name.bootstrap", "alb/bootstrap", "pass"),
        ("albController.image.name.CRDs", "alb/crds", "pass"),
        ("albController.image.tag", "1.8.0", "pass"),
        ("albController.image.tag", "alb-controller", "unknown"),
        ("albController.image.pullPolicy", "Always", "pass"),
        ("global.imageRegistry", MIRROR, "unknown"),
        ("albController.namespace", "azure-alb-system", "pass"),
    ],
)
def test_a_value_that_names_another_image_passes_nothing(name: str, value: str, expected: str):
    assert judged({"set": [{"name": name, "value": value}]}) == expected
    *steps, last = name.split(".")
    nested: Any = {last: value}
    for step in reversed(steps):
        nested = {step: nested}
    assert judged({"values": [json.dumps(nested)]}) == expected
    own, _ = status(flux("1.8.0", [deployed("1.8.0")], values=nested))
    assert (own == "pass") == (expected == "pass" and not name.endswith("tag"))


@pytest.mark.parametrize("name", ["***", "REDACTED", "[parameters('x')]"])
def test_a_value_whose_name_is_hidden_may_be_the_image(name: str):
    assert judged({"set": [{"name": name, "value": "x"}]}) == "unknown"
    assert judged({"set": [{"name": name, "value": "1.6.7"}]}) in ("unknown", "fail")


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"version": "1.8.0", "app_version": "1.8.0"}, "pass"),
        ({"version": "v1.8.0", "app_version": "stable"}, "pass"),
        ({"version": "1.6.7", "app_version": "1.6.7"}, "fail"),
        ({"version": "1.9.0"}, "unknown"),
        ({"version": "1.8.0", "app_version": "1.6.7"}, "fail"),
        ({"version": "1.8.0", "values": json.dumps({"albController": {"image": {"registry": MIRROR}}})}, "unknown"),
        ({"version": "1.8.0", "values": "{}"}, "pass"),
        ({}, "pass"),
    ],
)
def test_what_helm_says_of_a_release_that_stays_is_what_runs(about: dict[str, Any], expected: str):
    assert judged({"metadata": [about]}) == expected  # a list of blocks, until version 3 of the provider
    assert judged({"metadata": about}) == expected
    assert judged({}, {"metadata": True}, "create") == "pass"  # nothing is there yet


def test_a_program_that_rewrites_what_the_chart_makes_passes_nothing():
    assert judged({"postrender": [{"binary_path": "./patch.sh"}]}) == "unknown"
    assert judged({"postrender": []}) == "pass"
    assert judged({"postrender": None}) == "pass"


def test_words_of_a_name_tell_whether_it_is_of_an_image():
    assert names_image("controller.imageTag")
    assert names_image("version")
    assert not names_image("imagePullSecrets")
    assert not keeps_image("image.tag", "alb-controller")
    assert not keeps_image("image.repository", None)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ({"registry": MIRROR}, "unknown"),
        ({"tag": "1.6.7"}, "unknown"),
        ({"registry": "mcr.microsoft.com"}, "pass"),
        ({}, "pass"),
    ],
)
def test_values_beside_a_release_say_whether_its_image_is_the_charts_own(image: dict[str, str], expected: str):
    listed = [{"name": "alb", "chart": "alb-controller-1.8.0", "namespace": "a", "status": "deployed"}]
    values = {"albController": {"namespace": "azure-alb-system", "image": image}}
    assert [status(*documents)[0] for documents in ((listed, values), (values, listed))] == [expected] * 2
    assert status(values)[0] == "unknown"
    written = read_documents(f"USER-SUPPLIED VALUES:\n{yaml.safe_dump(values)}".encode())
    assert status(listed, written)[0] == expected
    assert status(listed, {"aks": AKS, "albController": {"version": "1.8.0"}})[0] == "pass"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"controller": {"image": {"repository": f"{MIRROR}/alb-controller", "tag": "1.6.7"}}}, "unknown"),
        ({"controller": {"image": {"repository": "mcr.microsoft.com/application-lb/images/alb-controller"}}}, "pass"),
        ({"controller": {"image": "docker.io/someone/alb-controller:1.6.7"}}, "unknown"),
        ({"version": "1.8.0", "image": {"tag": "1.6.7"}}, "unknown"),
        ({"replicaCount": 0}, "unknown"),
        ({"controller": {"replicas": 0}}, "unknown"),
        ({"controller": {"replicas": 2}}, "pass"),
        ({"logLevel": "debug"}, "pass"),
    ],
)
def test_values_are_read_alike_wherever_they_stand(values: dict[str, Any], expected: str):
    """In the output of Helm, in a HelmRelease, and in a plan, where a tag that is too old is told."""
    own = {"albController": values}
    listed = [{"name": "alb", "chart": "alb-controller-1.8.0", "namespace": "a", "status": "deployed"}]
    for documents in ((listed, own), (own, listed)):
        assert status(*documents)[0] == expected
    assert (judged({"values": [json.dumps(own)]}) == "pass") == (expected == "pass")
    assert (status(flux("1.8.0", [deployed("1.8.0")], values=own))[0] == "pass") == (expected == "pass")
