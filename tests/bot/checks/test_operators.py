"""Objects of operators say what is wanted: each is named with the command that prints what there is."""

from typing import Any

import pytest

from bot.checks import InputError, check, compose, ignored, unread_keys
from bot.checks.inventory.operators import printed_by

from .test_forms import TEMPLATE, arm
from .test_laws import cluster, subnet

AKS = cluster("one", "azure", "overlay")
ASO, CROSSPLANE = "v1api20240901", "v1beta1"
WANTED = [
    (f"containerservice.azure.com/{ASO}", "ManagedCluster", "az aks show"),
    (f"containerservice.azure.com/{ASO}", "ManagedClustersAgentPool", "az aks nodepool list"),
    (f"network.azure.com/{ASO}", "VirtualNetworksSubnet", "az network vnet subnet show"),
    (f"network.azure.com/{ASO}", "VirtualNetwork", "az network vnet show"),
    (f"network.azure.com/{ASO}", "VirtualNetworksVirtualNetworkPeering", "az network vnet peering list"),
    ("serviceoperator.azure.com/v1", "ManagedCluster", "az aks show"),
    ("azure.microsoft.com/v1alpha1", "VirtualNetwork", "az network vnet show"),
    (f"servicenetworking.azure.com/{ASO}", "TrafficController", "az network alb show"),
    (f"containerservice.azure.upbound.io/{CROSSPLANE}", "KubernetesCluster", "az aks show"),
    (f"containerservice.azure.upbound.io/{CROSSPLANE}", "KubernetesClusterNodePool", "az aks nodepool list"),
    (f"network.azure.upbound.io/{CROSSPLANE}", "Subnet", "az network vnet subnet show"),
    (f"servicenetworking.azure.upbound.io/{CROSSPLANE}", "ApplicationLoadBalancer", "az network alb show"),
    (
        f"servicenetworking.azure.upbound.io/{CROSSPLANE}",
        "ApplicationLoadBalancerSubnetAssociation",
        "az network alb association list",
    ),
    ("infrastructure.cluster.x-k8s.io/v1beta1", "AzureManagedControlPlane", "az aks show"),
    ("infrastructure.cluster.x-k8s.io/v1beta1", "AzureManagedMachinePool", "az aks nodepool list"),
]


def wanted(version: str, kind: str) -> dict[str, Any]:
    spec = {"addressPrefix": "10.0.4.0/23", "networkProfile": {"networkPlugin": "kubenet"}, "associations": ["/x"]}
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "agc"}, "spec": spec}


@pytest.mark.parametrize(("version", "kind", "command"), WANTED)
def test_beside_a_cluster_an_object_is_not_called_needless(version: str, kind: str, command: str):
    inventory = compose([AKS, wanted(version, kind)])
    assert ignored(inventory) == []
    for lang in ("ja", "en"):
        ((place, text),) = unread_keys(inventory, lang)
        assert place.pointer == "/1" and f"`{kind} agc`" in text and f"`{command} -o json`" in text
    assert check(inventory, "en") == check(compose([AKS]), "en")


@pytest.mark.parametrize(("version", "kind", "command"), WANTED)
def test_alone_it_is_refused_with_the_same_command(version: str, kind: str, command: str):
    with pytest.raises(InputError) as caught:
        check(wanted(version, kind), "en")
    assert caught.value.code == "operator-object" and f"`{command} -o json`" in caught.value.message("ja")


@pytest.mark.parametrize("kind", ["ResourceGroup", "UserAssignedIdentity", "PublicIPAddress"])
def test_what_no_rule_asks_for_is_as_needless_as_the_resource_itself(kind: str):
    assert printed_by(kind) is None
    inventory = compose([AKS, wanted(f"network.azure.com/{ASO}", kind)])
    assert [name for _, name in ignored(inventory)] == [f"{kind} agc"]
    assert unread_keys(inventory, "en") == []


def test_a_cluster_of_expressions_beside_another_one_is_named_as_such():
    odd = cluster("odd", "[parameters('plugin')]", "overlay")
    template = {**TEMPLATE, "resources": [arm(odd, "Microsoft.ContainerService/managedClusters")]}
    inventory = compose([AKS, subnet("agc", "10.0.4.0/24"), template])
    assert ignored(inventory) == []
    ((place, text),) = unread_keys(inventory, "en")
    assert place.pointer == "/2/resources/0" and "`odd` is an expression" in text
