"""What az, kubectl, helm, ARM and Terraform print, with made-up values: read for what it says, or refused by name."""

import json
from typing import Any

import pytest

from bot.checks import InputError, check, compose, ignored, inspect

from .test_laws import GATEWAY, NETWORK, association, cluster, deployment, network, subnet

AKS = cluster("one", "azure", "overlay")
KUBENET = cluster("one", "kubenet", None)
SERVICE = "Microsoft.ServiceNetworking/trafficControllers"


def statuses(*documents: object, **options: Any) -> dict[str, str]:
    raw = documents[0] if len(documents) == 1 else list(documents)
    return {finding.id: str(finding.status) for finding in check(compose(raw, **options), "en")}


def arm(resource: dict[str, Any], kind: str) -> dict[str, Any]:
    """With `properties`, as ARM has it."""
    beside = {key: resource[key] for key in ("id", "name") if key in resource}
    return {**beside, "type": kind, "properties": {k: v for k, v in resource.items() if k not in beside}}


ARM_KUBENET = arm(KUBENET, "microsoft.containerservice/managedclusters")
TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
}


@pytest.mark.parametrize(
    "document",
    [
        {"value": [ARM_KUBENET], "nextLink": None},
        {"value": [KUBENET], "Count": 1},
        {"count": 1, "data": [ARM_KUBENET], "total_records": 1, "skip_token": None},
        {
            "count": 1,
            "data": {"columns": [{"name": key} for key in ARM_KUBENET], "rows": [list(ARM_KUBENET.values())]},
        },
        {"parameters": {}, "responses": {"200": {"body": ARM_KUBENET}, "404": {"body": {}}}},
        {**TEMPLATE, "resources": [ARM_KUBENET]},
        {"template": {**TEMPLATE, "resources": {"aks": ARM_KUBENET}}},
        {
            **TEMPLATE,
            "resources": [
                {"type": "Microsoft.Resources/deployments", "properties": {"template": {"resources": [ARM_KUBENET]}}}
            ],
        },
        {
            "status": "Succeeded",
            "changes": [{"resourceId": KUBENET["id"], "changeType": "Create", "after": ARM_KUBENET}],
        },
        {"networkPlugin": "kubenet", "networkPolicy": "calico"},
        {"plugin": "kubenet", "mode": None, "pools": [{"name": "a", "podSubnet": None, "allocation": None}]},
        {"Name": "one", "NetworkProfile": {"NetworkPlugin": "kubenet"}, "AgentPoolProfiles": []},
    ],
)
def test_a_cluster_is_read_wherever_it_is_wrapped(document: object):
    by_rule = statuses(document)
    assert (by_rule["AGC001"], by_rule["AGC002"]) == ("fail", "fail")


def test_node_pools_count_for_their_own_cluster():
    flat = cluster("flat", "azure", None)
    pool = {"id": f"{flat['id']}/agentPools/two", "name": "two", "podSubnetId": f"{NETWORK}/a/subnets/pods"}
    profile = {"networkPlugin": "azure", "networkPluginMode": None}
    assert statuses(profile, [pool])["AGC002"] == "pass"
    assert statuses(flat, [pool])["AGC002"] == "unknown"  # its first pool has none
    other = {**pool, "id": pool["id"].replace("/flat/", "/another/")}
    bare = {**flat, "agentPoolProfiles": None}
    assert [statuses(bare, [added])["AGC002"] for added in (pool, other)] == ["pass", "unknown"]
    anonymous = {key: value for key, value in pool.items() if key != "id"}
    assert statuses(bare, AKS, [anonymous])["AGC002"] == "unknown"


