"""What is missing is what rules wait for, with a command that can be pasted into a shell."""

import json
import shlex
from typing import Any

import pytest

from bot.checks import FORMATS, reply
from bot.checks.gather.commands import Target, line
from bot.checks.gather.gather import script

from .casework import base, edited

WHOLE = base("overlay")
AKS, SUBNET, ASSOCIATIONS = WHOLE["aks"], WHOLE["subnet"], WHOLE["agcAssociations"]
GATEWAY = {"name": "alb-a", "resourceGroup": "rg-agc", "type": "Microsoft.ServiceNetworking/trafficControllers"}


def lacking(raw: object, planned: str | None = None, lang: str = "en") -> list[dict[str, Any]]:
    return list(json.loads(reply(raw, "json", lang, planned=planned)[0])["input"]["missing"])


def commands(raw: object, planned: str | None = None) -> dict[str, str]:
    """The last command of each key."""
    return {output["key"]: output["command"] for output in lacking(raw, planned)}


def test_a_whole_snapshot_lacks_nothing():
    assert lacking(WHOLE) == []


def test_an_overlay_cluster_lacks_its_gateway():
    assert [(output["key"], output["why"]) for output in lacking([AKS])] == [
        ("albController", "The image of ALB Controller, in the cluster that kubectl points at (AGC003)"),
        ("subnet", "The AGC subnet (AGC004)"),
        ("agcAssociations", "All AGC resources of the subscription (AGC005)"),
        ("agcAssociations", "The associations of each AGC resource (AGC005)"),
        ("vnets", "The VNet of the nodes (AGC006, AGC007)"),
        ("vnets", "The VNet of AGC (AGC006, AGC007)"),
    ]
    assert lacking([AKS], lang="ja")[1]["why"] == "AGC のサブネット（AGC004）"


def test_only_what_a_rule_waits_for_is_asked_for():
    assert lacking(base("kubenet")["aks"]) == []
    assert "subnet" in commands(base("kubenet")["aks"], "upgrade-to-overlay")
    assert commands({"aks": {}}).keys() == {"aks"}
    assert "albController" not in commands(edited(WHOLE, {"/albController/version": "latest"}))


def test_commands_name_what_the_documents_tell():
    assert commands([AKS, ASSOCIATIONS])["subnet"].endswith("/vnet-aks/subnets/snet-agc --output json")
    assert "--resource-group rg-agc --alb-name alb-a " in commands([AKS, GATEWAY])["agcAssociations"]
    bare = {"id": AKS["id"], "name": "prod", "networkProfile": {}}
    assert commands(bare)["aks"].startswith("az aks show --resource-group rg-aks --name prod --subscription ")


def test_every_command_is_for_the_subscription_of_what_it_asks_about():
    """Those with an id name it themselves. Documents without names of their own tell them by their ids."""
    here, there = "0a0a0a0a-0000-0000-0000-00000000000a", "0b0b0b0b-0000-0000-0000-00000000000b"
    cluster = json.loads(json.dumps(AKS).replace("/subscriptions/0000/", f"/subscriptions/{here}/"))
    own = f"/subscriptions/{there}/resourceGroups/rg-hub/providers/Microsoft.ServiceNetworking/trafficControllers/alb-b"
    gateway = {"id": own, "type": "Microsoft.ServiceNetworking/trafficControllers", "properties": {}}
    asked = [output["command"] for output in lacking([cluster, gateway])]
    (listed,) = [command for command in asked if " association list " in command]
    assert f"--resource-group rg-hub --alb-name alb-b --subscription {there} " in listed
    for output in lacking([cluster]):
        words = shlex.split(output["command"])
        apart = [words[at + 1] for at, word in enumerate(words) if word == "--subscription"]
        assert apart == ([] if words[0] == "kubectl" or "--ids" in words else [here])
    hidden = json.loads(json.dumps(cluster).replace(here, "REDACTED"))
    assert not any("REDACTED" in output["command"] for output in lacking([hidden]))


