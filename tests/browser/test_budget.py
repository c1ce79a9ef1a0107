"""What a reader's browser has to load, and what it is allowed to do: sizes and the strict policy."""

import base64
import hashlib
import re
from functools import partial
from pathlib import Path

import pytest
from chatwork import ask, open_chat

from tests.browser.material import exchanged, follow_tab, ready, type_query

pytestmark = pytest.mark.slow

# How many bytes of ours a reader loads, as published and before compression. words/*.json is not counted, nor is the
# search in the background, which has a budget of its own.
START = 30_000  # every page, before anything is pressed
CHAT = 54_800  # a page with the chat in use, and what it searches with when the service is away
CHAT_SCRIPTS = 35_500  # of that
CHECK = 42_000  # the check page; what shows a result comes with the first one, what draws a plan when one is asked for
SEARCH = 12_000
LOADED = """() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname)"""
# Of what a page loads by itself this comes last, with the chat on it also its script; listed when it has arrived.
LAST = ["sitemap.xml", "search/search_index.json", "assets/search-worker.js"]
CHAT_LAST = [*LAST, "assets/chat-conversation.js"]
ARRIVED = """(files) => files.every((file) =>
  performance.getEntriesByType("resource").some(({ name }) => new URL(name).pathname.endsWith(`/${file}`)))"""


@pytest.fixture
def loaded(page, site_dir):
    """Sizes of our own scripts and styles that the page has loaded so far, by name; Material's are not ours."""
    others = {"search-worker.js", *(file.name for file in (site_dir / "assets").rglob("*.min.*"))}

    def loaded():
        files = {site_dir / path.lstrip("/") for path in page.evaluate(LOADED) if path.endswith((".js", ".css"))}
        return {file.name: file.stat().st_size for file in files if file.name not in others}

    return loaded


def started(page, last=LAST):
    """Waits until the page has loaded all that it loads before anything is pressed."""
    ready(page)
    page.wait_for_function(ARRIVED, arg=last)


@pytest.mark.parametrize("path", ["faq/", "en/faq/"])
def test_a_page_starts_with_little_of_ours(page, server, loaded, path):
    page.goto(server.url + path)
    started(page)
    page.locator(".kb-section").first.wait_for(state="attached")
    assert {"chat.js", "quote.js", "page-sections.js", "page-search.js", "check.js", "site.css"} <= loaded().keys()
    later = {"chat-conversation.js", "check-page.js", "ask-offline.js", "search-box.js", "language-hint.js"}
    assert later & loaded().keys() == set()
    assert sum(loaded().values()) < START, loaded()


def test_the_chat_is_loaded_when_it_is_used_and_its_search_when_the_service_is_away(page, server, loaded, problems):
    panel = open_chat(page, server.url + "en/faq/")
    assert "ask-offline.js" not in loaded()
    ask(page, "Can I upgrade from kubenet?")
    assert panel.locator(".kb-answer").get_attribute("data-status") == "offline"
    assert {"chat-conversation.js", "ask-offline.js"} <= loaded().keys()
    assert sum(loaded().values()) < CHAT, loaded()
    assert sum(size for name, size in loaded().items() if name.endswith(".js")) < CHAT_SCRIPTS, loaded()
    assert [problem for problem in problems if "501" not in problem] == []
    problems.clear()


def test_the_check_page_loads_its_own(page, server, loaded):
    page.goto(server.url + "en/check/")
    page.locator("#kb-check-text").wait_for()
    page.wait_for_function(ARRIVED, arg=["assets/check-page.js", "assets/check.css"])
    assert {"check-result.js", "check-result.css", "check-plan.js", "check-plan.css"} & loaded().keys() == set()
    assert sum(loaded().values()) < CHECK, loaded()


def test_the_search_is_one_file(site_dir):
    worker = site_dir / "assets/search-worker.js"
    assert 0 < worker.stat().st_size < SEARCH
    assert "import" not in worker.read_text("utf-8")


def test_no_source_is_published_and_both_languages_have_the_same_bundles(site_dir, root):
    names = {file.name for file in (root / "docs/theme/assets").iterdir() if file.suffix in (".js", ".css")}
    for folder in (site_dir / "assets", site_dir / "en/assets"):
        published = {file.name for file in folder.iterdir() if file.suffix in (".js", ".css")}
        assert {name for name in published if not name.startswith("chunk-")} == names
    assert not (site_dir / "scripts").exists()
    for name in published:
        assert (site_dir / "assets" / name).read_bytes() == (site_dir / "en/assets" / name).read_bytes(), name


