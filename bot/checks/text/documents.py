"""What people have in files: JSON, several of them in a row, a warning in front, UTF-16, YAML, one bare word.

Everything else is refused by its name, with the command that prints what is wanted.
"""

import re

from bot.checks.errors import InputError
from bot.checks.text.place import line_and_column
from bot.checks.text.read import MAX_BYTES, TOOL_LINE, parse_row
from bot.checks.text.tables import table_among, table_before
from bot.checks.text.yaml_text import parse_yaml
from bot.checks.versions import CONTROLLER, alb_version

_MARKS = re.compile(r"(?:^|(?<=[}\]\s]))\ufeff")  # of files that were put together
_IMAGE = re.compile(r"[\w.-]+(?::\d+)?(?:/[\w.-]+)+(?::[\w.-]+)?(?:@[\w:]+)?", re.ASCII)
# A comment of a template, where a string or a comment begins first.
_NOTES = re.compile(
    r'"(?:[^"\\\n]|\\.)*+"?|(?:\A|(?<=[\s,\[\]{}]))(?://[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)', re.DOTALL
)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # of `-o jsonc`
# A line that begins with a bracket, and is not that of a tool.
_STARTS = re.compile(rf"^[ \t]*(?=\{{|(?!{TOOL_LINE})\[)", re.MULTILINE)
# Parts of JSON or YAML among words: then a document is not whole, and what it says would be lost.
_DEBRIS = re.compile(r"^[ \t]*[\]},\"]|[{\[]\s*\"|\"\s*:|^---\s*$", re.MULTILINE)
_MARKER = re.compile(r"^---[ \t]*$", re.MULTILINE)
# Keys as YAML has them. Tools write `WARNING:` in front of each line.
_KEYS = re.compile(r"^[ \t]*(?:- )?(?![A-Z]+:)([A-Za-z][\w.-]*):(?:[ \t]|$)", re.MULTILINE)
# In front of a document, `Region:` is a note, and flat `key: value` lines are headers of HTTP or a log.
_LOWER_KEYS = re.compile(_KEYS.pattern.replace("[A-Za-z]", "[a-z]"), re.MULTILINE)
_NESTED = re.compile(
    r"^[ \t]*- [a-z][\w.-]*:(?:[ \t]|$)|^([ \t]*)[a-z][\w.-]*:[ \t]*\r?\n\1(?:[ \t]+|- )\S", re.MULTILINE
)
_MAPPING = 3  # different keys on lines of their own that are no accident
# What a rule reads, as a line of YAML: said beside a document, it would be lost, and nobody told.
READ_KEYS = (
    *("aks", "subnet", "agcAssociations", "albController", "vnets", "planned", "version"),
    *("networkProfile", "agentPoolProfiles", "kubernetesVersion", "currentKubernetesVersion"),
    *("networkPlugin", "networkPluginMode", "networkPolicy", "networkDataplane", "addressPrefix", "addressPrefixes"),
    *("ebpfDataplane", "podCidr", "podCidrs", "serviceCidr", "serviceCidrs"),
)
_PART = re.compile(
    rf"^[ \t]*(?:{'|'.join(READ_KEYS)}):(?:[ \t]+[^\s#]\S*[ \t]*(?:#.*)?$|[ \t]*\n[ \t]+\S)",
    re.MULTILINE | re.IGNORECASE,
)
_SCALAR = re.compile(r"\s*(?:null|true|false|-?\d+(?:\.\d+)?)\s*", re.ASCII)  # JSON, too
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
        plain = _uncommented(text) if error.code == "not-json" else text
        if plain == text:
            raise
        return _text(plain)


def _uncommented(text: str) -> str:
    """JSON without comments, with everything else in its place; of other languages, the text as it is."""
    plain = _NOTES.sub(lambda match: match[0] if match[0][0] == '"' else re.sub(r"[^\n]", " ", match[0]), text)
    return plain if _COMMENT.sub("", plain).lstrip().startswith("{") else text


