"""What holds for every input: order, unrelated documents, two of a kind, and what a finding rests on."""

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.checks import ClusterFindings, Given, InputError, Status, check, compose, exit_code, inspect
from bot.checks.findings import worst_first

from .casework import CASES, base

WHOLE = base("overlay")
NETWORK = "/subscriptions/0/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks"
GATEWAY = "/subscriptions/0/resourceGroups/rg-agc/providers/Microsoft.ServiceNetworking/trafficControllers"
PLAN = json.loads((CASES / "plan.json").read_text("utf-8"))


def cluster(name: str, plugin: str, mode: str | None, vnet: str = "a") -> dict[str, Any]:
    pools = [{"name": "np", "vnetSubnetId": f"{NETWORK}/{vnet}/subnets/nodes", "podSubnetId": None}]
    profile = {"networkPlugin": plugin, "networkPluginMode": mode, "networkPolicy": "cilium"}
    place = "/subscriptions/0/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters"
    return {"id": f"{place}/{name}", "name": name, "networkProfile": profile, "agentPoolProfiles": pools}


def subnet(name: str, prefix: str, vnet: str = "a", delegated: bool = True) -> dict[str, Any]:
    service = [{"serviceName": "Microsoft.ServiceNetworking/trafficControllers"}] if delegated else []
    return {"id": f"{NETWORK}/{vnet}/subnets/{name}", "name": name, "addressPrefix": prefix, "delegations": service}


def association(gateway: str, on: str, vnet: str = "a") -> dict[str, Any]:
    own = f"{GATEWAY}/{gateway}/associations/as"
    return {"id": own, "associationType": "subnets", "subnet": {"id": f"{NETWORK}/{vnet}/subnets/{on}"}}


def deployment(version: str, name: str = "alb-controller") -> dict[str, Any]:
    image = f"mcr.microsoft.com/application-lb/images/{name}:{version}"
    spec = {"template": {"spec": {"containers": [{"name": name, "image": image}]}}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": spec}


def network(name: str, region: str, *peers: str) -> dict[str, Any]:
    peerings = [{"remoteVirtualNetwork": {"id": f"{NETWORK}/{peer}"}} for peer in peers]
    return {"id": f"{NETWORK}/{name}", "location": region, "addressSpace": {}, "virtualNetworkPeerings": peerings}


UPGRADABLE = cluster("up", "azure", None) | {
    "kubernetesVersion": "1.31",
    "networkProfile": {"networkPlugin": "azure", "networkPolicy": None},
    "agentPoolProfiles": [{"name": "np", "podSubnetId": None}],
}
DOCUMENTS: list[Any] = [
    cluster("one", "azure", "overlay"),
    cluster("one", "kubenet", None),
    cluster("two", "azure", "overlay", "b"),
    cluster("flat", "azure", None),
    cluster("odd", "[parameters('plugin')]", "overlay"),
    UPGRADABLE,
    UPGRADABLE | {"agentPoolProfiles": [{"name": "np"}]},
    {"id": f"{UPGRADABLE['id']}/agentPools/np", "name": "np", "podSubnetId": None},
    subnet("agc", "10.0.4.0/24"),
    subnet("agc", "10.0.4.0/23"),
    subnet("agc2", "10.0.6.0/23"),
    subnet("nodes", "10.0.0.0/24"),
    subnet("hub", "10.9.0.0/24", "b"),
    subnet("plain", "10.0.8.0/24", delegated=False),
    [association("g1", "agc")],
    [association("g2", "agc")],
    [association("g3", "agc2"), association("g4", "hub", "b")],
    [],
    {"id": f"{GATEWAY}/g1", "associations": [{"id": f"{GATEWAY}/g1/associations/as"}]},
    {"id": f"{GATEWAY}/g9", "associations": [{"id": f"{GATEWAY}/g9/associations/as"}]},
    deployment("1.7.9"),
    deployment("1.6.7"),
    deployment("1.8.1") | {"status": {"replicas": 2, "readyReplicas": 2}},
    deployment("1.8.1") | {"status": {"replicas": 2, "unavailableReplicas": 2}},
    {"kind": "DeploymentList", "metadata": {"continue": "c"}, "items": [deployment("1.8.1")]},
    {"value": [association("g5", "agc")], "nextLink": "https://next"},
    {"count": 1, "totalRecords": 9, "data": [subnet("agc", "10.0.4.0/24")]},
    [association("g6", "agc") | {"subnet": None}],
    subnet("agc2", "10.0.6.0/24") | {"serviceAssociationLinks": [{"linkedResourceType": "Microsoft.Sql/instances"}]},
    network("a", "(Asia Pacific) Japan East"),
    network("a", "japaneast", "b"),
    network("b", "japaneast"),
    {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": "x"},
        "spec": {"associations": [f"{NETWORK}/a/subnets/agc"]},
    },
    {
        "value": [{"id": f"{UPGRADABLE['id']}/agentPools/np2", "name": "np2", "podSubnetId": None, "osType": "Linux"}],
        "nextLink": "https://next",
    },
    {"agcAssociations": []},
    {"changes": [{"resourceId": UPGRADABLE["id"], "changeType": "Delete", "before": UPGRADABLE}]},
    {"albController": {"version": "1.8.0"}, "planned": "install-agc"},
    {"planned": "upgrade-to-overlay", "vnets": None},
    WHOLE,
    PLAN,
]
# Nothing that a rule asks for: other programs, other resources, what an operator wants.
UNRELATED: list[Any] = [
    deployment("1.12.1", "coredns"),
    {"apiVersion": "v1", "kind": "List", "items": [deployment("0.8.0", "metrics-server")]},
    {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "alb-controller"}, "data": {"version": "1.9.9"}},
    {"type": "Microsoft.Compute/virtualMachines", "name": "vm", "properties": {"networkProfile": {}}},
    {"type": "Microsoft.Network/networkSecurityGroups", "name": "nsg"},
    {"name": "mesh", "namespace": "istio", "status": "deployed", "chart": "istiod-1.24.0", "app_version": "1.24.0"},
    {
        "apiVersion": "containerservice.azure.com/v1api20240901",
        "kind": "ManagedCluster",
        "metadata": {"name": "x"},
        "spec": {},
    },
    network("elsewhere", "westeurope"),
    subnet("other", "10.7.0.0/24", "elsewhere", delegated=False),
    {"kind": "VirtualNetworkList", "items": []},
]
SETS = st.lists(st.sampled_from(range(len(DOCUMENTS))), min_size=1, max_size=7, unique=True).map(
    lambda chosen: [DOCUMENTS[at] for at in chosen]
)


