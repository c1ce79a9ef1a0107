"""What AGC012 needs of a cluster reaches it in every form: what is not mentioned is unknown, null is none."""

from typing import Any

import pytest

from bot.checks import Finding, check, compose, inspect
from bot.checks.findings import Gap

from .test_forms import TEMPLATE, arm
from .test_laws import association
from .test_plans import VNET, aks, change, plan

Keys = dict[str, Any]
OWN = "/subscriptions/0/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/one"
POOL = {"name": "np", "podSubnetId": None, "osType": "Linux"}
PROFILE = {"networkPlugin": "azure", "networkPluginMode": None, "networkPolicy": None}
WHOLE = {
    "id": OWN,
    "name": "one",
    "kubernetesVersion": "1.31.2",
    "networkProfile": PROFILE,
    "agentPoolProfiles": [POOL],
}
UP = "upgrade-to-overlay"


def finding(*documents: object) -> Finding:
    raw = documents[0] if len(documents) == 1 else list(documents)
    (judged,) = [each for each in check(compose(raw, planned=UP), "en") if each.id == "AGC012"]
    return judged


def flat(whole: Keys) -> object:
    return whole


def snapshot(whole: Keys) -> object:
    return {"aks": whole}


def rest(whole: Keys) -> object:
    kind = "microsoft.containerservice/managedclusters"
    inner = [{"name": pool["name"], "properties": pool} for pool in whole["agentPoolProfiles"]]
    return {"value": [arm({**whole, "agentPoolProfiles": inner}, kind)], "nextLink": None}


def template(whole: Keys) -> object:
    return {**TEMPLATE, "resources": [arm(whole, "Microsoft.ContainerService/managedClusters")]}


def what_if(whole: Keys) -> object:
    return {"status": "Succeeded", "changes": [{"resourceId": OWN, "changeType": "NoChange", "before": whole}]}


def powershell(whole: Keys) -> object:
    return {key[0].upper() + key[1:]: value for key, value in whole.items()}


def cut_out(whole: Keys) -> object:
    """By --query, in the words of the site."""
    new = {"networkPlugin": "plugin", "networkPluginMode": "mode", "networkPolicy": "policy"}
    profile = {new[key]: value for key, value in whole["networkProfile"].items()}
    names = {"name": "name", "podSubnetId": "podSubnet", "osType": "osType"}
    pools = [{names[key]: value for key, value in pool.items()} for pool in whole["agentPoolProfiles"]]
    version = {key: whole[key] for key in ("kubernetesVersion", "currentKubernetesVersion") if key in whole}
    return {**profile, **version, "pools": pools}


def terraform(whole: Keys) -> object:
    names = {"networkPlugin": "network_plugin", "networkPluginMode": "network_plugin_mode"}
    names |= {"networkPolicy": "network_policy", "podSubnetId": "pod_subnet_id", "name": "name", "osType": "os_type"}
    after = {
        "id": OWN,
        "network_profile": [{names[key]: value for key, value in whole["networkProfile"].items()}],
        "default_node_pool": [{names[key]: v for key, v in pool.items()} for pool in whole["agentPoolProfiles"]],
    }
    versions = {"kubernetesVersion": "kubernetes_version", "currentKubernetesVersion": "current_kubernetes_version"}
    after |= {new: whole[old] for old, new in versions.items() if old in whole}
    return plan(change("azurerm_kubernetes_cluster.main", after, None, "no-op"))


def azapi(whole: Keys) -> object:
    after = {"type": "Microsoft.ContainerService/managedClusters@2025-05-01", "id": OWN, "body": {"properties": whole}}
    return plan(change("azapi_resource.aks", after, None, "no-op"))


FORMS = [flat, snapshot, rest, template, what_if, powershell, cut_out, terraform, azapi]


