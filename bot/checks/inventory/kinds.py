"""What a single document is, told from its type, its id or its shape."""

from enum import StrEnum

from bot.checks.inventory.gitops import GROUPS
from bot.checks.inventory.inventory import key_of
from bot.checks.spelling import resource_id
from bot.checks.versions import CONTROLLER, alb_version


class Kind(StrEnum):
    """Named by the command that prints it, where there is one."""

    SNAPSHOT = "snapshot"
    CLUSTER = "az aks show"
    POOL = "az aks nodepool list"
    SUBNET = "az network vnet subnet show"
    VNET = "az network vnet show"
    PEERING = "az network vnet peering list"
    GATEWAY = "az network alb show"
    ASSOCIATIONS = "az network alb association list"
    CONTROLLER = "kubectl get deployment alb-controller"
    WORKLOAD = "kubectl get"
    RELEASE = "helm list"
    MANIFEST = "helm status"
    VALUES = "helm get values"
    GITOPS = "kubectl get helmrelease"
    BALANCER = "kubectl get applicationloadbalancer"
    PLAN = "terraform show -json"
    STATE = "terraform.tfstate"
    LOG = "terraform plan -json"
    TEMPLATE = "ARM template"
    WHAT_IF = "az deployment group what-if"
    WHAT_IF_PART = "a part of a what-if, or one of another tool"
    OPERATOR = "Kubernetes object of an operator"
    MASQ_AGENT = "kubectl get configmap azure-ip-masq-agent-config"
    OBJECT = "Kubernetes object"
    RESOURCE = "Azure resource"
    PULUMI = "pulumi"
    OUTPUTS = "terraform output -json"
    EMPTY = "[]"
    NOTHING = "null"
    OTHER = "?"


OF_AZURE = frozenset((Kind.SNAPSHOT, Kind.CLUSTER, Kind.POOL, Kind.SUBNET, Kind.VNET, Kind.PEERING, Kind.GATEWAY)) | {
    Kind.ASSOCIATIONS
}
_TYPES = {
    "microsoft.containerservice/managedclusters": Kind.CLUSTER,
    "microsoft.containerservice/managedclusters/agentpools": Kind.POOL,
    "microsoft.network/virtualnetworks": Kind.VNET,
    "microsoft.network/virtualnetworks/subnets": Kind.SUBNET,
    "microsoft.network/virtualnetworks/virtualnetworkpeerings": Kind.PEERING,
    "microsoft.servicenetworking/trafficcontrollers": Kind.GATEWAY,
    "microsoft.servicenetworking/trafficcontrollers/associations": Kind.ASSOCIATIONS,
}
# Keys that only this kind has; the first kind that fits is it.
_MARKS: tuple[tuple[Kind, frozenset[str]], ...] = (
    (Kind.CLUSTER, frozenset({"networkprofile", "agentpoolprofiles"})),
    (Kind.CLUSTER, frozenset({"networkplugin", "networkpluginmode"})),  # --query networkProfile
    (Kind.VNET, frozenset({"addressspace", "virtualnetworkpeerings"})),
    (Kind.PEERING, frozenset({"remotevirtualnetwork"})),
    (Kind.ASSOCIATIONS, frozenset({"associationtype"})),
    (Kind.SUBNET, frozenset({"addressprefix", "addressprefixes"})),
    (Kind.POOL, frozenset({"vnetsubnetid", "podsubnetid", "podipallocationmode"})),
    (Kind.CLUSTER, frozenset({"plugin"})),  # the command of this site's page on rules
    (Kind.SNAPSHOT, frozenset({"albcontroller", "agcassociations", "vnets"})),
)
MASQ_AGENT = "azure-ip-masq-agent-config"  # AKS itself writes `…-config-reconciled`
_CHART_KEYS = frozenset({"image", "namespace", "podIdentity", "controller", "bootstrap", "logLevel", "replicaCount"})
WORKLOADS = ("deployment", "pod", "replicaset", "daemonset", "statefulset")
_OPERATORS = (
    "containerservice.azure.com/",
    "network.azure.com/",
    "servicenetworking.azure.com/",
    "serviceoperator.azure.com/",
    "azure.microsoft.com/",
    "crossplane.io/",
    ".upbound.io/",
    "cluster.x-k8s.io/",
)


def recognise(raw: object) -> Kind:
    """The kind of one document that holds no others; of a list, whether it is one of associations."""
    if isinstance(raw, str):
        return Kind.CONTROLLER if alb_version(raw) or CONTROLLER in raw else Kind.OTHER
    if isinstance(raw, list):
        return Kind.ASSOCIATIONS if all(is_association(item) for item in raw) else Kind.OTHER
    if not isinstance(raw, dict):
        return Kind.OTHER
    keys = {str(key).lower() for key in raw}
    if "aks" in keys and "type" not in keys:
        return Kind.SNAPSHOT
    known = _of_helm(raw, keys) or _of_kubernetes(raw, keys) or _of_terraform(keys)
    return known or _of_pulumi(raw, keys) or _of_what_if(raw, keys) or _of_azure(raw, keys)


