"""The names and numbers of a text: of Japanese what is not hiragana, in runs of one script."""

import re

from index.normal_form import nfkc

UNIT = re.compile(
    r"[a-z0-9]+(?:[._/:-][a-z0-9]+)*|[\u30a1-\u30fa\u30fc]+|[\u4e00-\u9fff\u3005]+|[^\W\d_\u3041-\u3096]+|\d+"
)


def units(text: str) -> set[str]:
    """Each once, in lower case."""
    return set(UNIT.findall(nfkc(text).lower()))
