"""JavaScript and TypeScript as far as an edit understands them: what is code, and which object configures."""

import re

# The beginnings of an object that is a configuration, in code without strings and comments.
CONFIG = re.compile(
    r"(?:\bexport\s+default|\bmodule\.exports\s*=|\b(?:const|let|var)\s+config\b[^={};]*=)\s*"
    r"(?:[\w$.]+(?:<[\w$.,\s]+>)?\(\s*)*\{"
)
_BEFORE_REGEX = re.compile(r"(?:[(,=:\[!&|?{};+*%<>~^-]|\breturn|\btypeof)\s*$|^\s*$")
_KEY = re.compile(r'([\w$]+|"+)\s*:\s*')
_METHOD = re.compile(r"(?:async\s++)?\*?\s*+[\w$]++\s*+\(")
_OPEN, _CLOSE = "([{", ")]}"


def blanked(text: str) -> str | None:
    """The text with quotes in place of strings, spaces in that of comments and expressions; None if one has no end."""
    out, at = list(text), 0
    while at < len(text):
        end = _end(text, at, out)
        if end is None:
            return None
        if end == at:
            at += 1
            continue
        fill = '"' if text[at] in "\"'`" else " "
        out[at:end] = [char if char == "\n" else fill for char in text[at:end]]
        at = end
    return "".join(out)


def _end(text: str, at: int, out: list[str]) -> int | None:
    """Where what begins at `at` ends, if it is no code; `at` itself if it is; None without an end."""
    char = text[at]
    if text.startswith("//", at):
        return (text.find("\n", at) + 1 or len(text) + 1) - 1
    if text.startswith("/*", at):
        return _after(text.find("*/", at + 2), 2)
    if char in "\"'":
        rest = re.compile(rf"(?:\\.|[^\\\n{char}])*{char}", re.DOTALL).match(text, at + 1)
        return rest.end() if rest else None
    if char == "`":
        return _template(text, at)
    if char == "/" and _BEFORE_REGEX.search("".join(out[max(0, at - 40) : at])):
        rest = re.compile(r"(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^\\/\[\n])+/\w*").match(text, at + 1)
        return rest.end() if rest else None
    return at


def _template(text: str, at: int) -> int | None:
    depth, place = 0, at + 1
    while place < len(text):
        if text[place] == "\\":
            place += 1
        elif text.startswith("${", place):
            depth, place = depth + 1, place + 1
        elif depth and text[place] == "}":
            depth -= 1
        elif depth and text[place] in "`{":
            return None  # a template or an object within one
        elif not depth and text[place] == "`":
            return place + 1
        place += 1
    return None


def _after(place: int, more: int) -> int | None:
    return None if place < 0 else place + more


def configuration(text: str, beginning: re.Pattern[str] = CONFIG) -> tuple[int, int] | None:
    """Where the one object that is the configuration opens and closes; None if there is none, or several may be it."""
    code = blanked(text)
    objects = list(beginning.finditer(code)) if code else []
    if code is None or len(objects) != 1:
        return None
    opened, depth = objects[0].end() - 1, 0
    for place in range(opened, len(code)):
        depth += (code[place] in _OPEN) - (code[place] in _CLOSE)
        if depth == 0:
            return opened, place
    return None


def keys(text: str, opened: int, closed: int) -> dict[str, int] | None:
    """Of an object its keys, each with where its value begins; None if it has more than plain keys and methods."""
    code = blanked(text) or ""
    values, depth, expected, place = dict[str, int](), 0, True, opened + 1
    while place < closed:
        if depth == 0 and expected and not code[place].isspace():
            expected = False
            if key := _KEY.match(code, place):
                values[text[key.start(1) : key.end(1)].strip("'\"")] = place = key.end()
                continue
            if not _METHOD.match(code, place):  # ...spread, [computed], shorthand
                return None
        depth += (code[place] in _OPEN) - (code[place] in _CLOSE)
        expected = expected or (depth == 0 and code[place] == ",")
        place += 1
    return values
