"""The commands of each step, as the pages of this site have them, with the names of this cluster."""

import json
from dataclasses import dataclass
from itertools import count, islice

from bot.checks.clusters.clusters import without_subnets
from bot.checks.findings import Status
from bot.checks.gather.missing import plain, subscription_of
from bot.checks.inventory.kinds import MASQ_AGENT
from bot.checks.inventory.snapshot import Network
from bot.checks.plan.helm import updating
from bot.checks.plan.idea import Idea
from bot.checks.plan.names import NEW_ASSOCIATION, Line, Names, aks, of_gateway
from bot.checks.plan.places import place_need
from bot.checks.plan.records import Need
from bot.checks.plan.state import State
from bot.checks.rules.pool_conditions import is_aged, judged_windows
from bot.checks.spelling import id_part

SERVICE = "Microsoft.ServiceNetworking/trafficControllers"
_NAMING = "applicationloadbalancers,gateways.gateway.networking.k8s.io,ingresses"  # objects that name their gateway
_IMAGE = "jsonpath={.items[*].spec.containers[*].image}"
_IMAGES = ("kubectl", "get", "pods", "-A", "-l", "app=alb-controller", "-o", _IMAGE)


@dataclass(frozen=True, slots=True)
class Written:
    """Lines to run, further placeholders in them, and a line that shows what came of it."""

    lines: tuple[Line, ...]
    fill: tuple[str, ...]
    check: Line | None


def written(idea: Idea, state: State, names: Names) -> Written:
    """What is to be run for a step; some have nothing to run."""
    match idea.id:
        case "start":
            return Written((aks(names, "start"),), (), aks(names, "show").add("--query", "powerState.code"))
        case "policy":
            return Written((aks(names, "update").add("--network-policy", "none"),), (), _profile(names))
        case "identity":
            return _identity(state, names)
        case "masq":
            delete = Line("kubectl", "delete", "configmap", MASQ_AGENT, "--namespace", "kube-system")
            return Written((delete,), (), Line("kubectl", "get", "configmap", "--namespace", "kube-system"))
        case "windows":
            return _windows(state, names)
        case "windows-2019":
            return Written((), (), _images(names))
        case "upgrade":
            if state.upgrades:  # with ranges of its own
                return Written(() if state.template else (_apply(),), (), _profile(names))
            update = aks(names, "update").add("--network-plugin", "azure", "--network-plugin-mode", "overlay")
            update.option("--pod-cidr", names.pods if state.network is Network.KUBENET else None, "POD_CIDR")
            return Written((update,), (), _profile(names))
        case "apply" | "gateway-planned" if not state.template:
            return Written((_apply(),), (), None)
        case "version":
            return Written((), (), aks(names, "show").add("--query", "currentKubernetesVersion"))
        case "pools":
            query = "agentPoolProfiles[].{name: name, podSubnetId: podSubnetId}"
            return Written((), (), aks(names, "show").add("--query", query))
        case "pool-kinds":
            query = "agentPoolProfiles[].{name: name, type: type, vmSize: vmSize, more: virtualMachinesProfile}"
            return Written((), (), aks(names, "show").add("--query", query))
        case "controller" | "controller-missing" | "controller-install":
            lines = (Line("helm", "list", "-A"), updating(state)) if idea.id == "controller" else ()
            return Written(lines, (), Line(*_IMAGES))
        case "detect" | "controller-addon" | "controller-flux" | "controller-argo" | "controller-terraform":
            return Written((), (), Line(*_IMAGES))
        case "subnet":
            return Written((_new_subnet(names, idea.at or 0),), (), _shown(names, idea.at or 0))
        case "free-subnet":
            return Written((_new_subnet(names, 0),), (), _shown(names, 0))
        case "move":
            return _move(idea, state, names)
        case "move-managed":
            return _patched(idea, state, names)
        case "replace":
            return _anew(names, idea.at or 0, names.gateway(idea.at or 0))
        case "replace-managed":
            show = Line("kubectl", "get", "applicationloadbalancer", "-A", "-o", "yaml")
            return Written((Line("kubectl", "create", "-f").option_only("BALANCER_FILE"),), (), show)
        case "associate":
            return _associated(idea, state, names)
        case "gateway":
            return _anew(names, idea.at or 0, names.gateway(0), _free_subnet(idea.at, state, names))
    return Written((), (), None)


