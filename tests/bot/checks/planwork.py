"""Clusters to plan for, and the plans that are made for them."""

from typing import Any

from hypothesis import strategies as st

from bot.checks import compose
from bot.checks.plan import plans
from bot.checks.plan.records import Plan

from .test_laws import NETWORK, association, deployment, network, subnet

PLUGINS = [("azure", "overlay"), ("azure", None), ("kubenet", None), ("none", None), (None, None), ("azure", "odd")]
PLACE = "/subscriptions/0/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters"


@st.composite
def worlds(draw: st.DrawFn) -> list[Any]:
    """A cluster, and what may stand beside it, in any combination that people have."""
    plugin, mode = draw(st.sampled_from(PLUGINS))
    profile = {"networkPlugin": plugin, "networkPluginMode": mode}
    policy = draw(st.sampled_from(["none", None, "azure", "calico", "cilium", "[x]", ...]))
    profile |= {} if policy is ... else {"networkPolicy": policy}
    pods = draw(st.lists(st.sampled_from([None, None, f"{NETWORK}/a/subnets/pods", "[x]", ...]), max_size=2))
    pools = [
        {"name": f"p{at}", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes"} | ({} if pod is ... else {"podSubnetId": pod})
        for at, pod in enumerate(pods)
    ]
    aks = {"id": f"{PLACE}/one", "name": "one", "networkProfile": profile, "agentPoolProfiles": pools}
    version = draw(st.sampled_from(["1.31", "1.27.0", "1.26.9", "", None]))
    aks |= {"kubernetesVersion": version} | draw(
        st.sampled_from([{}, {"location": "japaneast"}, {"powerState": {"code": "Stopped"}}])
    )
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


def made(documents: Any, goal: str, lang: str = "en") -> Plan:
    (plan,) = plans(compose(documents), goal, lang)
    return plan


def flat(**more: Any) -> dict[str, Any]:
    profile = {"networkPlugin": "azure", "networkPluginMode": None, "networkPolicy": None}
    pools = [{"name": "np", "osType": "Linux", "vnetSubnetId": f"{NETWORK}/a/subnets/nodes", "podSubnetId": None}]
    aks = {"id": f"{PLACE}/one", "name": "one", "kubernetesVersion": "1.31", "networkProfile": profile}
    return aks | {"agentPoolProfiles": pools} | more


def steps(plan: Plan) -> list[tuple[str, str]]:
    return [(step.id, str(step.need)) for step in plan.steps]
