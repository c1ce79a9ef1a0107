"""What a report says to those who have no gateway yet, of whom most unknowns ask for one."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.checks import compose, inspect, sentence
from bot.cli.command import kb

from .casework import base
from .test_laws import GATEWAY, association, cluster, deployment, subnet

NO_GATEWAY = "If there is no Application Gateway for Containers yet, {} are for later: plan the steps to"


@pytest.mark.parametrize(
    ("documents", "planned", "rules"),
    [
        ([base("overlay")["aks"]], None, "AGC003, AGC004, AGC005, AGC006, AGC007"),
        ([base("overlay")["aks"]], "install-agc", "AGC003, AGC004, AGC005, AGC006, AGC007"),
        ([base("overlay")["aks"], deployment("1.7.9")], None, "AGC004, AGC005, AGC006, AGC007"),
        ([base("flat")["aks"]], "upgrade-to-overlay", "AGC003, AGC004, AGC005, AGC006, AGC007, AGC009"),
        (
            [cluster("a", "kubenet", None), cluster("b", "azure", "overlay")],
            None,
            "AGC003, AGC004, AGC005, AGC006, AGC007",
        ),
    ],
)
def test_whoever_has_no_gateway_is_told_what_to_do_without_one(documents: list[Any], planned: str | None, rules: str):
    inventory = compose(documents, planned=planned)
    english, japanese = (sentence(inspect(inventory, lang), lang) for lang in ("en", "ja"))
    assert NO_GATEWAY.format(rules) in english and rules.replace(", ", "、") in japanese


@pytest.mark.parametrize(
    "documents",
    [
        [base("kubenet")["aks"]],  # no rule about a gateway applies
        [base("overlay")["aks"], subnet("wide", "10.0.6.0/23")],
        [base("overlay")["aks"], [association("g1", "agc")]],
        [base("overlay")["aks"], [{**association("g1", "agc"), "subnet": None}]],
        [
            base("overlay")["aks"],
            [{"id": f"{GATEWAY}/g1", "name": "g1", "associations": [{"id": f"{GATEWAY}/g1/associations/a"}]}],
        ],
        [base("overlay")["aks"], {"kind": "ApplicationLoadBalancer", "metadata": {"name": "alb"}, "spec": {}}],
    ],
)
def test_whoever_has_one_is_not(documents: list[Any]):
    for planned in (None, "upgrade-to-overlay", "install-agc"):
        assert "are for later" not in sentence(inspect(compose(documents), "en"), "en"), planned


@pytest.mark.parametrize(("also", "lines"), [([], ["  kb plan {} --to agc", ""]), ([[association("g1", "agc")]], [""])])
def test_a_terminal_names_the_command_of_that_plan_below(tmp_path: Path, also: list[Any], lines: list[str]):
    file = tmp_path / "aks.json"
    file.write_text(json.dumps([base("overlay")["aks"], *also]), "utf-8")
    printed = CliRunner().invoke(kb, ["check", str(file), "--lang", "en"]).output.splitlines()
    assert printed[1 : 1 + len(lines)] == [line.format(file) for line in lines]