def _text(text: str) -> object:
    start = next((at for at, char in enumerate(text) if not char.isspace()), None)
    if start is None:
        raise InputError("empty")
    if text[start] in '{"' or _STARTS.match(text, text.rfind("\n", 0, start) + 1):
        return _row(text, 0)
    if named := _controllers(text):
        return _several([*named])
    source = _COMMENT.sub("", text)
    for code, sign in _FOREIGN:
        if sign.search(source) if code.endswith("-text") and code != "error-text" else sign.match(source):
            raise InputError(code)
    if table := table_before(source):
        raise InputError(table)
    if _TSV.match(source) and _YAML.match(source) is None and _STARTS.search(source) is None:
        raise InputError("tsv")
    return _after_words(text, start)


def _after_words(text: str, start: int) -> object:
    """JSON below the lines that a tool wrote in front of it; else YAML."""
    body = _COMMENT.sub("", text[start:]).lstrip()
    document = _STARTS.search(text)
    if document is not None:
        try:
            front = text[: document.start()]
            _refuse_table(text, 0, front)
            nested = _mapping(front, _LOWER_KEYS) if _NESTED.search(front) else None
            if part := _PART.search(front) or nested:
                raise _extra(text, part.start())
            return _row(text, document.end())
        except InputError:
            if _YAML.match(body) is None:
                raise
    if _YAML.match(body) is None:
        _refuse_table(text, 0, text)
        return _row(text, 0)
    try:
        return _several(parse_yaml(text))
    except InputError:
        _refuse_table(text, 0, text)
        if document is None or document[0]:  # indented, it is a part of the YAML
            raise
        front = text[: document.start()]
        if _mapping(front, _LOWER_KEYS) is None:
            raise
        return _behind_yaml(text, document, parse_yaml(front))


def _behind_yaml(text: str, document: re.Match[str], front: list[object]) -> object:
    """JSON behind YAML, without a line of three dashes between them."""
    if not all(isinstance(value, dict | list) for value in front):
        raise _extra(text, document.start())
    return [*front, _row(text, document.end())]


def _row(text: str, start: int) -> object:
    """Documents in a row; words of people or tools may stand between them and behind them."""
    documents, at = parse_row(text, start)
    marker = _MARKER.search(text, at)
    while at < len(text):
        following = _STARTS.search(text, at)
        if marker is not None and marker.start() < at:  # searched for again only behind the last one
            marker = _MARKER.search(text, at)
        if marker is not None and (following is None or marker.start() < following.start()):
            following = None
        words = text[at : following.start() if following else marker.start() if marker else len(text)]
        _refuse_table(text, at, words)
        if _holds_data(words):
            raise _extra(text, at)
        documents += _controllers(words)
        if following is None and marker is not None:
            documents += _behind(text, marker.end())
            break
        if following is None:
            break
        more, at = parse_row(text, following.end())
        documents += more
    return _several(documents)


def _behind(text: str, start: int) -> list[object]:
    """The documents behind a line of three dashes, of whatever language; their lines keep their numbers."""
    rest = text[start:]
    if not rest.strip():
        return []
    return [_text("\n" * text.count("\n", 0, start) + rest)]


def _holds_data(words: str) -> bool:
    """Whether words beside documents are a part of one, or of a snapshot."""
    return bool(
        _DEBRIS.search(words) or _PART.search(words) or _SCALAR.fullmatch(words) or _mapping(words, _KEYS),
    )


def _mapping(words: str, keys: re.Pattern[str]) -> re.Match[str] | None:
    """The first of several different keys on lines of their own."""
    first = keys.search(words)
    return first if len(set(keys.findall(words))) >= _MAPPING else None


def _extra(text: str, at: int) -> InputError:
    line, column = line_and_column(text, at)
    return InputError("not-json", line=line, column=column, reason="Extra data")


def _refuse_table(text: str, start: int, words: str) -> None:
    """What a table says would be lost among the words beside documents."""
    if table := table_among(words):
        code, at = table
        line, column = line_and_column(text, start + at)
        raise InputError(code, line=line, column=column)


def _controllers(text: str) -> list[str]:
    """The version, image or name of ALB Controller, alone; of several images on one line, each that is its own."""
    words = list(dict.fromkeys(text.split()))
    if len(words) == 1:
        return words if alb_version(words[0]) or CONTROLLER in words[0] else []
    return [word for word in words if CONTROLLER in word] if all(map(_IMAGE.fullmatch, words)) else []


def _several(values: list[object]) -> object:
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
