"""The reports of `kb check`, `kb plan`, `kb rules` and `kb explain` in a terminal."""

import json
import re
from pathlib import Path

import pytest
from click import unstyle
from forked import Forking
from terminals import in_terminal

from bot.wrap import columns

CLUSTER = {
    "name": "one",
    "kubernetesVersion": "1.31",
    "identity": {"type": "UserAssigned"},
    "networkProfile": {"networkPlugin": "kubenet", "networkPolicy": "none"},
    "agentPoolProfiles": [{"name": "np", "osType": "Linux"}],
}
COMMAND = "az aks update --resource-group '<RESOURCE_GROUP>' --name one --network-plugin azure"
LINK = re.compile("\x1b\\]8;;[^\x1b]*\x1b\\\\")


@pytest.fixture
def typed(forked: Forking, environment: dict[str, str], site_dir: Path, index_dir: Path, tmp_path: Path):
    (tmp_path / "a.json").write_text(json.dumps(CLUSTER), "utf-8")
    folders = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir)}

    def start(*arguments: str, width: int = 80, **more: str) -> tuple[int, str]:
        return in_terminal(forked, arguments, {**environment, **folders, **more}, tmp_path, width)

    return start


@pytest.mark.parametrize("arguments", [["check", "a.json"], ["plan", "a.json", "--to", "overlay"], ["rules"]])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [44, 80])
def test_a_report_fits_but_for_commands_and_addresses(typed, arguments: list[str], lang: str, width: int):
    code, shown = typed(*arguments, width=width, LANG=f"{lang}.UTF-8", KB_SITE_URL="https://docs.example/")
    assert code == (1 if arguments[0] == "check" else 0)
    wide = [line for line in unstyle(shown).split("\n") if columns(line) > width]
    assert [line for line in wide if not re.search(r"https://|\b(az|kubectl|kb) ", line)] == []


def test_a_command_is_one_line_however_narrow(typed):
    assert COMMAND in unstyle(typed("check", "a.json", width=44)[1])


def test_the_pages_of_a_report_can_be_opened(typed, refusing: str, site_dir: Path):
    page = f"{site_dir.as_uri()}/en/rules/agc001/index.html"
    for command in (["check", "a.json"], ["explain", "kubenet"]):
        _, shown = typed(*command, KB_SITE_URL=refusing, TERM_PROGRAM="vscode", LANG="en_US.UTF-8")
        assert f"\x1b]8;;{page}\x1b\\{page}\x1b]8;;\x1b\\" in shown
        assert page in LINK.sub("", shown)


def test_a_report_without_colour_has_none(typed):
    assert "\x1b[" in typed("check", "a.json")[1]
    assert "\x1b[" not in typed("check", "a.json", NO_COLOR="1")[1]
    assert "\x1b[" not in typed("explain", "kubenet", NO_COLOR="1")[1]


def test_a_plan_takes_the_pieces_that_a_check_takes(typed, tmp_path: Path):
    network = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/a/subnets"
    pools = [{"name": "np", "osType": "Linux", "vnetSubnetId": f"{network}/nodes", "podSubnetId": None}]
    profile = {"networkPlugin": "azure", "networkPluginMode": "overlay"}
    aks = CLUSTER | {"networkProfile": profile, "agentPoolProfiles": pools}
    gateway = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceNetworking/trafficControllers/alb"
    pieces = {
        "aks": aks,
        "subnet": {"id": f"{network}/agc", "addressPrefix": "10.0.4.0/23"},
        "associations": [{"id": f"{gateway}/associations/as", "subnet": {"id": f"{network}/agc"}}],
    }
    options = ["--alb-version", "1.6.7"]
    for name, piece in pieces.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(piece), "utf-8")
        options += [f"--{name}", f"{name}.json"]
    code, shown = typed("plan", *options, "--to", "overlay", "--format", "json", LANG="en_US.UTF-8")
    (plan,) = json.loads(unstyle(shown))["plans"]
    todo = [step["id"] for step in plan["steps"] if step["need"] == "todo"]
    assert (code, todo) == (0, ["subnet", "window", "move", "controller"])
    code, shown = typed("plan", "--to", "overlay", LANG="en_US.UTF-8")
    assert code == 2 and "--aks" in shown
    code, shown = typed("plan", "--aks", "subnet.json", "--to", "overlay", LANG="en_US.UTF-8")
    assert code == 2 and "az aks show" in shown


def test_a_check_in_a_terminal_names_the_command_that_has_the_steps(typed, tmp_path: Path):
    flat = CLUSTER | {"networkProfile": {"networkPlugin": "kubenet", "networkPluginMode": None}}
    (tmp_path / "my aks.json").write_text(json.dumps(flat), "utf-8")
    code, shown = typed("check", "my aks.json", LANG="en_US.UTF-8")
    assert code == 1 and "kb plan 'my aks.json' --to overlay" in unstyle(shown)
    for form in ("json", "markdown"):
        assert "kb plan" not in typed("check", "my aks.json", "--format", form, LANG="en_US.UTF-8")[1]
