"""Plans are played through: every step finds its conditions, and after the last one the rules pass."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.checks.plan
from bot.checks import InputError, compose, inspect
from bot.checks.clusters.assemble import cases
from bot.checks.findings import Status
from bot.checks.inventory.snapshot import Network
from bot.checks.plan import GOALS, as_object, plans, render
from bot.checks.plan.beside import beside
from bot.checks.plan.idea import Idea
from bot.checks.plan.planner import after, arranged
from bot.checks.plan.records import Mark, Need, Plan
from bot.checks.plan.state import RULES, State, state_of
from bot.checks.plan.steps import ideas
from bot.language import pack
from index.records import Section

from .test_laws import DOCUMENTS, GATEWAY, NETWORK, association, deployment, network, subnet

GATEWAY_RULES = ("AGC003", "AGC004", "AGC005", "AGC006", "AGC007")
SOURCE = Path(bot.checks.plan.__file__).parent
PLUGINS = [("azure", "overlay"), ("azure", None), ("kubenet", None), ("none", None), (None, None), ("azure", "odd")]
PLACE = "/subscriptions/0/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters"


@st.composite
def worlds(draw: st.DrawFn) -> list[Any]:
    """A cluster, and what may stand beside it, in any combination that people have."""
    plugin, mode = draw(st.sampled_from(PLUGINS))
    profile = {"networkPlugin": plugin, "networkPluginMode": mode}
    policy = draw(st.sampled_from(["none", None, "azure", "calico", "cilium", "[x]", ...]))
    profile |= {} if policy is ... else {"networkPolicy": policy}
    pods = draw(st.lists(st.sampled_from([None, None, f"{NETWORK}/a/subnets/pods", ...]), max_size=2))
    pools = [
        {"name": f"p{at}", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes"} | ({} if pod is ... else {"podSubnetId": pod})
        for at, pod in enumerate(pods)
    ]
    aks = {"id": f"{PLACE}/one", "name": "one", "networkProfile": profile, "agentPoolProfiles": pools}
    version = draw(st.sampled_from(["1.31", "1.27.0", "1.26.9", "", None]))
    aks |= {"kubernetesVersion": version} | draw(st.sampled_from([{}, {"location": "japaneast"}]))
    documents: list[Any] = [aks]
    prefixes = {"agc": "10.0.4.0/24", "wide": "10.0.6.0/23", "small": "10.0.9.0/25"}
    for name in draw(st.lists(st.sampled_from(sorted(prefixes)), unique=True)):
        documents.append(subnet(name, prefixes[name], draw(st.sampled_from(["a", "a", "b"]))))
    if draw(st.booleans()):
        places = st.tuples(st.sampled_from(["agc", "agc", "wide", "small"]), st.sampled_from(["a", "a", "b"]))
        listed = [association(f"g{at}", *where) for at, where in enumerate(draw(st.lists(places, max_size=3)))]
        documents.append(draw(st.sampled_from([listed, [{"subnet": {"id": None}}], listed])))
    documents += draw(st.lists(st.sampled_from([deployment("1.7.9"), deployment("1.6.7")]), max_size=2, unique_by=str))
    region = draw(st.sampled_from(["japaneast", "japanwest"]))
    documents += draw(st.sampled_from([[], [network("a", "japaneast", "b"), network("b", region)]]))
    return documents


NO_ASSOCIATIONS: dict[str, Any] = {"agcAssociations": []}  # a bare list does not say of what it is


def states(documents: list[Any]) -> list[State]:
    inventory = compose(documents)
    return [state_of(case, beside(inventory)) for case in cases(inventory)]


def made(documents: Any, goal: str, lang: str = "en") -> Plan:
    (plan,) = plans(compose(documents), goal, lang)
    return plan


def played(state: State, order: list[Idea]) -> State:
    for step in order:
        if step.need is Need.DONE:
            continue
        assert step.requires(state), step.id
        if Mark.IRREVERSIBLE in step.marks:
            may_upgrade(state)
        state = step.effect(state)
    return state


def may_upgrade(state: State) -> None:
    """What the rules say of the upgrade at this very moment."""
    for at, gateway in enumerate(state.gateways):
        for snapshot, _ in state.snapshots(at):
            planned = snapshot.model_copy(update={"planned": "upgrade-to-overlay"})
            assert RULES["AGC012"].judge(planned).status is Status.PASS
            if gateway.exists is not False:
                for rule in ("AGC003", "AGC004", "AGC005", "AGC006", "AGC007", "AGC009"):
                    assert RULES[rule].judge(planned).status in (Status.PASS, Status.NOT_APPLICABLE), rule


@given(worlds(), st.sampled_from(GOALS))
def test_every_step_finds_its_conditions_and_after_the_last_one_the_rules_pass(documents: list[Any], goal: str):
    plan = made(documents, goal)
    (state,) = states(documents)
    if plan.blockers:
        assert plan.steps == () and plan.confirm is None
        return
    order = arranged(state, ideas(state, goal))
    assert [one.id for one in order] == [one.id for one in plan.steps]
    end = played(state, order)
    assert end.network is Network.OVERLAY or goal == "agc"
    for at, gateway in enumerate(end.gateways):
        if gateway.exists is False and goal == "overlay":
            continue  # a free subnet is no gateway
        verdicts = {rule: end.verdict(rule, at) for rule in RULES}
        assert [rule for rule, one in verdicts.items() if one.status is Status.FAIL] == []
        # Which engine is supported next to CNI Overlay is not what a plan changes.
        open_ones = [rule for rule, one in verdicts.items() if one.status is Status.UNKNOWN and rule != "AGC008"]
        assert open_ones == [] or end.in_use is False, open_ones
    if goal == "agc":
        assert end.in_use is True


@given(worlds(), st.sampled_from(GOALS))
def test_where_nothing_is_to_be_done_everything_passes_already(documents: list[Any], goal: str):
    plan = made(documents, goal)
    if plan.blockers or any(step.need is not Need.DONE for step in plan.steps):
        return
    (state,) = states(documents)
    assert state.network is Network.OVERLAY or goal == "agc"
    assert all(state.verdict("AGC001", at).status is Status.PASS for at in range(len(state.gateways)))


@given(worlds(), st.sampled_from(GOALS))
def test_a_plan_played_through_leaves_nothing_to_do(documents: list[Any], goal: str):
    if made(documents, goal).blockers:
        return
    (state,) = states(documents)
    end = after(state, arranged(state, ideas(state, goal)))
    assert [one.id for one in ideas(end, goal) if one.need is Need.TODO] == []


@given(worlds(), st.sampled_from(GOALS), st.sampled_from(["ja", "en"]))
def test_every_command_is_one_line_of_quoted_words(documents: list[Any], goal: str, lang: str):
    plan = made(documents, goal, lang)
    for step in plan.steps:
        for line in (*step.first, *step.commands, *([step.check.command] if step.check.command else [])):
            assert shlex.join(shlex.split(line)) == line
            asked = set(re.findall(r"<[A-Z_0-9]+>", line))
            assert asked <= {fill.name for fill in step.fill}, line
    text = render([plan], "text", lang)
    assert all(step.title in text for step in plan.steps)
    assert json.loads(render([plan], "json", lang)) == json.loads(json.dumps(as_object([plan])))
    assert render([plan], "markdown", lang).count("```") % 2 == 0


def flat(**more: Any) -> dict[str, Any]:
    profile = {"networkPlugin": "azure", "networkPluginMode": None, "networkPolicy": None}
    pools = [{"name": "np", "osType": "Linux", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes", "podSubnetId": None}]
    aks = {"id": f"{PLACE}/one", "name": "one", "kubernetesVersion": "1.31", "networkProfile": profile}
    return aks | {"agentPoolProfiles": pools} | more


def steps(plan: Plan) -> list[tuple[str, str]]:
    return [(step.id, str(step.need)) for step in plan.steps]


def test_a_wide_subnet_an_old_controller_and_a_policy_engine_come_before_the_upgrade():
    aks = flat(networkProfile={"networkPlugin": "azure", "networkPolicy": "calico"})
    plan = made([aks, subnet("wide", "10.0.6.0/23"), [association("g1", "wide")], deployment("1.6.7")], "overlay")
    assert steps(plan) == [
        ("version", "done"),
        ("pools", "done"),
        ("controller", "todo"),
        ("subnet", "todo"),
        ("window", "todo"),
        ("move", "todo"),
        ("policy", "todo"),
        ("upgrade", "todo"),
        ("detect", "todo"),
    ]
    by_id = {step.id: step for step in plan.steps}
    assert by_id["upgrade"].commands == (
        "az aks update --resource-group rg --name one --subscription 0 --network-plugin azure "
        "--network-plugin-mode overlay --pod-cidr '<POD_CIDR>'",
    )
    assert by_id["upgrade"].marks == (Mark.IRREVERSIBLE, Mark.DISRUPTIVE)
    assert by_id["move"].commands[0] == (
        "az network alb association delete --resource-group rg-agc --alb-name g1 --subscription 0 --name as"
    )
    assert by_id["subnet"].fill[0].name == "<FREE_24_PREFIX>"
    assert f"{NETWORK}/a/subnets/snet-agc-24" in by_id["move"].commands[1]


def test_a_kubenet_cluster_is_upgraded_before_anything_is_installed():
    aks = flat(networkProfile={"networkPlugin": "kubenet", "networkPolicy": None})
    plan = made([aks, NO_ASSOCIATIONS], "agc")
    order = [step.id for step in plan.steps]
    assert order.index("upgrade") < order.index("controller-install") < order.index("gateway")
    assert plan.steps[-1].rule == "AGC011"
    assert "detect" not in order  # nothing is there that could detect it
    alone = made([aks, NO_ASSOCIATIONS], "overlay")
    assert [step.id for step in alone.steps] == ["version", "identity", "policy", "window", "upgrade"]


def test_pod_subnets_take_a_gateway_as_they_are_but_are_not_upgraded():
    pools = [{"name": "np", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes", "podSubnetId": f"{NETWORK}/a/subnets/pods"}]
    aks = flat(agentPoolProfiles=pools)
    blocked = made([aks, NO_ASSOCIATIONS], "overlay")
    assert [one.id for one in blocked.blockers] == ["pod-subnet"] and not blocked.steps
    taken = made([aks, NO_ASSOCIATIONS, deployment("1.8.0")], "agc")
    assert steps(taken) == [("controller-there", "done"), ("free-subnet", "todo"), ("gateway", "todo")]
    mixed = flat(agentPoolProfiles=[*pools, {"name": "two", "podSubnetId": None}])
    assert [one.id for one in made([mixed, NO_ASSOCIATIONS], "agc").blockers] == ["pod-subnet"]


@pytest.mark.parametrize(
    ("more", "blockers"),
    [
        ({"kubernetesVersion": "1.26.3"}, ["version"]),
        ({"networkProfile": {"networkPlugin": "azure", "networkPolicy": "cilium"}}, ["policy"]),
        ({"networkProfile": {"networkPlugin": "none"}}, ["own-cni"]),
        ({"networkProfile": {}}, ["no-data"]),
        (
            {
                "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"},
                "agentPoolProfiles": [{"name": "np", "podSubnetId": "/pods"}],
            },
            ["contradiction"],
        ),
        ({"networkProfile": {"networkPlugin": "(known after apply)"}}, ["no-data"]),
        (
            {
                "kubernetesVersion": "1.20",
                "networkProfile": {"networkPlugin": "azure", "networkPolicy": "cilium"},
                "agentPoolProfiles": [{"name": "np", "podSubnetId": "/pods"}],
            },
            ["pod-subnet", "version", "policy"],
        ),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_else(more: Any, blockers: list[str]):
    plan = made([flat(**more), NO_ASSOCIATIONS], "overlay")
    assert [one.id for one in plan.blockers] == blockers
    assert plan.steps == () and all(one.instead and one.reason.url for one in plan.blockers)


def test_of_two_gateways_on_one_subnet_one_moves():
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})
    plan = made(
        [
            overlay,
            subnet("agc", "10.0.4.0/24"),
            [association("g1", "agc"), association("g2", "agc")],
            deployment("1.8.0"),
        ],
        "overlay",
    )
    assert [step.id for step in plan.steps] == ["controller", "place", "subnet", "window", "move", "upgrade"]
    moves = [step for step in plan.steps if step.id == "move"]
    assert "--alb-name g2" in moves[0].commands[0] and moves[0].rule == "AGC005"


def test_a_gateway_of_another_region_is_replaced():
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"}, location="japaneast")
    documents = [overlay, subnet("agc", "10.0.4.0/24", "b"), [association("g1", "agc", "b")], deployment("1.8.0")]
    plan = made([*documents, network("a", "japaneast", "b"), network("b", "japanwest")], "overlay")
    replace = next(step for step in plan.steps if step.id == "replace")
    assert "az network alb create" in replace.commands[0] and "--location japaneast" in replace.commands[0]


HOSTILE = [
    "x; rm -rf ~",
    "$(id)",
    "`id`",
    "-o",
    "a\nb",
    "x' || true '",
    "[parameters('n')]",
    "(known after apply)",
    "<X>",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_name_is_filled_in_by_the_reader(name: str):
    kind = "Microsoft.ContainerService/managedClusters"
    own = f"/subscriptions/{name}/resourceGroups/{name}/providers/{kind}/{name}"
    aks = flat(name=name, resourceGroup=name, id=own)
    plan = made([aks, NO_ASSOCIATIONS], "overlay")
    upgrade = next(step for step in plan.steps if step.id == "upgrade")
    assert shlex.split(upgrade.commands[0])[3:7] == ["--resource-group", "<RESOURCE_GROUP>", "--name", "<CLUSTER>"]
    assert {fill.name for fill in upgrade.fill} == {"<RESOURCE_GROUP>", "<CLUSTER>", "<POD_CIDR>"}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_quoted_stands_on_the_site(lang: str, sections: tuple[Section, ...]):
    by_id = {section.id: section for section in sections if section.lang == lang}
    words = pack(lang, "plan")
    quoted = [*words["quotes"].values(), *(one for one in words["notes"].values() if isinstance(one, dict))]
    assert len([one for one in quoted if "section" in one]) > 20
    for quote in quoted:
        if "section" in quote:
            # It may begin in the midst of a sentence: its first letter is a capital then.
            assert quote["text"][1:] in by_id[quote["section"]].text, quote["text"]


@given(worlds(), st.sampled_from(GOALS))
def test_the_links_of_a_plan_are_those_of_the_site(documents: list[Any], goal: str):
    for lang in ("ja", "en"):
        plan = made(documents, goal, lang)
        for part in (*plan.steps, *plan.blockers):
            page, _, anchor = part.reason.section.partition("#")
            assert part.reason.url == f"{'' if lang == 'ja' else '/en'}/{page}/#{anchor}"


def test_the_commands_are_those_of_the_rule_pages(sections: tuple[Section, ...]):
    """Every word of a command that is no name of the reader's stands on a page of the site."""
    site = " ".join(section.text for section in sections if section.lang == "en")
    aks = flat(networkProfile={"networkPlugin": "azure", "networkPolicy": "calico"})
    gateways = [association("g1", "wide"), association("g2", "wide")]
    plan = made([aks, subnet("wide", "10.0.6.0/23"), gateways, deployment("1.6.7")], "overlay")
    options = {word for step in plan.steps for line in step.commands for word in shlex.split(line) if word[:2] == "--"}
    assert {option for option in options - {"--subscription"} if option not in site} == set()


