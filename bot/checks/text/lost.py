"""What stands beside documents, and would be lost if it were taken for words: data, in whatever dress."""

import re

from bot.checks.errors import InputError
from bot.checks.text.place import line_and_column
from bot.checks.text.tables import table_among

WORDS_BEFORE = "words-before"
_SHOWN = 40  # characters of a line
# Parts of JSON among words: then a document is not whole, and what it says would be lost.
_DEBRIS = re.compile(r"^[ \t]*[\]},\"]|[{\[]\s*\"|\"\s*:", re.MULTILINE)
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
# The beginning of an object or array; the words of a command line may hold brackets and quotation marks, too.
_OPENING = r"\{\s*\"[^\"\n]{0,200}+\"\s*:|\[\s*\"[^\"\n]{0,500}+\"\s*[,\]]"
_BEGUN = re.compile(rf"{_OPENING}|[{{\[]\s*\Z")  # or a bracket that is left open
# The same, its end, or a key: also in single quotation marks, as Python shows objects.
_INLINE = re.compile(
    rf"{_OPENING}|^[ \t]*[\]}}]|[{{\[]\s*\Z|\"[ \t]*:[ \t]*(?:[\"{{\[\d-]|true|false|null)"
    rf"|'(?:{'|'.join(READ_KEYS)})'\s*:",
    re.MULTILINE | re.IGNORECASE,
)


def extra(text: str, at: int) -> InputError:
    """The error of a value that ends before an offset."""
    line, column = line_and_column(text, at)
    return InputError("not-json", line=line, column=column, reason="Extra data")


def refuse_table(text: str, start: int, words: str) -> None:
    """What a table says would be lost among the words beside documents."""
    if table := table_among(words):
        code, at = table
        line, column = line_and_column(text, start + at)
        raise InputError(code, line=line, column=column)


def refuse_data(text: str, start: int, words: str) -> None:
    """Raise InputError if words between documents, or behind them, are a part of one, or of a snapshot."""
    if begun := _BEGUN.search(words):
        raise _words_before(text, start + begun.start())
    if _DEBRIS.search(words) or _PART.search(words) or _SCALAR.fullmatch(words) or maps(words, _KEYS):
        raise extra(text, start)


def refuse_lost(text: str, front: str) -> None:
    """Raise InputError if words in front of the first document hold another one, or a part of it."""
    if inline := _INLINE.search(front):
        raise _words_before(text, inline.start())


def told_in_yaml(front: str) -> int | None:
    """Where words in front of a document are YAML that a rule may read."""
    part = _PART.search(front) or (_first_of_several(front, _LOWER_KEYS) if _NESTED.search(front) else None)
    return part and part.start()


def states_in_yaml(text: str) -> bool:
    """Whether a text that ends with three dashes is a document, and not words."""
    return bool(_PART.search(text) or _NESTED.search(text) or maps(text))


def maps(words: str, keys: re.Pattern[str] = _LOWER_KEYS) -> bool:
    """Whether several different keys are on lines of their own."""
    return _first_of_several(words, keys) is not None


def _first_of_several(words: str, keys: re.Pattern[str]) -> re.Match[str] | None:
    first = keys.search(words)
    return first if len(set(keys.findall(words))) >= _MAPPING else None


def _words_before(text: str, at: int) -> InputError:
    line, column = line_and_column(text, at)
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    seen = text[begin : len(text) if end < 0 else end].strip()
    return InputError(WORDS_BEFORE, line=line, column=column, seen=seen if len(seen) <= _SHOWN else f"{seen[:_SHOWN]}…")
