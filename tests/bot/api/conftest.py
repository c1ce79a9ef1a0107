"""Two sites in one service."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from three_sites import COFFEE, FILE
from twosites import first_index, write_site

from bot.answering.ask import Bot
from bot.api import create_app
from bot.api.sites import create_sites_app
from bot.service.desk import Desk
from bot.service.rate import Rate
from bot.service.sites import Held, Sites
from bot.service.sites_file import read_sites
from bot.service.store import Store
from bot.settings import Settings
from index.encoder.bundled import BundledEncoder


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    folder = tmp_path_factory.mktemp("sites")
    (folder / "sites.toml").write_text(FILE, "utf-8")
    write_site(folder / "net", "a")
    (folder / "coffee").mkdir()
    (folder / "coffee/index.html").write_text(COFFEE, "utf-8")
    encoder, held = BundledEncoder(), []
    service = Settings(site_url="https://docs.example/", rate_limit="off", store=folder / "votes.db")
    for named in read_sites(folder / "sites.toml", service, "en"):
        if named.name == "broken":
            held.append(Held(named, None, "damaged"))
            continue
        first_index(named.settings.site, named.settings.index_folder)
        bot = Bot.over(named.settings.index_folder, encoder)
        held.append(Held(named, Desk(named.settings, bot, Store(named.settings.store))))
    return Sites(service, held)


@pytest.fixture
def http(sites: Sites) -> Iterator[TestClient]:
    for desk in sites.answering.values():  # each test has the whole of a limit
        desk.rate = None if desk.settings.rate_limit == "off" else Rate(desk.settings.rate_limit, "memory://")
    apps = {name: create_app(desk) for name, desk in sites.answering.items()}
    with TestClient(create_sites_app(sites, apps), follow_redirects=False) as http:
        yield http