def test_what_the_input_calls_planned_is_left_out_of_account():
    snapshot = {"aks": flat(), "agcAssociations": [], "planned": "install-agc"}
    assert made(snapshot, "overlay") == made(snapshot | {"planned": None}, "overlay")


def test_a_gateway_that_a_plan_only_creates_is_not_there_yet():
    from .test_plans import aks as terraform_aks
    from .test_plans import association as created
    from .test_plans import plan as terraform
    from .test_plans import subnet as terraform_subnet

    known = f"{NETWORK}/a/subnets/agc"
    given = terraform(terraform_aks(), terraform_subnet("agc", "10.0.4.0/24", known), created("a", known))
    plan = made(given, "agc")
    assert ("gateway", "todo") in steps(plan) or ("gateway", "unclear") in steps(plan)
    assert (
        sum("Terraform" in note.text for note in plan.notes) == 2
    )  # one about the configuration, one about this gateway


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_word_of_a_plan_is_missing_or_left_over(lang: str):
    words, source = pack(lang, "plan"), " ".join(file.read_text("utf-8") for file in SOURCE.glob("*.py"))
    spoken = set(re.findall(r"""(?<=["'.])[\w-]+(?=["'])""", source))
    assert set(words["steps"]) - spoken - {"place"} == set()
    assert set(words["blockers"]) - spoken == set()
    computed = {f"before-{step}" for step in ("version", "policy", "pools", "identity", "masq", "windows")}
    assert set(words["quotes"]) - spoken - computed - {"AGC004", "AGC005", "AGC006", "AGC007"} == set()
    noted = {
        note for part in ("steps", "blockers") for one in words[part].values() for note in one.get("notes", "").split()
    }
    sentences = {name for name, one in words["notes"].items() if isinstance(one, dict)}
    assert sentences == noted | {
        "routes",
        "ranges",
        "ranges-missing",
        "ranges-overlap",
        "identity-principal",
        "remade",
    } | {
        "pod-cidr-tabs",
        "pod-cidr-kept",
    }
    told = {one["source"] for one in words["notes"].values() if isinstance(one, dict) and "source" in one}
    assert told == set(words["sources"])
    japanese = re.compile("[ぁ-んァ-ヶ一-龠]")
    if lang == "ja":
        texts = [one["title"] for part in ("steps", "blockers") for one in words[part].values()]
        assert [text for text in [*texts, *words["summary"].values()] if not japanese.search(text)] == []