def test_a_networks_own_output_holds_its_subnets():
    inside = [subnet("agc", "10.0.4.0/23"), subnet("nodes", "10.0.0.0/24", delegated=False)]
    whole = {**network("a", "japaneast"), "subnets": inside}
    by_rule = statuses(AKS, whole)
    assert (by_rule["AGC004"], by_rule["AGC006"]) == ("fail", "pass")
    rest = arm(
        {**whole, "subnets": [arm(inner, "Microsoft.Network/virtualNetworks/subnets") for inner in inside]},
        "x/virtualNetworks",
    )
    assert statuses(AKS, {**rest, "type": "Microsoft.Network/virtualNetworks"})["AGC004"] == "fail"


@pytest.mark.parametrize(
    ("workload", "status"),
    [
        (deployment("1.7.9"), "pass"),
        (deployment("1.6.7"), "fail"),
        (deployment("1.12.1", "coredns"), "unknown"),
        ({"kind": "PodList", "items": [{"kind": "Pod", "metadata": {"name": "alb-controller-6648c5d5c-sdd9t"},
          "spec": {"containers": [{"name": "main", "image": "mirror/agc:1.7.8"}]}}]}, "fail"),
        ({"kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": [
            {"name": "mesh", "image": "mesh:2.0.0"},
            {"name": "alb-controller", "image": "mirror/agc:1.7.8"}]}}, "fail"),
        ({"kind": "Pod", "metadata": {"name": "alb-controller"}, "spec": {"containers": [
            {"name": "mesh", "image": "mesh:2.0.0"}, {"name": "main", "image": "mirror/agc:1.7.9"}]}}, "unknown"),
        ({"kind": "Pod", "metadata": {"name": "alb-controller-bootstrap-6648c5d5c-sdd9t"}, "spec": {"containers": [
            {"name": "alb-controller-bootstrap", "image": "a/alb-controller-bootstrap:1.9.9"}]}}, "unknown"),
        ({"kind": "Pod", "metadata": {"name": "alb-controller"}, "spec": {"containers": 5}}, "unknown"),
        ({"kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [
            {"name": "alb-controller", "image": []}]}}, "unknown"),
        ([{"name": "x", "namespace": "y", "chart": "alb-controller-1.6.7", "app_version": "1.6.7"}], "fail"),
        ([{"name": "x", "namespace": "y", "chart": "alb-controller-1.7.9", "status": "deployed"}], "pass"),
        ([{"name": "x", "namespace": "y", "chart": "alb-controller-1.7.9", "status": "failed"}], "unknown"),
        # The chart and what it installs contradict each other; v or not is the same.
        ([{"name": "x", "namespace": "y", "chart": "alb-controller-1.8.0", "app_version": "1.6.7"}], "unknown"),
        ([{"name": "x", "namespace": "y", "chart": "alb-controller-v1.8.0", "app_version": "1.8.0"}], "pass"),
        # A pod runs what its status says, which names the registry in another way; a digest says no version.
        ({"kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"image": "a.io/a/alb-controller:1.8.0"}]},
          "status": {"containerStatuses": [{"image": "b.io/a/alb-controller:1.6.7"}]}}, "fail"),
        ({"kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"image": "a.io/a/alb-controller:1.8.0"}]},
          "status": {"containerStatuses": [{"image": "b.io/a/alb-controller:1.8.0"}]}}, "pass"),
        ({"kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"image": "a.io/a/alb-controller:1.8.0"}]},
          "status": {"containerStatuses": [{"image": "b.io/a/alb-controller@sha256:0123"}, 5]}}, "pass"),
        ([{"name": "x", "namespace": "y", "chart": "alb-controller-1.7.9", "status": "superseded"}], "unknown"),
        ([{"name": "x", "namespace": "y", "chart": "mine-alb-controller-1.7.9", "app_version": "1.7.9"}], "unknown"),
        ({"name": "x", "namespace": "y", "chart": "alb-controller", "version": "1.7.8"}, "fail"),
        ({"name": "x", "namespace": "y", "info": {"status": "deployed"},
          "chart": {"metadata": {"name": "alb-controller", "version": "1.7.9"}}}, "pass"),
    ],
)  # fmt: skip
def test_only_the_controllers_own_workload_or_chart_tells_its_version(workload: object, status: str):
    assert statuses(AKS, workload)["AGC003"] == status


