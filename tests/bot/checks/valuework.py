"""Worlds in which rules pass, and for each value that a rule reads one with which it does not."""

from copy import deepcopy
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from bot.checks import InputError, Status, check

from .casework import edited
from .test_laws import NETWORK, association, cluster, deployment, network, subnet

Documents = dict[str, Any]
UPGRADE = {"planned": "upgrade-to-overlay", "vnets": None}
PROFILE, POOL = "/networkProfile", "/agentPoolProfiles/0"
# What stands where a value should: expressions, what only the apply tells, and what people put over a value.
STAND_INS = ["[parameters('x')]", "${var.x}", "(known after apply)", "REDACTED", "***", "<value>", "?"]


def aks(plugin: str, mode: str | None, vnet: str = "a", **pool: Any) -> Any:
    made = cluster("one", plugin, mode, vnet)
    made |= {"kubernetesVersion": "1.31", "currentKubernetesVersion": "1.31.4", "location": "japaneast"}
    made |= {"identity": {"type": "UserAssigned"}, "type": "Microsoft.ContainerService/ManagedClusters"}
    policy = "cilium" if mode else None
    made["networkProfile"] |= {"networkPolicy": policy, "networkDataplane": "azure"}
    made["networkProfile"] |= {"podCidr": "10.244.0.0/16" if mode or plugin == "kubenet" else None}
    nodes = {"osType": "Linux", "type": "VirtualMachineScaleSets", "vmSize": "Standard_D4s_v5"}
    nodes |= {"orchestratorVersion": "1.31", "currentOrchestratorVersion": "1.31.4", "podIpAllocationMode": None}
    made["agentPoolProfiles"][0] |= nodes | pool
    return made


def around(vnet: str = "a") -> Documents:
    """What is beside a cluster: each as its own command prints it."""
    return {
        "subnet": subnet("agc", "10.0.4.0/24", vnet) | {"type": "Microsoft.Network/virtualNetworks/subnets"},
        "associations": [association("g", "agc", vnet)],
        "network": network("a", "japaneast") | {"type": "Microsoft.Network/virtualNetworks"},
        "controller": deployment("1.8.0"),
    }


WINDOWS = {"osType": "Windows", "nodeImageVersion": "AKSWindows-2022-containerd-20348.2966.241212"}
WORLDS: dict[str, Documents] = {
    "overlay": {"aks": aks("azure", "overlay"), **around()},
    "flat": {"aks": aks("azure", None), **around(), "planned": UPGRADE},
    "windows": {"aks": aks("azure", None, **WINDOWS), **around(), "planned": UPGRADE},
    "kubenet": {"aks": aks("kubenet", None), **around(), "planned": UPGRADE},
    "pods": {"aks": aks("azure", None, podSubnetId=f"{NETWORK}/a/subnets/pods"), **around()},
    "near": {"aks": aks("azure", "overlay"), **around("b"), "hub": network("b", "japaneast", "a")},
    "far": {"aks": aks("azure", "overlay"), **around("b"), "hub": network("b", "japanwest", "a")},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a rule reads: in which world, of which document, where, and one that the rule does not pass."""

    world: str
    document: str
    pointer: str
    bad: Any

    def whole(self) -> Documents:
        return deepcopy(WORLDS[self.world])

    def changed(self, value: Any) -> Any:
        """The document with another value in this place."""
        return edited(self.whole()[self.document], {self.pointer: value})


NODES, AGC = f"{NETWORK}/z/subnets/nodes", f"{NETWORK}/a/subnets/agc"
FIELDS = [
    Field("overlay", "aks", f"{PROFILE}/networkPlugin", "kubenet"),
    Field("overlay", "aks", f"{PROFILE}/networkPlugin", "none"),
    Field("overlay", "aks", f"{PROFILE}/networkPluginMode", "other"),
    Field("overlay", "aks", f"{PROFILE}/networkPolicy", "other"),
    Field("overlay", "aks", f"{POOL}/vnetSubnetId", NODES),
    Field("overlay", "aks", f"{POOL}/vnetSubnetId", AGC),
    Field("overlay", "aks", f"{POOL}/podSubnetId", f"{NETWORK}/a/subnets/pods"),
    Field("overlay", "subnet", "/addressPrefix", "10.0.4.0/23"),
    Field("overlay", "subnet", "/delegations/0/serviceName", "Microsoft.Web/serverFarms"),
    Field("overlay", "associations", "/0/subnet/id", f"{NETWORK}/a/subnets/wide"),
    Field(
        "overlay", "controller", "/spec/template/spec/containers/0/image", "mcr.microsoft.com/x/alb-controller:1.6.7"
    ),
    Field("flat", "aks", f"{PROFILE}/networkPlugin", "none"),
    Field("flat", "aks", f"{PROFILE}/networkPluginMode", "other"),
    Field("flat", "aks", f"{PROFILE}/networkPolicy", "azure"),
    Field("flat", "aks", f"{PROFILE}/networkDataplane", "cilium"),
    Field("flat", "aks", f"{POOL}/podSubnetId", f"{NETWORK}/a/subnets/pods"),
    Field("flat", "aks", f"{POOL}/podIpAllocationMode", "StaticBlock"),
    Field("flat", "aks", f"{POOL}/osType", "Windows"),
    Field("flat", "aks", f"{POOL}/type", "AvailabilitySet"),
    Field("flat", "aks", f"{POOL}/vmSize", "Standard_DC4s_v2"),
    Field("flat", "aks", f"{POOL}/currentOrchestratorVersion", "1.26.6"),
    Field("flat", "aks", "/currentKubernetesVersion", "1.26.6"),
    Field("flat", "subnet", "/addressPrefix", "10.0.4.0/25"),
    Field("windows", "aks", f"{POOL}/nodeImageVersion", "AKSWindows-2019-containerd-17763.5820.240516"),
    Field("kubenet", "aks", f"{PROFILE}/networkPluginMode", "overlay"),
    Field("kubenet", "aks", f"{PROFILE}/networkPolicy", "calico"),
    Field("kubenet", "aks", f"{PROFILE}/networkDataplane", "cilium"),
    Field("kubenet", "aks", "/identity/type", "SystemAssigned"),
    Field("kubenet", "aks", f"{POOL}/podSubnetId", f"{NETWORK}/a/subnets/pods"),
    Field("pods", "aks", f"{POOL}/podSubnetId", None),
    Field("pods", "aks", f"{POOL}/podIpAllocationMode", "Other"),
    Field("near", "network", "/location", "japanwest"),
    Field("near", "hub", "/location", "japanwest"),
    Field("far", "network", "/location", "japanwest"),
    Field("far", "hub", "/location", "japaneast"),
]


def passed(documents: list[Any]) -> set[str]:
    """The rules that pass; of a refusal, none."""
    try:
        return {finding.id for finding in check(documents, "en") if finding.status is Status.PASS}
    except InputError:
        return set()


def orders(documents: list[Any]) -> list[list[Any]]:
    """Few of them in every order, of more the first and the last turned."""
    if len(documents) <= 2:
        return [list(order) for order in permutations(documents)]
    return [documents, documents[::-1]]


def id_of(document: Any) -> str:
    return str((document[0] if isinstance(document, list) else document)["id"])


def what_if(kind: str, before: Any, after: Any, own: str) -> Any:
    """One change as `az deployment group what-if` prints it; of a list, of its only item."""
    sides = [side[0] if isinstance(side, list) else side for side in (before, after)]
    change = {"resourceId": own, "changeType": kind, "before": sides[0], "after": sides[1]}
    return {"status": "Succeeded", "changes": [change]}
