"""The file of KB_SITES: what each site takes from it, what from the service, and what is refused."""

from pathlib import Path

import pytest

from bot.service.sites_file import Named, read_sites
from bot.settings import Settings
from index.errors import KbError


def read(folder: Path, text: str, **service: object) -> tuple[Named, ...]:
    (folder / "sites.toml").write_text(text, "utf-8")
    return read_sites(folder / "sites.toml", Settings(**service), "en")


def test_a_site_has_settings_of_its_own_and_the_others_of_the_service(tmp_path: Path):
    text = '[[site]]\nname = "a"\nsite = "a/site"\nmax_question = 50\n[[site]]\nname = "b"\ntitle = "B"\nsite = "b"\n'
    given = {"site_url": "https://docs.example/x/", "store": tmp_path / "votes.db", "max_waiting": 7}
    a, b = read(tmp_path, text, **given)
    assert (a.title, b.title) == ("a", "B")
    assert (a.settings.site, a.settings.index_folder) == (tmp_path / "a/site", tmp_path / "a/site.index")
    assert (a.settings.max_question, b.settings.max_question) == (50, 1000)
    assert (a.settings.site_url, b.settings.site_url) == (
        "https://docs.example/x/sites/a/",
        "https://docs.example/x/sites/b/",
    )
    assert (a.settings.store, b.settings.store) == (tmp_path / "votes-a.db", tmp_path / "votes-b.db")


def test_what_is_one_site_s_only_does_not_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KB_INDEX", "elsewhere.index")
    monkeypatch.setenv("KB_SLACK_SIGNING_SECRET", "of-another")
    monkeypatch.setenv("KB_RATE_LIMIT", "5/minute")
    (site,) = read(tmp_path, '[[site]]\nname = "a"\nsite = "a"\n')
    assert (site.settings.index, site.settings.slack_signing_secret) == (None, None)
    assert site.settings.rate_limit == "5/minute"


def test_the_service_s_writer_has_its_key_and_a_site_s_own_one_does_not_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("KB_WRITER_URL", "https://model.example/v1")
    monkeypatch.setenv("KB_WRITER_KEY", "s3cret")
    text = (
        '[[site]]\nname = "a"\nsite = "a"\n[[site]]\nname = "b"\nsite = "b"\nwriter_url = "https://other.example/v1"\n'
    )
    a, b = read(tmp_path, text)
    assert (a.settings.writer_url, a.settings.writer_key.get_secret_value()) == ("https://model.example/v1", "s3cret")
    assert (b.settings.writer_url, b.settings.writer_key) == ("https://other.example/v1", None)


DATABASE = "postgresql://kb@host/kb"


@pytest.mark.parametrize(
    ("service", "index", "place"),
    [
        ({}, f"{DATABASE}#docs", f"{DATABASE}#docs"),
        ({"store": DATABASE}, f"{DATABASE}#docs", f"{DATABASE}#a"),
        ({"store": "votes.db"}, f"{DATABASE}#docs", "votes-a.db"),
        ({"store": "off"}, f"{DATABASE}#docs", None),
        ({"index": DATABASE}, "a.index", f"{DATABASE}#a"),
        ({}, "a.index", "build/store-a.db"),
    ],
)
def test_votes_of_a_site_are_in_the_database_of_its_index_unless_the_service_names_another_place(
    tmp_path: Path, service: dict[str, str], index: str, place: str | None
):
    (site,) = read(tmp_path, f'[[site]]\nname = "a"\nsite = "a"\nindex = "{index}"\n', **service)
    kept = site.settings.store_place
    assert (kept and str(kept)) == place


def test_a_secret_is_named_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    text = '[[site]]\nname = "a"\nsite = "a"\nslack_command = "/a"\nslack_signing_secret = "$A_SECRET"\n'
    with pytest.raises(KbError, match="the site a takes a secret from the variable A_SECRET, which is not set"):
        read(tmp_path, text)
    monkeypatch.setenv("A_SECRET", "s3cret")
    (site,) = read(tmp_path, text)
    assert site.settings.slack_signing_secret.get_secret_value() == "s3cret"
    assert site.settings.slack_command == "/a"


SITE = '[[site]]\nname = "a"\nsite = "a"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it names no site"),
        ("site = 1", "it names no site"),
        ("[[site]", "cannot be read"),
        ('[[site]]\nsite = "a"', "None is no name of a site"),
        ('[[site]]\nname = "all"\nsite = "a"', "'all' is no name of a site"),
        ('[[site]]\nname = "../a"\nsite = "a"', "is no name of a site"),
        (SITE + SITE, "two sites are called a"),
        (
            SITE + f'index = "{DATABASE}"\n[[site]]\nname = "b"\nsite = "b"\nindex = "{DATABASE}"',
            "the pages of the sites a and b would have one index: postgresql://host/kb",
        ),
        (SITE + "port = 1", "no setting of a site: port"),
        (SITE + "colour = 1", "no setting of a site: colour"),
        ('[[site]]\nname = "a"', "the site a does not say where its built pages are"),
        (SITE + "max_question = 0", r"the site a: .*KB_MAX_QUESTION=0"),
        ("port = 1\n" + SITE, r"outside of \[\[site\]\] stands what is not read: port"),
        (SITE + 'slack_signing_secret = "s3cret"', "a has a secret written into the file: slack_signing_secret"),
        (SITE + 'slack_command = "cni"', r"the site a: .*KB_SLACK_COMMAND='cni'"),
    ],
)
def test_what_is_wrong_is_said_with_the_file_and_the_site(tmp_path: Path, text: str, why: str):
    with pytest.raises(KbError, match=rf"sites\.toml: .*{why}"):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    with pytest.raises(KbError, match=r"no\.toml: cannot be read"):
        read_sites(tmp_path / "no.toml", Settings(), "en")


def test_two_sites_may_answer_from_one_index_of_the_same_pages(tmp_path: Path):
    named = read(tmp_path, SITE + '[[site]]\nname = "b"\nsite = "a"\nslack_command = "/b"\n')
    assert len({site.settings.index_folder for site in named}) == 1
