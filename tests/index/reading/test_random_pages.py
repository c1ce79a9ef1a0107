"""Broken markup and odd text, at random: the readers never raise, and what they quote is in the text."""

from hypothesis import example, given
from hypothesis import strategies as st

from index.lexical.words import grams, normalise, words
from index.reading.drafts import to_section
from index.reading.page import read_page

TAGS = [
    "main",
    "article",
    "h1",
    "h2",
    "h3",
    "p",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "pre",
    "code",
    "br",
    "span",
    "a",
    "nav",
    "script",
    "svg",
    "b",
    "ruby",
    "rt",
    "dl",
    "dd",
    "form",
    "details",
]
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.builds(
        '<{} {}="{}">'.format,
        st.sampled_from(TAGS),
        st.sampled_from(["id", "class", "href", "hidden", "lang"]),
        st.text(max_size=8),
    ),
    st.sampled_from(
        [
            "<",
            ">",
            "&",
            "&#0;",
            "&#xD800;",
            "<!--",
            "-->",
            "<!-- ask",
            "<![CDATA[",
            "<?",
            "\0",
            "。",
            ". ",
            "<h2 id=x>",
            "<a href='http://[x'>",
        ]
    ),
)


def read(source: bytes) -> None:
    page = read_page(source, "a/")
    for draft in page.drafts:
        section = to_section(draft, "a/", page.lang, "a/", draft.links)
        end = 0
        for span in section.sentences:
            assert end <= span.start < span.end <= len(section.text)
            end = span.end


@given(st.lists(PIECES, max_size=40))
@example(["<main><h1 id=a>A</h1><a href='http://[x'>b</a></main>"])
def test_broken_markup_is_read(pieces: list[str]):
    read("".join(pieces).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read(source: bytes):
    read(source)


@given(st.text(alphabet=st.characters() | st.sampled_from("./-_:0129vaあｱア漢ー。・ﾞ/")))
def test_any_text_has_words(text: str):
    tokens = words(text)
    assert all(tokens), "no word is empty"
    assert not any(character.isspace() for word in tokens for character in word)
    assert grams(text) == grams(normalise(text))


@given(st.text(alphabet=st.characters() | st.sampled_from("ﾊﾟがｶﾞＡéﬁ㍿")))
def test_normalising_twice_changes_nothing(text: str):
    once = normalise(text)
    assert normalise(once) == once
    assert words(once) == words(text)
