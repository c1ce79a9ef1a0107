"""The az and kubectl commands that print what a snapshot is made of. They only read."""

import re
import shlex
from dataclasses import dataclass

from bot.checks.inventory.kinds import MASQ_AGENT

CONTROLLER_NAMESPACE = "azure-alb-system"
_YOURS = re.compile(r"\$[A-Z_]+")  # a name that the reader fills in


@dataclass(frozen=True, slots=True)
class Target:
    """The cluster to look at; the gateway's subnet by its resource id, if several gateways share the subscription."""

    resource_group: str
    cluster: str
    subnet_id: str | None = None
    subscription: str | None = None
    namespace: str = CONTROLLER_NAMESPACE
    planned: str | None = None

    def az(self, *arguments: str) -> tuple[str, ...]:
        chosen = ("--subscription", self.subscription) if self.subscription else ()
        return ("az", *arguments, *chosen, "--output", "json")

    def aks(self) -> tuple[str, ...]:
        return self.az("aks", "show", "--resource-group", self.resource_group, "--name", self.cluster)

    def gateways(self) -> tuple[str, ...]:
        return self.az("network", "alb", "list")

    def associations(self, resource_group: str, gateway: str) -> tuple[str, ...]:
        named = ("--resource-group", resource_group, "--alb-name", gateway)
        return self.az("network", "alb", "association", "list", *named)

    # An id names its subscription itself, and az refuses to be told twice.
    def subnet(self, subnet_id: str) -> tuple[str, ...]:
        return ("az", "network", "vnet", "subnet", "show", "--ids", subnet_id, "--output", "json")

    def vnet(self, vnet_id: str) -> tuple[str, ...]:
        return ("az", "network", "vnet", "show", "--ids", vnet_id, "--output", "json")

    def managed_vnet(self, node_resource_group: str) -> tuple[str, ...]:
        """The network that AKS makes for a cluster without subnets of its own."""
        return self.az("network", "vnet", "list", "--resource-group", node_resource_group)

    def controller(self) -> tuple[str, ...]:
        image = 'jsonpath={.spec.template.spec.containers[?(@.name=="alb-controller")].image}'
        return ("kubectl", "get", "deployment", "alb-controller", "--namespace", self.namespace, "--output", image)

    def masq_agent(self) -> tuple[str, ...]:
        return ("kubectl", "get", "configmap", MASQ_AGENT, "--namespace", "kube-system", "--output", "json")

    def controller_state(self) -> tuple[str, ...]:
        """Whatever namespace it is in."""
        return ("kubectl", "get", "deployment,pods", "-A", "-l", "app=alb-controller", "--output", "json")


def line(command: tuple[str, ...]) -> str:
    """Quoted for a POSIX shell; the names that the reader fills in ($CLUSTER) stay bare."""
    return " ".join(word if _YOURS.fullmatch(word) else shlex.quote(word) for word in command)
