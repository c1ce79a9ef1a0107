"""deploy/requirements.lock (written by `make lock`): every package that serving installs, with version and hashes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).parent
FILE = FOLDER / "requirements.lock"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Locked:
    """One locked package. Two entries may share a name where their markers exclude each other."""

    name: str
    version: str
    marker: str | None  # where it is installed, as in PEP 508; None is everywhere
    hashes: tuple[str, ...]  # SHA-256 of its files, one per platform

    @property
    def here(self) -> bool:
        """Whether this interpreter on this platform installs it."""
        marker = Requirement(f"{self.name}; {self.marker}").marker if self.marker else None
        return marker is None or marker.evaluate()


def read_lock(text: str | None = None) -> tuple[Locked, ...]:
    """The entries in the order of the file (or of `text`). Raises ValueError at a line that pins no version by hash."""
    return tuple(_entries(FILE.read_text("utf-8") if text is None else text))


def _entries(text: str) -> Iterator[Locked]:
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        requirement = Requirement(_HASH.sub("", line))
        pins, hashes = list(requirement.specifier), tuple(_HASH.findall(line))
        if len(pins) != 1 or pins[0].operator != "==" or requirement.url or not hashes:
            raise ValueError(f"{FILE.name}: {requirement.name} is not pinned by one version and its hashes")
        marker = str(requirement.marker) if requirement.marker else None
        yield Locked(canonicalize_name(requirement.name), pins[0].version, marker, hashes)
