"""What people have in files: JSON, several of them in a row, a warning in front, UTF-16, YAML, one bare word.

Everything else is refused by its name, with the command that prints what is wanted.
"""

import re

from bot.checks.errors import InputError
from bot.checks.text.lost import (
    WORDS_BEFORE,
    extra,
    maps,
    refuse_data,
    refuse_lost,
    refuse_table,
    states_in_yaml,
    told_in_yaml,
)
from bot.checks.text.read import MAX_BYTES, TOOL_LINE, parse_row
from bot.checks.text.tables import table_before
from bot.checks.text.yaml_text import parse_yaml
from bot.checks.versions import CONTROLLER, alb_version

# Of files that were put together; and what nobody sees in front of a document that is copied from a page.
_MARKS = re.compile(
    r"(?:^|(?<=[}\]\s]))(?:[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]++(?=\s*+[{\[])|\ufeff)"
)
_IMAGE = re.compile(r"[\w.-]+(?::\d+)?(?:/[\w.-]+)+(?::[\w.-]+)?(?:@[\w:]+)?", re.ASCII)
# A comment of a template, where a string or a comment begins first.
_NOTES = re.compile(
    r'"(?:[^"\\\n]|\\.)*+"?|(?:\A|(?<=[\s,\[\]{}]))(?://[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)', re.DOTALL
)
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # of `-o jsonc`, and what clears a line
# A line that begins with a bracket, and is not that of a tool; az winds its spinner back by a carriage return.
_STARTS = re.compile(rf"(?:^|(?<=\r))[ \t\u00a0\u3000]*+(?=\{{|(?!{TOOL_LINE})\[)", re.MULTILINE)
_MARKER = re.compile(r"^---[ \t]*\r?$\n?", re.MULTILINE)
# What says that there is nothing: of `helm get values`, and of the ConfigMap that is normally not there.
_NOTHING = re.compile(
    r"\s*+(?:null|(?:USER-SUPPLIED|COMPUTED) VALUES:\s*+(?:null|\{\})?"
    r'|Error from server \(NotFound\): configmaps "azure-ip-masq-agent-config" not found)\s*'
)
_PROBED = 8  # bytes that tell UTF-16 without a mark
_ERRORS = (  # of az, kubectl, helm and Terraform
    *("ERROR:", "az: ", "[Ee]rror: ", "usage: ", "Error from server"),
    *("Unable to connect to", "The connection to the server"),
)
_FOREIGN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("what-if-text", re.compile(r"^Resource and property changes are indicated|^Resource changes: \d", re.MULTILINE)),
    ("terraform-text", re.compile(r"Terraform (will perform|used the selected)|^No changes\.", re.MULTILINE)),
    (
        "terraform-source",
        re.compile(r'\s*((resource|data|variable|module|provider|output)\s+"|(terraform|locals)\s*\{)'),
    ),
    (
        "bicep-source",
        re.compile(r"\s*(targetScope\s*=|@\w+\(|(param|var|resource|module|metadata)\s+\w+\b[^:\n]*[='])"),
    ),
    ("web-page", re.compile(r"\s*<(!doctype|html|\?xml|\w+>)", re.IGNORECASE)),
    ("error-text", re.compile(rf"\s*({'|'.join(_ERRORS)}|\(\w+\) )")),
)
_TSV = re.compile(r"[ ]*[^\s:{\[][^\n:]*\t[^\n]*(?:\n|\Z)")  # columns of `-o tsv`
_COMMENT = re.compile(r"\A(\s*(#|//)[^\n]*\n)+")
_YAML = re.compile(r"\A(---|%YAML|- |(?:USER-SUPPLIED|COMPUTED) VALUES:|[\w.\"'$/-]+\s*:(\s|$))")


def read_documents(data: bytes, max_bytes: int = MAX_BYTES, file: str = "") -> object:
    """The documents of a file: one JSON value, or a list where several stand in a row."""
    try:
        return _read(data, max_bytes)
    except InputError as error:
        raise error.of(file) from None


def _read(data: bytes, max_bytes: int) -> object:
    if len(data) > max_bytes:
        raise InputError("too-large", size=len(data), limit=max_bytes)
    if data.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise InputError("terraform-binary")
    text = _MARKS.sub("", _COLOURS.sub("", _decoded(data)))
    try:
        return _text(text)
    except InputError as error:
        plain = _uncommented(text) if error.code in ("not-json", WORDS_BEFORE) else text
        if plain == text:
            raise
        return _text(plain)


def _uncommented(text: str) -> str:
    """JSON without comments, with everything else in its place; of other languages, the text as it is."""
    plain = _NOTES.sub(lambda match: match[0] if match[0][0] == '"' else re.sub(r"[^\n]", " ", match[0]), text)
    return plain if _COMMENT.sub("", plain).lstrip().startswith("{") else text


