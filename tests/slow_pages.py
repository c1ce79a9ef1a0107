"""A pytest plugin of the stressed run: pages are slow beside the test that reads them, as on a machine that is busy.

A test that reads a page before it has settled fails with it soon, not once in a thousand runs. The work of a page
takes RATE times as long, and what it loads comes LATENCY_MS later.
"""

import os
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page

RATE = float(os.environ.get("SLOW_PAGES", "4"))
LATENCY_MS = 40
_LINE = {"offline": False, "latency": LATENCY_MS, "downloadThroughput": -1, "uploadThroughput": -1}


def _slow(open_page: Callable[[BrowserContext], Page]) -> Callable[[BrowserContext], Page]:
    def new_page(context: BrowserContext) -> Page:
        page = open_page(context)
        session: Any = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": RATE})
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", _LINE)
        return page

    return new_page


BrowserContext.new_page = _slow(BrowserContext.new_page)  # type: ignore[method-assign]
