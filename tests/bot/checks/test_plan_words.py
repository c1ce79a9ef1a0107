"""What a plan says: its commands, its quotes and links, and names that are none."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.checks.plan
from bot.checks.plan import GOALS, as_object, render
from bot.language import pack
from index.records import Section

from .planwork import flat, made, worlds
from .test_laws import association, deployment, subnet

SOURCE = Path(bot.checks.plan.__file__).parent


@given(worlds(), st.sampled_from(GOALS), st.sampled_from(["ja", "en"]))
def test_every_command_is_one_line_of_quoted_words(documents: list[Any], goal: str, lang: str):
    plan = made(documents, goal, lang)
    for step in plan.steps:
        for line in (*step.first, *step.commands, *([step.check.command] if step.check.command else [])):
            command, _, file = line.partition(" > ")
            assert shlex.join(shlex.split(command)) == command and re.fullmatch(r"(?:snapshot(?:-\d+)?\.json)?", file)
            asked = set(re.findall(r"<[A-Z_0-9]+>", line))
            assert asked <= {fill.name for fill in step.fill}, line
    text = render([plan], "text", lang)
    assert all(step.title in text for step in plan.steps)
    assert json.loads(render([plan], "json", lang)) == json.loads(json.dumps(as_object([plan])))
    assert render([plan], "markdown", lang).count("```") % 2 == 0


HOSTILE = [
    "x; rm -rf ~",
    "$(id)",
    "`id`",
    "-o",
    "a\nb",
    "x' || true '",
    "[parameters('n')]",
    "(known after apply)",
    "<X>",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_name_is_filled_in_by_the_reader(name: str):
    kind = "Microsoft.ContainerService/managedClusters"
    own = f"/subscriptions/{name}/resourceGroups/{name}/providers/{kind}/{name}"
    aks = flat(name=name, resourceGroup=name, id=own)
    plan = made([aks, []], "overlay")
    upgrade = next(step for step in plan.steps if step.id == "upgrade")
    assert shlex.split(upgrade.commands[0])[3:7] == ["--resource-group", "<RESOURCE_GROUP>", "--name", "<CLUSTER>"]
    assert {fill.name for fill in upgrade.fill} == {"<RESOURCE_GROUP>", "<CLUSTER>", "<POD_CIDR>"}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_quoted_stands_on_the_site(lang: str, sections: tuple[Section, ...]):
    by_id = {section.id: section for section in sections if section.lang == lang}
    words = pack(lang, "plan")
    quoted = [*words["quotes"].values(), *(entry for entry in words["notes"].values() if isinstance(entry, dict))]
    assert len([quote for quote in quoted if "section" in quote]) > 20
    for quote in quoted:
        if "section" in quote:
            # It may begin in the midst of a sentence: its first letter is a capital then.
            assert quote["text"][1:] in by_id[quote["section"]].text, quote["text"]


@given(worlds(), st.sampled_from(GOALS))
def test_the_words_of_a_title_stand_as_they_are_written(documents: list[Any], goal: str):
    """Only beside a name of the input something may change: a space goes where Japanese follows on Japanese."""
    written = pack("ja", "plan")["steps"]
    for step in made(documents, goal, "ja").steps:
        forms = [text for form, text in written[step.id].items() if form not in ("expected", "notes")]
        fixed = [[part.strip(" ") for part in re.split(r"\{\w+\}", text)] for text in forms]
        assert any(all(part in step.title for part in parts) for parts in fixed), step.title


@pytest.mark.parametrize(
    ("documents", "title"),
    [
        ([subnet("wide", "10.0.6.0/23"), [association("g1", "wide")]], "g1 を新しいサブネットに関連付ける"),
        ([], "AGC リソースがある場合は、新しいサブネットに関連付ける"),
    ],
)
def test_a_name_is_set_off_from_japanese_and_a_word_of_japanese_is_not(documents: list[Any], title: str):
    (moved,) = [step for step in made([flat(), *documents], "overlay", "ja").steps if step.id == "move"]
    assert moved.title == title


@given(worlds(), st.sampled_from(GOALS))
def test_the_links_of_a_plan_are_those_of_the_site(documents: list[Any], goal: str):
    for lang in ("ja", "en"):
        plan = made(documents, goal, lang)
        for part in (*plan.steps, *plan.blockers):
            page, _, anchor = part.reason.section.partition("#")
            assert part.reason.url == f"{'' if lang == 'ja' else '/en'}/{page}/#{anchor}"


def test_the_commands_are_those_of_the_rule_pages(sections: tuple[Section, ...]):
    """Every word of a command that is no name of the reader's stands on a page of the site."""
    site = " ".join(section.text for section in sections if section.lang == "en")
    aks = flat(networkProfile={"networkPlugin": "azure", "networkPolicy": "calico"})
    gateways = [association("g1", "wide"), association("g2", "wide")]
    plan = made([aks, subnet("wide", "10.0.6.0/23"), gateways, deployment("1.6.7")], "overlay")
    options = {word for step in plan.steps for line in step.commands for word in shlex.split(line) if word[:2] == "--"}
    assert {option for option in options - {"--subscription"} if option not in site} == set()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_word_of_a_plan_is_missing_or_left_over(lang: str):
    words, source = pack(lang, "plan"), " ".join(file.read_text("utf-8") for file in SOURCE.glob("*.py"))
    spoken = set(re.findall(r"""(?<=["'.])[\w-]+(?=["'])""", source))
    assert set(words["steps"]) - spoken - {"place"} == set()
    assert set(words["blockers"]) - spoken == set()
    before = ("version", "policy", "pools", "pool-kinds", "identity", "masq", "windows", "windows-2019")
    computed = {f"before-{step}" for step in before}
    assert set(words["quotes"]) - spoken - computed - {"AGC004", "AGC005", "AGC006", "AGC007"} == set()
    noted = {
        note
        for part in ("steps", "blockers")
        for entry in words[part].values()
        for note in entry.get("notes", "").split()
    }
    sentences = {name for name, entry in words["notes"].items() if isinstance(entry, dict)}
    assert sentences == noted | {
        "pod-cidr-tabs",
        "pod-cidr-kept",
        "routes",
        "ranges",
        "ranges-missing",
        "ranges-overlap",
        "ranges-rejected",
        "ranges-public",
        "ranges-small",
        "name-length",
        "space-free",
        "space-full",
        "subnet-there",
        "identity-principal",
        "identity-pools",
        "owner",
        "owner-first",
        "at-once",
        "window-again",
        "pod-size",
        "pod-rejected",
        "node-nsg",
        "managed-role",
        "role-first",
        "policy-calico",
        "heir",
        "out-of-service",
        "role-there",
        "ranges-several",
        "owner-shared",
        "owner-beside",
    }
    sources = {entry["source"] for entry in words["notes"].values() if isinstance(entry, dict) and "source" in entry}
    assert sources == set(words["sources"])
    japanese = re.compile("[ぁ-んァ-ヶ一-龠]")
    if lang == "ja":
        texts = [entry["title"] for part in ("steps", "blockers") for entry in words[part].values()]
        assert [text for text in [*texts, *words["summary"].values()] if not japanese.search(text)] == []