SETS = st.lists(st.sampled_from(range(len(DOCUMENTS))), min_size=1, max_size=7, unique=True).map(
    lambda chosen: [DOCUMENTS[at] for at in chosen]
)


@given(SETS, st.sampled_from(GOALS))
def test_of_any_documents_a_plan_without_steps_left_is_one_without_failures(documents: list[Any], goal: str):
    """Whatever the findings leave open about a gateway, a plan must not call done."""
    inventory = compose(documents)
    try:
        found = plans(inventory, goal, "en")
    except InputError:
        return
    now = compose(documents)
    now.planned = []
    for plan, findings in zip(found, inspect(now, "en"), strict=True):
        assert plan.name == findings.name
        if plan.blockers or any(step.need is not Need.DONE for step in plan.steps):
            continue
        statuses = {one.id: one.status for one in findings.findings}
        assert [rule for rule, status in statuses.items() if status is Status.FAIL] == []
        if statuses["AGC001"] is Status.PASS and any(step.id in ("place", "gateway") for step in plan.steps):
            assert [rule for rule in GATEWAY_RULES if statuses[rule] is Status.UNKNOWN] == []


ODD = {
    "a gateway in the subnet of the nodes": [association("g", "nodes")],
    "a gateway whose subnet nobody knows": [{"id": f"{GATEWAY}/g/associations/a", "subnet": None}],
    "a gateway in another network than the given subnet": [association("g", "agc", "b")],
    "a list that does not say whose it is": [{"subnet": {"id": f"{NETWORK}/a/subnets/agc"}}],
    "a page that goes on": {"value": [association("g", "agc")], "count": 3},
    "a gateway without a list": {"id": f"{GATEWAY}/g", "type": "Microsoft.ServiceNetworking/trafficControllers"},
}


