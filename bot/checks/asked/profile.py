"""The network profile that a question gives: keys as people paste them and tell of them, options of az, JSON."""

import json
import re
from typing import Any

# Keys of the network profile as people paste them (JSON, YAML, `key=value`), and as they tell of them. Values are
# Latin: the particle behind one is none of it. A sentence may say other things of a key ("networkPolicy is required").
_KEYS = r"(?<![A-Za-z0-9_])(?P<key>networkPluginMode|networkPlugin|networkPolicy)"
_NAMED = r"(?P<value>azure|calico|cilium|kubenet|overlay|none|null|antrea|weave|flannel)(?![A-Za-z0-9_-])"
_KEY = (
    re.compile(rf"""{_KEYS}["']?\s*[:=]\s*["']?(?P<value>[A-Za-z0-9_-]+)"""),
    re.compile(rf"""{_KEYS}["'`」]?\s?(?:is(?: set to)?|が|は|を|に|も|の)?\s?["'`「]?{_NAMED}"""),
)
_OPTION = re.compile(r"--(?P<key>network-plugin-mode|network-plugin|network-policy)[ =](?P<value>[A-Za-z0-9_-]+)")


def profile(question: str) -> dict[str, Any]:
    """The keys of a network profile that the text of a question gives, with their values."""
    options = {match["key"]: _value(match["value"]) for pattern in _KEY for match in pattern.finditer(question)}
    return options | {_camel(match["key"]): match["value"] for match in _OPTION.finditer(question)}


def pasted_profile(question: str) -> tuple[dict[str, Any] | None, str]:
    """The first JSON object in the text that holds a network profile, or is one; and the text without such objects."""
    decoder, at = json.JSONDecoder(), question.find("{")
    pasted: dict[str, Any] | None = None
    spoken, prose_from = [], 0
    while at >= 0:
        try:
            value, end = decoder.raw_decode(question, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(value, dict) and ("networkProfile" in value or "networkPlugin" in value):
                pasted = value if pasted is None else pasted
                spoken.append(question[prose_from:at])
                prose_from = end
        at = question.find("{", end)
    return pasted, "\n".join([*spoken, question[prose_from:]])


def _value(text: str) -> str | None:
    return None if text == "null" else text


def _camel(option: str) -> str:
    first, *rest = option.split("-")
    return first + "".join(word.capitalize() for word in rest)
