"""Whether a question asks nothing but whether the values that it gives will do with CNI Overlay.

Each of its words is known: the values, whose they are, the network, and how people ask. A word more ("on Windows",
"not", "two") may be a condition, another subject or a denial, and makes it another question.
"""

import re
from collections.abc import Iterator

from bot.checks.asked.profile import pasted_profile, profile
from bot.checks.asked.sizes import RANGE, sizes

VALUE_RULES = frozenset({"AGC003", "AGC004", "AGC009"})  # on a version, a size
NETWORK_RULES = ("AGC001", "AGC002")  # on which networks suit the gateway
_RANGE = re.sub(r"\?P<\w+>", "?:", RANGE.pattern)
_VALUE = (
    rf"{_RANGE}|"
    r"(?<![0-9.])255(?:\.[0-9]{1,3}){3}(?![0-9/]|\.[0-9])"
    r"|(?<![0-9.])v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:-[0-9a-z]+(?:\.[0-9a-z]+)*)?(?![0-9/]|\.[0-9])"
    r"|(?<![0-9./])(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3})?/(?:[12][0-9]|3[0-2])(?![0-9/]|\.[0-9])"
    r"|(?<![0-9.,/])[0-9]{2,4} ?(?:(?:ip )?addresses|ips|(?:個の)?(?:ip ?)?アドレス)|calico|cilium"
)
# A key of the network profile with its value, as people paste it.
_KEYED = (
    r"(?<![a-z0-9_])network(?:plugin(?:mode)?|policy)[\"']?\s*[:=]\s*[\"']?"
    r"(?P<keyed>azure|overlay|kubenet|calico|cilium)(?![a-z0-9_-])"
)
_KEYED_WORDS = _KEYED.replace("?P<keyed>", "?:")  # a repeated match of a group may be no match for `re`
_WHOSE = (
    r"(?:azure )?alb[ -]?controllers?|controllers?|agc|(?:(?:the|our) )?gateway(?:'s)?|snet-agc|kubenet"
    r"|application gateways? for containers|subnets?|prefix|versions?"
    r"|(?:net)?masks?|network ?polic(?:y|ies)|network ?profile|kubernetes|k8s|aks"
)
_WHOSE_JA = "(?:alb ?)?コントローラー?|サブネット|プレフィックス|(?:ネット)?マスク|バージョン|ネットワーク ?ポリシー"
_NETWORK = (
    r"(?:azure )?(?:cni[ -]?)?(?:overlay(?![a-z])|オーバーレイ)(?: ?(?:clusters?|mode|構成|クラスター?|モード|環境))?"
)
_ASKS = (
    r"(?:can|could|may) (?:(?:i|we) (?:use|run|keep|go with|stay (?:on|with))|(?:the|our|my) agc subnet (?:be|have))"
    r"|ok|okay|fine|alright|good(?: enough| to go)?|(?:(?:big|large|new|recent|high) )?enough|sufficient|suffices?"
    r"|(?:will|would|does|can) agc (?:run|work)"
    r"|(?:with)?in (?:(?:the|its|their|all) ){0,2}(?:limits?|limitations?|requirements?)"
    r"|works?|supported|supports?|possible|safe|fits?|valid|allowed|accept(?:ed|able)"
    r"|(?:will|would) (?:that|it|this) do|do the job|clears? the bar|get away with|live with (?:that|it|this)"
    r"|(?:meets?|satisf(?:y|ies)|fulfill?s?)(?: (?:the|its))?(?: (?:cni )?overlay)?(?: (?:requirements?|minimum))?"
)
_FINE_JA = "(?:大丈夫|平気|いい|良い|よい|問題(?:ない|ありません))"
_ASKS_JA = (
    rf"動(?:く|きます|作します)|使え(?:る|ます)|(?:い|行)け(?:る|ます)|セーフ|入れ(?:られ)?(?:る|ます)|入れても?(?:{_FINE_JA}|OK)|通(?:る|ります)|(?<!不)十分|(?:使って|まま|で)も?{_FINE_JA}|{_FINE_JA}"
    r"|(?<![ァ-ヴー])アリ(?=(?:です)?か?\W*$)"
    r"|(?<=/[0-9][0-9])にでき(?:る|ます)|足り(?:る|ます|て(?:い)?(?:る|ます))|サポートされ(?:て(?:い)?)?(?:る|ます)|(?<!非)対応して(?:い)?(?:る|ます)"
    "|(?:最低(?:限の?)? ?)?(?:要件|条件|バージョン)?(?:を|は)?"
    "(?:どっちも|どちらも|いずれも|両方(?:とも)?|すべて|全て|全部|(?:今の|現)時点(?:で(?:は)?)?)?"
    "満た(?:す|します|して(?:い)?(?:る|ます)|せる|せます)"
    "|(?:条件|要件)(?:は|を)?クリア(?:して(?:い)?(?:る|ます)|できて(?:い)?(?:る|ます))"
)
# What only says where a value is from, or which address its mask belongs to.
_SOURCE = (
    r"(?<![a-z])(?:kubectl|helm|az)(?: (?!(?:not|no|never)(?![a-z]))[a-z][a-z-]*){0,6} "
    r"(?:prints?|shows?|says?|reports?|returns?|gives?|displays?)(?![a-z])"
    r"|(?<![a-z])(?:the )?(?:container )?images?(?: (?:is|tag))?(?![a-z])|(?:という)?(?:コンテナー?)?イメージ"
    r"|(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+/)(?:[a-z0-9-]+/)*(?=alb-controller:)"
    r"|(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
    r"(?=(?:[ ,/]{1,2}(?:with )?(?:(?:sub)?(?:net)?mask)?"
    r"|[でのは、]{0,2}(?:サブ)?(?:ネット)?マスク[がはの]?)[ :=]{0,2}255\.)"
)
_GOES = (
    r"(?:go|move|upgrade|migrate|switch|convert)"
    r"(?: (?:it|(?:this|that)(?: one| cluster)?|the cluster|our cluster|my cluster|over)){0,2}"
    rf" (?:in)?to {_NETWORK}"
)
_GOES_JA = (
    rf"{_NETWORK} ?(?:に|へ) ?(?:"
    "(?:上げられ|アップグレードでき|移行でき|切り替えられ|変えられ|でき|移れ|なれ|(?:い|行)け)(?:る|ます)"
    rf"|(?:上げて|アップグレードして|移行して|切り替えて|変えて)も?{_FINE_JA})"
)
_AROUND = (  # what else stands there and says nothing
    r"we(?:'ve|'re)?|i(?:'ve|'m)?|am|is|are|does|do|can|could|will|would|it(?:'s)?|that|this|the|a|an|our|my|be|so"
    r"|(?:has|have|got|uses?)(?! to)|runs?|running|using|on|with|for|of|at|to|in|while|currently|now|here|still|just"
    r"|cni|clusters?|size|and|both|all|everything|as(?= (?:it )?is\b)|if|right|yeah|correct|there|hey|hi"
    r"|helm(?: ls| list)?|shows?|reports?|says?|only (?:got|have|get)"
)
_AROUND_JA = (
    "うち|今|いま|現在|現状|なん(?:だけど|ですが|ですけど)|(?:です|だ)(?:が|けど)|んだけど|んですが|です(?:か|よね|ね)?|でしょうか"
    "|まま|だと|なら|では|でも|って|構成|用|専用|(?:入れ|入っ|使っ|動い|にし)て(?:い)?(?:る|ます)|この|これ|こちら|両方(?:とも)?|どっちも|どちらも|いずれも|(?:今の|現)時点(?:で(?:は)?)?|分|クラスター?|にする|して|ある(?=けど|ので|が)"
    "|けど|ので|しか(?:取れ|もらえ|空いて)な(?:い|かった|く(?:て)?)|こと|よね|[のはがをにでへんと]|か(?=\\W*$)|ね(?=\\W*$)"
)
_WORDS = re.compile(
    rf"(?:{_SOURCE}|{_KEYED_WORDS}|{_GOES_JA}|(?<![a-z])(?:{_GOES}|{_ASKS}|{_NETWORK}|{_WHOSE}|{_AROUND})(?![a-z])"
    rf"|{_ASKS_JA}|{_NETWORK}|{_VALUE}|{_WHOSE_JA}|{_AROUND_JA}|[\s,.:;=?!。、・「」\"'`(){{}}-])*+",
    re.IGNORECASE,
)
_WHAT_OF = re.compile(
    r"^\W*(?:(?:and|so|then|ok(?:ay)?),? )*(?:what|how) (?:about|if it(?:'s| is))\b|じゃあ", re.IGNORECASE
)
_VALUES = re.compile(rf"{_KEYED}|{_VALUE}", re.IGNORECASE)
_GATEWAY = re.compile(r"(?<![a-z])agc(?![a-z])|application gateways? for containers", re.IGNORECASE)
_OVERLAY, _TO_OVERLAY = re.compile(_NETWORK, re.IGNORECASE), re.compile(rf"{_GOES}|{_GOES_JA}", re.IGNORECASE)
_WILL_DO = re.compile(rf"(?<![a-z])(?:{_ASKS}|{_GOES})(?![a-z])|{_ASKS_JA}|{_GOES_JA}", re.IGNORECASE)


