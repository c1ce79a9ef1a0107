"""A citation leads to its words: they are found on the page, marked, and shown."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.browser.material import exchanged, ready, still

pytestmark = pytest.mark.slow

IDLE = "() => document.querySelector('.kb-section, [data-kb-ask]')"
# For every [id, quote]: what the ranges hold, without white space. A wrong or missing place gives another text.
FOUND = """async (quotes) => {
  const { find } = await import(document.documentElement.lang === "ja" ? "/assets/quote.js" : "/en/assets/quote.js");
  const article = document.querySelector("article");
  const next = (heading) => [...article.querySelectorAll("h1[id],h2[id],h3[id],h4[id]")]
    .find((other) => heading.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  return quotes.filter(([id, quote]) => {
    const heading = document.getElementById(id);
    const ranges = find(quote, article, heading);
    const text = ranges.map(String).join("").replace(/\\s/g, "");
    const last = ranges.at(-1)?.endContainer;
    const end = next(heading);
    const beyond = end && last && end.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING;
    return text !== quote.replace(/\\s/g, "") || beyond;
  });
}"""
PUT = """async (url) => {
  const text = await (await fetch(url)).text();
  const read = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("article").replaceWith(read.querySelector("article"));
}"""
# What is marked on the page that is shown, without white space; ranges of a page that is gone do not count.
MARKED = """() => [...(CSS.highlights.get("kb-quote") ?? [])].filter((range) => range.startContainer.isConnected)
  .map(String).join("").replace(/\\s/g, "")"""
SHOWN = """(id) => {
  const [heading, header] = ["#" + CSS.escape(id), ".md-header"].map((text) => document.querySelector(text));
  const top = heading?.getBoundingClientRect().top;
  return header?.getBoundingClientRect().bottom <= top && top < 200;
}"""


def quotes(section):
    """What the bot may quote: each sentence alone, and all of them together."""
    spans = section.sentences
    whole = section.text[spans[0].start : spans[-1].end] if spans else ""
    return [*(section.quote(span) for span in spans), whole] if spans else []


def quoted(sections, lang):
    """Of each page: the sections' ids and what the bot may quote of them."""
    pages = {}
    for section in sections:
        if section.lang == lang:
            url, _, anchor = section.url.partition("#")
            pages.setdefault(url, []).extend([anchor, quote] for quote in quotes(section))
    assert len(pages) > 30
    return pages


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_sentence_of_every_section_is_found_in_its_section(page, server, sections, lang):
    """In the articles as they are built, one after the other in one page; at night, on the pages themselves."""
    page.goto(server.url if lang == "ja" else f"{server.url}en/")
    wrong = {}
    for url, wanted in quoted(sections, lang).items():
        page.evaluate(PUT, url)
        if missing := page.evaluate(FOUND, wanted):
            wrong[url] = missing
    assert wrong == {}


@pytest.mark.nightly
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_sentence_is_found_on_the_page_as_its_scripts_leave_it(page, server, sections, lang):
    wrong = {}
    for url, wanted in quoted(sections, lang).items():
        page.goto(urljoin(server.url, url))
        ready(page)
        if missing := page.evaluate(FOUND, wanted):
            wrong[url] = missing
    assert wrong == {}


CITED = [  # a table's row, a list, a FAQ answer, after code
    ("/en/faq/#kubenet-to-overlay", "/en/plugins/"),
    ("/faq/#kubenet-to-overlay", "/plugins/"),
    ("/en/rules/agc004/#how-to-fix", "/en/faq/"),
    ("/plugins/#plugin-table", "/faq/"),
]


def citation(sections, url):
    section = next(section for section in sections if section.url == url)
    return section, quotes(section)[-1]


def cite(page, url, quote):
    """A citation's link as the chat makes it, on the page that is open."""
    page.wait_for_function(IDLE)
    page.evaluate(
        """async ([url, quote]) => {
          const root = document.documentElement.lang === "ja" ? "/" : "/en/";
          const { fragment, remember } = await import(`${root}assets/quote.js`);
          const link = document.createElement("a");
          Object.assign(link, { href: url + fragment(quote), textContent: "cited", id: "cited" });
          link.addEventListener("click", () => remember(url, quote));
          document.querySelector("article").prepend(link);
        }""",
        [url, quote],
    )


def marked_and_shown(page, section, quote):
    """Waits until the quote is marked and the page rests at its section."""
    page.wait_for_function(f"quote => ({MARKED})() === quote", arg="".join(quote.split()))
    page.wait_for_function(SHOWN, arg=section.id.partition("#")[2])
    still(page)
    assert page.evaluate(MARKED) == "".join(quote.split())
    assert page.evaluate(SHOWN, section.id.partition("#")[2])


@pytest.mark.parametrize(("url", "start"), CITED)
def test_following_a_citation_marks_the_quote_under_its_heading(page, server, sections, url, start):
    section, quote = citation(sections, url)
    page.goto(urljoin(server.url, start))
    cite(page, url, quote)
    with exchanged(page):
        page.click("#cited")
    marked_and_shown(page, section, quote)
    assert page.url == urljoin(server.url, url)
    with exchanged(page):
        page.go_back()
    assert page.url == urljoin(server.url, start)


def test_a_citation_of_the_open_section_marks_it_again(page, server, sections):
    url = "/en/faq/#kubenet-to-overlay"
    section, quote = citation(sections, url)
    page.goto(urljoin(server.url, url))
    cite(page, url, quote)
    page.evaluate("scrollTo(0, 0)")
    page.click("#cited")
    marked_and_shown(page, section, quote)
    page.reload()
    page.wait_for_function(IDLE)
    assert page.evaluate(MARKED) == "", "a quote is marked once"


# Material keeps the place in the history some time after one has scrolled, and then goes there, not to the section.
LATE = """() => {
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (...given) {
    const go = () => history.state ? send.apply(this, given) : requestAnimationFrame(go);
    go();
  };
}"""


@pytest.mark.parametrize("network", ["fast", "slow"])
def test_the_mark_outlives_a_change_of_the_section_in_the_url(page, server, sections, network):
    """Material brings the page again after the first change of the hash."""
    url = "/en/faq/#kubenet-to-overlay"
    section, quote = citation(sections, url)
    page.goto(urljoin(server.url, "/en/faq/"))
    cite(page, url, quote)
    if network == "slow":
        page.evaluate(LATE)
    with exchanged(page):
        page.click("#cited")
    expect(page.locator("#cited")).to_have_count(0)
    marked_and_shown(page, section, quote)


def test_a_remembered_quote_waits_for_its_page(page, server, sections):
    _, quote = citation(sections, "/en/faq/#kubenet-to-overlay")
    page.goto(server.url + "en/plugins/")
    page.evaluate(
        "(q) => import('/en/assets/quote.js').then((m) => m.remember('/en/faq/#kubenet-to-overlay', q))", quote
    )
    page.goto(server.url + "en/choose/")
    page.wait_for_function(IDLE)
    assert page.evaluate(MARKED) == ""
    page.goto(server.url + "en/faq/#kubenet-to-overlay")
    page.wait_for_function(f"quote => ({MARKED})() === quote", arg="".join(quote.split()))


PAGES = ["/en/faq/", "/faq/", "/plugins/", "/en/rules/agc004/"]


@pytest.mark.parametrize("page_url", PAGES)
def test_a_text_fragment_takes_another_tab_to_the_words(page, server, sections, page_url):
    """Chromium scrolls to what it finds. Without an id in the URL only the words can have moved the page."""
    taken_to_the_words(page, server, sections, page_url, 3)


@pytest.mark.nightly
@pytest.mark.parametrize("page_url", PAGES)
def test_so_does_that_of_more_sections(page, server, sections, page_url):
    taken_to_the_words(page, server, sections, page_url, 20)


def taken_to_the_words(page, server, sections, page_url, last):
    page.goto(server.url)
    page.wait_for_function(IDLE)
    below = []
    for section in [s for s in sections if s.url.startswith(f"{page_url}#") and s.sentences][-last:]:
        quote = quotes(section)[-1]
        fragment = page.evaluate("(quote) => import('/assets/quote.js').then((m) => m.fragment(quote))", quote)
        assert fragment.startswith(":~:text=")
        assert not set(fragment.removeprefix(":~:text=")) & set("-&")
        below.append((section.url, fragment, quote))
    for url, fragment, quote in below:
        page.evaluate(
            "(href) => document.querySelector('article').replaceChildren(Object.assign(document.createElement('a'), "
            "{href, id: 'go', textContent: 'go', target: '_blank', rel: 'noopener'}))",
            f"{page_url}#{fragment}",
        )
        with page.context.expect_page() as opened:
            page.click("#go")
        tab = opened.value
        tab.wait_for_function(
            """async ([id, quote]) => {
              // A new tab is empty first, without even a root, and imports nothing.
              if (document.readyState === "loading" || !document.querySelector("article")) return false;
              const root = document.querySelector("html[lang=ja]") ? "/" : "/en/";
              const { find } = await import(`${root}assets/quote.js`);
              const range = find(quote, document.querySelector("article"), document.getElementById(id)).at(0);
              if (!range) return false;
              const { top, bottom } = range.getBoundingClientRect();
              const visible = bottom > 0 && top < innerHeight;
              return visible && (scrollY > 0 || bottom + scrollY < innerHeight);
            }""",
            arg=[url.partition("#")[2], quote],
        )
        tab.close()
