"""ApplicationLoadBalancer objects that charts of other programs make, and objects whose text is not known yet."""

import json
from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.findings import Finding

from .test_laws import NETWORK, association
from .test_owners import AGC, AKS, HERE, balancer, judged, of
from .test_plans import AFTER, aks, change, plan
from .test_plans import association as declared
from .test_plans import subnet as planned

SIZED, WIDE = planned("agc", "10.0.4.0/24", AGC), planned("agc", "10.0.4.0/23", AGC)
OWN = declared("a", AGC, "no-op")
NONE = {"agcAssociations": []}


def wanted(on: str = AGC) -> dict[str, Any]:
    return {key: value for key, value in balancer("more", on).items() if key != "status"}


VALUES = {
    "objects of a chart": lambda made: {"extraObjects": [made]},
    "resources of a chart that only has these": lambda made: {"resources": [made]},
    "a text": lambda made: {"extraDeploy": json.dumps(made)},
    "texts": lambda made: {"templates": [json.dumps(made)]},
    "deep": lambda made: {"app": {"gateway": {"manifests": {"alb": made}}}},
}


def released(values: Any, **more: Any) -> dict[str, Any]:
    about = {"name": "app", "chart": "app", "version": "1.0.0", "namespace": "infra", "values": [json.dumps(values)]}
    return change("helm_release.app", about | more, {})


@pytest.mark.parametrize("form", VALUES)
def test_an_object_in_the_values_of_another_chart_asks_for_an_association(form: str):
    made = VALUES[form](wanted())
    assert judged(plan(aks(), SIZED, OWN), NONE)[0] == "pass"
    assert judged(plan(aks(), SIZED, OWN, released(made)), NONE)[0] == "fail"
    flux = {
        "apiVersion": "helm.toolkit.fluxcd.io/v2",
        "kind": "HelmRelease",
        "metadata": {"name": "app", "namespace": "infra"},
        "spec": {"chart": {"spec": {"chart": "app", "version": "1.0.0"}}, "values": made},
    }
    there = [association("g1", "agc"), association("g2", "agc")]
    assert judged(AKS, HERE, there[:1])[0] == "pass"
    same = VALUES[form](wanted(f"{NETWORK}/a/subnets/agc"))
    assert judged(AKS, HERE, there[:1], flux | {"spec": {**flux["spec"], "values": same}})[0] == "unknown"


def test_one_object_in_a_chart_and_in_the_cluster_is_one():
    """A chart's object is in the release's namespace, as the cluster shows it."""
    here = f"{NETWORK}/a/subnets/agc"
    bare = {**wanted(here), "metadata": {"name": "more"}}
    flux = {
        "apiVersion": "helm.toolkit.fluxcd.io/v2",
        "kind": "HelmRelease",
        "metadata": {"name": "app", "namespace": "infra"},
        "spec": {"chart": {"spec": {"chart": "app"}}, "values": {"extraObjects": [bare]}},
    }
    shown = balancer("more", here, of("g1"))
    assert judged(AKS, HERE, [association("g1", "agc")], shown)[0] == "pass"
    assert judged(AKS, HERE, [association("g1", "agc")], shown, flux)[0] == "pass"


def test_what_a_release_has_made_counts():
    made = {"info": {"status": "deployed"}, "name": "app", "namespace": "infra", "manifest": json.dumps(wanted())}
    assert judged(plan(aks(), SIZED, OWN), NONE, made)[0] == "fail"


@pytest.mark.parametrize(
    "values",
    [
        {"extraObjects": [{"kind": "ConfigMap", "apiVersion": "v1"}]},
        {"note": "an ApplicationLoadBalancer"},
    ],
)
def test_values_that_only_speak_of_such_objects_change_nothing(values: dict[str, Any]):
    assert judged(plan(aks(), SIZED, OWN, released(values)), NONE)[0] == "pass"


def test_a_text_with_a_chart_s_own_language_may_be_any_object():
    text = "kind: ApplicationLoadBalancer\nspec:\n  associations: [{{ .Values.subnet }}]\n"
    status, fix = judged(plan(aks(), SIZED, OWN, released({"templates": [text]})), NONE)
    assert status == "unknown" and "helm_release.app" in fix and "kubectl get applicationloadbalancer" in fix


def finding(rule: str, *documents: Any) -> Finding:
    return next(each for each in check(compose(list(documents)), "en") if each.id == rule)


def hidden(actions: str = "create", **stated: Any) -> dict[str, Any]:
    before = {"yaml_body": "kind: ConfigMap\napiVersion: v1\n", **stated} if actions == "update" else None
    return change("kubectl_manifest.m", stated, AFTER | {"yaml_body": True}, actions, before=before)


@pytest.mark.parametrize("actions", ["create", "update"])
@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ({}, "unknown"),
        ({"kind": None}, "unknown"),
        ({"kind": "ApplicationLoadBalancer"}, "unknown"),
        ({"kind": "Deployment"}, "pass"),
    ],
)
def test_an_object_of_a_kind_that_is_told_need_not_be_read(stated: dict[str, Any], status: str, actions: str):
    made = plan(aks(), SIZED, OWN, hidden(actions, **stated))
    assert {finding(rule, made, NONE).status for rule in ("AGC004", "AGC005", "AGC006", "AGC007")} == {status}


def test_beside_an_object_that_nobody_knows_what_is_wrong_stays_wrong():
    assert finding("AGC004", plan(aks(), WIDE, OWN), NONE).status == "fail"
    assert finding("AGC004", plan(aks(), WIDE, OWN, hidden()), NONE).status == "fail"
    open_one = finding("AGC004", plan(aks(), SIZED, OWN, hidden()), NONE)
    assert "`kubectl_manifest.m`" in open_one.fix and "az network alb association list" in open_one.fix
