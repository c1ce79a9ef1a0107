"""Sites of other generators to their sections: small ones that each generator built, and laws with made-up pages."""

import json
from pathlib import Path

import pytest
from casework import as_case, html, quotes, sections_of

from index.reading.site import read_site
from index.records import Section

SITES = Path(__file__).parents[2] / "data" / "sites"
GENERATORS = sorted(folder.name for folder in SITES.iterdir() if folder.is_dir())


@pytest.mark.parametrize("generator", GENERATORS)
def test_a_site_of_each_generator_has_its_golden_sections(generator: str):
    sections = read_site(SITES / generator).sections
    read_cases = [{"lang": section.lang, "url": section.url, **as_case(section)} for section in sections]
    assert read_cases == json.loads((SITES / generator / "sections.json").read_text("utf-8"))


def test_the_generators_are_those_that_are_promised():
    sphinx = ["alabaster", "furo", "pydata", "rtd"]
    others = ["docsy", "docusaurus", "material", "mdbook", "starlight", "vitepress", "zensical"]
    assert sorted(sphinx + others) == GENERATORS


def test_zensical_and_material_give_the_same_sections():
    assert read_site(SITES / "zensical").sections == read_site(SITES / "material").sections


@pytest.mark.parametrize("theme", ["alabaster", "pydata", "rtd"])
def test_the_theme_of_sphinx_changes_no_section(theme: str):
    furo = {section.id: section for section in read_site(SITES / "furo").sections}
    sections = read_site(SITES / theme).sections
    assert sections and [section.id for section in sections if section != furo[section.id]] == []


def only(body: str) -> Section:
    (section,) = sections_of(html(f"<h1 id='a'>A</h1>{body}").encode())
    return section


# Tabs


@pytest.mark.parametrize(
    "body",
    [
        "<div class='tabbed-set'><input><input checked>"
        "<div class='tabbed-labels'><label>A</label><label>B</label></div><div class='tabbed-content'>"
        "<div class='tabbed-block'>one</div><div class='tabbed-block'>two</div></div></div>",
        "<div class='tabbed-set'><input><label>A</label><div class='tabbed-content'>one</div>"
        "<input checked><label>B</label><div class='tabbed-content'>two</div></div>",
        "<div class='sd-tab-set'><input><label>A</label><div class='sd-tab-content'>one</div>"
        "<input checked><label>B</label><div class='sd-tab-content'>two</div></div>",
        "<div><ul role='tablist'><li role='tab'>A</li><li role='tab' aria-selected='true'>B</li></ul>"
        "<div><div role='tabpanel' hidden>one</div><div role='tabpanel'>two</div></div></div>",
        "<div role='tablist'><button role='tab'>A</button><button role='tab' aria-selected='true'>B</button></div>"
        "<div role='tabpanel' hidden>one</div><div role='tabpanel'>two</div>",
    ],
)
def test_each_tab_stands_below_its_label_and_the_readers_default_comes_first(body: str):
    section = only(f"<div>{body}</div><p>after</p>")
    assert section.text.split("\n") == ["B", "two", "A", "one", "after"]
    assert quotes(section) == ["two", "one", "after"]


def test_tabs_in_a_tab_stay_in_it():
    inner = "<ul role='tablist'><li role='tab'>C</li></ul><div role='tabpanel'>three</div>"
    outer = f"<ul role='tablist'><li role='tab'>A</li></ul><div role='tabpanel'><p>one</p><div>{inner}</div></div>"
    assert only(f"<div>{outer}</div>").text.split("\n") == ["A", "one", "C", "three"]


def test_tabs_whose_panels_are_not_on_the_page_lose_nothing():
    assert only("<ul role='tablist'><li role='tab'>A</li><li role='tab'>B</li></ul><p>x</p>").text == "A\nB\nx"


# Furniture


@pytest.mark.parametrize(
    "furniture",
    [
        "<span class='sr-only'>Section titled</span>",
        "<p data-pagefind-ignore>Version 3 is coming.</p>",
        "<i aria-hidden='true'>icon</i>",
        "<div class='language-sh'><span class='lang'>sh</span></div>",
        "<div class='line-numbers-wrapper'>1</div>",
        "<footer>Previous</footer>",
        "<nav>On this page</nav>",
    ],
)
def test_what_the_generator_adds_is_no_text(furniture: str):
    assert only(f"<p>one</p>{furniture}<p>two</p>").text == "one\ntwo"


