import unicodedata
from pathlib import Path

import pytest
from click import unstyle

from bot.answering.ask import Bot
from bot.cli.terminal.answer import answer_text, page_text
from bot.cli.terminal.forms import CODE, code_lines, formed
from bot.cli.terminal.pages import page_address, pages_base, with_pages
from bot.cli.terminal.screen import Screen, links
from bot.cli.terminal.table import table_lines
from bot.language import say
from bot.records import Answer, Citation, RuleLink, Status
from bot.settings import Settings
from bot.wrap import columns
from index.records import Section, Span


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


def section(text: str, *quotable: str) -> Section:
    spans = tuple(Span(text.index(part), text.index(part) + len(part)) for part in quotable)
    return Section("p#a", "en", "Title", ("Page",), "/en/p/#a", text, spans, (), (), True)


COMMAND = 'tool make --name "$NAME" \\\n  --size 24 --tags one,two,three,four,five,six,seven'
PAGE = section(f"Make it first.\n{COMMAND}\nThen use it.", "Make it first.", "Then use it.")


def test_what_cannot_be_quoted_is_code_and_is_not_broken():
    assert code_lines([PAGE]) == set(COMMAND.split("\n"))
    shown = formed(PAGE.text, code_lines([PAGE]), 30)
    assert [line for form, line in shown if form == CODE] == [f"  {line}" for line in COMMAND.split("\n")]
    assert COMMAND.split("\n")[0] in unstyle(page_text([PAGE], "http://x/", Screen(30)))


@pytest.mark.parametrize("width", [20, 30, 44, 200])
@pytest.mark.parametrize("indent", ["", "    │ "])
def test_a_table_is_aligned_and_as_wide_as_it_may_be(width: int, indent: str):
    rows = [["項目", "値"], ["サブネットのサイズ", "exactly a /24, and nothing else"], ["region", "東日本"]]
    lines = table_lines(rows, width, indent)
    assert max(map(columns, lines)) <= width
    second = {columns(line[: line.index(cell)]) for line in lines for cell in ("値", "東日本") if cell in line}
    assert len(second) == 1 and all(line.startswith(indent.rstrip()) for line in lines)


def test_a_table_breaks_a_word_only_where_the_words_do_not_fit():
    rows = [["networkProfile.networkPolicy", "none, or nothing at all", "azure or calico"]]
    assert "networkProfile.networkPolicy  none" in table_lines(rows, 60)[0]
    assert table_lines(rows, 30)[:2] == ["networkP  none, or   azure or", "rofile.n  nothing    calico"]


def test_a_table_that_cannot_fit_has_a_line_for_each_cell():
    assert table_lines([["a", "b", "c", "d"]], 20) == ["a", "b", "c", "d"]


def test_a_quote_that_the_answer_shows_is_not_said_twice():
    shown = unstyle(answer_text(answer(), "http://x/"))
    assert shown.count("A quote.") == 1 and shown.startswith("A quote. [1]\n")


def test_the_title_of_a_source_has_its_page():
    shown = unstyle(answer_text(answer(), "http://x/", cited={("faq#a", "en"): PAGE}))
    assert "[1] Page › Title\n" in shown


@pytest.mark.parametrize("width", [40, 80, 120])
def test_all_but_addresses_fit_the_terminal(bot: Bot, width: int):
    for question in ("Which subnet size does AGC need?", "AGC のサブネットのサイズは？", "kubenet"):
        shown = unstyle(answer_text(bot.ask(question), "http://x/", Screen(width)))
        assert [line for line in shown.split("\n") if columns(line) > width and "http://" not in line] == []


@pytest.mark.parametrize(
    ("environment", "shows"),
    [
        ({}, False),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"VTE_VERSION": "7006"}, True),
        ({"VTE_VERSION": "4200"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "dumb", "TERM_PROGRAM": "vscode"}, False),
        ({"FORCE_HYPERLINK": "0", "WT_SESSION": "1"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_which_terminals_show_links(environment: dict[str, str], shows: bool):
    assert links(environment, terminal=True) == shows
    assert links(environment, terminal=False) == (environment.get("FORCE_HYPERLINK") == "1")


def test_an_address_in_a_report_is_a_link_without_what_follows_it():
    shown = Screen(links=True).linked("See http://x/a/#b。Or (http://x/c/).")
    assert [part.partition("\x1b")[0] for part in shown.split("\x1b]8;;")[1:]] == [
        "http://x/a/#b",
        "",
        "http://x/c/",
        "",
    ]


def test_links_lead_to_what_is_there(tmp_path: Path, refusing: str, service: str):
    closed = Settings(site=tmp_path, site_url=refusing)
    assert pages_base(closed, terminal=True) == f"{tmp_path.as_uri()}/"
    assert pages_base(closed, terminal=False) == refusing
    for address in (service, "https://a.example/"):
        assert pages_base(Settings(site=tmp_path, site_url=address), terminal=True) == address
    assert pages_base(Settings(site=tmp_path / "none", site_url=refusing), terminal=True) == refusing


def test_a_page_of_a_folder_is_a_file():
    assert page_address("file:///srv/site/", "/en/a/#b") == "file:///srv/site/en/a/index.html#b"
    report = "Page: http://x/rules/agc001/\nhttp://other/"
    assert with_pages(report, "http://x/", "file:///s/") == "Page: file:///s/rules/agc001/index.html\nhttp://other/"
