"""The commands of steps that make gateways, their subnets and associations, or move them."""

import json
from dataclasses import replace
from itertools import count, islice

from bot.checks.clusters.clusters import without_subnets
from bot.checks.gather.arguments import plain, subscription_of
from bot.checks.plan.idea import Idea
from bot.checks.plan.names import NETWORK_ROLE, NEW_ASSOCIATION, Line, Names, Written, of_gateway, role
from bot.checks.plan.places import place_need
from bot.checks.plan.records import Need
from bot.checks.plan.state import State
from bot.checks.spelling import id_part

SERVICE = "Microsoft.ServiceNetworking/trafficControllers"
ASSOCIATED = "[].{subnet: subnet.id, state: provisioningState}"
_GATEWAY_ROLE = "AppGw for Containers Configuration Manager"
_CONTROLLER = "CONTROLLER_PRINCIPAL_ID"


def new_subnet(idea: Idea, state: State, names: Names) -> Written:
    """Create the subnet of the gateway to come."""
    return Written((_new_subnet(names, 0),), (), _shown(names, 0))


def another_subnet(idea: Idea, state: State, names: Names) -> Written:
    """Create a subnet in place of that of a gateway."""
    at = idea.at or 0
    lines = (_new_subnet(names, at), *_roles_on(names.new_subnet_id(at), state))
    return Written(lines, (), _shown(names, at))


def moved(idea: Idea, state: State, names: Names) -> Written:
    """Delete the association of a gateway, and create one on the new subnet."""
    at = idea.at or 0
    group, gateway, association, subscription = of_gateway(names, state.gateways[at])

    def line(verb: str) -> Line:
        made = Line("az", "network", "alb", "association", verb)
        made.option("--resource-group", group, "GATEWAY_RESOURCE_GROUP").option("--alb-name", gateway, "GATEWAY")
        return made.of_subscription(subscription)

    delete = line("delete").option("--name", association, "OLD_ASSOCIATION")
    create = line("create").add("--name", _new_association(at, state))
    owner, _, _ = (state.gateways[at].association or "").rpartition("/associations/")
    create.option("--location", names.region_of(owner), "GATEWAY_REGION")  # else az takes that of the resource group
    create.option("--subnet", names.new_subnet_id(at), "NEW_SUBNET_ID")
    return Written((delete, create), (), line("list").add("--query", ASSOCIATED, "-o", "json"))


def left(idea: Idea, state: State, names: Names) -> Written:
    """Delete the association that another one of the gateway has taken the place of."""
    move = moved(idea, state, names)
    return Written(move.lines[:1], (), move.check)


def left_by_controller(idea: Idea, state: State, names: Names) -> Written:
    """Nothing but wait for the controller."""
    return Written((), (), moved(idea, state, names).check)


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


def moved_by_controller(idea: Idea, state: State, names: Names) -> Written:
    """Let the object ask for the new subnet in place of the old one; the controller does the rest."""
    at = idea.at or 0
    balancer, new = state.gateways[at].balancer, names.new_subnet_id(at)
    several = balancer is not None and len(balancer.subnets) > 1  # others are not to be lost
    line = Line("kubectl", "edit" if several else "patch", "applicationloadbalancer")
    name, namespace = (plain(balancer.name), plain(balancer.namespace)) if balancer else (None, None)
    line = line.add(name) if name else line.option_only("BALANCER")
    line.option("--namespace", namespace, "BALANCER_NAMESPACE")
    if not several:
        line.fill += [] if new else ["NEW_SUBNET_ID"]
        line.add("--type", "merge", "--patch", json.dumps({"spec": {"associations": [new or "<NEW_SUBNET_ID>"]}}))
    return Written((line,), (), moved(idea, state, names).check)


def associated(idea: Idea, state: State, names: Names) -> Written:
    """Associate a gateway that is there, and has no association yet."""
    idle = state.idle[0] if len(state.idle) == 1 else None
    own = names.id(idle)
    subscription = subscription_of(own)

    def line(verb: str) -> Line:
        made = Line("az", "network", "alb", "association", verb)
        made.option("--resource-group", plain(id_part(own, "resourcegroups")), "GATEWAY_RESOURCE_GROUP")
        made.option("--alb-name", plain(id_part(own, "trafficcontrollers")), "GATEWAY")
        return made.of_subscription(subscription)

    free = _free_subnet(idea.at, state, names)
    where = names.new_subnet_id(0) if free is None else free or None
    create = line("create").add("--name", NEW_ASSOCIATION)
    create.option("--location", names.region_of(idle), "GATEWAY_REGION").option("--subnet", where, "NEW_SUBNET_ID")
    roles = (*_roles_on(where, state), role(_CONTROLLER, _GATEWAY_ROLE, _group_of(own), "GATEWAY_GROUP_ID"))
    return Written((*roles, create), (), line("list").add("--query", ASSOCIATED, "-o", "json"))


