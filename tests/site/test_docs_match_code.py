"""The documentation names what the code has: commands, options, settings, addresses, fields, words."""

import dataclasses
import re
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.answering.ask import Bot
from bot.api.body_limit import BODY_SECONDS
from bot.api.patient import HEADER_SECONDS
from bot.api.unread import READ_RATE, UNREAD_SECONDS
from bot.cli.command import kb
from bot.records import Answer, Citation, RuleLink, RunnerUp
from bot.service.store_file import opened
from bot.settings import Settings

LANGS = pytest.mark.parametrize("lang", ["ja", "en"])
# Tests that run only where they are asked for: one of them, and all of a file.
MARKED = re.compile(r"^@pytest\.mark\.(?:measures|nightly)\b", re.MULTILINE)
ALL = re.compile(r"^pytestmark = .*pytest\.mark\.(?:measures|nightly)\b", re.MULTILINE)
# A switch is documented as a reader writes it.
SWITCH = {"True": ("1", "on"), "False": ("0", "off")}


def page(root: Path, lang: str, name: str) -> str:
    return (root / f"docs/{lang}/service/{name}.md").read_text("utf-8")


@LANGS
@pytest.mark.parametrize("command", sorted(kb.commands))
def test_every_command_is_documented(root: Path, lang: str, command: str):
    assert f"kb {command}" in page(root, lang, "cli")


@LANGS
@pytest.mark.parametrize("command", ["ask", "check", "mcp", "plan", "serve", "snapshot", "eval", "feedback"])
def test_every_option_is_documented(root: Path, lang: str, command: str):
    options = {option for parameter in kb.commands[command].params for option in parameter.opts if option[:2] == "--"}
    text = page(root, lang, "cli")
    assert {option for option in options - {"--site", "--index", "--lang"} if option not in text} == set()


@LANGS
@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(root: Path, lang: str, name: str):
    rows = [line for line in page(root, lang, "settings").splitlines() if line.startswith(f"| `KB_{name.upper()}` |")]
    default = Settings.model_fields[name].default
    assert len(rows) == 1
    assert default is None or any(f"`{word}`" in rows[0].split("|")[2] for word in SWITCH.get(str(default), (default,)))