@pytest.mark.parametrize("title", ODD)
def test_what_is_not_clear_is_no_step_that_is_done(title: str):
    overlay = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})
    plan = made([overlay, subnet("agc", "10.0.4.0/24"), ODD[title], deployment("1.8.0")], "overlay")
    assert "unclear" in {str(step.need) for step in plan.steps}
    assert all(step.first for step in plan.steps if step.need is Need.UNCLEAR and step.id in ("subnet", "move"))


OVERLAY = flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"})


def commands(plan: Plan, step: str) -> list[str]:
    return [line for one in plan.steps if one.id == step for line in one.commands]


def test_every_new_subnet_has_a_name_of_its_own_that_is_not_taken():
    taken = subnet("snet-agc-24", "10.0.9.0/24", delegated=False)
    gateways = [association("g1", "wide"), association("g2", "wide"), association("g3", "wide")]
    plan = made([OVERLAY, subnet("wide", "10.0.6.0/23"), taken, gateways, deployment("1.8.0")], "overlay")
    names = [re.search("--name (\\S+)", line)[1] for line in commands(plan, "subnet")]  # type: ignore[index]
    assert names == ["snet-agc-24-2", "snet-agc-24-3", "snet-agc-24-4"]
    targets = [shlex.split(line)[-1].rpartition("/")[2] for line in commands(plan, "move")[1::2]]
    assert targets == names


