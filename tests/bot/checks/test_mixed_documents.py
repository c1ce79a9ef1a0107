"""YAML and JSON in one input: nothing that a document says is taken for words and lost, wherever it stands."""

import json
from typing import Any

import pytest

from bot.checks import InputError, check, compose, read_documents

from .test_laws import GATEWAY, association, cluster, network, subnet

AKS = cluster("one", "azure", "overlay")
TEXT = json.dumps(AKS, indent=2)
YAML = """kind: Deployment
metadata:
  name: alb-controller
spec:
  template:
    spec:
      containers:
      - name: alb-controller
        image: mcr.microsoft.com/application-lb/images/alb-controller:1.6.7
status: {replicas: 1, readyReplicas: 1, availableReplicas: 1, updatedReplicas: 1}
"""


def read(text: str) -> Any:
    return read_documents(text.encode())


def statuses(text: str) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in check(compose(read(text)), "en")}


@pytest.mark.parametrize("gap", ["", "\n", "---\n", "\n---\n"])
@pytest.mark.parametrize("front", ["", "# of a tool\n", "---\n"])
def test_yaml_in_front_of_json_is_read(front: str, gap: str):
    text = f"{front}{YAML}{gap}{TEXT}"
    assert [document.get("kind", "") for document in read(text)] == ["Deployment", ""]
    assert statuses(text)["AGC003"] == "fail"


@pytest.mark.parametrize("gap", ["", "---\n"])
def test_what_yaml_in_front_says_keeps_the_json_behind_it_from_passing(gap: str):
    documents = [AKS, subnet("agc", "10.0.4.0/24"), network("a", "japaneast"), [association("g1", "agc")]]
    text = "\n".join(json.dumps(document) for document in documents)
    assert statuses(text)["AGC005"] == "pass"
    own = "type: Microsoft.ServiceNetworking/TrafficControllers"
    gateways = f"- id: {GATEWAY}/g2\n  name: g2\n  {own}\n  associations:\n  - id: {GATEWAY}/g2/associations/as\n"
    assert statuses(f"{gateways}{gap}{text}")["AGC005"] == "unknown"


def test_two_documents_in_front_are_read_both():
    assert read(f"{YAML}---\n{YAML}{TEXT}\n{TEXT}")[2:] == [AKS, AKS]
    assert read(f"{YAML}[]")[1:] == [[]]


def test_an_indented_object_is_a_part_of_the_yaml_around_it():
    noted = YAML.replace("spec:\n", f"  annotations:\n    last: |\n      {json.dumps(AKS)}\nspec:\n", 1)
    assert read(noted)["spec"]["template"]["spec"]["containers"][0]["name"] == "alb-controller"
    assert read(f"{noted}---\n{TEXT}")[1] == AKS
    with pytest.raises(InputError):
        read(f"a:\n  x: 1\nb: 2\nc: |\n  {json.dumps(AKS)}\nd: : 3\n")


def test_yaml_in_front_that_is_not_whole_is_refused():
    with pytest.raises(InputError):
        read(f"some words\n{YAML}\n{TEXT}")


@pytest.mark.parametrize(
    "lines",
    ["WARNING: one\nWARNING: two\nWARNING: three", "INFO: a\nDEBUG: b\nERROR: c", "info: a\ninfo: b\ninfo: c"],
)
def test_lines_of_a_tool_are_words_wherever_they_stand(lines: str):
    assert read(f"{lines}\n{TEXT}\n{lines}\n{TEXT}\n{lines}\n") == [AKS, AKS]


@pytest.mark.parametrize(
    "lines",
    [
        "Subscription: prod\nCluster: one\nRegion: japaneast",
        "HTTP/2 200\r\ncache-control: no-cache\r\ncontent-length: 12\r\ncontent-type: json\r\n\r",
        "cli.knack.cli: Command arguments: [1]\nmsal.token: found: 1\nurllib3.pool: started",
    ],
)
def test_notes_headers_and_logs_in_front_of_a_document_are_words(lines: str):
    assert read(f"{lines}\n{TEXT}") == AKS


def test_flat_yaml_in_front_is_read():
    release = "- app_version: 1.6.7\n  chart: alb-controller-1.6.7\n  name: alb-controller\n  status: deployed\n"
    assert statuses(f"{release}{TEXT}")["AGC003"] == "fail"
    own = subnet("agc", "10.0.4.0/23")
    flat = f"id: {own['id']}\nname: agc\naddressPrefix: 10.0.4.0/23\n"
    assert statuses(f"{flat}{TEXT}\n{json.dumps([association('g1', 'agc')])}")["AGC004"] == "fail"


def test_yaml_behind_json_is_asked_to_stand_behind_three_dashes():
    with pytest.raises(InputError) as refused:
        read(f"{TEXT}\n{YAML}")
    assert "`---`" in refused.value.message("en") and "`---`" in refused.value.message("ja")
    assert statuses(f"{TEXT}\n---\n{YAML}")["AGC003"] == "fail"
