import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from click import unstyle

from bot.aligned import table_lines
from bot.answering.ask import Bot
from bot.cli.terminal.answer import answer_text, page_text
from bot.cli.terminal.forms import CODE, MORE, TITLE, clickable, formed
from bot.cli.terminal.pages import page_address, pages_base, with_pages
from bot.cli.terminal.screen import Screen, links
from bot.language import say
from bot.records import (
    Answer,
    Block,
    CheckedValue,
    Citation,
    Code,
    Item,
    Listing,
    Note,
    Outside,
    Paragraph,
    Place,
    QuotedLink,
    RuleLink,
    Status,
    Table,
)
from bot.settings import Settings
from bot.wrap import columns
from index.reading.drafts import to_section
from index.reading.page import read_page


def answer(quote: str = "A quote.", lang: str = "en") -> Answer:
    citation = Citation(1, "faq#a", lang, "Title", "/en/faq/#a", quote, "/faq/#a")
    rule = RuleLink("AGC001", "kubenet", "AGC001 kubenet", "error", "/en/rules/agc001/")
    return Answer("q", lang, Status.ANSWERED, quote, 0.9, (citation,), (rule,), ("More?",), 1.0)


def test_links_are_absolute():
    shown = answer_text(answer(), "https://docs.example/base/")
    assert "https://docs.example/base/en/faq/#a" in shown
    assert "AGC001 kubenet  https://docs.example/base/en/rules/agc001/" in shown
    assert "  - More?" in shown


def test_the_other_language_is_a_link_where_links_can_be_clicked_and_else_no_line_of_its_own():
    assert "Japanese" not in answer_text(answer(), "http://x/")
    shown = answer_text(answer(), "http://x/", Screen(80, links=True))
    assert "\x1b]8;;http://x/faq/#a\x1b\\in Japanese\x1b]8;;\x1b\\" in shown


def test_a_refusal_prints_where_else_the_topic_is_covered_in_full():
    documents = (Outside("The prices of it", "https://example.com/" + "prices/" * 20),)
    refused = Answer("q", "en", Status.NOT_COVERED, "No prices.", 0.1, (), (), (), 1.0, outside=documents)
    lines = unstyle(answer_text(refused, "http://x/", Screen(40))).split("\n")
    assert lines[1:] == ["", "Outside of this documentation", "  - The prices of it", f"    {documents[0].url}"]


def test_an_answer_names_the_rules_of_its_first_sources():
    rules = tuple(RuleLink(f"R{n}", "x", f"R{n} x", "error", f"/en/r{n}/") for n in range(9))
    shown = answer_text(replace(answer(), rules=rules), "http://x/")
    assert [f"R{n}" for n in range(9) if f"  R{n} x  " in shown] == ["R0", "R1", "R2", "R3"]


def test_how_sure_an_answer_is_stands_apart_from_a_table_and_close_to_a_sentence():
    table = Table(("Plugin",), (("Overlay",),), 0)
    certain = replace(answer("A quote."), certainty="high")
    rows = unstyle(answer_text(certain, "http://x/")).split("\n")
    assert rows[:2] == ["A quote. [1]", "The site states this clearly."]
    formed_so = replace(certain, citations=(replace(certain.citations[0], blocks=(table,)),))
    rows = unstyle(answer_text(formed_so, "http://x/")).split("\n")
    assert rows[:5] == ["Plugin", "-------", "Overlay", "", "The site states this clearly."]


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
    assert lines[0] == say("en", "answers", "not_stated_of", names="“Cilium”")
    assert answer.citations[0].quote.startswith(lines[1])


COMMAND = 'tool make --name "$NAME" \\\n  --size 24 --tags one,two,three,four,five,six,seven'
TABLE = Table(("項目", "値"), (("size", "/24"), ("region", "東日本\n西日本")), more=2)
PLACE = Place("d#e", "en", "There", ("Third",), "/en/d/#e")
STEPS = Listing((Item("Make it first, and then wait.", (Code(COMMAND),)), Item("Use it.")), start=9)


