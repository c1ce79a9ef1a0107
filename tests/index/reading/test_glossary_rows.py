"""A glossary's row names terms that are searched but not shown."""

from index.reading.drafts import to_section
from index.reading.page import read_page

ROW = "<tr><td>teapot</td><td>Kanne <!-- also tee pot, teapott --></td><td>Holds tea. <!-- a remark --></td></tr>"
PAGE = "<html lang='en'><body><article><h1 id='g'{}>Terms</h1><table>{}</table></article></body></html>"


def test_terms_in_a_comment_are_equal_terms_that_no_text_shows():
    (draft,) = read_page(PAGE.format(" class='glossary'", ROW).encode(), "/g/").drafts
    section = to_section(draft, "g", "en", "/g/", ())
    assert section.synonyms == (("teapot", "Kanne", "tee pot", "teapott"),)
    assert section.text == "teapot\tKanne\tHolds tea."


def test_a_table_elsewhere_has_no_terms():
    (draft,) = read_page(PAGE.format("", ROW).encode(), "/g/").drafts
    assert to_section(draft, "g", "en", "/g/", ()).synonyms == ()
