"""The cluster of a question about an upgrade to CNI Overlay: what it says of its mode, policies, Kubernetes, identity.

Each value is judged as if all else were in order, so that what fails is named in the question's own words. A pass needs
all of them, the identity only with kubenet.
"""

import re
from dataclasses import dataclass
from typing import Any

from bot.checks.rules.upgrade_conditions import MINIMUM_VERSION

_OVERLAY = r"(?:overlay|オーバーレイ)"
_CHANGE = (
    r"(?:アップグレード|アップデート|移行|移[しすせ]|切り?替|変[えわ更換]|更新|上げ|上が|乗り換"
    r"|行[けきくっ]|い(?:け[るまそ]|く)|し(?:た|て|ま|ろ|よう|なければ|ないとい|なきゃ)|せよ|する|でき|なれ)"
)
_TO_OVERLAY = re.compile(
    rf"\b(?:in|on)?to (?:(?:an?|the|azure|aks|cni) ){{0,4}}{_OVERLAY}|(?:->|=>|→|⇒) ?(?:azure |cni ){{0,2}}{_OVERLAY}"
    rf"|\b(?:go(?:ing|es)?|becom(?:es?|ing)) (?:(?:an?|azure|cni) ){{0,3}}{_OVERLAY}"
    rf"|{_OVERLAY}[ -](?:upgrade|migration)"
    rf"|\b(?:wants?|wanted|demands?|ordered|insists? on|decided on|asks? for) "
    rf"(?:(?:us|it|to|be|use|on|an?|the|azure|aks|cni) ){{0,4}}{_OVERLAY}\b(?! (?:or|vs)\b)"
    rf"|{_OVERLAY} (?:(?:is|comes) )?(?:next|tomorrow|soon|by (?:next|q[1-4])|this (?:week|month|quarter|year))\b"
    rf"|\baz aks update\b[^\n]{{0,200}}--network-plugin-mode[ =]overlay"
    rf"|{_OVERLAY} ?(?:モード|クラスター?|ネットワーク)?"
    rf"(?:(?:に|へ)[。.?]*$|(?:(?:化|への?|に(?!対|つい|関|お))[^。?!\n、]{{0,8}})?{_CHANGE})",
    re.IGNORECASE,
)
# "add Calico to an overlay cluster" upgrades nothing.
_INTO_IT = re.compile(
    r"\b(?:add|apply|attach|install|deploy|connect|route|traffic|access|compare|due|next)\w*\b"
    rf"[^.?!]{{0,40}} to [a-z ]{{0,20}}{_OVERLAY}",
    re.IGNORECASE,
)
_UPGRADE = re.compile(r"upgrad|migrat|switch|mov(?:e|ing)|convert|chang(?:e|ing)", re.IGNORECASE)
_FROM_OVERLAY = re.compile(
    rf"\bfrom (?:(?:an?|the|azure|aks|cni) ){{0,4}}{_OVERLAY}|{_OVERLAY}(?:モード|クラスター?)?から"
    r"|\bback (?:to|from)\b|戻",
    re.IGNORECASE,
)
# The cluster will be another by then: the policies are removed first, or come later.
_NOT_AS_IT_IS = re.compile(
    r"\bremov|\buninstall|\bdisabl|\bwithout\b|\bdropp|\bdelet|\bturn\w* off\b|\bno longer\b|\binstead of\b"
    r"|(?:\bnot|n't) (?:us(?:e|ing)|hav(?:e|ing)|run(?:ning)?|on|enabled|installed)\b"
    r"|\bthen (?:add|enable|install)|\b(?:later|afterwards)\b|\bno (?:calico|cilium|azure npm|network polic)"
    r"|(?:to|から) ?[\"'`「]?none\b|none[\"'`」]? ?に"
    r"|外[しすせさ]|削除|アンインストール|無効|なし[でにの]|無し|(?:して|って|入れて)い?(?:な[いく]|ませ)|(?:では|じゃ)な"
    r"|除[いきく]|やめ|消[しすせ]|抜[いき]|撤去|使わ",
    re.IGNORECASE,
)
_POD_SUBNET = re.compile(
    r"(?:pod|ポッド)[ -]?(?:subnet|サブネット)|dynamic (?:ip )?allocation|動的 ?(?:IP ?)?割り?当て", re.IGNORECASE
)
_NODE_SUBNET = re.compile(r"(?:node|ノード)[ -]?(?:subnet|サブネット)", re.IGNORECASE)
_KUBENET = re.compile(r"kubenet", re.IGNORECASE)
_IDENTITIES = {
    "SystemAssigned": re.compile(r"system[- ]?assigned(?:[ -](?:managed )?identity)?|システム割り?当て", re.IGNORECASE),
    "UserAssigned": re.compile(r"user[- ]?assigned(?:[ -](?:managed )?identity)?|ユーザー割り?当て", re.IGNORECASE),
    None: re.compile(r"service principal|サービス ?プリンシパル", re.IGNORECASE),
}
_POLICY = r"(?:network[ -]?polic(?:y|ies)|ネットワーク ?ポリシー)"
_ENGINE = re.compile(  # "azure" and "cilium" name other things, too
    rf"(?P<own>calico)|(?P<behind>azure|cilium)(?: |の)?(?:{_POLICY}|npm\b)"
    rf"|{_POLICY}[^a-z0-9。?!\n、,]{{0,8}}(?:(?:engine|is|set|to|=) ?){{0,3}}[\"'`「]?"
    r"(?P<before>azure|cilium|none)(?![a-z0-9-])"
    r"|(?P<kept>cilium) ?(?:のまま|入り|(?:を|が)?(?:使|入|残|有効)[^。?!\n、]{0,6}まま)"
    r"|\b(?:keep(?:ing)?|stay(?:ing)? (?:on|with)|still (?:on|using|running)) (?P<staying>cilium)\b",
    re.IGNORECASE,
)
_CLUSTER = r"(?:kubenet ?)?(?:clusters?\b|クラスター?)"
_RELEASE = r"1\.(?:1[5-9]|[2-4][0-9])(?:\.[0-9]{1,3})?(?![0-9/]|\.[0-9])"
_KUBERNETES = re.compile(
    r"(?:kubernetes|k8s|\baks)[^0-9。?!\n、,]{0,16}?(?<![0-9./])v?(?P<behind>1\.[0-9]{1,3}(?:\.[0-9]{1,3})?)(?![0-9/]|\.[0-9])"
    r"|(?<![0-9./])v?(?P<before>1\.[0-9]{1,3}(?:\.[0-9]{1,3})?)(?: ?の ?| of | )?(?:kubernetes|k8s)"
    rf"|{_CLUSTER}[^0-9。?!\n、,]{{0,12}}?(?<![0-9./])v?(?P<runs>{_RELEASE})"
    rf"|(?<![0-9./])v?(?P<of>{_RELEASE})(?: ?の ?| )?(?:kubenet )?{_CLUSTER}|kubenet v?(?P<beside>{_RELEASE})",
    re.IGNORECASE,
)
_MINOR = re.compile(r"(?<![0-9./])v?(1\.[1-9][0-9])(?![0-9])")  # from 1.26 to 1.28


