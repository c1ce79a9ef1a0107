"""Documents that somebody makes to cost more than they should: each is a function of its size, which grows with it."""

from collections.abc import Callable
from math import isqrt
from typing import Any

AGC = "/subscriptions/0/resourceGroups/g/providers/Microsoft.ServiceNetworking/trafficControllers/t"
VNET = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v"
ASSOCIATION = "azurerm_application_load_balancer_subnet_association"
DELEGATION = [{"serviceName": "Microsoft.ServiceNetworking/trafficControllers"}]
PROFILE = {"networkPlugin": "azure", "networkPluginMode": "overlay"}
AKS_ID = "/subscriptions/0/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c"


def aks(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"name": f"c{number}", "id": f"{AKS_ID}{number}", "networkProfile": PROFILE, **more}


def subnet(name: str, **more: Any) -> dict[str, Any]:
    return {"id": f"{VNET}/subnets/{name}", "addressPrefix": "10.0.0.0/24", **more}


def association(number: int, where: str) -> dict[str, Any]:
    return {"id": f"{AGC}/associations/a{number}", "subnet": {"id": where}}


def change(kind: str, name: str, after: Any = None, at: int | None = None, **more: Any) -> dict[str, Any]:
    """A resource that a plan creates."""
    address = f"{kind}.{name}" if at is None else f"{kind}.{name}[{at}]"
    changed = {"actions": ["create"], "after": after or {}, **more}
    return {"address": address, "type": kind, "name": name, "change": changed}


def planned(changes: list[Any], references: list[str] | None = None) -> dict[str, Any]:
    """A plan with one cluster; `references`: what names the subnets of its associations."""
    refers = {"address": f"{ASSOCIATION}.a", "expressions": {"subnet_id": {"references": references or []}}}
    cluster = change("azurerm_kubernetes_cluster", "c", {"network_profile": [{"network_plugin": "azure"}]})
    return {"resource_changes": [*changes, cluster], "configuration": {"root_module": {"resources": [refers]}}}


def unknown_associations(n: int) -> list[dict[str, Any]]:
    return [change(ASSOCIATION, "a", at=i, after_unknown={"subnet_id": True}) for i in range(n)]


def subnets_associations_references(n: int) -> Any:
    instances = [change("azurerm_subnet", "s", at=i) for i in range(n)]
    return planned([*instances, *unknown_associations(n)], [f"azurerm_subnet.s[{i}].id" for i in range(n)])


def bare_resources(n: int) -> Any:
    plan = planned([change("azurerm_subnet", f"s{i}") for i in range(n)] + unknown_associations(n))
    plan["configuration"]["root_module"]["resources"] += [{} for _ in range(n)]
    return plan


def one_of_many_instances(n: int) -> Any:
    instances = [change("azurerm_subnet", "s", at=i) for i in range(n)]
    names = ["azurerm_subnet.s[0].id", "azurerm_subnet.s[0]", "azurerm_subnet.s"]
    return planned([*instances, *unknown_associations(n)], names)


def ways_through_modules(n: int) -> Any:
    """Eleven modules in one another, whose every argument is made of every argument of the one around it."""
    n = isqrt(4 * n)
    module: dict[str, Any] = planned([], [f"var.x{i}" for i in range(n)])["configuration"]["root_module"]
    every = {f"x{i}": {"references": [f"var.x{j}" for j in range(n)]} for i in range(n)}
    for _ in range(11):
        module = {"module_calls": {"m": {"expressions": every, "module": module}}}
    inner = change(ASSOCIATION, "a", after_unknown={"subnet_id": True})
    inner["module_address"] = ".".join(["module.m"] * 11)
    return {**planned([inner]), "configuration": {"root_module": module}}


def long_reference(n: int) -> Any:
    return planned(unknown_associations(1), ["a." * 50 * n])


def pools_of_one_id(n: int) -> Any:
    clusters = [aks(kubernetesVersion=f"1.{i}") for i in range(n)]
    return [*clusters, *({"id": f"{AKS_ID}0/agentPools/p{i}", "vnetSubnetId": f"{VNET}/subnets/{i}"} for i in range(n))]


def releases_and_clusters(n: int) -> Any:
    releases = [change("helm_release", f"h{i}", {"chart": "alb-controller", "version": f"1.{i}.0"}) for i in range(n)]
    return planned([*releases, *(change("azurerm_kubernetes_cluster", f"c{i}") for i in range(n))])


def snapshots_of_one_cluster(n: int) -> Any:
    vnets = {"agc": {"region": "b"}, "peered": True}
    return [{"aks": aks(), "subnet": subnet(f"s{i}"), "vnets": {"aks": {"region": f"a{i}"}, **vnets}} for i in range(n)]


def snapshots_without_id(n: int) -> Any:
    return [{"aks": aks(), "subnet": {"addressPrefix": f"10.{i}.0.0/24"}} for i in range(n)]


