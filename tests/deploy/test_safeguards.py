"""The Deployment Safeguards of AKS, DS001 to DS013, restricted Pod security, and what may reach what.

The list: microsoft/azure-skills, skills/azure-kubernetes/azure-kubernetes-app-deploy/references/safeguards.md at commit
3b087be2faf4ff65bedf693986c3446f97645e7f of 10 August 2026, read on 26 November 2026.
"""

from collections.abc import Callable
from ipaddress import ip_address, ip_network

import pytest
from manifests import OVERLAYS, Object, containers, named, objects, of_kind, pods

Check = Callable[[Object, Object], bool]
EVERY = pytest.mark.parametrize("overlay", OVERLAYS)
NODE = ("169.254.169.254", "168.63.129.16")  # the node's identity and its agent


def tag(image: str) -> str:
    return image.rpartition("/")[2].partition(":")[2]


# Each on the specification of a Pod and its one container. A task that ends serves nobody and needs no probe.
SAFEGUARDS: dict[str, Check] = {
    "DS001": lambda pod, container: all(
        set(container["resources"].get(side, {})) == {"cpu", "memory"} for side in ("requests", "limits")
    ),
    "DS002": lambda pod, container: bool(container.get("livenessProbe")) or pod.get("restartPolicy") == "Never",
    "DS003": lambda pod, container: bool(container.get("readinessProbe")) or pod.get("restartPolicy") == "Never",
    "DS004": lambda pod, container: (
        pod["securityContext"]["runAsNonRoot"] and container["securityContext"]["runAsNonRoot"]
    ),
    "DS005": lambda pod, container: not pod.get("hostNetwork"),
    "DS006": lambda pod, container: not pod.get("hostPID"),
    "DS007": lambda pod, container: not pod.get("hostIPC"),
    "DS008": lambda pod, container: not container["securityContext"].get("privileged"),
    "DS009": lambda pod, container: "@sha256:" in container["image"] or tag(container["image"]) not in ("", "latest"),
    "DS011": lambda pod, container: container["securityContext"]["allowPrivilegeEscalation"] is False,
    "DS012": lambda pod, container: container["securityContext"]["readOnlyRootFilesystem"] is True,
    "DS013": lambda pod, container: pod["automountServiceAccountToken"] is False,
}


@pytest.mark.parametrize("name", SAFEGUARDS)
def test_every_pod_keeps_the_safeguard(whole: list[Object], name: str):
    for made, pod in pods(whole).items():
        assert SAFEGUARDS[name](pod["spec"], containers(whole)[made]), made


@EVERY
def test_two_replicas_or_more_run_and_one_stays_whatever_happens_to_nodes(overlay: str):
    """DS010, and what goes with it."""
    given = objects(overlay)
    deployment, scaler = named(given, "Deployment")["spec"], named(given, "HorizontalPodAutoscaler")["spec"]
    assert deployment["replicas"] == scaler["minReplicas"] >= 2 and scaler["maxReplicas"] > scaler["minReplicas"]
    assert named(given, "PodDisruptionBudget")["spec"]["maxUnavailable"] < scaler["minReplicas"]
    assert deployment["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    spread = {
        constraint["topologyKey"]: constraint
        for constraint in deployment["template"]["spec"]["topologySpreadConstraints"]
    }
    assert spread.keys() == {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}
    assert spread["kubernetes.io/hostname"]["whenUnsatisfiable"] == "DoNotSchedule"


def test_pods_keep_the_restricted_standard_that_their_namespace_enforces(whole: list[Object]):
    labels = named(whole, "Namespace")["metadata"]["labels"]
    assert {labels[f"pod-security.kubernetes.io/{mode}"] for mode in ("enforce", "audit", "warn")} == {"restricted"}
    for made, pod in pods(whole).items():
        spec, container = pod["spec"], containers(whole)[made]
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert spec["securityContext"]["runAsUser"] > 0
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        kinds = {kind for volume in spec["volumes"] for kind in volume if kind != "name"}
        assert kinds <= {"configMap", "secret", "emptyDir", "projected", "persistentVolumeClaim"}
        assert not any(port.get("hostPort") for port in container.get("ports", []))


@EVERY
def test_everything_is_denied_that_no_policy_names(overlay: str):
    assert named(objects(overlay), "NetworkPolicy", "deny-all")["spec"] == {
        "podSelector": {},
        "policyTypes": ["Ingress", "Egress"],
    }


def test_who_may_ask_is_the_gateway_alone_and_only_at_the_port_of_the_service(whole: list[Object]):
    (incoming,) = (policy for policy in of_kind(whole, "NetworkPolicy") if policy["spec"].get("ingress"))
    assert incoming["metadata"]["name"] == "from-gateway"
    (rule,) = incoming["spec"]["ingress"]
    assert rule["ports"] == [{"protocol": "TCP", "port": "http"}]
    assert [ip_network(peer["ipBlock"]["cidr"]).prefixlen for peer in rule["from"]] == [24]


def test_replicas_over_files_reach_nothing_at_all():
    assert [policy for policy in of_kind(objects("files"), "NetworkPolicy") if policy["spec"].get("egress")] == []


def test_what_may_be_reached_is_dns_of_the_cluster_and_one_service_each(whole: list[Object]):
    outgoing = {policy["metadata"]["name"]: policy["spec"] for policy in of_kind(whole, "NetworkPolicy")}
    ports = {}
    for name, spec in outgoing.items():
        if not spec.get("egress"):
            continue
        dns, *others = spec["egress"]
        system = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}
        assert dns == {"to": [system], "ports": [{"protocol": each, "port": 53} for each in ("UDP", "TCP")]}
        ports[name] = [port["port"] for rule in others for port in rule["ports"]]
        for block in [to["ipBlock"] for rule in others for to in rule.get("to", [])]:
            excepted = [ip_network(network) for network in block["except"]]
            assert all(any(ip_address(node) in network for network in excepted) for node in NODE), name
    stores = {"to-object-store": [443], "to-postgres": [5432, 6432]}
    stores = {name: ports for name, ports in stores.items() if name in outgoing}
    assert ports == {"to-slack": [443], "to-redis": [6379, 6380, 10000], **stores}


def test_secrets_are_referred_to_and_never_written_down(whole: list[Object]):
    assert of_kind(whole, "Secret") == []
    values = {entry["name"]: entry for container in containers(whole).values() for entry in container.get("env", [])}
    secret = {name for name, entry in values.items() if "secretKeyRef" in entry.get("valueFrom", {})}
    assert secret == {
        "KB_SLACK_SIGNING_SECRET", "KB_SLACK_SIGNING_SECRET_OLD", "KB_SLACK_BOT_TOKEN", "KB_RATE_STORE",
    } | ({"PGPASSWORD"} if "PGPASSWORD" in values else set())  # fmt: skip
    assert {values[name]["valueFrom"]["secretKeyRef"]["key"] for name in secret} == secret
    (certificate,) = named(whole, "Gateway")["spec"]["listeners"][1]["tls"]["certificateRefs"]
    assert certificate["kind"] == "Secret"


def test_what_reads_the_index_is_another_identity_than_what_writes_it():
    given = objects("object-store")
    accounts = {
        account["metadata"]["name"]: account["metadata"]["annotations"] for account in of_kind(given, "ServiceAccount")
    }
    assert len({account["azure.workload.identity/client-id"] for account in accounts.values()}) == len(accounts) == 2
    assert {pod["spec"]["serviceAccountName"] for pod in pods(given).values()} == accounts.keys()
    assert all(pod["metadata"]["labels"]["azure.workload.identity/use"] == "true" for pod in pods(given).values())