@pytest.mark.parametrize("tagged", [True, False])
def test_an_association_that_the_controller_manages_is_not_moved_by_az(tagged: bool):
    own = association("alb-1", "wide") | {"tags": {"managed-by-alb-controller": "true"}}
    balancer = {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": "alb"},
        "spec": {"associations": [f"{NETWORK}/a/subnets/wide"]},
    }
    documents = [OVERLAY, subnet("wide", "10.0.6.0/23"), [own] if tagged else balancer, deployment("1.8.0")]
    plan = made(documents, "overlay")
    move = next(step for step in plan.steps if step.id == "move-managed")
    assert move.commands == () and "spec.associations" in " ".join(note.text for note in move.notes)


def test_a_free_subnet_counts_only_in_the_network_of_the_nodes():
    networks = [network("a", "japaneast", "b"), network("b", "japaneast")]
    there = made([OVERLAY, subnet("agc", "10.0.4.0/24"), NO_ASSOCIATIONS, deployment("1.8.0"), *networks], "agc")
    assert ("free-subnet-there", "done") in steps(there)
    assert "--location japaneast" in commands(there, "gateway")[0]
    assert commands(there, "gateway")[2].endswith(f"{NETWORK}/a/subnets/agc")
    hub = made([OVERLAY, subnet("hub", "10.9.0.0/24", "b"), NO_ASSOCIATIONS, deployment("1.8.0"), *networks], "agc")
    assert ("free-subnet", "todo") in steps(hub)


