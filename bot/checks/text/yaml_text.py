"""YAML of the same objects (`-o yaml`), read strictly: no anchors, no tags, no key twice, no guessed types.

PyYAML only splits the text into events: nothing is constructed, and without anchors nothing can grow beyond its text.
"""

from typing import Any

import yaml

from bot.checks.errors import InputError
from bot.checks.text.read import MAX_DEPTH

_PLAIN: dict[str, object] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_PLAIN |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # of libyaml where it is there


class _RefusedError(Exception):
    def __init__(self, code: str, mark: Any, **details: Any) -> None:
        self.code, self.mark, self.details = code, mark, details


def parse_yaml(text: str) -> list[object]:
    """The documents. A number stays a text: `1.10` is a version, and not 1.1."""
    try:
        return [document for document in _documents(yaml.parse(text, Loader=_LOADER)) if document is not None]
    except _RefusedError as refused:
        mark = refused.mark
        raise InputError(refused.code, line=mark.line + 1, column=mark.column + 1, **refused.details) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (None, None) if mark is None else (mark.line + 1, mark.column + 1)
        reason = str(getattr(error, "problem", None) or "YAML")
        raise InputError("not-json", reason=reason, line=line, column=column) from None


def _documents(events: Any) -> list[object]:
    """Built without recursion: nesting is limited, but the text may come from anybody."""
    documents: list[object] = []
    stack: list[tuple[Any, list[object]]] = []  # open objects: a dict with the keys it waits for, or a list
    for event in events:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError("yaml-anchor", event.start_mark)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(stack) >= MAX_DEPTH:
                raise _RefusedError("too-deep", event.start_mark, limit=MAX_DEPTH)
            stack.append(({} if isinstance(event, yaml.MappingStartEvent) else [], []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            _put(stack.pop()[0], stack, documents, event)
        elif isinstance(event, yaml.ScalarEvent):
            _put(_scalar(event), stack, documents, event)
    return documents


def _put(value: Any, stack: list[tuple[Any, list[object]]], documents: list[object], event: Any) -> None:
    if not stack:
        documents.append(value)
        return
    holder, keys = stack[-1]
    if isinstance(holder, list):
        holder.append(value)
    elif keys:
        holder[keys.pop()] = value
    else:
        key = value if isinstance(value, str) else str(event.value) if hasattr(event, "value") else None
        if key is None:
            raise _RefusedError("not-json", event.start_mark, reason="a key that is no text")
        if key in holder:
            raise _RefusedError("duplicate-key", event.start_mark)
        keys.append(key)


def _scalar(event: Any) -> object:
    if event.style or not event.implicit[0]:  # quoted, or with a tag
        return event.value
    return _PLAIN.get(event.value, event.value)
