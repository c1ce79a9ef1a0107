"""Objects of operators that make Azure resources: they say what is wanted, and az prints what there is."""

from bot.checks.inventory.kinds import Kind

# Parts of kinds, the narrower ones first: an `…AgentPool` of a `ManagedCluster` is called ManagedClustersAgentPool.
_PRINTED = (
    (("pool", "machinedeployment"), Kind.POOL),
    (("association",), Kind.ASSOCIATIONS),
    (("peering",), Kind.PEERING),
    (("subnet",), Kind.SUBNET),
    (("virtualnetwork",), Kind.VNET),
    (("trafficcontroller", "applicationloadbalancer"), Kind.GATEWAY),
    (("cluster", "controlplane"), Kind.CLUSTER),
)


def printed_by(kind: object) -> str | None:
    """The command that prints what an object of this kind wants; None for what no rule asks for."""
    name = str(kind).casefold()
    return next((str(printed) for parts, printed in _PRINTED if any(part in name for part in parts)), None)