def networks_and_gateways(n: int) -> Any:
    every = [{"aks": aks(), "vnets": {"aks": {"region": f"r{i}"}, "peered": True}} for i in range(n)]
    return [*every, [association(i, f"{VNET}/subnets/s{i}") for i in range(n)]]


def statements_and_associations(n: int) -> Any:
    stated = [subnet("s", addressPrefix=f"10.{i}.0.0/24") for i in range(n)]
    return [aks(), *stated, [association(i, f"{VNET}/subnets/s") for i in range(n)]]


def versions_and_associations(n: int) -> Any:
    return [aks(), *(f"1.{i}.0" for i in range(n)), [association(i, f"{VNET}/subnets/s") for i in range(n)]]


def peers_and_gateways(n: int) -> Any:
    peers = [{"remoteVirtualNetwork": {"id": f"/x{i}/v"}} for i in range(n)]
    nodes = aks(agentPoolProfiles=[{"vnetSubnetId": f"{VNET}/subnets/n"}])
    network = {"id": VNET, "location": "x", "addressSpace": {}, "virtualNetworkPeerings": peers}
    return [nodes, network, [association(i, f"/w{i}/v/subnets/s") for i in range(n)]]


def regions_and_gateways(n: int) -> Any:
    nodes = aks(agentPoolProfiles=[{"vnetSubnetId": f"{VNET}/subnets/n"}])
    networks = [{"id": VNET, "location": f"x{i}", "addressSpace": {}} for i in range(n)]
    return [nodes, *networks, [association(i, f"/w{i}/v/subnets/s") for i in range(n)]]


def clusters_and_free_subnets(n: int) -> Any:
    return [*({"aks": aks(i), "planned": "install-agc"} for i in range(n)),
            *(subnet(f"s{i}", delegations=DELEGATION) for i in range(n))]  # fmt: skip


def clusters_and_one_subnet(n: int) -> Any:
    return [*(aks(i) for i in range(n)), *(subnet("s", delegations=DELEGATION) for _ in range(n))]


def clusters_gateways_associations(n: int) -> Any:
    placed = [association(i, f"{VNET}/subnets/s{i}") for i in range(n)]
    return [*(aks(i) for i in range(n)), *(subnet(f"s{i}") for i in range(n)), placed]


def idle(number: int, **more: Any) -> dict[str, Any]:
    """A gateway without an association."""
    kind, own = "Microsoft.ServiceNetworking/trafficControllers", AGC.rpartition("/")[0]
    return {"type": kind, "name": f"t{number}", "id": f"{own}/t{number}", "associations": [], **more}


def kubenet(number: int, **more: Any) -> dict[str, Any]:
    return aks(number, networkProfile={"networkPlugin": "kubenet"}, **more)


def clusters_and_idle_ones(n: int) -> Any:
    return [*(kubenet(i) for i in range(n)), *(idle(i) for i in range(4 * n))]


def regions_of_clusters_and_idle_ones(n: int) -> Any:
    return [*(kubenet(i, location=f"x{i}") for i in range(n)), *(idle(i, location=f"x{i}") for i in range(4 * n))]


def node_groups_and_used_ones(n: int) -> Any:
    """Each cluster has some gateways in a network of its own."""
    pools = [[{"vnetSubnetId": f"{VNET}{i}/subnets/n"}] for i in range(n)]
    clusters = [kubenet(i, nodeResourceGroup=f"g{i}", agentPoolProfiles=pools[i]) for i in range(n)]
    places = [f"{VNET}{i // 8}/subnets/s{i}" for i in range(8 * n)]
    return [*clusters, [{"id": f"{AGC}{i}/associations/a", "subnet": {"id": place}} for i, place in enumerate(places)]]


def pods(n: int) -> Any:
    containers = [{"name": "alb-controller", "image": f"a/alb-controller:1.{i}.0"} for i in range(n)]
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}, "spec": {"containers": containers}}
    return {"kind": "List", "items": [pod, aks()]}


def balancers(n: int) -> Any:
    kind = {"apiVersion": "alb.networking.azure.io/v1", "kind": "ApplicationLoadBalancer"}
    spec = {"associations": [f"{VNET}/subnets/s"] * 3}
    return [aks(), *({**kind, "metadata": {"name": f"b{i}"}, "spec": spec} for i in range(n))]


def nested_templates(n: int) -> Any:
    inner: Any = [{"type": "Microsoft.ContainerService/managedClusters", "name": "c", "properties": {}}]
    for _ in range(14):
        inner = [{"type": "a/b", "name": "x", "resources": inner}]
    return {"contentVersion": "1", "resources": inner * n}


def resources_below_long_names(n: int) -> Any:
    resources: Any = [{"type": "c", "name": "x"}] * n
    for _ in range(12):
        resources = {"k" * 900: {"type": "a/b", "resources": resources}}
    return {"contentVersion": "1", "resources": resources}


