"""Every tool that gives a section says that it may be out of date, and where its translation stands."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from twosites import first_index

from bot.answering.ask import Bot
from bot.answering.stale import stale_line
from bot.mcp import resources
from bot.mcp.arguments import Ask, ExplainRule, ReadSection, Search
from bot.mcp.caller import Caller
from bot.mcp.tools import TOOLS
from bot.records import Stale
from bot.service.desk import Desk
from bot.settings import Settings

PAGE = """<!doctype html><html lang="{lang}"><head><title>T</title><meta name="kb-source" content="{source}">
<meta name="kb-verified" content="2026-01-01"><meta name="kb-days" content="30"></head><body><main><article>
<h1 id="agc001">{title}</h1><p>{text}</p></article></main></body></html>"""
SOURCE = "https://example.com/manual"
TEXTS = {
    "ja": ("コーヒーマシンの除石灰", "マシンの除石灰にはクエン酸を使います。"),
    "en": ("Descaling the machine", "The machine is descaled with citric acid."),
}
SECTION, ADDRESS = "rules/agc001#agc001", {"ja": "/rules/agc001/#agc001", "en": "/en/rules/agc001/#agc001"}
FRESH, LATE = date(2026, 1, 31), date(2026, 2, 1)


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """A site of one section in two languages, which is to be compared with its source every 30 days."""
    site = tmp_path_factory.mktemp("aged") / "site"
    for lang, (title, text) in TEXTS.items():
        file = site / ADDRESS[lang].partition("#")[0].strip("/") / "index.html"
        file.parent.mkdir(parents=True)
        file.write_text(PAGE.format(lang=lang, source=SOURCE, title=title, text=text), "utf-8")
    (site / "index.html").write_text("<!doctype html><html lang='ja'><body><main>-</main></body></html>", "utf-8")
    first_index(site, site.with_suffix(".index"))
    return Bot.load(site.with_suffix(".index"), "bundled")


GIVEN: dict[str, Callable[[str], Any]] = {
    "ask": lambda lang: Ask(question=TEXTS[lang][1], lang=lang),
    "search": lambda lang: Search(query=TEXTS[lang][1], lang=lang),
    "read_section": lambda lang: ReadSection(section=SECTION, lang=lang),
    "explain_rule": lambda lang: ExplainRule(rule="AGC001", lang=lang),
}


@pytest.mark.parametrize(("lang", "other"), [("ja", "en"), ("en", "ja")])
@pytest.mark.parametrize("tool", GIVEN)
def test_a_section_comes_with_its_age_and_its_translation(aged: Bot, run_async, tool: str, lang: str, other: str):
    line = stale_line(Stale("2026-01-01", SOURCE, SOURCE, "old"), lang)
    for today, said in ((FRESH, None), (LATE, line)):
        aged.today = lambda today=today: today  # type: ignore[method-assign]
        caller = Caller(Desk(Settings(site_url="https://docs.example/", rate_limit="off"), aged), "x")
        shown = run_async(TOOLS[tool].run(GIVEN[tool](lang), caller))
        (given,) = next(
            shown.structured[key] for key in ("citations", "results", "sections") if key in shown.structured
        )
        assert (given["section"], given["lang"], given.get("stale")) == (SECTION, lang, said)
        assert given["translation_url"] == f"https://docs.example{ADDRESS[other]}"
        assert shown.text.count(line) == (said is not None)


def test_a_resource_says_it_below_its_section(aged: Bot):
    line = stale_line(Stale("2026-01-01", SOURCE, SOURCE, "old"), "en")
    text = f"# {TEXTS['en'][0]}\n\n{TEXTS['en'][1]}"
    for today, read in ((FRESH, text), (LATE, f"{text}\n\n{line}")):
        aged.today = lambda today=today: today  # type: ignore[method-assign]
        assert resources.read(aged, f"kb://en/{SECTION}") == read
