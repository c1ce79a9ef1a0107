"""Who updates ALB Controller: Helm's command is for a release that nobody else keeps as it is."""

from typing import Any

import pytest

from bot.checks import compose
from bot.checks.gather.missing import missing
from bot.checks.rules.engine import judge

from .planwork import flat, made
from .test_laws import association, deployment, subnet
from .test_plan_input import release
from .test_plans import aks, plan

ADDON = {"ingressProfile": {"applicationLoadBalancer": {"enabled": True}}}
REST = [subnet("agc", "10.0.4.0/24"), [association("g1", "agc")]]
HELM_RELEASE = {
    "apiVersion": "helm.toolkit.fluxcd.io/v2",
    "kind": "HelmRelease",
    "metadata": {"name": "alb", "namespace": "flux-system"},
    "spec": {"chart": {"spec": {"chart": "alb-controller", "version": "1.6.7"}}},
    "status": {"history": [{"chartName": "alb-controller", "chartVersion": "1.6.7", "status": "deployed"}]},
}
APPLICATION = {
    "apiVersion": "argoproj.io/v1alpha1",
    "kind": "Application",
    "metadata": {"name": "alb", "namespace": "argocd"},
    "spec": {
        "source": {"chart": "alb-controller", "targetRevision": "1.6.7", "repoURL": "mcr.microsoft.com"},
        "destination": {"server": "https://kubernetes.default.svc"},
    },
    "status": {"sync": {"status": "Synced", "revision": "1.6.7"}, "health": {"status": "Healthy"}},
}
LISTED = [{"name": "alb-controller", "namespace": "x", "chart": "alb-controller-1.6.7", "status": "deployed"}]


def running(**metadata: Any) -> dict[str, Any]:
    """A workload that is too old."""
    old = deployment("1.6.7")
    return old | {"metadata": {**old["metadata"], **metadata}}


FLUX = running(namespace="azure-alb-system", labels={"helm.toolkit.fluxcd.io/name": "alb"})
TRACKED = running(namespace="azure-alb-system", annotations={"argocd.argoproj.io/tracking-id": "alb:apps/Deployment"})


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("documents", "step"),
    [
        ([flat(), HELM_RELEASE], "controller-flux"),
        ([flat(), FLUX], "controller-flux"),
        ([flat(), HELM_RELEASE, LISTED, running(namespace="azure-alb-system")], "controller-flux"),
        ([flat(), APPLICATION], "controller-argo"),
        ([flat(), TRACKED], "controller-argo"),
        ([flat(), running(namespace="kube-system")], "controller-addon"),
        ([flat(**ADDON), deployment("1.6.7")], "controller-addon"),
        ([flat(**ADDON), "1.6.7"], "controller-addon"),
        ([flat(**ADDON), running(namespace="azure-alb-system"), deployment("1.10.1")], "controller"),
        ([flat(), running(namespace="azure-alb-system")], "controller"),
        ([flat(), LISTED], "controller"),
        ([flat(), "1.6.7"], "controller"),
    ],
)
def test_who_keeps_the_controller_says_how_it_is_updated(documents: list[Any], step: str, lang: str):
    plan = made([*documents, *REST], "overlay", lang)
    (updating,) = [each for each in plan.steps if each.id.startswith("controller")]
    assert (updating.id, updating.need) == (step, "todo")
    assert any(line.startswith("helm upgrade") for line in updating.commands) is (step == "controller")


def test_a_release_of_terraform_is_updated_in_its_configuration():
    (document,) = [plan(aks(), release("1.6.7"))]
    updating = next(each for each in made(document, "overlay").steps if each.id.startswith("controller"))
    assert (updating.id, updating.commands) == ("controller-terraform", ())


def test_what_is_new_enough_is_done_whoever_keeps_it():
    for cluster, version in ((flat(**ADDON), "1.10.1"), (flat(), "1.8.0")):
        assert ("controller", "done") in [
            (step.id, str(step.need)) for step in made([cluster, version, *REST], "overlay").steps
        ]


@pytest.mark.parametrize(("more", "namespace"), [(ADDON, "kube-system"), ({}, "azure-alb-system")])
@pytest.mark.parametrize("form", [lambda aks: aks, lambda aks: {"id": aks["id"], "properties": aks}])
def test_the_addon_is_looked_for_where_it_runs(more: Any, namespace: str, form: Any):
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"}, **more)
    documents = [form(overlay), *REST]
    (asking,) = [step for step in made(documents, "agc").steps if step.id.startswith("controller")]
    assert f"--namespace {namespace} " in asking.first[0] and asking.need == "unclear"
    inventory = compose(documents)
    commands = [each.command for each in missing(inventory, judge(inventory, "en"), "en")]
    assert [f"--namespace {namespace} " in line for line in commands if "get deployment" in line] == [True]