def lines(*blocks: Block, width: int = 30) -> list[str]:
    return [line for _, line in formed(blocks, width, more="… {n} more")]


def test_code_is_not_broken():
    shown = list(formed([Paragraph("Make it."), Code(COMMAND)], 30))
    assert [line for form, line in shown if form == CODE] == [f"  {line}" for line in COMMAND.split("\n")]


def test_a_list_hangs_and_steps_have_their_numbers():
    first, second = COMMAND.split("\n")
    made = ["9. Make it first, and then", "   wait.", f"     {first}", f"     {second}", "10. Use it."]
    assert lines(STEPS) == made
    assert lines(Listing((Item("One."), Item("Two.", (Listing((Item("Inner."),)),))))) == [
        "- One.",
        "- Two.",
        "  - Inner.",
    ]


def test_a_table_is_aligned_with_the_lines_of_its_cells_and_says_what_is_left_out():
    assert lines(TABLE) == [
        *("項目    値", "------  ------"),
        *("size    /24", "region  東日本", "        西日本", "  … 2 more"),
    ]
    assert [form for form, _ in formed([TABLE], 30)][-1] == MORE


def test_a_note_has_its_title_and_stands_in():
    shown = list(formed([Note("tip", "Mind", (Paragraph("Hot."),))], 30))
    assert shown == [(TITLE, "Mind"), ("paragraph", "  Hot.")]


def test_an_empty_line_is_around_tables_and_code():
    assert lines(Paragraph("a"), Paragraph("b"), Code("c"), Paragraph("d")) == ["a", "b", "", "  c", "", "d"]


def test_a_whole_page_keeps_its_forms():
    rows = "".join(f"<tr><td>{n}</td><td>x</td></tr>" for n in range(40))
    page = read_page(f"<main><h1 id='a'>A</h1><p>Text.</p><table>{rows}</table></main>".encode(), "/a/")
    section = to_section(page.drafts[0], "a", "en", "/a/", ())
    shown = unstyle(page_text([section], "http://x/", Screen(30))).split("\n")
    assert shown[:5] == ["A", "", "  Text.", "", "  0   x"] and "  39  x" in shown


def test_an_answer_keeps_the_forms_and_says_what_it_is():
    citation = replace(answer().citations[0], quote="Yes.\nA.", blocks=(Paragraph("A."), TABLE), path=("Page: long",))
    other = Citation(2, "b#c", "en", "Other", "/en/b/#c", "B. More of it.", None, also=(PLACE,))
    shown = replace(answer(), answer="Yes.\nA.\nB.", citations=(citation, other), verdict="yes", certainty="medium")
    text = unstyle(answer_text(shown, "http://x/")).split("\n")
    assert text[:4] == ["Yes", "A. [1]", "", "項目    値"]
    assert text[7:11] == ["        西日本", "  … 2 more", "", "B. [2]"]
    assert text[11] == say("en", "answers", "certainty.medium")
    assert "[1] Page › Title" in text and "    │ B. More of it." in text and "    │ A." not in text
    assert "    also in Third › There: http://x/en/d/#e" in text


def test_a_judged_value_comes_first_with_its_mark():
    check = CheckedValue("POT1", "size", "fail", "5", "6", "", "/")
    shown = replace(answer(), answer="5 is too small.\nNot stated.\nA quote.", checks=(check,))
    assert unstyle(answer_text(shown, "http://x/")).split("\n")[:3] == [
        "✗ 5 is too small.",
        "Not stated.",
        "A quote. [1]",
    ]


@pytest.mark.parametrize("width", [20, 30, 44, 200])
@pytest.mark.parametrize("indent", ["", "    │ "])
def test_a_table_is_aligned_and_as_wide_as_it_may_be(width: int, indent: str):
    rows = [["項目", "値"], ["サブネットのサイズ", "exactly a /24, and nothing else"], ["region", "東日本"]]
    lines = table_lines(rows, width, indent)
    assert max(map(columns, lines)) <= width
    second = {columns(line[: line.index(cell)]) for line in lines for cell in ("値", "東日本") if cell in line}
    assert len(second) == 1 and all(line.startswith(indent.rstrip()) for line in lines)


