"""A command for Azure or Kubernetes is no fact of the source document: its page says where it is from, and of when."""

import re
from pathlib import Path

import pytest

FENCE = re.compile(r"^( *)```(?:sh|bash)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
TOOLS = re.compile(r"^\s*(?:az|kubectl|helm) ", re.MULTILINE)
# Under service/, kubectl and helm run what this project delivers: only az speaks to what Microsoft documents.
AZURE = re.compile(r"^\s*az ", re.MULTILINE)
HEADING = re.compile(r"^(?=#{1,4} )", re.MULTILINE)
# The parts of a fix follow one another, and one note names the sources of all of them.
FIX = re.compile(r"^## [^\n]*\{ #how-to-fix \}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
NOTE = re.compile(r'^(?:!!!|\?\?\?) (?:note|warning) "[^"\n]+"\n((?:    [^\n]*\n?|\n)+)', re.MULTILINE)


def commands_without_a_dated_source(text: str, tools: re.Pattern[str] = TOOLS) -> list[str]:
    """Headings of the sections that show such a command while no note in them names a Microsoft page and a date."""
    missing = []
    fixes = FIX.findall(text)
    for section in [*fixes, *HEADING.split(FIX.sub("", text))]:
        shown = any(tools.search(fence[2]) for fence in FENCE.finditer(section))
        named = [note[1] for note in NOTE.finditer(section) if "https://learn.microsoft.com/" in note[1]]
        if shown and not any(re.search(r"\d{4}-\d{2}-\d{2}", note) for note in named):
            missing.append(section.partition("\n")[0])
    return missing


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_command_for_azure_or_kubernetes_has_a_dated_source(root: Path, lang: str):
    folder = root / "docs" / lang
    missing = {
        file.name: commands_without_a_dated_source(
            file.read_text("utf-8"), AZURE if folder / "service" in file.parents else TOOLS
        )
        for file in folder.rglob("*.md")
    }
    assert {name: headings for name, headings in missing.items() if headings} == {}


def test_a_command_without_a_source_is_noticed():
    command = "## Resize\n\n```sh\naz aks update\n```\n"
    note = '\n!!! note "Source"\n    It follows [az aks](https://learn.microsoft.com/cli/azure/aks){}.\n'
    assert commands_without_a_dated_source(command) == ["## Resize"]
    assert commands_without_a_dated_source(command + note.format("")) == ["## Resize"]
    assert commands_without_a_dated_source(command + note.format(" (edition of 2026-02-07)")) == []
    assert commands_without_a_dated_source(command + "\n## Next\n" + note.format(" (2026-02-07)")) == ["## Resize"]
    fix = "## How to fix { #how-to-fix }\n\n### Resize { #resize }\n" + command.partition("\n")[2] + "\n### Check\n"
    assert commands_without_a_dated_source(fix) == ["## How to fix { #how-to-fix }"]
    assert commands_without_a_dated_source(fix + note.format(" (2026-02-07)")) == []
    assert commands_without_a_dated_source(fix + "\n## Why\n" + note.format(" (2026-02-07)")) != []
    assert commands_without_a_dated_source("## Ask\n\n```sh\nkb ask\n```\n") == []
    assert commands_without_a_dated_source("## Apply\n\n```sh\nkubectl apply -k here\n```\n", AZURE) == []
    assert commands_without_a_dated_source(command, AZURE) == ["## Resize"]


# `az` takes an empty scope for the whole subscription, and an empty identity for a system-assigned one.
MUST_BE_SET = re.compile(r'--(?:scope|pod-cidr|subnet|assign-identity) "(\$\{?\w+(?::\?)?\}?)"')


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_command_runs_with_an_empty_scope_range_subnet_or_identity(root: Path, lang: str):
    texts = {file.name: file.read_text("utf-8") for file in (root / "docs" / lang).rglob("*.md")}
    commands = {name: "\n".join(fence[2] for fence in FENCE.finditer(text)) for name, text in texts.items()}
    given = {name: MUST_BE_SET.findall(text) for name, text in commands.items() if MUST_BE_SET.search(text)}
    unguarded = {name: [value for value in values if ":?" not in value] for name, values in given.items()}
    assert given and {name: values for name, values in unguarded.items() if values} == {}
