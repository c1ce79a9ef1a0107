"""What several documents say of one thing: contradictions, pages, lists and plans never make a pass."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import (
    Finding,
    Given,
    InputError,
    Status,
    check,
    compose,
    inspect,
    read_documents,
    sentence,
    unread_keys,
)

from .test_laws import GATEWAY, NETWORK, association, cluster, deployment, network, subnet

ONE = cluster("one", "azure", "overlay")
FLAT = cluster("one", "azure", None) | {
    "kubernetesVersion": "1.31",
    "networkProfile": {"networkPlugin": "azure", "networkPluginMode": None, "networkPolicy": None},
    "agentPoolProfiles": [
        {"name": "np", "podSubnetId": None, "vnetSubnetId": f"{NETWORK}/a/subnets/n", "osType": "Linux"}
    ],
}
POOL = {"id": f"{FLAT['id']}/agentPools/np", "type": "Microsoft.ContainerService/managedClusters/agentPools"} | FLAT[
    "agentPoolProfiles"
][0]
BALANCER = {
    "apiVersion": "alb.networking.azure.io/v1",
    "kind": "ApplicationLoadBalancer",
    "metadata": {"name": "x"},
    "spec": {"associations": [f"{NETWORK}/a/subnets/agc"]},
    "status": {"conditions": [{"type": "Deployment", "message": f"alb-id={GATEWAY}/g1"}]},
}


def by_id(raw: Any, planned: str | None = None) -> dict[str, Finding]:
    return {finding.id: finding for finding in check(compose(raw, planned=planned), "en")}


@st.composite
def changed(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """The cluster with one value that a rule reads said in another way, and the rule."""
    key, value, rule = draw(
        st.sampled_from(
            [
                ("networkPlugin", "kubenet", "AGC001"),
                ("networkPluginMode", "overlay", "AGC002"),
                ("networkPolicy", "calico", "AGC012"),
                ("networkDataplane", "cilium", "AGC002"),
                ("ebpfDataplane", "cilium", "AGC002"),
                ("kubernetesVersion", "1.26", "AGC012"),
                ("podSubnetId", f"{NETWORK}/a/subnets/pods", "AGC012"),
                ("osType", "Windows", "AGC012"),
            ]
        )
    )
    if key in ("podSubnetId", "osType"):
        return FLAT | {"agentPoolProfiles": [FLAT["agentPoolProfiles"][0] | {key: value}]}, rule
    if key == "kubernetesVersion":
        return FLAT | {key: value}, rule
    return FLAT | {"networkProfile": FLAT["networkProfile"] | {key: value}}, rule


@given(changed(), st.booleans())
def test_two_documents_of_one_cluster_are_one_and_what_they_contradict_is_unknown(
    other: tuple[dict[str, Any], str], first: bool
):
    different, rule = other
    documents = [different, FLAT] if first else [FLAT, different]
    (merged,) = inspect(compose(documents, planned="upgrade-to-overlay"), "en")
    findings = {finding.id: finding for finding in merged.findings}
    assert findings[rule].status is Status.UNKNOWN
    if rule != "AGC002":
        assert (
            "(/0)" in str(findings[rule].observed) + findings[rule].fix
            and "/1" in str(findings[rule].observed) + findings[rule].fix
        )


def test_a_third_document_does_not_settle_a_contradiction():
    pods = FLAT | {"agentPoolProfiles": [FLAT["agentPoolProfiles"][0] | {"podSubnetId": f"{NETWORK}/a/subnets/pods"}]}
    for documents in permutations([FLAT, pods, POOL]):
        assert by_id(list(documents), "upgrade-to-overlay")["AGC012"].status is Status.UNKNOWN


@pytest.mark.parametrize("prefixes", [("10.0.4.0/24", "10.0.4.0/23"), ("10.0.4.0/23", "10.0.4.0/24")])
def test_one_subnet_with_two_prefixes_has_none(prefixes: tuple[str, str]):
    findings = by_id([ONE, *(subnet("agc", prefix) for prefix in prefixes), [association("g1", "agc")]])
    assert findings["AGC004"].status is Status.UNKNOWN
    assert "10.0.4.0/23" in findings["AGC004"].fix and "10.0.4.0/24 (/" in findings["AGC004"].fix


def test_an_association_on_two_subnets_is_on_none():
    subnets = [subnet("agc", "10.0.4.0/24"), subnet("agc2", "10.0.6.0/24")]
    findings = by_id([ONE, *subnets, [association("g1", "agc")], [association("g1", "agc2")]])
    assert {findings[rule].status for rule in ("AGC004", "AGC005")} == {Status.UNKNOWN}


@pytest.mark.parametrize("plugin", ["azure", "kubenet"])
def test_a_page_of_node_pools_that_goes_on_decides_nothing(plugin: str):
    now = FLAT | {
        "networkProfile": FLAT["networkProfile"] | {"networkPlugin": plugin},
        "identity": {"type": "UserAssigned"},
    }
    for page, status in (
        ({"value": [POOL]}, Status.PASS),
        ({"value": [POOL], "nextLink": "https://next"}, Status.UNKNOWN),
    ):
        assert by_id([now, page], "upgrade-to-overlay")["AGC012"].status is status
    pods = POOL | {"podSubnetId": f"{NETWORK}/a/subnets/pods"}
    without = {key: value for key, value in FLAT.items() if key != "agentPoolProfiles"}
    assert by_id([without, {"value": [pods], "nextLink": "https://next"}])["AGC002"].status is Status.UNKNOWN


def test_what_a_balancer_asks_for_must_be_in_a_list():
    there = [ONE, subnet("agc", "10.0.4.0/24"), BALANCER]
    assert by_id([*there, [association("g1", "agc")]])["AGC005"].status is Status.PASS
    for other in ([association("g1", "agc2")], {"agcAssociations": []}):
        finding = by_id([*there, other])["AGC005"]
        assert finding.status is Status.UNKNOWN and "no list in the input holds" in finding.fix


@pytest.mark.parametrize("empty", [[], {"value": []}])
def test_an_empty_list_is_that_of_associations_only_where_something_says_so(empty: Any):
    """`helm list`, `az network vnet peering list` and many other commands print `[]`, too."""
    agc = subnet("agc", "10.0.4.0/24")
    for documents in ([ONE, agc, empty], [ONE, agc, empty, []]):
        finding = by_id(documents)["AGC005"]
        assert finding.status is Status.UNKNOWN and "does not say what it is a list of" in finding.fix
        assert "--associations" in finding.fix and "agcAssociations" in finding.fix
    with pytest.raises(InputError, match="The cluster is needed as well"):
        by_id([agc, empty])
    named = {finding.id: finding for finding in check(compose([ONE, agc], associations=empty), "en")}
    assert named["AGC005"].status is Status.PASS
    assert by_id([ONE, agc, {"agcAssociations": []}])["AGC005"].status is Status.PASS


@pytest.mark.parametrize(
    ("held", "status"), [([], "pass"), (None, "unknown"), ([{"id": f"{GATEWAY}/g1/associations/a"}], "unknown")]
)
def test_gateways_that_list_no_association_agree_with_an_empty_list(held: Any, status: str):
    gateway = {"id": f"{GATEWAY}/g1", "type": "Microsoft.ServiceNetworking/TrafficControllers", "associations": held}
    assert str(by_id([ONE, subnet("agc", "10.0.4.0/24"), [gateway], []])["AGC005"].status) == status


def test_the_list_beside_the_first_gateway_that_is_planned_is_that_of_associations():
    """One array of nothing but the cluster, the subnet and this list; other documents could be whose list it is."""
    agc = subnet("agc", "10.0.4.0/24")

    def status(base: Any, planned: str | None = "install-agc") -> str:
        return str({finding.id: finding for finding in check(compose(base, planned=planned), "en")}["AGC005"].status)

    assert status([ONE, agc, []]) == "pass"
    assert status([ONE, agc, []], None) == "unknown"
    assert status([ONE, agc, deployment("1.8.0"), []]) == "unknown"
    assert status([Given(ONE, "a"), Given(agc, "b"), Given([], "c")]) == "unknown"


@pytest.mark.parametrize("state", ["Disconnected", "Initiated"])
def test_a_peering_that_does_not_connect_is_unknown(state: str):
    there = [ONE, subnet("hub", "10.9.0.0/24", "b"), [association("g1", "hub", "b")], network("b", "japaneast")]
    whole = network("a", "japaneast", "b")
    assert by_id([*there, whole])["AGC006"].status is Status.FAIL
    whole["virtualNetworkPeerings"][0]["peeringState"] = state
    finding = by_id([*there, whole])["AGC006"]
    assert finding.status is Status.UNKNOWN and state.lower() in finding.fix
    assert by_id([*there, network("a", "japaneast"), network("a", "japaneast", "b")])["AGC006"].status is Status.UNKNOWN


def test_a_key_that_is_not_read_is_said():
    inventory = compose({"aks": ONE, "planed": "upgrade-to-overlay", "note": 1, "vnets": {"peerd": True}})
    assert [(place.pointer, text) for place, text in unread_keys(inventory, "en")] == [
        ("/planed", "the key `planed` is not read. Did you mean `planned`?"),
        ("/note", "the key `note` is not read."),
        ("/vnets/peerd", "the key `peerd` is not read. Did you mean `peered`?"),
    ]
    with pytest.raises(InputError) as caught:
        check({"cluster": ONE, "subnet": None, "vnets": None}, "en")
    assert (caught.value.code, caught.value.pointer) == ("snapshot-key", "/cluster")


def test_yaml_behind_json_is_read_and_its_lines_keep_their_numbers():
    given = read_documents(b'{"networkPlugin": "azure"}\n---\nname: one\n---\nname: two\n')
    assert given == [{"networkPlugin": "azure"}, {"name": "one"}, {"name": "two"}]
    with pytest.raises(InputError) as caught:
        read_documents(b'{"networkPlugin": "azure"}\n---\nname: [one\n')
    assert (caught.value.line or 0) >= 3


def test_a_cluster_that_a_deployment_deletes_passes_nothing():
    gone = {"changes": [{"resourceId": ONE["id"], "changeType": "Delete", "before": ONE}]}
    for documents in ([gone], [gone, ONE], [ONE, gone]):
        clusters = inspect(compose(documents), "en")
        assert not any(finding.status in (Status.PASS, Status.FAIL) for finding in clusters[0].findings)
        assert sentence(clusters, "en").startswith("The plan destroys this cluster: one. ")
    kept = inspect(compose([gone, cluster("two", "azure", "overlay"), deployment("1.8.0")]), "en")
    assert [cluster.name for cluster in kept] == ["two"]


def test_a_pass_points_at_the_document_that_says_its_value():
    without = {key: value for key, value in FLAT.items() if key != "agentPoolProfiles"}
    assert by_id([without, POOL], "upgrade-to-overlay")["AGC012"].pointer == "/1"
    bare = {key: FLAT[key] for key in ("id", "name", "type") if key in FLAT} | {"agentPoolProfiles": []}
    assert by_id([bare, FLAT])["AGC001"].pointer == "/1/networkProfile/networkPlugin"
