"""The commands of each step, as the pages of this site have them, with the names of this cluster."""

from collections.abc import Callable, Sequence

from bot.checks.clusters.clusters import without_subnets
from bot.checks.findings import Status
from bot.checks.gather.arguments import plain
from bot.checks.inventory.kinds import MASQ_AGENT
from bot.checks.inventory.snapshot import Network
from bot.checks.plan.gateway_commands import (
    another_subnet,
    asked_for_one,
    associated,
    awaited,
    awaited_gateway,
    left,
    moved,
    moved_by_controller,
    new_gateway,
    new_subnet,
    with_role,
)
from bot.checks.plan.helm import updating
from bot.checks.plan.idea import Idea
from bot.checks.plan.names import NETWORK_ROLE, Line, Names, Written, aks, role
from bot.checks.plan.policies import UNINSTALL
from bot.checks.plan.replacing_commands import asked_for_anew, replaced, retired, retired_by_controller, switched
from bot.checks.plan.state import State
from bot.checks.rules.pool_conditions import is_aged, judged_windows

_PROFILE = (
    "{plugin: networkProfile.networkPlugin, mode: networkProfile.networkPluginMode,"
    " policy: networkProfile.networkPolicy, state: provisioningState}"
)
_NAMING = "applicationloadbalancers,gateways.gateway.networking.k8s.io,ingresses"  # objects that name their gateway
_IMAGE = "jsonpath={.items[*].spec.containers[*].image}"
_IMAGES = ("kubectl", "get", "pods", "-A", "-l", "app=alb-controller", "-o", _IMAGE)

Writing = Callable[[Idea, State, Names], Written]


def written(idea: Idea, state: State, names: Names) -> Written:
    """What is to be run for a step; some have nothing to run."""
    write = _OF_STEPS.get(idea.id)
    return write(idea, state, names) if write else Written((), (), None)


def _start(idea: Idea, state: State, names: Names) -> Written:
    return Written((aks(names, "start"),), (), aks(names, "show").add("--query", "powerState.code"))


def _without_policy(idea: Idea, state: State, names: Names) -> Written:
    return Written((aks(names, "update").add("--network-policy", "none"),), (), _profile(names))


def _with_policy(idea: Idea, state: State, names: Names) -> Written:
    """Which engine is the reader's choice."""
    update = aks(names, "update").option("--network-policy", None, "NETWORK_POLICY")
    return Written((update,), (), _profile(names))


def _without_masq_agent(idea: Idea, state: State, names: Names) -> Written:
    delete = Line("kubectl", "delete", "configmap", MASQ_AGENT, "--namespace", "kube-system")
    return Written((delete,), (), Line("kubectl", "get", "configmap", "--namespace", "kube-system"))


def _upgrade(idea: Idea, state: State, names: Names) -> Written:
    """By the plan that makes it, with ranges of its own, or by az."""
    if state.upgrades:
        return Written(_apply(idea, state, names).lines, (), _profile(names))
    update = aks(names, "update").add("--network-plugin", "azure", "--network-plugin-mode", "overlay")
    if state.network is not Network.KUBENET or names.pods is None:  # one that may stay is kept without the option
        update.option("--pod-cidr", None, "POD_CIDR")
    return Written((update,), (), _profile(names))


def _apply(idea: Idea, state: State, names: Names) -> Written:
    """Of Terraform alone: how another template is deployed, nobody tells."""
    apply = Line("terraform", "apply").option_only("PLAN_FILE")
    return Written(() if state.template else (apply,), (), None)


def _update_controller(idea: Idea, state: State, names: Names) -> Written:
    return Written((Line("helm", "list", "-A"), updating(state)), (), Line(*_IMAGES))


def _show_controller(idea: Idea, state: State, names: Names) -> Written:
    return Written((), (), Line(*_IMAGES))


def _show_pods(idea: Idea, state: State, names: Names) -> Written:
    return Written((), (), Line("kubectl", "get", "pods", "-A", "-l", "app=alb-controller"))


def _show_images(idea: Idea, state: State, names: Names) -> Written:
    return Written((), (), _images(names))


def _show(query: str) -> Writing:
    """Nothing to run, but what shows this of the cluster."""
    return lambda idea, state, names: Written((), (), aks(names, "show").add("--query", query))


