"""The search box finds the section that a reader means, in the language of the site."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.material import exchanged, type_query

KANA = re.compile("[ぁ-ヿ]")

# Material shows a page above its sections even if only they match; such a page has no score and may appear first.
HIT = ".md-search-result__item > a:has(> article:not([data-md-score='0.00']))"


def search(page, url, query):
    """The box filled on the page at `url`: what it shows unfolded, best first, as addresses below `url`."""
    if page.url != url:
        page.goto(url)
    type_query(page, query)
    shown = page.locator(HIT).evaluate_all("links => links.map(link => link.href)")
    return [re.sub(r"\?[^#]*", "", address).removeprefix(url) for address in shown]


JAPANESE = {
    "クラスターのアップグレード": "agc/upgrade/",
    "サブネットのサイズ": "agc/limitations/#subnet-size",
    "ピアリングできますか": "agc/limitations/#regional-vnet-peering",
    "kubenet からの移行": "runbooks/kubenet-to-overlay/",
    "オーバーレイとフラットの違い": "concepts/network-models/#overlay-vs-flat",
    "ｵｰﾊﾞｰﾚｲ と ﾌﾗｯﾄ": "concepts/network-models/#overlay-vs-flat",
    "アップグ": "agc/upgrade/",
    "１．７．９": "agc/limitations/#alb-controller-version",
}
ENGLISH = {
    "Can I upgrade from kubenet?": "faq/#kubenet-to-overlay",
    "subnet size": "agc/limitations/#subnet-size",
    "difference between overlay and flat": "concepts/network-models/#overlay-vs-flat",
    "minimum alb-controller version": "faq/#alb-controller-minimum",
    "kuben": "agc/kubenet/",
}


@pytest.mark.parametrize(("folder", "wanted", "first"), [("", JAPANESE, 5), ("en/", ENGLISH, 2)], ids=["ja", "en"])
def test_the_section_that_is_meant_is_among_the_first(page, server, folder, wanted, first):
    shown = {query: search(page, server.url + folder, query)[:first] for query in wanted}
    assert {query: hits for query, hits in shown.items() if wanted[query] not in hits} == {}


@pytest.mark.parametrize(("folder", "query"), [("", "サブネットのサイズ"), ("en/", "subnet size")])
def test_best_hit_is_first(page, server, folder, query):
    assert search(page, server.url + folder, query)[0] == "agc/limitations/#subnet-size"


def test_not_supported_is_found_where_it_is_said(page, server):
    assert search(page, server.url, "サポートされません")
    assert "サポートされません" in page.locator(".md-search-result mark").all_text_contents()


def test_each_site_has_its_own_language(page, server):
    assert search(page, server.url, "overlay")
    assert all(KANA.search(text) for text in page.locator(".md-search-result__item").all_inner_texts())
    assert search(page, f"{server.url}en/", "overlay")
    assert not KANA.search("".join(page.locator(".md-search-result").all_text_contents()))


@pytest.mark.parametrize("folder", ["", "en/"])
def test_nothing_is_found_for_nonsense(page, server, folder):
    for query in ["xyzzy", "フラミンゴ", "\\(["]:
        assert search(page, server.url + folder, query) == [], query
        assert page.locator(".md-search-result__item").count() == 0, query


def test_markup_in_the_query_is_text(page, server):
    assert search(page, server.url, "<img src=x onerror=alert(1)> サブネット") != []
    assert page.locator(".md-search-result img").count() == 0


def test_marks_are_whole_words(page, server):
    search(page, server.url, "サブネットのサイズ")
    marks = set(page.locator(".md-search-result mark").all_text_contents())
    assert {"サブネット", "サイズ"} <= marks
    assert {mark for mark in marks if not mark.isascii()} == {"サブネット", "サイズ"}
    # Other names of what was typed: whole, as they stand on the page.
    others = {word for mark in marks if mark.isascii() for word in re.split("[-_ ]", mark.lower())}
    assert not others & {"sub", "net"}


def test_the_opened_page_shows_the_marks(page, server):
    search(page, server.url, "サブネットのサイズ")
    with exchanged(page):
        page.keyboard.press("Enter")
    assert page.url.partition("?")[0] == f"{server.url}agc/limitations/" and page.url.endswith("#subnet-size")
    page.wait_for_selector("article.md-content__inner mark")
    assert set(page.locator("article.md-content__inner mark").all_text_contents()) == {"サブネット", "サイズ"}


def test_a_latin_word_is_completed(page, server):
    search(page, f"{server.url}en/", "kuben")
    expect(page.locator("[data-md-component=search-suggest]")).to_have_text("kubenet")


def test_below_a_folder(page, mounted):
    first, *_ = search(page, f"{mounted.url}agc/upgrade/", "サブネットのサイズ")
    assert first.partition("?")[0] == f"{mounted.url}agc/limitations/#subnet-size"