def test_of_two_networks_only_the_unknown_one_is_asked_for():
    hub = base("hub")["vnets"]["agc"]["id"]
    array = [AKS, {**SUBNET, "id": f"{hub}/subnets/s"}]
    assert len([output for output in lacking(array) if output["key"] == "vnets"]) == 2
    given = {"id": hub, "location": "japaneast", "addressSpace": {}}
    (left,) = [output for output in lacking([*array, given]) if output["key"] == "vnets"]
    assert left["command"].endswith("/virtualnetworks/vnet-aks --output json")


@pytest.mark.parametrize(
    "name", ["$(reboot)", "$HOME", "a;reboot", "--debug", "x\nreboot", "`reboot`", 5, "\u202eprod"]
)
def test_no_name_becomes_a_command(name: object):
    """A snapshot may come from anybody, and its commands are made to be pasted into a shell."""
    (output,) = lacking({"name": name, "resourceGroup": name, "networkProfile": {}})
    assert output["command"] == "az aks show --resource-group $RESOURCE_GROUP --name $CLUSTER --output json"
    assert shlex.split(line(("az", "x", "$(reboot)")))[2] == "$(reboot)"
    assert line(("az", "$(reboot)", "$CLUSTER")) == "az '$(reboot)' $CLUSTER"


def test_the_commands_are_those_of_kb_snapshot():
    known = script(Target("$RESOURCE_GROUP", "$CLUSTER"), "en")
    for output in lacking([{"networkProfile": AKS["networkProfile"]}]):
        assert output["command"] in known


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_a_media_type(form: str):
    report, media_type = reply([AKS], form, "en")
    assert "AGC004" in report and "/" in media_type


def test_what_is_in_doubt_is_asked_for_by_what_settles_it():
    """The value itself is there: printing it once more would settle nothing."""
    image = "mcr.microsoft.com/application-lb/images/alb-controller:1.8.0"
    containers = {"containers": [{"name": "alb-controller", "image": image}]}
    idle = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "alb-controller"}}
    idle |= {"spec": {"replicas": 0, "template": {"spec": containers}}}
    (state,) = [output for output in lacking([AKS, SUBNET, ASSOCIATIONS, idle]) if output["key"] == "albController"]
    assert state["command"] == "kubectl get deployment,pods -A -l app=alb-controller --output json"
    page = {"value": ASSOCIATIONS, "nextLink": "https://next"}
    asked = commands([AKS, SUBNET, page])
    assert "az network alb association list" in asked["agcAssociations"] and "subnet" not in asked


def test_a_finding_that_is_sent_has_the_commands_that_mend_it_or_print_what_it_lacks():
    snapshot = {**base("overlay"), "agcAssociations": None, "albController": {"version": "1.6.7"}}
    sent = json.loads(reply(snapshot, "json", "en")[0])
    commands = {finding["id"]: finding["commands"] for finding in sent["clusters"][0]["findings"]}
    assert any(line.startswith("helm upgrade alb-controller ") for line in commands["AGC003"])
    assert set(commands["AGC005"]) == {output["command"] for output in sent["input"]["missing"]}
    assert commands["AGC001"] == []
    assert "commands" not in json.loads(reply(snapshot, "json", "en", schema=1)[0])["findings"][0]


def test_what_an_application_load_balancer_names_stands_in_the_commands():
    """Its subnet, and the AGC resource that its status names."""
    group = "/subscriptions/0/resourceGroups/mc"
    own = f"{group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s"
    made = f"{group}/providers/Microsoft.ServiceNetworking/trafficControllers/alb-1"
    balancer = {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": "x", "namespace": "infra"},
        "spec": {"associations": [own]},
        "status": {"conditions": [{"type": "Deployment", "message": f"alb-id={made}"}]},
    }
    asked = {key: command.lower() for key, command in commands([AKS, balancer]).items()}
    assert f"--ids {own.lower()} " in asked["subnet"]
    assert "--resource-group mc --alb-name alb-1 " in asked["agcAssociations"]
