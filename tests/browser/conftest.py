"""A real Chromium against the built site. Every test fails on console errors and on requests to any other host.

It is the same browser everywhere: its language, time zone, colours and fonts are given here. What a failed test leaves
is in build/browser/<file>/<test>/.
"""

import os
import re
import shutil
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from tests.browser.fonts import write_fonts
from tests.browser.material import WATCH
from tests.browser.webserver import serve

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
CONTEXT = {
    **{"viewport": {"width": 1280, "height": 900}, "locale": "ja-JP", "timezone_id": "Asia/Tokyo"},
    **{"color_scheme": "light", "reduced_motion": "reduce", "forced_colors": "none"},
}
# Readers of a page have chosen its language, whatever they prefer: no hint of another one.
CHOSEN = """try {
  localStorage.setItem("kb-language", /\\/en\\//.test(location.pathname) ? "en" : "ja");
} catch {}  // an empty page stores nothing"""
PATIENCE = 60_000  # ms until what never comes fails a test; whatever comes ends the waiting
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def servers():
    """What is entered here ends after the page is closed: a page that still loads would report a lost connection."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def server(site_dir, servers):
    return servers.enter_context(serve(site_dir))


@pytest.fixture
def mounted(site_dir, servers):
    """The same below a folder, as on a project's pages."""
    return servers.enter_context(serve(site_dir, "/some/folder/"))


@pytest.fixture(scope="session")
def fonts(tmp_path_factory):
    """The environment in which a browser has the fonts of the tests."""
    return {"FONTCONFIG_FILE": str(write_fonts(tmp_path_factory.mktemp("fonts")))}


@pytest.fixture(scope="session")
def browser(fonts):
    # The same engine without what is around its pages takes two thirds of the time.
    if not (path := shutil.which("chromium-headless-shell") or shutil.which("chromium")):
        pytest.fail("There is no Chromium here: make browser installs it.", pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), env={**os.environ, **fonts})
        yield browser
        browser.close()


@pytest.fixture
def problems():
    """What went wrong on the page so far; a test that provokes an error takes it out."""
    return []


@pytest.fixture
def open_page(browser, problems, servers, request):
    """Opens a page in a context of its own, with these options; a test that failed leaves what it saw."""
    opened, lines = [], []

    def open_page(*, chosen=True, **options):
        context = browser.new_context(**CONTEXT | options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        if chosen:
            context.add_init_script(CHOSEN)
        context.on("console", lambda message: lines.append(f"{message.type}: {message.text}"))
        context.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("dialog", lambda dialog: (problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("request", lambda request: problems.append(request.url) if _foreign(request.url) else None)
        context.tracing.start()  # steps, requests, messages; a snapshot at each step costs as much as the step
        opened.append(context.new_page())
        return opened[-1]

    folder = request.config.rootpath / "build/browser" / request.path.stem / _file_name(request.node.name)
    shutil.rmtree(folder, ignore_errors=True)
    yield open_page
    for page in opened:
        with suppress(Error):
            page.evaluate("0")  # what the page has reported before this is there now
    seen = list(problems)  # and what it reports while it is being closed does not count
    failed = request.node.stash.get(FAILED, False) or seen
    for number, page in enumerate(opened, 1):
        with suppress(Error):
            page.unroute_all(behavior="ignoreErrors")
            if failed:
                page.context.tracing.stop(path=folder / f"trace-{number}.zip")
                (folder / f"page-{number}.html").write_text(page.content(), "utf-8")
                page.screenshot(path=folder / f"page-{number}.png")
        page.context.close()
    if failed:
        (folder / "console.txt").write_text("\n".join([*lines, *(f"problem: {line}" for line in seen), ""]), "utf-8")
        where = f"The pages are in {folder}; .venv/bin/playwright show-trace shows a trace."
        request.node.add_report_section("teardown", "page", where)
    assert seen == []


@pytest.fixture
def page(open_page):
    return open_page()


def _foreign(url):
    return urlsplit(url).hostname not in ("127.0.0.1", None)


def _file_name(name):
    return re.sub(r"[^\w.-]+", "-", name).strip("-")[:100]
