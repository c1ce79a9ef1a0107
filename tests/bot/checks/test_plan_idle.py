"""What is there already is used: a gateway without an association, and the plan that makes the upgrade."""

import shlex
from typing import Any

import pytest

from bot.checks.plan.records import Plan

from .planwork import flat, made, steps
from .test_laws import NETWORK, association, deployment, subnet
from .test_plans import aks, plan
from .test_what_if import arm, change, what_if

GATEWAYS = "Microsoft.ServiceNetworking/trafficControllers"
OVERLAY = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"}, location="japaneast")


def gateway(name: str, group: str = "rg-agc", **more: Any) -> dict[str, Any]:
    own = f"/subscriptions/0/resourceGroups/{group}/providers/{GATEWAYS}/{name}"
    return {"id": own, "name": name, "type": GATEWAYS, "location": "japaneast", "associations": [], **more}


def way(*gateways: dict[str, Any], beside: Any = (), lang: str = "en") -> Plan:
    return made([OVERLAY, subnet("agc", "10.0.4.0/24"), list(gateways), [], deployment("1.8.0"), *beside], "agc", lang)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_gateway_without_an_association_is_given_one_and_not_made_a_second_time(lang: str):
    associate = way(gateway("there"), lang=lang).steps[-1]
    assert (associate.id, associate.need, "there" in associate.title) == ("associate", "todo", True)
    words = shlex.split(associate.commands[-1])
    assert words[:5] == ["az", "network", "alb", "association", "create"]
    assert words[words.index("--alb-name") + 1] == "there" and words[-1] == f"{NETWORK}/a/subnets/agc"
    assert words[words.index("--resource-group") + 1] == "rg-agc"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_gateway_that_lost_its_association_is_named_where_no_step_gives_it_one(lang: str):
    documents = [flat(location="japaneast"), subnet("agc", "10.0.4.0/24"), [gateway("there")], [], deployment("1.8.0")]
    for goal, named in (("overlay", True), ("agc", False)):
        notes = [note.text for note in made(documents, goal, lang).notes]
        assert any("there" in text and "--to agc" in text for text in notes) is named
    used = [*documents[:2], [gateway("there", associations=[association("there", "agc")])]]
    notes = [note.text for note in made([*used, [association("there", "agc")], deployment("1.8.0")], "overlay").notes]
    assert not any("--to agc" in text for text in notes)


def test_of_several_the_reader_takes_one():
    associate = way(gateway("g1"), gateway("g2")).steps[-1]
    assert associate.id == "associate" and {"<GATEWAY>", "<GATEWAY_RESOURCE_GROUP>"} <= {
        fill.name for fill in associate.fill
    }


@pytest.mark.parametrize(
    "other",
    [
        gateway("g", location="japanwest"),
        gateway("g", "MC_rg_two_japaneast"),
        gateway("g", provisioningState="Failed"),
        gateway("g", provisioningState="Deleting"),
    ],
)
def test_a_gateway_that_cannot_be_this_clusters_is_not_taken(other: dict[str, Any]):
    assert [step for step in steps(way(other)) if step[0] in ("associate", "gateway")] == [("gateway", "todo")]


def test_a_gateway_is_there_between_the_two_commands_that_associate_it_anew():
    listed = association("g1", "agc")
    used = made([OVERLAY, subnet("agc", "10.0.4.0/24"), [listed], deployment("1.8.0")], "agc")
    assert ("gateway", "done") in steps(used)
    assert ("associate", "todo") in steps(way(gateway("g1")))


PLUGIN = {"network_plugin": "azure", "network_policy": None}
UPGRADE = aks(
    actions="update", before={"network_profile": [PLUGIN], "default_node_pool": [{}], "kubernetes_version": "1.31"}
)


def test_the_upgrade_that_a_plan_makes_is_made_by_applying_it():
    UPGRADE["change"]["after"]["network_profile"][0] |= {"pod_cidr": "10.244.0.0/16", "network_policy": None}
    for document, commands in (
        (plan(UPGRADE), ("terraform apply '<PLAN_FILE>'",)),
        (what_if(change("Modify", arm(None), arm("overlay"))), ()),
    ):
        upgrade = next(step for step in made([document, []], "overlay").steps if step.id == "upgrade")
        assert upgrade.commands == commands and "by " in upgrade.title
        assert not any("POD_CIDR" in fill.name for fill in upgrade.fill)
        assert not any("so that you choose the range yourself" in note.text for note in upgrade.notes)