@pytest.mark.parametrize("form", FORMS)
def test_a_cluster_that_says_all_passes(form: Any):
    assert finding(form(WHOLE)).status == "pass"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        ({"kubernetesVersion": "1.26.9"}, "1.26.9"),
        ({"currentKubernetesVersion": "1.26.3"}, "1.26.3"),
        ({"networkProfile": {**PROFILE, "networkPolicy": "calico"}}, "networkPolicy=calico"),
        (
            {"agentPoolProfiles": [POOL, {**POOL, "name": "b", "podSubnetId": "/vnets/v/subnets/pods"}]},
            "podSubnetId=pods",
        ),
    ],
)
def test_a_reason_against_the_upgrade_is_seen_in_every_form(form: Any, changed: Keys, seen: str):
    judged = finding(form({**WHOLE, **changed}))
    assert judged.status == "fail" and seen in (judged.observed or "")


AZURES_OWN = [flat, snapshot, rest, template, what_if, powershell, azapi]  # forms with Azure's own names of keys


@pytest.mark.parametrize("form", AZURES_OWN)
@pytest.mark.parametrize("key", ["networkDataplane", "ebpfDataplane", "EbpfDataplane"])
@pytest.mark.parametrize("beside", [{}, {"networkDataplane": None}])
def test_the_data_plane_is_the_same_under_the_name_that_earlier_previews_give_it(form: Any, key: str, beside: Keys):
    judged = finding(form({**WHOLE, "networkProfile": {**PROFILE, **beside, key: "Cilium"}}))
    assert (judged.status, judged.gap) == ("unknown", Gap.SOURCE)
    assert judged.observed == "networkPolicy=null networkDataplane=cilium"


@pytest.mark.parametrize("form", AZURES_OWN)
@pytest.mark.parametrize("nothing", [None, "", " "])
def test_an_earlier_name_without_a_data_plane_says_nothing(form: Any, nothing: str | None):
    now = {"networkDataplane": "azure", "ebpfDataplane": nothing}
    assert finding(form({**WHOLE, "networkProfile": {**PROFILE, **now}})).status == "pass"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "left_out",
    [
        {"kubernetesVersion": None},
        {"networkProfile": {"networkPlugin": "azure", "networkPluginMode": None}},
        {"agentPoolProfiles": [POOL, {"name": "b"}]},
        {"networkProfile": {**PROFILE, "networkPolicy": "[parameters('policy')]"}},
        {"agentPoolProfiles": [{"name": "np", "podSubnetId": "[parameters('pods')]"}]},
    ],
)
def test_what_is_not_mentioned_is_no_pass_and_data_are_asked_for(form: Any, left_out: Keys):
    seen = finding(form({**WHOLE, **left_out}))
    assert (seen.status, seen.gap) == ("unknown", Gap.DATA)


def test_what_one_output_leaves_open_another_one_says_in_any_order():
    brief = {**WHOLE, "agentPoolProfiles": [{"name": "np"}]}
    pool = {"id": f"{OWN}/agentPools/np", **POOL}
    for known in (WHOLE, pool):
        assert [finding(*pair).status for pair in ((brief, known), (known, brief))] == ["pass", "pass"]
    assert finding(brief, {"id": f"{OWN}/agentPools/other", **POOL, "name": "other"}).status == "unknown"
    differing = {**WHOLE, "agentPoolProfiles": [{**POOL, "osType": "Windows"}]}
    assert [finding(*row).status for row in ((WHOLE, differing, WHOLE), (differing, WHOLE, WHOLE))] == ["unknown"] * 2
    bare = {**WHOLE, "agentPoolProfiles": [{}]}
    assert finding(bare, {"id": f"{OWN}/agentPools/np", "podSubnetId": None}).status == "unknown"


@pytest.mark.parametrize(
    ("key", "value", "other", "standing"),
    [
        ("type", "VirtualMachineScaleSets", "AvailabilitySet", "[variables('t')]"),
        ("vmSize", "Standard_D4s_v5", "Standard_D8s_v5", "<size>"),
        ("orchestratorVersion", "1.31", "1.30", "[parameters('v')]"),
    ],
)
def test_what_a_pool_gives_passes_only_where_outputs_agree_on_it(key: str, value: str, other: str, standing: str):
    def said(text: object) -> Keys:
        return {**WHOLE, "agentPoolProfiles": [{**POOL, key: text}]}

    for texts, status in (
        ([value], "pass"),
        ([value, value], "pass"),
        ([None, value], "pass"),
        ([standing, value], "pass"),  # of what only stands for a value, another output says it
        ([value, standing], "pass"),
        ([standing], "unknown"),
        ([standing, None], "unknown"),
        ([standing, standing], "unknown"),
        ([value, other], "unknown"),
        ([value, other, value], "unknown"),
        ([5], "unknown"),
    ):
        assert finding(*map(said, texts)).status == status, texts


