"""What a subnet says of the services that use it is weighed against the associations that are listed."""

from typing import Any

import pytest

from bot.checks import check, compose

from .test_laws import GATEWAY, association, cluster, network, subnet

AKS = cluster("one", "azure", "overlay")
SERVICE = "Microsoft.ServiceNetworking/trafficControllers"


def judged(*documents: Any, planned: str | None = None) -> dict[str, tuple[str, str | None, str]]:
    findings = check(compose([AKS, *documents], planned=planned), "en")
    return {finding.id: (str(finding.status), finding.observed, finding.fix) for finding in findings}


def linked(*targets: str | None, kind: str = f"{SERVICE}/associations") -> dict[str, Any]:
    links = [{"linkedResourceType": kind, "link": target} for target in targets]
    return {**subnet("agc", "10.0.4.0/24"), "serviceAssociationLinks": links}


OWN, OTHER = f"{GATEWAY}/g1/associations/as", f"{GATEWAY}/g2/associations/as"


@pytest.mark.parametrize(
    ("targets", "status"),
    [
        ((), "pass"),
        ((None,), "pass"),
        ((OWN,), "pass"),
        ((OWN.upper(),), "pass"),
        ((f"{GATEWAY}/g1",), "pass"),
        (("an internal reference",), "pass"),
        ((OTHER,), "unknown"),
        ((f"{GATEWAY}/g2",), "unknown"),
        ((f"{GATEWAY}/g",), "unknown"),  # the beginning of a name is another name
        ((f"{GATEWAY}/g1/associations/as2",), "unknown"),
        ((OWN, OTHER), "unknown"),
    ],
)
def test_a_link_of_an_association_that_nobody_lists_is_one_more(targets: tuple[str | None, ...], status: str):
    for documents in ([linked(*targets), [association("g1", "agc")]], [[association("g1", "agc")], linked(*targets)]):
        finding = judged(*documents)["AGC005"]
        assert finding[0] == status
        assert ("does not hold that association" in finding[2]) == (status == "unknown")
    if status == "unknown":
        assert "g2" in judged(linked(OTHER), [association("g1", "agc")])["AGC005"][2]


def test_two_listed_associations_fail_whatever_is_linked():
    assert judged(linked(OWN), [association("g1", "agc"), association("g2", "agc")])["AGC005"][0] == "fail"


@pytest.mark.parametrize("service", ["Microsoft.Web/serverFarms", "microsoft.containerinstance/containergroups"])
def test_a_subnet_that_is_delegated_to_another_service_is_not_the_gateways(service: str):
    elsewhere = {**subnet("agc", "10.0.4.0/24"), "delegations": [{"serviceName": service}]}
    statuses = judged(elsewhere, [association("g1", "agc")], network("a", "japaneast"))
    for rule in ("AGC004", "AGC005", "AGC006", "AGC007"):
        assert statuses[rule][0] == "unknown" and service.lower() in statuses[rule][2]
    assert judged({**elsewhere, "addressPrefix": "10.0.4.0/23"}, [association("g1", "agc")])["AGC004"][0] == "fail"
    both = {**elsewhere, "delegations": [*elsewhere["delegations"], {"serviceName": SERVICE}]}
    assert judged(both, [association("g1", "agc")])["AGC004"][0] == "pass"


def balancer(gateway: str | None, namespace: str = "infra", name: str = "alb") -> dict[str, Any]:
    conditions = [{"type": "Deployment", "status": "True", "message": f"alb-id={gateway}"}] if gateway else []
    return {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"associations": [subnet("agc", "")["id"]]},
        "status": {"conditions": conditions},
    }


@pytest.mark.parametrize(
    ("gateway", "status"),
    [(None, "unknown"), (f"{GATEWAY}/g1", "pass"), (f"{GATEWAY}/G1/", "pass"), (f"{GATEWAY}/g9", "unknown")],
)
def test_a_balancer_is_the_listed_gateway_only_if_it_names_it(gateway: str | None, status: str):
    documents = [subnet("agc", "10.0.4.0/24"), [association("g1", "agc")], balancer(gateway)]
    for given in (documents, documents[::-1]):
        assert judged(*given)["AGC005"][0] == status


def test_balancers_of_two_namespaces_are_two():
    documents = [subnet("agc", "10.0.4.0/24"), [association("g1", "agc")]]
    own = f"{GATEWAY}/g1"
    assert judged(*documents, balancer(own), balancer(own))["AGC005"][0] == "pass"
    assert judged(*documents, balancer(None), balancer(None, "web"))["AGC005"][0] == "fail"


@pytest.mark.parametrize("status", [None, 5, [], {"conditions": 5}, {"conditions": [5, {"message": 5}]}])
def test_a_status_that_is_none_names_no_gateway(status: Any):
    documents = [subnet("agc", "10.0.4.0/24"), [association("g1", "agc")], balancer(None) | {"status": status}]
    assert judged(*documents)["AGC005"][0] == "unknown"


SUBNET = subnet("agc", "")["id"]


@pytest.mark.parametrize(
    "spelling",
    [
        SUBNET.replace("/subnets/", "//subnets/"),
        f"{SUBNET}?api-version=2024-05-01",
        f"{SUBNET}#section",
        f"https://management.azure.com{SUBNET}",
        SUBNET.replace("/", "%2F"),
        SUBNET.replace("agc", "%61gc"),
        f"{SUBNET}\u200b",
        f"\ufeff{SUBNET}/",
        SUBNET.upper(),
    ],
)
def test_an_id_is_the_same_in_every_spelling_that_azure_reads(spelling: str):
    second = {**association("g2", "agc"), "subnet": {"id": spelling}}
    assert judged(subnet("agc", "10.0.4.0/24"), [association("g1", "agc"), second])["AGC005"][0] == "fail"


@pytest.mark.parametrize("short", ["agc", "a/subnets/agc", "virtualNetworks/a/subnets/AGC"])
def test_a_name_may_be_any_subnet_of_that_name(short: str):
    nicknamed = {**association("g2", "agc"), "subnet": {"id": short}}
    assert judged(subnet("agc", "10.0.4.0/24"), [association("g1", "agc"), nicknamed])["AGC005"][0] == "unknown"
    described = {**subnet("agc", "10.0.4.0/24"), "id": short}
    whole = {"subnet": described, "agcAssociations": [association("g1", "agc"), association("g2", "agc")]}
    assert judged({**whole, "aks": AKS})["AGC005"][0] != "pass"


def test_another_name_is_another_subnet():
    for other, status in (("web", "pass"), ("agc", "unknown")):
        nicknamed = {**association("g2", "agc"), "subnet": {"id": other}}
        whole = {
            "aks": AKS,
            "subnet": subnet("agc", "10.0.4.0/24"),
            "agcAssociations": [association("g1", "agc"), nicknamed],
        }
        assert [str(each.status) for each in check(whole, "en") if each.id == "AGC005"] == [status]
