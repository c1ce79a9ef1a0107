"""`kb snapshot` against a fake az and kubectl on the PATH that answer with recorded shapes."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from bot.checks import InputError, Status, check
from bot.checks.gather.commands import Target
from bot.checks.gather.gather import gather, script
from bot.checks.gather.tools import output_of

from .casework import base

TARGET = Target("rg-aks", "prod")
SUBNET = base("overlay")["subnet"]["id"]
VNET = base("overlay")["vnets"]["aks"]["id"]
HUB = base("hub")["vnets"]["agc"]["id"]
FAKE = """#!{python}
import json, signal, sys
answers = json.load(open({answers!r}, encoding="utf-8"))
line = " ".join(sys.argv[1:])
for key, (code, out, err) in answers.items():
    if key in line:
        if out == "hang":
            signal.pause()
        sys.stdout.write(out)
        sys.stderr.write(err)
        sys.exit(code)
sys.exit("unexpected: " + line)
"""


class Tools:
    """Fake commands: the first answer whose key is part of the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        whole = base("overlay")
        gateways = [{"name": "alb-a", "resourceGroup": "rg-agc"}]
        vnet = {"id": VNET, "location": "japaneast", "virtualNetworkPeerings": []}
        self.az: dict[str, tuple[int, str, str]] = {}
        self.kubectl = {"get deployment": (0, "mcr.microsoft.com/application-lb/images/alb-controller:1.8.12", "")}
        self.answer("aks show", whole["aks"])
        self.answer("alb list", gateways)
        self.answer("association list", whole["agcAssociations"])
        self.answer("subnet show", whole["subnet"])
        self.answer("vnet show", vnet)

    def answer(self, key: str, value: object) -> None:
        self.az[key] = (0, json.dumps(value), "")

    def install(self) -> None:
        for name, answers in (("az", self.az), ("kubectl", self.kubectl)):
            recorded = self.folder / f"{name}.json"
            recorded.write_text(json.dumps(answers), encoding="utf-8")
            program = self.folder / name
            program.write_text(FAKE.format(python=sys.executable, answers=str(recorded)), encoding="utf-8")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    if os.name == "nt":
        pytest.skip("the fake tools are POSIX scripts")
    monkeypatch.setenv("PATH", str(tmp_path))
    return Tools(tmp_path)


def test_the_script_is_what_is_run():
    lines = script(Target("rg-aks", "prod", subnet_id=SUBNET, subscription="a b"), "en").splitlines()
    assert lines[0] == "# The cluster"
    assert lines[1] == "az aks show --resource-group rg-aks --name prod --subscription 'a b' --output json"
    assert "--alb-name $GATEWAY " in lines[5]
    assert lines[7] == f"az network vnet subnet show --ids {SUBNET} --output json"
    assert lines[9].startswith("kubectl get deployment alb-controller --namespace azure-alb-system --output 'jsonpath=")
    assert script(TARGET, "ja").startswith("# クラスター\n")


def test_a_snapshot_is_gathered(tools: Tools):
    tools.install()
    gathered = gather(TARGET)
    assert gathered.gaps == ()
    assert gathered.snapshot["albController"] == {
        "version": "mcr.microsoft.com/application-lb/images/alb-controller:1.8.12"
    }
    assert gathered.snapshot["vnets"]["peered"] is False
    assert {finding.status for finding in check(gathered.snapshot, "en")} == {Status.PASS, Status.NOT_APPLICABLE}


def test_peered_vnets_are_seen_from_either_side(tools: Tools):
    nodes = {"id": VNET, "location": "japaneast", "virtualNetworkPeerings": [{"remoteVirtualNetwork": {"id": HUB}}]}
    hub = {"id": HUB, "location": "japaneast"}
    # Keys are tried in order: the hub's name stands in its command only.
    del tools.az["vnet show"]
    on_hub = {**base("overlay")["agcAssociations"][0], "subnet": {"id": f"{HUB}/subnets/snet-agc"}}
    tools.answer("association list", [on_hub])
    tools.answer("vnet-hub/subnets", base("overlay")["subnet"] | {"id": f"{HUB}/subnets/snet-agc"})
    tools.answer("vnet-hub --output", hub)
    tools.answer("vnet-aks --output", nodes)
    del tools.az["subnet show"]
    tools.install()
    gathered = gather(Target("rg-aks", "prod", subnet_id=f"{HUB}/subnets/snet-agc"))
    assert gathered.snapshot["vnets"]["peered"] is True
    assert check(gathered.snapshot, "en")[5].status is Status.FAIL


