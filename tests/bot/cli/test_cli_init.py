"""`kb init` as it is typed: the change is shown, asked about, made, and taken back."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from forked import Forking
from terminals import in_terminal

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.cli.command import kb as group

CONFIG = "site_name: X\n"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    return tmp_path / "mkdocs.yml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, ["init", *arguments])


@pytest.mark.parametrize(
    ("host", "port", "service"),
    [
        ("127.0.0.1", "0", "http://127.0.0.1:8000"),
        ("0.0.0.0", "9001", "http://127.0.0.1:9001"),
        ("::1", "9001", "http://[::1]:9001"),
    ],
)
def test_without_an_address_it_is_that_of_the_service_here(
    config: Path, monkeypatch: pytest.MonkeyPatch, host: str, port: str, service: str
):
    monkeypatch.setenv("KB_HOST", host)
    monkeypatch.setenv("KB_PORT", port)
    assert run("--yes").exit_code == 0
    assert f"  - path: {service}/kb.js\n" in config.read_text("utf-8")


def test_the_change_is_shown_and_made_and_undone(config: Path):
    done = run("--yes", "--service", "https://bot.example/")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "+  - path: https://bot.example/kb.js\n" in done.output
    assert "kb index site && kb serve --site site" in done.output
    assert "Before you publish" not in done.output
    assert "nothing" in run("--yes", "--service", "https://bot.example").output.lower()
    undone = run("--undo", "--yes")
    assert "-  - path: https://bot.example/kb.js\n" in undone.output
    assert config.read_text("utf-8") == CONFIG


def test_without_an_address_it_is_that_of_kb_serve_and_says_so(config: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_PORT", "8100")
    done = run("--yes")
    assert "http://127.0.0.1:8100/kb.js" in config.read_text("utf-8")
    assert "Before you publish" in done.output


@pytest.mark.parametrize(("typed", "written"), [("y\n", True), ("\n", False)])
def test_a_terminal_is_asked(config: Path, forked: Forking, environment: dict[str, str], typed: str, written: bool):
    code, shown = in_terminal(forked, ["init"], environment, config.parent, typed=[("mkdocs.yml? [y/N]", typed)])
    assert (code, config.read_text("utf-8") != CONFIG) == (0, written), shown


def test_where_nobody_can_be_asked_nothing_is_written(config: Path):
    done = run()
    assert (done.exit_code, config.read_text("utf-8")) == (2, CONFIG)
    assert "+extra_javascript:" in done.output and "--yes" in done.stderr


@pytest.mark.parametrize(
    ("files", "arguments", "said"),
    [
        ({"mkdocs.yml": "INHERIT: a.yml\n"}, (), "Put this there yourself"),
        ({"zensical.toml": ""}, (), "kb init"),
        ({}, ("none",), "no such file or folder"),
        ({}, ("--service", "bot.example"), "https://bot.example"),
        ({}, ("--service", 'https://x"y'), "no address"),
        ({}, ("--service", "http://["), "no address"),
        ({}, ("--service", "HTTPS://bot.example"), "no address"),  # which undoing would not know again
        ({}, ("--service", "https://bot.example:99999"), "no address"),
        ({}, ("--service", "https://@bot.example"), "no address"),
        ({"empty/x": ""}, ("empty",), "<script"),
    ],
)
def test_what_cannot_be_done_is_one_line_or_the_lines_to_paste(
    config: Path, files: dict[str, str], arguments: tuple[str, ...], said: str
):
    for name, text in files.items():
        file = config.parent / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    before = config.read_text("utf-8")
    done = run("--yes", *arguments)
    assert (done.exit_code, config.read_text("utf-8")) == (2, before)
    assert done.stderr.startswith("kb: ") and said in done.stderr


def test_beside_a_built_site_it_says_what_to_paste(config: Path):
    config.unlink()
    (config.parent / "public").mkdir()
    (config.parent / "public/index.html").write_text("<html></html>", "utf-8")
    done = run("--service", "https://bot.example")
    assert done.exit_code == 0
    assert '<script type="module" src="https://bot.example/kb.js"></script>' in done.output
    assert "kb index public" in done.output


@pytest.mark.parametrize("name", ["mkdocs.en.yml", "mkdocs-ja.yaml"])
def test_a_configuration_of_one_language_may_be_named(config: Path, name: str):
    other = config.with_name(name)
    other.write_text(CONFIG, "utf-8")
    assert run("--yes", name).exit_code == 0
    assert ("kb.js" in other.read_text("utf-8"), config.read_text("utf-8")) == (True, CONFIG)


def test_a_configuration_that_is_not_utf8_stays(config: Path):
    config.write_bytes(b"site_name: \xe9\n")
    done = run("--yes")
    assert (done.exit_code, config.read_bytes()) == (2, b"site_name: \xe9\n")
