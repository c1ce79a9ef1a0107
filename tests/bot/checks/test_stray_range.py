"""A range of pods is what only CNI Overlay and kubenet have: without a mode, nobody knows which of both it is."""

from copy import deepcopy
from typing import Any

import pytest

from bot.checks import Status, check
from bot.checks.inventory.cluster import UNCLEAR

from .planwork import flat, made
from .valuework import WORLDS

GATED = ["AGC002", "AGC003", "AGC004", "AGC005", "AGC006", "AGC007"]
SAID = [{"podCidr": "10.244.0.0/16"}, {"podCidrs": ["10.244.0.0/16"]}, {"PodCidr": "fd00::/64", "podCidrs": None}]


def cluster(world: str, form: str, **more: Any) -> Any:
    aks = deepcopy(WORLDS[world]["aks"])
    aks["networkProfile"] = {key: item for key, item in aks["networkProfile"].items() if key != "podCidr"} | more
    if form == "absent":
        del aks["networkProfile"]["networkPluginMode"]
    return {"id": aks["id"], "name": aks["name"], "properties": aks} if form == "arm" else aks


@pytest.mark.parametrize("form", ["absent", "null", "arm"])
@pytest.mark.parametrize("said", SAID, ids=str)
@pytest.mark.parametrize("world", ["flat", "windows", "pods"])
def test_neither_a_pass_nor_not_applicable(world: str, said: Any, form: str):
    rest = [document for key, document in WORLDS[world].items() if key != "aks"]
    findings = {each.id: each for each in check([cluster(world, form, **said), *rest], "en")}
    assert findings["AGC001"].status is Status.PASS
    for rule in GATED:
        assert findings[rule].status is Status.UNKNOWN and findings[rule].gap == "data"
        assert "podCidr" in str(findings[rule].observed) and "names no mode" in findings[rule].fix
    if "planned" in WORLDS[world]:
        assert findings["AGC012"].status is findings["AGC009"].status is Status.UNKNOWN


@pytest.mark.parametrize(
    "said", [{}, {"podCidr": None}, {"podCidr": ""}, {"podCidr": UNCLEAR, "podCidrs": []}], ids=str
)
def test_what_is_no_range_says_nothing(said: Any):
    findings = {each.id: each.status for each in check(cluster("flat", "null", **said), "en")}
    assert findings["AGC003"] is Status.NOT_APPLICABLE


def test_a_current_output_beside_the_old_one_decides():
    findings = {
        each.id: each.status for each in check([cluster("flat", "absent", **SAID[0]), WORLDS["overlay"]["aks"]], "en")
    }
    assert findings["AGC002"] is Status.PASS


@pytest.mark.parametrize("goal", ["overlay", "agc"])
def test_no_plan_has_steps_for_it(goal: str):
    aks = flat()
    aks["networkProfile"] |= SAID[0]
    plan = made(aks, goal)
    assert plan.blockers and not plan.steps
