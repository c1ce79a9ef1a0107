"""Which source makes a section old, and that every door says so in one line of the reader's language."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from handmade import section, topics

from bot.answering.stale import dated, stale, stale_line
from bot.cli.terminal.answer import answer_text
from bot.mcp.answers import _shown
from bot.mcp.caller import Caller
from bot.records import Answer, Citation, Stale, Status
from bot.settings import Settings
from bot.slack.answer_message import _source
from index.records import Source

TEA = section("tea#hot", "Tea is hot.")
TODAY = date(2026, 6, 1)


def of(*sources: Source) -> Stale | None:
    return stale(replace(TEA, sources=sources), TODAY)


def test_nothing_is_said_of_what_is_fresh_or_has_no_limit():
    assert of() is None
    assert of(Source("u", "t", "2026-05-02", 30)) is None
    assert of(Source("u", "t", "1999-01-01", 0), Source("u", "t", "", 1)) is None


def test_a_change_is_said_before_age_and_the_earliest_first():
    old = Source("a", "A", "2026-05-01", 30)
    older = Source("b", "B", "2025-05-01", 30)
    assert of(old, older) == Stale("2025-05-01", "B", "b", "old")
    changed = Source("c", "C", "2026-05-31", 30, "2026-06-01")
    assert of(old, changed, older) == Stale("2026-06-01", "C", "c", "changed")


def answer(lang: str) -> Answer:
    cited = Citation(1, "tea#hot", lang, "Tea", "/tea/#hot", "Tea is hot.", None)
    return Answer("hot?", lang, Status.ANSWERED, "Tea is hot.", 1.0, (cited,), (), (), 0.0)


def test_only_the_citation_of_the_old_section_says_so():
    over = topics(replace(TEA, sources=(Source("u", "T", "2026-01-01", 1),)), section("tea#cold", "Ice."))
    both = answer("en")
    both = replace(both, citations=(*both.citations, replace(both.citations[0], n=2, section="tea#cold")))
    first, second = dated(both, over, TODAY).citations
    assert (first.stale, second.stale) == (Stale("2026-01-01", "T", "u", "old"), None)


@pytest.mark.parametrize("why", ["changed", "old"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_door_says_it_in_one_line(lang: str, why: str):
    made = Stale("2026-01-02", "Manual", "https://m.example", why)  # type: ignore[arg-type]
    line = stale_line(made, lang)
    assert "\n" not in line and "Manual" in line and "2026-01-02" in line
    fresh = answer(lang)
    aged = replace(fresh, citations=(replace(fresh.citations[0], stale=made),))
    caller = Caller(SimpleNamespace(settings=Settings()), "x")  # type: ignore[arg-type]
    for quoting, said in ((fresh, 0), (aged, 1)):
        assert answer_text(quoting, "https://kb.example/").replace("\n      ", "").count("Manual") == said
        assert _source(quoting.citations[0], quoting, "https://kb.example/", 100).count(line) == said
        shown = _shown(quoting, caller, cut=False)
        assert shown.text.count(line) == said
        assert [quote.get("stale") for quote in shown.structured["citations"]] == [line if said else None]