def test_with_pod_subnets_no_version_of_the_controller_is_promised():
    pools = [{"name": "np", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes", "podSubnetId": f"{NETWORK}/a/subnets/pods"}]
    plan = made([flat(agentPoolProfiles=pools), NO_ASSOCIATIONS, deployment("1.0.0")], "agc")
    assert steps(plan)[0] == ("controller-there", "done") and "1.7.9" not in plan.steps[0].title


def test_plans_of_very_many_clusters_are_refused():
    with pytest.raises(InputError) as caught:
        plans(compose([flat(name=f"c{at}", id="") for at in range(101)]), "overlay", "en")
    assert caught.value.code == "too-many-clusters"


def test_a_plan_of_very_many_gateways_is_refused():
    gateways = [association(f"g{at}", f"s{at}") for at in range(201)]
    with pytest.raises(InputError) as caught:
        plans(compose([OVERLAY, gateways]), "overlay", "en")
    assert caught.value.code == "too-many-gateways"
    (plan,) = plans(compose([OVERLAY, gateways[:200]]), "overlay", "en")
    assert len([step for step in plan.steps if step.id == "move"]) == 200


def test_a_gateway_to_come_goes_into_the_new_subnet_where_the_given_one_is_too_large():
    snapshot = {"aks": OVERLAY, "subnet": subnet("wide", "10.0.6.0/23"), "albController": {"version": "1.8.0"}}
    plan = made(snapshot, "agc")
    assert commands(plan, "subnet")[0].count("--name snet-agc-24") == 1
    assert commands(plan, "gateway")[2].endswith("/subnets/snet-agc-24")
