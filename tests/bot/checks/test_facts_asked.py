"""What a question tells of its own network in words is judged like a value; what is only thought of is not."""

import pytest

from bot.checks.asked.asked import judged
from bot.checks.asked.facts import are_facts, facts_and_question
from bot.checks.asked.shared_asked import several_subnets


def failing(question: str) -> dict[str, str | None]:
    return {each.id: each.observed for each in judged(question, "en") if each.id in ("AGC005", "AGC006", "AGC007")}


PEERED_JA = "AGC の VNet は東日本、ノードの VNet は西日本、ピアリング済み、オーバーレイ。使える？"
ONE_REGION_JA = "AGC の VNet とノードの VNet は同じリージョンでピアリング、オーバーレイ。使える？"


@pytest.mark.parametrize(
    ("question", "rule", "observed"),
    [
        ("AGC is in koreacentral, the nodes are in uaenorth, peered, overlay. ok?", "AGC007", "koreacentral, uaenorth"),
        ("Overlay nodes in UK West, AGC in a peered VNet in UK South. ok?", "AGC007", "UK South, UK West"),
        (PEERED_JA, "AGC007", "東日本, 西日本"),
        ("AGC in uaenorth and the aks nodes in uaenorth, VNets peered, overlay. ok?", "AGC006", "uaenorth"),
        (ONE_REGION_JA, "AGC006", "同じリージョン"),
        ("AGC and the nodes are in peered VNets of two regions, overlay. ok?", "AGC007", "two regions"),
        ("we run 4 AGCs in the same subnet on overlay. ok?", "AGC005", "4 AGCs in the same subnet"),
        ("two AGCs share one subnet, overlay - ok?", "AGC005", "two AGCs share one subnet"),
        ("AGC and the nodes sit in two VNets, both uaenorth, peered, overlay. ok?", "AGC006", "uaenorth"),
        ("AGC VNet and aks VNet both UK West and peered, overlay. ok?", "AGC006", "UK West"),
        ("AGC のVNetとノードのVNetはどちらも西日本、ピアリング済み、overlay。いい？", "AGC006", "西日本"),
        ("the gateway VNet is in uaenorth, the nodes in uksouth, peered, overlay. ok?", "AGC007", "uaenorth, uksouth"),
        ("AGC in uaenorth with the nodes in uksouth, peered, overlay. ok?", "AGC007", "uaenorth, uksouth"),
        ("西日本のAGCと東アジアのノード、ピアリング済、overlay。これOK？", "AGC007", "西日本, 東アジア"),
        ("東南アジアのノードと東アジアのAGC、ピアリング済、overlay。これOK？", "AGC007", "東アジア, 東南アジア"),
        ("four agcs in one /24, overlay. ok?", "AGC005", "four agcs in one /24"),
        ("two gateways in the same /24, overlay. ok?", "AGC005", "two gateways in the same /24"),
        ("overlay、/24 のサブネット 1 つに AGC を 3 つ。平気？", "AGC005", "サブネット 1 つに AGC を 3 つ"),
        ("2 AGCs in snet-edge, overlay. ok?", "AGC005", "2 AGCs in snet-edge"),
        ("同じサブネットに AGC が 2 つ、オーバーレイ。大丈夫？", "AGC005", "同じサブネットに AGC が 2 つ"),
        ("AGC 3 つが同じサブネット、overlay。平気？", "AGC005", "AGC 3 つが同じサブネット"),
    ],
)
def test_a_fact_is_judged_in_its_own_words(question: str, rule: str, observed: str):
    assert failing(question) == {rule: observed}


NO_PEERING = ("VNets not peered", "no peering", "unpeered VNets", "connected by VPN", "VNets", "both peered with a hub")
AT = "AGC is in koreacentral, the nodes are in koreasouth, {}, overlay. ok?"
IN = "we {} two AGCs in {} with overlay. ok?"


