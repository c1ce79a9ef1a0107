"""What a link to the site looks like elsewhere, its pictures, and the examples that the landing page shows."""

import struct
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from bot.answering.ask import Bot
from index.records import Section

FOLDERS = {"ja": "", "en": "en/"}
LOCALES = {"ja": ["ja_JP", "en_US"], "en": ["en_US", "ja_JP"]}


def tree(file: Path) -> html.HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def pages(site: Path, lang: str) -> dict[str, html.HtmlElement]:
    """Trees of one language's pages by their address below the site's root."""
    root = site / FOLDERS[lang]
    files = [file for file in root.rglob("index.html") if lang == "en" or site / "en" not in file.parents]
    return {f"{file.parent.relative_to(site).as_posix()}/".removeprefix("./"): tree(file) for file in files}


def meta(page: html.HtmlElement, name: str) -> list[str]:
    return page.xpath(f"//head/meta[@property='{name}' or @name='{name}']/@content")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_says_what_it_is_when_it_is_shared(site_dir: Path, lang: str):
    by_address = pages(site_dir, lang)
    for address, page in by_address.items():
        assert meta(page, "og:url") == [f"http://127.0.0.1:8000/{address}"]
        assert meta(page, "og:image") == [f"http://127.0.0.1:8000/{FOLDERS[lang]}assets/card.png"]
        assert meta(page, "og:locale") + meta(page, "og:locale:alternate") == LOCALES[lang]
        assert meta(page, "twitter:card") == ["summary_large_image"]
        assert meta(page, "og:description") == meta(page, "description"), address
    descriptions = [meta(page, "description")[0] for page in by_address.values()]
    assert len(set(descriptions)) == len(descriptions), "each page has a description of its own"
    assert [text for text in descriptions if not 15 <= len(text) <= 250] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_card_is_a_small_picture_of_the_size_that_is_told(site_dir: Path, lang: str):
    card = (site_dir / FOLDERS[lang] / "assets/card.png").read_bytes()
    assert card.startswith(b"\x89PNG") and len(card) < 80_000
    size = list(struct.unpack(">II", card[16:24]))
    page = pages(site_dir, lang)[FOLDERS[lang]]
    assert size == [1200, 630] == [int(meta(page, f"og:image:{side}")[0]) for side in ("width", "height")]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_favicon_and_logo_are_there(site_dir: Path, lang: str):
    for address, page in pages(site_dir, lang).items():
        targets = page.xpath("//link[@rel='icon']/@href | //*[@data-md-component='logo']/img/@src")
        assert len(targets) >= 2, address
        for target in targets:
            file = urlsplit(urljoin(f"/{address}", target)).path
            assert (site_dir / file.lstrip("/")).read_text("utf-8").startswith("<svg"), (address, target)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_pictures_are_told_in_words(site_dir: Path, lang: str):
    images = {
        image.get("src"): image.get("alt", "")
        for page in pages(site_dir, lang).values()
        for image in page.xpath("//article//img")
    }
    assert len(images) >= 5
    assert [source for source, alt in images.items() if len(alt) < 25] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_examples_are_what_the_bot_answers(site_dir: Path, sections: tuple[Section, ...], bot: Bot, lang: str):
    by_url = {section.url: section for section in sections}
    examples = pages(site_dir, lang)[FOLDERS[lang]].xpath("//*[@class='kb-examples']//li")
    assert len(examples) == 2
    for example in examples:
        (link,) = example.xpath(".//a")
        (quote,) = example.xpath(".//blockquote/p")
        section = by_url[urljoin(f"/{FOLDERS[lang]}", link.get("href"))]
        answer = bot.ask(link.text_content())
        assert (answer.status, answer.lang) == ("answered", lang), link.text_content()
        assert answer.citations[0].url == section.url, link.text_content()
        assert quote.text_content() in section.text


TRAPS = {  # what a trap says, as the sections that it leads to say it, too
    "/24": ["subnet-size"],
    "VNet": ["regional-vnet-peering", "global-vnet-peering"],
    "1.7.9": ["alb-controller-version"],
}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_trap_leads_to_the_sections_that_state_it(site_dir: Path, sections: tuple[Section, ...], lang: str):
    by_url = {section.url: section for section in sections}
    traps = pages(site_dir, lang)[FOLDERS[lang]].xpath("//*[contains(@class, 'kb-traps')]//li")
    for trap, (key, anchors) in zip(traps, TRAPS.items(), strict=True):
        targets = [urljoin(f"/{FOLDERS[lang]}", link.get("href")) for link in trap.xpath(".//a")]
        assert targets == [f"/{FOLDERS[lang]}agc/limitations/#{anchor}" for anchor in anchors]
        assert key in trap.text_content()
        assert all(key in f"{by_url[url].title} {by_url[url].text}" for url in targets)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_it_is_not_is_said_above_the_box_and_nothing_of_how_it_is_built(site_dir: Path, lang: str):
    article = pages(site_dir, lang)[FOLDERS[lang]].xpath("//article")[0]
    order = [
        element.get("href", "form") for element in article.xpath(".//form | .//a[contains(@href, 'not-official')]")
    ]
    assert order[:2] == ["about/#not-official", "form"]
    assert not any(word in article.text_content().lower() for word in ("vector", "ベクトル", "embedding", "索引"))


@pytest.mark.parametrize(("lang", "question"), [("ja", "AGC の料金は？"), ("en", "What does AGC cost?")])
def test_the_example_of_what_is_not_covered_is_not_answered(site_dir: Path, bot: Bot, lang: str, question: str):
    assert question in pages(site_dir, lang)[FOLDERS[lang]].text_content()
    assert bot.ask(question).status == "not_covered"
