"""Inputs as tools leave them: cut lists, answers of the REST API, PowerShell's depth, UTF-16 without a mark, errors."""

import json
from typing import Any

import pytest

from bot.checks import InputError, compose, inspect, judge, read_documents, remedies
from bot.checks.findings import Status
from bot.checks.plan import plans
from bot.checks.report.look import Look
from bot.checks.report.markdown import render as as_markdown
from bot.checks.report.text import report

from .casework import base
from .test_laws import association, cluster, deployment, network, subnet
from .test_plans import aks, plan
from .test_plans import association as created
from .test_plans import subnet as planned

PLACE = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters"


@pytest.mark.parametrize(
    ("projected", "names"),
    [
        ([{"name": "a", "networkPlugin": "azure", "networkPluginMode": "overlay"}], ["a"]),
        ([{"name": "b", "networkPlugin": "kubenet"}, {"name": "a", "networkPlugin": "azure"}], ["a", "b"]),
        ([{"name": "a", "plugin": "azure", "mode": "overlay"}, {"name": "b", "plugin": "kubenet"}], ["a", "b"]),
        ([{"id": f"{PLACE}/c", "networkPlugin": "kubenet"}], ["c"]),
        ({"networkPlugin": "kubenet"}, [""]),
    ],
)
def test_a_projection_keeps_the_names_that_it_has(projected: Any, names: list[str]):
    assert [each.name for each in inspect(projected, "en")] == names


def test_a_projection_keeps_node_pools_and_says_no_more_than_it_holds():
    pools = [{"name": "np", "podSubnetId": "/pods"}]
    flat = {"name": "a", "networkPlugin": "azure", "networkPluginMode": None, "agentPoolProfiles": pools}
    by_rule = {each.id: each.status for each in inspect([flat], "en")[0].findings}
    assert by_rule["AGC002"] is Status.PASS
    del flat["agentPoolProfiles"]
    by_rule = {each.id: each.status for each in inspect([flat], "en")[0].findings}
    assert by_rule["AGC002"] is Status.UNKNOWN


def what_if(mode: str | None, **more: Any) -> dict[str, Any]:
    resource = f"{PLACE}/one"
    profile = {"networkPlugin": "kubenet" if mode is None else "azure", "networkPluginMode": mode}
    after = {"id": resource, "name": "one", "properties": {"networkProfile": profile}}
    return {"changes": [{"changeType": "NoChange", "resourceId": resource, "after": after}], **more}


@pytest.mark.parametrize("mode", ["overlay", None])
def test_a_what_if_of_the_rest_api_is_that_of_az(mode: str | None):
    rest = {"status": "Succeeded", "properties": {**what_if(mode), "correlationId": "x"}}
    for given in (rest, [rest]):
        (of_rest,), (of_az,) = inspect(given, "en"), inspect(what_if(mode), "en")
        assert [(each.id, each.status) for each in of_rest.findings] == [
            (each.id, each.status) for each in of_az.findings
        ]
    (finding,) = [each for each in inspect(rest, "en")[0].findings if each.id == "AGC001"]
    assert finding.pointer.startswith("/properties/changes/0")


CLASS = "Microsoft.Azure.Commands.Aks.Models.PSContainerServiceNetworkProfile"


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"Id": f"{PLACE}/one", "NetworkProfile": CLASS}, "/NetworkProfile"),
        ({"Id": f"{PLACE}/one", "NetworkProfile": {}, "AgentPoolProfiles": [CLASS]}, "/AgentPoolProfiles/0"),
        ({"id": f"{PLACE}/one", "properties": {"networkProfile": "System.Object[]"}}, "/properties/networkProfile"),
        ({"id": f"{PLACE}/one", "networkProfile": "@{networkPlugin=azure; networkPluginMode=}"}, "/networkProfile"),
        (network("a", "japaneast") | {"subnets": ["Microsoft.Azure.Commands.Network.Models.PSSubnet"]}, "/subnets/0"),
        (subnet("agc", "10.0.4.0/24") | {"delegations": ["System.Collections.Hashtable"]}, "/delegations/0"),
        (
            network("a", "japaneast") | {"addressSpace": {"addressPrefixes": "System.String[]"}},
            "/addressSpace/",
        ),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_powershell_cuts_off_is_refused_with_the_command_that_prints_it(document: Any, pointer: str, lang: str):
    with pytest.raises(InputError) as refused:
        compose(document)
    assert refused.value.code == "powershell-depth" and (refused.value.pointer or "").startswith(pointer)
    assert "-Depth 100" in refused.value.message(lang)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (network("a", "japaneast") | {"subnets": {"value": [], "Count": 0}}, "/subnets"),
        (
            network("a", "japaneast") | {"VirtualNetworkPeerings": {"Count": 1, "value": [{}]}},
            "/VirtualNetworkPeerings",
        ),
        (subnet("agc", "10.0.4.0/24") | {"serviceAssociationLinks": {"value": [{}], "Count": 1}}, "/serviceAssoc"),
        ({"id": f"{PLACE}/one", "networkProfile": {}, "agentPoolProfiles": {"value": [], "Count": 0}}, "/agentPool"),
        (
            {"type": "Microsoft.ServiceNetworking/trafficControllers", "associations": {"value": [{}], "Count": 1}},
            "/associations",
        ),
    ],
)
def test_a_list_that_windows_powershell_wrote_as_an_object_is_refused_and_not_taken_for_none(
    document: Any, pointer: str, lang: str
):
    with pytest.raises(InputError) as refused:
        compose([base("overlay"), document])
    assert refused.value.code == "powershell-list" and (refused.value.pointer or "").startswith(f"/1{pointer}")
    assert "PowerShell 7" in refused.value.message(lang)


