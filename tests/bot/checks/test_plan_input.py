"""What a plan makes of its input: ranges and identity of the cluster, what only Terraform makes, names of gateways."""

from typing import Any

import pytest

from bot.checks import compose
from bot.checks.plan.planner import plans
from bot.checks.plan.records import Plan, Step

from .test_laws import GATEWAY, association, cluster, deployment, network, subnet
from .test_plans import AFTER, DELEGATION, VNET, aks, azapi, change, plan
from .test_plans import subnet as planned

AGC = f"{VNET}/a/subnets/agc"

NO_ASSOCIATIONS: dict[str, Any] = {"agcAssociations": []}  # a bare list does not say of what it is


def made(documents: Any, goal: str = "overlay", lang: str = "en") -> Plan:
    (document,) = plans(compose(documents), goal, lang)
    return document


def step(planned: Plan, name: str) -> Step:
    (wanted,) = [step for step in planned.steps if step.id == name]
    return wanted


def flat(plugin: str = "azure", **profile: Any) -> dict[str, Any]:
    aks = cluster("one", plugin, None) | {"kubernetesVersion": "1.31"}
    return aks | {"networkProfile": {"networkPlugin": plugin, "networkPolicy": None, **profile}}


def upgrade(*documents: Any, lang: str = "en") -> tuple[str, str]:
    """The command, and all notes on it."""
    upgrading = step(made([*documents, NO_ASSOCIATIONS], lang=lang), "upgrade")
    return upgrading.commands[0], " ".join(note.text for note in upgrading.notes)


def space(*prefixes: str) -> dict[str, Any]:
    return network("a", "japaneast") | {"addressSpace": {"addressPrefixes": list(prefixes)}}


def test_the_range_of_the_pods_is_part_of_the_command_unless_it_stays_as_it_is():
    assert upgrade(flat())[0].endswith("--network-plugin-mode overlay --pod-cidr '<POD_CIDR>'")
    kept = flat("kubenet", podCidr="10.244.0.0/16", serviceCidr="10.0.0.0/16")
    assert upgrade(kept)[0].endswith("--network-plugin-mode overlay")
    assert upgrade(kept, space("10.60.0.0/16"))[0].endswith("--network-plugin-mode overlay")


@pytest.mark.parametrize(
    ("pods", "services", "network_of_nodes"),
    [
        ("10.244.0.0/16", "10.0.0.0/16", ["10.0.0.0/8"]),
        ("10.244.0.0/16", "10.244.128.0/20", ["10.60.0.0/16"]),
        ("10.244.0.0/16", None, ["10.60.0.0/16", "10.244.4.0/24"]),
    ],
)
def test_a_range_that_overlaps_the_network_or_the_services_is_not_kept(
    pods: str, services: str | None, network_of_nodes: list[str]
):
    command, notes = upgrade(flat("kubenet", podCidr=pods, serviceCidr=services), space(*network_of_nodes))
    assert command.endswith("--pod-cidr '<POD_CIDR>'")
    assert f"{pods}, overlaps" in notes
    assert all(text in notes for text in [*network_of_nodes, *([services] if services else [])])


def test_subnets_of_the_nodes_network_stand_in_for_an_address_space_that_is_not_there():
    _, notes = upgrade(
        flat(serviceCidr="10.0.0.0/16"), subnet("nodes", "10.60.0.0/22"), subnet("x", "10.9.0.0/24", "b")
    )
    assert "must not overlap: 10.60.0.0/22, 10.0.0.0/16." in notes and "is not in the input" in notes
    assert "is not in the input" not in upgrade(flat(), space("10.60.0.0/16"))[1]


@pytest.mark.parametrize("name", ["remoteAddressSpace", "remoteVirtualNetworkAddressSpace"])
def test_the_range_of_a_peered_network_is_named_and_not_overlapped(name: str):
    def peered(*prefixes: str) -> dict[str, Any]:
        peering = {"name": "hub", "peeringState": "Connected", name: {"addressPrefixes": list(prefixes)}}
        return space("10.60.0.0/16") | {"virtualNetworkPeerings": [peering]}

    kept = flat("kubenet", podCidr="10.244.0.0/16", serviceCidr="10.0.0.0/16")
    command, notes = upgrade(kept, peered("10.10.0.0/16"))
    assert command.endswith("--network-plugin-mode overlay")
    assert "must not overlap: 10.60.0.0/16, 10.0.0.0/16, 10.10.0.0/16." in notes
    assert upgrade(kept, peered("10.244.0.0/20"))[0].endswith("--pod-cidr '<POD_CIDR>'")


@pytest.mark.parametrize("text", ["<cidr>", "10.244.0.0/99", "", "; rm -rf ~", 5, None])
def test_what_is_no_range_is_neither_kept_nor_compared(text: Any):
    command, notes = upgrade(flat("kubenet", podCidr=text, serviceCidr=text), space("10.60.0.0/16"))
    assert command.endswith("--pod-cidr '<POD_CIDR>'") and "overlaps" not in notes


