"""Keys of instances that go through modules, and instances that are made for each of another resource."""

from typing import Any

import pytest

from bot.checks import compose, inspect
from bot.checks.terraform.references import Expressions, SameKey

from .test_plans import AFTER, ASSOCIATION, aks, plan, subnet

State = dict[str, Any]
PLACES = "azurerm_subnet.place"
SHOPS = ('["tea"]', '["cake"]', '["in.a/b"]')


def new(address: str, module: str, after: State) -> State:
    kind, _, name = address.removeprefix(f"{module}.").partition(".")
    about = {"address": address, "mode": "managed", "type": kind, "name": name.partition("[")[0]}
    change = {"actions": ["create"], "before": None, "after": after, "after_unknown": AFTER | {"subnet_id": True}}
    return {**about, **({"module_address": module} if module else {}), "change": change}


def refers(*references: str) -> State:
    return {"references": list(references)}


def resource(address: str, each: State | None = None, **expressions: State) -> State:
    repeated = {} if each is None else {"for_each_expression": each}
    return {"address": address, "mode": "managed", "expressions": expressions, **repeated}


def judged(links: list[str], config: State, sizes: tuple[int, ...] = (24, 24, 24), home: str = "") -> dict[str, str]:
    """The worst of each rule, for associations at these addresses and a subnet for each shop."""
    places = []
    for at, (key, size) in enumerate(zip(SHOPS, sizes, strict=False)):
        made = subnet(f"place{at}", f"10.0.{4 + 2 * at}.0/{size}", address=f"{PLACES}{key}")
        address = f"{home}.{PLACES}{key}" if home else f"{PLACES}{key}"
        places.append(made | {"address": address, **({"module_address": home} if home else {})})
    listed = [
        new(address, address.rpartition(f".{ASSOCIATION}")[0], {"name": f"as{at}"}) for at, address in enumerate(links)
    ]
    (cluster,) = inspect(compose(plan(aks(), *places, *listed, config=config)), "en")
    return {finding.id: str(finding.status) for finding in cluster.findings}


def within(each: State | None, arguments: State, *references: str, inner: State | None = None) -> State:
    """A module that makes one association, called for each shop."""
    link = resource(f"{ASSOCIATION}.a", inner, subnet_id=refers(*references))
    repeated = {} if each is None else {"for_each_expression": each}
    call = {"expressions": arguments, "module": {"resources": [link]}, **repeated}
    return {"resources": [resource(PLACES, refers("var.shops"))], "module_calls": {"gate": call}}


CALLS = [f"module.gate{key}.{ASSOCIATION}.a" for key in SHOPS]
EACH = [f"{ASSOCIATION}.a{key}" for key in SHOPS]
HANDED = within(refers("var.shops"), {"place_id": refers(PLACES, "each.key")}, "var.place_id")
APART = within(refers("var.shops"), {"places": refers(PLACES), "shop": refers("each.key")}, "var.places", "var.shop")
VALUES = within(refers(PLACES), {"place_id": refers("each.value.id", "each.value")}, "var.place_id")
INNER = within(None, {"places": refers(PLACES)}, "var.places", "each.key", inner=refers("var.shops"))
FLAT = {
    "resources": [
        resource(PLACES),
        resource(f"{ASSOCIATION}.a", refers(PLACES), subnet_id=refers("each.value.id", "each.value")),
    ]
}
WAYS = {
    "handed in": (CALLS, HANDED),
    "map and key apart": (CALLS, APART),
    "module for each subnet": (CALLS, VALUES),
    "map handed in": ([f"module.gate.{ASSOCIATION}.a{key}" for key in SHOPS], INNER),
    "for each subnet": (EACH, FLAT),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_gateway_is_on_the_subnet_with_the_key_that_it_was_given(way: str):
    links, config = WAYS[way]
    alike = judged(links, config)
    assert (alike["AGC004"], alike["AGC005"]) == ("pass", "pass")
    assert judged(links, config, (24, 23, 24))["AGC004"] == "fail"


@pytest.mark.parametrize("way", WAYS)
def test_of_other_keys_it_is_not_known_which_subnet_is_meant(way: str):
    links, config = WAYS[way]
    for some in (links[:2], [*links[:2], links[2].replace("in.a/b", "tree")]):
        shared = judged(some, config)
        assert "pass" not in {shared["AGC004"], shared["AGC005"]}


def test_a_module_may_give_back_the_map():
    net = {"outputs": {"ids": {"expression": refers(PLACES)}}, "resources": [resource(PLACES, refers("var.shops"))]}
    link = resource(
        f"{ASSOCIATION}.a", refers("var.shops"), subnet_id=refers("module.net.ids", "module.net", "each.key")
    )
    config = {"resources": [link], "module_calls": {"net": {"module": net}}}
    alike = judged(EACH, config, home="module.net")
    assert (alike["AGC004"], alike["AGC005"]) == ("pass", "pass")
    assert judged(EACH, config, (24, 24, 26), home="module.net")["AGC004"] == "fail"


@pytest.mark.parametrize(
    ("arguments", "references"),
    [
        ({"place_id": refers(PLACES, "each.key", "local.which")}, ["var.place_id"]),
        ({"place_id": refers(PLACES, "each.value.place", "each.value")}, ["var.place_id"]),
        ({"places": refers(PLACES), "shop": refers("var.only")}, ["var.places", "var.shop"]),
        ({"places": refers(PLACES), "shop": refers("each.key")}, ["var.places", "var.shop", "count.index"]),
        ({"places": refers(PLACES, "azurerm_subnet.other"), "shop": refers("each.key")}, ["var.places", "var.shop"]),
    ],
)
def test_what_is_made_of_more_than_a_key_is_not_followed(arguments: State, references: list[str]):
    shared = judged(CALLS, within(refers("var.shops"), arguments, *references))
    assert "pass" not in {shared["AGC004"], shared["AGC005"]}


def test_ways_through_modules_that_meet_again_are_gone_once():
    """Thirty variables of thirty others, nine modules deep: one by one they would never end."""
    names = [f"v{at}" for at in range(30)]
    every = refers(*(f"var.{name}" for name in names))
    module: State = {"resources": [resource(f"{ASSOCIATION}.a", subnet_id=every)]}
    for level in range(9):
        passed = every if level < 8 else refers(PLACES, "each.key")
        module = {"module_calls": {"m": {"expressions": dict.fromkeys(names, passed), "module": module}}}
    followed = Expressions({"root_module": module})
    origin = followed.origin(("m",) * 9, f"{ASSOCIATION}.a", ("subnet_id",))
    assert origin is not None and origin.same_key == SameKey((), PLACES, 0)