def _apply() -> Line:
    return Line("terraform", "apply").option_only("PLAN_FILE")


def _identity(state: State, names: Names) -> Written:
    """One that may write the nodes' network, unless AKS made that itself."""
    create = Line("az", "identity", "create").option("--resource-group", names.group, "RESOURCE_GROUP")
    create.option("--name", None, "IDENTITY_NAME").option("--location", names.region, "NODES_REGION")
    if names.subscription:
        create.option("--subscription", names.subscription, "")
    lines = [create]
    if not without_subnets(state.aks):
        role = Line("az", "role", "assignment", "create").option("--assignee", None, "IDENTITY_PRINCIPAL_ID")
        lines.append(role.add("--role", "Network Contributor").option("--scope", names.nodes_vnet, "NODES_VNET_ID"))
    assign = aks(names, "update").add("--enable-managed-identity").option("--assign-identity", None, "IDENTITY_ID")
    return Written((*lines, assign), (), aks(names, "show").add("--query", "identity.type"))


def _windows(state: State, names: Names) -> Written:
    """A newer image for each pool that has one."""
    pools = [pool for pool in state.aks.agent_pool_profiles or [] if judged_windows(pool)[0] is Status.FAIL]
    lines = []
    for pool in pools:
        if is_aged(pool):
            continue
        line = Line("az", "aks", "nodepool", "upgrade").option("--resource-group", names.group, "RESOURCE_GROUP")
        line.option("--cluster-name", names.cluster, "CLUSTER").option("--name", plain(pool.name), "WINDOWS_POOL")
        if names.subscription:
            line.option("--subscription", names.subscription, "")
        lines.append(line.add("--node-image-only"))
    return Written(tuple(lines), (), _images(names))


def _images(names: Names) -> Line:
    query = "agentPoolProfiles[?osType=='Windows'].{name: name, image: nodeImageVersion}"
    return aks(names, "show").add("--query", query)


def _profile(names: Names) -> Line:
    query = "networkProfile.{plugin: networkPlugin, mode: networkPluginMode, policy: networkPolicy}"
    return aks(names, "show").add("--query", query)


def _new_subnet(names: Names, at: int) -> Line:
    vnet = names.nodes_vnet
    line = Line("az", "network", "vnet", "subnet", "create")
    line.option("--resource-group", id_part(vnet, "resourcegroups"), "VNET_RESOURCE_GROUP")
    line.option("--vnet-name", id_part(vnet, "virtualnetworks"), "VNET")
    if subscription := subscription_of(vnet):
        line.option("--subscription", subscription, "")
    free = names.space.block(at) if names.space.whole else None
    line.add("--name", names.subnet(at)).option("--address-prefixes", free, "FREE_24_PREFIX")
    return line.add("--delegations", SERVICE)


def _subnet_id(names: Names, at: int) -> str | None:
    return f"{names.nodes_vnet}/subnets/{names.subnet(at)}" if names.nodes_vnet else None


def _shown(names: Names, at: int) -> Line:
    line = Line("az", "network", "vnet", "subnet", "show")
    line.option("--ids", _subnet_id(names, at), "AGC_SUBNET_ID")
    return line.add("--query", "[addressPrefix, addressPrefixes]", "-o", "json")


def _free_subnet(at: int | None, state: State, names: Names) -> str | None:
    """One that is there and is as it must be. Else the new subnet of an earlier step takes the gateway."""
    if at is None or place_need(state.upgraded(), at)[0] is not Need.DONE:
        return None
    return names.id(state.gateways[at].site) or ""  # it is there, or will be, under an id that nobody knows yet