def balancer(*subnets: str, name: str = "alb") -> dict[str, Any]:
    spec = {"associations": [f"{NETWORK}/a/subnets/{subnet}" for subnet in subnets]}
    metadata = {"name": name, "namespace": "infra"}
    return {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": metadata,
        "spec": spec,
    }


def test_an_application_load_balancer_names_the_gateways_subnet():
    wide, small = subnet("wide", "10.0.4.0/23"), subnet("small", "10.0.6.0/24")
    by_rule = statuses(AKS, wide, small, balancer("wide"))
    assert (by_rule["AGC004"], by_rule["AGC005"]) == ("fail", "unknown")
    assert statuses(AKS, wide, small, balancer("small"))["AGC004"] == "pass"
    both = statuses(AKS, small, balancer("small"), balancer("small", name="other"))
    assert both["AGC005"] == "fail"
    made = {"status": {"conditions": [{"type": "Deployment", "message": f"alb-id={GATEWAY}/alb-1234"}]}}
    listed = statuses(AKS, small, balancer("small") | made, [association("alb-1234", "small")])
    assert listed["AGC005"] == "pass"  # the list holds the same gateway under Azure's name


def test_a_list_that_goes_on_elsewhere_is_not_all():
    page = {"value": [association("g1", "agc")], "nextLink": "https://management.azure.com/next"}
    by_rule = statuses(AKS, subnet("agc", "10.0.4.0/24"), page)
    assert (by_rule["AGC004"], by_rule["AGC005"]) == ("unknown", "unknown")
    graph = {"count": 1, "data": page["value"], "total_records": 5}
    assert statuses(AKS, subnet("agc", "10.0.4.0/24"), graph)["AGC005"] == "unknown"


@pytest.mark.parametrize(
    "gateways",
    [
        [{"id": f"{GATEWAY}/g2", "associations": [{"id": f"{GATEWAY}/g2/associations/as"}]}],
        [{"id": f"{GATEWAY}/g2", "type": SERVICE}],
    ],
)
def test_a_gateway_whose_associations_are_not_listed_leaves_it_open(gateways: object):
    by_rule = statuses(AKS, subnet("agc", "10.0.4.0/24"), [association("g1", "agc")], gateways)
    assert (by_rule["AGC004"], by_rule["AGC005"], by_rule["AGC006"]) == ("unknown", "unknown", "unknown")


def test_a_gateway_in_a_clusters_node_group_is_that_clusters():
    first, two = ({**cluster(name, "azure", "overlay"), "nodeResourceGroup": f"MC_{name}"} for name in ("one", "two"))
    owned = [
        {
            **association("g", name),
            "id": f"/subscriptions/0/resourceGroups/mc_{owner}/providers/{SERVICE}/g/associations/a",
        }
        for owner, name in (("one", "small"), ("two", "wide"))
    ]
    array = [first, two, subnet("small", "10.0.6.0/24"), subnet("wide", "10.0.4.0/23"), owned]
    assert [cluster.findings[3].status for cluster in inspect(array, "en")] == ["pass", "fail"]


def test_an_upgrade_that_a_deployment_makes_is_planned():
    after = arm(AKS, "Microsoft.ContainerService/managedClusters")
    flat = arm(cluster("one", "azure", None), "Microsoft.ContainerService/managedClusters")
    change = {"resourceId": AKS["id"], "changeType": "Modify", "before": flat, "after": after}
    by_rule = statuses({"changes": [change]}, subnet("agc", "10.0.4.0/23"))
    assert (by_rule["AGC002"], by_rule["AGC004"], by_rule["AGC009"]) == ("pass", "fail", "fail")
    assert statuses({"changes": [{**change, "changeType": "Delete"}]}, AKS)["AGC009"] == "not-applicable"


