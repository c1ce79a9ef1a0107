"""Tables for the screen, told by their heads: what they say has no keys, and among words it would be lost."""

import re

TABLE, HELM_TABLE = "table", "helm-table"
# kubectl and helm print heads in capitals; helm sets its columns apart by tabs.
_HEADS = re.compile(
    r"^[ \t]*+(?:NAMESPACE|NAME|REVISION)(?:(?: *+\t *+| {2,}+)[A-Z][A-Z()-]*+(?: [A-Z()-]++)*+)+[ \t]*+\r?$",
    re.MULTILINE,
)
_DASHES = re.compile(r"^-{2,}+(?: {2}-{2,}+)+[ ]*+\r?$", re.MULTILINE)  # az underlines each of its heads


def table_before(text: str) -> str | None:
    """The code of the error, where a text begins with a table."""
    start = text.lstrip()
    heads = _HEADS.match(start)
    if heads is not None:
        return _code(heads[0])
    lines = start.rstrip().split("\n", 2)
    underlined = len(lines) > 1 and "---" in lines[1] and set(lines[1].strip()) <= {"-", " "}
    return TABLE if underlined and ":" not in lines[0] else None


def table_among(words: str) -> tuple[str, int] | None:
    """The code of the error, and where a table is among other words."""
    heads = _HEADS.search(words)
    if heads is not None:
        return _code(heads[0]), heads.start()
    dashes = _DASHES.search(words)
    return (TABLE, dashes.start()) if dashes is not None else None


def _code(heads: str) -> str:
    return HELM_TABLE if "CHART" in heads.split() else TABLE
