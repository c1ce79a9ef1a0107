from typing import Any

import pytest

from bot.checks import InputError, Status, check, compose
from bot.checks.clusters.assemble import cases
from bot.checks.inventory.kinds import Kind, recognise
from bot.checks.inventory.snapshot import Vnets

from .casework import base, edited


def statuses(raw: object) -> dict[str, Status]:
    return {finding.id: finding.status for finding in check(raw, "en")}


def test_kinds_are_told_from_their_shape():
    snapshot = base("overlay")
    assert recognise(snapshot) is Kind.SNAPSHOT
    assert recognise(snapshot["aks"]) is Kind.CLUSTER
    assert recognise({"properties": {"networkProfile": {}}}) is Kind.CLUSTER
    assert recognise({"type": "Microsoft.ContainerService/ManagedClusters"}) is Kind.CLUSTER
    assert recognise(snapshot["subnet"]) is Kind.SUBNET
    assert recognise({"properties": {"addressPrefixes": []}}) is Kind.SUBNET
    assert recognise(snapshot["agcAssociations"]) is Kind.ASSOCIATIONS
    assert recognise({"format_version": "1.2", "resource_changes": []}) is Kind.PLAN
    assert recognise({}) is Kind.OTHER
    assert recognise(3) is Kind.OTHER


def test_a_bare_cluster_is_checked_and_the_rest_is_unknown():
    by_rule = statuses(base("overlay")["aks"])
    assert by_rule["AGC001"] is Status.PASS
    assert by_rule["AGC004"] is Status.UNKNOWN


def test_pieces_make_the_same_findings_as_the_snapshot():
    whole = base("overlay")
    pieces = compose(
        aks=whole["aks"], subnet=whole["subnet"], associations=whole["agcAssociations"], alb_version="v1.7.9"
    )
    vnet = "/subscriptions/0000/resourcegroups/rg-net/providers/microsoft.network/virtualnetworks/vnet-aks"
    (view,) = cases(pieces)[0].views
    assert view.snapshot.vnets == Vnets.model_validate({"aks": {"id": vnet}, "agc": {"id": vnet}})
    assert statuses(pieces) == statuses(whole)


@pytest.mark.parametrize(
    ("piece", "rule", "status"),
    [
        ({"alb_version": "1.8.0"}, "AGC003", Status.FAIL),
        ({"subnet": "/24"}, "AGC004", Status.UNKNOWN),
        ({"associations": []}, "AGC005", Status.FAIL),
        ({"aks": "overlay"}, "AGC002", Status.UNKNOWN),
    ],
)
def test_a_piece_that_contradicts_a_document_makes_no_pass(piece: dict[str, Any], rule: str, status: Status):
    whole = base("overlay")
    own, wide = (
        whole["aks"] | {"id": "/clusters/one", "name": "one"},
        whole["subnet"] | {"addressPrefix": "10.60.0.0/23"},
    )
    listed = [*whole["agcAssociations"], {**whole["agcAssociations"][0], "id": "another"}]
    flat = {**own, "networkProfile": {"networkPlugin": "azure", "networkPluginMode": None}}
    said: dict[str, Any] = {
        "alb_version": {**whole, "albController": {"version": "1.6.7"}},
        "subnet": {**whole, "subnet": wide},
        "associations": {**whole, "agcAssociations": listed},
        "aks": {**whole, "aks": flat},
    }
    ((name, value),) = piece.items()
    given = {"/24": whole["subnet"], "overlay": own}.get(value, value) if isinstance(value, str) else value
    finding = next(each for each in check(compose(said[name], **{name: given}), "en") if each.id == rule)
    assert finding.status is status


def test_a_version_that_a_document_leaves_open_is_told_beside_it():
    open_version = {**base("overlay"), "albController": {"version": "latest"}}
    assert statuses(compose(open_version))["AGC003"] is Status.UNKNOWN
    assert statuses(compose(open_version, alb_version="1.8.0"))["AGC003"] is Status.PASS


def test_a_piece_adds_to_what_the_document_says():
    by_rule = statuses(compose(base("flat"), planned="upgrade-to-overlay", alb_version="1.6.7"))
    assert (by_rule["AGC003"], by_rule["AGC009"]) == (Status.FAIL, Status.PASS)


def test_a_snapshot_is_taken_by_its_word():
    """Null or absent VNets are unknown, whatever the ids would tell."""
    assert statuses(compose(edited(base("overlay"), {}, ["/vnets"])))["AGC006"] is Status.UNKNOWN


def test_the_lists_of_several_gateways_are_joined():
    whole = base("overlay")
    listed = whole["agcAssociations"]
    other = [{**listed[0], "id": "another"}]
    assert statuses(compose(whole, associations=[listed, other]))["AGC005"] is Status.FAIL
    assert statuses(compose(whole, associations=[[], []]))["AGC005"] is Status.PASS


def test_pools_in_two_vnets_name_no_vnet():
    whole = base("overlay")
    pools = [{"vnetSubnetId": "/x/a/subnets/s"}, {"vnetSubnetId": "/x/b/subnets/s"}]
    made = compose(aks=whole["aks"] | {"agentPoolProfiles": pools}, subnet=whole["subnet"])
    assert cases(made)[0].views[0].snapshot.vnets is None


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ({"aks": base("overlay")["subnet"]}, "--aks takes the output of `az aks show`, but this looks like"),
        ({"subnet": base("overlay")["aks"]}, "--subnet takes the output of `az network vnet subnet show`"),
        ({"associations": base("overlay")}, "--associations takes"),
        ({"base": base("overlay")["subnet"]}, "The cluster is needed as well"),
        ({"base": base("overlay")["agcAssociations"]}, "The cluster is needed as well"),
        ({"base": {"format_version": "1.0", "values": {}}}, "a Terraform state, not a plan"),
    ],
)
def test_mix_ups_are_named(pieces: dict[str, object], said: str):
    with pytest.raises(InputError, match=said):
        check(compose(pieces.pop("base", None), **pieces), "en")  # type: ignore[arg-type]


def test_odd_pieces_are_left_to_the_types():
    with pytest.raises(InputError, match="/agentPoolProfiles"):
        check(compose(aks={"agentPoolProfiles": 5}, subnet=base("overlay")["subnet"]), "en")