@pytest.mark.parametrize(
    ("identity", "need", "marks"),
    [
        ({"type": "SystemAssigned"}, "todo", ["waits"]),
        (None, "todo", ["irreversible", "waits"]),
        ({"type": "UserAssigned"}, "done", []),
        ({"type": "[parameters('identity')]"}, "unclear", ["waits"]),
    ],
)
def test_a_kubenet_cluster_gets_an_identity_that_may_detach_its_route_table(identity: Any, need: str, marks: list[str]):
    own = {"resourceGroup": "rg", "location": "japaneast"}
    planned = made([flat("kubenet") | own | {"identity": identity}, []])
    (given,) = [step for step in planned.steps if step.id == "identity"]
    assert (given.need, [str(mark) for mark in given.marks]) == (need, marks)
    assert [step.id for step in planned.steps].index("identity") < [step.id for step in planned.steps].index("upgrade")
    if need != "done":
        create, role, assign = given.commands
        assert create.endswith("--name '<IDENTITY_NAME>' --location japaneast --subscription 0")
        assert role.startswith(
            "az role assignment create --assignee-object-id '<IDENTITY_PRINCIPAL_ID>'"
            " --assignee-principal-type ServicePrincipal --role 'Network Contributor' --scope "
        )
        assert assign.endswith("--enable-managed-identity --assign-identity '<IDENTITY_ID>'")
    assert "identity" not in [step.id for step in made([flat() | own | {"identity": identity}, []]).steps]


def test_windows_nodes_get_a_newer_image_before_the_upgrade_and_old_servers_are_replaced():
    def pool(name: str, image: str | None) -> dict[str, Any]:
        return {"name": name, "osType": "Windows", "podSubnetId": None, "nodeImageVersion": image}

    pools = [
        pool("old", "AKSWindows-2022-containerd-20348.1000.220101"),
        pool("new", "AKSWindows-2022-containerd-20348.2113.231109"),
        pool("aged", "AKSWindows-2019-containerd-17763.5122.231115"),
    ]
    planned = made([flat() | {"agentPoolProfiles": pools}, []])
    windows = step(planned, "windows")
    assert [line.partition("--name ")[2] for line in windows.commands] == ["old --subscription 0 --node-image-only"]
    assert windows.need == "todo" and step(planned, "windows-2019").title.endswith(": aged")


def test_a_masq_agent_that_somebody_wrote_is_decided_on_before_the_upgrade():
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "azure-ip-masq-agent-config"}}
    order = [step.id for step in made([flat(), [], config]).steps]
    assert order.index("masq") < order.index("upgrade")
    masq = step(made([flat(), NO_ASSOCIATIONS, config]), "masq")
    assert masq.need == "unclear" and masq.first[0].startswith("kubectl get configmap azure-ip-masq-agent-config")
    reconciled = {**config, "metadata": {"name": "azure-ip-masq-agent-config-reconciled"}}
    assert "masq" not in [step.id for step in made([flat(), [], reconciled]).steps]


def release(version: str, actions: str = "create", before: str | None = None) -> dict[str, Any]:
    chart = {"name": "alb", "chart": "alb-controller", "version": version}
    was = {"before": {**chart, "version": before}} if before else {}
    return change("helm_release.alb", chart, AFTER, actions, **was)


def there(address: str = "azurerm_kubernetes_cluster.main") -> dict[str, Any]:
    return aks(actions="no-op") | {"address": address}


def test_what_only_the_plan_creates_is_not_done_before_it_is_applied():
    inline = {"name": "agc", "address_prefixes": ["10.0.4.0/24"], "delegation": DELEGATION}
    nodes = {"name": "a", "id": f"{VNET}/a", "subnet": [inline]}
    new = plan(there(), change("azurerm_virtual_network.a", nodes, {}, "create"), release("1.8.0"))
    planned = made([new, NO_ASSOCIATIONS], "agc")
    assert planned.steps[0].id == "apply" and planned.steps[0].commands == ("terraform apply '<PLAN_FILE>'",)
    assert "subnet agc" in planned.steps[0].title and "ALB Controller" in planned.steps[0].title
    assert "the cluster" not in planned.steps[0].title
    assert {step.id for step in planned.steps if step.need == "done"} == {"upgrade"}


def test_what_is_there_already_is_done():
    old = plan(there(), planned("agc", "10.0.4.0/24", AGC), release("1.8.0", "no-op"))
    following = made([old, NO_ASSOCIATIONS], "agc")
    assert {step.id for step in following.steps if step.need == "done"} == {
        "upgrade",
        "controller",
        "free-subnet-there",
    }
    both = made(
        [plan(there(), planned("agc", "10.0.4.0/24", AGC), release("1.8.0")), NO_ASSOCIATIONS, deployment("1.8.0")],
        "agc",
    )
    assert "apply" not in [step.id for step in both.steps]


