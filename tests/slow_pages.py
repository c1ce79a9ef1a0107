"""A pytest plugin of the stressed run: pages are slow beside the test that reads them, as on a machine that is busy.

A test that reads a page before it has settled fails with it soon, not once in a thousand runs.
"""

import os
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

RATE = float(os.environ.get("SLOW_PAGES", "2"))  # times as long as without; the tests of accessibility are all page


def _slow(open_page: Callable[[BrowserContext], Page]) -> Callable[[BrowserContext], Page]:
    def new_page(context: BrowserContext) -> Page:
        page = open_page(context)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": RATE})
        return page

    return new_page


BrowserContext.new_page = _slow(BrowserContext.new_page)  # type: ignore[method-assign]
