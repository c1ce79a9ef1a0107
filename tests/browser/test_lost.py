"""A page that is not there, on a host that only has files: its language, near pages, and addresses in other case."""

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def lost(page, server, problems):
    """Opens an address that has no page; the browser logs that as an error."""

    def lost(path):
        page.goto(f"{server.url}{path}")
        page.locator(".kb-lost:visible a").last.wait_for()
        assert problems and all("404" in problem for problem in problems)
        problems.clear()
        return page.locator(".kb-lost:visible")

    return lost


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("rules/AGC004/", "/rules/agc004/"),
        ("en/Rules/AGC004?x=1#how-to-fix", "/en/rules/agc004/?x=1#how-to-fix"),
        ("EN/FAQ/", "/en/faq/"),
        ("faq.html", "/faq/"),
    ],
)
def test_an_address_in_other_case_leads_to_its_page(page, server, problems, path, end):
    page.goto(f"{server.url}{path}")
    page.wait_for_url(f"**{end}")
    page.locator("h1[id]").wait_for()
    assert all("404" in problem for problem in problems)
    problems.clear()


@pytest.mark.parametrize(
    ("path", "lang", "title", "near"),
    [
        ("agc/limitation/", "ja", "ページが見つかりません", "CNI オーバーレイ使用時の制限事項"),
        ("en/agc/limitation/", "en", "Page not found", "Limitations with CNI Overlay"),
        ("EN/agc/limitation/", "en", "Page not found", "Limitations with CNI Overlay"),  # the Japanese file
    ],
)
def test_it_speaks_the_language_of_the_address_and_names_near_pages(page, lost, path, lang, title, near):
    shown = lost(path)
    shown.get_by_role("link", name=near, exact=True).wait_for()
    assert shown.count() == 1 and shown.get_by_role("heading").inner_text() == title
    assert page.locator("html").get_attribute("lang") == lang
    assert shown.get_by_role("searchbox").input_value() == "agc limitation"


@pytest.mark.parametrize(("path", "home", "hit"), [("subnet/", "", "サブネット"), ("en/subnet/", "en/", "Subnet")])
def test_its_box_searches_the_site(page, server, lost, path, home, hit):
    shown = lost(path)
    shown.get_by_role("button").click()
    page.wait_for_url(f"{server.url}{home}?q=subnet")
    page.locator(".md-search-result__link", has_text=hit).first.wait_for()


def test_without_scripts_it_leads_home(open_page, server, problems):
    page = open_page(java_script_enabled=False)
    page.goto(f"{server.url}en/none/")
    page.get_by_role("link", name="To the home page").click()
    page.wait_for_url(f"{server.url}en/")
    assert len(problems) == 1 and "404" in problems.pop()