def test_without_the_controller_its_version_is_unknown(tools: Tools):
    tools.kubectl["get deployment"] = (1, "", 'Error: deployments.apps "alb-controller" not found\n')
    tools.install()
    gathered = gather(TARGET)
    assert [gap.code for gap in gathered.gaps] == ["tool-failed"]
    assert 'deployments.apps "alb-controller" not found' in gathered.gaps[0].message("ja")
    assert check(gathered.snapshot, "en")[2].status is Status.UNKNOWN


def test_a_gateway_that_cannot_be_listed_leaves_all_associations_unknown(tools: Tools):
    tools.answer("alb list", [{"name": "alb-a", "resourceGroup": "a"}, {"name": "alb-b", "resourceGroup": "b"}])
    tools.az = {"alb-name alb-b": (1, "", "denied"), **tools.az}
    tools.install()
    gathered = gather(TARGET)
    assert gathered.snapshot["agcAssociations"] is None
    assert [gap.code for gap in gathered.gaps] == ["tool-failed", "choose-subnet"]


def test_several_subnets_must_be_chosen_from(tools: Tools):
    association = base("overlay")["agcAssociations"][0]
    tools.answer("association list", [association, {**association, "subnet": {"id": "/x/subnets/other"}}])
    tools.install()
    gathered = gather(TARGET)
    assert gathered.snapshot["subnet"] is None
    assert "the associations name 2 subnets" in gathered.gaps[0].message("en")
    assert gather(Target("rg-aks", "prod", subnet_id=SUBNET)).gaps == ()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((1, "", "ERROR: Please run 'az login' to setup account.\n"), "not-logged-in"),
        ((3, "", "WARNING: x\nERROR: (ResourceNotFound) not there\n"), "tool-failed"),
        ((2, "", ""), "tool-failed"),
        ((0, "[]", ""), "tool-answer"),
        ((0, "not json", ""), "tool-answer"),
    ],
)
def test_without_the_cluster_there_is_no_snapshot(tools: Tools, answer: tuple[int, str, str], code: str):
    tools.az["aks show"] = answer
    tools.install()
    with pytest.raises(InputError) as caught:
        gather(TARGET)
    assert caught.value.code == code
    assert caught.value.message("ja")


def test_odd_answers_are_gaps(tools: Tools):
    tools.answer("alb list", [{"name": 5}])
    tools.install()
    assert [gap.code for gap in gather(TARGET).gaps] == ["tool-answer", "choose-subnet"]


def test_missing_tools_are_named(tools: Tools):
    with pytest.raises(InputError, match="The command `az` was not found"):
        gather(TARGET)


def test_a_tool_that_hangs_is_stopped(tools: Tools):
    """It would hang for ever, and so would the test if it were not stopped."""
    tools.az["aks show"] = (0, "hang", "")
    tools.install()
    with pytest.raises(InputError, match="did not answer within 1 seconds"):
        output_of(TARGET.aks(), seconds=0.51)


@pytest.mark.parametrize(("addon", "namespace"), [({"enabled": True}, "kube-system"), ({}, "azure-alb-system")])
def test_the_controller_is_looked_for_where_the_cluster_has_it(tools: Tools, addon: dict[str, bool], namespace: str):
    tools.answer("aks show", base("overlay")["aks"] | {"ingressProfile": {"applicationLoadBalancer": addon}})
    tools.kubectl = {f"--namespace {namespace}": tools.kubectl["get deployment"]}
    tools.install()
    assert gather(TARGET).snapshot["albController"]["version"].endswith(":1.8.12")
