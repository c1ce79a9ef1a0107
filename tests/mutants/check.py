"""The reviewed list and its mutants, each tried on a copy of the repository by the tests that ought to notice it."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue

from mutants.operators import Mutant, changed, mutants

COPIED = ("bot", "index", "deploy", "docs", "tests", "pyproject.toml", "README.md", "mkdocs.yml", "mkdocs.en.yml")
SECONDS = 120  # the tests of one module take seconds; an endless loop is noticed, too
TESTS = Path(__file__).parents[1]
PYTEST = [
    *("-x", "-q", "-n", "0", "-p", "mutants.without_site", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
    *(f"-pno:{name}" for name in ("randomly", "cacheprovider", "schemathesis")),
]


class Outcome(StrEnum):
    """What the tests said of a mutant. One that never ends is noticed by whoever waits for it."""

    KILLED = "killed"
    ENDLESS = "endless"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Listed:
    """The list: the tests of each module, changes made by hand, and why a survivor may survive."""

    tests: dict[str, list[str]]
    only: dict[str, list[str]]  # of which functions of a module
    by_hand: list[tuple[str, str, str]]  # file, before, after
    reasons: dict[tuple[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Workplace:
    """A copy of the repository, a folder for what tests write, and the process that runs them (mutants/warm.py)."""

    copy: Path
    temporary: Path
    warm: subprocess.Popen[str]


@dataclass(frozen=True, slots=True)
class Tried:
    mutant: Mutant
    outcome: Outcome
    reason: str = ""  # why it may survive

    @property
    def survived(self) -> bool:
        return self.outcome is Outcome.SURVIVED


class StaleError(Exception):
    """An entry of the list that no longer fits the code."""


def read(file: Path) -> Listed:
    """The list in a TOML file."""
    raw = tomllib.loads(file.read_text("utf-8"))
    by_hand = [(row["file"], row["before"], row["after"]) for row in raw.get("by_hand", [])]
    reasons = {(row["file"], row["before"], row["after"]): row["reason"] for row in raw.get("survives", [])}
    return Listed(raw["tests"], raw.get("only", {}), by_hand, reasons)


def chosen(listed: Listed, root: Path, sample: int, modules: Sequence[str]) -> list[Mutant]:
    """Of each module the changes made by hand and `sample` others, always the same ones."""
    picked: list[Mutant] = []
    stale: list[str] = []
    for file in modules:
        source = (root / file).read_text("utf-8")
        made = mutants(file, source, listed.only.get(file, ()))
        by_hand = [change for change in listed.by_hand if change[0] == file]
        stale += [
            f"by_hand, not exactly once in {file}: {mutation[1]}"
            for mutation in by_hand
            if source.count(mutation[1]) != 1
        ]
        ours = [_by_hand(source, *change) for change in by_hand if source.count(change[1]) == 1]
        known = {(mutant.before, mutant.after) for mutant in ours}
        picked += ours + [mutant for mutant in made if (mutant.before, mutant.after) not in known][:sample]
        all_known = known | {(mutant.before, mutant.after) for mutant in made}
        stale += [f"survives, no such change of {file}: {key[1]} → {key[2]}"
                  for key in listed.reasons if key[0] == file and key[1:] not in all_known]  # fmt: skip
    if stale:
        raise StaleError("\n".join(stale))
    return picked


def _by_hand(source: str, file: str, before: str, after: str) -> Mutant:
    encoded, start = source.encode(), len(source[: source.index(before)].encode())
    return changed(file, encoded, start, start + len(before.encode()), after.encode())


def check(listed: Listed, root: Path, picked: Sequence[Mutant], processes: int = 2) -> Iterator[Tried]:
    """Try the mutants, several at a time; the tests must pass without any."""
    with ExitStack() as places, ThreadPoolExecutor(processes) as threads:
        free: SimpleQueue[Workplace] = SimpleQueue()
        for _ in range(processes):
            free.put(places.enter_context(workplace(root)))

        def ask(file: str, mutant: Mutant | None) -> Outcome:
            place = free.get()
            try:
                return outcome(place, mutant, listed.tests[file])
            finally:
                free.put(place)

        files = list(dict.fromkeys(mutant.file for mutant in picked))
        for file, unchanged in zip(files, threads.map(lambda file: ask(file, None), files), strict=True):
            if unchanged is not Outcome.SURVIVED:
                raise StaleError(f"{file}: its tests do not pass without any change: {' '.join(listed.tests[file])}")
        for mutant, said in zip(picked, threads.map(lambda mutant: ask(mutant.file, mutant), picked), strict=True):
            yield Tried(mutant, said, listed.reasons.get((mutant.file, mutant.before, mutant.after), ""))


@contextmanager
def workplace(root: Path) -> Iterator[Workplace]:
    """A copy of the repository, which itself is never changed, in memory where the system has such a folder."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="mutants-", dir=memory if memory.is_dir() else None) as folder:
        copy, temporary = Path(folder) / "copy", Path(folder) / "tmp"
        temporary.mkdir()
        Path(folder).chmod(0o755)  # a test looks at its folder as another user
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (root / name).exists():
                shutil.copy2(root / name, copy / name)
        environment = os.environ | {
            **{"PYTHONPATH": f"{copy}{os.pathsep}{copy / 'tests'}{os.pathsep}{TESTS}", "TMPDIR": str(temporary)},
            **{"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        }
        command = [sys.executable, "-m", "mutants.warm"]
        with subprocess.Popen(
            command, cwd=copy, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as warm:
            yield Workplace(copy, temporary, warm)
            warm.stdin.close()


def outcome(at: Workplace, mutant: Mutant | None, tests: Sequence[str], seconds: float = SECONDS) -> Outcome:
    """What the tests say of a mutant, or of the code as it is."""
    if mutant is None:
        return _run(at, tests, seconds)
    file = at.copy / mutant.file
    usual = file.read_bytes()
    compiled = Path(importlib.util.cache_from_source(str(file)))  # up to date by its second and size: too coarse
    compiled.unlink(missing_ok=True)
    try:
        file.write_text(mutant.source, "utf-8")
        return _run(at, tests, seconds)
    finally:
        file.write_bytes(usual)
        compiled.unlink(missing_ok=True)


def _run(at: Workplace, tests: Sequence[str], seconds: float) -> Outcome:
    arguments = [*PYTEST, f"--rootdir={at.copy}", f"--basetemp={at.temporary / 'pytest'}", *tests]
    at.warm.stdin.write(json.dumps([seconds, arguments]) + "\n")
    at.warm.stdin.flush()
    ended = at.warm.stdout.readline().strip()
    match ended:
        case "0":
            return Outcome.SURVIVED
        case "-1":
            return Outcome.ENDLESS
        case "1" | "2" | "4":  # a test failed, or could not import the mutant (4: its conftest could not)
            return Outcome.KILLED
    raise RuntimeError(f"{' '.join(tests)}: pytest ended with {ended or 'its process'}, which says nothing of a mutant")