def test_what_has_no_width_is_no_letter():
    (section,) = sections_of(html("<h2 id='a'>Ti\u200btle <a class='x'>\u200b</a></h2><p>a\ufeffb</p>").encode())
    assert (section.title, section.text) == ("Title", "ab")


@pytest.mark.parametrize("cell", ["N/A", "n/a", "✅", "-", "—", "…"])
def test_a_cell_without_words_is_shown_and_no_sentence(cell: str):
    section = only(f"<table><tr><td>timer</td><td>{cell}</td></tr></table>")
    assert section.text == f"timer\t{cell}"
    assert quotes(section) == ["timer"]


@pytest.mark.parametrize(
    ("classes", "title", "said"),
    [("admonition tip", "Tip", []), ("admonition tip", "Tip of the day", ["Tip of the day"]), ("tip", "Tip", ["Tip"])],
)
def test_a_title_that_names_only_the_kind_of_its_note_is_no_sentence(classes: str, title: str, said: list[str]):
    section = only(f"<div class='{classes}'><p class='admonition-title'>{title}</p><p>Text.</p></div>")
    assert quotes(section) == [*said, "Text."]


def test_the_title_of_a_file_labels_its_code():
    section = only("<div class='highlight'><span class='filename'>a.py</span><pre><code>x = 1</code></pre></div>")
    assert (section.text, quotes(section)) == ("a.py\nx = 1", ["x = 1"])


@pytest.mark.parametrize(
    "lines",
    [
        "<div class='line'><div>a</div></div><div class='line'><div>\n</div></div><div class='line'><div>b</div></div>",
        "<div>a<br></div><div><br></div><div>b<br></div>",
        "<span>a</span><br><br><span>b</span>",
        "a\n\nb\n",
    ],
)
def test_lines_of_code_stay_lines(lines: str):
    assert only(f"<pre><code>{lines}</code></pre>").text == "a\n\nb"


def test_a_section_of_code_alone_is_quoted_by_its_first_line():
    assert quotes(only("<pre><code>#\n  $ lantern light. Now \n$ x</code></pre>")) == ["$ lantern light. Now"]
    assert quotes(only("<p>Text.</p><pre><code>$ lantern</code></pre>")) == ["Text."]
    assert quotes(only("<pre><code>---</code></pre>")) == []


# Sentences


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("one<br>line", ["one line"]),
        ("One.<br>Two.", ["One.", "Two."]),
        ("Run:<br>it", ["Run:", "it"]),
        ("日本<br>語。<br>次", ["日本 語。", "次"]),
        ("one<br><br>two", ["one two"]),
        ("See e.g. Fig. 3. Then stop.", ["See e.g. Fig. 3.", "Then stop."]),
        ("It takes approx. Two days.", ["It takes approx. Two days."]),
        ("Answer no. Then go.", ["Answer no.", "Then go."]),
        ("Ask Dr. Light. She knows.", ["Ask Dr. Light.", "She knows."]),
        ("The <abbr title='Web'>HTML</abbr> page.", ["The HTML page."]),
    ],
)
def test_a_sentence_ends_where_its_author_ends_it(body: str, sentences: list[str]):
    assert quotes(only(f"<p>{body}</p>")) == sentences


# Footnotes


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            "<sup><a class='footnote-ref' href='#n'>1</a></sup>",
            "<ol><li id='n'><p>Noted. <a href='#m'>↩</a></p></li></ol>",
        ),
        (
            " <a class='footnote-reference' href='#n' id='m'>[1]</a>",
            "<aside id='n'><span class='label'>[1]</span><p>Noted.</p></aside>",
        ),
        (" <a role='doc-noteref' href='#n'>1</a>", "<dl><dt id='n'>1</dt><dd><p>Noted.</p></dd></dl>"),
        ("<sup class='footnote-reference'><a href='#n'>1</a></sup>", "<p id='n'>Noted.</p>"),
    ],
)
def test_a_note_belongs_to_the_section_that_it_notes(mark: str, note: str):
    first, second = sections_of(
        html(f"<h2 id='a'>A</h2><p>Fact{mark}. More.</p><h2 id='b'>B</h2><p>x</p>{note}").encode()
    )
    assert quotes(first) == ["Fact.", "More.", "Noted."]
    assert "Noted" not in second.text


def test_a_mark_that_leads_to_no_note_is_dropped_and_a_note_without_a_mark_stays():
    section = only("<p>Fact<a class='footnote-ref' href='#gone'>1</a>.</p><ol><li id='other'>Kept.</li></ol>")
    assert quotes(section) == ["Fact.", "Kept."]
