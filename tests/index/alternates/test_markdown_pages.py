"""A page's Markdown: every section's text as it is in the index, its tables cell by cell, its code byte by byte."""

import json
from pathlib import Path

import pytest
from casework import CASES, html, write
from rereading import code_of, forms_of, reread, text_of

from index.alternates.markdown import fenced
from index.alternates.pages import Page, pages
from index.alternates.write import OURS, write_markdown
from index.reading.site import read_site

GOLDEN = sorted(file.stem for file in CASES.glob("*.html"))


@pytest.fixture(scope="module")
def published(site_dir: Path) -> list[Page]:
    """The pages of the real site."""
    return pages(site_dir, read_site(site_dir))


def assert_same(page: Page) -> None:
    """The page's Markdown is read as the sections of the index."""
    again = reread(page.markdown(page.url), page.url)
    for section in page.sections:
        read = again[section.url.partition("#")[2]]
        assert (read.title, text_of(read)) == (section.title, text_of(section)), section.url
        assert forms_of(read) == forms_of(section), section.url
        assert code_of(read) == code_of(section), section.url


def test_every_section_of_the_site_is_in_its_pages_markdown(site_dir: Path, published: list[Page]):
    assert len(published) > 80
    for page in published:
        assert_same(page)
        written = (site_dir / page.twin[1:]).read_text("utf-8")
        assert written == f"{page.markdown(page.url)}\n\n{OURS}\n"


def test_no_section_of_the_site_lost_its_links_and_code(published: list[Page]):
    """The marks of each section left its text as it is."""
    for page in published:
        for plain, marked in zip(page.sections, page.marked[1], strict=True):
            assert plain is not marked, plain.url


@pytest.mark.parametrize("case", [case for case in GOLDEN if case not in ("glossary", "forms")])
def test_markup_of_any_kind_is_read_as_the_same_sections(tmp_path: Path, case: str):
    if not json.loads((CASES / f"{case}.json").read_text("utf-8")):
        return  # nothing of it is read
    write(tmp_path, {"guide/index.html": (CASES / f"{case}.html").read_text("utf-8")})
    for page in pages(tmp_path, read_site(tmp_path)):
        assert_same(page)


def test_a_page_as_it_is_written(tmp_path: Path):
    body = """<h1 id="top">Sizes</h1><p>See <a href="../b/">the <code>b</code> page</a>.</p>
      <h2 id="t">Which</h2><table><thead><tr><th>Name</th><th>Size</th></tr></thead>
      <tbody><tr><td><code>a|b</code></td><td><p>one</p><p>two</p></td></tr></tbody></table>
      <div class="admonition warning"><p class="admonition-title">Careful</p><p>Or not.</p></div>
      <ol start="3"><li>Run:<pre><code class="language-sh">kb ask</code></pre></li><li>Stop.</li></ol>"""
    write(tmp_path, {"a/index.html": html(body)})
    write_markdown(tmp_path, read_site(tmp_path))
    assert (
        (tmp_path / "a/index.md").read_text("utf-8")
        == f"""# Sizes {{#top}}

See [the `b` page](../b/).

## Which {{#t}}

| Name | Size |
| --- | --- |
| `a\\|b` | one<br>two |

> **Careful**
>
> Or not.

3. Run:

   ```sh
   kb ask
   ```

4. Stop.

{OURS}
"""
    )


def test_code_with_fences_keeps_every_byte():
    code = "```sh\n  indented  \n\n````\n"
    assert fenced(code, "md") == f"`````md\n{code}\n`````"


def test_what_is_left_out_of_the_search_or_asks_not_to_be_indexed_has_no_markdown(tmp_path: Path):
    page = html('<h1 id="a">A</h1><p>Text.</p>')
    listing = json.dumps({"docs": [{"location": at} for at in ("kept/", "robots/")]})
    robots = page.replace("<body>", '<head><meta name="robots" content="NoIndex, follow"></head><body>')
    write(
        tmp_path,
        {
            "search/search_index.json": listing,
            "kept/index.html": page,
            "excluded/index.html": page,
            "robots/index.html": robots,
        },
    )
    write_markdown(tmp_path, read_site(tmp_path))
    assert sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.md")) == ["kept/index.md"]
    listed = (tmp_path / "llms.txt").read_text("utf-8")
    assert "kept/index.md" in listed and "excluded" not in listed and "robots" not in listed


def test_what_an_author_wrote_is_never_written_over(tmp_path: Path):
    page = html('<h1 id="a">A</h1><p>Text.</p>')
    write(tmp_path, {"a/index.html": page, "b.html": page, "a/index.md": "mine\n", "llms.txt": "mine, too\n"})
    site = read_site(tmp_path)
    assert write_markdown(tmp_path, site) == 2  # b.md and llms-full.txt
    assert (tmp_path / "a/index.md").read_text() == "mine\n"
    assert (tmp_path / "llms.txt").read_text() == "mine, too\n"
    write(tmp_path, {"b.html": html('<h1 id="a">A</h1><p>Other.</p>')})
    assert write_markdown(tmp_path, read_site(tmp_path)) == 2
    assert "Other." in (tmp_path / "b.md").read_text()
