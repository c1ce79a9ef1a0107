"""What a what-if has not looked at is unknown, what may change counts in both forms, and NoEffect changes nothing."""

from typing import Any

import pytest

from bot.checks import InputError, check, inspect

from .test_laws import cluster

Change = dict[str, Any]
SUBSCRIPTION = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups"
NODES = f"{SUBSCRIPTION}/net/providers/Microsoft.Network/virtualNetworks/nodes"
SUBNET = f"{NODES}/subnets/agc"
GATEWAYS = f"{SUBSCRIPTION}/rg/providers/Microsoft.ServiceNetworking/trafficControllers"
DEPLOYMENT = f"{SUBSCRIPTION}/rg/providers/Microsoft.Resources/deployments/network"
AKS: dict[str, Any] = cluster("one", "azure", "overlay")
OWN = str(AKS["id"])
SKIPPED = ("NestedDeploymentShortCircuited", "NestedDeploymentSkippedFromInternalExpansion")
GATED = ("AGC004", "AGC005", "AGC006", "AGC007")


def association(name: str, subnet: str = SUBNET) -> dict[str, Any]:
    own = f"{GATEWAYS}/{name}/associations/as"
    return {"id": own, "name": "as", "properties": {"subnet": {"id": subnet}}}


def subnet(prefix: str, own: str = SUBNET) -> dict[str, Any]:
    return {"id": own, "name": own.rsplit("/", 1)[-1], "properties": {"addressPrefix": prefix}}


def change(kind: str, before: Any = None, after: Any = None, **more: Any) -> Change:
    own = next((side["id"] for side in (after, before) if side), None)
    return {"changeType": kind, "resourceId": own, "before": before, "after": after, **more}


def what_if(*changes: Change, **more: Any) -> dict[str, Any]:
    return {"status": "Succeeded", "error": None, "changes": list(changes), "potentialChanges": None, **more}


def arm(mode: str | None, plugin: str = "azure", tags: Any = None) -> dict[str, Any]:
    profile = {"networkPlugin": plugin, "networkPluginMode": mode, "networkPolicy": "none"}
    pools = [{"name": "a", "vnetSubnetID": f"{NODES}/subnets/aks", "osType": "Linux"}]
    properties = {"kubernetesVersion": "1.30.1", "networkProfile": profile, "agentPoolProfiles": pools}
    return {"id": OWN, "name": "one", "location": "japaneast", "tags": tags, "properties": properties}


CLUSTER = change("NoChange", arm("overlay"), arm("overlay"))
BESIDE = [subnet("10.0.4.0/24"), [association("one")], "1.7.9"]


def statuses(*documents: object) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in check([*documents, *BESIDE], "en")}


def test_a_whole_what_if_passes():
    assert set(statuses(what_if(CLUSTER)).values()) == {"pass", "not-applicable"}


@pytest.mark.parametrize("code", SKIPPED)
@pytest.mark.parametrize("target", [DEPLOYMENT, "", None, "[resourceId('x', 'y')]"])
def test_what_was_not_looked_at_is_unknown(code: str, target: str | None):
    diagnostic = {"level": "Warning", "code": code, "message": "skipped", "target": target}
    judged = statuses(what_if(CLUSTER, diagnostics=[diagnostic]))
    assert {rule: judged[rule] for rule in ("AGC001", *GATED)} == {"AGC001": "pass", **dict.fromkeys(GATED, "unknown")}
    alone = statuses(what_if(diagnostics=[diagnostic]), AKS)
    assert {alone[rule] for rule in ("AGC001", "AGC002", *GATED)} == {"unknown"}  # the cluster may change, too


def test_of_one_resource_that_was_not_looked_at_only_that_is_unknown():
    diagnostic = {"level": "Warning", "code": "ResourceSkipped", "message": "skipped"}
    judged = statuses(what_if(CLUSTER, diagnostics=[diagnostic | {"target": SUBNET}]))
    assert judged["AGC004"] == "unknown"
    assert judged["AGC001"] == judged["AGC003"] == "pass"
    storage = f"{SUBSCRIPTION}/rg/providers/Microsoft.Storage/storageAccounts/a"
    assert "unknown" not in statuses(what_if(CLUSTER, diagnostics=[diagnostic | {"target": storage}])).values()


