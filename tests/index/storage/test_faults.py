"""A builder that is killed, a full disk, a read-only disk, two builders: the old index stays, the next build mends."""

import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from casework import FakeEncoder, html, write
from faults import Fail, faults, full, read_only

from index import build as building
from index.build import build
from index.errors import KbError
from index.storage.store import Manifest, load

HERE = Path(__file__).parents[1]
WRITTEN = ["open", "write", "half of a write", "fsync"]
ENCODER = FakeEncoder()
REST = [(full, True), (read_only, False)]  # a disk that is full once, or read-only from then on, is in the suite


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model, and no waiting for the disk: no test here takes the power away."""
    monkeypatch.setattr(building, "answering_encoder", lambda model: ENCODER)
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def make(folder: Path, text: str) -> Path:
    return write(folder, {"index.html": html(f"<h1 id='a'>A</h1><p>{text} One. Two.</p>")})


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make(tmp_path / "site", "New.")


@pytest.fixture(params=["first build", "later build"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """The index before; none before the first build."""
    if request.param == "first build":
        return None
    build(make(tmp_path / "old-site", "Old."), tmp_path / "old", "fake")
    return tmp_path / "old"


def served(folder: Path) -> Manifest | str:
    """The manifest of the index that a service would load, or why it does not start."""
    try:
        return load(folder, ENCODER.name, ENCODER.digest).manifest
    except KbError as error:
        return str(error)


def before(folder: Path, old: Path | None) -> Manifest | str:
    return served(old) if old else f"{folder}: there is no index here yet. Run: kb index"


def mended(folder: Path, site: Path) -> Manifest:
    """The next build: its index is served, and nothing else is left in the folder."""
    manifest, _ = build(site, folder, "fake")
    assert served(folder) == manifest
    assert {file.name for file in folder.iterdir()} == {".lock", "manifest.json", manifest.generation}
    return manifest


def test_killed_at_every_point(tmp_path: Path, site: Path, old: Path | None):
    out = tmp_path / "out"
    out.mkdir()
    program = [sys.executable, HERE / "dying_builder.py", site, out, *([old] if old else [])]
    paths = os.pathsep.join([str(HERE), str(HERE.parents[1])])
    subprocess.run(program, env=os.environ | {"PYTHONPATH": paths}, check=True, timeout=300)
    points = (out / "points").read_text("utf-8").split("\n")
    new = served(out / str(len(points)))
    assert isinstance(new, Manifest)
    # The lock; each file and then their folder is on the disk before it has its name, and the pointer before it counts.
    steps = [point for point in points if point not in ("flock", "mkdir", "unlink", "rmdir")]
    assert steps == ["open", *len(new.files) * WRITTEN, "fsync", "rename", "fsync", *WRITTEN, "replace", "fsync"]
    switched = points.index("replace") + 1
    for at in range(len(points)):
        folder = out / str(at)
        assert served(folder) == (before(folder, old) if at < switched else new), f"killed at {at}: {points[at]}"
        assert mended(folder, site) == new


def refuses(fail: Fail, point: str) -> bool:
    try:
        fail(point)
    except OSError:
        return True
    return False


@pytest.mark.parametrize(
    ("fail", "onwards"),
    [(full, False), (read_only, True), *(pytest.param(*rest, marks=pytest.mark.nightly) for rest in REST)],
)
def test_the_disk_fails_at_every_point(tmp_path: Path, site: Path, old: Path | None, fail: Fail, onwards: bool):
    with faults(fail, -1) as points:
        new, _ = build(site, tmp_path / "good", "fake")
    refusals = 0
    for at in range(2 * len(points)):
        folder = tmp_path / str(at)
        if old:
            shutil.copytree(old, folder)
        with faults(fail, at, onwards) as passed:
            try:
                assert build(site, folder, "fake")[0] == new
            except KbError as error:
                refusals += 1
                assert str(error).startswith(f"{folder}: the index cannot be written (")
                assert str(error).endswith(" Make room or choose another folder with KB_INDEX. Run: kb index")
                assert served(folder) in (before(folder, old), new)
                assert onwards or not (folder / ".building").exists()  # it may be what fills the disk
            else:
                assert served(folder) == new
        assert mended(folder, site) == new
        if len(passed) <= at:
            break
    failing = [at for at, point in enumerate(points) if refuses(fail, point)]
    # Once: each of these ends the build, but a folder that is there need not be made. Else: each up to the last.
    assert refusals == (failing[-1] + 1 if onwards else len(failing) - bool(old))


def test_a_disk_that_is_really_full(tmp_path: Path, site: Path, old: Path | None):
    """No file may grow beyond 500 bytes: the system itself refuses."""
    folder = tmp_path / "index"
    if old:
        shutil.copytree(old, folder)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, usual[1]))
    try:
        with pytest.raises(KbError, match=r"the index cannot be written \(File too large\)\. What was there"):
            build(site, folder, "fake")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert served(folder) == before(folder, old)
    mended(folder, site)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 KiB of its own, where the tests may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("mounting is not permitted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_small_file_system(tmp_path: Path, site: Path, small_disk: Path):
    with pytest.raises(KbError, match=r"cannot be written \(No space left on device\)"):
        build(site, small_disk / "index", "fake")
    assert "there is no index here yet" in str(served(small_disk / "index"))
    subprocess.run(["mount", "-o", "remount,size=1m", small_disk], check=True)
    first = mended(small_disk / "index", site)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert build(site, small_disk / "index", "fake") == (first, 0)  # nothing to do, nothing to write
    with pytest.raises(KbError, match=r"cannot be written \(Read-only file system\)"):
        build(make(tmp_path / "site", "Newer."), small_disk / "index", "fake")
    assert served(small_disk / "index") == first


def test_of_two_builders_one_wins_and_the_other_says_so(
    tmp_path: Path, site: Path, old: Path | None, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "index"
    if old:
        shutil.copytree(old, folder)
    embedding, go_on = threading.Event(), threading.Event()

    class Slow(FakeEncoder):
        def passages(self, texts, /):
            embedding.set()
            assert go_on.wait(60)
            return super().passages(texts)

    built: list[Manifest] = []
    monkeypatch.setattr(building, "answering_encoder", lambda model: Slow())
    first = threading.Thread(target=lambda: built.append(build(site, folder, "fake")[0]))
    first.start()
    assert embedding.wait(60)
    monkeypatch.setattr(building, "answering_encoder", lambda model: ENCODER)
    with pytest.raises(KbError, match=r"another process is building this index\. Wait for it to finish\."):
        build(site, folder, "fake")
    assert served(folder) == before(folder, old)  # reading needs no lock
    go_on.set()
    first.join()
    assert served(folder) == built[0]


def test_what_a_dead_builder_left_is_removed_though_nothing_changed(tmp_path: Path, site: Path):
    first, _ = build(site, tmp_path / "index", "fake")
    for leftover in (".building", "0123456789abcdef"):
        write(tmp_path / "index" / leftover, {"rows.arrays": "half"})
    (tmp_path / "index" / ".manifest.json").write_text("{", "utf-8")
    assert mended(tmp_path / "index", site) == first
