"""`kb mcp` as a host starts it, and what is said where the extra, or the index, is missing."""

import io
import json
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from agents import HANDSHAKE, connected
from click.testing import CliRunner
from mcp.client.stdio import StdioServerParameters

from bot.cli.command import kb as commands
from bot.cli.mcp import attach_agents
from bot.mcp.stdio import serve
from bot.settings import Settings


def test_an_agent_on_this_machine_is_answered(
    index_dir: Path, site_dir: Path, kb: list[str], environment: dict[str, str], run_async
):
    kept = environment | {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir), "LANG": "ja_JP.UTF-8"}
    program = StdioServerParameters(command=kb[0], args=[*kb[1:], "mcp"], env=kept)

    async def scenario():
        async with connected(program, HANDSHAKE) as client:
            tools = (await client.list_tools()).tools
            return tools, await client.call_tool("ask", {"question": "Can I upgrade from kubenet?"})

    tools, reply = run_async(scenario())
    assert tools[0].description.startswith("質問に")  # in the language of the shell
    assert (reply.structured_content["status"], reply.structured_content["verdict"]) == ("answered", "yes")


class Output(io.BytesIO):
    """Says when so many answers have been written."""

    def __init__(self, answers: int) -> None:
        super().__init__()
        self._answers, self.whole = answers, threading.Event()

    def write(self, data) -> int:
        written = super().write(data)
        if self.getvalue().count(b"\n") == self._answers:
            self.whole.set()
        return written


def test_every_line_that_is_not_empty_is_answered(desk, run_async, monkeypatch: pytest.MonkeyPatch):
    """A host waits for the answer; the SDK says nothing of what it cannot read."""
    hello = {"protocolVersion": HANDSHAKE, "capabilities": {}, "clientInfo": {"name": "host", "version": "1"}}
    half = {"name": "search", "arguments": {"query": "kubenet \ud83d", "limit": 1}}
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}),
        json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        "{hunter2",
        "[]",
        "",
        '{"jsonrpc": "2.0", "id": 2, "id": 3, "method": "ping"}',
        '{"jsonrpc": "2.0", "id": 4}',
        "\x00\xff",
        json.dumps({"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": half}),
        json.dumps({"jsonrpc": "2.0", "id": 6, "method": "ping"}),
    ]
    output, written = Output(answers=8), iter("\n".join([*lines, ""]).encode("latin-1").splitlines(keepends=True))

    class Input:
        """It ends when all is answered."""

        @staticmethod
        def readline() -> bytes:
            return next(written, b"") or (output.whole.wait(60) and b"")

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Input))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(output))
    monkeypatch.setattr("bot.mcp.stdio.MAX_BYTES", 1000)

    run_async(serve(desk, "en"))
    messages = [json.loads(line) for line in output.getvalue().splitlines()]
    errors = [(message["id"], message["error"]["code"]) for message in messages if "error" in message]
    assert errors == [(None, -32700), (None, -32600), (None, -32700), (4, -32600), (None, -32700)]
    assert {message["id"] for message in messages if "result" in message} == {1, 5, 6}
    assert b"hunter2" not in output.getvalue()


class Unread(io.BytesIO):
    """A pipe whose other end is closed."""

    def write(self, data) -> int:
        raise BrokenPipeError


def test_it_ends_when_nobody_reads_its_answers_though_its_input_stays_open(
    desk, run_async, monkeypatch: pytest.MonkeyPatch
):
    lines, ended, read = iter([b'{"jsonrpc": "2.0", "id": 4}\n']), threading.Event(), list[bytes]()

    class Input:
        @staticmethod
        def readline() -> bytes:
            line = next(lines, b"") or (ended.wait(60) and b"")
            read.append(line)
            return line

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Input))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(Unread()))
    run_async(serve(desk, "en"))
    assert len(read) == 1, "it has not waited for the input to end"
    ended.set()  # only now the thread that waits for input ends, too


def test_without_an_index_the_process_ends_and_says_what_makes_one(
    tmp_path: Path, kb: list[str], environment: dict[str, str]
):
    """Its input stays open, as a host holds it."""
    program = subprocess.Popen(
        [*kb, "mcp", "--index", str(tmp_path)], env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdin and program.stderr
    with program:
        assert b"Run: kb index" in program.stderr.read()
        assert program.wait(60) == 2


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK cannot be imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("mcp", "mcp_types")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("bot.mcp.stdio", "bot.mcp.http", "bot.mcp.server", "bot.mcp.offered"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.setattr("bot.cli.mcp.find_spec", lambda name: None)


def test_without_the_extra_the_command_names_it(without_extra: None, index_dir: Path):
    done = CliRunner().invoke(commands, ["mcp", "--index", str(index_dir), "--lang", "en"])
    assert (done.exit_code, done.stderr) == (2, "kb: mcp is not installed. Run: pip install '.[mcp]'\n")


def test_without_the_extra_the_service_says_so_and_goes_on(without_extra: None, desk):
    assert attach_agents(None, desk(), "en") == "MCP: off; it needs: pip install '.[mcp]'"


def test_who_asks_for_it_without_the_extra_is_refused(without_extra: None, desk):
    with pytest.raises(ModuleNotFoundError) as refused:
        attach_agents(None, desk(mcp=True), "en")
    assert str(refused.value.name).partition(".")[0] == "mcp"


def test_a_setting_switches_it_off(desk):
    assert attach_agents(None, desk(mcp=False), "ja") == "MCP: オフ（KB_MCP がオフです）"
    assert Settings().mcp is True
