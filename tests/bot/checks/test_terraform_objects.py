"""Objects of Kubernetes in a Terraform plan decide as those that kubectl prints, whatever resource they are."""

import json
from typing import Any

import pytest

from bot.checks.findings import Status
from bot.checks.spelling import AFTER_APPLY

from .test_before_and_after import REPAIRS, cluster, plan, resource, statuses
from .test_forgotten import of_overlay
from .test_laws import deployment
from .valuework import passed

IMAGE = "mcr.microsoft.com/application-lb/images/alb-controller"
NEW, OLD = "1.7.9", "1.6.7"
State = dict[str, Any]


def flux(version: str) -> State:
    spec = {"chart": {"spec": {"chart": "alb-controller", "version": version}}}
    about = {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease"}
    return {**about, "metadata": {"name": "x", "namespace": "n"}, "spec": spec}


def argo(version: str) -> State:
    source = {"chart": "alb-controller", "repoURL": "mcr.microsoft.com/application-lb/charts"}
    spec = {"source": {**source, "targetRevision": version}, "destination": {"namespace": "n"}}
    return {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "x"}, "spec": spec}


def workload(kind: str) -> Any:
    def made(version: str) -> State:
        pods = {"containers": [{"name": "alb-controller", "image": f"{IMAGE}:{version}"}]}
        spec = pods if kind == "Pod" else {"template": {"spec": pods}}
        return {"apiVersion": "v1", "kind": kind, "metadata": {"name": "x", "namespace": "n"}, "spec": spec}

    return made


def typed(*inside: str) -> Any:
    """In the blocks of the provider of Kubernetes."""

    def made(version: str) -> State:
        spec: Any = [{"container": [{"name": "alb-controller", "image": f"{IMAGE}:{version}"}]}]
        for name in inside[::-1]:
            spec = [{name: spec}]
        return {"metadata": [{"name": "x", "namespace": "n"}], "spec": spec}

    return made


def application(version: str) -> State:
    source = {"chart": "alb-controller", "repo_url": "mcr.microsoft.com/charts", "target_revision": version}
    return {"metadata": [{"name": "x"}], "spec": [{"source": [source], "destination": [{"namespace": "n"}]}]}


def manifest(of: Any) -> Any:
    return lambda version: {"manifest": of(version)}


def text(attribute: str, of: Any) -> Any:
    return lambda version: {attribute: json.dumps(of(version))}


OBJECTS = [flux, argo, *map(workload, ("Deployment", "DaemonSet", "StatefulSet", "Pod"))]
RESOURCES: list[tuple[str, Any]] = [
    *(("kubernetes_manifest", manifest(of)) for of in OBJECTS),
    *(("kubectl_manifest", text("yaml_body", of)) for of in OBJECTS),
    *(("kustomization_resource", text("manifest", of)) for of in OBJECTS),
    *((f"kubernetes_{kind}", typed("template", "spec")) for kind in ("deployment", "deployment_v1", "daemonset")),
    *((f"kubernetes_{kind}", typed("template", "spec")) for kind in ("daemon_set_v1", "stateful_set_v1")),
    *((f"kubernetes_{kind}", typed()) for kind in ("pod", "pod_v1")),
    ("argocd_application", application),
]


def world(kind: str, before: Any, after: Any, *actions: str) -> State:
    """A plan for an overlay cluster that has an object in place of a release."""
    raw = of_overlay(REPAIRS["controller"], None, None)
    return {**raw, "resource_changes": [*raw["resource_changes"], resource(kind, "x", before, after, *actions)]}


@pytest.mark.parametrize(("kind", "made"), RESOURCES)
def test_what_leaves_an_old_controller_passes_beside_no_other_one(kind: str, made: Any):
    old, new, runs = made(OLD), made(NEW), deployment(NEW)
    assert "AGC003" in passed([world("null_resource", {}, {}), runs])
    for before, actions in ((None, ("create",)), (new, ("update",)), (old, ("no-op",)), (new, ("delete", "create"))):
        for documents in ([world(kind, before, old, *actions)], [world(kind, before, old, *actions), runs]):
            assert statuses(documents)["AGC003"] is Status.FAIL
    assert statuses([world(kind, old, None, "forget"), runs])["AGC003"] is Status.FAIL


