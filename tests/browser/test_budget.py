"""What a reader's browser has to load, and what it is allowed to do: sizes, first paint, and the strict policy."""

import base64
import hashlib
import re
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

import minify
import pytest
from chatwork import ask

pytestmark = pytest.mark.slow

KINDS = {".js": "application/javascript", ".css": "text/css"}

# Who needs what, and how many bytes of it are allowed: minified, before compression. words/*.json is not counted.
CHAT = (40_000, "chat*", "ask-*", "answer-markdown.js", "element.js", "quote.js", "starters.js", "page*")
SEARCH = (7_400, "search-*", "words.js")
CHECK = (13_500, "check*")
LOOK = (4_000, "site.css")
START = 32_500  # of all that, what a page loads before anything is pressed (measured: 29,525)


@pytest.fixture(scope="module")
def sizes(root: Path):
    """Minified size of every own script and style, by file name."""
    files = [file for file in (root / "docs/theme/assets").iterdir() if file.suffix in KINDS]
    return {file.name: len(minify.string(KINDS[file.suffix], file.read_text("utf-8")).encode()) for file in files}


@pytest.mark.parametrize("part", [CHAT, SEARCH, CHECK, LOOK], ids=["chat", "search", "check", "look"])
def test_own_scripts_and_styles_stay_small(sizes, part):
    most, *patterns = part
    found = {name: size for name, size in sizes.items() if any(fnmatch(name, pattern) for pattern in patterns)}
    assert found and all(found.values())
    assert sum(found.values()) < most, found


def test_every_script_and_style_has_a_budget(sizes):
    patterns = [pattern for _, *patterns in (CHAT, SEARCH, CHECK, LOOK) for pattern in patterns]
    assert [name for name in sizes if not any(fnmatch(name, pattern) for pattern in patterns)] == []


@pytest.mark.parametrize("path", ["faq/", "en/faq/"])
def test_a_page_starts_with_little_of_ours(page, server, sizes, path):
    page.goto(server.url + path)
    page.wait_for_load_state("networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)")
    found = {name: sizes[name] for name in (Path(path).name for path in names) if name in sizes}
    assert "chat-conversation.js" not in found
    assert "chat.js" in found
    assert sum(found.values()) < START, found


NOT_COVERED = {
    **{"question": "?", "lang": "ja", "status": "not_covered", "answer": "…", "confidence": 0, "took_ms": 1},
    **{"citations": [], "rules": [], "suggestions": [], "runners_up": []},
}
MEASURE = """() => new Promise((done) => {
  const seen = { shift: 0, paint: 0 };
  const watch = (type, add) => new PerformanceObserver((list) => list.getEntries().forEach(add))
    .observe({ type, buffered: true });
  watch("layout-shift", (entry) => (seen.shift += entry.value));
  watch("largest-contentful-paint", (entry) => (seen.paint = entry.startTime));
  setTimeout(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const resources = performance.getEntriesByType("resource");
    done({
      ...seen,
      ready: navigation.domContentLoadedEventEnd,
      requests: resources.length + 1,
      bytes: [navigation, ...resources].reduce((sum, { encodedBodySize: size }) => sum + size, 0),
      blocking: resources.filter(({ renderBlockingStatus: status }) => status === "blocking").map(({ name }) => name),
      own: [...document.scripts].filter(({ src }) => src && !src.includes("/javascripts/")).map(({ type }) => type),
    });
  }, 1000);
})"""


@pytest.mark.parametrize("path", ["", "en/", "agc/upgrade/", "en/rules/agc004/"])
def test_a_cold_load_is_light_and_still(page, server, path):
    page.goto(server.url + path)
    page.wait_for_load_state("networkidle")
    load = page.evaluate(MEASURE)
    assert [name for name in load["blocking"] if name.endswith(".js")] == []
    assert set(load["own"]) == {"module"}
    assert load["requests"] <= 30
    assert load["bytes"] < 1_000_000
    assert load["shift"] <= 0.05
    assert load["ready"] < 3000  # ms; a busy machine without a network between
    assert 0 < load["paint"] < 4000


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
    page.wait_for_load_state("networkidle")

    search(page, "サブネット サイズ")
    assert page.locator(".md-search-result__link").first.inner_text().strip()

    page.evaluate("window.before = true")
    page.keyboard.press("Escape")
    page.locator(".md-tabs__link", has_text="AGC").click()
    page.wait_for_url("**/agc/")
    assert page.evaluate("window.before"), "the page was loaded anew"

    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator("[data-md-component=palette] label:visible").click()
    page.wait_for_function("(before) => document.body.dataset.mdColorScheme !== before", arg=scheme)

    page.goto(strict.url + "rules/agc004/")
    page.locator(".md-code__button[data-md-type=copy]").first.click()
    page.wait_for_selector(".md-dialog--active")

    page.locator(".kb-opener").click()
    answered = ask(page, "kubenet は使えますか？")
    assert answered.locator(".kb-answer").get_attribute("data-status") == "not_covered"
    assert [body["question"] for _, body in strict.asked] == ["kubenet は使えますか？"]
    assert broken == []


def search(page, query):
    page.locator(".md-search__input").click()
    page.keyboard.type(query)
    page.wait_for_selector(".md-search-result__link")