@pytest.mark.parametrize("resource", ["[guid(x)]", "", None, DEPLOYMENT])
@pytest.mark.parametrize("kind", ["Unsupported", "Deploy"])
def test_a_change_of_nobody_knows_what_may_be_of_anything(kind: str, resource: str | None):
    judged = statuses(what_if(CLUSTER, {**change(kind), "resourceId": resource, "unsupportedReason": "not evaluated"}))
    assert {judged[rule] for rule in GATED} == {"unknown"}


@pytest.mark.parametrize("kind", ["Ignore", "NoChange"])
def test_what_stays_is_there(kind: str):
    other = association("two")
    assert statuses(what_if(CLUSTER, change(kind, other, other)))["AGC005"] == "fail"
    assert statuses(what_if(CLUSTER, change(kind, other)))["AGC005"] == "fail"
    nested = {**change(kind), "resourceId": DEPLOYMENT}
    assert "unknown" not in statuses(what_if(CLUSTER, nested)).values()


@pytest.mark.parametrize("form", ["az", "rest"])
def test_what_may_be_created_makes_no_pass_and_no_failure(form: str):
    result = what_if(CLUSTER, potentialChanges=[change("Create", after=association("two"))])
    given = result if form == "az" else {"status": "Succeeded", "properties": result}
    judged = statuses(given)
    assert judged["AGC005"] == "unknown"
    assert {judged[rule] for rule in ("AGC001", "AGC003", "AGC004")} == {"pass"}


@pytest.mark.parametrize(
    ("before", "after", "rule", "status"),
    [
        (arm("overlay"), arm(None, "kubenet"), "AGC001", "unknown"),
        (arm("overlay"), None, "AGC001", "unknown"),
        (arm("overlay"), arm("overlay", tags={"a": "b"}), "AGC001", "pass"),
        (subnet("10.0.4.0/24"), subnet("10.0.4.0/23"), "AGC004", "unknown"),
        (subnet("10.0.4.0/24"), subnet("10.0.4.0/24"), "AGC004", "pass"),
        (association("one"), association("one", f"{NODES}/subnets/other"), "AGC005", "unknown"),
    ],
)
def test_what_may_change_counts_as_it_is_and_as_it_may_be(before: Any, after: Any, rule: str, status: str):
    result = what_if(CLUSTER, potentialChanges=[change("Modify", before, after)])
    assert statuses(result)[rule] == status
    alone = what_if(potentialChanges=[change("Modify", before, after)])
    assert statuses(alone, AKS)[rule] == status


def test_a_cluster_that_may_go_passes_nothing():
    judged = statuses(what_if(potentialChanges=[change("Delete", arm("overlay"))]))
    assert "pass" not in judged.values()


def test_a_what_if_with_potential_changes_alone_is_read():
    result = {"status": "Succeeded", "changes": None, "potentialChanges": [change("Create", after=association("two"))]}
    assert statuses(result, AKS)["AGC005"] == "unknown"


def effectless(path: str, *children: Change) -> list[Change]:
    if children:
        return [{"path": path, "propertyChangeType": "Array", "children": list(children)}]
    return [{"path": path, "propertyChangeType": "NoEffect", "before": None, "after": "x"}]


def test_a_property_without_effect_stays_as_it_is():
    mode = effectless("properties.networkProfile.networkPluginMode")
    result = what_if(change("Modify", arm(None), arm("overlay"), delta=mode))
    assert statuses(result)["AGC002"] == "unknown"  # Azure CNI Node Subnet
    assert statuses(result)["AGC012"] == "not-applicable"  # no upgrade at all
    (kept,) = effectless("properties.addressPrefix")
    right, wide = subnet("10.0.4.0/24"), subnet("10.0.4.0/23")
    assert statuses(what_if(CLUSTER, change("Modify", right, wide, delta=[kept])))["AGC004"] == "pass"