def _move(idea: Idea, state: State, names: Names) -> Written:
    at = idea.at or 0
    group, gateway, association, subscription = of_gateway(names, state.gateways[at])

    def line(verb: str) -> Line:
        made = Line("az", "network", "alb", "association", verb)
        made.option("--resource-group", group, "GATEWAY_RESOURCE_GROUP").option("--alb-name", gateway, "GATEWAY")
        return made.option("--subscription", subscription, "") if subscription else made

    delete = line("delete").option("--name", association, "OLD_ASSOCIATION")
    create = line("create").add("--name", _new_association(at, state))
    create.option("--subnet", _subnet_id(names, at), "AGC_SUBNET_ID")
    return Written((delete, create), (), line("list").add("--query", "[].subnet.id", "-o", "json"))


def _new_association(at: int, state: State) -> str:
    """A name that no association of the gateway has, or gets by another step: creating it would move that one."""
    own, _, _ = (state.gateways[at].association or "").rpartition("/associations/")
    of_same = [
        (place, gateway.association.rsplit("/", 1)[-1].casefold())
        for place, gateway in enumerate(state.gateways)
        if own and gateway.association and gateway.association.startswith(f"{own}/associations/")
    ]
    taken = {name for _, name in of_same}
    names = (f"{NEW_ASSOCIATION}-{number}" if number > 1 else NEW_ASSOCIATION for number in count(1))
    return next(islice((name for name in names if name not in taken), sum(place < at for place, _ in of_same), None))


def _patched(idea: Idea, state: State, names: Names) -> Written:
    """The object asks for the new subnet in place of the old one; the controller does the rest."""
    at = idea.at or 0
    balancer, new = state.gateways[at].balancer, _subnet_id(names, at)
    several = balancer is not None and len(balancer.subnets) > 1  # others are not to be lost
    line = Line("kubectl", "edit" if several else "patch", "applicationloadbalancer")
    name, namespace = (plain(balancer.name), plain(balancer.namespace)) if balancer else (None, None)
    line = line.add(name) if name else line.option_only("BALANCER")
    line.option("--namespace", namespace, "BALANCER_NAMESPACE")
    if not several:
        line.fill += [] if new else ["AGC_SUBNET_ID"]
        line.add("--type", "merge", "--patch", json.dumps({"spec": {"associations": [new or "<AGC_SUBNET_ID>"]}}))
    return Written((line,), (), _move(idea, state, names).check)


def looking(idea: Idea) -> tuple[Line, ...]:
    """What tells, beside the parts of a snapshot, whether a step is to be taken."""
    return (Line("kubectl", "get", _NAMING, "-A", "-o", "json"),) if idea.id == "owner" else ()


def _associated(idea: Idea, state: State, names: Names) -> Written:
    """A gateway that is there, and has no association yet."""
    own = names.id(state.idle[0]) if len(state.idle) == 1 else None
    subscription = subscription_of(own)

    def line(verb: str) -> Line:
        made = Line("az", "network", "alb", "association", verb)
        made.option("--resource-group", plain(id_part(own, "resourcegroups")), "GATEWAY_RESOURCE_GROUP")
        made.option("--alb-name", plain(id_part(own, "trafficcontrollers")), "GATEWAY")
        return made.option("--subscription", subscription, "") if subscription else made

    free = _free_subnet(idea.at, state, names)
    where = _subnet_id(names, 0) if free is None else free or None
    create = line("create").add("--name", NEW_ASSOCIATION).option("--subnet", where, "AGC_SUBNET_ID")
    return Written((create,), (), line("list").add("--query", "[].subnet.id", "-o", "json"))


def _anew(names: Names, at: int, gateway: str, subnet: str | None = None) -> Written:
    """A new gateway in the region of the nodes."""

    def line(*verb: str) -> Line:
        made = Line("az", "network", "alb", *verb).option("--resource-group", names.group, "RESOURCE_GROUP")
        return made.option("--subscription", names.subscription, "") if names.subscription else made

    create = line("create").add("--name", gateway).option("--location", names.region, "NODES_REGION")
    frontend = line("frontend", "create").add("--alb-name", gateway, "--name", "frontend")
    where = _subnet_id(names, at) if subnet is None else subnet or None
    associate = line("association", "create").add("--alb-name", gateway, "--name", NEW_ASSOCIATION)
    associate.option("--subnet", where, "AGC_SUBNET_ID")
    check = line("association", "list").add("--alb-name", gateway, "--query", "[].subnet.id", "-o", "json")
    return Written((create, frontend, associate), (), check)
