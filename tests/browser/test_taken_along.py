"""The chat on pages of another site: another origin, a strict policy, other styles. Same chat, the page's own look."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from chatwork import ANSWER, PHONE

from bot.api import create_app
from bot.service.desk import Desk
from bot.settings import Settings
from tests.browser.material import still

pytestmark = pytest.mark.slow
POLICY = "default-src 'none'; script-src {bot}; connect-src 'self' {bot}; style-src 'self'; base-uri 'none'"
# Like VitePress: a size of text of its own, a class for dark, a header above all; and styles that would break ours.
GUIDE = """html { font-size: 62.5% } body { margin: 0; font: 1.6rem/1.7 serif; color: #3c3c43; background: #fff }
  .dark body { color: #dfdfd6; background: #1b1b1f } a { color: #3451b2 } .dark a { color: #a8b1ff }
  header { position: sticky; top: 0; z-index: 30; background: inherit } main { max-width: 700px; margin: auto }
  button { border: 9px solid red !important; text-transform: uppercase } p { letter-spacing: 9px }
  .kb-panel, .kb-opener { display: none !important } .md-typeset { visibility: hidden }"""
# Like Sphinx: it asks the system for dark. Its links are too pale to be read.
MANUAL = """body { color: #3e4349; background: #fdfaf3 } a { color: #9cc }
  @media (prefers-color-scheme: dark) { body { color: #ddd6c8; background: #14130f } }"""
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Guide</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/{style}.css">
<script type="module" src="{bot}/kb.js"></script>{more}</head><body><header>Project</header><main>
<h1>Guide</h1><p>Read <a href="/">the other page</a>. <input aria-label="name"></p>
<h2 id="kubenet-to-overlay">From kubenet</h2><p>{text}</p></main></body></html>"""
QUESTION = {"en": "Can I upgrade from kubenet?", "ja": "kubenet からアップグレードできますか？"}
BROKEN = "addEventListener('securitypolicyviolation', (event) => (window.broken ??= []).push(event.blockedURI))"
# What quote-marks.js has marked.
MARKED = "() => [...CSS.highlights.get('kb-quote') ?? []].map(String).join('')"


class Docs(BaseHTTPRequestHandler):
    """Someone's documentation, at an origin of its own."""

    bot, style, lang, text, loud, more = "", "guide", "en", "", "", ""

    def do_GET(self):
        path = urlsplit(self.path).path
        files = {
            "/guide.css": ("text/css", GUIDE),
            "/manual.css": ("text/css", MANUAL),
            "/loud.css": ("text/css", self.loud),
            "/search/search_index.json": ("application/json", json.dumps({"docs": [FOUND]})),
        }
        about = {"lang": self.lang, "style": self.style, "bot": self.bot, "text": self.text}
        about["more"] = self.more.format(bot=self.bot)
        kind, text = files.get(path, ("text/html; charset=utf-8", PAGE.format(**about)))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY.format(bot=self.bot))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


FOUND = {"location": "faq/#kubenet-to-overlay", "title": "From kubenet", "text": "<p>An upgrade from kubenet.</p>"}


@contextmanager
def published(handler):
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def docs(servers, listening, bot, tmp_path):
    """Makes a site whose pages bring the chat from a service elsewhere; gives its address."""

    def docs(**about):
        handler = type("Made", (Docs,), about)
        address = servers.enter_context(published(handler))
        settings = Settings(site=tmp_path / "none", rate_limit="off", site_url=f"{address}/", cors_origins=address)
        handler.bot = servers.enter_context(listening(create_app(Desk(settings, bot))))
        return address

    return docs


@pytest.fixture
def shown(open_page):
    """Opens a page; nothing on it may break its policy."""
    opened = []

    def shown(url, **options):
        page = open_page(**options)
        page.add_init_script(BROKEN)
        page.goto(url)
        page.locator(".kb-opener").wait_for(
            state="attached"
        )  # a question in the address opens the chat, which hides it
        opened.append(page)
        return page

    yield shown
    for page in opened:
        assert page.evaluate("window.broken ?? []") == []


def opened_chat(page):
    page.locator(".kb-opener").click()
    page.locator("#kb-question:focus").wait_for()


def ask(page, question):
    """The turn, once it is answered; it stands in a shadow, where only locators look."""
    page.locator("#kb-question").fill(question)
    page.locator("#kb-question").press("Enter")
    return settled(page)


def settled(page):
    page.locator(".kb-turn[aria-busy=false]").last.wait_for()
    return page.locator(".kb-turn").last


@pytest.mark.parametrize(
    ("style", "lang", "options"),
    [
        ("guide", "en-GB", {}),
        ("guide", "ja", {"viewport": PHONE}),
        ("manual", "ja-JP", {"color_scheme": "dark"}),
        ("manual", "en", {"viewport": PHONE}),
    ],
)
def test_it_looks_like_the_page_and_speaks_its_language(docs, shown, style, lang, options):
    page = shown(docs(style=style, lang=lang), **options)
    opened_chat(page)
    assert page.locator(".kb-chat__ideas button").count() >= 2
    answer = ask(page, QUESTION[lang[:2]]).locator(".kb-answer")
    assert (answer.get_attribute("data-status"), answer.locator(".kb-verdict").count()) == ("answered", 1)
    still(page)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in axe(page) if v["id"] not in OF_THE_PAGE] == []
    body, panel = (
        page.locator(part).evaluate("(e) => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]")
        for part in ("body", ".kb-panel")
    )
    assert panel == body
    assert page.locator(".kb-answer p").first.evaluate("(e) => getComputedStyle(e).letterSpacing") == "normal"
    assert page.locator(".kb-ask__send").evaluate("(e) => getComputedStyle(e).borderTopWidth") == "0px"
    assert page.locator(".kb-panel").get_by_text(LABEL[lang[:2]]).count()


LABEL = {"en": "Ask this site", "ja": "このサイトに質問する"}
# Pages made for these tests lack them; and the pale links of one are its own.
OF_THE_PAGE = {"region", "landmark-banner-is-top-level", "landmark-one-main", "color-contrast"}


def axe(page):
    """What axe-core has against the page; of contrast, only what is in the chat."""
    run = Axe().run(page)
    pale = [v for v in run.response["violations"] if v["id"] == "color-contrast"]
    assert [node["html"] for v in pale for node in v["nodes"] if "kb-chat" in str(node["target"])] == []
    return run.response["violations"]


LOUD = """* { font: 40px fantasy !important; letter-spacing: 10px !important; text-transform: uppercase !important;
  writing-mode: vertical-rl !important; direction: rtl !important; visibility: hidden !important }
  body { background: #777 }"""


def test_what_the_page_says_of_every_element_does_not_reach_the_chat(docs, shown):
    page = shown(docs(loud=LOUD, style="loud"))
    opened_chat(page)
    said = ask(page, QUESTION["en"]).locator(".kb-answer p").first
    names = ["letterSpacing", "textTransform", "writingMode", "direction", "visibility"]
    computed = said.evaluate("(e, names) => names.map((name) => getComputedStyle(e)[name])", names)
    assert computed == ["normal", "none", "horizontal-tb", "ltr", "visible"]
    axe(page)  # on a ground that is neither dark nor light


def test_two_addresses_of_the_chat_on_one_page_bring_one(docs, shown):
    twice = '<script type="module" src="{bot}/kb-1.js"></script>'
    page = shown(docs(more=twice))
    page.wait_for_load_state("networkidle")
    assert page.locator("kb-chat").count() == 1


def test_it_goes_dark_with_the_page(docs, shown):
    page = shown(docs())
    opened_chat(page)
    ground = "getComputedStyle(document.querySelector('kb-chat').shadowRoot.querySelector('.kb-panel')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.evaluate("document.documentElement.className = 'dark'")
    page.wait_for_function(f"() => {ground} === 'rgb(27, 27, 31)'")


def test_a_citation_leads_to_the_words_on_the_page_of_the_docs(docs, shown, bot):
    quote = bot.ask(QUESTION["en"], "en").citations[0].quote.split("\n")[-1]
    address = docs(text=quote)
    page = shown(f"{address}/start?x=1#y")
    opened_chat(page)
    source = ask(page, QUESTION["en"]).locator(".kb-answer__sources a").first
    assert source.get_attribute("href").startswith(f"{address}/en/faq/#kubenet-to-overlay:~:text=")
    source.click()
    page.wait_for_url("**/en/faq/**")
    page.wait_for_function(MARKED)
    assert page.evaluate(MARKED) in quote
    assert page.locator("kb-chat").count() == 1


def test_a_link_to_a_question_asks_it_on_the_same_page(docs, shown):
    address = docs()
    page = shown(f"{address}/guide/?ask=Can%20I%20upgrade%20from%20kubenet%3F&x=1")
    assert settled(page).locator(".kb-turn__question").inner_text() == QUESTION["en"]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".kb-tools .kb-tool").nth(1).click()
    page.locator(".kb-tools__note:not(:empty)").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}/guide/?x=1&ask=Can+I+upgrade+from+kubenet%3F"


def test_the_key_stays_the_page_s_own_where_one_writes(docs, shown):
    page = shown(docs())
    page.locator("input").focus()
    page.keyboard.press("Control+i")
    assert page.locator(".kb-panel").count() == 0
    page.locator("h1").click()
    page.keyboard.press("Control+i")
    page.locator("#kb-question:focus").wait_for()


def test_without_the_service_it_searches_the_published_index(docs, shown, problems):
    page = shown(docs())
    opened_chat(page)
    page.route("**/api/ask", lambda route: route.abort())
    offline = ask(page, "upgrade").locator(".kb-answer")
    assert offline.get_attribute("data-status") == "offline"
    source = offline.locator(".kb-answer__sources a").first
    assert source.inner_text() == "From kubenet"
    assert urlsplit(source.get_attribute("href")).path == "/faq/"
    problems[:] = [problem for problem in problems if "ERR_FAILED" not in problem]


STREAMED = f"event: answer\ndata: {json.dumps(ANSWER)}\n\nevent: end\ndata: {{}}\n\n"
# Bytes of all that a page loads while the chat is used, in one language; and of what it loads before that.
ALL, START = 64_400, 24_900
LOADED = "() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))"


def test_a_page_loads_little_of_it_before_it_is_used(docs, shown, problems):
    page = shown(docs(lang="ja"))
    sizes = {name: len(page.request.get(name).body()) for name in page.evaluate(LOADED)}
    assert 10_000 < sum(sizes.values()) < START, sizes
    opened_chat(page)
    page.route("**/api/ask", lambda route: route.fulfill(status=500, body="{}"))
    ask(page, "kubenet").get_by_text("検索").last.click()
    page.locator("[data-status=offline]").wait_for()
    page.unroute("**/api/ask")
    page.route("**/api/ask", lambda route: route.fulfill(content_type="text/event-stream", body=STREAMED))
    ask(page, "kubenet")
    page.locator("[data-status=answered]").wait_for()
    sizes = {name: len(page.request.get(name).body()) for name in page.evaluate(LOADED)}
    assert any("answer-events" in name for name in sizes)
    assert START < sum(sizes.values()) < ALL, sizes
    problems[:] = [problem for problem in problems if "500" not in problem]
