import unicodedata

from click import unstyle

from bot.ask import Bot
from bot.language import say
from bot.records import Answer, Citation, RuleLink, Status
from bot.terminal import answer_text


def answer(quote: str = "A quote.", lang: str = "en") -> Answer:
    citation = Citation(1, "faq#a", lang, "Title", "/en/faq/#a", quote, "/faq/#a")
    rule = RuleLink("AGC001", "kubenet", "AGC001 kubenet", "error", "/en/rules/agc001/")
    return Answer("q", lang, Status.ANSWERED, quote, 0.9, (citation,), (rule,), ("More?",), 1.0)


def test_links_are_absolute():
    shown = answer_text(answer(), "https://docs.example/base/")
    assert "https://docs.example/base/en/faq/#a" in shown
    assert "https://docs.example/base/faq/#a" in shown
    assert "AGC001 kubenet  https://docs.example/base/en/rules/agc001/" in shown
    assert "  - More?" in shown


def test_the_sites_address_may_end_without_a_stroke():
    assert "https://docs.example/base/en/faq/#a" in answer_text(answer(), "https://docs.example/base")


def test_a_page_cannot_steer_the_terminal():
    shown = unstyle(answer_text(answer("before\x1b]0;owned\x07\x1b[2J\u202eafter\r\x9b31m"), "http://x/"))
    assert [c for c in shown if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"] == []
    assert "before]0;owned[2Jafter31m" in shown


def test_lines_fit_ninety_six_columns():
    shown = unstyle(answer_text(answer("クラスターの設定、" * 60, "ja"), "http://x/")).split("\n")
    widths = [sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in shown]
    assert max(widths) <= 96
    assert [line for line in shown if line.lstrip(" │").startswith(("、", "。"))] == []


def test_what_the_site_does_not_state_comes_first(bot: Bot):
    answer = bot.ask("Can I upgrade from kubenet with Cilium?")
    lines = unstyle(answer_text(answer, "http://x/")).split("\n")
    assert lines[0] == say("en", "answers", "not_stated", names="“Cilium”")
    assert answer.citations[0].quote.startswith(lines[1])
