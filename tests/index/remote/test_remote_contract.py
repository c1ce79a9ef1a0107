"""What every store keeps: the same tests over a folder, a store in memory and, at night, S3, Azure and PostgreSQL."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from obstore.store import MemoryStore
from servers import VERSIONS
from stores import ENCODER, made, mirror, over, published, run

from index.errors import KbError
from index.remote.bucket import Bucket
from index.remote.protocol import IndexStore
from index.remote.trouble import LostError
from index.remote.upload import KEPT, begin, publish
from index.storage.store import load, read_manifest

SERVER = """
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
server.start()
print("http://%s:%d" % server.get_host_and_port(), flush=True)
input()
"""


@contextmanager
def moto() -> Iterator[None]:
    """Moto's S3 in a process of its own, with a bucket `tests`; the environment names it."""
    command = [sys.executable, "-W", "ignore", "-c", SERVER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None and server.stdin is not None
        address = next(line.strip() for line in server.stdout if line.startswith("http"))
        urllib.request.urlopen(urllib.request.Request(f"{address}/tests", method="PUT")).close()
        given = {"ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret", "REGION": "us-east-1"}
        given |= {"ENDPOINT_URL": address, "ALLOW_HTTP": "true"}
        with pytest.MonkeyPatch.context() as patched:
            for name, value in given.items():
                patched.setenv(f"AWS_{name}", value)
            try:
                yield
            finally:
                server.stdin.close()


@pytest.fixture(scope="module")
def s3() -> Iterator[None]:
    with moto():
        yield


@pytest.fixture(scope="module")
def az() -> Iterator[None]:
    """Azurite's well-known account, at AZURITE_BLOB_STORAGE_URL."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AZURE_STORAGE_USE_EMULATOR", "true")
        yield


NIGHTLY = [
    pytest.param("s3", marks=pytest.mark.measures),
    pytest.param(
        "az",
        marks=[
            pytest.mark.measures,
            pytest.mark.skipif(
                "AZURITE_BLOB_STORAGE_URL" not in os.environ,
                reason="no Azurite: set AZURITE_BLOB_STORAGE_URL, and make a container `tests`",
            ),
        ],
    ),
]
SERVERS = [
    pytest.param(name, marks=pytest.mark.measures)
    for name in (*(f"postgres {version}" for version in VERSIONS), "pgbouncer")
]
OBJECTS = ["file", "memory", *NIGHTLY]  # which may hold more than an index


@pytest.fixture(params=[*OBJECTS, *SERVERS])
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> IndexStore:
    """An empty place in a store of each kind."""
    if request.param.startswith(("postgres", "pgbouncer")):
        from index.postgres.database import Database

        address = request.getfixturevalue("servers")(request.param)
        return Database(f"{address}#{uuid4()}")
    if request.param in ("s3", "az"):
        request.getfixturevalue(request.param)
        return Bucket(f"{request.param}://tests/{uuid4()}/kb")
    return over(MemoryStore()) if request.param == "memory" else Bucket(f"file://{tmp_path}/share/kb", create=True)


def text_of(folder: Path) -> str:
    return load(folder, ENCODER.name, ENCODER.digest).sections[0].text


def objects(bucket: IndexStore) -> set[str]:
    return {stored.name for stored in run(bucket.listed())} - {".lock"}


def test_what_is_published_is_what_a_replica_reads(bucket: IndexStore, tmp_path: Path):
    assert run(bucket.pointer()) is None
    done = published(bucket, tmp_path / "built", "one")
    replica = mirror(bucket, tmp_path / "replica")
    assert (replica.start(), text_of(tmp_path / "replica")) == (None, "one")
    manifest = read_manifest(tmp_path / "replica")
    assert (manifest, manifest.generation) == (read_manifest(tmp_path / "built"), done.generation)
    assert objects(bucket) == {"manifest.json", *(f"{done.generation}/{name}" for name in manifest.files)}


def test_a_replica_follows_and_asks_for_nothing_that_it_has(bucket: IndexStore, tmp_path: Path):
    published(bucket, tmp_path / "built", "one")
    replica = mirror(bucket, tmp_path / "replica")
    replica.start()
    assert run(replica.look()) is False
    published(bucket, tmp_path / "built", "two")
    assert (run(replica.look()), text_of(tmp_path / "replica")) == (True, "two")
    assert (run(replica.look()), replica.trouble) == (False, None)


def test_the_same_index_again_sends_nothing_and_mends_what_is_broken(bucket: IndexStore, tmp_path: Path):
    done = published(bucket, tmp_path / "built", "one")
    assert published(bucket, tmp_path / "built", "one").bytes_sent == 0
    words, rows = (f"{done.generation}/{name}" for name in ("words.txt", "rows.arrays"))
    good = (tmp_path / "built" / words).read_bytes()
    run(bucket.put(words, good[:-1] + b"?", 30))
    run(bucket.put(rows, b"", 30))
    assert published(bucket, tmp_path / "built", "one").bytes_sent > len(good)
    assert mirror(bucket, tmp_path / "replica").start() is None


@pytest.mark.parametrize("first", [True, False], ids=["first index", "later index"])
def test_of_two_builders_one_wins(bucket: IndexStore, tmp_path: Path, first: bool):
    if not first:
        published(bucket, tmp_path / "built", "one")
    seen = [run(begin(bucket)) for _ in range(2)]
    made(tmp_path / "a", "a")
    made(tmp_path / "b", "b")
    won = run(publish(bucket, tmp_path / "a", seen[0]))
    with pytest.raises(LostError, match="another builder published its index meanwhile, and ours is not"):
        run(publish(bucket, tmp_path / "b", seen[1]))
    replica = mirror(bucket, tmp_path / "replica")
    assert (replica.start(), read_manifest(replica.folder).generation) == (None, won.generation)
    assert text_of(replica.folder) == "a"
    published(bucket, tmp_path / "b", "b")  # what the message says
    assert (run(replica.look()), text_of(replica.folder)) == (True, "b")


def test_two_builders_of_the_same_site_both_succeed(bucket: IndexStore, tmp_path: Path):
    seen = [run(begin(bucket)) for _ in range(2)]
    for name, before in zip("ab", seen, strict=True):
        made(tmp_path / name, "same")
        run(publish(bucket, tmp_path / name, before))
    assert mirror(bucket, tmp_path / "replica").start() is None


@pytest.mark.parametrize("bucket", OBJECTS, indirect=True)
def test_what_is_not_ours_stays(bucket: IndexStore, tmp_path: Path):
    run(bucket.put("notes/readme.txt", b"not ours", 30))
    run(bucket.put("0123456789abcdef", b"not ours either", 30))
    published(bucket, tmp_path / "built", "one")
    last = published(bucket, tmp_path / "built", "last", kept=1, grace=timedelta(seconds=-1))
    left = {name.partition("/")[0] for name in objects(bucket)}
    assert left == {"manifest.json", last.generation, "notes", "0123456789abcdef"}


def test_old_generations_go_once_they_are_not_young(bucket: IndexStore, tmp_path: Path):
    done = [published(bucket, tmp_path / "built", f"text {n}") for n in range(KEPT + 2)]
    assert [outcome.removed for outcome in done] == [()] * len(done)  # all are young
    last = published(bucket, tmp_path / "built", "last", kept=1, grace=timedelta(seconds=-1))
    assert sorted(last.removed) == sorted(outcome.generation for outcome in done)
    left = {name.partition("/")[0] for name in objects(bucket)}
    assert left == {"manifest.json", last.generation}


def test_the_generation_in_use_stays_however_old_it_is(bucket: IndexStore, tmp_path: Path):
    first = published(bucket, tmp_path / "built", "one")
    for n in range(3):  # uploads of others, under way
        run(bucket.put(f"{n:016x}/words.txt", b"half", 30))
    again = published(bucket, tmp_path / "built", "one", kept=1, grace=timedelta(seconds=-1))
    assert sorted(again.removed) == [f"{n:016x}" for n in range(3)]
    assert mirror(bucket, tmp_path / "replica").start() is None
    assert read_manifest(tmp_path / "replica").generation == first.generation


def test_going_back_to_an_older_site_works(bucket: IndexStore, tmp_path: Path):
    replica = mirror(bucket, tmp_path / "replica")
    seen = []
    for text in ("one", "two", "one"):
        published(bucket, tmp_path / "built", text)
        run(replica.look())
        seen.append(text_of(replica.folder))
    assert seen == ["one", "two", "one"]


@pytest.mark.parametrize("bucket", OBJECTS, indirect=True)
def test_a_file_of_somebody_else_is_not_replaced(bucket: IndexStore):
    for content in (b'{"name": "An app", "icons": []}', b"[]", b"{", b"[" * 10_000):
        run(bucket.put("manifest.json", content, 30))
        with pytest.raises(KbError, match=r"manifest.json: there is a file that is no index's"):
            run(begin(bucket))


def test_a_look_that_finds_nothing_new_transfers_nothing(bucket: IndexStore, tmp_path: Path):
    published(bucket, tmp_path / "built", "one")
    seen = run(bucket.pointer())
    assert run(bucket.pointer(seen)) is seen


def test_what_is_not_there_is_named(bucket: IndexStore):
    with pytest.raises(KbError, match=rf"^{bucket.shown}/nothing: there is no such object$"):
        run(bucket.size("nothing"))
    run(bucket.remove("nothing"))
    with pytest.raises(KbError, match=r"there is no such object$"):
        run(bucket.size(f"{'f' * 16}/words.txt"))


def test_a_file_is_read_as_it_was_written(bucket: IndexStore):
    written = bytes(range(256)) * 3 * (1 << 12)  # in a database three rows
    name = f"{'0' * 16}/words.txt"
    run(bucket.put(name, written, 30))

    async def read() -> list[bytes]:
        return [part async for part in bucket.parts(name, len(written))]

    assert (run(bucket.size(name)), b"".join(run(read()))) == (len(written), written)
    run(bucket.put(name, b"", 30))
    assert run(bucket.size(name)) == 0