def test_a_plan_that_upgrades_is_judged_by_what_runs_before_it():
    before = {
        "kubernetes_version": "1.26",
        "network_profile": [{"network_plugin": "kubenet", "network_plugin_mode": None, "network_policy": None}],
    }
    (judged,) = [each for each in check(plan(aks(actions="update", before=before)), "en") if each.id == "AGC012"]
    assert (judged.status, judged.observed) == ("fail", "Kubernetes 1.26")


def test_of_two_clusters_each_has_its_own_way_to_overlay():
    other = {**WHOLE, "id": f"{OWN}2", "name": "two", "kubernetesVersion": "1.26"}
    clusters = inspect(compose([WHOLE, other], planned=UP), "en")
    assert [(cluster.name, str(cluster.findings[-1].status)) for cluster in clusters] == [
        ("one", "pass"),
        ("two", "fail"),
    ]


def test_of_several_unknown_findings_that_which_data_may_decide_is_told():
    silent = {**WHOLE, "networkProfile": {**PROFILE, "networkPolicy": "cilium"}}
    lacking = {**WHOLE, "id": f"{OWN}2", "name": "two", "kubernetesVersion": None}
    assert (finding(silent).gap, finding(lacking).gap) == (Gap.SOURCE, Gap.DATA)
    assert finding(silent, lacking).gap is Gap.DATA


def upgraded(now: Keys, then: Keys, *more: Keys, **cluster: Any) -> Finding:
    """A Terraform plan that is the upgrade, from one profile to another."""
    profile = {"network_plugin": "azure", "network_plugin_mode": None, "network_policy": None, **now}
    pools = [{"name": "np", "vnet_subnet_id": f"{VNET}/a/subnets/nodes", "pod_subnet_id": None}]
    shared = {"kubernetes_version": "1.31", "default_node_pool": pools, "id": OWN, "name": "one", **cluster}
    after = {
        **shared,
        "network_profile": [{**profile, "network_plugin": "azure", "network_plugin_mode": "overlay", **then}],
    }
    changed = change(
        "azurerm_kubernetes_cluster.main", after, None, "update", before={**shared, "network_profile": [profile]}
    )
    (judged,) = [each for each in check(plan(changed, *more), "en") if each.id == "AGC012"]
    return judged


@pytest.mark.parametrize(
    ("now", "then", "status"),
    [
        ({"network_data_plane": "azure"}, {"network_data_plane": "azure"}, "pass"),
        ({"network_data_plane": "azure"}, {"network_data_plane": "cilium"}, "fail"),
        ({"ebpf_data_plane": None}, {"ebpf_data_plane": "cilium"}, "unknown"),
        ({}, {"network_data_plane": "azure"}, "pass"),
    ],
)
def test_ipam_mode_and_data_plane_are_not_updated_in_one_operation(now: Keys, then: Keys, status: str):
    assert upgraded(now, then).status == status


@pytest.mark.parametrize(
    ("pods", "services", "status"),
    [
        ("10.244.0.0/16", "10.0.0.0/16", "pass"),
        ("10.244.0.0/16", "10.244.128.0/20", "fail"),
        ("10.60.128.0/17", "10.0.0.0/16", "fail"),
        (None, "10.0.0.0/16", "pass"),
    ],
)
def test_the_range_that_a_plan_gives_to_pods_overlaps_neither_nodes_nor_services(
    pods: str | None, services: str, status: str
):
    network = {"id": f"{VNET}/a", "name": "a", "address_space": ["10.60.0.0/16"], "location": "japaneast"}
    nodes = change("azurerm_virtual_network.main", network, None, "no-op")
    seen = upgraded({"service_cidr": services}, {"pod_cidr": pods, "service_cidr": services}, nodes)
    assert seen.status == status


