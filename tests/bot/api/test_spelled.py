"""Addresses in other case: the service leads to the page, and to no file that it does not serve."""

from pathlib import Path

import pytest

from bot.api.near import spelled
from bot.api.site import LONGEST, Site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("rules/agc004/index.html", "Guide/Intro.html", "twice/a.txt", "twice/A.txt", ".git/config"):
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("text")
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("rules/AGC004", "rules/agc004"),
        ("RULES/agc004/INDEX.html", "rules/agc004/index.html"),
        ("guide/intro.html", "Guide/Intro.html"),
        ("rules/agc004", "rules/agc004"),
        ("rules/agc005", None),
        ("twice/a.TXT", None),
        ("rules/agc004/index.html/x", None),
        ("../SECRET.txt", None),
        ("", None),
    ],
)
def test_a_path_is_spelled_as_it_is_written(folder: Path, path: str, written: str | None):
    assert spelled(folder, path) == written


@pytest.mark.parametrize("page_of_its_own", [True, False])
def test_the_service_leads_to_the_page(client, folder: Path, page_of_its_own: bool):
    if page_of_its_own:
        (folder / "404.html").write_text("Nothing here.")
    with client(site=folder) as http:
        for path, place in (("/rules/AGC004/?a=1", "/rules/agc004/?a=1"), ("/guide/INTRO.html", "/Guide/Intro.html")):
            reply = http.get(path)
            assert (reply.status_code, reply.headers["location"]) == (307, place)
        for path in ("/rules/AGC005/", "/TWICE/", "/.GIT/config", "/.git/CONFIG"):
            assert http.get(path).status_code == 404, path


def test_a_longer_path_than_a_system_opens_is_not_looked_for(folder: Path):
    site = Site(folder)
    page, slashes = "Guide/Intro.html", "/" * LONGEST
    assert site.lookup_path(page.replace("/", slashes[: LONGEST - len(page) + 1]))[1] is not None
    assert site.lookup_path(page.replace("/", slashes)) == ("", None)