def test_an_element_of_a_list_without_effect_stays_as_it_is():
    was, will_be = arm(None), arm(None)
    will_be["properties"]["agentPoolProfiles"] = [{"name": "a", "podSubnetID": f"{NODES}/subnets/pods"}]
    (inner,) = effectless("podSubnetID")
    delta = effectless(
        "properties.agentPoolProfiles", {"path": "0", "propertyChangeType": "Modify", "children": [inner]}
    )
    assert statuses(what_if(change("Modify", was, will_be)))["AGC002"] == "pass"
    assert statuses(what_if(change("Modify", was, will_be, delta=delta)))["AGC002"] == "unknown"


@pytest.mark.parametrize("form", ["az", "rest"])
def test_a_what_if_that_failed_is_refused_as_an_error(form: str):
    result = {"status": "Failed", "error": {"code": "InvalidTemplate", "message": "x"}, "changes": []}
    given = (
        result if form == "az" else {"status": "Failed", "error": result["error"], "properties": {"changes": [CLUSTER]}}
    )
    with pytest.raises(InputError) as refused:
        inspect(given, "en")
    assert refused.value.code == "error-text"


@pytest.mark.parametrize(
    "part",
    [
        CLUSTER,
        [CLUSTER, change("Create", None, association("two"))],
        {"Status": "Succeeded", "Changes": [{"ChangeType": 4, "FullyQualifiedResourceId": OWN}]},
        {"properties": {"changes": {"resourceChanges": [{"id": OWN, "changeType": "Modify"}]}}},
        what_if(CLUSTER, diagnostics=["skipped"]),
    ],
)
def test_a_part_of_a_what_if_is_refused_by_name(part: Any):
    for documents in (part, [AKS, *BESIDE, part]):
        with pytest.raises(InputError) as refused:
            inspect(documents, "en")
        assert refused.value.code == "what-if-part"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_reason_names_what_was_not_looked_at(lang: str):
    diagnostic = {"level": "Warning", "code": SKIPPED[0], "message": "skipped", "target": DEPLOYMENT}
    (finding,) = [
        finding
        for finding in check([what_if(CLUSTER, diagnostics=[diagnostic]), *BESIDE], lang)
        if finding.id == "AGC005"
    ]
    assert f"{SKIPPED[0]}: network" in finding.fix


def test_of_a_subnet_that_a_what_if_creates_all_associations_are_known():
    def judged(kind: str, *beside: object) -> str:
        there = subnet("10.0.4.0/24")
        changes = change(kind, None if kind == "Create" else there, there), change("Create", None, association("new"))
        findings = check([what_if(CLUSTER, *changes), *beside], "en")
        return next(str(finding.status) for finding in findings if finding.id == "AGC005")

    assert judged("Create") == "pass"
    assert judged("NoChange") == "unknown"
    assert judged("Create", [association("old")]) == "fail"


def pointers(change: Change) -> dict[str, str]:
    """Where each finding about the cluster says that its value is."""
    return {finding.id: finding.pointer for finding in check([what_if(change), *BESIDE], "en")}


def test_a_value_is_where_it_was_read():
    profile = "properties/networkProfile"
    flat = arm(None)
    flat["properties"]["networkProfile"]["networkPolicy"] = "calico"
    shown = pointers(change("Modify", flat, arm("overlay")))
    assert shown["AGC012"] == f"/0/changes/0/before/{profile}/networkPolicy"
    assert pointers(change("Modify", arm("overlay"), arm("overlay")))["AGC001"] == (
        f"/0/changes/0/after/{profile}/networkPlugin"
    )
    kept = effectless("properties.networkProfile.networkPlugin")
    both = pointers(change("Modify", arm("overlay"), arm("overlay", "kubenet"), delta=kept))
    assert both["AGC001"] == "/0/changes/0", "of a value that stays no side is the whole truth"


def test_what_there_is_before_an_upgrade_is_shown_where_it_stands():
    before, after = association("one", f"{NODES}/subnets/old"), association("one")
    moved = what_if(change("Modify", arm(None), arm("overlay")), change("Modify", before, after))
    wide = subnet("10.0.6.0/23", f"{NODES}/subnets/old")
    size = next(
        finding for finding in check([moved, wide, subnet("10.0.4.0/24"), "1.7.9"], "en") if finding.id == "AGC009"
    )
    assert size.status == "fail" and "/0/changes/1/before" in {part.pointer for part in size.parts}