def test_a_line_of_ascii_parts_a_head_from_its_rows():
    rows = [["項目", "値"], ["a long name", "x"]]
    assert table_lines(rows, 40, headed=True) == ["項目         値", "-----------  --", "a long name  x"]
    assert table_lines(rows, 40) == ["項目         値", "a long name  x"]
    assert table_lines(rows, 12, headed=True) == ["項目", "値", "a long name", "x"]


def test_of_a_further_quote_a_screen_shows_its_beginning_and_a_pipe_all():
    long = tuple(Paragraph(f"Line {n}.") for n in range(20))
    further = Citation(2, "b#c", "en", "Other", "/en/b/#c", "Line 0.\nmore", None, blocks=long)
    shown = replace(answer(), citations=(*answer().citations, further))
    on_screen = unstyle(answer_text(shown, "http://x/", Screen(60))).split("\n")
    at = on_screen.index("[2] Other")
    assert on_screen[at + 7 : at + 10] == ["    │ Line 6.", "    │ … 13 more lines", "    http://x/en/b/#c"]
    piped = unstyle(answer_text(shown, "http://x/"))
    assert "Line 19." in piped and "more lines" not in piped
    short = replace(shown, citations=(*answer().citations, replace(further, blocks=long[:8])))
    assert "    │ Line 7." in unstyle(answer_text(short, "http://x/", Screen(60)))


def test_a_table_breaks_a_word_only_where_the_words_do_not_fit():
    rows = [["networkProfile.networkPolicy", "none, or nothing at all", "azure or calico"]]
    assert "networkProfile.networkPolicy  none" in table_lines(rows, 60)[0]
    assert table_lines(rows, 30)[:2] == ["networkP  none, or   azure or", "rofile.n  nothing    calico"]


def test_a_table_that_cannot_fit_has_a_line_for_each_cell():
    assert table_lines([["a", "b", "c", "d"]], 20) == ["a", "b", "c", "d"]


def test_a_quote_that_the_answer_shows_is_not_said_twice():
    shown = unstyle(answer_text(answer(), "http://x/"))
    assert shown.count("A quote.") == 1 and shown.startswith("A quote. [1]\n")


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


LED = (QuotedLink("the very long page about ports", "/ports/"), QuotedLink("evil", "javascript:x"))


@pytest.mark.parametrize("width", [30, 44, 200])
def test_links_of_a_quote_can_be_clicked_where_their_words_stand(width: int):
    text = "Read the very long page about ports, then the very long page about ports, and evil."
    given = answer(text)
    given = replace(given, citations=(replace(given.citations[0], blocks=(Paragraph(text),), links=LED),))
    plain, shown = (answer_text(given, "https://docs.example/", Screen(width, links=on)) for on in (False, True))
    assert "\x1b]8" not in plain
    pieces = re.findall(r"\x1b]8;;https://docs.example/ports/\x1b\\([^\x1b]*)\x1b]8;;\x1b\\", shown)
    assert " ".join(piece.strip() for piece in pieces) == LED[0].text, "once, in as many pieces as there are lines"
    assert "javascript" not in shown
    bare = re.sub(r"\x1b]8;;[^\x1b]*\x1b\\", "", shown)
    assert unstyle(bare).startswith(unstyle(plain).split("Sources")[0].rstrip())


def test_words_in_code_are_no_link():
    lines = [(CODE, "  ports"), ("paragraph", "│ 開く、ポー"), ("paragraph", "│ トです")]
    made = clickable(
        lines, [QuotedLink("ports", "/a/"), QuotedLink("ポート", "/b/")], lambda words, url: f"<{url}|{words}>"
    )
    assert [line for _, line in made] == ["  ports", "│ 開く、</b/|ポー>", "│ </b/|ト>です"]