def test_values_and_counts_elsewhere_are_no_lists_of_powershell():
    whole = base("overlay")
    tagged = whole | {"aks": whole["aks"] | {"tags": {"value": [1], "count": 1}, "x": {"value": [], "Count": 0}}}
    assert inspect(tagged, "en") == inspect(whole, "en")


def test_names_of_classes_that_no_rule_reads_do_not_matter():
    whole = base("overlay")
    cut = whole | {"aks": whole["aks"] | {"aadProfile": CLASS, "tags": {"a": CLASS}, "sku": "@{tier=Free}"}}
    assert inspect(cut, "en") == inspect(whole, "en")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("front", ["", "\r\n", "WARNING: this command is in preview\r\n"])
def test_every_encoding_of_a_tool_is_read(encoding: str, front: str):
    content = {"name": "クラスター", "networkProfile": {"networkPlugin": "azure"}}
    text = front + json.dumps(content, ensure_ascii=False, indent=1).replace("\n", "\r\n")
    assert read_documents(text.encode(encoding)) == content


@pytest.mark.parametrize(
    "data", [b"\x00", b"{\x00", b"{\x00\x00\x00", b"\x00\x00", "漢字".encode("utf-16-le"), b"\xff{}"]
)
def test_bytes_that_are_no_text_are_refused(data: bytes):
    with pytest.raises(InputError):
        read_documents(data)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_an_error_in_front_of_a_document_is_refused_with_what_to_do(lang: str):
    text = "ERROR: (ResourceNotFound) It was not found.\n" + json.dumps(cluster("one", "azure", "overlay"))
    with pytest.raises(InputError) as refused:
        read_documents(text.encode())
    assert refused.value.code == "error-text" and "`2>&1`" in refused.value.message(lang)
    assert "-o json >" in refused.value.message(lang)


IN_ONE_PLAN = plan(aks(), planned("agc", "10.0.4.0/24"), created("a", None))


@pytest.mark.parametrize(
    "document",
    [
        IN_ONE_PLAN,
        plan(
            aks(), planned("agc", "10.0.4.0/23", address='azurerm_subnet.this["agc"]'), created("a", "azurerm_subnet.x")
        ),
        [cluster("one", "azure", "overlay"), [{"id": "x", "subnet": {"id": "virtualNetworks/a/subnets/agc"}}]],
        [cluster("one", "azure", "overlay"), [{"id": "x", "subnet": {"id": "<SUBNET_ID>"}}]],
        [cluster("one", "azure", "overlay"), [{"id": "x", "subnet": {"id": "[variables('subnet')]"}}]],
    ],
)
def test_no_command_takes_for_an_id_what_is_none(document: Any):
    inventory = compose(document)
    lines = [
        line for by_rule in remedies(inventory, judge(inventory, "en")) for each in by_rule.values() for line in each
    ]
    for goal in ("overlay", "agc"):
        for each in plans(compose(document), goal, "en"):
            lines += [line for step in each.steps for line in (*step.first, *step.commands, step.check.command or "")]
    named = [part for line in lines for part in line.partition("--ids ")[2].split()[:1]]
    named += [
        part for line in lines if "association create" in line for part in line.split("--subnet ")[-1].split()[:1]
    ]
    named += [part for line in lines for part in line.partition("--scope ")[2].split()[:1]]
    assert named == [each for each in named if each.startswith(("/subscriptions/", "$", "'<"))] != []


def gateway_elsewhere() -> list[Any]:
    """Of two networks of which nothing but the names is known."""
    return [
        cluster("one", "azure", "overlay"),
        subnet("agc", "10.0.4.0/24", "b"),
        [association("g1", "agc", "b")],
        deployment("1.8.0"),
    ]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_several_rules_lack_is_said_once(lang: str):
    clusters = inspect(gateway_elsewhere(), lang)
    lacking = [each for each in clusters[0].findings if each.status is Status.UNKNOWN]
    assert [each.id for each in lacking] == ["AGC006", "AGC007"] and lacking[0].fix == lacking[1].fix
    folded = report(clusters, lang, Look())
    assert folded.count(lacking[0].fix) == 1
    assert all(text in folded for each in lacking for text in (f"{each.id} {each.name}", each.url))
    markdown = as_markdown(clusters, lang, "")
    assert markdown.count(lacking[0].fix) == 1 and markdown.count("### ") == 2
    assert report(clusters, lang, Look(whole=True)).count(lacking[0].fix) == 2  # --all: every rule in full


def test_what_fails_and_what_the_source_leaves_open_is_said_of_each_rule():
    wide = [cluster("one", "kubenet", None), subnet("agc", "10.0.4.0/23"), [association("g1", "agc")]]
    clusters = inspect(wide, "en")
    failing = [each for each in clusters[0].findings if each.status is Status.FAIL]
    folded = report(clusters, "en", Look())
    assert all(folded.count(f"[FAIL] {each.id}") == 1 and each.fix in folded for each in failing)
    assert folded.count("How to fix") == len(failing) > 1
