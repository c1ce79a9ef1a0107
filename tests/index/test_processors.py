"""The processors of a container, from its control group as version 1 and 2 write it."""

import os
from pathlib import Path

import pytest

from index.processors import processors


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes the system's files; the process may run on 8 processors."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)))

    def system(**files: str) -> int:
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return processors(tmp_path)

    return system


V2, V1 = "0::/\n", "5:cpuset:/a\n4:cpu,cpuacct:/kubepods/pod1\n"


@pytest.mark.parametrize(
    ("limit", "count"),
    [("200000 100000\n", 2), ("150000 100000\n", 2), ("50000 100000\n", 1), ("max 100000\n", 8), ("1600000 100000", 8),
     ("", 8), ("100000 0", 8), ("much", 8)],
)  # fmt: skip
def test_of_version_2(system, limit: str, count: int):
    assert system(**{"proc/self/cgroup": V2, "sys/fs/cgroup/cpu.max": limit}) == count


def test_a_group_above_may_have_the_lower_limit(system):
    files = {"proc/self/cgroup": "0::/pods/own\n", "sys/fs/cgroup/pods/own/cpu.max": "400000 100000\n"}
    assert system(**files) == 4
    assert system(**{"sys/fs/cgroup/pods/cpu.max": "300000 100000\n"}) == 3


@pytest.mark.parametrize(("quota", "count"), [("200000", 2), ("-1", 8), ("10000", 1)])
@pytest.mark.parametrize("folder", ["cpu,cpuacct", "cpu,cpuacct/kubepods/pod1"])
def test_of_version_1(system, folder: str, quota: str, count: int):
    """In the container the group's own folder is the top; outside it lies below."""
    at = f"sys/fs/cgroup/{folder}"
    files = {"proc/self/cgroup": V1, f"{at}/cpu.cfs_quota_us": f"{quota}\n", f"{at}/cpu.cfs_period_us": "100000\n"}
    assert system(**files) == count


def test_without_any_limit_it_is_those_it_may_run_on(system):
    assert system() == 8


def test_it_is_never_none(system, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert system() == 1
