"""In which cluster an ALB Controller runs, and which gateways' associations nobody lists, is said by name."""

from typing import Any

from bot.checks import inspect
from bot.checks.findings import Finding, Gap, Status

from .test_laws import cluster

RG = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers"
SUBNET = f"{RG}/Microsoft.Network/virtualNetworks/v/subnets/agc"
SERVICE = "Microsoft.ServiceNetworking/trafficControllers"


def deployment(version: str) -> dict[str, Any]:
    image = f"mcr.microsoft.com/application-lb/images/alb-controller:{version}"
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "alb-controller", "namespace": "azure-alb-system"},
        "spec": {"replicas": 1, "template": {"spec": {"containers": [{"name": "alb-controller", "image": image}]}}},
        "status": {"replicas": 1, "readyReplicas": 1, "availableReplicas": 1, "updatedReplicas": 1},
    }


def gateway(name: str, *associations: str) -> dict[str, Any]:
    own = f"{RG}/{SERVICE}/{name}"
    refs = [{"id": f"{own}/associations/{each}"} for each in associations]
    return {"id": own, "name": name, "type": SERVICE, "resourceGroup": "rg", "associations": refs}


def findings(rule: str, *documents: Any, lang: str = "en") -> list[Finding]:
    return [each for judged in inspect([*documents], lang) for each in judged.findings if each.id == rule]


def test_of_a_controller_beside_several_clusters_it_is_said_what_is_not_known():
    clusters = [cluster(name, "azure", "overlay") for name in ("one", "two")]
    for lang in ("en", "ja"):
        for documents in ([clusters, deployment("1.9.1")], [deployment("1.9.1"), *clusters]):
            for finding in findings("AGC003", *documents, lang=lang):
                assert (finding.status, finding.gap) == (Status.UNKNOWN, Gap.DATA)
                assert "alb-controller:1.9.1" in str(finding.observed)
                assert "alb-controller:1.9.1" in finding.fix and "`albController`" in finding.fix
    assert [each.observed for each in findings("AGC003", clusters)] == [None, None]


def test_one_snapshot_per_cluster_says_which_controller_is_whose():
    """As the message proposes."""
    snapshots = [
        {"aks": cluster(name, "azure", "overlay"), "albController": {"version": version}}
        for name, version in (("one", "1.9.1"), ("two", "1.6.7"))
    ]
    assert [each.status for each in findings("AGC003", *snapshots)] == [Status.PASS, Status.FAIL]


def test_gateways_without_a_list_are_named():
    association = {"id": f"{RG}/{SERVICE}/a/associations/x", "name": "x", "subnet": {"id": SUBNET}}
    subnet = {"id": SUBNET, "name": "agc", "addressPrefix": "10.0.4.0/24"}
    given = [cluster("one", "azure", "overlay"), subnet, [association]]
    for rule in ("AGC004", "AGC005", "AGC006", "AGC007"):
        (finding,) = findings(rule, *given, [gateway("a", "x"), gateway("b", "y")])
        assert finding.status is Status.UNKNOWN
        assert "list: b." in finding.fix, rule
        (complete,) = findings(rule, *given, [gateway("a", "x")])
        assert "`az network alb association list --resource-group GROUP" not in complete.fix, rule
