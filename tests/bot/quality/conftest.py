"""The documentation of a machine that follows its manual."""

import json
from pathlib import Path

import pytest
from watched import LEDGER, SOURCE, STATED, URL

from bot.quality.copies import paragraphs


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder whose sources.json knows the document, with the facts of each paragraph."""
    (tmp_path / "ledger.csv").write_text(LEDGER, "utf-8")
    known = {"name": "manual", "url": URL, "title": "The manual", "verified": "2026-01-01"}
    known["paragraphs"] = [
        {"digest": paragraph.digest, "facts": facts}
        for paragraph, facts in zip(paragraphs(SOURCE.encode(), "manual", ()), STATED, strict=True)
    ]
    (tmp_path / "sources.json").write_text(json.dumps({"days": 90, "sources": [known]}), "utf-8")
    return tmp_path
