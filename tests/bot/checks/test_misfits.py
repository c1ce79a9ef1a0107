"""Values that do not fit each other decide nothing: another image, a network for a subnet, what nothing runs."""

from typing import Any

import pytest

from bot.checks import Status, check

from .test_laws import NETWORK, association, deployment, network, subnet
from .test_merging import ONE
from .test_what_if import AKS
from .valuework import POOL, WORLDS, Field, aks, passed

MICROSOFT = "mcr.microsoft.com/application-lb/images"


def statuses(documents: list[Any]) -> dict[str, Status]:
    return {finding.id: finding.status for finding in check(documents, "en")}


def running(image: str, container: str = "alb-controller", **more: Any) -> Any:
    spec = {"template": {"spec": {"containers": [{"name": container, "image": image}]}}, **more}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "alb-controller"}, "spec": spec}


@pytest.mark.parametrize(
    ("image", "status"),
    [
        (f"{MICROSOFT}/alb-controller:1.8.0", "pass"),
        ("own.azurecr.io/agc:1.8.0", "pass"),  # a copy under another name
        ("own.azurecr.io:443/copies/controller:1.8.0", "pass"),
        (f"{MICROSOFT}/alb-controller-bootstrap:1.8.0", "unknown"),
        ("own.azurecr.io/alb-controller-bootstrap:1.8.0", "unknown"),
        ("own.azurecr.io/x/alb-controller-crds:1.8.0@sha256:00", "unknown"),
        ("MCR.microsoft.com/oss/pause:1.8.0", "unknown"),
        ("own.azurecr.io/alb-controller-bootstrap:1.6.7", "fail"),
    ],
)
def test_another_image_in_the_controllers_container_passes_nothing(image: str, status: str):
    assert statuses([AKS, running(image)])["AGC003"] == status


@pytest.mark.parametrize(
    "odd",
    [{"osType": "Windows"}, {"osSku": "Windows2022"}, {"nodeImageVersion": "AKSWindows-2022-containerd-20348.1.2"}],
)
def test_kubenet_has_no_windows_pools(odd: Any):
    rest = [document for key, document in WORLDS["kubenet"].items() if key != "aks"]
    assert "AGC012" in passed([aks("kubenet", None), *rest])
    assert statuses([aks("kubenet", None, **odd), *rest])["AGC012"] is Status.UNKNOWN


@pytest.mark.parametrize("own", [f"{NETWORK}/a", f"{NETWORK}/a/virtualNetworkPeerings/p", f"{NETWORK}/a".upper()])
@pytest.mark.parametrize("world", ["pods", "overlay", "flat", "kubenet"])
def test_the_id_of_something_else_is_no_subnet_of_pods(world: str, own: str):
    field = Field(world, "aks", f"{POOL}/podSubnetId", own)
    documents = [*(part for key, part in field.whole().items() if key != "aks"), field.changed(own)]
    verdicts = statuses(documents)
    if world != "kubenet":
        assert verdicts["AGC002"] is Status.UNKNOWN
    assert verdicts["AGC012"] in (Status.UNKNOWN, Status.NOT_APPLICABLE)


@pytest.mark.parametrize(("old", "new"), [("1.6.7", "1.8.0"), ("1.7.9-rc1", "1.7.9")])
def test_a_controller_of_which_nothing_runs_fails_nothing_beside_one_that_runs(old: str, new: str):
    stopped = running(f"{MICROSOFT}/alb-controller:{old}", replicas=0)
    for documents in ([stopped, deployment(new)], [deployment(new), stopped]):
        assert statuses([AKS, *documents])["AGC003"] is Status.UNKNOWN
    assert statuses([AKS, stopped])["AGC003"] is Status.FAIL
    assert statuses([AKS, stopped, deployment(old)])["AGC003"] is Status.FAIL
    both = [stopped, running(f"{MICROSOFT}/alb-controller:{new}", replicas=0)]
    assert statuses([AKS, *both])["AGC003"] is Status.FAIL
    runs_old = [deployment(old), running(f"{MICROSOFT}/alb-controller:{new}", replicas=0)]
    assert statuses([AKS, *runs_old])["AGC003"] is Status.FAIL


@pytest.mark.parametrize("state", [None, 5, [], {"a": "b"}, ""])
def test_a_peering_whose_state_is_not_told_is_not_known_to_connect(state: Any):
    there = [ONE, subnet("hub", "10.9.0.0/24", "b"), [association("g1", "hub", "b")], network("b", "japaneast")]
    whole = network("a", "japaneast", "b")
    assert statuses([*there, whole])["AGC006"] is Status.FAIL
    whole["virtualNetworkPeerings"][0]["peeringState"] = state
    assert statuses([*there, whole])["AGC006"] is Status.UNKNOWN
