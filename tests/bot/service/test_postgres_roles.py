"""The two users of the documentation: who builds owns the index, who serves reads it and writes votes alone."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from stores import mirror, published, run
from votes import VOTE

from bot.service.store_database import DatabaseStore
from index.postgres.database import Database
from index.remote.trouble import RemoteError, Trouble

pytestmark = pytest.mark.measures


def test_the_documented_users_have_the_rights_that_they_need_and_no_others(
    servers: Callable[[str], str], root: Path, tmp_path: Path
):
    page = (root / "docs/en/service/run.md").read_text("utf-8")
    documented = page.partition("```sql\n")[2].partition("```")[0]
    owner = servers("postgres 18").replace("//kb@", "//owner@").replace("/postgres", "/documented")
    with psycopg.connect(servers("postgres 18"), autocommit=True) as admin:
        admin.execute("create role owner login superuser; create role kb_index login; create role reader login")
        admin.execute("create database documented owner kb_index")
    builder, reader = (owner.replace("//owner@", f"//{name}@") for name in ("kb_index", "reader"))
    with psycopg.connect(builder, autocommit=True) as building:
        building.execute(documented.replace(" to kb;", " to reader;").encode())

    published(Database(builder), tmp_path / "built", "one")
    replica = mirror(Database(reader), tmp_path / "replica")
    assert replica.start() is None
    store = DatabaseStore(reader, wait=120)
    store.vote(VOTE)
    store.check()
    assert store.first_time("a", 60) is True
    published(Database(builder), tmp_path / "built", "two")
    assert (run(replica.look()), replica.trouble) == (True, None)
    with pytest.raises(RemoteError, match=r"access denied \(permission denied for .*PGPASSWORD") as error:
        published(Database(reader), tmp_path / "other", "three")
    assert error.value.trouble is Trouble.DENIED
    assert list(store.votes()) == [VOTE]
