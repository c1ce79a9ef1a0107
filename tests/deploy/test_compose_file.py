"""deploy/compose.yaml: settings that exist, the image's own port and folder, unprivileged and bounded containers."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from bot.api.server import FINISH_SECONDS
from bot.settings import Settings


@pytest.fixture(scope="module")
def services(root: Path) -> dict:
    return yaml.safe_load((root / "deploy/compose.yaml").read_text("utf-8"))["services"]


def unset(value: str) -> str:
    """What compose makes of `${NAME:-default}` where NAME is not set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


def test_the_settings_exist_and_are_accepted_as_they_are_and_with_redis(services: dict):
    given = {name: unset(value) for name, value in services["kb"]["environment"].items()}
    assert given.keys() <= {f"KB_{name.upper()}" for name in Settings.model_fields}
    read = {name.removeprefix("KB_").lower(): value for name, value in given.items() if value}
    assert Settings(**read).slack_signing_secret is None
    Settings(**read | {"rate_store": "redis://redis:6379/0"})
    assert services["redis"]["profiles"] == ["redis"] and "profiles" not in services["kb"]


def test_two_copies_keep_votes_in_one_file_where_the_image_keeps_them(root: Path, services: dict):
    last = (root / "deploy/Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    (folder,) = re.findall(r"^VOLUME (\S+)$", last, re.MULTILINE)
    assert services["kb"]["deploy"]["replicas"] == 2
    assert services["kb"]["volumes"] == [f"votes:{folder}"]


def test_nginx_asks_the_service_at_the_port_of_the_image_and_waits_until_it_is_healthy(root: Path, services: dict):
    conf = (root / "deploy/nginx/kb.conf").read_text("utf-8")
    last = (root / "deploy/Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    (port,) = re.findall(r"^EXPOSE (\d+)$", last, re.MULTILINE)
    assert re.findall(r"^ *server (\S+) resolve ", conf, re.MULTILINE) == [f"kb:{port}"]
    assert services["nginx"]["depends_on"] == {"kb": {"condition": "service_healthy"}} and "HEALTHCHECK" in last
    (mounted,) = services["nginx"]["volumes"]
    assert (root / "deploy" / mounted.partition(":")[0]).read_text("utf-8") == conf
    (listens,) = re.findall(r"^ *listen (\d+);$", conf, re.MULTILINE)
    assert services["nginx"]["ports"] == [f"127.0.0.1:{listens}:{listens}"]
    assert unset(services["kb"]["environment"]["KB_SITE_URL"]) == f"http://localhost:{listens}/"


def test_every_container_is_bounded_and_may_do_nothing_but_its_work(services: dict):
    for name, service in services.items():
        assert service["read_only"] is True and service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}, name
        assert name == "kb" or re.search(r":[0-9.]+-alpine@sha256:[0-9a-f]{64}$", service["image"]), name
        assert not service.get("privileged") and "network_mode" not in service, name


def test_the_image_is_built_by_this_recipe_and_has_the_version_of_the_project(root: Path, services: dict):
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert services["kb"]["image"] == f"cni-kb:{version}"
    built = services["kb"]["build"]
    assert (root / "deploy" / built["context"] / built["dockerfile"]).samefile(root / "deploy/Dockerfile")


def test_a_copy_that_ends_has_time_for_what_is_under_way(services: dict):
    grace = int(services["kb"]["stop_grace_period"].removesuffix("s"))
    assert grace > Settings.model_fields["drain_seconds"].default + FINISH_SECONDS
