"""What the manifests say is what the code, the image and the measurements say."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from manifests import OVERLAYS, Object, containers, named, objects, of_kind, pods, settings

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.api.server import FINISH_SECONDS
from bot.cli.command import kb
from bot.settings import Settings
from index.remote.address import is_address, refused

INDEXED = pytest.mark.parametrize("overlay", ["object-store", "postgres"])
EVERY = pytest.mark.parametrize("overlay", OVERLAYS)
CLIENT = {"AZURE_STORAGE_ACCOUNT_NAME", "PGPASSWORD"}  # of the clients of stores, not of this service
KNOWN = {f"KB_{name.upper()}" for name in Settings.model_fields}
MIB = {"Mi": 1, "Gi": 1024}


def mib(quantity: str) -> int:
    return int(quantity[:-2]) * MIB[quantity[-2:]]


def seconds(duration: str) -> int:
    assert duration.endswith("s")
    return int(duration[:-1])


def image(root: Path) -> dict[str, str]:
    """The instructions of the image's last stage, each by its word (of several the last)."""
    last = (root / "deploy/Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    return dict(re.findall(r"^([A-Z]+) (.*)$", last, re.MULTILINE))


def environment(root: Path) -> dict[str, str]:
    """What the image sets."""
    return dict(re.findall(r"(\w+)=(\S+)", image(root)["ENV"]))


@EVERY
def test_the_settings_exist_and_are_accepted(overlay: str):
    given = settings(objects(overlay))["data"]
    ours = {name: value for name, value in given.items() if name not in CLIENT}
    assert ours.keys() <= KNOWN
    read = Settings(**{name.removeprefix("KB_").lower(): value for name, value in ours.items()})
    assert not isinstance(read.store_place, Path), "a file of votes would be lost with its Pod"
    assert (read.store_place is None) is (overlay != "postgres")
    assert read.proxy_hops == 1


def test_every_setting_in_an_environment_exists(whole: list[Object]):
    names = {entry["name"] for container in containers(whole).values() for entry in container.get("env", [])}
    names -= {"HOME"} | CLIENT
    assert names <= KNOWN


@EVERY
def test_ports_and_user_are_those_of_the_image(root: Path, overlay: str):
    given, made = objects(overlay), image(root)
    (port,) = containers(given)["kb"]["ports"]
    assert str(port["containerPort"]) == made["EXPOSE"] == environment(root)["KB_PORT"]
    (served,) = named(given, "Service")["spec"]["ports"]
    assert served["targetPort"] == port["name"] and served["port"] == port["containerPort"]
    to = [to["port"] for route in of_kind(given, "HTTPRoute") for rule in route["spec"]["rules"]
          for to in rule.get("backendRefs", [])]  # fmt: skip
    assert to == [served["port"]]
    for pod in pods(given).values():
        run = pod["spec"]["securityContext"]
        assert f"{run['runAsUser']}:{run['runAsGroup']}" == made["USER"]


@EVERY
def test_probes_ask_addresses_that_the_service_has(client, overlay: str):
    given = objects(overlay)
    container = containers(given)["kb"]
    paths = {name: container[f"{name}Probe"]["httpGet"]["path"] for name in ("startup", "readiness", "liveness")}
    assert paths == {"startup": "/livez", "readiness": "/readyz", "liveness": "/livez"}
    assert named(given, "HealthCheckPolicy")["spec"]["default"]["http"]["path"] == paths["readiness"]
    with client() as http:
        assert {path: http.get(path).status_code for path in paths.values()} == {"/livez": 200, "/readyz": 200}


@EVERY
def test_a_pod_that_ends_is_left_by_all_before_it_refuses_and_has_time_for_what_is_under_way(overlay: str):
    given = objects(overlay)
    drain = float(settings(given)["data"]["KB_DRAIN_SECONDS"])
    ready = containers(given)["kb"]["readinessProbe"]
    gateway = named(given, "HealthCheckPolicy")["spec"]["default"]
    assert ready["periodSeconds"] * ready["failureThreshold"] + ready["timeoutSeconds"] < drain
    assert seconds(gateway["interval"]) * gateway["unhealthyThreshold"] + seconds(gateway["timeout"]) < drain
    assert drain + FINISH_SECONDS < pods(given)["kb"]["spec"]["terminationGracePeriodSeconds"]


@EVERY
def test_memory_is_what_was_measured_with_room(root: Path, overlay: str):
    page = (root / "docs/en/service/performance.md").read_text("utf-8")
    (measured,) = re.findall(r"^\| Memory \| (\d+) MiB ", page, re.MULTILINE)
    resources = containers(objects(overlay))["kb"]["resources"]
    assert mib(resources["requests"]["memory"]) >= 1.5 * int(measured)
    assert mib(resources["limits"]["memory"]) >= 3 * int(measured)


@EVERY
def test_images_have_the_version_of_the_project(root: Path, overlay: str):
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert {container["image"].rpartition(":")[2] for container in containers(objects(overlay)).values()} == {version}


@INDEXED
def test_the_job_runs_a_command_of_this_program_on_folders_that_it_may_write(overlay: str):
    job = containers(objects(overlay))["kb-index"]
    assert job["command"] == ["kb"] and job["args"][0] in kb.commands
    given = {entry["name"]: entry.get("value", "") for entry in job["env"]}
    mounts = [mount["mountPath"] for mount in job["volumeMounts"]]
    assert [given[name].startswith(f"{mounts[0]}") for name in ("KB_INDEX", "HOME")] == [True, True]


@INDEXED
def test_what_is_fetched_from_the_store_lies_where_a_pod_may_write(overlay: str):
    given = objects(overlay)
    mounts = [mount["mountPath"] for mount in containers(given)["kb"]["volumeMounts"]]
    assert settings(given)["data"]["KB_INDEX_CACHE"].startswith(f"{mounts[0]}/")


@INDEXED
def test_the_job_indexes_where_the_image_has_its_site(root: Path, overlay: str):
    job = containers(objects(overlay))["kb-index"]
    given = {entry["name"]: entry.get("value") for entry in job["env"]}
    assert given["KB_SITE"] == environment(root)["KB_SITE"]
    assert job["args"][-1].replace("//kb_index@", "//kb@") == settings(objects(overlay))["data"]["KB_INDEX"]
    assert is_address(job["args"][-1]) and not refused(job["args"][-1])


def test_metrics_are_not_for_who_comes_through_the_gateway(root: Path):
    """The exact path has a rule of its own, which leads elsewhere."""
    rules = named(objects("files"), "HTTPRoute")["spec"]["rules"]
    first, second = rules
    assert first["matches"] == [{"path": {"type": "Exact", "value": "/metrics"}}]
    assert "backendRefs" not in first and first["filters"][0]["type"] == "RequestRedirect"
    assert second["matches"] == [{"path": {"type": "PathPrefix", "value": "/"}}]
    assert "/metrics" in (root / "bot/api/metrics.py").read_text("utf-8")


def test_the_variables_of_a_service_named_kb_are_switched_off():
    """Kubernetes would add KB_PORT=tcp://…, which is a setting of ours."""
    links = [pod["spec"]["enableServiceLinks"] for overlay in OVERLAYS for pod in pods(objects(overlay)).values()]
    assert links == [False] * 5
    assert named(objects("files"), "Service")["metadata"]["name"] == "kb" and "port" in Settings.model_fields


def test_serving_needs_no_option_that_the_image_does_not_give(root: Path):
    assert yaml.safe_load(image(root)["CMD"]) == ["kb", "serve"] and "serve" in kb.commands
    assert all("command" not in containers(objects(overlay))["kb"] for overlay in OVERLAYS)