def _text(text: str) -> object:
    """Every document. A line of three dashes stands between two of them, whatever language each is in."""
    chunks = _MARKER.split(text) if _STARTS.search(text) else [text]
    if len(chunks) == 1:
        return _several(_chunk(text))
    documents: list[object] = []
    line = 0
    for chunk in chunks:
        try:
            if documents or _STARTS.search(chunk) or states_in_yaml(chunk):
                documents += _chunk(chunk) if chunk.strip() else []
            else:
                refuse_table(chunk, 0, chunk)
                refuse_lost(chunk, chunk)
                documents += _controllers(chunk)
        except InputError as error:
            raise error.below(line) from None
        line += chunk.count("\n") + 1
    return _several(documents)


def _chunk(text: str) -> list[object]:
    """The documents of a text without such lines; of YAML alone, with them."""
    start = next((at for at, char in enumerate(text) if not char.isspace()), None)
    if start is None:
        raise InputError("empty")
    if text[start] in '{"' or _STARTS.match(text, text.rfind("\n", 0, start) + 1):
        return _row(text, 0)
    if named := _controllers(text):
        return [*named]
    if _NOTHING.fullmatch(text):
        return [None]
    source = _COMMENT.sub("", text)
    for code, sign in _FOREIGN:
        if sign.search(source) if code.endswith("-text") and code != "error-text" else sign.match(source):
            raise InputError(code)
    if table := table_before(source):
        raise InputError(table)
    if _TSV.match(source) and _YAML.match(source) is None and _STARTS.search(source) is None:
        raise InputError("tsv")
    return _after_words(text, start)


def _after_words(text: str, start: int) -> list[object]:
    """JSON below the lines that a tool wrote in front of it; else YAML."""
    is_yaml = _YAML.match(_COMMENT.sub("", text[start:]).lstrip()) is not None
    document = _STARTS.search(text)
    lost = None
    if document is not None or not is_yaml:
        try:
            return _below(text, document)
        except InputError as error:
            if not is_yaml:
                raise
            lost = error if error.code == WORDS_BEFORE else None
    try:
        return parse_yaml(text) or [None]
    except InputError as error:
        refuse_table(text, 0, text)
        if document is None or document[0]:  # indented, it is a part of the YAML
            raise lost or error from None
        front = text[: document.start()]
        if not maps(front):
            raise lost or error from None
        return _behind_yaml(text, document, parse_yaml(front))


def _below(text: str, document: re.Match[str] | None) -> list[object]:
    """JSON, and in front of it words that say nothing of a cluster."""
    front = text if document is None else text[: document.start()]
    refuse_table(text, 0, front)
    if (said := document and told_in_yaml(front)) is not None:
        raise extra(text, said)
    refuse_lost(text, front)
    return _row(text, 0) if document is None else [*_controllers(front), *_row(text, document.end())]


def _behind_yaml(text: str, document: re.Match[str], front: list[object]) -> list[object]:
    """JSON behind YAML, without a line of three dashes between them."""
    if not all(isinstance(value, dict | list) for value in front):
        raise extra(text, document.start())
    return [*front, *_row(text, document.end())]


def _row(text: str, start: int) -> list[object]:
    """Documents in a row; words of people or tools may stand between them and behind them."""
    documents, at = parse_row(text, start)
    while at < len(text):
        following = _STARTS.search(text, at)
        words = text[at : following.start() if following else len(text)]
        refuse_table(text, at, words)
        if words.strip() == "null" and not text[text.rfind("\n", 0, at) + 1 : at].strip():
            documents.append(None)
        else:
            refuse_data(text, at, words)
        documents += _controllers(words)
        if following is None:
            break
        more, at = parse_row(text, following.end())
        documents += more
    return documents


def _controllers(text: str) -> list[str]:
    """The version, image or name of ALB Controller, alone; of several images on one line, each that is its own."""
    words = list(dict.fromkeys(text.split()))
    if len(words) == 1:
        return words if alb_version(words[0]) or CONTROLLER in words[0] else []
    return [word for word in words if CONTROLLER in word] if all(map(_IMAGE.fullmatch, words)) else []


def _several(values: list[object]) -> object:
    """Of several documents a list. A list without any would be an empty one of resources."""
    if not values:
        raise InputError("empty")
    return values[0] if len(values) == 1 else values


def _decoded(data: bytes) -> str:
    """UTF-8, or what a mark at the beginning says: PowerShell's `>` writes UTF-16. Some tools leave the mark out."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if marked else _wide(data) or "utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
        line, column = data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)
        raise InputError("not-utf8", line=line, column=column) from None


def _wide(data: bytes) -> str | None:
    """Which UTF-16 bytes are without a mark: ASCII characters come first, and every other byte of them is zero."""
    start = data[:_PROBED]
    if len(start) < 2:
        return None
    for name, zeros, others in (("utf-16-le", start[1::2], start[0::2]), ("utf-16-be", start[0::2], start[1::2])):
        if not any(zeros) and all(others):
            return name
    return None
