"""What a question tells of now, where it also tells what was before or what is planned: "a /23 until May, now a /24".

Who tells both asks of the value as it is; of a planned one only where it does not ask about now.
"""

import re

_VALUE = (
    r"(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3})?/(?:[12][0-9]|3[0-2])(?![0-9/])"
    r"|v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:-[0-9a-z]+(?:\.[0-9a-z]+)*)?(?![0-9/]|\.[0-9])"
)
_BEFORE, _AS_NOW = rf"(?P<before>{_VALUE})", rf"(?P<now>{_VALUE})"
_STARTS = r"(?:^|(?<=[.!?;,。、\n ]))"
_WAS = re.compile(
    rf"\b(?:was|were|used to (?:be|run)|had been)(?: (?:at|on|running))? (?:an? )?{_BEFORE}"
    r"(?: (?:until|till|up to|before) [^,;.!?0-9/]{1,24}| (?:last|a) (?:week|month|year)(?: ago)?"
    r"| (?:previously|originally|earlier|initially|before))?"
    r"[,;.]? (?:(?:but|and|so) )?"
    rf"(?:(?:now|today|currently|since then)(?: (?:it|we|that|they))?(?:'s|'re| is| are| runs?| have)?(?: (?:at|on))?"
    r"|(?:it|we|they) (?:is|are|runs?|have) (?:now|currently)(?: (?:at|on))?"
    r"|(?:(?:i|we|they|it|that) )?(?:(?:have|has|had|was|got|been|since|then|just|already) ){0,3}"
    r"(?:re(?:built|created|sized|placed|made)|changed|updated|upgraded|bumped|downgraded|rolled back|shrunk|grown"
    r"|extended|moved)"
    r"(?: (?:it|that|this|them))? (?:as|to|with|by|into))"
    rf" (?:an? )?{_AS_NOW}(?: (?:now|since|today))?",
    re.IGNORECASE,
)
_TIME = r"(?:以前|かつて|昔|もともと|元々|元|最初|当初|先月|先週|昨日|去年|昨年|先日|この前|前)"
_OF = r"[^。?!、\n0-9/]{1,30}?[はが]、?"
_REMADE = r"(?:作り直|変更|変え|直|上げ|更新|縮小|拡張|広げ|アップグレード|差し替え|置き換え)"
_WAS_JA = re.compile(
    rf"{_STARTS}(?P<of>{_OF})?{_TIME}(?:まで|は|には)+、?(?P<own>[^。?!、\n0-9/]{{1,30}}?)?{_BEFORE}"
    r"(?:で(?:した|あった)?|だった|に(?:して|なって)い?(?:た|ました))(?:ん|の)?(?:です|だ)?(?:が|けど|けれど|ので)?[、。]\s*"
    rf"(?:(?:今|いま|現在)(?:は|では)?、?(?P<now_is>{_VALUE})(?:です|だ|になって(?:い)?(?:ます|る)|に(?:し|なり)まし?た)?"
    rf"|(?:{_TIME}|今週|今月|今朝)?(?:に)?、?{_AS_NOW}(?:に|へ|で){_REMADE}(?:し?まし?た|した|た|済み(?:です)?|して(?:い)?(?:ます|る)))",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|today|currently|at the moment|at present|as (?:it|things) (?:is|are|stands?))\b|今|いま|現在|現時点",
    re.IGNORECASE,
)
_WILL = re.compile(
    rf"{_AS_NOW},? (?:right )?(?:now|today|currently|at the moment)[,;.]? (?:(?:and|but|then) )?"
    r"(?:(?:i|we|it|they)(?:'ll| will| plan to|'re going to| are going to| is going to)"
    r" (?:go|upgrade|move|update|bump|switch|get|be)(?: (?:it|that|upgraded|moved|updated))?(?: to)? "
    rf"(?:{_VALUE})|(?:{_VALUE}) (?:is |are )?(?:scheduled|planned|due|coming|next|follows?)\b)[^.?!,;0-9/]{{0,30}}",
    re.IGNORECASE,
)
_WILL_JA = re.compile(
    rf"(?:今|いま|現在)(?:は|のところ)?、?{_AS_NOW}(?:です|だ|で)?(?:が|けど|けれど)?[、。]\s*"
    rf"(?:来週|来月|来年|明日|明後日|今度|近いうち|近々|後日|週末|次回)(?:に|には|は|の[^。、0-9/]{{1,16}}[にで])?、?(?:{_VALUE})"
    rf"(?:に|へ){_REMADE}(?:し?ます|する|る)?(?:予定|つもり|計画)?(?:です|だ)?(?=[。、が]|けど)",
    re.IGNORECASE,
)
_LAST = re.compile(r"(?:[.!?。;]\s|[。？])(?=[^.!?。;]*[^.!?。;\s][.!?。;\s]*$)")


def as_now(question: str) -> str:
    """A plain question with its value of now alone; as it is where it tells of no other one, or asks of that."""
    question = _WAS.sub(lambda match: f"is {match['now']}", question)
    question = _WAS_JA.sub(_is, question)
    *_, last = (None, *_LAST.finditer(question))
    if last is None or not _NOW.search(question, last.end()):
        return question
    context, asked = question[: last.end()], question[last.end() :]
    return _WILL_JA.sub(lambda match: f"{match['now']}です", _WILL.sub(lambda match: match["now"], context)) + asked


def _is(match: re.Match[str]) -> str:
    return f"{match['of'] or ''}{match['own'] or ''}{match['now_is'] or match['now']}です"