def another_gateway(idea: Idea, state: State, names: Names) -> Written:
    """Create a gateway in place of another, in its resource group: the controller has its role there."""
    at = idea.at or 0
    group, _, _, subscription = of_gateway(names, state.gateways[at])
    return _anew(names, names.gateway(at), names.new_subnet_id(at), group, subscription)


def new_gateway(idea: Idea, state: State, names: Names) -> Written:
    """Create the gateway to come, once the controller has its roles."""
    free = _free_subnet(idea.at, state, names)
    where = names.new_subnet_id(idea.at or 0) if free is None else free or None
    made = _anew(names, names.gateway(0), where, names.group, names.subscription)
    known = names.group and names.subscription
    whole = f"/subscriptions/{names.subscription}/resourceGroups/{names.group}" if known else None
    roles = (*_roles_on(where, state), role(_CONTROLLER, _GATEWAY_ROLE, whole, "GATEWAY_GROUP_ID"))
    return replace(made, lines=(*roles, *made.lines))


def _roles_on(subnet: str | None, state: State) -> tuple[Line, ...]:
    """The role of the controller on a subnet. In a network that AKS made, the identity of its add-on has it."""
    if state.addon and without_subnets(state.aks):
        return ()
    return (role(_CONTROLLER, NETWORK_ROLE, subnet, "NEW_SUBNET_ID"),)


def _group_of(own: str | None) -> str | None:
    """The ID of the resource group of a resource."""
    group = (own or "").partition("/providers/")[0]
    return group or None


def _anew(names: Names, gateway: str, subnet: str | None, group: str | None, subscription: str | None) -> Written:
    """A new gateway in the region of the nodes."""

    def line(*verb: str) -> Line:
        made = Line("az", "network", "alb", *verb).option("--resource-group", group, "GATEWAY_RESOURCE_GROUP")
        return made.of_subscription(subscription)

    def located(made: Line) -> Line:
        """Without the option, az takes the region of the resource group."""
        return made.option("--location", names.region, "NODES_REGION")

    create = located(line("create").add("--name", gateway))
    frontend = located(line("frontend", "create").add("--alb-name", gateway, "--name", "frontend"))
    associate = located(line("association", "create").add("--alb-name", gateway, "--name", NEW_ASSOCIATION))
    associate.option("--subnet", subnet, "NEW_SUBNET_ID")
    check = line("association", "list").add("--alb-name", gateway, "--query", ASSOCIATED, "-o", "json")
    return Written((create, frontend, associate), (), check)


def _new_subnet(names: Names, at: int) -> Line:
    vnet = names.nodes_vnet
    line = Line("az", "network", "vnet", "subnet", "create")
    line.option("--resource-group", id_part(vnet, "resourcegroups"), "VNET_RESOURCE_GROUP")
    line.option("--vnet-name", id_part(vnet, "virtualnetworks"), "VNET")
    line.of_subscription(subscription_of(vnet))
    free = names.space.block(at) if names.space.whole else None
    line.add("--name", names.subnet(at)).option("--address-prefixes", free, "FREE_24_PREFIX")
    return line.add("--delegations", SERVICE)


def _shown(names: Names, at: int) -> Line:
    line = Line("az", "network", "vnet", "subnet", "show")
    line.option("--ids", names.new_subnet_id(at), "NEW_SUBNET_ID")
    return line.add("--query", "[addressPrefix, addressPrefixes]", "-o", "json")


def _free_subnet(at: int | None, state: State, names: Names) -> str | None:
    """One that is there and is as it must be. Else the new subnet of an earlier step takes the gateway."""
    if at is None or place_need(state.upgraded(), at)[0] is not Need.DONE:
        return None
    return names.id(state.gateways[at].site) or ""  # it is there, or will be, under an id that nobody knows yet