def _identity(idea: Idea, state: State, names: Names) -> Written:
    """One that may write the nodes' network, unless AKS made that itself."""
    create = Line("az", "identity", "create").option("--resource-group", names.group, "RESOURCE_GROUP")
    create.option("--name", None, "IDENTITY_NAME").option("--location", names.region, "NODES_REGION")
    create.of_subscription(names.subscription)
    lines = [create]
    if not without_subnets(state.aks):
        lines.append(role("IDENTITY_PRINCIPAL_ID", NETWORK_ROLE, names.nodes_vnet, "NODES_VNET_ID"))
    lines += [role("IDENTITY_PRINCIPAL_ID", NETWORK_ROLE, table, "") for table in names.tables]
    assign = aks(names, "update").add("--enable-managed-identity").option("--assign-identity", None, "IDENTITY_ID")
    return Written((*lines, assign), (), aks(names, "show").add("--query", "identity.type"))


def _windows(idea: Idea, state: State, names: Names) -> Written:
    """A newer image for each pool that has one."""
    pools = [pool for pool in state.aks.agent_pool_profiles or [] if judged_windows(pool)[0] is Status.FAIL]
    lines = []
    for pool in pools:
        if is_aged(pool):
            continue
        line = Line("az", "aks", "nodepool", "upgrade").option("--resource-group", names.group, "RESOURCE_GROUP")
        line.option("--cluster-name", names.cluster, "CLUSTER").option("--name", plain(pool.name), "WINDOWS_POOL")
        line.of_subscription(names.subscription)
        lines.append(line.add("--node-image-only"))
    return Written(tuple(lines), (), _images(names))


def _images(names: Names) -> Line:
    query = "agentPoolProfiles[?osType=='Windows'].{name: name, image: nodeImageVersion}"
    return aks(names, "show").add("--query", query)


def _profile(names: Names) -> Line:
    return aks(names, "show").add("--query", _PROFILE)


def looking(idea: Idea, tables: Sequence[str], *, kubenet: bool) -> tuple[Line, ...]:
    """What to look at first, beside the parts of a snapshot: whose a gateway is, and what the upgrade deletes."""
    if idea.id in ("leave-asked", "failed-asked"):
        return (Line("kubectl", "get", "applicationloadbalancer", "-A", "-o", "json"),)
    if idea.id == "upgrade" and kubenet:  # whose routes it deletes
        return tuple(Line("az", "network", "route-table", "show", "--ids", table, "-o", "json") for table in tables)
    asks = idea.id == "owner" or "owner" in idea.notes
    return (Line("kubectl", "get", _NAMING, "-A", "-o", "json"),) if asks else ()


_OF_STEPS: dict[str, Writing] = {
    "start": _start,
    UNINSTALL: _without_policy,
    "policy-again": _with_policy,
    "identity": _identity,
    "masq": _without_masq_agent,
    "windows": _windows,
    "windows-2019": _show_images,
    "upgrade": _upgrade,
    "apply": _apply,
    "gateway-planned": _apply,
    "version": _show("currentKubernetesVersion"),
    "pools": _show("agentPoolProfiles[].{name: name, podSubnetId: podSubnetId}"),
    "pool-kinds": _show("agentPoolProfiles[].{name: name, type: type, vmSize: vmSize, more: virtualMachinesProfile}"),
    "detect": _show_pods,
    "controller": _update_controller,
    "controller-missing": _show_controller,
    "controller-install": _show_controller,
    "controller-addon": _show_controller,
    "controller-flux": _show_controller,
    "controller-argo": _show_controller,
    "controller-terraform": _show_controller,
    "subnet": another_subnet,
    "free-subnet": new_subnet,
    "move": moved,
    "move-managed": moved_by_controller,
    "leave": left,
    "leave-managed": awaited,
    "leave-asked": awaited,
    "leave-one": awaited,
    "failed-asked": awaited,
    "arrive": awaited,
    "arrive-managed": awaited,
    "arrive-gateway": awaited_gateway,
    "gone": awaited,
    "gone-gateway": awaited_gateway,
    "repair": awaited_gateway,
    "role": with_role,
    "again": moved,
    "ask-one": asked_for_one,
    "back-managed": asked_for_one,
    "replace": replaced,
    "replace-there": replaced,
    "replace-managed": asked_for_anew,
    "switch": switched,
    "retire": retired,
    "retire-managed": retired_by_controller,
    "associate": associated,
    "gateway": new_gateway,
}
