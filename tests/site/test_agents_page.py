"""The page for agents: each snippet is what its host reads, and leads to what there is."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.command import kb
from bot.mcp.arguments import LEAST, MOST, USUAL
from bot.mcp.http import PATH
from bot.mcp.tools import TOOLS
from bot.service.desk import SECONDS

LANGS = pytest.mark.parametrize("lang", ["ja", "en"])
URL = f"https://kb.example.com{PATH}"
COMMAND = ["mcp", "--site", "/opt/kb/build/site"]


def page(root: Path, lang: str) -> str:
    return (root / f"docs/{lang}/service/agents.md").read_text("utf-8")


def snippets(root: Path, lang: str, host: str, form: str) -> list[str]:
    part = page(root, lang).partition(f"#agent-{host} }}")[2].partition("\n#")[0]
    return re.findall(rf"```{form}\n(.*?)```", part, re.DOTALL)


@LANGS
@pytest.mark.parametrize(
    ("host", "key", "remote", "local"),
    [
        ("vs-code", "servers", {"type": "http"}, {"type": "stdio"}),
        ("claude-code", "mcpServers", {"type": "http"}, None),
        ("copilot-cli", "mcpServers", {"type": "http", "tools": ["*"]}, None),
        ("cursor", "mcpServers", {}, {}),
    ],
)
def test_a_hosts_file_is_json_of_its_form(
    root: Path, lang: str, host: str, key: str, remote: dict[str, object], local: dict[str, object] | None
):
    documents = [json.loads(text) for text in snippets(root, lang, host, "json")]
    assert documents[0] == {key: {"kb": remote | {"url": URL}}}
    program = {"command": "/opt/kb/.venv/bin/kb", "args": COMMAND}
    assert documents[1:] == ([] if local is None else [{key: {"kb": local | program}}])


@LANGS
def test_the_file_of_codex_is_toml_of_its_form(root: Path, lang: str):
    (text,) = snippets(root, lang, "codex", "toml")
    assert tomllib.loads(text) == {"mcp_servers": {"kb": {"url": URL}}}


@LANGS
@pytest.mark.parametrize(
    ("host", "commands"),
    [
        (
            "claude-code",
            [
                ["claude", "mcp", "add", "--transport", "http", "kb", URL],
                ["claude", "mcp", "add", "kb", "--", "/opt/kb/.venv/bin/kb", *COMMAND],
            ],
        ),
        ("copilot-cli", [["copilot", "mcp", "add", "kb", "--", "/opt/kb/.venv/bin/kb", *COMMAND]]),
        ("codex", [["codex", "mcp", "add", "kb", "--", "/opt/kb/.venv/bin/kb", *COMMAND]]),
    ],
)
def test_the_commands_of_a_host_are_whole(root: Path, lang: str, host: str, commands: list[list[str]]):
    (text,) = snippets(root, lang, host, "sh")
    assert [shlex.split(line) for line in text.splitlines()] == commands


def test_the_program_that_hosts_start_takes_these_arguments(tmp_path: Path):
    """It gets as far as to look for the index."""
    done = CliRunner().invoke(kb, [COMMAND[0], COMMAND[1], str(tmp_path / "site"), "--lang", "en"])
    assert done.exit_code == 2
    assert done.stderr == f"kb: {tmp_path}/site.index: there is no index here yet. Run: kb index {tmp_path}/site\n"


@LANGS
def test_the_request_to_try_it_is_a_call_of_a_tool(root: Path, lang: str):
    command = shlex.split(page(root, lang).rpartition("```sh\n")[2].partition("```")[0].replace("\\\n", " "))
    body = json.loads(command[-1])
    assert command[:3] == ["curl", "-s", URL]
    assert (body["method"], body["params"]["name"]) == ("tools/call", "ask")
    assert TOOLS["ask"].takes.model_validate(body["params"]["arguments"])


@LANGS
def test_every_tool_and_every_limit_is_told(root: Path, lang: str):
    text = page(root, lang)
    assert [name for name in TOOLS if f"`{name}`" not in text] == []
    assert [number for number in (LEAST, USUAL, MOST) if f"{number:,}" not in text] == []
    assert re.search(rf"\b{round(SECONDS)} (seconds|秒)", text)
