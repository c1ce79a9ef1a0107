"""A page and its Markdown at one address; browsers notice nothing."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.api.accept import prefers_markdown
from bot.api.alternates import alternates

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "markdown"),
    [
        ("text/markdown", True),
        ("text/markdown, text/html, */*", True),
        ("text/html, text/markdown", True),
        ("TEXT/Markdown ; Q=0.9, text/html;q=0.8", True),
        ("text/markdown;q=0.5, text/html;q=0.5", True),
        ("text/markdown;charset=utf-8;q=0.7, */*;q=0.1", True),
        ("text/markdown;q=0.5, text/html", False),
        ("text/markdown;q=0.5, text/*;q=0.6", False),
        ("text/markdown;q=0.5, */*", False),
        ("text/markdown;q=0.5, text/html;q=0.2, */*", True),
        ("text/markdown;q=0", False),
        ("text/markdown;q=0.000, */*;q=0", False),
        (BROWSER, False),
        ("*/*", False),
        ("text/*", False),
        ("text/plain", False),
        ("", False),
        (",;q=1,;;,text/markdown;q=x", True),
        ("text/markdownish", False),
    ],
)
def test_who_gives_markdown_no_less_weight_than_a_page_prefers_it(accept: str, markdown: bool):
    assert prefers_markdown(accept) is markdown


FILES = {"index.html", "llms.txt", "faq/index.html", "faq/index.md", "en/llms.txt", "en/a.html", "en/a.md", "en/b.md"}


@pytest.mark.parametrize(
    ("path", "folder", "expected"),
    [
        (".", True, ("index.html", "", '<llms.txt>; rel="describedby"')),
        (
            "faq",
            True,
            (
                "faq/index.html",
                "faq/index.md",
                '<index.md>; rel="alternate"; type="text/markdown", <../llms.txt>; rel="describedby"',
            ),
        ),
        (
            "en/a.html",
            False,
            (
                "en/a.html",
                "en/a.md",
                '<a.md>; rel="alternate"; type="text/markdown", <llms.txt>; rel="describedby"',
            ),
        ),
        ("en/a.md", False, ("en/a.md", "", '<llms.txt>; rel="describedby", <a.html>; rel="canonical"')),
        ("faq/index.md", False, ("faq/index.md", "", '<../llms.txt>; rel="describedby", <./>; rel="canonical"')),
        ("en/b.md", False, ("en/b.md", "", '<llms.txt>; rel="describedby"')),
    ],
)
def test_what_lies_beside_a_page_is_named_by_ways_that_hold_everywhere(
    path: str, folder: bool, expected: tuple[str, str, str]
):
    beside = alternates(path, FILES.__contains__, folder=folder)
    assert beside is not None
    assert (beside.file, beside.markdown, beside.link) == expected


@pytest.mark.parametrize(
    ("path", "folder"), [("faq", False), ("none", True), ("assets/a.js", False), ("x.html", False)]
)
def test_what_is_no_page_has_nothing_beside_it(path: str, folder: bool):
    assert alternates(path, FILES.__contains__, folder=folder) is None


@pytest.fixture(scope="module")
def http(client):
    with client() as http:
        yield http


@pytest.mark.parametrize("address", ["/faq/", "/en/rules/agc004/", "/en/rules/agc004/index.html"])
def test_a_pages_address_gives_its_markdown_to_who_prefers_it(http: TestClient, site_dir: Path, address: str):
    file = site_dir / address.strip("/").removesuffix("/index.html") / "index.md"
    answer = http.get(address, headers={"accept": "text/markdown, */*"})
    assert (answer.status_code, answer.content) == (200, file.read_bytes())
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["content-location"] == "index.md"
    assert answer.headers["vary"] == "Accept"
    again = http.get(address, headers={"accept": "text/markdown", "if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.headers["vary"]) == (304, "Accept")
    assert http.head(address, headers={"accept": "text/markdown"}).headers["content-length"] == str(len(answer.content))


@pytest.mark.parametrize("accept", [BROWSER, "*/*", "text/markdown;q=0.1, text/html"])
def test_browsers_get_the_page_and_are_told_what_lies_beside_it(http: TestClient, site_dir: Path, accept: str):
    answer = http.get("/en/faq/", headers={"accept": accept})
    assert answer.content == (site_dir / "en/faq/index.html").read_bytes()
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["vary"] == "Accept"
    links = '<index.md>; rel="alternate"; type="text/markdown", <../llms.txt>; rel="describedby"'
    assert answer.headers["link"] == links


def test_a_page_without_markdown_is_the_page_for_everyone(http: TestClient, site_dir: Path):
    answer = http.get("/en/", headers={"accept": "text/markdown"})
    assert answer.content == (site_dir / "en/index.html").read_bytes()
    assert "vary" not in answer.headers and answer.headers["link"] == '<llms.txt>; rel="describedby"'


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/faq/index.md", "text/markdown; charset=utf-8"),
        ("/en/llms.txt", "text/plain; charset=utf-8"),
        ("/en/llms-full.txt", "text/plain; charset=utf-8"),
        ("/en/changes.atom", "application/atom+xml"),
    ],
)
def test_each_file_for_programs_says_what_it_is(http: TestClient, address: str, kind: str):
    answer = http.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        *(
            (address, "text/html; charset=utf-8")
            for address in ("/none/", "/none.md", "/en/none.html", "/..%2f..%2fx.md")
        ),
        *((address, "application/json") for address in ("/%00/", f"/{'a' * 300}/")),  # what no file can be called
    ],
)
def test_what_is_not_there_is_not_found_whatever_is_accepted(http: TestClient, address: str, kind: str):
    answer = http.get(address, headers={"accept": "text/markdown"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, kind)


def test_a_page_may_be_asked_for_as_markdown_under_another_spelling(http: TestClient):
    answer = http.get("/rules/AGC004/", headers={"accept": "text/markdown"})
    assert (answer.status_code, answer.headers["location"]) == (307, "/rules/agc004/")


def test_the_data_of_the_faq_needs_no_source_in_the_policy(http: TestClient, site_dir: Path):
    """A browser runs no script of a type that it does not know, so no policy has to allow it."""
    page = (site_dir / "en/faq/index.html").read_text("utf-8")
    assert '<script type="application/ld+json">{' in page
    policies = {http.get(address).headers["content-security-policy"] for address in ("/en/faq/", "/en/agc/")}
    assert len(policies) == 1
    (allowed,) = policies
    assert "unsafe" not in allowed.partition("script-src")[2].partition(";")[0]