@LANGS
def test_no_setting_is_documented_that_does_not_exist(root: Path, lang: str):
    named = set(re.findall(r"^\| `KB_(\w+)`", page(root, lang, "settings"), re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


@LANGS
def test_every_stored_column_is_named_beside_its_table(root: Path, lang: str, tmp_path: Path):
    with closing(opened(tmp_path / "kb.db", 1.0, 0)) as store:
        held = store.execute(
            "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'"
        )
        columns = {(table, column) for table, column in held if not table.startswith("sqlite_")}
    rows = re.findall(r"^\| `(\w+)`(?:[,（][^|]*)? \| ([^|]*) \|$", page(root, lang, "privacy"), re.MULTILINE)
    named = {(table, column) for table, text in rows for column in re.findall(r"`(\w+)`", text)}
    assert columns and named - {("feedback", "web"), ("feedback", "slack")} == columns


@LANGS
def test_every_address_is_documented(root: Path, lang: str, bot: Bot):
    from bot.api import create_app
    from bot.service.desk import Desk

    app = create_app(Desk(Settings(), bot))
    paths = set(app.openapi()["paths"]) | {"/livez", "/readyz", "/metrics", "/api/docs", "/api/openapi.json"}
    assert [path for path in paths if path not in page(root, lang, "http-api")] == []


@LANGS
@pytest.mark.parametrize("record", [Answer, Citation, RuleLink, RunnerUp])
def test_every_field_of_an_answer_is_documented(root: Path, lang: str, record: type):
    fields = [field.name for field in dataclasses.fields(record) if field.name not in ("question", "lang")]
    assert [name for name in fields if f"`{name}`" not in page(root, lang, "http-api")] == []


def nav_files(config: Path) -> list[str]:
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
    listed: list[str] = []

    def walk(entry: Any) -> None:
        if isinstance(entry, str):
            listed.append(entry)
        elif isinstance(entry, dict):
            for value in entry.values():
                walk(value)
        else:
            for inner in entry:
                walk(inner)

    walk(yaml.load(config.read_text("utf-8"), Loader)["nav"])
    return listed


def test_both_navigations_list_every_page_in_the_same_order(root: Path):
    japanese = nav_files(root / "mkdocs.yml")
    assert japanese == nav_files(root / "mkdocs.en.yml")
    assert set(japanese) == {file.relative_to(root / "docs/ja").as_posix() for file in (root / "docs/ja").rglob("*.md")}


def flat(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flattened: dict[str, str] = {}
    for key, value in table.items():
        flattened |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: str(value)}
    return flattened


@pytest.mark.parametrize(
    "topic",
    [
        "answers",
        "checks",
        "errors",
        "feedback",
        "help",
        "init",
        "learning",
        "mcp",
        "plan",
        "quality",
        "slack",
        "terminal",
    ],
)
def test_the_words_of_both_languages_have_the_same_keys_and_places(root: Path, topic: str):
    japanese, english = (
        flat(tomllib.loads((root / f"bot/words/{lang}/{topic}.toml").read_text("utf-8"))) for lang in ("ja", "en")
    )
    assert japanese.keys() == english.keys()
    places = re.compile(r"\{(\w+)\}")
    for key in japanese:
        assert set(places.findall(japanese[key])) == set(places.findall(english[key])), key


def test_no_dictionary_of_another_language_changes_the_search():
    """Material segments all Han text by Chinese rules if jieba can be imported."""
    import importlib.util

    assert importlib.util.find_spec("jieba") is None


@LANGS
def test_the_deadlines_of_slow_clients_are_told(root: Path, lang: str):
    (row,) = (line for line in page(root, lang, "reliability").splitlines() if "test_api_deadlines.py" in line)
    numbers = [int(number) for number in re.findall(r"\d+", row)]
    assert sorted(numbers) == sorted([HEADER_SECONDS, BODY_SECONDS, UNREAD_SECONDS, READ_RATE])


def left_out(root: Path, command: str) -> list[str]:
    """The files that a command `pytest …` names and of which it runs no test; what is marked runs only with -m."""
    marker, names = re.fullmatch(r"(?:-m (\w+) )?(.+)", command).groups()  # type: ignore[union-attr]
    missing = []
    for name in names.split():
        files = [root / name] if name.endswith(".py") else sorted((root / name).rglob("test_*.py"))
        texts = [file.read_text("utf-8") for file in files]
        if marker:
            runs = any(f"pytest.mark.{marker}" in text for text in texts)
        else:
            tests = (
                re.findall(r"((?:^@.*\n)*)^(?:async )?def test_", text, re.MULTILINE)
                for text in texts
                if not ALL.search(text)
            )
            runs = any(not MARKED.search(above) for each in tests for above in each)
        missing += [] if runs else [name]
    return missing


@LANGS
def test_every_command_of_a_promise_runs_tests(root: Path, lang: str):
    commands = [command for row in promises(root, lang) for command in re.findall("`pytest ([^`]+)`", row)]
    assert {command: left_out(root, command) for command in commands if left_out(root, command)} == {}


def test_a_command_that_runs_no_test_is_noticed(tmp_path: Path):
    plain, night = tmp_path / "test_plain.py", tmp_path / "test_night.py"
    plain.write_text("def test_a():\n    pass\n", "utf-8")
    night.write_text("@pytest.mark.nightly\ndef test_a():\n    pass\n", "utf-8")
    (tmp_path / "test_all.py").write_text(f"pytestmark = pytest.mark.measures\n{plain.read_text('utf-8')}", "utf-8")
    assert left_out(tmp_path, "test_plain.py test_night.py test_all.py") == ["test_night.py", "test_all.py"]
    assert left_out(tmp_path, "-m nightly test_night.py") == left_out(tmp_path, "-m measures test_all.py") == []
    assert left_out(tmp_path, "-m measures test_night.py") == ["test_night.py"]
    assert left_out(tmp_path, ".") == []


@LANGS
def test_every_promise_names_tests_that_there_are(root: Path, lang: str):
    rows = promises(root, lang)
    assert len(rows) >= 30
    for row in rows:
        named = re.findall(r"tests/[\w/]+(?:\.py)?", row)
        assert (named or "`make " in row) and all((root / name).exists() for name in named), row


def test_both_languages_promise_the_same(root: Path):
    japanese, english = (
        [re.findall("`((?:pytest|make) [^`]+)`", row) for row in promises(root, lang)] for lang in ("ja", "en")
    )
    assert japanese == english


def promises(root: Path, lang: str) -> list[str]:
    """The rows of both tables."""
    text = page(root, lang, "reliability")
    parts = [text.partition(f"#{name}")[2].partition("\n## ")[0] for name in ("promises }", "more-promises ")]
    return [line for part in parts for line in [row for row in part.splitlines() if row.startswith("|")][2:]]