@pytest.mark.parametrize(
    ("identity", "status"),
    [
        ([{"type": "SystemAssigned", "identity_ids": []}], "fail"),
        ([{"type": "UserAssigned", "identity_ids": ["/i"]}], "pass"),
        ([], "fail"),
    ],
)
def test_the_identity_of_a_plan_is_that_before_the_upgrade(identity: list[Keys], status: str):
    assert upgraded({"network_plugin": "kubenet"}, {}, identity=identity).status == status


def test_a_config_of_the_masq_agent_that_somebody_wrote_leaves_the_upgrade_open():
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "azure-ip-masq-agent-config"}}
    listed = {"apiVersion": "v1", "kind": "List", "items": [config]}
    for given in (config, listed):
        seen = finding(WHOLE, given)
        assert (seen.status, seen.observed) == ("unknown", "azure-ip-masq-agent-config")
        assert "masq" not in seen.pointer and "Unless it is there on purpose, delete it first" in seen.fix
    own = {**config, "metadata": {"name": "azure-ip-masq-agent-config-reconciled"}}
    assert finding(WHOLE, own).status == "pass"
    bad = {**WHOLE, "kubernetesVersion": "1.26"}
    assert finding(bad, config).status == "fail"


def test_what_concerns_the_whole_cluster_is_told_once_for_all_its_gateways():
    nodes = {**WHOLE, "agentPoolProfiles": [{**POOL, "vnetSubnetId": f"{VNET}/a/subnets/nodes"}]}
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "azure-ip-masq-agent-config"}}
    subnets = [{"id": f"{VNET}/a/subnets/s{at}", "addressPrefix": f"10.0.{at}.0/24"} for at in range(3)]
    gateways = [association(f"gateway{at}", f"s{at}") for at in range(3)]
    assert finding(nodes, *subnets, gateways, config).observed == "azure-ip-masq-agent-config"


def test_a_range_that_overlaps_points_at_the_cluster_where_no_network_is_given():
    services = {"service_cidr": "10.244.128.0/20"}
    judged = upgraded(services, {"pod_cidr": "10.244.0.0/16", **services})
    assert judged.pointer == "/resource_changes/0" and judged.parts


@pytest.mark.parametrize(
    ("plugin", "pods", "space", "status"),
    [
        ("kubenet", "10.244.0.0/16", "10.0.0.0/8", "unknown"),
        ("kubenet", "10.244.0.0/16", "10.0.0.0/16", "pass"),
        ("kubenet", "172.20.128.0/17", "10.0.0.0/16", "unknown"),  # the services'
        ("kubenet", "10.244.0.0/16", None, "pass"),
        ("kubenet", None, "10.0.0.0/8", "pass"),
        ("azure", None, "10.0.0.0/8", "pass"),  # has no range before the upgrade
    ],
)
def test_a_range_that_kubenet_keeps_and_that_overlaps_leaves_the_upgrade_open(
    plugin: str, pods: str | None, space: str | None, status: str
):
    profile = {**PROFILE, "networkPlugin": plugin, "podCidr": pods, "serviceCidr": "172.20.0.0/16"}
    pool = {**POOL, "vnetSubnetId": f"{VNET}/a/subnets/nodes"}
    nodes = {**WHOLE, "networkProfile": profile, "agentPoolProfiles": [pool], "identity": {"type": "UserAssigned"}}
    network = {"id": f"{VNET}/a", "addressSpace": {"addressPrefixes": [space]}, "virtualNetworkPeerings": []}
    judged = finding(nodes, *([network] if space else []))
    assert judged.status == status
    assert ("Pass a new range with `--pod-cidr`" in judged.fix) is (status == "unknown")
    assert finding({**nodes, "kubernetesVersion": "1.26"}, *([network] if space else [])).status == "fail"
