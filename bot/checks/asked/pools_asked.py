"""Node pools that all have a subnet for pods, as a question tells of them: a network that suits the gateway."""

import re
from typing import Any

from bot.checks.asked.facts import Fact

_SUBNET = r"pod[ -]?subnet(?:[ -]?id)?s?"
_ALL = re.compile(
    rf"\b(?:all|every|each)(?: (?:of )?(?:the|our|my|its))?(?: aks)?(?: node| agent)?[ -]?pools? "
    rf"(?:(?:have|has|got|with|uses?) )+(?:(?:a|an|its|their|own|the) ){{0,2}}{_SUBNET}(?: set)?(?![\w-])"
    rf"|{_SUBNET} (?:is )?set on (?:all|every|each)(?: (?:of )?(?:the|our|my))?(?: node| agent)?[ -]?pools?(?![\w-])"
    r"|(?:(?:全(?:て|部)?の?|すべての?|各|どの) ?(?:ノード|エージェント)? ?プール(?:とも)?"
    r"|プール[はが]?(?:全て|全部|すべて|どれも))[にはでもがの]? ?"
    rf"{_SUBNET} ?[がをは]? ?"
    r"(?:(?:設定|指定)(?:済み?|あり)|(?:(?:設定|指定)(?:され|し)て|つ[いけ]て|付[いけ]て|入って)(?:い)?(?:る|ます|て)|あり(?:ます)?)",
    re.IGNORECASE,
)
_MODE = re.compile(
    r"podipallocationmode[\"']?(?: ?[:=] ?| is | は ?|が ?)[\"']?(?P<keyed>staticblock|dynamicindividual)(?![a-z])"
    r"|(?:(?:and )?(?:we|they|all) use )?(?P<static>static)(?: ip)?[ -]block(?: allocation)?(?![\w-])"
    r"|(?:(?:and )?(?:we|they|all) use )?(?P<dynamic>dynamic)(?:(?: pod)? ip)?[ -]allocation(?![\w-])"
    r"|(?P<static_ja>静的) ?(?:ip ?)?ブロック(?: ?の?割り?当て)?"
    r"|(?P<dynamic_ja>動的) ?(?:ip ?(?:アドレス)?の?)?割り?当て",
    re.IGNORECASE,
)
_STATIC, _DYNAMIC = "StaticBlock", "DynamicIndividual"
# What takes a pool out, or says what is only thought of.
_NOT_ALL = re.compile(
    r"\b(?:except|apart|but|not|no|never|without|only|if|some|most)\b|n't\b|以外|除[いきく]|ない|なし|なければ|ません(?!か)|一部|もし|だけ",
    re.IGNORECASE,
)
_OTHER = re.compile(r"overlay|オーバーレイ|kubenet|byo|node[ -]?subnet|ノード ?サブネット", re.IGNORECASE)


def pools(question: str) -> Fact | None:
    """The pools of a plain question; None if it does not tell as a fact that all of them have a subnet for pods."""
    match = _ALL.search(question)
    if match is None or _NOT_ALL.search(question) or _OTHER.search(question):
        return None
    modes = {_mode(mode) for mode in _MODE.finditer(question)}
    if len(modes) > 1:
        return None
    pool: dict[str, Any] = {"name": "pool", "podSubnetId": "/subnets/pods"}
    if modes:
        pool["podIpAllocationMode"] = modes.pop()
    profile = {"networkPlugin": "azure", "networkPluginMode": None}
    observed = match.group().strip()
    return Fact("AGC002", observed, {"aks": {"networkProfile": profile, "agentPoolProfiles": [pool]}})


def without_pools(question: str) -> str:
    """The question without what it tells of its pools."""
    return _MODE.sub(" ", _ALL.sub(" ", question))


def _mode(match: re.Match[str]) -> str:
    keyed = (match["keyed"] or "").lower()
    static = keyed == _STATIC.lower() or match["static"] or match["static_ja"]
    return _STATIC if static else _DYNAMIC
