"""Several gateways in one subnet that a question tells of."""

import re

from bot.checks.asked.facts import Fact, are_facts, facts_and_question

_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "several": 2,
    "multiple": 2,
    "二": 2,
    "三": 3,
    "複数": 2,
    "both": 2,
}
_COUNT = (
    r"(?P<count>(?<![0-9./:-])[2-9]|\b(?:two|three|four|five|several|multiple|both))"
    r"(?: of)?(?: (?:our|the|my|these|those))?"
)
_JA_COUNT = r"(?P<count>(?<![0-9./:-])[2-9]|二|三|複数)"
_GATEWAYS = (
    r"(?:agcs?|(?:application )?gateways? for containers|agfcs?|gateways)"
    r"(?: (?:instances?|resources?|deployments?|associations?))?(?![\w-])"
)
_NAME = (
    r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}|/[0-9]{1,2}"
    r"|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{0,40}s(?:ub)?net[A-Za-z0-9_-]{0,40}"
    r"(?![A-Za-z0-9_-])(?<!subnets)(?<!snets))"
)
_ONE = (
    rf"(?:one|1|an?|the(?: same)?|a single|our|this|that)"
    rf"(?:(?: [\w./-]+){{0,3}}? (?:subnet|snet)\b| /[0-9]{{1,2}}(?![0-9/.]))|{_NAME}"
)
_ARE = r"(?: (?:that|which|are|is|sit|sits|live|lives|stay|stays|running|deployed|both|all|already|now|currently)){0,3}"
_ONE_JA = r"(?:(?:1|一|ひと)つの|同じ|同一の?)"
_SIZED_JA = r" ?(?:\(?/[0-9]{1,2}\)? ?の? ?)?"
_GATEWAY_JA = r"(?:agc|application gateway for containers) ?(?:が|を|は)?"
_MANY_JA = rf"{_GATEWAY_JA} ?{_JA_COUNT} ?(?:つ|個|台)?"
_SHARED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_COUNT} {_GATEWAYS}{_ARE} (?:in|on|inside|within|shar(?:e|es|ing)|us(?:e|es|ing)) (?:{_ONE})",
        rf"(?:{_ONE_JA}|この|{_NAME} ?の?){_SIZED_JA}(?:サブネット)? ?(?:に|で|へ)は? ?{_MANY_JA}",
        rf"サブネット ?(?:1|一|ひと) ?(?:つ|個)(?:だけ)? ?(?:に|で|へ)は? ?{_MANY_JA}",
        rf"{_MANY_JA}(?:とも)?(?:が|を|は|も)?、? ?{_NAME}{_SIZED_JA}(?:サブネット)?(?:に|へ|の中)",
        rf"{_MANY_JA}(?:とも)?(?:が|を|は)?、? ?{_ONE_JA}{_SIZED_JA}サブネット",
    )
)
# What may make several subnets of them, or another thing than gateways.
_APART = re.compile(
    r"\b(?:each|own|separate|respective\w*|different|subnets|clusters)\b"
    r"|それぞれ|別々|別の|ずつ|専用|(?:[2-9]|二|三) ?つの ?サブネット",
    re.IGNORECASE,
)


# A subnet by its own name: "snet-agc", not "the subnet".
_NAMED = re.compile(
    r"(?<![a-z0-9_-])(?=[a-z0-9_-]{0,80}[0-9_-])[a-z0-9_-]{0,40}s(?:ub)?nets?[a-z0-9_-]{0,40}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}",
    re.IGNORECASE,
)


_SEVERAL = re.compile(rf"{_COUNT} {_GATEWAYS}|{_MANY_JA.replace('?P<count>', '?:')}", re.IGNORECASE)


def shared(question: str) -> Fact | None:
    """The gateways in one subnet of a plain question; None if it does not tell of several as a fact."""
    context, _ = facts_and_question(question)
    match = next(filter(None, (pattern.search(context) for pattern in _SHARED)), None)
    if match is None or not are_facts(context) or _APART.search(context) or _names_several(context):
        return None
    written = match["count"].lower()
    count = _NUMBERS.get(written) or int(written)
    subnet = {"id": "/subnets/agc", "addressPrefix": "0.0.0.0/24"}
    associations = [{"id": f"/agc-{number}", "subnet": {"id": subnet["id"]}} for number in range(count)]
    return Fact("AGC005", match.group().strip(), {"subnet": subnet, "agcAssociations": associations})


def several_subnets(question: str) -> str | None:
    """The names of the subnets of a plain question that tells of several gateways in them; None if it does not."""
    named = list(_NAMED.finditer(question))
    if not _SEVERAL.search(question) or not _names_several(question):
        return None
    return question[named[0].start() : named[-1].end()]


def _names_several(context: str) -> bool:
    """Whether a text names two subnets or ranges; one may be told by its name and its range."""
    named = {match.group().lower() for match in _NAMED.finditer(context)}
    ranges = {name for name in named if "/" in name}
    return len(ranges) > 1 or len(named - ranges) > 1