def findings(raw: object) -> list[ClusterFindings] | None:
    try:
        return inspect(raw, "en")
    except InputError as error:
        assert error.message("ja") and error.message("en")
        return None


def statuses(clusters: list[ClusterFindings] | None) -> list[tuple[str, str | None, list[Status]]] | None:
    return clusters and [
        (cluster.name, cluster.id, [finding.status for finding in cluster.findings]) for cluster in clusters
    ]


@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(documents: list[Any], chance: Any):
    turned, clusters = documents[:], findings(documents)
    chance.shuffle(turned)
    assume(clusters is not None and turned != documents)
    assert statuses(clusters) == statuses(findings(turned))


@given(SETS, st.sampled_from(UNRELATED), st.integers(0, 7))
def test_an_unrelated_document_changes_nothing(documents: list[Any], more: Any, at: int):
    by_rule = statuses(findings(documents))
    assert statuses(findings([*documents[:at], more, *documents[at:]])) == by_rule


@given(
    SETS,
    st.sampled_from(
        [document for document in DOCUMENTS if isinstance(document, dict) and "networkProfile" in document]
    ),
)
def test_another_cluster_never_makes_a_pass_of_one(documents: list[Any], other: Any):
    clusters = findings(documents) or []
    before = {
        (cluster.name, cluster.id): cluster
        for cluster in clusters
        if [two.id for two in clusters].count(cluster.id) == 1
    }
    for cluster in findings([*documents, other]) or []:
        was = before.get((cluster.name, cluster.id))
        if was is None or cluster.id == f"/{other['id'].strip('/').lower()}":
            continue
        for old, new in zip(was.findings, cluster.findings, strict=True):
            assert new.status is not Status.PASS or old.status in (Status.PASS, Status.NOT_APPLICABLE), new.id


