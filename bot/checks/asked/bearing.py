"""What else a question says that bears on a rule: a value that is fine alone is then no pass."""

import re

_STOPPED = (
    r"\b(?:not|n't|isnt|never) (?:\w+ ){0,2}(?:run|ready|start)\w*|\b(?:0|zero|no) (?:\w+ ){0,2}replicas?\b"
    r"|\bcrash|\bscaled? (?:\w+ ){0,2}(?:to|down)"
    r"|(?:動い|起動し|稼働し)て(?:い)?(?:な|ませ)|停止(?!しますか|しませんか|しない|する(?:の|ん)?(?:です)?(?:か|\?))|落ちて|レプリカ[^。?!\n]{0,6}0"
)
_GATEWAYS = r"(?:agc|gateway|alb|association|deployment)s?"
_SHARED = (  # with another gateway or another service, or with more than one range
    rf"\b(?:two|three|four|several|multiple|both|second|another|already|shared?|(?<![0-9.])[2-9]) (?:\w+ ){{0,3}}"
    rf"{_GATEWAYS}\b"
    rf"|\b{_GATEWAYS} (?:\w+ ){{0,3}}already\b|\b(?:used|shared) by\b"
    r"|(?:[2-9]|二|三|複数|もう ?[1一]) ?(?:つ|個|台)|別の ?(?:agc|ゲートウェイ)|同居|共用|共有"
    r"|\b(?:another|other) (?:\w+ ){0,3}service|(?:別|他|ほか)の ?(?:\w{1,40} ?)?サービス"
    r"|bastion|firewall|::/|/[0-9]{1,2}[\"']? ?[,、] ?[\"'\[]?[0-9a-f]{1,4}[.:]"
)
_PODS = r"pod ?subnet"
# Of each rule what in a question may turn the pass of its value.
_BEARS = {
    "AGC002": re.compile(_PODS, re.IGNORECASE),
    "AGC003": re.compile(_STOPPED, re.IGNORECASE),
    "AGC004": re.compile(_SHARED, re.IGNORECASE),
    "AGC009": re.compile(_SHARED, re.IGNORECASE),
}


def may_turn(rule: str, question: str) -> bool:
    """Whether a plain question says something else that the pass of a rule depends on."""
    return rule in _BEARS and bool(_BEARS[rule].search(question))
