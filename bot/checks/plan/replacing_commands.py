"""The commands of steps that put a new gateway in place of an old one."""

from bot.checks.gather.arguments import plain, subscription_of
from bot.checks.plan.gateway_commands import another_gateway, heir_of
from bot.checks.plan.idea import Idea
from bot.checks.plan.names import Line, Names, Written, of_gateway
from bot.checks.plan.state import State
from bot.checks.spelling import id_part

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
    group, gateway, _, subscription = of_gateway(names, state.gateways[idea.at or 0])
    associations = [of_gateway(names, state.gateways[each])[2] for each in idea.among]

    def line(*verb: str, name: str) -> Line:
        made = Line("az", "network", "alb", *verb).option("--resource-group", group, "OLD_GATEWAY_RESOURCE_GROUP")
        made.option(name, gateway, "OLD_GATEWAY")
        return made.of_subscription(subscription)

    parts = [
        line("association", "delete", name="--alb-name").option("--name", association, "OLD_ASSOCIATION")
        for association in associations
    ]
    frontend = line("frontend", "delete", name="--alb-name").option("--name", None, "OLD_FRONTEND")
    return Written((*parts, frontend, line("delete", name="--name")), (), _listed(subscription))


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
    """Of the new gateway, in its resource group: that of the old one, where a step makes it."""
    own = names.id(idea.heir)
    group, _, _, subscription = of_gateway(names, state.gateways[idea.at or 0])
    if own:
        group, subscription = plain(id_part(own, "resourcegroups")), subscription_of(own)
    frontends = state.frontends.get(idea.heir or "", ())
    line = Line("az", "network", "alb", "frontend", "show").option("--resource-group", group, "GATEWAY_RESOURCE_GROUP")
    line.of_subscription(subscription)
    line.add("--alb-name", heir_of(idea, names)).option("--name", *_frontend(idea, frontends))
    return line.add("--query", "fqdn", "-o", "tsv")


def _frontend(idea: Idea, known: tuple[str, ...]) -> tuple[str | None, str]:
    """The name of the new gateway's frontend: as a step makes it, or as the input has it."""
    own = "frontend" if not idea.heir or (idea.id == "replace-there" and not known) else None
    return own or (plain(known[0]) if len(known) == 1 else None), "NEW_FRONTEND"


def _listed(subscription: str | None) -> Line:
    """All gateways."""
    line = Line("az", "network", "alb", "list")
    line.of_subscription(subscription)
    return line.add("--query", "[].id", "-o", "json")
