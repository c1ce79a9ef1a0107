"""The commands of steps that make gateways, their subnets and associations, or move them."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from bot.checks.clusters.clusters import without_subnets
from bot.checks.gather.arguments import plain, subscription_of
from bot.checks.plan.gateways import Gateway
from bot.checks.plan.idea import Idea
from bot.checks.plan.installing import idle_of
from bot.checks.plan.names import NETWORK_ROLE, NEW_ASSOCIATION, Line, Names, Written, of_gateway, role
from bot.checks.plan.phases import FAILED
from bot.checks.plan.records import Need
from bot.checks.plan.sharing import place_need
from bot.checks.plan.state import State
from bot.checks.spelling import id_part

SERVICE = "Microsoft.ServiceNetworking/trafficControllers"
ASSOCIATED = "[].{subnet: subnet.id, state: provisioningState}"
_GATEWAY_ROLE = "AppGw for Containers Configuration Manager"
_CONTROLLER = "CONTROLLER_PRINCIPAL_ID"


def new_subnet(idea: Idea, state: State, names: Names) -> Written:
    """Create the subnet of the gateway to come."""
    return Written((_new_subnet(names, idea.number),), (), _shown(names.new_subnet_id(idea.number)))


def another_subnet(idea: Idea, state: State, names: Names) -> Written:
    """Create a subnet in place of that of a gateway."""
    lines = (_new_subnet(names, idea.number), *_roles_on(names.new_subnet_id(idea.number), state))
    return Written(lines, (), _shown(names.new_subnet_id(idea.number)))


def with_role(idea: Idea, state: State, names: Names) -> Written:
    """Give the controller its role on a subnet that is there."""
    return Written(_roles_on(target(idea, names), state), (), _shown(target(idea, names)))


def target(idea: Idea, names: Names) -> str | None:
    """The ID of the subnet that a gateway comes to: one that is there, or that a step makes."""
    return names.id(idea.subnet) if idea.subnet else names.new_subnet_id(idea.number)


def moved(idea: Idea, state: State, names: Names) -> Written:
    """Delete all associations of a gateway, and create one on the new subnet."""
    at = idea.at or 0
    line = _association(state.gateways[at], names)
    deletes = [_deleted(each, state, names) for each in idea.among or (at,)]
    create = line("create").add("--name", _new_association(idea, state, names))
    owner = state.gateways[at].owner
    create.option("--location", names.region_of(owner), "GATEWAY_REGION")  # else az takes that of the resource group
    create.option("--subnet", target(idea, names), "NEW_SUBNET_ID")
    return Written((*deletes, create), (), _associations(state.gateways[at], names))


def left(idea: Idea, state: State, names: Names) -> Written:
    """Delete the association that another one of the gateway has taken the place of."""
    at = idea.at or 0
    return Written((_deleted(at, state, names),), (), _associations(state.gateways[at], names))


def awaited(idea: Idea, state: State, names: Names) -> Written:
    """Nothing but wait, and look."""
    return Written((), (), _associations(state.gateways[idea.at or 0], names))


def awaited_gateway(idea: Idea, state: State, names: Names) -> Written:
    """The same for a gateway as a whole."""
    group, gateway, _, subscription = of_gateway(names, state.gateways[idea.at or 0])
    line = Line("az", "network", "alb", "show").option("--resource-group", group, "GATEWAY_RESOURCE_GROUP")
    line.option("--name", gateway, "GATEWAY").of_subscription(subscription)
    return Written((), (), line.add("--query", "provisioningState"))


def _association(gateway: Gateway, names: Names) -> Callable[[str], Line]:
    """`az network alb association VERB` on a gateway."""
    group, name, _, subscription = of_gateway(names, gateway)

    def line(verb: str) -> Line:
        made = Line("az", "network", "alb", "association", verb)
        made.option("--resource-group", group, "GATEWAY_RESOURCE_GROUP").option("--alb-name", name, "GATEWAY")
        return made.of_subscription(subscription)

    return line


def _associations(gateway: Gateway, names: Names) -> Line:
    return _association(gateway, names)("list").add("--query", ASSOCIATED, "-o", "json")


def _deleted(at: int, state: State, names: Names) -> Line:
    gateway = state.gateways[at]
    return _association(gateway, names)("delete").option("--name", of_gateway(names, gateway)[2], "OLD_ASSOCIATION")


def _new_association(idea: Idea, state: State, names: Names) -> str:
    """A name that no association of the gateway has: creating it would move that one. One that failed is made again."""
    again = [each for each in idea.among if idea.id == "again" and state.gateways[each].phase.kind == FAILED]
    if failed := of_gateway(names, state.gateways[again[0]])[2] if again else None:
        return failed
    kin = (state.gateways[each] for each in state.kin.get(state.gateways[idea.at or 0].owner, ()))
    taken = {(gateway.association or "").rpartition("/")[2].casefold() for gateway in kin}
    every = (f"{NEW_ASSOCIATION}-{number}" if number > 1 else NEW_ASSOCIATION for number in count(1))
    return next(name for name in every if name not in taken)


def moved_by_controller(idea: Idea, state: State, names: Names) -> Written:
    """Let the object ask for the new subnet in place of the old one; the controller does the rest."""
    balancer = state.gateways[idea.at or 0].balancer
    kin = state.kin.get(state.gateways[idea.at or 0].owner, ())
    known = {state.gateways[each].site for each in kin if idea.need is Need.TODO}
    several = balancer is not None and len(balancer.subnets) > 1 and not balancer.asked <= known  # none is to be lost
    return _asked(idea, state, names, edits=several)


def asked_for_one(idea: Idea, state: State, names: Names) -> Written:
    """Let the object ask for one subnet that is there, and for no other."""
    return _asked(idea, state, names, edits=False)


def _asked(idea: Idea, state: State, names: Names, *, edits: bool) -> Written:
    gateway, new = state.gateways[idea.at or 0], target(idea, names)
    line = Line("kubectl", "edit" if edits else "patch", "applicationloadbalancer")
    balancer = gateway.balancer
    name, namespace = (plain(balancer.name), plain(balancer.namespace)) if balancer else (None, None)
    line = line.add(name) if name else line.option_only("BALANCER")
    line.option("--namespace", namespace, "BALANCER_NAMESPACE")
    if not edits:
        line.fill += [] if new else ["NEW_SUBNET_ID"]
        line.add("--type", "merge", "--patch", json.dumps({"spec": {"associations": [new or "<NEW_SUBNET_ID>"]}}))
    return Written((line,), (), _associations(gateway, names))


def associated(idea: Idea, state: State, names: Names) -> Written:
    """Associate a gateway that is there, and has no association yet."""
    every = idle_of(idea, state)
    idle = every[0] if len(every) == 1 else None
    own = names.id(idle)
    subscription = subscription_of(own)

    def line(verb: str) -> Line:
        made = Line("az", "network", "alb", "association", verb)
        made.option("--resource-group", plain(id_part(own, "resourcegroups")), "GATEWAY_RESOURCE_GROUP")
        made.option("--alb-name", plain(id_part(own, "trafficcontrollers")), "GATEWAY")
        return made.of_subscription(subscription)

    where = _place_of(idea, state, names)
    create = line("create").add("--name", NEW_ASSOCIATION)
    create.option("--location", names.region_of(idle), "GATEWAY_REGION").option("--subnet", where, "NEW_SUBNET_ID")
    roles = (*_roles_on(where, state), role(_CONTROLLER, _GATEWAY_ROLE, _group_of(own), "GATEWAY_GROUP_ID"))
    return Written((*roles, create), (), line("list").add("--query", ASSOCIATED, "-o", "json"))


def another_gateway(idea: Idea, state: State, names: Names) -> Written:
    """Create a gateway in place of another, in its resource group: the controller has its role there."""
    group, _, _, subscription = of_gateway(names, state.gateways[idea.at or 0])
    made = _anew(names, heir_of(idea, names), target(idea, names), group, subscription)
    there = (1 if not state.frontends.get(idea.heir) else 2) if idea.heir else 0  # what is there is not made again
    return replace(made, lines=made.lines[there:])


def heir_of(idea: Idea, names: Names) -> str:
    """The name of the gateway that takes the place of another."""
    there = plain(id_part(names.id(idea.heir), "trafficcontrollers")) if idea.heir else None
    return there or names.gateway(idea.nth)


def new_gateway(idea: Idea, state: State, names: Names) -> Written:
    """Create the gateway to come, once the controller has its roles."""
    where = _place_of(idea, state, names)
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


def _shown(subnet: str | None) -> Line:
    line = Line("az", "network", "vnet", "subnet", "show")
    line.option("--ids", subnet, "NEW_SUBNET_ID")
    return line.add("--query", "[addressPrefix, addressPrefixes]", "-o", "json")


def _place_of(idea: Idea, state: State, names: Names) -> str | None:
    """A subnet that is there and is as it must be. Else the new subnet of an earlier step takes the gateway."""
    if idea.subnet is None and idea.at is not None and place_need(state.upgraded(), idea.at)[0] is Need.DONE:
        return names.id(state.gateways[idea.at].site)  # it is there, or will be, under an id that nobody knows yet
    return target(idea, names)
