"""Several documents at once, as they come out of az, kubectl and Terraform."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.checks import InputError, Status, check, compose, problem
from bot.checks.inventory.kinds import Kind, recognise

from .casework import CASES, base

WHOLE = base("overlay")
AKS, SUBNET, ASSOCIATIONS = WHOLE["aks"], WHOLE["subnet"], WHOLE["agcAssociations"]
IMAGE = "mcr.microsoft.com/application-lb/images/alb-controller:1.8.12"
HUB = base("hub")["vnets"]["agc"]["id"]
DEPLOYMENT = {
    "kind": "Deployment",
    "spec": {"template": {"spec": {"containers": [{"image": "registry:5000/mesh:2.0.0"}, {"image": IMAGE}]}}},
}


def vnet(vnet_id: str, region: str, *remotes: str) -> dict[str, Any]:
    """As `az network vnet show` prints it."""
    return {
        "id": vnet_id,
        "location": region,
        "type": "Microsoft.Network/virtualNetworks",
        "addressSpace": {"addressPrefixes": ["10.60.0.0/16"]},
        "virtualNetworkPeerings": [{"remoteVirtualNetwork": {"id": remote}} for remote in remotes],
    }


NODES = vnet(WHOLE["vnets"]["aks"]["id"], "Japan East")


def statuses(raw: object, planned: str | None = None) -> dict[str, Status]:
    return {finding.id: finding.status for finding in check(compose(raw, planned=planned), "en")}


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (NODES, Kind.VNET),
        ({"properties": {"addressSpace": {}}}, Kind.VNET),
        (DEPLOYMENT, Kind.WORKLOAD),
        (IMAGE, Kind.CONTROLLER),
        ("1.7.9", Kind.CONTROLLER),
        ("anything", Kind.OTHER),
        ({"kind": "Deployment", "spec": {"template": 5}}, Kind.WORKLOAD),
        ({"networkPlugin": "azure"}, Kind.CLUSTER),
        ({"chart": "alb-controller-1.7.9", "app_version": "1.7.9"}, Kind.RELEASE),
        ({"type": "Microsoft.Compute/virtualMachines", "networkProfile": {}}, Kind.RESOURCE),
        (
            {"id": "/subscriptions/0/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v/subnets/s"},
            Kind.SUBNET,
        ),
        ({"type": "Microsoft.ServiceNetworking/trafficControllers"}, Kind.GATEWAY),
        (ASSOCIATIONS[0], Kind.ASSOCIATIONS),
        ([], Kind.ASSOCIATIONS),
        ([{"subnet": {"id": "x"}}], Kind.ASSOCIATIONS),
        ({"albController": {"version": "1.7.9"}}, Kind.SNAPSHOT),
        ([AKS], Kind.OTHER),
    ],
)
def test_what_az_and_kubectl_print_is_recognised(document: object, kind: Kind):
    assert recognise(document) is kind


def test_an_array_has_a_kind_for_each_document():
    assert compose([AKS, ASSOCIATIONS, [SUBNET, NODES], [], DEPLOYMENT]).kinds == [
        "az aks show",
        "az network alb association list",
        "az network vnet subnet show + az network vnet show",
        "[]",
        "kubectl get",
    ]
    assert compose(WHOLE).kinds == ["snapshot"]


@pytest.mark.parametrize("turned", [False, True])
def test_an_array_makes_the_findings_of_the_whole_snapshot(turned: bool):
    array = [AKS, SUBNET, ASSOCIATIONS, IMAGE, NODES]
    assert statuses(array[::-1] if turned else array) == statuses(WHOLE)
    assert statuses([[AKS, [SUBNET]], *ASSOCIATIONS, DEPLOYMENT]) == statuses(WHOLE)


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_that_differ_none_wins(turned: bool):
    def both(*array: object) -> dict[str, Status]:
        return statuses(list(array[::-1] if turned else array))

    assert both({**WHOLE, "albController": {"version": "1.6.0"}}, DEPLOYMENT)["AGC003"] is Status.FAIL
    larger = {**SUBNET, "addressPrefix": "10.60.4.0/23"}
    assert both(larger, WHOLE)["AGC004"] is Status.UNKNOWN
    assert both(larger, SUBNET, AKS)["AGC004"] is Status.UNKNOWN
    assert both({**WHOLE, "planned": "install-agc"}, {**WHOLE, "planned": None})["AGC005"] is Status.FAIL
    assert both({**WHOLE, "albController": None}, DEPLOYMENT)["AGC003"] is Status.PASS


def test_the_plan_of_the_reader_replaces_the_documents():
    assert statuses(WHOLE, "install-agc")["AGC005"] is Status.FAIL


def test_of_a_networks_subnets_the_gateways_one_counts():
    nodes = {**SUBNET, "id": SUBNET["id"].replace("snet-agc", "snet-nodes"), "addressPrefix": "10.60.0.0/22"}
    assert statuses([AKS, ASSOCIATIONS, [SUBNET, nodes]])["AGC004"] is Status.PASS
    assert statuses([AKS, [SUBNET, nodes]])["AGC004"] is Status.PASS
    assert statuses([AKS, [nodes]])["AGC004"] is Status.UNKNOWN
    assert statuses([AKS, ASSOCIATIONS, [nodes]])["AGC004"] is Status.UNKNOWN


@pytest.mark.parametrize(
    ("networks", "regional", "across"),
    [
        ([vnet(HUB, "japaneast", NODES["id"].upper()), NODES], Status.FAIL, Status.PASS),
        ([vnet(HUB, "japanwest"), vnet(NODES["id"], "japaneast", HUB)], Status.PASS, Status.FAIL),
        ([vnet(HUB, "japanwest"), NODES], Status.PASS, Status.UNKNOWN),
        ([vnet(HUB, "japanwest")], Status.UNKNOWN, Status.UNKNOWN),
        ([], Status.UNKNOWN, Status.UNKNOWN),
    ],
)
def test_peering_is_read_from_the_networks(networks: list[object], regional: Status, across: Status):
    by_rule = statuses([AKS, {**SUBNET, "id": f"{HUB}/subnets/snet-agc"}, *networks])
    assert (by_rule["AGC006"], by_rule["AGC007"]) == (regional, across)


def test_the_gateways_network_is_known_from_the_associations_too():
    by_rule = statuses([AKS, ASSOCIATIONS, NODES])
    assert (by_rule["AGC004"], by_rule["AGC006"]) == (Status.UNKNOWN, Status.PASS)


def test_a_plan_and_the_running_controller():
    plan = json.loads(Path(CASES / "plan.json").read_text("utf-8"))
    assert statuses([plan, DEPLOYMENT]) == statuses(plan) | {"AGC003": Status.PASS}


@pytest.mark.parametrize(
    ("array", "code", "pointer"),
    [
        ([AKS, {"hello": 1}], "not-recognised", "/1"),
        ([AKS, [SUBNET, 3]], "not-recognised", "/1/1"),
        ([AKS, {"format_version": "1.0", "values": {}}], "terraform-state", "/1"),
        ([AKS, {**NODES, "location": 5}], "wrong-type", "/1/location"),
        ([SUBNET, NODES], "needs-cluster", None),
    ],
)
def test_what_cannot_be_used_is_named(array: list[object], code: str, pointer: str | None):
    with pytest.raises(InputError) as caught:
        check(array, "en")
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


def test_without_a_cluster_the_error_says_what_was_given_and_how_to_get_it():
    array = [SUBNET, NODES]
    with pytest.raises(InputError) as caught:
        check(array, "en")
    said = problem(caught.value, "en", array)
    assert said["code"] == "needs-cluster" and "pointer" not in said
    assert said["input"] == {
        "kinds": ["az network vnet subnet show", "az network vnet show"],
        "missing": [
            {
                "key": "aks",
                "why": "The cluster (every rule)",
                "command": "az aks show --resource-group $RESOURCE_GROUP --name $CLUSTER --output json",
            }
        ],
        "ignored": [],
        "unread": [],
    }


def test_beside_other_documents_a_snapshot_is_not_taken_by_its_word():
    """Its VNets may be left out because they can be told from the ids."""
    without = {key: value for key, value in WHOLE.items() if key != "vnets"}
    assert statuses([without])["AGC006"] is Status.UNKNOWN
    assert statuses([without, SUBNET])["AGC006"] is Status.PASS


def test_a_snapshot_and_pieces_are_judged_together():
    two = [*ASSOCIATIONS, {**ASSOCIATIONS[0], "id": "/another"}]
    by_rule = statuses([two, {"aks": AKS, "albController": {"version": "1.7.9"}}, SUBNET])
    assert (by_rule["AGC003"], by_rule["AGC004"], by_rule["AGC005"]) == (Status.PASS, Status.PASS, Status.FAIL)
    hub = [vnet(HUB, "japaneast", NODES["id"]), NODES]
    gateway = {**SUBNET, "id": f"{HUB}/subnets/snet-agc"}
    assert statuses([*hub, gateway, AKS])["AGC006"] is Status.FAIL
    assert statuses([*hub, WHOLE])["AGC006"] is Status.PASS


@pytest.mark.parametrize("group", ["subnets", "rg"])
def test_vnets_of_one_resource_group_are_two_whatever_it_is_called(group: str):
    """A resource group may be called `subnets`, as the part of an id before a subnet's name."""
    nodes, gateway = (f"/resourceGroups/{group}/providers/n/virtualNetworks/{name}" for name in ("a", "b"))
    aks = {**AKS, "agentPoolProfiles": [{"vnetSubnetId": f"{nodes}/subnets/s"}]}
    by_rule = statuses([aks, {**SUBNET, "id": f"{gateway}/subnets/s"}])
    assert (by_rule["AGC006"], by_rule["AGC007"]) == (Status.UNKNOWN, Status.UNKNOWN)
    networks = [vnet(nodes, "japaneast", gateway), vnet(gateway, "japaneast")]
    assert statuses([aks, {**SUBNET, "id": f"{gateway}/subnets/s"}, *networks])["AGC006"] is Status.FAIL


def test_an_association_without_a_subnet_names_none():
    bare = {"id": "/bare", "type": "Microsoft.ServiceNetworking/trafficControllers/associations"}
    by_rule = statuses([AKS, [bare, {**bare, "subnet": {"id": None}}, *ASSOCIATIONS], NODES])
    assert by_rule["AGC006"] is Status.UNKNOWN  # it may be in another network
