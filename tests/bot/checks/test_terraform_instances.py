"""Instances of `for_each` and `count`: one that names its own key is made of the instance with the same key."""

from typing import Any

import pytest

from bot.checks import compose, inspect

from .test_plans import AFTER, ASSOCIATION, aks, change, plan, refers, subnet

TYPE = "azurerm_subnet.agc"
BY_KEY, BY_INDEX = ('["blue"]', '["green"]'), ("[0]", "[1]")


def judged(gateways: Any, subnets: Any, *references: str) -> dict[str, str]:
    """The worst of each rule, for gateways with these keys on subnets with those, /24 and /23 in turn."""
    places = [
        subnet(f"agc{at}", f"10.0.{4 + 2 * at}.0/{size}", address=f"{TYPE}{key}") for at, (key, size) in subnets.items()
    ]
    made = [
        change(f"{ASSOCIATION}.a{key}", {"name": f"as{key}"}, AFTER | {"subnet_id": True}, "create") for key in gateways
    ]
    (cluster,) = inspect(compose(plan(aks(), *places, *made, config={"resources": [refers(*references)]})), "en")
    return {finding.id: str(finding.status) for finding in cluster.findings}


def sized(keys: Any, *sizes: int) -> dict[int, tuple[str, int]]:
    return dict(enumerate(zip(keys, sizes, strict=True)))


@pytest.mark.parametrize(("keys", "index"), [(BY_KEY, "each.key"), (BY_INDEX, "count.index")])
def test_each_gateway_is_on_the_subnet_with_its_own_key(keys: Any, index: str):
    alike = judged(keys, sized(keys, 24, 24), TYPE, index)
    assert (alike["AGC004"], alike["AGC005"]) == ("pass", "pass")
    assert judged(keys, sized(keys, 24, 23), TYPE, index)["AGC004"] == "fail"


def test_all_gateways_on_one_subnet_share_it():
    shared = {0: ("", 24)}
    assert judged(BY_KEY, shared, f"{TYPE}.id", TYPE)["AGC005"] == "fail"


@pytest.mark.parametrize(
    ("gateways", "subnets", "references"),
    [
        (BY_KEY, BY_KEY, (TYPE, "each.value")),
        (BY_KEY, BY_KEY, (TYPE, "each.key", "var.places")),
        (BY_KEY, BY_KEY, (TYPE, "each.key", "local.places")),
        (BY_KEY, BY_KEY, (TYPE, "each.key", "count.index")),
        (BY_KEY, BY_INDEX, (TYPE, "each.key")),
        (BY_KEY, ('["blue"]', '["green"]', '["red"]'), (TYPE, "each.key")),
        (("[0]", "[1]", "[2]", "[3]"), BY_INDEX, (TYPE, "count.index")),
    ],
)
def test_an_index_that_is_made_of_more_or_names_other_keys_is_not_followed(
    gateways: Any, subnets: Any, references: tuple[str, ...]
):
    statuses = judged(gateways, sized(subnets, *[24] * len(subnets)), *references)
    assert (statuses["AGC004"], statuses["AGC005"]) == ("unknown", "unknown")
