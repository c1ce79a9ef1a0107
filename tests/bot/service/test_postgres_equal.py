"""The real site over PostgreSQL gives the answers that it gives over its files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from stores import run

from bot.answering.ask import Bot
from bot.service.following import follower
from bot.service.live import Live
from bot.settings import Settings
from index.postgres.database import Database
from index.remote.upload import begin, publish

pytestmark = pytest.mark.measures


@pytest.mark.parametrize("server", ["postgres 16", "postgres 18"])
def test_status_and_citations_are_those_of_the_files_for_every_labelled_question(
    server: str, servers: Callable[[str], str], bot: Bot, index_dir: Path, site_dir: Path, root: Path, tmp_path: Path
):
    address = f"{servers(server)}#real"
    database = Database(address)
    run(publish(database, index_dir, run(begin(database))))
    settings = Settings(index=address, index_cache=tmp_path, site=site_dir)
    live = Live(settings.index_folder, settings.model, follow=follower(settings))
    lines = (root / "tests/data/questions.jsonl").read_text("utf-8").splitlines()
    asked = [(line["question"], line["lang"]) for line in map(json.loads, filter(None, lines))]

    def given(over: Bot) -> list[tuple[str, list[str]]]:
        answers = [over.ask(*each) for each in asked]
        return [(answer.status, [citation.section for citation in answer.citations]) for answer in answers]

    assert given(live.bot) == given(bot)