def is_plain_ask(question: str) -> bool:
    """Whether a plain question asks whether its values will do, or let the cluster go to overlay, and no more.

    Of a pasted profile only what is said around it counts.
    """
    pasted, spoken = pasted_profile(question)
    given = pasted is not None or bool(_VALUES.search(question))
    return given and bool(_WILL_DO.search(spoken)) and knows_all(spoken)


def asks_whether_it_will_do(clause: str) -> bool:
    """Whether a clause asks whether what was told before it will do, and no more: "is that supported?"."""
    return bool(_WILL_DO.search(clause)) and not _TO_OVERLAY.search(clause) and knows_all(clause)


def only_gives_values(question: str) -> bool:
    """Whether a question gives values with their subjects and asks nothing: "and a mask of 255.255.255.0?"."""
    given = _WHAT_OF.sub("", question)
    return bool(_VALUES.search(given)) and not _WILL_DO.search(given) and knows_all(given)


def knows_all(question: str) -> bool:
    """Whether a plain question has no word, and no key of a pasted profile, that may turn its answer."""
    return bool(_WORDS.fullmatch(question))


def values(question: str) -> Iterator[str]:
    """The values of a plain question as the rules see them: a size as the length of its prefix, a bare version."""
    for match in _VALUES.finditer(question):
        text = match["keyed"] or match.group()
        size = next(sizes(text), None)
        yield text.lower().lstrip("v") if size is None else f"/{size}"


def gives_value(text: str) -> bool:
    """Whether a text gives a value, or a key of a network profile with one."""
    return bool(_VALUES.search(text) or profile(text))


def asks_for_overlay(clause: str) -> bool:
    """Whether a clause asks whether what was told before lets the cluster go to overlay, and no more."""
    return bool(_TO_OVERLAY.search(clause)) and knows_all(clause)


def names_overlay(question: str) -> bool:
    """Whether a question names CNI Overlay."""
    return bool(_OVERLAY.search(question))


def names_overlay_as_it_is(question: str) -> bool:
    """Whether a question names CNI Overlay, and no way to it, which depends on more than one value."""
    return bool(_OVERLAY.search(question)) and not _TO_OVERLAY.search(question)


def is_about_the_gateway(question: str) -> bool:
    """Whether a question asks whether something suits AGC, and for no way to CNI Overlay."""
    _, spoken = pasted_profile(question)
    return bool(_GATEWAY.search(spoken)) and not _TO_OVERLAY.search(spoken)
