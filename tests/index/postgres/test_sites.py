"""Many sites in one real database."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from stores import mirror, published, run

from index.postgres.database import Database
from index.remote.upload import begin

pytestmark = pytest.mark.measures
OLD = {"kept": 1, "grace": timedelta(seconds=-1)}


@pytest.fixture(params=["postgres 16", "postgres 18"])
def address(request: pytest.FixtureRequest, servers: Callable[[str], str]) -> str:
    return servers(request.param)


def schemas(address: str, *generations: str) -> list[bool]:
    with psycopg.connect(address) as looking:
        query = "select to_regnamespace(%s) is not null"
        return [bool(looking.execute(query, (f"g_{generation}",)).fetchone()[0]) for generation in generations]


def test_sites_have_pointers_of_their_own(address: str, tmp_path: Path):
    docs, blog = (Database(f"{address}#own-{name}") for name in ("docs", "blog"))
    first = published(docs, tmp_path / "docs", "of the docs")
    assert run(begin(blog)) is None
    second = published(blog, tmp_path / "blog", "of the blog")
    for site, done in ((docs, first), (blog, second)):
        replica = mirror(site, tmp_path / done.generation)
        assert (replica.start(), replica.folder.joinpath(done.generation).is_dir()) == (None, True)


def test_what_two_sites_publish_is_kept_once_until_the_last_of_them_lets_go(address: str, tmp_path: Path):
    docs, blog = (Database(f"{address}#shared-{name}") for name in ("docs", "blog"))
    first, second = (published(site, tmp_path / "built", "of both").generation for site in (docs, blog))
    assert first == second
    assert published(docs, tmp_path / "built", "newer docs", **OLD).removed == (first,)
    assert schemas(address, first) == [True]
    assert mirror(blog, tmp_path / "blog").start() is None
    assert published(blog, tmp_path / "built", "newer blog", **OLD).removed == (first,)
    assert schemas(address, first) == [False]


def test_the_database_itself_is_asked_how_old_a_generation_is(address: str, tmp_path: Path):
    site = Database(f"{address}#old")
    first = published(site, tmp_path / "built", "old enough").generation
    assert published(site, tmp_path / "built", "young", kept=1).removed == ()
    with psycopg.connect(address) as looking:
        looking.execute("update kb.published set at = at - interval '2 hours' where generation = %s", (first,))
    assert published(site, tmp_path / "built", "newest", kept=1).removed == (first,)
    assert schemas(address, first) == [False]
