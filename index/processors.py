"""How many processors this process may use: those it may run on, and those that its container is given.

`os.cpu_count()` of Python 3.11 counts the machine's, whatever the container's limit; threads beyond it only wait.
"""

import math
import os
from pathlib import Path

_V1 = ("cpu", "cpu,cpuacct", "cpuacct,cpu")


def processors(root: Path = Path("/")) -> int:
    """At least one; half a processor counts as one. `root`: where the system's files are."""
    may_run_on = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([may_run_on, *(math.ceil(quota) for quota in _quotas(root))]))


def _quotas(root: Path) -> list[float]:
    """The limits of this process's control group and of all groups above it, in processors."""
    groups = {part[1]: part[2] for line in _lines(root / "proc/self/cgroup") if len(part := line.split(":", 2)) == 3}
    quotas: list[float] = []
    for folder in _upwards(root / "sys/fs/cgroup", groups.get("", "/")):  # version 2
        quotas += _quota(" ".join(_lines(folder / "cpu.max")[:1]).split())
    for names, group in groups.items():
        if "cpu" in names.split(","):
            for top in _V1:
                for folder in _upwards(root / "sys/fs/cgroup" / top, group):
                    files = (folder / "cpu.cfs_quota_us", folder / "cpu.cfs_period_us")
                    quotas += _quota([word for file in files for word in _lines(file)[:1]])
    return quotas


def _upwards(top: Path, group: str) -> list[Path]:
    """The group's folder and those above it; in a container the group's own folder is the top."""
    own = top / group.strip("/")
    return [own, *own.parents[: len(own.parts) - len(top.parts)]]


def _quota(words: list[str]) -> list[float]:
    """The processors of `200000 100000`; none where there is no limit ("max", or -1)."""
    if len(words) == 2 and all(word.isascii() and word.isdigit() for word in words) and int(words[1]):
        return [int(words[0]) / int(words[1])]
    return []


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("ascii", "replace").splitlines()
    except OSError:
        return []