@pytest.mark.parametrize(("kind", "made"), RESOURCES)
def test_what_is_there_as_it_should_be_disturbs_no_pass(kind: str, made: Any):
    for after in (made(NEW), made(f"{NEW}-x")):
        documents = [world(kind, after, after), deployment(NEW)]
        assert ("AGC003" in passed(documents)) is (after == made(NEW))
    assert "AGC003" in passed([world(kind, made(OLD), None, "delete"), deployment(NEW)])


def hidden(value: Any) -> Any:
    """Which parts of a value name the version, as a plan says what its apply will tell."""
    if isinstance(value, dict):
        return {key: hidden(part) for key, part in value.items()}
    return [hidden(part) for part in value] if isinstance(value, list) else NEW in str(value)


@pytest.mark.parametrize(("kind", "made"), RESOURCES)
def test_a_version_that_only_the_apply_tells_passes_nothing(kind: str, made: Any):
    raw = world(kind, None, made(NEW), "create")
    raw["resource_changes"][-1]["change"]["after_unknown"] = hidden(made(NEW))
    assert "AGC003" not in passed([raw, deployment(NEW)])


@pytest.mark.parametrize("kind", ["kubernetes_manifest", "kubectl_manifest", "kustomization_resource"])
def test_an_object_of_which_nothing_is_known_may_be_a_controller(kind: str):
    attribute = {"kubectl_manifest": "yaml_body"}.get(kind, "manifest")
    for stated, known in ((None, False), (AFTER_APPLY, False), ("Deployment", False), ("Namespace", True)):
        raw = world(kind, None, {"kind": stated}, "create")
        raw["resource_changes"][-1]["change"]["after_unknown"] = {attribute: True}
        assert ("AGC003" in passed([raw, deployment(NEW)])) is known


def test_a_release_of_a_chart_that_is_not_known_may_be_the_controllers():
    raw = world("helm_release", None, {"name": "x", "version": NEW}, "create")
    assert "AGC003" in passed([raw, deployment(NEW)])
    raw["resource_changes"][-1]["change"]["after_unknown"] = {"chart": True}
    assert "AGC003" not in passed([raw, deployment(NEW)])


NAME = "azure-ip-masq-agent-config"
CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": NAME, "namespace": "kube-system"}}
BLOCKS = {"metadata": [{"name": NAME, "namespace": "kube-system"}], "data": {"a": "b"}}
MAPS = [
    *((f"kubernetes_config_map{version}", BLOCKS) for version in ("", "_v1", "_v1_data")),
    ("kubernetes_manifest", {"manifest": CONFIG}),
    ("kubectl_manifest", {"yaml_body": json.dumps(CONFIG)}),
    ("kustomization_resource", {"manifest": json.dumps(CONFIG)}),
]
CHANGES = [(None, True, "create"), (True, True, "no-op"), (True, True, "update"), (True, None, "delete")]
CHANGES += [(True, None, "forget")]


@pytest.mark.parametrize(("before", "after", "action"), CHANGES)
@pytest.mark.parametrize(("kind", "state"), MAPS)
def test_a_configuration_of_masquerading_stands_against_the_upgrade(
    kind: str, state: State, before: Any, after: Any, action: str
):
    """Be it one that goes in the same apply, which nothing orders."""
    raw = plan(REPAIRS["controller"], None, None)
    change = resource(kind, "x", before and state, after and state, action)
    assert statuses(raw)["AGC012"] is Status.PASS
    assert statuses({**raw, "resource_changes": [*raw["resource_changes"], change]})["AGC012"] is Status.UNKNOWN
    other = json.loads(json.dumps(change).replace(NAME, f"{NAME}-reconciled"))
    assert statuses({**raw, "resource_changes": [*raw["resource_changes"], other]})["AGC012"] is Status.PASS
    steady = [each for each in raw["resource_changes"] if each["type"] != "azurerm_kubernetes_cluster"]
    overlay = cluster("overlay")
    steady += [resource("azurerm_kubernetes_cluster", "aks", overlay, overlay), change]
    assert statuses({**raw, "resource_changes": steady})["AGC012"] is Status.NOT_APPLICABLE
