"""A value of the wrong type, wherever it stands, gives findings and plans, or a refusal: never an internal error."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from bot.checks.posted import posted

from .casework import edited
from .test_laws import NETWORK, deployment
from .test_plans import change, plan
from .test_releases import flux, release
from .valuework import WORLDS

BALANCER = {
    "apiVersion": "alb.networking.azure.io/v1",
    "kind": "ApplicationLoadBalancer",
    "metadata": {"name": "a", "namespace": "n", "generation": 1, "labels": {"a": "b"}},
    "spec": {"associations": [f"{NETWORK}/a/subnets/agc"]},
    "status": {"conditions": [{"type": "Deployment", "status": "True", "message": "alb-id=/x/y"}]},
}
POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "alb-controller-1", "namespace": "n", "annotations": {"meta.helm.sh/release-name": "a"}},
    "spec": deployment("1.8.0")["spec"]["template"]["spec"],
    "status": {"phase": "Running", "containerStatuses": [{"name": "alb-controller", "ready": True, "state": {}}]},
}
ARGO = {
    "apiVersion": "argoproj.io/v1alpha1",
    "kind": "Application",
    "metadata": {"name": "alb", "generation": 1},
    "spec": {
        "source": {
            "chart": "charts/alb-controller",
            "targetRevision": "1.8.0",
            "helm": {"parameters": [{"name": "a"}]},
        },
        "destination": {"namespace": "n", "server": "https://kubernetes.default.svc"},
    },
    "status": {"sync": {"status": "Synced", "revision": "1.8.0"}, "health": {"status": "Healthy"}},
}
VALUES = {"albController": {"namespace": "n", "podIdentity": {"clientID": "x"}, "image": {"tag": "1.8.0"}}}
MASQ = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "azure-ip-masq-agent-config", "namespace": "k"}}
MADE = {"manifest": json.loads(json.dumps(BALANCER))}
TERRAFORM = plan(change("kubernetes_manifest.b", MADE, actions="no-op"))
HELD = release(manifest=json.dumps(deployment("1.8.0")), config=VALUES)
DOCUMENTS: dict[str, Any] = {
    "balancer": BALANCER,
    "pod": POD,
    "argo": ARGO,
    "flux": flux(),
    "release": HELD,
    "values": VALUES,
    "masq": MASQ,
    "terraform": TERRAFORM,
    "subnet": WORLDS["overlay"]["subnet"],
    "associations": WORLDS["overlay"]["associations"],
    "network": WORLDS["near"]["hub"],
}
WRONG: list[Any] = [{}, [], ["x"], {"x": {}}, 5, True, "", None, [[]]]


def pointers(value: Any, at: str = "") -> Iterator[str]:
    """Every part of a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in pairs:
        here = f"{at}/{key}" if "/" not in str(key) else ""
        if here:
            yield here
            yield from pointers(part, here)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_wrong_type_is_an_internal_error(name: str):
    beside = [WORLDS["overlay"]["aks"], WORLDS["overlay"]["subnet"]]
    for pointer in pointers(DOCUMENTS[name]):
        for wrong in WRONG:
            changed = edited(deepcopy(DOCUMENTS[name]), {pointer: wrong})
            data = json.dumps([*beside, changed]).encode()
            for answer in (
                posted.report(data, 1 << 20, "json", "en"),
                posted.plan(data, 1 << 20, "overlay", "json", "en"),
            ):
                assert isinstance(answer, posted.Report | posted.Problem)


@pytest.mark.parametrize("part", ["name", "namespace"])
@pytest.mark.parametrize("wrong", [{}, [], 5, True])
def test_a_load_balancer_whose_name_is_no_text_is_refused_with_its_place(part: str, wrong: Any):
    made = edited(deepcopy(BALANCER), {f"/metadata/{part}": wrong})
    data = json.dumps([WORLDS["overlay"]["aks"], made]).encode()
    refused = posted.report(data, 1 << 20, "json", "en")
    assert isinstance(refused, posted.Problem) and refused.code == "wrong-type"
    assert f"/1/metadata/{part}" in refused.message