def _of_helm(raw: dict[str, object], keys: set[str]) -> Kind | None:
    if "chart" in keys and keys & {"app_version", "appversion", "namespace", "info"}:
        return Kind.RELEASE
    if {"info", "manifest"} <= keys:
        return Kind.MANIFEST
    return Kind.VALUES if _is_values(raw.get("albController")) else None


def _of_kubernetes(raw: dict[str, object], keys: set[str]) -> Kind | None:
    version, kind = str(raw.get("apiVersion", "")), str(raw.get("kind", "")).lower()
    if not kind or "type" in keys or "networkprofile" in keys:
        return None  # `az aks show` prints a kind, too
    if any(operator in f"{version}/" for operator in _OPERATORS):
        return Kind.OPERATOR
    if kind in WORKLOADS and "spec" in keys:
        return Kind.WORKLOAD
    if kind == "applicationloadbalancer":
        return Kind.BALANCER
    if kind == "configmap" and key_of(raw.get("metadata"), "name") == MASQ_AGENT:
        return Kind.MASQ_AGENT
    if version.startswith(GROUPS.get(kind, " ")):
        return Kind.GITOPS
    return Kind.OBJECT if version else None


def _is_values(given: object) -> bool:
    """Of ALB Controller's chart, which are nested; under the same key, a snapshot has the version and nothing else."""
    if not isinstance(given, dict):
        return False
    nested = any(isinstance(value, dict | list) for value in given.values())
    return nested or ("version" not in given and not _CHART_KEYS.isdisjoint(given))


def _of_terraform(keys: set[str]) -> Kind | None:
    if keys & {"resource_changes", "planned_values"}:
        return Kind.PLAN
    if {"format_version", "values"} <= keys or {"terraform_version", "lineage"} <= keys:
        return Kind.STATE
    if {"terraform_version", "resources"} <= keys:
        return Kind.STATE
    return Kind.LOG if {"@level", "@message"} <= keys else None


def _of_pulumi(raw: dict[str, object], keys: set[str]) -> Kind | None:
    """A stack's export, or a preview."""
    deployment = raw.get("deployment")
    stack = isinstance(deployment, dict) and {"manifest", "resources"} & deployment.keys()
    return Kind.PULUMI if stack or {"steps", "changesummary"} <= keys else None


def _of_what_if(raw: dict[str, object], keys: set[str]) -> Kind | None:
    """One change by itself, the result of PowerShell, or that of a deployment stack."""
    alone = "changetype" in keys and keys & {"resourceid", "fullyqualifiedresourceid", "changecertainty"}
    of_stack = key_of(key_of(raw, "changes"), "resourcechanges") is not None
    return Kind.WHAT_IF_PART if alone or of_stack or {"status", "changes"} <= keys else None


def _of_azure(raw: dict[str, object], keys: set[str]) -> Kind:
    named = type_of(raw)
    if named is not None:
        return _TYPES.get(named, Kind.RESOURCE)
    inner = key_of(raw, "properties")
    if isinstance(inner, dict):
        keys = keys | {str(key).lower() for key in inner}
    return next((kind for kind, marks in _MARKS if keys & marks), Kind.OTHER)


def type_of(raw: object) -> str | None:
    """Azure's own name of the type, in lower case: stated, or told from the id."""
    stated = raw.get("type", raw.get("Type")) if isinstance(raw, dict) else None
    if isinstance(stated, str) and "/" in stated:
        return stated.partition("@")[0].strip().lower()
    own = key_of(raw, "id")
    return type_of_id(own) if isinstance(own, str) else None


def type_of_id(resource: str) -> str | None:
    """`…/providers/P/a/name/b/name` is of type `P/a/b`."""
    own = f"/{resource_id(resource) or ''}"
    parts = own.split("/providers/")[-1].split("/") if "/providers/" in own else []
    if len(parts) < 3 or len(parts) % 2 == 0:
        return None
    return "/".join([parts[0], *parts[1::2]])


def is_association(raw: object) -> bool:
    """Its own marks or id, or an object of no other kind that names a subnet: lists are often cut down by --query."""
    kind = recognise(raw) if isinstance(raw, dict) else None
    return kind is Kind.ASSOCIATIONS or (kind is Kind.OTHER and isinstance(raw, dict) and _names_subnet(raw))


def _names_subnet(raw: dict[str, object]) -> bool:
    named = next((value for key, value in raw.items() if str(key).lower() in ("subnet", "subnetid")), None)
    return isinstance(named, str) or (isinstance(named, dict) and "id" in {str(key).lower() for key in named})
