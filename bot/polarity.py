"""Whether the "Yes." of a section is also the answer to the question that was asked.

A section's verdict answers the question in its heading. "Must it be exactly /24?" and "Can it be /23?" are answered
by the same fact with opposite verdicts, so a verdict is repeated only when the two questions ask the same thing the
same way round; otherwise the answer starts with the fact, which is true either way.
"""

import re
import unicodedata

from bot.records import Verdict
from index.records import Section, Span
from index.words import words

# A sentence that is only a verdict: "Yes." "No." "Yes, with conditions." 「はい。」「いいえ。」「ただし…」
_VERDICT = re.compile(
    r"(yes|no)(, [a-z ]{1,30})?\.|はい。|いいえ。|ただし条件があります。|条件付きで[^。]{0,12}。", re.IGNORECASE
)
# One that a fact is joined to: "Yes, it runs on Linux." 「はい、使えます。」
_JOINED = re.compile(r"(?:yes|no),\s+(?:but\s+)?|(?:はい|いいえ)、", re.IGNORECASE)

# One that has nothing of the fact in it.
_BARE = re.compile(
    r"(?:yes|no)(?:, with conditions)?\.|[^、。]{2,3}。|ただし条件があります。|条件付きで[^。]{0,12}。", re.IGNORECASE
)
_YES = re.compile(r"yes\b|はい", re.IGNORECASE)
_CONDITIONS = re.compile(r"\b(?:conditions?|but|only|if|unless|except|partly|depends)\b|ただし|条件", re.IGNORECASE)

# Words that turn a question round, or make it one about something else. The sets of two questions must be equal.
_TURNS = re.compile(
    r"\b(?P<negation>not|no|never|without|cannot|un\w+|non\w*|\w+n't|isnt|cant|dont|doesnt|wont|neither|nor)\b"
    r"|\b(?P<obligation>must|need\w*|have to|has to|require\w*|necessary|mandatory|forced?)\b"
    r"|\b(?P<limit>only|exactly|just|limited|except|solely|at least|minimum|maximum|at most|too|outside|instead)\b"
    r"|\b(?P<time>before|after|first|then|now|still|while|stay\w*|keep\w*|remain\w*)\b"
    r"|\b(?P<trouble>fail\w*|break\w*|block\w*|forbid\w*|prevent\w*|lose|ignored?|safe\w*|ok|fine|problem\w*|wrong)\b"
    r"|\b(?P<open>what\w*|which|how|when|why|where|who|minimum|lowest)\b|(?P<ja_open>何|なに|なん|どの|どれ|どう|どこ|いつ|なぜ|いくつ)"
    r"|\b(?P<confirmation>correct|right|yeah|true|guarantee\w*|hitless|zero.downtime)\b"
    r"|(?P<pod_subnet>(?:pod|ポッド)[ -]?(?:subnet|サブネット))"
    r"|(?P<node_subnet>(?:node|ノード)[ -]?(?:subnet|サブネット))"
    r"|(?P<kubenet>kubenet)|(?P<static>static|静的)|(?P<dynamic>dynamic|動的)"
    r"|(?P<ja_confirmation>正しい|合って|という理解|ですよね|だよね|でしょう?か?$|保証)"
    r"|(?P<ja_without>無(?!料|理)|非(?!常|対応)|未(?!来|対応)|不(?!安|思議|可|要)|ゼロ)|(?P<without>\b(?:zero|hitless|seamless\w*|free)\b)"
    r"|(?P<by_hand>\b(?:manual\w*|by hand|tell(?! me| us)|select|choose|set)\b|手動|手作業|指定|選択|教え(?!て))"
    r"|(?P<ja_negation>ない|なく|なし|ません|ませ|ずに|ずと|不可|不要|無理|非対応|未対応|以外|サポート外|対象外|だめ|ダメ|駄目|禁止)"
    r"|(?P<ja_obligation>必要|必須|べき|なければ|ないと|なきゃ|しかない)"
    r"|(?P<ja_limit>だけ|のみ|ちょうど|ぴったり|限定|限ら|必ず|絶対|以上|以下|以内|しか)"
    r"|(?P<ja_time>先に|前に|後に|あと|まま|それから|段階)"
    r"|(?P<ja_trouble>安全|問題|平気|大丈夫|影響|止ま|失敗|壊れ|中断|停止|断)",
    re.IGNORECASE,
)
SAME_QUESTION = 0.92  # cosine; at 0.85 as at 0.95 no verdict of 71 was wrong on the labelled questions

_IDENTIFIER = re.compile(r"/?[0-9][0-9.]*")


def verdict_spans(section: Section) -> int:
    """How many leading sentences of the section are a verdict and nothing else."""
    count = 0
    while count < len(section.sentences) and _VERDICT.fullmatch(section.quote(section.sentences[count])):
        count += 1
    return count


def verdict_of(section: Section, spans: tuple[Span, ...]) -> tuple[Verdict | None, int]:
    """The verdict with which a quote begins, and how many of its sentences say nothing else."""
    count = verdict_spans(section)
    whole = spans[:count] == section.sentences[:count]
    joined = _JOINED.match(section.quote(spans[0]))
    said = [section.quote(span) for span in spans[:count]] if whole else []
    begun = " ".join(said) or (joined[0] if joined else "")
    if not begun:
        return None, 0
    bare = sum(1 for text in said if _BARE.fullmatch(text))
    verdict: Verdict = "conditional" if _CONDITIONS.search(begun) else "yes" if _YES.match(begun) else "no"
    return verdict, bare


def same_way_round(question: str, heading: str) -> bool:
    """True if both questions turn the same way and name the same numbers."""
    return _turns(question) == _turns(heading) and _numbers(question) == _numbers(heading)


def facts(section: Section, question: str, cosine: float) -> tuple[Span, ...]:
    """The sentences to quote from: without the verdict unless it answers `question`, too.

    `cosine` is the question's to the nearest of the section's heading and phrasings.
    """
    verdicts = verdict_spans(section)
    if verdicts and not _answered(section, question, cosine):
        return section.sentences[verdicts:] or section.sentences
    return section.sentences


def without_joined_verdict(section: Section, spans: tuple[Span, ...], question: str, cosine: float) -> tuple[Span, ...]:
    """A quote's spans without the "Yes," that its first sentence begins with, unless it answers `question`, too."""
    first, *others = spans
    joined = _JOINED.match(section.quote(first))
    if not joined or _answered(section, question, cosine):
        return spans
    return (Span(first.start + joined.end(), first.end), *others)


def _answered(section: Section, question: str, cosine: float) -> bool:
    """Whether a section's verdict is that of a question, too."""
    return cosine >= SAME_QUESTION and same_way_round(question, section.title)


def _turns(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text).lower()
    return {match.lastgroup or "" for match in _TURNS.finditer(plain)}


def _numbers(text: str) -> set[str]:
    return {word for word in words(text) if _IDENTIFIER.fullmatch(word)}