def test_a_template_says_what_it_declares_and_no_more():
    kind = "Microsoft.ContainerService/managedClusters"
    unclear = {**cluster("odd", "[parameters('plugin')]", "overlay")}
    declared = {**TEMPLATE, "resources": [arm(unclear, kind)]}
    with pytest.raises(InputError, match="`odd` is an expression") as caught:
        check(declared, "en")
    assert caught.value.pointer == "/resources/0"
    assert statuses(arm(unclear, kind))["AGC001"] == "unknown"
    gone = {**arm(KUBENET, kind), "condition": False}
    assert statuses({**TEMPLATE, "resources": [gone, arm(AKS, kind)]})["AGC001"] == "pass"
    joined = {**association("g", "agc"), "subnet": {"id": "[resourceId('x', 'agc')]"}}
    parts = [arm(AKS, kind), arm(subnet("agc", "10.0.4.0/24"), "Microsoft.Network/virtualNetworks/subnets")]
    by_rule = statuses({**TEMPLATE, "resources": [*parts, arm(joined, f"{SERVICE}/associations")]})
    assert (by_rule["AGC004"], by_rule["AGC005"]) == ("unknown", "unknown")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"version": 4, "terraform_version": "1.13.4", "lineage": "x", "resources": []}, "terraform-state"),
        ({"format_version": "1.0", "terraform_version": "1.13.4", "values": {}}, "terraform-state"),
        ([{"@level": "info", "@message": "Terraform", "type": "version"}], "terraform-log"),
        (
            {"apiVersion": "containerservice.azure.com/v1", "kind": "ManagedCluster", "metadata": {"name": "x"}},
            "operator-object",
        ),
        (
            {"apiVersion": "containerservice.azure.upbound.io/v1", "kind": "KubernetesCluster", "spec": {}},
            "operator-object",
        ),
        ({"version": 3, "deployment": {"manifest": {}, "resources": [{"urn": "urn:pulumi:x"}]}}, "pulumi"),
        ({"steps": [], "changeSummary": {"create": 1}}, "pulumi"),
        ([["one", "azure", "overlay"]], "not-recognised"),
        ({"error": {"code": "AuthorizationFailed", "message": "no"}}, "error-text"),
        ({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}}, "needs-cluster"),
        ({"type": "Microsoft.Compute/virtualMachines", "networkProfile": {}}, "needs-cluster"),
        ([{"name": "np", "vnetSubnetId": "/x/subnets/nodes", "mode": "System"}], "needs-cluster"),
    ],
)
def test_what_tells_no_cluster_is_refused_by_its_name(document: object, code: str):
    with pytest.raises(InputError) as caught:
        check(document, "en")
    assert caught.value.code == code and caught.value.message("ja")


def test_a_column_of_resource_graph_is_told_from_its_name():
    row = {"name": "one", "properties_networkProfile_networkPlugin": "kubenet", "resourceGroup": "rg"}
    assert statuses({"count": 1, "data": [row], "total_records": 1})["AGC001"] == "fail"
    odd = {"name": "two", "properties_networkProfile": 3, "properties_networkProfile_networkPlugin": "kubenet"}
    with pytest.raises(InputError):
        statuses({"count": 1, "data": [odd], "total_records": 1})


def test_what_nobody_knows_is_outlined():
    with pytest.raises(InputError, match=r"`\{a, b, c, d, e, f, …\}`"):
        check(dict.fromkeys("abcdefgh"), "en")
    with pytest.raises(InputError, match=r"output of `Gateway web`\. The cluster"):
        check({"apiVersion": "v1", "kind": "Gateway", "metadata": {"name": "web"}}, "en")


