"""The wheel, built to the same bytes from the same sources: `python -m deploy.wheel [FOLDER]` writes it.

It is built aside from a copy of what it holds, so that nothing left from another build gets in, and with one time and
one set of permissions for all files.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
_HELD = ("bot", "index", "pyproject.toml", "README.md", "LICENSE")
_EPOCH = "315532800"  # 1980-01-01, the first time that an archive knows; SOURCE_DATE_EPOCH gives another


def build(folder: Path, root: Path = ROOT) -> Path:
    """Build the wheel of these sources into the folder; its path."""
    with tempfile.TemporaryDirectory() as name:
        aside = Path(name) / "source"
        aside.mkdir()
        for held in _HELD:
            if (root / held).is_dir():
                shutil.copytree(root / held, aside / held, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
            else:
                shutil.copy(root / held, aside / held)
        for path in [aside, *aside.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
        environment = {"SOURCE_DATE_EPOCH": _EPOCH, **os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        # Else the files that the build writes itself would have the permissions of this shell.
        subprocess.run([*command, "--wheel-dir", name, aside], check=True, env=environment, umask=0o022)
        (made,) = Path(name).glob("*.whl")
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(made, folder / made.name))


if __name__ == "__main__":
    made = build(Path(sys.argv[1] if len(sys.argv) > 1 else "build/wheel"))
    sys.stdout.write(f"{made}\n")