def test_what_the_plan_changes_is_done_when_it_is_applied():
    planned = made([plan(there(), release("1.8.0", "update", before="1.6.7")), []], "agc")
    assert "ALB Controller" in step(planned, "apply").title
    assert "controller" not in [step.id for step in planned.steps]
    assert "apply" not in [
        step.id for step in made([plan(there(), release("1.8.0", "update", before="1.8.0")), []]).steps
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_subnet_is_not_called_a_gateway(lang: str):
    overlay = cluster("one", "azure", "overlay")
    on = {
        "ja": "サブネット agc を AGC に使えるとわかれば不要",
        "en": "unless the data show that AGC can use subnet agc",
    }
    unclear = made([overlay, subnet("agc", "10.0.4.0/24"), deployment("1.8.0")], lang=lang)
    assert on[lang] in step(unclear, "subnet").title
    free = made([overlay, subnet("agc", "10.0.4.0/24"), NO_ASSOCIATIONS], "agc", lang)
    assert step(free, "free-subnet-there").title.endswith(": agc")
    named = made([overlay, subnet("agc", "10.0.4.0/24"), [association("g1", "agc")]], lang=lang)
    assert step(named, "place").title.startswith("g1 ")
    balancer = {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": "x"},
    }
    balancer["spec"] = {"associations": [f"{VNET}/a/subnets/agc"]}
    listed = [association("g2", "agc")]  # Azure's name of the one that the object asks for
    balancer["status"] = {"conditions": [{"type": "Deployment", "message": f"alb-id={GATEWAY}/g2"}]}
    both = made([overlay, subnet("agc", "10.0.4.0/24"), listed, balancer], lang=lang)
    assert step(both, "place").title


def test_words_of_japanese_stand_without_a_gap():
    planned = made([cluster("one", "azure", "overlay"), deployment("1.8.0")], lang="ja")
    assert step(planned, "subnet").title == "ノードの VNet に、AGC リソース用の /24 のサブネットを作る"


def test_a_cluster_that_something_unread_changes_has_no_plan():
    own = cluster("one", "azure", "overlay")
    up = azapi("up", "Microsoft.ContainerService/managedClusters", "(sensitive)", resource_id=own["id"])
    up |= {"address": "azapi_update_resource.up", "type": "azapi_update_resource"}
    planned = made([own, plan(up)])
    assert [blocker.id for blocker in planned.blockers] == ["unread"] and planned.steps == ()
    assert planned.blockers[0].observed == "azapi_update_resource.up"


@pytest.mark.parametrize("kind", ["Microsoft.ServiceNetworking/trafficControllers", "Microsoft.Sql/managedInstances"])
def test_a_subnet_that_anything_uses_is_not_the_free_one(kind: str):
    overlay = cluster("one", "azure", "overlay")
    used = subnet("agc", "10.0.4.0/24") | {"serviceAssociationLinks": [{"linkedResourceType": kind}]}
    assert step(made([overlay, used, NO_ASSOCIATIONS], "agc"), "free-subnet").need == "todo"


def test_a_plan_that_makes_the_upgrade_itself_waits_for_the_steps_before_it():
    before = {"network_profile": [{"network_plugin": "azure", "network_plugin_mode": None, "network_policy": "calico"}]}
    planned = made([plan(aks(actions="update", before={**before, "kubernetes_version": "1.31"}))])
    assert any("Do not apply it until" in note.text for note in planned.notes)
    assert not any("Do not apply it until" in note.text for note in made([flat(), []]).notes)


def test_the_network_that_aks_made_itself_takes_no_role():
    def commands(own: dict[str, Any]) -> str:
        pools = [{"name": "np", "osType": "Linux", **own}]
        return " ".join(
            step(
                made([flat("kubenet") | {"identity": None, "agentPoolProfiles": pools}, NO_ASSOCIATIONS]), "identity"
            ).commands
        )

    assert "role assignment" not in commands({"vnetSubnetId": None})
    assert "--scope '<NODES_VNET_ID>'" in commands({})
    assert f"--scope {VNET}/a " in commands({"vnetSubnetId": f"{VNET}/a/subnets/nodes"})


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_of_a_template_the_plan_says_that_it_takes_it_for_what_exists(lang: str):
    cluster = flat() | {"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2025-05-01"}
    profile = {key: cluster.pop(key) for key in ("networkProfile", "agentPoolProfiles")}
    template = {"$schema": "deploymentTemplate.json#", "contentVersion": "1.0.0.0"}
    plan = made(template | {"resources": [cluster | {"properties": profile}]}, "overlay", lang)
    assert any("az deployment group what-if" in note.text for note in plan.notes)
    assert not any("what-if" in note.text for note in made([flat()], "overlay", lang).notes)
