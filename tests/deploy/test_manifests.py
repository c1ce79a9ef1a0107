"""The manifests as kubectl renders them: valid, consistent, and as an overlay's places.yaml says."""

import re
from pathlib import Path

import pytest
import yaml
from kubernetes_validate import SchemaNotFoundError, ValidationError, validate
from manifests import FOLDER, OVERLAYS, Object, named, objects, of_kind, pods, rendered, settings

# What the API servers of these versions accept: the oldest with security updates when this was written, and the newest.
VERSIONS = ("1.33", "1.37")
EVERY = pytest.mark.parametrize("overlay", OVERLAYS)
# Objects of other groups have no schema there. Their fields, as Gateway API v1 (standard channel, 21 August 2026) and
# Microsoft's API specification of Application Gateway for Containers name them; what is used here was validated
# against the former's own schema by hand.
FIELDS = {
    "ApplicationLoadBalancer": {"associations"},
    "Gateway": {
        "gatewayClassName", "listeners.allowedRoutes.namespaces.from", "listeners.hostname", "listeners.name",
        "listeners.port", "listeners.protocol", "listeners.tls.certificateRefs.group",
        "listeners.tls.certificateRefs.kind", "listeners.tls.certificateRefs.name", "listeners.tls.mode",
    },
    "HTTPRoute": {
        "hostnames", "parentRefs.name", "parentRefs.sectionName", "rules.backendRefs.name", "rules.backendRefs.port",
        "rules.filters.requestRedirect.path.replaceFullPath", "rules.filters.requestRedirect.path.type",
        "rules.filters.requestRedirect.scheme", "rules.filters.requestRedirect.statusCode", "rules.filters.type",
        "rules.matches.path.type", "rules.matches.path.value",
    },
    "HealthCheckPolicy": {
        "default.healthyThreshold", "default.http.match.statusCodes.end", "default.http.match.statusCodes.start",
        "default.http.path", "default.interval", "default.timeout", "default.unhealthyThreshold", "targetRef.group",
        "targetRef.kind", "targetRef.name", "targetRef.namespace",
    },
}  # fmt: skip


def leaves(value: object, path: str = "") -> set[str]:
    """The paths of all fields that hold a value; lists count as what they hold."""
    if isinstance(value, dict):
        return {leaf for key, inner in value.items() for leaf in leaves(inner, f"{path}.{key}".lstrip("."))}
    if isinstance(value, list):
        return {leaf for inner in value for leaf in leaves(inner, path)}
    return {path}


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_of_kubernetes_itself_is_valid_to_the_last_field(whole: list[Object], version: str):
    others = set()
    for resource in whole:
        try:
            assert validate(resource, version, strict=True) == version
        except SchemaNotFoundError:
            others.add(resource["kind"])
    assert others == FIELDS.keys()


def test_every_other_object_has_fields_that_its_kind_has(whole: list[Object]):
    for resource in whole:
        if resource["kind"] in FIELDS:
            assert set(resource) == {"apiVersion", "kind", "metadata", "spec"}
            assert leaves(resource["spec"]) <= FIELDS[resource["kind"]], resource["kind"]


def test_a_field_that_there_is_not_is_noticed():
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"selectors": {}}}
    with pytest.raises(ValidationError, match="selectors"):
        validate(service, VERSIONS[-1], strict=True)


@EVERY
def test_names_are_unique_and_all_is_in_one_namespace(overlay: str):
    identities = [(resource["kind"], resource["metadata"]["name"]) for resource in objects(overlay)]
    assert len(identities) == len(set(identities))
    assert {resource["metadata"].get("namespace", resource["metadata"]["name"]) for resource in objects(overlay)} == {
        "kb"
    }