def ids_of_slashes(n: int) -> Any:
    pools = [{"name": f"p{i}", "vnetSubnetId": f"{VNET}/subnets/{'s/' * i}"} for i in range(n)]
    return [aks(agentPoolProfiles=pools), *({"id": VNET + "/" * i, "addressSpace": {}} for i in range(n))]


def potential_changes(n: int) -> Any:
    kind = "Microsoft.ServiceNetworking/trafficControllers/associations"
    placed = [association(i, f"{VNET}/subnets/s{i}") | {"type": kind} for i in range(n)]
    every = [{"resourceId": each["id"], "changeType": "Create", "after": each} for each in placed]
    return {"changes": every[: n // 2], "potentialChanges": every[n // 2 :]}


def modules_side_by_side(n: int) -> Any:
    """Each takes an argument from the one before it."""
    refers = {"address": f"{ASSOCIATION}.a", "expressions": {"subnet_id": {"references": ["var.x"]}}}
    inner = {"resources": [refers], "outputs": {"o": {"expression": {"references": ["var.x"]}}}}
    calls = {f"m{i}": {"expressions": {"x": {"references": [f"module.m{i - 1}.o"]}}, "module": inner} for i in range(n)}
    unknown = [change(ASSOCIATION, "a", after_unknown={"subnet_id": True}) for _ in range(n)]
    placed = [{**each, "module_address": f"module.m{i}"} for i, each in enumerate(unknown)]
    return {**planned(placed), "configuration": {"root_module": {"module_calls": calls}}}


def wrong_values(n: int) -> Any:
    return {"aks": {"agentPoolProfiles": [{"name": i} for i in range(n)]}}


def wrong_resources(n: int) -> Any:
    return {"resource_changes": [{"type": i} for i in range(n)]}


def many_keys(n: int) -> Any:
    return {"aks": {f"k{i}": i for i in range(n)}}


def long_texts(n: int) -> Any:
    profile = {"networkPlugin": "[" * 99 * n, "networkPolicy": "${" * 99 * n}
    ids = {"subnet": {"id": "/subnets/" * n}, "vnets": {"aks": {"id": "/subnets/" * n}, "agc": {"id": "<" * n}}}
    return {"aks": {"name": "x" * 99 * n, "id": "/providers/" * n, "networkProfile": profile}, **ids}


# Every function of a size alone that makes a document.
DOCUMENTS: dict[str, Callable[[int], Any]] = {
    name: made
    for name, made in list(globals().items())
    if getattr(made, "__annotations__", None) == {"n": int, "return": Any}
}
# JSON texts and what they are: nesting, keys, strings, numbers, errors at the end.
TEXTS = {
    "arrays": lambda n: "[" + "[]," * n + "0]",
    "keys": lambda n: "{" + ",".join(f'"k{i}":0' for i in range(n)) + "}",
    "the same key twice": lambda n: "{" + ",".join(f'"k{i}":0' for i in range(n)) + ',"k0":0}',
    "not a number": lambda n: '{"deep":' * 40 + "[" + "0," * n + "NaN]" + "}" * 40,
    "a long string": lambda n: '["' + "a" * 50 * n + '"]',
    "escapes": lambda n: '["' + "\\u0041" * n + '"]',
    "an open string": lambda n: '["' + '\\"' * n,
    "a large number": lambda n: "[" + "1," * n + "9" * 500 + "]",
    "too deep at the end": lambda n: "[" + "0," * n + "[" * 70,
    "documents in a row": lambda n: "{}\n" * n,
    "three dashes": lambda n: "{}\n---\n" * n,
    "YAML and three dashes": lambda n: "a: {b: c}\n---\n" * n + "{}",
    "quotation marks before JSON": lambda n: "x" + ' {"' * n + "\n{}",
    "brackets before JSON": lambda n: "x" + " [" * n + "x\n{}",
    "spinner before JSON": lambda n: " - Running ..\r" * n + "{}",
    "what nobody sees": lambda n: "\u200b \u2060" * n + "{}",
    "one key in two cases": lambda n: '{"networkProfile":{},"properties":' * 30 + "[" + "0," * n + "0]" + "}" * 30,
    "words before JSON": lambda n: "az: hello\n" * n + "{}",
    "spaces": lambda n: " " * 50 * n + "x",
    "comments": lambda n: "# x\n" * n + "a: 1",
    "YAML": lambda n: "a:\n" + "- b: 1\n" * n,
    "dashes": lambda n: "a b\n" + "-- " * n,
    "heads of a table": lambda n: "{}\nNAME" + "  A" * n + " a\n{}",
    "heads far apart": lambda n: "{}\nNAME" + " " * 50 * n + "\t a\n{}",
    "dashes of a table": lambda n: "{}\n" + "--  " * n + "x\n{}",
    "outputs": lambda n: "{" + ",".join(f'"k{i}":{{"type":"a","value":[{{"a":{i}}}]}}' for i in range(n)) + "}",
}