def test_what_no_rule_needs_is_named_and_left_out():
    inventory = compose(
        [AKS, {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "dns"}}, deployment("1", "web")]
    )
    assert [(place.pointer, name) for place, name in ignored(inventory)] == [
        ("/1", "Service dns"),
        ("/2", "Deployment web"),
    ]


def test_the_subnets_of_an_option_may_be_a_whole_list():
    both = [subnet("plain", "10.0.8.0/24", delegated=False), subnet("agc", "10.0.4.0/23")]
    assert statuses(None, aks=AKS, subnet=both)["AGC004"] == "fail"
    assert statuses(None, aks=AKS, subnet=both[0])["AGC004"] == "unknown"
    large = subnet("plain", "10.0.8.0/23", delegated=False)
    assert statuses(None, aks=AKS, subnet=large)["AGC004"] == "fail"  # a size is wrong whoever may use it
    other = {**large, "delegations": [{"serviceName": "Microsoft.Web/serverFarms"}]}
    assert statuses(None, aks=AKS, subnet=other)["AGC004"] == "unknown"
    flat = {**AKS, "networkProfile": {"networkPlugin": "azure"}}
    upgrade = statuses(None, aks=flat, subnet=large, planned="upgrade-to-overlay")
    assert (upgrade["AGC004"], upgrade["AGC009"]) == ("fail", "fail")
    bare = {"addressPrefix": "10.0.8.0/24"}
    assert statuses(None, aks=AKS, subnet=bare)["AGC004"] == "pass"  # the option says whose it is


def test_a_subnet_that_is_not_taken_for_the_gateways_is_named_with_how_to_say_so():
    plain = subnet("plain", "10.0.8.0/23", delegated=False)
    (judged,) = inspect([AKS, plain], "en")
    size = next(finding for finding in judged.findings if finding.id == "AGC004")
    assert size.status == "unknown" and size.observed == "plain"
    assert size.fix.startswith("The input has `plain`, which is not taken") and "--subnet FILE" in size.fix
    (judged,) = inspect([AKS, plain, subnet("agc", "10.0.4.0/24")], "en")
    assert not any("plain" in finding.fix for finding in judged.findings)


def test_where_a_planned_gateway_goes():
    agc, free = subnet("agc", "10.0.4.0/24"), subnet("free", "10.0.6.0/23")
    used = [association("g1", "agc")]
    assert statuses(AKS, agc, used, planned="install-agc")["AGC005"] == "fail"
    by_rule = statuses(AKS, agc, free, used, planned="install-agc")
    assert (by_rule["AGC004"], by_rule["AGC005"]) == ("fail", "pass")  # to the free one, which is too large
    two = statuses(AKS, agc, subnet("other", "10.0.9.0/24"), [], planned="install-agc")
    assert (two["AGC004"], two["AGC005"]) == ("unknown", "unknown")


def test_pages_of_one_thing_are_json_all_the_way():
    assert json.loads(json.dumps(compose({"value": [AKS]}).kinds)) == ["az aks show"]


@pytest.mark.parametrize("inside", [True, False])
def test_powershell_names_the_subnet_of_an_association_by_its_id_alone(inside: bool):
    """As a key of its own, flat or under `properties`; a subnet that is said as well has to be the same."""
    own = {"Id": f"{GATEWAY}/g/associations/as", "AssociationType": "subnets"}
    for name, status in (("agc", "pass"), ("wide", "fail")):
        place = {"SubnetId": f"{NETWORK}/a/subnets/{name}"}
        stated = {**own, "Properties": place} if inside else own | place
        places = subnet("agc", "10.0.4.0/24"), subnet("wide", "10.0.6.0/23")
        judged = statuses(AKS, *places, [stated])
        assert (judged["AGC004"], judged["AGC005"], judged["AGC006"]) == (status, "pass", "pass")
        both = stated | {"Subnet": {"Id": f"{NETWORK}/a/subnets/{name}"}}
        assert statuses(AKS, *places, [both])["AGC004"] == status
