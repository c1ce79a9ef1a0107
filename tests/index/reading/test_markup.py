"""What of a page is text, and what its authors' comments say: by the cases that tests/js holds the browser to."""

import json
from pathlib import Path

import pytest
from casework import html

from index.reading.page import read_page

CASES = json.loads((Path(__file__).parents[2] / "data" / "markup.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_a_page_is_read_as_the_browser_reads_it(case: dict):
    drafts = read_page(html(case["html"]).encode(), "/").drafts
    text = " ".join(part for draft in drafts for part in (draft.title, *draft.blocks))
    assert text.split() == case["text"].split()
    assert {draft.anchor: draft.phrasings for draft in drafts if draft.covered} == case["asked"]
