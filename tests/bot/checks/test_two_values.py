"""An object that says two things of one value is refused with both places, in whatever spelling it says them."""

from typing import Any

import pytest

from bot.checks import InputError, check

from .test_laws import NETWORK, association, cluster, subnet
from .valuework import FIELDS, Field

# A null says nothing beside a value.
AZURE = [field for field in FIELDS if field.document not in ("controller", "planned") and field.bad is not None]


def name(field: Field) -> str:
    return f"{field.world}{field.pointer}={str(field.bad)[-20:]}"


def parent(document: Any, pointer: str) -> tuple[Any, str]:
    *steps, last = pointer.split("/")[1:]
    for step in steps:
        document = document[int(step) if isinstance(document, list) else step]
    return document, last


def refused(documents: list[Any]) -> InputError:
    with pytest.raises(InputError) as caught:
        check(documents, "en")
    assert caught.value.code in ("two-values", "wrong-type")
    return caught.value


def others(field: Field) -> list[Any]:
    return [document for key, document in field.whole().items() if key != field.document]


def contradicted(field: Field) -> Any | None:
    """The document of a field with its good value; None where it says nothing there."""
    document = field.whole()[field.document]
    here, last = parent(document, field.pointer)
    return document if isinstance(here, dict) and here.get(last) is not None else None


@pytest.mark.parametrize("field", AZURE, ids=name)
def test_a_key_in_another_case_contradicts_its_twin(field: Field):
    for before in (True, False):
        document = contradicted(field)
        if document is None:
            return
        here, last = parent(document, field.pointer)
        twin, good = last.swapcase(), here.pop(last)
        here.update({twin: field.bad, last: good} if before else {last: good, twin: field.bad})
        assert refused([document, *others(field)]).code == "two-values"
        here[twin] = good
        check([document, *others(field)], "en")


@pytest.mark.parametrize("field", AZURE, ids=name)
def test_a_key_under_properties_contradicts_the_one_beside_it(field: Field):
    if (good := contradicted(field)) is None:
        return
    bad = field.changed(field.bad)
    for beside, under in ((good, bad), (bad, good)):
        made = nested(beside, under, field.pointer)
        assert refused([made, *others(field)]).code == "two-values"
    check([nested(good, good, field.pointer), *others(field)], "en")


def nested(beside: Any, under: Any, pointer: str) -> Any:
    """A resource, or a list of one, that says a part of another one under `properties`."""
    if isinstance(beside, list):
        return [nested(beside[0], under[0], pointer.removeprefix("/0"))]
    key = pointer.split("/")[1]
    return {**beside, "properties": {key: under[key]}}


@pytest.mark.parametrize(
    ("key", "value"), [("networkPlugin", "kubenet"), ("networkPluginMode", None), ("plugin", "kubenet")]
)
def test_a_profile_that_stands_beside_its_own_values_must_agree_with_them(key: str, value: str | None):
    aks = cluster("one", "azure", "overlay")
    check([{**aks, "networkPlugin": "Azure", "networkPluginMode": "overlay"}], "en")
    profile = {**aks["networkProfile"], "networkPluginMode": None}
    made = {**aks, "networkProfile": profile, "networkPluginMode": "overlay"} if value is None else {**aks, key: value}
    refused([made])
    refused([{"aks": made}])


def test_what_is_said_twice_alike_or_not_said_contradicts_nothing():
    aks = cluster("one", "azure", "overlay")
    again = {**aks, "properties": {"NetworkProfile": aks["networkProfile"], "name": "x", "type": "y"}, "Location": None}
    assert check([{**again, "location": "a", "tags": {"a": "1", "A": "2"}}], "en") == check([aks], "en")
    own = {**subnet("agc", "10.0.4.0/24"), "addressPrefixes": []}
    check([aks, {**own, "properties": {"addressPrefix": "10.0.4.0/24"}}], "en")


def test_an_association_names_one_subnet():
    aks, placed = cluster("one", "azure", "overlay"), association("g", "agc")
    check([aks, [{**placed, "SubnetId": placed["subnet"]["id"]}]], "en")
    refused([aks, [{**placed, "SubnetId": f"{NETWORK}/a/subnets/other"}]])


def test_both_places_are_named_in_both_languages():
    profile = {"networkPlugin": "azure", "NetworkPlugin": "kubenet", "networkPluginMode": "overlay"}
    error = refused([{"networkProfile": profile}])
    for lang in ("ja", "en"):
        assert "/networkProfile/networkPlugin" in error.message(lang)
        assert "/networkProfile/NetworkPlugin" in error.message(lang)
