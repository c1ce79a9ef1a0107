"""The language menu leads to the same page and back."""

import pytest

PAGES = ["", "faq/", "agc/", "agc/limitations/", "rules/agc004/"]


def switch(page, name, address):
    page.get_by_role("button", name="言語切り替え").or_(page.get_by_role("button", name="Select language")).hover()
    page.locator(".md-select__link", has_text=name).click()
    page.wait_for_url(address)
    return page.locator("html").get_attribute("lang")


@pytest.mark.parametrize("path", PAGES)
def test_to_the_same_page_and_back(page, server, path):
    page.goto(server.url + path)
    assert switch(page, "English", f"{server.url}en/{path}") == "en"
    assert switch(page, "日本語", server.url + path) == "ja"


def test_below_a_folder(page, mounted):
    page.goto(f"{mounted.url}agc/upgrade/")
    assert switch(page, "English", f"{mounted.url}en/agc/upgrade/") == "en"


@pytest.mark.parametrize("path", PAGES)
def test_head_names_the_twins(page, server, path):
    for folder in ("", "en/"):
        page.goto(server.url + folder + path)
        links = page.locator("head link[hreflang]").evaluate_all("links => links.map(l => [l.hreflang, l.href])")
        here = server.url + path
        assert dict(links) == {"ja": here, "x-default": here, "en": f"{server.url}en/{path}"}


def test_not_found_leads_home(page, server, problems):
    page.goto(f"{server.url}en/no/such/page/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert switch(page, "日本語", server.url) == "ja"
    page.goto(f"{server.url}no/such/page/")
    assert page.get_by_role("heading", name="ページが見つかりません").is_visible()
    assert switch(page, "English", f"{server.url}en/") == "en"
    assert len(problems) == 2 and all("404" in problem for problem in problems)
    problems.clear()
