"""A value that is contradicted, changed, or none at all passes no rule that would not pass whatever it may be."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks.spelling import AFTER_APPLY

from .casework import edited
from .valuework import AGC, FIELDS, POOL, STAND_INS, WORLDS, Field, id_of, orders, passed, what_if

# Of Azure's objects; a controller is told by its image, of which a stand-in is no version.
AZURE = [field for field in FIELDS if field.document != "controller"]


def name(field: Field) -> str:
    return f"{field.world}{field.pointer}={str(field.bad)[-20:]}"


def beside(field: Field, *more: Any) -> list[Any]:
    """The other documents of a field's world, after more."""
    return [*more, *(document for key, document in field.whole().items() if key != field.document)]


def at_stake(field: Field) -> set[str]:
    """The rules that pass with the good value and not with the bad one."""
    good = passed(list(field.whole().values()))
    lost = good - passed(beside(field, field.changed(field.bad)))
    if field.world == "kubenet" and field.pointer.endswith("Mode"):  # what comes is Overlay, whatever there is
        lost &= {"AGC012"}
    assert lost, "the field decides nothing here"
    return lost


@pytest.mark.parametrize("field", FIELDS, ids=name)
def test_two_outputs_that_contradict_each_other_pass_nothing_that_one_of_them_does_not(field: Field):
    stake = at_stake(field)
    for documents in orders(beside(field, field.changed(field.bad), field.whole()[field.document])):
        assert stake.isdisjoint(passed(documents))


POOLS = [field for field in FIELDS if field.pointer.startswith(POOL)]


def as_pools(aks: Any) -> list[Any]:
    """As `az aks nodepool list` prints the pools of a cluster."""
    kind = "Microsoft.ContainerService/managedClusters/agentPools"
    pools = aks["agentPoolProfiles"]
    return [{**pool, "id": f"{aks['id']}/agentPools/{pool['name']}"} | _typed(pool, kind) for pool in pools]


def _typed(pool: Any, kind: str) -> dict[str, Any]:
    return {"type": kind, "typePropertiesType": pool["type"]}


@pytest.mark.parametrize("field", POOLS, ids=name)
def test_a_list_of_pools_may_contradict_the_cluster(field: Field):
    stake, good, bad = at_stake(field), field.whole()["aks"], field.changed(field.bad)
    for cluster, pools in ((good, as_pools(bad)), (bad, as_pools(good))):
        for documents in orders(beside(field, cluster, pools)):
            assert stake.isdisjoint(passed(documents))


@pytest.mark.parametrize("field", POOLS, ids=name)
def test_an_output_from_before_says_nothing_of_a_pool_that_a_deployment_changes(field: Field):
    good = field.whole()["aks"]
    (before,) = as_pools(good)
    for value in (field.bad, *STAND_INS[:2]):
        (after,) = as_pools(field.changed(value))
        change = what_if("Modify", before, after, before["id"])
        stake = at_stake(field) if value == field.bad else open_to(field, value)
        for documents in orders(beside(field, change, good, [before])):
            assert stake.isdisjoint(passed(documents)), value


def open_to(field: Field, text: Any) -> set[str]:
    """Of what is at stake, that which a text in this place leaves open: the rest has other evidence."""
    stake, (*_, last) = at_stake(field), field.pointer.split("/")
    if last == "serviceName":  # an association is on the subnet
        return set()
    if last == "vnetSubnetId":  # nodes cannot be in a subnet that is delegated to the gateway
        return stake & {"AGC006", "AGC007"}
    if last == "podSubnetId" and field.world == "overlay" and text == AFTER_APPLY:  # which can only tell null
        return set()
    return stake


@pytest.mark.parametrize("text", [*STAND_INS, ["cilium"], True, {"a": "b"}], ids=str)
@pytest.mark.parametrize("field", AZURE, ids=name)
def test_what_stands_in_place_of_a_value_passes_nothing_that_some_value_does_not(field: Field, text: Any):
    assert open_to(field, text).isdisjoint(passed(beside(field, field.changed(text))))


@pytest.mark.parametrize("field", AZURE, ids=name)
def test_an_output_from_before_a_deployment_says_nothing_of_what_it_changes(field: Field):
    stake, before = at_stake(field), field.whole()[field.document]
    for value in (field.bad, *STAND_INS[:2]):
        change = what_if("Modify", before, field.changed(value), id_of(before))
        alone = passed(beside(field, change))
        for documents in orders(beside(field, change, before)):
            assert not (passed(documents) & stake) - alone
            assert open_to(field, value).isdisjoint(passed(documents)), value


@pytest.mark.parametrize("attribute", ["vnetSubnetId", "podSubnetId"])
def test_a_subnet_that_is_said_to_be_of_anybodys_nodes_or_pods_passes_nothing(attribute: str):
    """Of this cluster, of another one, or of one of which only a pool is given."""
    world = WORLDS["overlay"]
    mine, other = world["aks"], {**world["aks"], "id": f"{world['aks']['id']}-two", "name": "two"}
    for whole in (mine, other):
        pools = [{**pool, "name": "np2", attribute: AGC} for pool in as_pools(whole)]
        pools[0]["id"] = pools[0]["id"].replace("/np", "/np2")
        for more in (pools, {**other, "agentPoolProfiles": pools}):
            for documents in orders([*world.values(), more]):
                assert {"AGC004", "AGC005"}.isdisjoint(passed(documents))


@st.composite
def deployments(draw: st.DrawFn) -> tuple[list[Any], list[Any], set[str]]:
    """A world of which a what-if changes or deletes parts, what shows them from before, and what that alone tells."""
    world = draw(st.sampled_from([name for name in sorted(WORLDS) if name != "kubenet"]))
    fields = [field for field in AZURE if field.world == world]
    changed: dict[str, list[Field]] = {}
    for field in draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3)):
        changed.setdefault(field.document, []).append(field)
    documents = {key: document for key, document in fields[0].whole().items() if key == "aks" or draw(st.booleans())}
    raw: dict[str, Any] = {"status": "Succeeded", "changes": [], "potentialChanges": []}
    for key, places in changed.items():
        before, after = fields[0].whole()[key], fields[0].whole()[key]
        for field in places:
            edited(after, {field.pointer: draw(st.sampled_from([field.bad, None, *STAND_INS]))})
        kind = draw(st.sampled_from(["Modify", "Modify", "Delete"]))
        made = what_if(kind, before, after if kind == "Modify" else None, id_of(before))
        raw[draw(st.sampled_from(["changes", "changes", "potentialChanges"]))] += made["changes"]
    others = [document for key, document in documents.items() if key not in changed]
    listed = {"AGC005"} if "associations" in changed else set()  # a list tells of all others, too
    return [raw, *others], [fields[0].whole()[key] for key in changed], listed


@given(deployments())
@settings(max_examples=settings.default.max_examples // 4)  # each is read in all orders
def test_outputs_from_before_add_no_pass_whatever_a_deployment_changes(made: tuple[list[Any], list[Any], set[str]]):
    base, before, listed = made
    alone = passed(base)
    for documents in orders([*base, *before]):
        assert passed(documents) <= alone | listed


def test_every_rule_is_at_stake():
    rules = {rule for field in FIELDS for rule in at_stake(field)}
    assert rules >= {f"AGC{number:03}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12)}
    assert set(WORLDS) == {field.world for field in FIELDS}
