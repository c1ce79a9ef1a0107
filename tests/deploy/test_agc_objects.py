"""Our own rules on our own manifests: the gateway's objects, beside a cluster for which they are right or wrong."""

import json

import pytest
import yaml
from manifests import OVERLAYS, Object, named, objects

from bot import checks

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers"
GATEWAY = f"{GROUP}/Microsoft.ServiceNetworking/trafficControllers/agc"
SUBNETS = f"{GROUP}/Microsoft.Network/virtualNetworks/vnet/subnets"
EVERY = pytest.mark.parametrize("overlay", OVERLAYS)


def cluster(plugin: str = "azure", mode: str | None = "overlay") -> Object:
    return {
        "id": f"{GROUP}/Microsoft.ContainerService/managedClusters/aks",
        "name": "aks",
        "location": "japaneast",
        "networkProfile": {"networkPlugin": plugin, "networkPluginMode": mode, "networkPolicy": "cilium"},
        "agentPoolProfiles": [{"name": "pool", "vnetSubnetId": f"{SUBNETS}/nodes"}],
    }


def subnet(prefix: str) -> Object:
    delegations = [{"serviceName": "Microsoft.ServiceNetworking/trafficControllers"}]
    return {"id": f"{SUBNETS}/agc", "name": "agc", "addressPrefix": prefix, "delegations": delegations}


def deployed(manifests: list[Object]) -> list[Object]:
    """The same once ALB Controller has made the gateway: its object says which one."""
    condition = {"type": "Deployment", "status": "True", "reason": "Ready", "message": f"alb-id={GATEWAY}"}
    balancer = named(manifests, "ApplicationLoadBalancer")
    return [{**each, "status": {"conditions": [condition]}} if each is balancer else each for each in manifests]


def judged(manifests: list[Object], aks: Object, prefix: str) -> dict[str, str]:
    """The status of each rule, as `kb check rendered.yaml aks.json …` gives it once Azure lists the association."""
    documents = [checks.read_documents(yaml.safe_dump_all(manifests).encode())]
    documents += [checks.read_documents(json.dumps(document).encode()) for document in (aks, subnet(prefix))]
    inventory = checks.compose(
        documents,
        alb_version="1.7.9",
        associations=[
            [
                {
                    "name": "agc",
                    "id": f"{GATEWAY}/associations/agc",
                    "subnet": {"id": f"{SUBNETS}/agc"},
                }
            ]
        ],
    )
    (cluster_judged,) = checks.judge(inventory, "en", "https://kb.example.com/")
    return {finding.id: str(finding.status) for finding in cluster_judged.findings.findings}


@EVERY
def test_no_rule_fails_and_none_is_open_on_an_overlay_cluster(overlay: str):
    places = named(objects(overlay), "NetworkPolicy", "from-gateway")["spec"]["ingress"][0]["from"][0]["ipBlock"]
    assert judged(objects(overlay), cluster(), places["cidr"])["AGC005"] == "unknown"  # it may be a second one
    statuses = judged(deployed(objects(overlay)), cluster(), places["cidr"])
    wanted = {f"AGC{n:03}": "pass" for n in range(1, 9)} | {f"AGC{n:03}": "not-applicable" for n in range(9, 13)}
    assert statuses == wanted


def test_the_association_is_read_from_the_manifest():
    """Another load balancer on the same subnet makes two."""
    given = objects("files")
    balancer = named(given, "ApplicationLoadBalancer")
    other = {**balancer, "metadata": {"name": "other", "namespace": "other"}}
    assert judged([*given, other], cluster(), "10.1.0.0/24")["AGC005"] == "fail"


@pytest.mark.parametrize(
    ("aks", "prefix", "failing"),
    [
        (cluster(), "10.1.0.0/23", {"AGC004"}),
        (cluster("kubenet", None), "10.1.0.0/24", {"AGC001", "AGC002"}),
    ],
)
def test_a_cluster_that_they_are_wrong_for_is_told_so(aks: Object, prefix: str, failing: set[str]):
    statuses = judged(objects("files"), aks, prefix)
    assert {rule for rule, status in statuses.items() if status == "fail"} == failing