@given(SETS)
def test_a_finding_names_its_value_and_its_place(documents: list[Any]):
    for cluster in findings(documents) or []:
        for finding in cluster.findings:
            if finding.status is Status.PASS:
                assert finding.observed
                assert finding.parts and all(exists(documents, part.pointer) for part in finding.parts)


def test_what_is_derived_is_shown_at_what_it_is_derived_from():
    (judged,) = inspect([cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24")], "en")
    (peering,) = [finding for finding in judged.findings if finding.id == "AGC006"]
    assert (peering.status, peering.pointer) == ("pass", "/1")
    (open_one,) = inspect([cluster("one", "azure", "overlay"), subnet("hub", "10.9.0.0/24", "b")], "en")
    (peering,) = [finding for finding in open_one.findings if finding.id == "AGC006"]
    assert (peering.status, peering.pointer) == ("unknown", "/vnets")


def exists(here: Any, pointer: str) -> bool:
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        try:
            here = here[int(step)] if isinstance(here, list) else here[step]
        except (KeyError, IndexError, ValueError):
            return pointer in ("/planned", "/albController")  # what the reader says beside the documents
    return True


@given(SETS)
def test_a_finding_follows_from_its_parts_alone(documents: list[Any]):
    for cluster in findings(documents) or []:
        for at, finding in enumerate(cluster.findings):
            if finding.status not in (Status.PASS, Status.FAIL):
                continue
            used = {int(part.pointer.split("/")[1]) for part in finding.parts if part.pointer.split("/")[1].isdecimal()}
            said = {n for n, document in enumerate(documents) if "planned" in document or document is PLAN}
            alone = findings([documents[n] for n in sorted(used | said)]) or []
            same = [
                other.findings[at].status for other in alone if (other.name, other.id) == (cluster.name, cluster.id)
            ]
            assert finding.status in same, (finding.id, finding.parts)


@given(SETS)
def test_every_finding_of_several_clusters_is_in_the_worst_of_them(documents: list[Any]):
    clusters = findings(documents)
    assume(clusters is not None)
    worst = check(documents, "en")
    for at, finding in enumerate(worst):
        every = [cluster.findings[at].status for cluster in clusters]
        assert finding.status is min(every, key=worst_first)
    assert exit_code(clusters) == exit_code(worst)


@pytest.mark.parametrize(
    ("two", "rule"),
    [
        ([cluster("one", "azure", "overlay"), cluster("one", "kubenet", None)], "AGC001"),
        ([cluster("one", "azure", "overlay"), cluster("two", "kubenet", None)], "AGC001"),
        ([WHOLE, {**WHOLE, "aks": cluster("two", "kubenet", None)}], "AGC001"),
        ([cluster("one", "azure", "overlay"), deployment("1.7.9"), deployment("1.6.7")], "AGC003"),
        ([cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24"), subnet("agc", "10.0.4.0/23")], "AGC004"),
        ([cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24"), subnet("agc2", "10.0.6.0/24")], "AGC004"),
    ],
)
def test_two_of_a_kind_are_never_judged_as_one(two: list[Any], rule: str):
    for array in (two, two[::-1]):
        by_rule = {finding.id: finding for finding in check(array, "en")}
        assert by_rule[rule].status in (Status.FAIL, Status.UNKNOWN)


def test_both_are_named():
    array = [cluster("one", "azure", "overlay"), subnet("agc", "10.0.4.0/24"), subnet("agc2", "10.0.6.0/23")]
    array += [[association("g1", "agc"), association("g2", "agc2")]]
    by_rule = {finding.id: finding for finding in check(array, "en")}
    assert by_rule["AGC004"].observed == "agc2: 10.0.6.0/23; agc: 10.0.4.0/24"
    assert by_rule["AGC004"].pointer == "/2/addressPrefix"
    assert by_rule["AGC005"].observed == "agc: g1/as; agc2: g2/as"


def test_places_name_their_files():
    files = [Given(cluster("one", "azure", "overlay"), "aks.json"), Given(subnet("agc", "10.0.4.0/23"), "subnet.json")]
    (judged,) = inspect(compose(files), "en")
    finding = judged.findings[3]
    assert (finding.status, finding.pointer) == (Status.FAIL, "/addressPrefix")
    assert [(part.file, part.pointer) for part in finding.parts] == [
        ("subnet.json", "/addressPrefix"), ("aks.json", ""), ("subnet.json", "")
    ]  # fmt: skip
