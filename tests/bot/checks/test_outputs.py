"""Named outputs of Terraform or of a deployment: whole resources in them are read, everything else is named."""

from typing import Any

import pytest

from bot.checks import InputError, check, compose, unread_keys

from .test_laws import association, cluster, deployment, subnet

AKS = cluster("one", "azure", "overlay")
KUBENET = cluster("one", "kubenet", None)
AGC = subnet("agc", "10.0.4.0/23")


def terraform(**values: Any) -> dict[str, Any]:
    return {name: {"sensitive": False, "type": "dynamic", "value": value} for name, value in values.items()}


def bicep(**values: Any) -> dict[str, Any]:
    return {name: {"type": "Object", "value": value} for name, value in values.items()}


def powershell(**values: Any) -> dict[str, Any]:
    return {name: {"Type": "Object", "Value": value} for name, value in values.items()}


FORMS = [terraform, bicep, powershell]


def statuses(*documents: object) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in check(compose([*documents]), "en")}


def unread(*documents: object, lang: str = "en") -> list[tuple[str, str]]:
    return [(place.pointer, text) for place, text in unread_keys(compose([*documents]), lang)]


@pytest.mark.parametrize("form", FORMS)
def test_a_resource_among_outputs_is_judged_as_by_itself(form: Any):
    for value in (KUBENET, [KUBENET], {"value": [KUBENET]}):
        assert statuses(form(cluster=value)) == statuses(KUBENET)
    whole = form(cluster=AKS, subnet=AGC, associations=[association("g", "agc")])
    assert statuses(whole) == statuses(AKS, AGC, [association("g", "agc")])
    assert statuses(whole)["AGC004"] == "fail"


@pytest.mark.parametrize("form", FORMS)
def test_a_finding_points_into_the_output(form: Any):
    (finding,) = [each for each in check(form(main=KUBENET), "en") if each.id == "AGC001"]
    key = "Value" if form is powershell else "value"
    assert finding.pointer == f"/main/{key}/networkProfile/networkPlugin"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("value", ["1.7.9", "1.31.2", 3, None, [], ["10.0.4.0/24"], {"subnetId": "/x"}, {}])
def test_a_value_that_does_not_say_what_it_is_is_named_and_decides_nothing(form: Any, value: Any):
    """A version may be that of anything."""
    assert statuses(AKS, form(version=value)) == statuses(AKS)
    ((pointer, text),) = unread(AKS, form(version=value))
    assert pointer == "/1" and "`version`" in text


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_outputs_without_a_resource_are_refused_with_the_commands_that_give_one(form: Any, lang: str):
    own = {"id": AKS["id"], "name": "one", "network_profile": [{"network_plugin": "azure"}]}  # Terraform's own form
    for values in ({"cluster": own}, {"id": AKS["id"], "version": "1.7.9"}):
        with pytest.raises(InputError) as caught:
            check(form(**values), "en")
        message = caught.value.message(lang)
        assert caught.value.code == "output-values" and ", ".join(values) in message
        assert "`az aks show -o json`" in message and "`terraform show -json plan.bin`" in message


def test_a_secret_without_a_value_is_an_output():
    given = {**bicep(cluster=KUBENET), "key": {"type": "SecureString"}}
    assert statuses(given)["AGC001"] == "fail"
    ((_, text),) = unread(given)
    assert "`key`" in text


def test_many_names_are_cut():
    ((_, text),) = unread(AKS, bicep(**{f"o{number}": number for number in range(8)}))
    assert "`o0, o1, o2, o3, o4, o5, …`" in text


@pytest.mark.parametrize(
    "document",
    [
        {"cluster": {"type": "Object"}},
        {"cluster": {"type": "Object", "value": KUBENET, "more": 1}},
        {**bicep(cluster=KUBENET), "name": "x"},
        {"cluster": KUBENET},
    ],
)
def test_another_map_is_none_of_outputs(document: dict[str, Any]):
    with pytest.raises(InputError) as caught:
        check(document, "en")
    assert caught.value.code == "not-recognised"


@pytest.mark.parametrize("form", FORMS)
def test_beside_the_cluster_the_order_changes_nothing(form: Any):
    outputs = form(agc=AGC, other="x")
    first, second = statuses(AKS, outputs, deployment("1.8.0")), statuses(outputs, deployment("1.8.0"), AKS)
    assert first == second and first["AGC004"] == "fail"
