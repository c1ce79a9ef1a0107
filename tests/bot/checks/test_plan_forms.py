"""Plans as text, Markdown and JSON, and `kb plan`: what people and programs get."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import markdown
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.checks import compose
from bot.checks.plan import FORMATS, GOALS, plans, render
from bot.checks.report.look import Look, colours
from bot.cli.command import kb
from bot.wrap import columns

from .planwork import flat, worlds
from .test_laws import association, deployment, subnet

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "bot/checks/plan.schema.json").read_text("utf-8"))
PAYLOADS = json.loads((ROOT / "tests/hostile/payloads.json").read_text("utf-8"))
BUSY = [
    flat(networkProfile={"networkPlugin": "azure", "networkPolicy": "calico"}),
    subnet("wide", "10.0.6.0/23"),
    [association("g1", "wide")],
    deployment("1.6.7"),
]


def plan_as(raw: Any, form: str, lang: str = "en", goal: str = "overlay", look: Look | None = None) -> str:
    return render(plans(compose(raw), goal, lang), form, lang, look)


@given(worlds(), st.sampled_from(GOALS), st.sampled_from(["ja", "en"]))
def test_the_json_has_the_documented_form(documents: list[Any], goal: str, lang: str):
    jsonschema.validate(json.loads(plan_as(documents, "json", lang, goal)), SCHEMA)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [40, 72, 100])
def test_running_text_is_as_wide_as_the_terminal_and_commands_are_whole(lang: str, width: int):
    lines = plan_as(BUSY, "text", lang, look=Look(width)).splitlines()
    commands = {line for plan in plans(compose(BUSY), "overlay", lang) for step in plan.steps for line in step.commands}
    assert {line.strip() for line in lines} >= commands
    kept = ("az ", "helm ", "kubectl ", "kb ", "/", "http", "alb.networking.")  # what is to be copied or opened
    long = [line for line in lines if columns(line) > width and not line.strip().startswith(kept)]
    assert long == []


def test_colours_are_only_there_where_they_are_wanted():
    plain, painted = (plan_as(BUSY, "text", look=Look(80, colour)) for colour in (False, True))
    assert "\x1b" not in plain
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain
    assert "\x1b[1m[ ] 8. Upgrade the cluster to CNI Overlay\x1b[0m\n\x1b[31;1m       ! cannot be undone" in painted


@pytest.mark.parametrize("width", [None, 80])
def test_what_a_step_does_stands_below_its_title_without_colours_too(width: int | None):
    made = plan_as(BUSY, "text", look=Look(width))
    assert "CNI Overlay\n       ! cannot be undone\n       ! may disrupt traffic\n       Why: " in made
    assert re.search(r"maintenance window\n       ~ involves waiting\n", made)


@pytest.mark.parametrize(("lang", "boxes"), [("en", "[x] done  [ ] to do"), ("ja", "[x] 済み  [ ] 未実施")])
def test_the_boxes_are_explained_where_there_are_several_kinds(lang: str, boxes: str):
    assert f"\n{boxes}\n\n" in plan_as(BUSY, "text", lang)
    assert "[x] done  [ ] to do  [?] find out first" in plan_as(flat(), "text")


def test_what_belongs_into_placeholders_is_a_list():
    made = plan_as(flat(), "text", look=Look(80))
    assert re.search(r"\n       Fill in:\n         <[A-Z_0-9]+>: ", made)


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_a_terminal_shows_colours_unless_its_reader_does_not_want_them(
    environment: dict[str, str], terminal: bool, expected: bool
):
    assert colours(environment, terminal) is expected


def test_the_markdown_has_a_box_for_every_step_and_the_commands_between_fences():
    made = plan_as(BUSY, "markdown")
    assert made.startswith("## Plan\n\n**one: steps left to CNI Overlay: 8 (2 done).**")
    assert made.count("- [x] ") == 2 and made.count("- [ ] ") == 8
    assert "**[cannot be undone]** **[may disrupt traffic]**" in made
    assert "        az aks update --resource-group rg --name one --subscription 0 --network-policy none\n" in made


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_hostile_name_does_nothing(payload: str, form: str):
    aks = flat(name=payload, resourceGroup=payload, location=payload)
    made = plan_as([aks, {**subnet("wide", "10.0.6.0/23"), "name": payload}], form)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", made)
    if form == "markdown":
        shown = markdown.markdown(made, extensions=["tables", "fenced_code", "sane_lists"])
        tree = html.fragment_fromstring(shown, create_parent="div")
        assert {str(element.tag) for element in tree.iter()} <= {
            *["div", "h2", "p", "strong", "ul", "ol", "li", "a", "pre", "code", "em"]
        }
        links = {str(link) for link in tree.xpath("//@href | //@src")}
        assert {link for link in links if not link.startswith(("/en/", "https://learn.microsoft.com/"))} == set()


def run(tmp_path: Path, raw: object, *arguments: str) -> tuple[int, str]:
    file = tmp_path / "input.json"
    file.write_text(json.dumps(raw), "utf-8")
    result = CliRunner().invoke(kb, ["plan", str(file), *arguments, "--lang", "en"])
    return result.exit_code, result.output


def test_kb_plan_prints_the_plan_and_says_by_its_exit_code_whether_there_is_one(tmp_path: Path):
    code, printed = run(tmp_path, BUSY, "--to", "overlay")
    assert code == 0 and printed.startswith("one: steps left to CNI Overlay: 8 (2 done).\n")
    code, printed = run(tmp_path, flat(kubernetesVersion="1.20"), "--to", "overlay")
    assert (
        code == 1
        and "CNI Overlay cannot be reached with the configuration and" in printed
        and "(blockers: 1)" in printed
    )
    code, printed = run(tmp_path, flat(kubernetesVersion="1.20"), "--to", "overlay", "--format", "json")
    assert code == 1 and json.loads(printed)["plans"][0]["blockers"][0]["id"] == "version"
    assert run(tmp_path, [], "--to", "overlay")[0] == 2
    assert run(tmp_path, flat())[0] == 2


@pytest.mark.parametrize(
    ("documents", "english", "japanese"),
    [
        (
            [],
            "Steps left for Application Gateway for Containers: 0, and 4 to find out first (1 done).",
            "Application Gateway for Containers のために必要なステップは、あと 0 です。ほかに確認が必要なものが 4 ",
        ),
        (
            [subnet("wide", "10.0.6.0/23"), [association("g1", "wide")], deployment("1.7.9")],
            "Steps left for Application Gateway for Containers: 3 (2 done).",
            "Application Gateway for Containers のために必要なステップは、あと 3 です（済み 2）",
        ),
    ],
)
def test_of_a_cluster_that_is_there_already_the_plan_says_so_first(documents: list[Any], english: str, japanese: str):
    overlay = [flat(networkProfile={"networkPlugin": "azure", "networkPluginMode": "overlay"}), *documents]
    first = "one: this cluster already uses CNI Overlay, so there is nothing to upgrade. "
    assert plan_as(overlay, "text").splitlines()[0] == first + english
    assert japanese in plan_as(overlay, "text", "ja").splitlines()[0]
    assert not plan_as(overlay, "text", goal="agc").startswith(first)  # the upgrade was not asked about


def test_a_plan_of_several_clusters_has_a_part_for_each():
    made = plan_as([flat(), flat(name="two", id="")], "text")
    assert len(re.findall("^(one|two): steps left to CNI Overlay", made, re.MULTILINE)) == 2
