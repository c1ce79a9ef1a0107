"""The public texts that the reader learns from (sources.json), read from clones. None of them is in this repository.

A clone is read at its pinned commit, whatever is checked out. Its folder has the name of the source.
"""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from index.errors import KbError

FILE = Path(__file__).with_name("sources.json")


@dataclass(frozen=True, slots=True)
class Source:
    """One public repository, and what of it is read."""

    name: str
    repository: str
    commit: str
    paths: tuple[str, ...]  # what the names of the files begin with
    licence: str
    lang: str | None = None  # of a documentation site; None: a set of questions


def read_sources() -> list[Source]:
    """All sources, in the order in which they are read."""
    return [Source(**{**row, "paths": tuple(row["paths"])}) for row in json.loads(FILE.read_text("utf-8"))]


def require_clones(sources: list[Source], folder: Path) -> None:
    """Raise KbError that says all that is to be cloned and fetched, before anything else takes minutes."""
    missing = [command for source in sources for command in _missing(source, folder)]
    if missing:
        raise KbError("\n".join(["Sources are missing. Run:", *missing]))


def _missing(source: Source, folder: Path) -> list[str]:
    clone = folder / source.name
    if not clone.is_dir():
        return [f"git clone https://github.com/{source.repository} {clone}"]
    known = subprocess.run(["git", "-C", clone, "cat-file", "-e", f"{source.commit}^{{commit}}"], capture_output=True)
    return [] if known.returncode == 0 else [f"git -C {clone} fetch origin {source.commit}"]


def files(source: Source, folder: Path, suffix: str) -> list[str]:
    """Names of the files that are read, in the order of git."""
    listed = _git(source, folder, "ls-tree", "-r", "--name-only", "-z", source.commit).split("\0")
    return [name for name in listed if name.endswith(suffix) and name.startswith(source.paths)]


def text(source: Source, folder: Path, file: str) -> str:
    """A file's text."""
    return _git(source, folder, "show", f"{source.commit}:{file}")


def _git(source: Source, folder: Path, *arguments: str) -> str:
    run = subprocess.run(["git", "-C", folder / source.name, *arguments], capture_output=True, check=False)
    if run.returncode:
        raise KbError(f"{folder / source.name}: git {arguments[0]}: {run.stderr.decode('utf-8', 'replace').strip()}")
    return run.stdout.decode("utf-8", "replace")