@pytest.mark.parametrize(
    "question",
    [
        *(
            AT.format(said)
            for said in ("VNets not peered", "no peering", "unpeered VNets", "connected by VPN", "VNets")
        ),
        AT.format("both peered with a hub"),
        f"if {AT.format('peered VNets')}",  # no fact
        AT.format("we plan peered VNets"),
        AT.format("peered VNets").replace("overlay", "kubenet"),
        AT.format("peered VNets").replace("overlay", "no overlay"),
        AT.format("peered VNets").replace("the nodes are", "the database is"),  # of another service
        AT.format("peered VNets").replace("koreasouth", "vnet-koreasouth"),  # a name
        AT.format("peered VNets").replace("koreasouth", "Atlantis"),  # no region that is known
        "AGC and the nodes are in koreacentral and koreasouth, peered, overlay. ok?",  # which is where?
        "the AGC VNet is in koreacentral, both of the nodes' VNets are in uaenorth and uksouth, peered, overlay. ok?",
        "the nodes are both in uaenorth, AGC is elsewhere, peered, overlay. ok?",  # of one of them
        "AGC and the nodes are both in uaenorth, peered via hub, overlay. ok?",
        "AGC in uaenorth with the nodes in uksouth, peering removed, overlay. ok?",
        "AGC and the nodes are both in uaenorth, now in the same VNet, peered with others, overlay. ok?",
        "西日本のAGCと東アジアのノード、ピアリングはやめて同じVNetにします。overlay。OK？",
        "AGC and the nodes are both in uaenorth, not peered, overlay. ok?",
        "AGC and the nodes are both in uaenorth or uksouth, peered, overlay. ok?",
        "the application gateway VNet is in uaenorth, the nodes in uksouth, peered, overlay. ok?",
        "東アジアと西日本のAGC、ノードは東日本、ピアリング済、overlay。OK？",
        "two NAT gateways in one /24, overlay. ok?",
        "AGC in koreacentral, nodes in koreasouth and uaenorth, peered, overlay. ok?",
        PEERED_JA.replace("済み", "なし"),
        PEERED_JA.replace("済み", "したら"),
        *(IN.format(has, "one subnet") for has in ("could put", "want", "do not have", "had planned")),
        *(IN.format("have", where) for where in ("two subnets", "their own subnets", "one cluster", "a subnet each")),
        IN.format("have", "one subnet").replace("AGCs", "Application Gateways"),
        IN.format("have", "one subnet").replace("two AGCs", "AGC and two VMs"),
        IN.format("have", "one subnet").replace("two AGCs", "AGC with 2 frontends"),
        IN.format("have", "one subnet").replace("overlay", "pod subnet"),
        "can two AGCs share a subnet with overlay?",
        "1 つのサブネットに AGC を 2 つ置ければ、オーバーレイで大丈夫？",
        "別々のサブネットに AGC を 2 つ、オーバーレイ。大丈夫？",
        "同じサブネットに VM が 2 つと AGC、オーバーレイ。大丈夫？",
    ],
)
def test_what_is_no_such_fact_is_not_judged(question: str):
    assert failing(question) == {}


@pytest.mark.parametrize(
    ("question", "context", "asked"),
    [
        ("We have two. Is it ok?", "We have two", "Is it ok?"),
        ("2 つあります。大丈夫？", "2 つあります", "大丈夫？"),
        ("two, and one subnet - ok?", "two, and one subnet", "ok?"),
        ("Is it ok?", "Is it ok?", ""),
    ],
)
def test_what_is_told_stands_before_what_is_asked(question: str, context: str, asked: str):
    assert facts_and_question(question) == (context, asked)


@pytest.mark.parametrize(
    ("text", "facts"),
    [("we have two", True), ("we might have two", False), ("2 つあります", True), ("2 つなら", False)],
)
def test_facts(text: str, facts: bool):
    assert are_facts(text) is facts


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("two AGCs sit in snet-in and snet-out, overlay. ok?", "snet-in and snet-out"),
        ("AGC が 2 つ、snet-in と snet-out にあります。いい？", "snet-in と snet-out"),
        ("3 AGCs in 10.0.1.0/24 and 10.0.2.0/24. ok?", "10.0.1.0/24 and 10.0.2.0/24"),
        ("two AGCs sit in snet-in (10.0.1.0/24). ok?", None),  # one, by its name and its range
        ("two AGCs share the subnet. ok?", None),
        ("AGC in snet-in, nodes in snet-out. ok?", None),
    ],
)
def test_gateways_in_several_subnets_are_told_by_the_names_of_these(question: str, named: str | None):
    assert several_subnets(question) == named
    assert named is None or failing(question) == {}


@pytest.mark.parametrize("text", ["snet-" * 400, "two AGCs in " + "snet-" * 400, "1-_" * 600 + "snet"])
def test_of_a_long_name_nothing_is_tried_for_long(text: str):
    assert failing(f"{text}, overlay. ok?") == {} and several_subnets(text) is None
