"""The commands of steps that put a new gateway in place of an old one."""

from bot.checks.gather.arguments import plain
from bot.checks.plan.gateway_commands import another_gateway
from bot.checks.plan.idea import Idea
from bot.checks.plan.names import Line, Names, Written, of_gateway
from bot.checks.plan.state import State

_USERS = "gateways.gateway.networking.k8s.io,ingresses"  # objects that traffic comes in by, with their addresses


def replaced(idea: Idea, state: State, names: Names) -> Written:
    """Create the new gateway, and print its address."""
    made = another_gateway(idea, state, names)
    return Written((*made.lines, _address(idea, state, names)), (), made.check)


def asked_for_anew(idea: Idea, state: State, names: Names) -> Written:
    """Create the object that asks for a gateway in place of another."""
    show = Line("kubectl", "get", "applicationloadbalancer", "-A", "-o", "yaml")
    return Written((Line("kubectl", "create", "-f").option_only("BALANCER_FILE"),), (), show)


def switched(idea: Idea, state: State, names: Names) -> Written:
    """Nothing but print the new address: what refers to the gateway is the reader's."""
    managed = state.gateways[idea.at or 0].managed
    lines = () if managed else (_address(idea, state, names),)
    return Written(lines, (), Line("kubectl", "get", _USERS, "-A"))


def retired(idea: Idea, state: State, names: Names) -> Written:
    """Delete the old gateway after its parts."""
    group, gateway, association, subscription = of_gateway(names, state.gateways[idea.at or 0])

    def line(*verb: str, name: str) -> Line:
        made = Line("az", "network", "alb", *verb).option("--resource-group", group, "OLD_GATEWAY_RESOURCE_GROUP")
        made.option(name, gateway, "OLD_GATEWAY")
        return made.of_subscription(subscription)

    associated = line("association", "delete", name="--alb-name").option("--name", association, "OLD_ASSOCIATION")
    frontend = line("frontend", "delete", name="--alb-name").option("--name", None, "OLD_FRONTEND")
    return Written((associated, frontend, line("delete", name="--name")), (), _listed(subscription))


def retired_by_controller(idea: Idea, state: State, names: Names) -> Written:
    """Delete the object that asks for the old gateway; the controller does the rest."""
    gateway = state.gateways[idea.at or 0]
    balancer = gateway.balancer
    name, namespace = (plain(balancer.name), plain(balancer.namespace)) if balancer else (None, None)
    line = Line("kubectl", "delete", "applicationloadbalancer")
    line = line.add(name) if name else line.option_only("OLD_BALANCER")
    line.option("--namespace", namespace, "OLD_BALANCER_NAMESPACE")
    return Written((line,), (), _listed(of_gateway(names, gateway)[3]))


def _address(idea: Idea, state: State, names: Names) -> Line:
    """Of the new gateway, in the resource group of the old one."""
    at = idea.at or 0
    group, _, _, subscription = of_gateway(names, state.gateways[at])
    line = Line("az", "network", "alb", "frontend", "show").option("--resource-group", group, "GATEWAY_RESOURCE_GROUP")
    line.of_subscription(subscription)
    return line.add("--alb-name", names.gateway(at), "--name", "frontend", "--query", "fqdn", "-o", "tsv")


def _listed(subscription: str | None) -> Line:
    """All gateways."""
    line = Line("az", "network", "alb", "list")
    line.of_subscription(subscription)
    return line.add("--query", "[].id", "-o", "json")