NOT_COVERED = {
    **{"question": "?", "lang": "ja", "status": "not_covered", "answer": "…", "confidence": 0, "took_ms": 1},
    **{"citations": [], "rules": [], "suggestions": [], "runners_up": []},
}
MEASURE = """() => {
  const [navigation] = performance.getEntriesByType("navigation");
  const resources = performance.getEntriesByType("resource");
  return {
    requests: resources.length + 1,
    bytes: [navigation, ...resources]
      .filter(({ name }) => !/(search_index.json|sitemap.xml)$/.test(name)) // as long as the pages
      .reduce((sum, { encodedBodySize: size }) => sum + size, 0),
    blocking: resources.filter(({ renderBlockingStatus: status }) => status === "blocking").map(({ name }) => name),
    own: [...document.scripts].filter(({ src }) => src && !src.includes("/javascripts/")).map(({ type }) => type),
  };
}"""


@pytest.mark.parametrize(
    ("path", "last"), [("", CHAT_LAST), ("en/", CHAT_LAST), ("agc/upgrade/", LAST), ("en/rules/agc004/", LAST)]
)
def test_a_cold_load_is_light(page, server, path, last):
    """How long it takes, and that nothing moves meanwhile: test_cold_load.py, at night."""
    page.goto(server.url + path)
    started(page, last)
    load = page.evaluate(MEASURE)
    assert [name for name in load["blocking"] if name.endswith(".js")] == []
    assert set(load["own"]) == {"module"}
    assert load["requests"] <= 30
    assert load["bytes"] < 390_000


def policy(site_dir):
    """The policy that the service sends: Material's own inline scripts are allowed by their hashes."""
    scripts = set()
    for file in site_dir.rglob("*.html"):
        scripts |= set(re.findall(r"<script>(.*?)</script>", file.read_text("utf-8"), re.DOTALL))
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in sorted(scripts)]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'none'; script-src 'self' {allowed}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'; manifest-src 'self'"
    )


@pytest.fixture
def strict(server, site_dir):
    """The server with the strict policy; instant navigation works, because the sitemap names this server."""
    sent = policy(site_dir)

    class Strict(server.RequestHandlerClass.func):
        def end_headers(self):
            self.send_header("Content-Security-Policy", sent)
            super().end_headers()

        def do_GET(self):  # noqa: N802
            if not self.path.endswith("/sitemap.xml"):
                return super().do_GET()
            text = Path(self.translate_path(self.path)).read_text("utf-8")
            return self._send(200, "application/xml", re.sub("http://[^/]+/", server.url, text).encode())

    server.RequestHandlerClass = partial(Strict, directory=str(site_dir))
    server.answers[:] = [(200, NOT_COVERED)]
    return server


def test_nothing_on_the_site_breaks_the_strict_policy(page, strict):
    broken = []
    page.expose_function("broke", lambda text: broken.append(text))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => broke(`${event.violatedDirective} ${event.blockedURI} "
        "${event.sourceFile}:${event.lineNumber}`));"
    )
    page.context.grant_permissions(["clipboard-write"])
    page.goto(strict.url)
    ready(page)

    type_query(page, "サブネット サイズ")
    assert page.locator(".md-search-result__link").first.inner_text().strip()

    page.evaluate("window.before = true")
    page.keyboard.press("Escape")
    with exchanged(page):
        follow_tab(page, "AGC")
    page.wait_for_url("**/agc/")
    assert page.evaluate("window.before"), "the page was loaded anew"

    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator("[data-md-component=palette] label:visible").click()
    page.wait_for_function("(before) => document.body?.dataset.mdColorScheme !== before", arg=scheme)

    page.goto(strict.url + "rules/agc004/")
    page.locator(".md-code__button[data-md-type=copy]").first.click()
    page.wait_for_selector(".md-dialog--active")

    page.locator(".kb-opener").click()
    answered = ask(page, "kubenet は使えますか？")
    assert answered.locator(".kb-answer").get_attribute("data-status") == "not_covered"
    assert [body["question"] for _, body in strict.asked] == ["kubenet は使えますか？"]
    assert broken == []