@dataclass(frozen=True, slots=True)
class Said:
    """A value in the words of the question, and the part of a cluster that it gives."""

    text: str
    aks: dict[str, Any]
    policy: bool = False


IN_ORDER: dict[str, Any] = {
    "kubernetesVersion": ".".join(map(str, MINIMUM_VERSION)),
    "networkProfile": {"networkPlugin": "azure", "networkPolicy": None},
    "identity": {"type": "UserAssigned"},
    "agentPoolProfiles": [{"podSubnetId": None, "osType": "Linux"}],
}


def asks_upgrade(question: str) -> bool:
    """Whether a question speaks of an upgrade to overlay."""
    if not _TO_OVERLAY.search(question) or _FROM_OVERLAY.search(question):
        return False
    return bool(_UPGRADE.search(question)) or not _INTO_IT.search(question)


def said_of_cluster(question: str, policy: str | None, *, versions: bool) -> tuple[Said | None, ...]:
    """Its mode, policy engine, version and (of kubenet) identity; None what it does not say, or says of another time.

    `policy`: the value of a key that the question gives; `versions`: whether a version in it is the cluster's own.
    """
    as_it_is = not _NOT_AS_IT_IS.search(question)
    said = (
        _mode(question) if as_it_is else None,
        _engine(question, policy) if as_it_is else None,
        _version(question) if versions else None,
    )
    return (*said, _identity(question) if as_it_is else None) if _KUBENET.search(question) else said


def kubernetes(question: str) -> str | None:
    """The version of Kubernetes that a question gives; None if it gives none, or several."""
    named = {next(filter(None, match.groups())) for match in _KUBERNETES.finditer(question)}
    return named.pop() if len(named) == 1 else None


def without_kubernetes(question: str) -> str:
    """The question without the versions of Kubernetes: what other number it gives is another program's."""
    return _KUBERNETES.sub(" ", question)


def _mode(question: str) -> Said | None:
    named = [(pattern.search(question), pattern) for pattern in (_POD_SUBNET, _NODE_SUBNET, _KUBENET)]
    given = [(match, pattern) for match, pattern in named if match]
    if len(given) != 1:
        return None
    match, pattern = given[0]
    if pattern is _KUBENET:
        return Said(match.group(), {"networkProfile": {"networkPlugin": "kubenet", "networkPolicy": None}})
    subnet = "pod" if pattern is _POD_SUBNET else None
    return Said(match.group(), {"agentPoolProfiles": [{"podSubnetId": subnet, "osType": "Linux"}]})


def _engine(question: str, policy: str | None) -> Said | None:
    named = {next(filter(None, match.groups())).lower() for match in _ENGINE.finditer(question)}
    named |= {policy.lower()} if policy else set()
    if len(named) != 1:
        return None
    engine = named.pop()
    return Said(engine, {"networkProfile": {"networkPlugin": "azure", "networkPolicy": engine}}, policy=True)


def _identity(question: str) -> Said | None:
    """The one identity that a question names; of two it may ask for the difference."""
    named = {kind: match.group() for kind, pattern in _IDENTITIES.items() if (match := pattern.search(question))}
    if len(named) != 1:
        return None
    (kind, text), *_ = named.items()
    kubenet = {"networkProfile": {"networkPlugin": "kubenet", "networkPolicy": None}}
    return Said(text, kubenet | {"identity": {"type": kind} if kind else None})


def _version(question: str) -> Said | None:
    version = kubernetes(question)
    if version is None or len(set(_MINOR.findall(question))) > 1:
        return None
    return Said(f"Kubernetes {version}", {"kubernetesVersion": version})
