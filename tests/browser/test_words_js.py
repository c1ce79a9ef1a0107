"""words.js splits text exactly as index/words.py does."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
VECTORS = json.loads((ROOT / "tests" / "data" / "words.json").read_text("utf-8"))


def test_words_agree_with_python(page):
    page.add_script_tag(content=(ROOT / "docs" / "theme" / "assets" / "words.js").read_text("utf-8"))
    # As JSON, because lone surrogates do not survive the way into the browser otherwise.
    found = page.evaluate(
        "vectors => JSON.stringify(JSON.parse(vectors).map(({ text }) => kbWords.words(text)))", json.dumps(VECTORS)
    )
    for vector, words in zip(VECTORS, json.loads(found), strict=True):
        assert words == vector["words"], vector["text"]
