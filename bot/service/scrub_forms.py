"""The forms of what is taken out of a text: the expressions behind bot/service/scrub.py.

A form says where a value of its kind may begin (`before`) and what it is. It may begin beside anything that cannot be
a part of it, and right behind another value whatever stands there: for that there is a second expression, without the
`before` of each. Letters beside a value are ASCII ones: Japanese is written without spaces.
Every repetition is bounded, or possessive and over characters at which no form of its kind begins again, so the cost
grows with the length of the text and not faster. The words that forms look for are in bot/data/private.toml.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parents[1] / "data/private.toml"
LABELS = {
    "mail2": "mail",
    "mail3": "mail",
    "ip4": "ip",
    "ip6": "ip",
    "guid": "id",
    "folder": "id",
    "named": "name",
    "secretly": "secret",
    "attached": "secret",
    "assigned": "name",
    "person": "name",
    "handle": "name",
    "known": "secret",
    "card": "number",
    "numbered": "number",
}
# In these a group holds what is taken out, besides the words before it.
INNER = ("option", "hidden", "joined", "assigned_to", "who", "given", "said", "own", "value", "sum")
_PARTS = {
    # What follows the name of an option or a variable.
    "link": r"(?:[ \t]++(?:\\\n[ \t]*+)?+|[ \t]{0,2}[=:](?=[^\s=]))",
    "assign": r"(?:[ ]?:?=[ ]?)",
    "refers": r"""["']?(?:\$[\w{(]|<[^>\n]{1,40}>|\.{2,3}|(?:%(public_values)s)(?![a-z0-9_.-]))""",
    # Nobody's: a version, a number, a size, a prefix, a file of data, a word in capitals for what is to be put there.
    "plain": r"""["']?(?:(?:v(?=\d{1,4}\.))?\d{1,4}(?:\.\d{1,5}){0,3}(?:-[a-z]{1,8}[.\d]{0,6})?(?:/\d{1,3})?
          (?:[kmg]i?b?|ms|[smhd%])?
        |[0-9a-f:]{2,40}/\d{1,3}|[\w-]{1,40}\.(?:json|ya?ml|txt|md|csv|log)|(?-i:[A-Z][A-Z_]{2,30}))(?![^\s"';,、。)）\\`|&\]}>」])""",
    "bare": r"""[^\s\[\](){}<>"'`;|&=\\,、。「」ぁ-ヿ-][^\s"'`;|&、。」ぁ-ん\\]*+""",
    "quoted": r"""(?:"(?:[^"\\\n]|\\.)++"|'(?:[^'\\\n]|\\.)++')""",
    # Behind a comma or a quote a secret goes on, unless something else with a name begins there.
    "rest": r"""(?:[^\s"',;&」』]|[,;&"'](?![\s"',;&」』)}\]]|$|[\w.-]{1,40}["']?[=:]))*+""",
    "hint": r"(?=[!-~]{0,64}[0-9])",
    "no_labels": r"\[(?:mail|id|ip|secret|url|host|name|phone|mac|number|address)\]",
    "middle": r"(?:[^\s0-9、。（）()「」のはがをとへも]|(?<=[一-龥])の(?=[一-龥])){1,16}",
    "place": r"(?<![一-龥々])[一-龥々ヶケ]{1,12}",
}
# kind: (what may not stand before it, the form)
_FORMS = {
    "secret": ("", r"-----BEGIN\ [A-Z ]{1,40}-----[^-]*+(?:-----END\ [A-Z ]{1,40}-----)?"),
    "url": (
        "",
        r"""(?:(?<![a-z0-9+.-])[a-z0-9+.-]++://|[a-z]{1,20}://|hooks\.slack\.com/)[^\s"'<>「」（）、。]++""",
    ),
    "id": (
        "(?<![a-z0-9_])",
        r"""(?:/?(?:%(ids)s)/|\\\\(?=[a-z0-9])|(?<![.\w])microsoft\.(?!com/)[a-z.]{1,40}/[a-z]{1,60}/(?!\d{4}-\d\d-)(?=[^/\s]{0,40}[0-9_-]))
        [^\s"'<>「」（）、。,;]++""",
    ),
    "folder": (
        "",
        r"""[/\\](?:%(homes)s)[/\\](?:[\w.-]{1,40}+(?:[ ][\w.-]{1,40}+){1,3}(?=\\))?[^\s"'<>「」（）、。,;]++
        |(?<![\w.~/])~[a-z_][a-z0-9_.-]{1,40}(?=/)""",
    ),
    "host": (
        "(?<![a-z0-9.-])",
        r"""(?:(?!(?:%(public_hosts)s)(?![a-z0-9-]|\.[a-z0-9]))(?:[a-z0-9-]{1,63}+\.){1,8}(?<=\.)(?:%(hosts)s)
        |[a-z][a-z0-9-]{0,62}+(?<=\d)(?:\.[a-z0-9-]{1,63}+){1,7}(?<=[a-z0-9-])\.(?:%(domains)s))
        (?![a-z0-9]|\.[a-z0-9]|-(?![0-9a-f]{8}-)[a-z])""",
    ),
    "secretly": (
        "(?<![a-z0-9_-])",
        r"--?(?:[a-z]++-)*(?:%(secret_options)s)%(link)s(?!%(refers)s)(?P<hidden>%(quoted)s|%(bare)s)",
    ),
    "attached": (
        "(?<![a-z0-9_-])",
        r"""(?:-u(?=[a-z][^\s:"']{0,40}:)|-p(?=[a-z])(?-i:(?=[a-z]{0,20}[A-Z]))(?=[^\s\d]{0,20}\d)
            |-a[ ](?=[^\s\d]{0,30}\d)(?-i:(?=[^\sA-Z]{0,30}[A-Z])))(?P<joined>[^\s"']++)""",
    ),
    "named": (
        "(?<![a-z0-9_-])",
        r"""(?:--?(?:[a-z]++-)*(?:[a-z]{0,30}name|%(options)s)%(link)s
          |(?:(?:[a-z0-9]++_)++(?:%(variables)s)|(?-i:%(capitals)s)|\$[a-z_]{0,20}?(?:%(variables)s))%(assign)s
          |(?:[a-z0-9]++_)++(?:%(variables)s):[ ]|(?:%(fields)s)[ ]?=[ ]?|(?:%(before)s)[ \t]++)
        (?!%(refers)s|%(plain)s)(?P<option>%(quoted)s|%(bare)s)""",
    ),
    "person": (
        "(?<![a-z0-9_-])",
        r"""(?:(?:%(people)s)["']?[ ]?[:=は][ ]?|(?<=login[ ])as[ ]
          |(?:user|ユーザー)[ ]?(?:「(?=[^「」\n]{1,40}」)|\\?(?=["'])))(?!%(refers)s)
        (?P<who>%(quoted)s|(?<=「)[^「」\n]{1,40}|(?=[^\s,、。;]{0,40}[0-9._-])[a-z0-9._-]{1,40}+(?![^\x00-\x7f])
          |[^\s"'\[<(,、。;:/\\ぁ-ん]{1,40}+(?=\\?(?:$|[\n"',;)、。]|[ ]{0,8}(?:$|\n)|です|さん|様)))\\?""",
    ),
    "known": (
        "(?<![a-z0-9_-])",
        r"""(?:[a-z0-9_-]{0,40}?(?:%(secrets)s)[a-z0-9_-]{0,20}(?:[ ]id)?["']?
        (?:(?:[ \t]{0,3}(?:=>|<<<|->|→|::?=?|=)[ \t]{0,3}(?:(?<=[:=>][ ])[|>][+-]?[ \t]{0,3}(?=\n))?
              (?:\\?\n[ \t]{0,40}(?![\w-]{1,40}["']?:(?:\s|$)|[-}\]]))?
            |[ ](?:secure)?string[ ]?=[ ]?
            |(?:[ \t]{0,3}[:=][ \t]{0,3}\{
              |,(?:\s{0,40}"[a-z]{1,30}"[ ]?:[ ]?(?:true|false|null|\d{1,9}|"[^"\n]{0,40}"),){0,3})?
              \s{0,40}(?<![a-z0-9_-])["']?value["']?[ \t]{0,3}[:=][ \t]{0,3}
            |(?=[「『]))[「『]?(?!%(refers)s|%(no_labels)s)(?:(?:bearer|basic|digest)[ ])?
          (?P<given>[\w.-]{1,40}=(?:"[^"\n]*"|[^\s;,"]++)(?:[;,][ ]?[\w.-]{1,40}=(?:"[^"\n]*"|[^\s;,"]*+))++
            |%(quoted)s|(?<==)[^\s"'\[;][^"'\n;]{0,80}+(?=;)|\{[^{}\s"']{1,80}\}
            |(?![{|>](?:[\s"']|$))["']?[^\s"'「『]%(rest)s)
        |(?:[ ](?:is|was|were)[ ]|[ ]{0,3}[はがを][ ]{0,3}[「『"']?|[ \t\n]|(?<=[^\x00-\x7f]))
          (?!%(refers)s|%(plain)s|(?-i:[A-Z]{2,4}\d{3}(?!\d)))(?P<said>%(hint)s[!-Z\^-~]{6,}+))
        |(?:admin|administrator|root|sa)[ ]?/[ ]?(?!%(plain)s)(?P<own>%(hint)s[!-~]{6,}+))""",
    ),
    "numbered": (
        "",
        r"""(?:%(numbers)s)[ ]{0,2}(?:[:=はがを\#]|is|was)?[ ]{0,2}(?P<value>[a-z]{0,4}-?\d[0-9a-z-]{0,30})
        |(?<![一-龥])(?:普通|当座)[ :]{0,2}(?P<sum>\d{7})(?!\d)""",
    ),
    "assigned": (
        r"(?:(?<![^\n])|(?<=export[ ])|(?<=[\n][ ]{2})|(?<=set[ ]))",
        r"""(?-i:(?!KB_|[A-Z0-9_]{0,40}(?:%(public_variables)s)=)[A-Z][A-Z0-9_]{2,40})=(?!%(refers)s|%(plain)s)
        (?P<assigned_to>"[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s\[(<"'`;|&]{1,200})
        (?=[ \t]{0,8}(?:$|[\n;\\]|&&|(?-i:[A-Z][A-Z0-9_]{1,40})=))""",
    ),
    "guid": ("", r"[0-9a-f]{8}(?P<gap>[-_])(?:[0-9a-f]{4}(?P=gap)){3}[0-9a-f]{12}"),
    "mac": (
        "(?<![0-9])(?<![0-9a-f]:)",
        r"[0-9a-f]{2}(?P<pair>[:-])[0-9a-f]{2}(?:(?P=pair)[0-9a-f]{2}){4}(?![0-9a-f]|:[0-9a-f])"
        r"|(?<![0-9a-f.])[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}(?![0-9a-f.])",
    ),
    "mail": (
        "(?<![a-z0-9.!#$*+?^_{}~-])",
        r"""(?:[a-z0-9.!\#$*+?^_{}~-]++|"[^"\n@]{1,64}+")
        (?:@|%40|[ ]?[\[(]at[\])][ ]?|[ ]@[ ](?=[a-z0-9-]{1,63}+\.[a-z]))
        (?:[a-z0-9-]++(?:\.[a-z0-9-]++)++|[\w-]++(?:\.[\w-]++)++|(?!sha\d)[a-z][a-z0-9-]{2,}+)""",
    ),
    "mail3": (
        "(?<![a-z0-9._-])",
        r"""[a-z0-9._-]{1,64}+[ ]at[ ][a-z0-9-]{1,63}+(?:[ ]dot[ ][a-z0-9-]{1,63}+){1,4}(?![a-z0-9-])
        |[a-z0-9-]{1,40}+[._][a-z0-9._-]{1,40}+[ ]at[ ][a-z0-9-]{1,63}+(?:\.[a-z0-9-]{1,63}+){1,4}(?![a-z0-9-])""",
    ),
    "mail2": (r"(?<![^\W\x00-\x7f])", r"[^\W\x00-\x7f]++@[\w-]++(?:\.[\w-]++)++"),
    "handle": ("", r"<[@\#!][^>\s]{1,80}>|(?<![\w.@/])@(?:[a-z][\w.-]++|[一-龥]{1,8})"),
    "ip6": (
        "(?<![0-9:.])",
        r"""(?=[0-9a-f]{0,4}:[0-9a-f]{0,4}:)(?![a-f]{1,2}[0-9a-f]{2}(?::[0-9a-f]{2}){5}(?![0-9a-f:]))[0-9a-f:]++(?:(?:\.\d{1,3}){3}(?![.\d]))?
        (?:%[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?)?(?![0-9a-f:])""",
    ),
    "ip4": (
        r"(?<![0-9.])(?<!(?<![a-z])v)(?<!ver)(?<!version)",
        r"\d{1,3}(?:(?:\.|\[\.\])\d{1,3}){3}(?!\d|\.\d)",
    ),
    "phone": (
        r"(?<![\d+])(?<!\d\.)",
        r"""(?:\+\d{1,3}[ .-]\d{1,4}[ .-]\d{3,4}[ .-]\d{4}
        |(?:\+|00)\d{1,3}[ .-]?(?:\(\d{1,5}\)|\d{1,5})(?:[ .-]?\d{1,5}){1,4}
        |81[ -]\d{1,3}[ -]\d{3,4}[ -]\d{4}|\(0\d{1,4}\)\d{1,4}-\d{3,4}
        |\(?0\d{1,4}\)?[ .-]{1,3}\d{1,4}[ .-]{1,3}\d{3,4}|\(?0\d{1,4}\)?[ ]?\(?\d{1,4}\)[ ]?\d{3,4}
        |0\d{9,10}|(?<!v)\(?\d{3}\)?[ .-]\d{3}[.-]\d{4})(?!\d|\.\d)""",
    ),
    "address": ("", "%(addresses)s"),
    "card": (
        r"(?<!\d)(?<!\d[.-])",
        r"(?:\d{4}(?P<space>[ .-])\d{4}(?:(?P=space)\d{4}){1,2}|\d{4}[ -]\d{6}[ -]\d{5})(?!\d)",
    ),
}
_PATTERNS = ("secrets", "numbers", "before", "public_hosts", "addresses")  # the other words are no patterns


@cache
def words() -> dict[str, list[str]]:
    held: dict[str, list[str]] = tomllib.loads(_WORDS.read_text("utf-8"))
    return held


@cache
def form(*, behind_a_value: bool = False) -> re.Pattern[str]:
    """One expression of all forms; `behind_a_value`, of those that begin right where a value has ended."""
    parts = {name: "|".join(held if name in _PATTERNS else map(re.escape, held)) for name, held in words().items()}
    parts |= {**_PARTS, "capitals": parts["variables"].upper()}
    kinds = [
        f"(?P<{kind}>{'' if behind_a_value else before}(?:{_filled(own, parts)}))"
        for kind, (before, own) in _FORMS.items()
    ]
    return re.compile("|".join(kinds), re.IGNORECASE | re.VERBOSE)


def _filled(form: str, parts: dict[str, str]) -> str:
    """A form with the parts that it names, and those that these name."""
    return re.sub(r"%\((\w+)\)s", lambda named: _filled(parts[named[1]], parts), form)
