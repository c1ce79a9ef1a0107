"""How much disk a set of packages takes with all that they need."""

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

PLAIN = ("sentence-transformers", "faiss-cpu", "fastapi", "uvicorn")
TXTAI = ("txtai[api]", "uvicorn")


def serving_set(root: Path) -> list[str]:
    """What `pip install` of this product installs, no extras."""
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]


def installed_mb(wanted: Iterable[str], *folders: Path) -> float:
    """Megabytes (10^6 bytes) of the packages and their dependencies, from the metadata of what is installed.

    `folders`: where else packages lie. A dependency that is not installed counts nothing.
    """
    known = {_name(distribution.name): distribution for distribution in distributions()}
    for folder in folders:
        known = {_name(distribution.name): distribution for distribution in distributions(path=[str(folder)])} | known
    seen, left = set[tuple[str, str]](), [Requirement(requirement) for requirement in wanted]
    while left:
        requirement = left.pop()
        for extra in ("", *requirement.extras):
            key = (_name(requirement.name), extra)
            if key in seen or key[0] not in known:
                continue
            seen.add(key)
            needs = map(Requirement, known[key[0]].requires or ())
            left += [need for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})]
    return sum(_bytes(known[name]) for name in {name for name, _ in seen}) / 1e6


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _bytes(distribution: Distribution) -> int:
    files = (Path(str(distribution.locate_file(file))) for file in distribution.files or ())
    return sum(file.stat().st_size for file in files if file.is_file())