def test_what_is_referred_to_exists(whole: list[Object]):
    known = {(resource["kind"], resource["metadata"]["name"]) for resource in whole}
    referred = {("Namespace", "kb")}
    for pod in pods(whole).values():
        referred.add(("ServiceAccount", pod["spec"]["serviceAccountName"]))
        for container in pod["spec"]["containers"]:
            referred |= {("ConfigMap", source["configMapRef"]["name"]) for source in container.get("envFrom", [])}
    scaled = named(whole, "HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    checked = named(whole, "HealthCheckPolicy")["spec"]["targetRef"]
    referred |= {(scaled["kind"], scaled["name"]), (checked["kind"], checked["name"])}
    gateway = named(whole, "Gateway")
    referred.add(("ApplicationLoadBalancer", gateway["metadata"]["annotations"]["alb.networking.azure.io/alb-name"]))
    listeners = {listener["name"] for listener in gateway["spec"]["listeners"]}
    for route in of_kind(whole, "HTTPRoute"):
        assert {parent["sectionName"] for parent in route["spec"]["parentRefs"]} <= listeners
        referred |= {("Gateway", parent["name"]) for parent in route["spec"]["parentRefs"]}
        referred |= {("Service", to["name"]) for rule in route["spec"]["rules"] for to in rule.get("backendRefs", [])}
    assert referred - known == set()


@EVERY
def test_selectors_find_the_pods_of_the_service_and_no_others(overlay: str):
    given = objects(overlay)
    deployment = named(given, "Deployment")["spec"]
    wanted = deployment["selector"]["matchLabels"]
    spread = [
        constraint["labelSelector"]["matchLabels"]
        for constraint in deployment["template"]["spec"]["topologySpreadConstraints"]
    ]
    budget = named(given, "PodDisruptionBudget")["spec"]["selector"]["matchLabels"]
    incoming = named(given, "NetworkPolicy", "from-gateway")["spec"]["podSelector"]["matchLabels"]
    assert [named(given, "Service")["spec"]["selector"], budget, incoming, *spread] == [wanted] * 5
    matched = [name for name, pod in pods(given).items() if wanted.items() <= pod["metadata"]["labels"].items()]
    assert matched == ["kb"]


@EVERY
def test_what_an_overlay_says_of_places_is_written_wherever_it_is_used(copied: Path, overlay: str):
    folder = copied / "overlays" / overlay
    file = folder / "places.yaml"
    places = yaml.safe_load(file.read_text("utf-8"))
    samples = {*places["data"].values(), "SUBNET-ID", "READER", "WRITER", "192.0.2.0/24"}
    places["data"] = {name: f"az://{name}/here" if name == "index" else f"{name}.mine" for name in places["data"]}
    file.write_text(yaml.safe_dump(places), "utf-8")
    given = rendered(folder)
    text = yaml.safe_dump_all(given)
    assert [sample for sample in samples if re.search(rf"(?<![\w-]){re.escape(sample)}(?![\w.-])", text)] == []
    assert [value for value in places["data"].values() if value not in text] == []
    assert settings(given)["data"]["KB_SITE_URL"] == "https://host.mine/"
    assert not any(resource["metadata"]["name"] == "places" for resource in given)


@EVERY
def test_a_changed_setting_rolls_the_pods(copied: Path, overlay: str):
    before = settings(rendered(copied / "overlays" / overlay))["metadata"]["name"]
    file = copied / "base/kustomization.yaml"
    file.write_text(file.read_text("utf-8").replace("KB_PROXY_HOPS=1", "KB_PROXY_HOPS=2"), "utf-8")
    given = rendered(copied / "overlays" / overlay)
    after = settings(given)["metadata"]["name"]
    (source,) = named(given, "Deployment")["spec"]["template"]["spec"]["containers"][0]["envFrom"]
    assert before != after == source["configMapRef"]["name"]


def test_every_manifest_is_plain_yaml_that_our_own_checks_read():
    from bot.checks import read_documents

    for file in sorted(FOLDER.rglob("*.yaml")):
        assert read_documents(file.read_bytes(), file=file.name)
