"""The recipe of the image, as far as it can be read: its sources exist, what it delivers is locked and unprivileged."""

import fnmatch
import json
import re
import subprocess
import sys
import sysconfig
import tomllib
from importlib.metadata import PackagePath, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import Settings
from deploy.lock import read_lock
from index.encoder.packaged import model_file

Step = tuple[str, str]


@pytest.fixture(scope="module")
def stages(root: Path) -> list[list[Step]]:
    """The instructions of each stage, what stands before the first FROM left out."""
    text = re.sub(r"^#.*\n", "", (root / "deploy/Dockerfile").read_text("utf-8"), flags=re.MULTILINE).replace(
        "\\\n", " "
    )
    stages: list[list[Step]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append([])
        if stages:
            stages[-1].append((word, rest))
    return stages


def arguments(stage: list[Step], word: str) -> list[str]:
    return [rest for instruction, rest in stage if instruction == word]


def test_all_stages_start_from_one_image_by_its_digest(root: Path, stages: list[list[Step]]):
    base = re.search(r"^ARG PYTHON=(\S+)$", (root / "deploy/Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert base is not None
    assert re.fullmatch(r"3\.11\.\d+-slim-[a-z]+@sha256:[0-9a-f]{64}", base[1])
    assert [arguments(stage, "FROM") for stage in stages] == [
        ["python:${PYTHON} AS build"],
        ["python:${PYTHON} AS packages"],
        ["python:${PYTHON}"],
    ]


def test_what_is_copied_exists_and_is_not_ignored(root: Path, stages: list[list[Step]]):
    copied = [
        source
        for stage in stages
        for rest in arguments(stage, "COPY")
        if "--from" not in rest
        for source in rest.split()[:-1]
    ]
    assert {"bot", "docs", "index", "pyproject.toml", "deploy/requirements.lock"} <= set(copied)
    assert [source for source in copied if not (root / source).exists()] == []
    lines = (root / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in lines
    kept = {line[1:] for line in lines if line.startswith("!")}
    assert kept == set(copied)


def test_no_secret_and_no_local_state_can_be_sent_to_the_builder(root: Path):
    lines = (root / ".dockerignore").read_text("utf-8").splitlines()
    kept = [line[1:] for line in lines if line.startswith("!")]
    assert [
        name for name in (".env", ".git", ".venv", "build") if any(fnmatch.fnmatch(name, pattern) for pattern in kept)
    ] == []


def installs(stage: list[Step]) -> list[str]:
    return [part.strip() for rest in arguments(stage, "RUN") for part in rest.split("&&") if " install " in part]


def test_what_serves_is_the_lock_by_hash_and_nothing_else(stages: list[list[Step]]):
    locked, own = installs(stages[1])
    assert "--require-hashes --only-binary :all: -r /tmp/requirements.lock" in locked
    assert "--no-deps --no-index /tmp/wheels/*.whl" in own
    assert [rest for rest in arguments(stages[-1], "COPY") if "--from" in rest] == [
        "--from=packages /opt/kb /opt/kb",
        "--from=build /srv /srv",
    ]


def test_what_builds_is_locked_by_hash_too(root: Path, stages: list[list[Step]]):
    locked, torch, served, own = installs(stages[0])
    assert "--no-deps --require-hashes --only-binary :all: -r deploy/requirements-build.lock" in locked
    assert "--no-deps --require-hashes --only-binary :all: -r deploy/requirements.lock" in served
    assert "-r /tmp/torch.txt" in torch and "TORCH_SHA256" in " ".join(arguments(stages[0], "ARG"))
    assert "--no-build-isolation --no-index" in own  # setuptools is that of the lock
    entries = {entry.name: entry for entry in read_lock((root / "deploy/requirements-build.lock").read_text("utf-8"))}
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    pins = [Requirement(pin) for pin in [*project["dependencies"], *project["optional-dependencies"]["build"]]]
    wanted = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in pins}
    wanted.pop("torch")
    assert {name: entries[name].version for name in wanted} == wanted
    assert "torch" not in entries and all(entry.hashes for entry in entries.values())


def test_both_locks_agree(root: Path):
    """What is built with is what serves."""
    build = {
        (entry.name, entry.marker): entry
        for entry in read_lock((root / "deploy/requirements-build.lock").read_text("utf-8"))
    }
    both = [(build[entry.name, entry.marker], entry) for entry in read_lock() if (entry.name, entry.marker) in build]
    assert len(both) > 20
    assert [(built.name, built.version, other.version) for built, other in both if built.version != other.version] == []


def test_nothing_that_installs_or_builds_is_in_the_final_image(stages: list[list[Step]]):
    assert installs(stages[-1]) == ["install -d -o 10001 -g 10001 /data"] or installs(stages[-1]) == []
    (first, proof) = arguments(stages[-1], "RUN")
    assert "pip uninstall --yes --root-user-action ignore setuptools wheel pip" in first and "ensurepip" in first
    assert all(f'"{tool}"' in proof for tool in ("torch", "pip", "setuptools", "wheel"))


def test_it_builds_with_the_torch_of_the_project(root: Path, stages: list[list[Step]]):
    pins = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["build"]
    torch = next(pin for pin in pins if pin.startswith("torch=="))
    assert any(f'echo "{torch}' in rest for rest in arguments(stages[0], "RUN"))


def test_it_runs_without_privileges_and_says_whether_it_is_ready(stages: list[list[Step]]):
    (user,) = arguments(stages[-1], "USER")
    assert int(user.partition(":")[0]) > 0
    (health,) = arguments(stages[-1], "HEALTHCHECK")
    program = json.loads(health[health.index("CMD ") + 4 :])
    assert program[0] == "python"
    compile(program[2], "healthcheck", "exec")
    assert "/readyz" in program[2]
    assert arguments(stages[-1], "CMD") == ['["kb", "serve"]']


def test_its_settings_exist_and_only_the_volume_is_written_to(stages: list[list[Step]]):
    given = " ".join(arguments(stages[-1], "ENV"))
    values = dict(pair.split("=", 1) for pair in given.split())
    settings = {name.removeprefix("KB_").lower(): value for name, value in values.items() if name.startswith("KB_")}
    assert settings.keys() <= Settings.model_fields.keys()
    assert arguments(stages[-1], "VOLUME") == [str(Path(settings["store"]).parent)]
    assert values["PYTHONDONTWRITEBYTECODE"] == "1"


def test_what_its_build_can_be_told_is_a_setting(stages: list[list[Step]]):
    names = [rest.partition("=")[0] for rest in arguments(stages[0], "ARG") if rest.startswith("KB_")]
    assert names == ["KB_SITE_URL"] and "site_url" in Settings.model_fields


def test_hadolint_has_nothing_to_say(root: Path):
    program = Path(sysconfig.get_path("scripts")) / "hadolint"
    done = subprocess.run([program, root / "deploy/Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def left_out(stages: list[list[Step]]) -> list[str]:
    """Patterns of what the image does not keep of the packages, as the second stage names it."""
    (removing,) = (rest for rest in arguments(stages[1], "RUN") if rest.startswith("rm "))
    files, removed = (part.split() for part in removing.split(" && "))
    assert files[:2] == ["rm", "-r"]
    assert removed == ["find", "numpy", "-type", "d", "-name", "tests", "-prune", "-exec", "rm", "-r", "{}", "+"]
    named = (name if Path(name).suffix else f"{name}/*" for name in files[2:])
    return [*named, "numpy/tests/*", "numpy/*/tests/*"]


def test_what_the_image_leaves_out_is_not_missed_by_an_answer(root: Path, stages: list[list[Step]], index_dir: Path):
    rooms = [pattern.removesuffix("/*").replace("/", ".") for pattern in left_out(stages) if pattern.endswith("/*")]
    program = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if any(name == room or name.startswith(room + ".") for room in {rooms!r}):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from bot.cli import main
main()
"""
    asked = [sys.executable, "-c", program, "ask", "--index", str(index_dir), "--lang", "en", "max pods per node?"]
    done = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)
    assert "250" in done.stdout and done.returncode == 0, done.stderr


def test_the_image_adds_less_than_430_mb_to_its_base(
    root: Path, stages: list[list[Step]], index_dir: Path, site_dir: Path
):
    """All that the last stage copies: the locked set with its compiled modules, our own wheel, the site, its index."""
    absent = left_out(stages)
    assert all(any(fnmatch.fnmatch(str(file), pattern) for file in packaged()) for pattern in absent)
    files = [
        Path(str(file.locate())) for file in packaged() if not any(fnmatch.fnmatch(str(file), part) for part in absent)
    ]
    own = [file for room in ("bot", "index") for file in (root / room).rglob("*") if "__pycache__" not in file.parts]
    assert "find /srv/site -name '*.map' -delete" in "".join(arguments(stages[0], "RUN"))
    files += [*own, *(file for folder in (site_dir, index_dir) for file in folder.rglob("*") if file.suffix != ".map")]
    added = sum(file.stat().st_size for file in files if file.is_file())
    assert 300e6 < added < 430e6, f"{added / 1e6:.0f} MB"


def packaged() -> list[PackagePath]:
    return [file for entry in read_lock() if entry.here for file in distribution(entry.name).files or []]


def test_the_image_keeps_the_bundled_model(stages: list[list[Step]]):
    assert model_file().name not in {Path(pattern).name for pattern in left_out(stages)}
