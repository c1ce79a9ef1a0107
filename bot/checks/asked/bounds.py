"""Values that a question names and does not give: what the rule demands, a bound, or what was once."""

import re

# What asks for the rule itself gives no value: "must it be a /24?", "not a /25".
_ASKS_THE_RULE = re.compile(
    r"\bmust\b|\brequire|\bmandatory|\bhave to be\b|\bneeds? to be\b|\bgot(?:ta| to) be\b|\bnot\b"
    r"|必須|必要が|なければ|じゃな|ではな|以外",
    re.IGNORECASE,
)
# Who asks whether a value meets it does not ask for the rule.
_MEETS = re.compile(
    r"\b(?:meet|satisf|fulfill?)\w*(?: [\w-]+){0,4}? (?:requirements?|minimum)\b",
    re.IGNORECASE,
)
# A value that bounds others is none of the cluster's own: "smaller than /24", 1.7.9 未満.
_BOUND = re.compile(
    r"\b(?:small|larg|bigg|great|old|new|low|high|short|long|wid|narrow)\w*er? than\b|\b(?:less|more|other) than\b"
    r"|\b(?:up to|at least|at most|minimum|maximum)\b"
    r"|\bor (?:larger|smaller|bigger|later|newer|older|higher|lower|more|less)\b"
    r"|より(?:小さ|大き|古|新し|前|後|上|下|広|狭)|未満|以上|以下|以降|以前|超え|まで(?:なら|は|しか)|でなくて",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|used to be|previously|formerly)\b|だった|でした|以前は|もともと|元は", re.IGNORECASE)

# A value that was looked up, or made so, is that of now, unless it was changed since: 「/22 でした。このままでいい？」
_SEEN = re.compile(
    r"(?<=[0-9])\s?(?:でした|だった)(?=(?:。|、|が|けど|ので|ん(?:です|だ)(?:が|けど))[^\n])"
    r"|\b(?:was|were) (?:\w+ )?(?:set(?: ?up)?|created|made|provisioned|deployed|given|built|carved|assigned)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:before|then|now|since|until|chang\w*|replac\w*|resiz\w*|recreat\w*|rebuil\w*|mov(?:ed|ing)|fixed|delet\w*)\b"
    r"|変更|変え|作り直|直し|拡張|縮小|広げ|増や|入れ替|置き換|差し替|削除|消し|移し|新し|今は|現在は|いまは|当時|昔|前[はにのもま、]|とき|頃|(?<!ま)まで",
    re.IGNORECASE,
)


# What compares with a value: in front of it, and behind it.
_COMPARES = (
    r"\b(?:old|new|low|high|small|larg|bigg|great|lat|earli)\w*er than (?:an? |the )?|\b(?:less|more) than (?:an? )?"
    r"|\b(?:at least|at most|minimum|maximum)(?: of)? (?:an? )?"
)
_COMPARED = (
    r" or (?:later|newer|older|higher|lower|larger|smaller|above|below)\b"
    r"|\s?より(?:も)?(?:小さ|大き|古|新し|前|後|上|下)[いく]?|\s?(?:未満|以上|以下|以降|以前)"
)


def without_bound(question: str, bound: str) -> str:
    """The question without what it compares with the bound of a rule: what is compared with that is a value."""
    number = rf"(?<![0-9.])v?{re.escape(bound)}(?![0-9]|\.[0-9])"
    return re.sub(rf"(?:{_COMPARES}){number}|{number}(?:{_COMPARED})", " ", question, flags=re.IGNORECASE)


def names_a_bound(question: str) -> bool:
    """Whether a question asks for the rule itself, bounds other values, or tells of the past."""
    return names_a_limit(question) or bool(_PAST.search(without_seen(question)))


def without_seen(question: str) -> str:
    """The question without the past tense of what was looked up and is still so."""
    return question if _SINCE.search(question) else _SEEN.sub(" ", question)


def names_a_limit(question: str) -> bool:
    """The same, but for the past: "it was 1.6.7, now 1.7.9" gives a version."""
    given = _MEETS.sub(" ", question)
    return any(pattern.search(given) for pattern in (_ASKS_THE_RULE, _BOUND))
