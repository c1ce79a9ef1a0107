"""What page.py and the scripts of a page must read alike: headings, what is no text, and the authors' `ask` comments.

markup.json says it once; docs/theme/scripts/page-text.js reads the same file, and both are held to the same cases
(tests/data/markup.json). Its patterns are written so that Python and JavaScript understand the same by them.
"""

import json
import re
from pathlib import Path
from typing import Any

_MARKUP: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
_COMMENT = re.compile(_MARKUP["phrasings"]["comment"])
_LINE = re.compile(_MARKUP["phrasings"]["line"])

HEADINGS = tuple(_MARKUP["headings"])
SKIPPED_ELEMENTS = frozenset(_MARKUP["skipped"]["elements"])
SKIPPED_CLASSES = frozenset(_MARKUP["skipped"]["classes"])


def phrasings(comment: str) -> list[str]:
    """Other wordings of a section's question, one per line of a comment that begins with `ask`."""
    asked = _COMMENT.fullmatch(comment)
    return _LINE.findall(asked[1] or "") if asked else []
