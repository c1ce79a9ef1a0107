"""Which parts of a text are a list, a table, code or a note: laws for every page. tests/index/cases has examples."""

from casework import html, sections_of
from hypothesis import given
from hypothesis import strategies as st

from index.records import Form, FormKind, Section

ELEMENTS = [
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "pre",
    "code",
    "p",
    "div",
    "details",
    "summary",
]
MARKUP = st.one_of(
    st.sampled_from([f"<{name}>" for name in ELEMENTS] + [f"</{name}>" for name in ELEMENTS]),
    st.sampled_from(["<br>", "<h2 id='b'>B</h2>", "<div class='admonition tip'>", "<p class='admonition-title'>"]),
    st.text(alphabet="ab \t\n.", max_size=6),
)
PARENTS = {
    FormKind.ITEM: {FormKind.LIST},
    FormKind.ROW: {FormKind.TABLE},
    FormKind.HEADER: {FormKind.TABLE},
    FormKind.TITLE: {FormKind.NOTE},
    FormKind.LINE: {FormKind.ROW, FormKind.HEADER},
}


def kinds(body: str) -> list[tuple[str, str]]:
    (section,) = sections_of(html(f"<h1 id='a'>A</h1>{body}").encode())
    return [(f"{form.kind} {form.label}".strip(), section.text[form.start : form.end]) for form in section.forms]


def above(section: Section, number: int) -> Form | None:
    """The form in which one stands: the nearest before it that reaches as far."""
    inner = section.forms[number]
    before = reversed(section.forms[:number])
    return next((form for form in before if form.start <= inner.start and inner.end <= form.end), None)


@given(st.lists(MARKUP, max_size=30))
def test_forms_lie_in_one_another_and_take_whole_lines(pieces: list[str]):
    for section in sections_of(html(f"<h1 id='a'>A</h1>{''.join(pieces)}").encode()):
        for number, form in enumerate(section.forms):
            outer = above(section, number)
            assert 0 <= form.start < form.end <= len(section.text)
            if form.kind in PARENTS:
                assert outer and outer.kind in PARENTS[form.kind]
            if form.kind is not FormKind.LINE:
                assert form.start == 0 or section.text[form.start - 1] == "\n"
                assert form.end == len(section.text) or section.text[form.end] == "\n"
            if form.kind in (FormKind.ROW, FormKind.HEADER, FormKind.TITLE):
                assert "\n" not in section.text[form.start : form.end]


def test_the_language_of_code_is_where_generators_write_it():
    """On the code, on what it stands in, or on both; a name that means none is no language."""
    assert kinds("<pre><code class='language-yaml'>a: 1</code></pre>") == [("code yaml", "a: 1")]
    assert kinds("<div class='language-c++ highlight'><pre><code>a</code></pre></div>") == [("code c++", "a")]
    assert kinds("<div class='highlight-python notranslate'><div><pre>a</pre></div></div>") == [("code python", "a")]
    assert kinds("<div class='language-text highlight'><pre>a</pre></div>") == [("code", "a")]


def test_lists_side_by_side_are_two():
    assert kinds("<ul><li>a</ul><ul><li>b</ul>") == [("list", "a"), ("item", "a"), ("list", "b"), ("item", "b")]


def test_the_lines_of_a_cell_are_known():
    body = "<table><tr><td>a<br>b</td><td></td><td><ul><li>c</li><li>d</li></ul></td><td>e f</td></tr></table>"
    assert kinds(body) == [
        ("table", "a b\t\tc d\te f"),
        ("row", "a b\t\tc d\te f"),
        *(("line", letter) for letter in "abcd"),
    ]


def test_a_heading_within_an_element_leaves_both_their_part_of_it():
    body = "<details class='tip'><summary>T</summary><p>a</p><h2 id='b'>B</h2><p>b</p></details><p>c</p>"
    first, second = sections_of(html(f"<h1 id='a'>A</h1>{body}").encode())
    assert first.text == "T\na\nc" and [str(form.kind) for form in first.forms] == ["note", "title"]
    assert second.text == "b" and [str(form.kind) for form in second.forms] == ["note"]
