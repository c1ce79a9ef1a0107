"""Snapshots damaged in every way: a clear error or `unknown`, never a traceback, never a pass from missing data."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from bot.checks import FORMATS, InputError, Status, check, read_json, render, rules
from bot.checks.inventory.snapshot import Network, Snapshot

from .casework import CASES, base, cases, edited
from .test_forms import TEMPLATE as HEAD
from .test_forms import arm, balancer
from .test_laws import DOCUMENTS, UNRELATED, association, cluster, network, subnet
from .test_plans import aks, azapi, change
from .test_plans import plan as made_plan

PEERING = {
    "id": "/x/virtualNetworks/a/virtualNetworkPeerings/p",
    "remoteVirtualNetwork": {"id": "/x/virtualNetworks/b"},
}
TEMPLATE = {
    **HEAD,
    "resources": [
        arm(cluster("one", "azure", "overlay"), "Microsoft.ContainerService/managedClusters"),
        arm(
            {**network("a", "x"), "subnets": [arm(subnet("agc", "10.0.4.0/24"), "subnets")]},
            "Microsoft.Network/virtualNetworks",
        ),
        balancer("agc"),
        {
            "name": "nested",
            "type": "Microsoft.Resources/deployments",
            "resources": [arm(association("g", "agc"), "x/y")],
        },
    ],
}
GRAPH = {"count": 2, "data": [cluster("one", "azure", "overlay"), cluster("two", "kubenet", None)], "total_records": 2}
STYLES = made_plan(
    aks(),
    azapi("n", "Microsoft.Network/virtualNetworks", {"properties": {"subnets": [{"name": "agc", "properties": {}}]}}),
    azapi("p", "Microsoft.ContainerService/managedClusters/agentPools", {"properties": {"podSubnetID": "/x"}}),
    azapi("r", "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
          {"properties": {"remoteVirtualNetwork": {"id": "/x"}}}),
    change("azurerm_virtual_network.v",
           {"name": "v", "subnet": [{"name": "agc", "address_prefixes": ["10.0.0.0/24"]}]}),
    change("helm_release.alb", {"chart": "alb-controller", "version": "1.7.9"}),
    read=[{"address": "data.azurerm_virtual_network.v", "mode": "data", "type": "azurerm_virtual_network", "name": "v",
           "values": {"id": "/x/virtualNetworks/v", "vnet_peerings": {"p": "/y"}}}],
)  # fmt: skip

PATIENT = settings(deadline=None)  # a busy machine is no failure
ARRAYS = [
    [*DOCUMENTS[:13], *DOCUMENTS[15:21], PEERING, *UNRELATED[:5]],
    [TEMPLATE],
    [GRAPH, *DOCUMENTS[5:15]],
    [STYLES],
]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JSON = st.recursive(
    SCALARS | st.sampled_from(["azure", "overlay", "10.0.0.0/24", "1.7.9", "upgrade-to-overlay", "install-agc"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
PLAN = json.loads((CASES / "plan.json").read_text("utf-8"))
WHOLE = [base(name) for name in ("overlay", "flat", "kubenet", "own-cni", "hub")] + [case.snapshot for case in cases()]


def pointers(document: Any, at: str = "") -> Iterator[str]:
    """Every place below the root whose names need no escaping."""
    items = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, value in items:
        if isinstance(key, str) and ("/" in key or "~" in key):
            continue
        yield f"{at}/{key}"
        yield from pointers(value, f"{at}/{key}")


@st.composite
def damaged(draw: st.DrawFn, wholes: list[Any]) -> Any:
    document = json.loads(json.dumps(draw(st.sampled_from(wholes))))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.sampled_from(list(pointers(document)) or [""]))
        if not place:
            break
        if draw(st.booleans()):
            edited(document, {}, [place])
        else:
            edited(document, {place: draw(JSON)})
    return document


def statuses(document: Any) -> dict[str, Status]:
    return {finding.id: finding.status for finding in check(document, "ja")}


@PATIENT
@given(damaged(WHOLE) | damaged([PLAN]) | damaged(ARRAYS) | damaged(ARRAYS) | JSON)
def test_findings_or_a_clear_error(document: Any):
    try:
        findings = check(document, "en")
    except InputError as error:
        assert error.message("ja") and error.message("en")
        return
    assert [finding.id for finding in findings] == [rule.id for rule in rules()]
    assert all(finding.status in rule.outcomes for finding, rule in zip(findings, rules(), strict=True))
    for form in FORMATS:
        assert render(findings, form, "en").encode()


@PATIENT
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()[:-1]))
def test_bytes_are_json_or_a_clear_error(data: bytes):
    try:
        read_json(data)
    except InputError as error:
        assert error.message("ja")


def contradicted(whole: dict[str, Any]) -> bool:
    """Whether other parts say that the given subnet is not the gateway's: without them it would be again."""
    finding = next(finding for finding in check(whole, "en") if finding.id == "AGC004")
    prefixes = [key for key in whole.get("subnet") or {} if key.startswith("addressPrefix")]
    return finding.pointer == "/subnet" and bool(prefixes)


