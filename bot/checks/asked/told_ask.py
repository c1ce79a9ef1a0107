"""Whether a question tells of values and then asks of what it told whether that will do: "It is a /25. Go?".

What is told may be said in any words, but in none that may take a value away, change it, or set another beside it. What
is asked says nothing of its own, and stands right behind a value, or behind what the values are for.
"""

import re

from bot.checks.asked.bounds import without_seen
from bot.checks.asked.facts import facts_and_question
from bot.checks.asked.plain_ask import asks_for_overlay, asks_whether_it_will_do, gives_value, knows_all
from bot.checks.asked.profile import pasted_profile

CUTS = 8  # of a text: a question stands at its end
_FINE_JA = r"(?:大丈夫|平気|いい|良い|よい|よろしい|問題(?:ない|ありません)|構わない|かまわない|構いません)"
_ENDS_JA = r"(?:です|でしょう|ん|の)*か?[?？。\s]*$"
# Of a go-ahead: what is asked says nothing but that one goes on with what was told.
_IT = r"(?: (?:it|this|that|them))?(?: (?:as (?:it )?is|like (?:this|that)|alone|anyway|now|today))?"
_GATEWAY = (
    r"(?: (?:agc|application gateways? for containers|the gateway))?"
    r"(?: (?:on|in|into|to) (?:it|(?:this|that|the|our|my)(?: cluster| one)?))?"
)
_DOES = (
    rf"(?:go ahead|go|proceed|continue|(?:install|deploy){_GATEWAY}|(?:leave|keep|do|run|use){_IT}"
    r"|live with (?:it|this|that))"
)
_GO_AHEAD = re.compile(
    rf"\W*(?:(?:so|and|ok(?:ay)?|then|now|can|could|may|do|i|we|just|still|is|it|are|be) ){{0,5}}{_DOES}{_IT}\W*"
    rf"|\W*(?:(?:so|and|is|it|that|this|still|all|be) ){{0,4}}(?:safe|ok(?:ay)?|fine|good|alright) to {_DOES}{_IT}\W*"
    r"|\W*(?:(?:so|and) )?(?:are )?we (?:good|ok(?:ay)?|fine)(?: to go)?\W*"
    r"|\W*(?:looks?|sounds?) (?:good|ok(?:ay)?|fine)\W*"
    r"|\W*(?:will|would|does|can) (?:that|it|this) (?:work|fly|do)(?: out)?\W*"
    rf"|\W*(?:これ|それ|この|その|今の|現状の|(?:overlay|オーバーレイ) ?の)?(?:で|でも|は|って|も)?"
    rf"(?:(?:まま|構成)(?:で|の)?)?(?:(?:やっ|進め|実施し|使っ|使い続け|行っ|続け|入れちゃっ|入れ)[てで]も?)?{_FINE_JA}{_ENDS_JA}"
    r"|\W*(?:これ|それ)?(?:って)?(?:アリ|あり|いけ(?:る|ます)|行け(?:る|ます))(?:です)?か?(?:ね|な)?\W*",
    re.IGNORECASE,
)
# What asks the other way round: whether what was told does harm.
_HARM = re.compile(
    r"\W*(?:(?:so|and|then),? )?(?:is|does|would|will) (?:that|this|it)(?: be| cause| mean)?(?: an?| any)?"
    r" (?:problem|issue|violation|trouble)s?(?: (?:with|on|for) (?:(?:azure|cni) ){0,2}overlay)?\W*"
    r"|\W*(?:(?:so|and|then),? )?(?:does|would|will) (?:that|this|it) (?:break|violate) (?:an?|any|the)"
    r" (?:rule|limit|limitation|requirement)s?\W*"
    r"|\W*(?:any|is there an?y?) (?:problem|issue|violation)s?(?: (?:with|in) (?:that|this|it))?\W*"
    r"|\W*(?:(?:これ|それ|この構成|このまま)(?:だ)?(?:って|は|で|と)?、?)?(?:(?:overlay|オーバーレイ)(?:では|だと|で)、?)?(?:何か)?"
    rf"(?:(?:問題|支障|違反|まずいこと)(?:が|は|に)?(?:ある|あり(?:ます|そう)|出(?:る|ます)|なり(?:ます|そう)|なる)?|まずい){_ENDS_JA}",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\bwhich\b|(?:どちら|どっち|どれ|いずれ)(?:の[^。、?]{1,12})?(?:が|を|なら|だと)", re.IGNORECASE)
# A clause that asks by its end for leave to use what it tells: 「置いていいですか」, 「置きたいんだけどいい？」.
_USES = "(?:置[いき]|入れ|載せ|使[っい]|作[っり]|切[っり]|割り当て|(?:デプロイ|導入|構築|配置|作成|運用|設定)し)"
_BUT = "(?:けど|けれど|が|ので)"
_LEAVE_JA = re.compile(
    rf"{_USES}て(?=も?{_FINE_JA}{_ENDS_JA})"
    rf"|(?:(?:{_USES}|(?:overlay|オーバーレイ) ?にし)たい(?:[んの](?:だ|です)|です)?"
    r"|(?<!たい)(?<!たいん)(?<!たいの)(?:だ|です|る|ます))"
    rf"{_BUT}(?=[^。、,，?？!けがの]{{0,16}}{_FINE_JA}{_ENDS_JA})",
    re.IGNORECASE,
)
# The same in one clause of English: "two of them with overlay ok?".
_LAST_WORDS = re.compile(
    r"(?=\b(?:with|on|in|for) (?:(?:an?|the|azure|cni) ){0,3}overlay(?: (?:mode|clusters?))?,? [a-z ]{1,16}\W*$)"
    r"|(?=\b(?:ok(?:ay)?|fine|good|allowed|supported|possible) (?:with|on|in|for) (?:(?:an?|the|azure|cni) ){0,3}"
    r"overlay(?: (?:mode|clusters?))?\W*$)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:[!?。;]|\.(?=\s)|\s[-–—]{1,2})\s*(?=[^.!?。;]+[?。.!\s]*$)")
# What the asker does not know, or cannot get, takes nothing away.
_IDLE = re.compile(
    r"\b(?:do ?n.t|do not|did ?n.t) (?:know|remember)\b|\bnot (?:sure|certain)(?: (?:who|why|how|when|what))?\b"
    r"|\bno (?:idea|clue)(?: (?:who|why|how|when|what))?\b"
    r"|(?:見|確認し|調べ|実行し|叩い|聞い)たら|(?:(?:誰|なぜ|いつ)[^。、?]{0,10}か(?:は)?)?(?:わから|分から|知ら|覚えて(?:い)?|把握(?:して|でき)(?:て)?(?:い)?|詳しく)(?:な(?:い|く)|ません)"
    r"|しか(?:取れ|もらえ|空い[てで](?:い)?|残って(?:い)?)(?:な(?:い|く)|ません)",
    re.IGNORECASE,
)
_OVERLAY = r"(?:(?:an?|the|azure|aks|cni) ){0,4}overlay"
_OVERLAY_JA = r"(?:overlay|オーバーレイ)"
_TO_OVERLAY = re.compile(  # what changes is the network, and no value
    r"\b(?:upgrad|migrat|mov|switch|convert|go)\w*"
    r"(?: (?:it|this|that|the|our|my|an?|clusters?|aks|everything|over|from|flat|azure|cni|node|pod|subnet)){0,5}"
    rf" (?:in)?to {_OVERLAY}"
    rf"|{_OVERLAY} (?:upgrade|migration)"
    rf"|{_OVERLAY_JA} ?(?:(?:化|への?|に)? ?(?:移行|アップグレード|切り替え|変更|変え)|化)"
    r"(?:し(?:ます|たい(?:です)?))?",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:not|no|never|without|cannot|or|nor|neither|unless|except|instead|than|once|until|first|then|later|after|before"
    r"|will|would|should|was|were|had|used to|previous\w*|former\w*|old|new|other|another|second|both|only if|if"
    r"|upgrad\w*|updat\w*|bump\w*|replac\w*|resiz\w*|recreat\w*|rebuil\w*|chang\w*|fix\w*|mov\w*|migrat\w*|switch\w*"
    r"|shrink\w*|grow\w*|enlarg\w*|expand\w*|swap\w*|delet\w*|remov\w*|roll\w*|revert\w*|hypothetical\w*|must"
    r"|what\w*|which|how|when|where|who|why)\b|n't\b|どの|どれ|どこ|いつ|何|誰|なぜ|どう"
    r"|ない|なく|なし|無し|ません|ずに|以外|または|もしくは|あるいは|てから|後で|あとで|たら|なら|れば|もし"
    r"|変更|変え|作り直|直し|直す|拡張|縮小|広げ|上げ|更新|アップグレード|移行|切り替|入れ替|置き換|差し替|戻|消し|削除"
    r"|元は|以前|もともと|前は|(?<!ま)まで|昔|当時|別の|他の|ほかの|新し|新規|古い|旧|仮に|予定だった",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[.!?;:,](?=\s|$)|[。、，！？]|\s[-–—]{1,2}\s|(?<=です)が|(?<=ます)が|けど|けれど|\bbut\b")
# What the values are for: somebody wants the gateway, or the network; and that they were looked up, or made so.
_PURPOSE = re.compile(
    r"\b(?:boss|manager|management|customer|client|team|everyone|they|wants?|needs?|asks?|asked|for|to"
    r"|install(?:ed|ing)?|deploy(?:ed|ing)?|(?:set|stand|bring) ?up|up(?= (?:as|by|and|in|today|tomorrow|this|next)\b)"
    r"|plan(?:s|ned|ning)?|going(?= to\b)|about(?= to\b)|put|today|tomorrow|tonight|go live|by|next"
    r"|week|month|monday|friday)\b"
    r"|\b(?:turn(?:s|ed) out|comes? out|came out|created|made|got|configured|as|found|exactly|one|its|gateway)\b"
    r"|kubectl|helm|az(?![a-z])"
    r"|上司|顧客|お客様|お客さん|今日|本日|明日|来週|来月|今週|導入|インストール|デプロイ|構築|する"
    rf"|{_USES}(?:たい(?:[んの](?:だ|です)|です)?|て(?:ある|い(?:る|ます)|しま(?:いました|った))?)|予定|つもり|計画|移行|ほしい|欲しい|にしたい"
    r"|と(?:思って|言われて)(?:い)?(?:る|ます)|(?:って|と)(?:出|表示され|返ってき)(?:まし|てい|て)?(?:た|る|ます)?|らしい",
    re.IGNORECASE,
)
# What somebody does or wants beside that is what may be asked about.
_ACTS = re.compile(
    r"\b(?:want\w*|going to|plan\w*|about to|need\w*|like to|try\w*|intend\w*|let|[a-z]{2,}ing)\b"
    r"|たい|予定|つもり|する|しよう|(?<![いと出])(?<!あり)(?<!おり)ます",
    re.IGNORECASE,
)


def asks_of_what_it_told(question: str) -> bool:
    """Whether a plain question asks whether the values that it tells, as they are, will do."""
    return any(is_bare_ask(asked) or asks_for_overlay(asked) for asked in _asked_of_told(question))


def asks_of_harm(question: str) -> bool:
    """Whether it asks whether they do harm: "is that a problem?"."""
    return any(map(is_ask_of_harm, _asked_of_told(question)))


def _asked_of_told(question: str) -> list[str]:
    """What it asks behind what it tells as it is; a pasted profile tells nothing else."""
    pasted, spoken = pasted_profile(question)
    text = without_seen(question if pasted is None else f"networkProfile {spoken}")
    return [asked for context, asked in cuts(text) if not gives_value(asked) and _tells_as_it_is(context)]


def asks_which(clause: str) -> bool:
    """Whether a clause asks which of several values will do."""
    return bool(_WHICH.search(clause))


def is_ask_of_harm(clause: str) -> bool:
    """Whether a clause asks whether what was told before it does harm, and no more."""
    return bool(_HARM.fullmatch(clause))


def is_bare_ask(clause: str) -> bool:
    """Whether a clause asks whether what was told before it will do, or may be gone on with, and no more."""
    return asks_whether_it_will_do(clause) or bool(_GO_AHEAD.fullmatch(clause))


def cuts(question: str) -> list[tuple[str, str]]:
    """What a question may tell, and what it then asks."""
    ends = sorted(
        match.end() for pattern in (_SENTENCE, _LEAVE_JA, _LAST_WORDS) for match in pattern.finditer(question)
    )
    parted = [facts_and_question(question), *((question[:end], question[end:]) for end in ends[-CUTS:])]
    return [(context, asked) for context, asked in parted if context.strip() and asked.strip()]


def _tells_as_it_is(context: str) -> bool:
    unchanged = _TO_OVERLAY.sub(" overlay ", _IDLE.sub(" ", context))
    clauses = [clause for clause in _CLAUSES.split(unchanged) if clause.strip()]
    if not clauses or _TURNS.search(unchanged):
        return False
    return _is_known(clauses[-1]) and all(_is_known(clause) or not _ACTS.search(clause) for clause in clauses[:-1])


def _is_known(clause: str) -> bool:
    return knows_all(_PURPOSE.sub(" ", clause))
