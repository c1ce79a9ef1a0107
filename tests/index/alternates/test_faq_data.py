"""A page of questions as schema.org's FAQPage: valid JSON, in the words of the page."""

import json
import re
from pathlib import Path

import pytest
from casework import html, write
from lxml import html as lxml_html

from index.alternates.pages import pages
from index.alternates.questions import add_questions
from index.reading.site import read_site

SCRIPT = re.compile(rb'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
BODY = (
    '<h1 id="faq" class="faq">FAQ</h1><p>About it.</p><h2 id="group">Group</h2>'
    '<h3 id="a">May I?</h3><p>Yes &lt;/script&gt;.</p><ul><li>One</li></ul>'
    '<h3 id="b" class="not-covered">And prices?</h3><p>Not said here.</p>'
)


def questions(folder: Path) -> list[dict[str, object]]:
    """Each page's data, as it stands there."""
    return [
        json.loads(script) for file in sorted(folder.rglob("*.html")) for script in SCRIPT.findall(file.read_bytes())
    ]


def test_each_heading_with_a_text_is_a_question_unless_it_is_named_not_covered(tmp_path: Path):
    head = '<head><link rel="canonical" href="https://x.example/faq/"></head><body>'
    write(tmp_path, {"faq/index.html": html(BODY).replace("<body>", head), "other/index.html": html(BODY)})
    text = (tmp_path / "other/index.html").read_text("utf-8").replace('class="faq"', "")
    write(tmp_path, {"other/index.html": text})
    add_questions(tmp_path, pages(tmp_path, read_site(tmp_path)))
    assert questions(tmp_path) == [
        {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "inLanguage": "en",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": "May I?",
                    "acceptedAnswer": {
                        "@type": "Answer",
                        "text": "Yes </script>.\nOne",
                        "url": "https://x.example/faq/#a",
                    },
                }
            ],
        }
    ]
    assert (tmp_path / "faq/index.html").read_text("utf-8").count("</script>") == 1


def test_a_page_without_a_head_stays_as_it_is(tmp_path: Path):
    write(tmp_path, {"faq/index.html": html(BODY)})
    add_questions(tmp_path, pages(tmp_path, read_site(tmp_path)))
    assert (tmp_path / "faq/index.html").read_text("utf-8") == html(BODY)


@pytest.mark.parametrize(("file", "url"), [("faq/index.html", "/faq/"), ("en/faq/index.html", "/en/faq/")])
def test_every_answer_of_the_real_faq_is_the_pages_own_text(site_dir: Path, file: str, url: str):
    source = (site_dir / file).read_bytes()
    (faq,) = (json.loads(script) for script in SCRIPT.findall(source))
    tree = lxml_html.document_fromstring(source, parser=lxml_html.HTMLParser(encoding="utf-8"))
    text = re.sub(r"\s+", "", tree.xpath("//article")[0].text_content().replace("¶", ""))
    ids = [heading.get("id") for heading in tree.xpath("//article//h3")]
    assert [entry["acceptedAnswer"]["url"].partition("#")[2] for entry in faq["mainEntity"]] == ids != []
    for entry in faq["mainEntity"]:
        assert re.sub(r"\s+", "", entry["name"]) in text
        for line in entry["acceptedAnswer"]["text"].split("\n"):
            assert re.sub(r"\s+", "", line) in text
        assert entry["acceptedAnswer"]["url"].partition("#")[0].endswith(url)