# What AGC012 looks at where it is given, and needs not (see its page).
ABSENT = ("/type", "/typePropertiesType", "/vmSize", "rchestratorVersion", "/networkDataplane")


def whole_network(whole: dict[str, Any]) -> Network:
    return Snapshot.parse(whole).network


@PATIENT
@given(st.sampled_from([whole for whole in WHOLE if not contradicted(whole)]), st.data())
def test_dropping_a_key_never_makes_a_pass(whole: dict[str, Any], data: st.DataObject):
    """Of a failure or an unknown. What has a meaning of its own when it is absent is left: plan, two modes, ABSENT."""
    document = json.loads(json.dumps(whole))
    before = statuses(document)
    keys = [
        place
        for place in pointers(document)
        if not place.rsplit("/", 1)[-1].isdecimal()  # items of a list are data, not gaps
        and not place.endswith(("/planned", "/networkPluginMode", "/podIpAllocationMode", *ABSENT))
        # Pools, and that they have no subnet for pods, must be told of a flat network only.
        and (whole_network(whole) is Network.FLAT or not place.endswith(("/podSubnetId", "/agentPoolProfiles")))
    ]
    # One of two prefix keys dropped leaves a complete subnet of another shape.
    keys = [place for place in keys if not ("/addressPrefix" in place and len(whole["subnet"]) > 1)]
    edited(document, {}, [data.draw(st.sampled_from(keys))])
    try:
        after = statuses(document)
    except InputError:
        reject()  # nothing was judged
    for rule, status in after.items():
        assert status is not Status.PASS or before[rule] in (Status.PASS, Status.NOT_APPLICABLE), rule


NEEDS = {
    "AGC001": ["/aks/networkProfile", "/aks/networkProfile/networkPlugin"],
    "AGC002": ["/aks/networkProfile", "/aks/networkProfile/networkPlugin"],
    "AGC003": ["/aks/networkProfile", "/aks/networkProfile/networkPlugin", "/albController", "/albController/version"],
    "AGC004": ["/aks/networkProfile", "/aks/networkProfile/networkPlugin", "/subnet", "/subnet/addressPrefix"],
    "AGC005": ["/aks/networkProfile", "/agcAssociations", "/subnet", "/subnet/id", "/agcAssociations/0/subnet"],
    "AGC006": ["/aks/networkProfile", "/vnets", "/vnets/aks", "/vnets/agc", "/vnets/agc/id"],
    "AGC007": ["/aks/networkProfile", "/vnets", "/vnets/aks", "/vnets/agc"],
    "AGC008": ["/aks/networkProfile", "/aks/networkProfile/networkPlugin"],
    "AGC009": ["/aks/networkProfile", "/aks/networkProfile/networkPlugin", "/subnet", "/subnet/addressPrefix"],
    "AGC012": [
        "/aks/networkProfile",
        "/aks/networkProfile/networkPlugin",
        "/aks/agentPoolProfiles",
        "/aks/kubernetesVersion",
    ],
}


@PATIENT
@given(st.sampled_from([(rule, place) for rule, places in NEEDS.items() for place in places]), st.booleans())
def test_without_what_a_rule_needs_it_is_unknown(needed: tuple[str, str], null: bool):
    rule, place = needed
    upgrades = rule in ("AGC009", "AGC012")
    whole = base("flat" if upgrades else "overlay")
    whole["planned"] = "upgrade-to-overlay" if upgrades else None
    whole["aks"]["networkProfile"]["networkPolicy"] = "none" if rule == "AGC012" else "calico"
    assert statuses(whole)[rule] is Status.PASS
    edited(whole, {place: None} if null else {}, [] if null else [place])
    assert statuses(whole)[rule] is Status.UNKNOWN
