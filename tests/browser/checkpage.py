"""The check page in a browser: documents to give it, and what is read off it."""

import json

from tests.bot.checks.casework import base

WHOLE = base("overlay")
AKS, SUBNET, ASSOCIATIONS = WHOLE["aks"], WHOLE["subnet"], WHOLE["agcAssociations"]
KUBENET = {**AKS, "networkProfile": {"networkPlugin": "kubenet"}}
IMAGE = "mcr.microsoft.com/application-lb/images/alb-controller:1.8.12"
EVIL = "<img src=x onerror=alert(1)>"
PAGES = {"ja": "/check/", "en": "/en/check/"}


def visit(page, service, lang="en", query=""):
    page.goto(f"{service}{PAGES[lang]}{query}")
    page.locator("#kb-check-text").wait_for(state="attached")


def give(page, *documents):
    """Each typed into the box and checked."""
    for document in documents:
        text = document if isinstance(document, str) else json.dumps(document, indent=2)
        page.locator("#kb-check-text").wait_for(state="attached")
        page.locator("[data-kb-check]:not([aria-busy=true])").wait_for()  # what goes on folds the box, or opens it
        if page.locator(".kb-check").is_hidden():
            page.locator(".kb-check__all button").first.click()
        page.locator("#kb-check-text").fill(text)
        page.locator("#kb-check-text").press("Control+Enter")
        settled(page)


def settled(page):
    page.locator("[data-kb-check][aria-busy=false]").wait_for()


def chips(page):
    return page.locator(".kb-check__pieces li code").all_inner_texts()


def statuses(page):
    return page.locator(".kb-check__table tbody tr").evaluate_all("rows => rows.map(row => row.dataset.status)")


def ids(page):
    return [text.split()[0] for text in page.locator(".kb-check__table tbody a").all_inner_texts()]


def commands(page):
    return page.locator("[data-kb-check] .kb-check__command code").all_inner_texts()


def refused(problems):
    """The browser logs every refusal of the service as an error."""
    assert problems and all("422" in problem for problem in problems)
    problems.clear()
