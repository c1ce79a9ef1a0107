"""Takes out of a text what may tell who wrote it, and what opens doors, before anything of it is stored.

One pass over the text: every pattern begins where a run of its characters begins and goes back into one at most once,
so the cost grows with the length of the text and not faster. The words that patterns look for are in
bot/data/private.toml.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from itertools import pairwise
from pathlib import Path

from index.normal_form import nfkc

_WORDS = Path(__file__).parents[1] / "data/private.toml"
_LONG = 16  # letters and digits from which a word may be a key
_SURELY_LONG = 40  # … without a digit in it
_CHANGING = 0.3  # of neighbours in a key that differ in kind (capital, small letter, digit); words of people: 0.2
_DIGITS = re.compile(r"\d{8,}")
_JOINT = re.compile(r"[=/+~-]")  # in a word, behind which a value may begin: `server=`, `gateway/`
# Of a word that is an assignment (tenant=9f3b…) the value.
_GUID = re.compile(r"(?<![0-9a-z])[0-9a-f]{8}([-_])(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}(?![0-9a-z])", re.IGNORECASE)
# Letters beside a value are ASCII ones: Japanese is written without spaces, so a value ends where its letters begin.
_FORMS = r"""
(?P<secret>-----BEGIN\ [A-Z ]{1,40}-----[^-]*+(?:-----END\ [A-Z ]{1,40}-----)?)
|(?P<url>(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}://[^\s"'<>「」（）、。]++)
|(?P<id>(?<![a-z0-9_/])(?:/?(?:%(ids)s)/|[/\\](?:%(homes)s)[/\\]|\\\\(?=[a-z0-9]))
    [^\s"'<>「」（）、。,;]++)
|(?P<host>(?<![a-z0-9.-])(?:(?:[a-z0-9-]{1,63}+\.){1,8}(?<=\.)(?:%(hosts)s)
    |[a-z][a-z0-9-]{0,62}+(?<=\d)(?:\.[a-z0-9-]{1,63}+){1,7}(?<=[a-z0-9-])\.(?:%(domains)s))(?![a-z0-9-]|\.[a-z0-9]))
|(?P<named>(?<![a-z0-9_-])(?:--?(?:(?:[a-z]++-)*name|%(options)s)(?:[ \t]++|=)
      |(?:[a-z0-9]++_)++(?:%(variables)s)(?:[ ]?=[ ]?|:[ ])|(?:%(fields)s)[ ]?=[ ]?|(?:%(before)s)[ \t]++)
    (?P<option>"[^"\n]*+"|'[^'\n]*+'|[^\s\[;-][^\s"';]*+))
|(?P<known>(?<![a-z0-9_-])[a-z0-9_-]{0,40}?(?:%(secrets)s)[a-z0-9_-]{0,20}["']?
    (?:[ \t]{0,3}[=:「『][ \t]{0,3}(?:(?:bearer|basic|digest)[ ])?
        (?P<given>"[^"\n]++"|'[^'\n]++'|(?<==)[^\s"'\[;][^"'\n;]{0,80}+(?=;)|["']?[^\s"'\[][^\s"',;&」』]*+)
      |(?:[ ]is[ ]|[ ]{0,3}は[ ]{0,3}|[ ])(?P<said>(?=[!-~]{0,64}[0-9])[!-Z\^-~]{6,}+)))
|(?P<guid>(?<![0-9a-z_-])[0-9a-f]{8}(?P<gap>[-_])(?:[0-9a-f]{4}(?P=gap)){3}[0-9a-f]{12}(?![0-9a-z]))
|(?P<mac>(?<![0-9a-f:.-])(?:[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})(?![0-9a-f:.-]))
|(?P<mail>(?:(?<![a-z0-9.!#$%%&*+/=?^_{|}~-])[a-z0-9.!#$%%&*+/=?^_{|}~-]++|"[^"\n@]{1,64}+")(?:@|[ ]?[\[(]at[\])][ ]?)
    (?:[a-z0-9-]++(?:\.[a-z0-9-]++)++|[\w-]++(?:\.[\w-]++)++|[a-z][a-z0-9-]{2,}+))
|(?P<mail3>(?<![a-z0-9._-])[a-z0-9._-]{1,64}+[ ]at[ ][a-z0-9-]{1,63}+(?:[ ]dot[ ][a-z0-9-]{1,63}+){1,4}(?![a-z0-9-]))
|(?P<mail2>(?<![^\W\x00-\x7f])[^\W\x00-\x7f]++@[\w-]++(?:\.[\w-]++)++)
|(?P<handle><[@\#!][^>\s]{1,80}>|(?<![\w.@/])@[a-z][\w.-]++)
|(?P<ip6>(?<![a-z0-9_:.])(?=[0-9a-f]{0,4}:[0-9a-f]{0,4}:)[0-9a-f:]++(?:\.\d{1,3}){0,3}
    (?:%%[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?)?(?P<six>/\d{1,3}+)?(?![a-z0-9_:]))
|(?P<ip4>(?<![a-z0-9_.])\d{1,3}(?:(?:\.|\[\.\])\d{1,3}){3}(?P<four>/\d{1,2}+)?(?![a-z0-9_]|\.\d))
|(?P<phone>(?<![a-z0-9_./+-])(?:(?:\+|00)\d{1,3}[ .-]?(?:\(\d{1,5}\)|\d{1,5})(?:[ .-]?\d{1,5}){1,4}
    |\(?0\d{1,4}\)?[ .-]{1,3}\d{1,4}[ .-]{1,3}\d{3,4}|\(?0\d{1,4}\)?[ ]?\(?\d{1,4}\)[ ]?\d{3,4}
    |\(0\d{1,4}\)\d{1,4}-\d{3,4}
    |0\d{9,10}|\(?\d{3}\)?[ .-]\d{3}[.-]\d{4})(?![a-z0-9_/]|[.-]\d))
|(?P<address>%(addresses)s)
|(?P<card>(?<![a-z0-9_./-])(?:\d{4}(?:[ -]\d{4}){2,3}|\d{4}[ -]\d{6}[ -]\d{5})(?![a-z0-9_/-]))
|(?P<word>(?<![a-z0-9_+/=~-])[a-z0-9_+/=~-]{8,}+)
"""
# What people write for "-": by other keyboards, by word processors and, between digits, by a Japanese one.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"))
_LONG_VOWEL = re.compile(r"(?<=\d)ー(?=\d)")
_LABELS = {
    "mail2": "mail",
    "mail3": "mail",
    "guid": "id",
    "named": "name",
    "handle": "name",
    "known": "secret",
    "card": "number",
}
_PLAIN = ("options", "variables", "fields", "ids", "homes", "hosts", "domains")  # words that are no patterns
Place = tuple[int, int, str]


@cache
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = tomllib.loads(_WORDS.read_text("utf-8"))
    return words


@cache
def _form() -> re.Pattern[str]:
    words = _words()
    lists = {name: "|".join(map(re.escape, words[name])) for name in _PLAIN}
    forms = {name: "|".join(words[name]) for name in ("secrets", "addresses", "before")}
    return re.compile(_FORMS % {**lists, **forms}, re.IGNORECASE | re.VERBOSE)


@cache
def _platform() -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(map(ip_network, _words()["platform_addresses"]))


def scrub(text: str) -> str:
    """The text with `[mail]`, `[id]`, `[ip]`, `[secret]`, `[url]`, `[host]`, `[name]`, `[phone]` and so on in places.

    All else stays as it was written. Full-width letters, other dashes and invisible characters hide nothing.
    """
    read, at = _as_read(text)
    parts, end = [], 0
    for start, stop, label in _places(read):
        parts += [text[end : at[start]], f"[{label}]"]
        end = at[stop - 1] + 1
    return "".join((*parts, text[end:]))


def _as_read(text: str) -> tuple[str, list[int]]:
    """The text in its compatibility form without what nobody sees, and where each character of it stood."""
    read, at = [], []
    for place, character in enumerate(text):
        if unicodedata.category(character) != "Cf":
            for same in character if character.isascii() else nfkc(character):
                read.append(same)
                at.append(place)
    return _LONG_VOWEL.sub("-", "".join(read).translate(_DASHES)), at


def _places(text: str) -> list[Place]:
    """What to take out, in order, as `start`, `end`, `label`."""
    places: list[Place] = []
    in_words: list[Place] = []
    at = 0
    while match := _form().search(text, at):
        at = match.end()
        if match.lastgroup != "word":
            places += _in_match(match)
            continue
        own = list(_in_word(match[0], match.start()))
        in_words += own
        # The run may be more than one word, and the value behind the joint go on behind the run: `endpoint=sb://…`.
        if (joint := _JOINT.search(match[0])) and (match.start(), at) not in [place[:2] for place in own]:
            at = match.start() + joint.end()
    taken = iter(tuple(places))
    place = next(taken, None)
    for word in in_words:
        while place and place[1] <= word[0]:
            place = next(taken, None)
        if place is None or word[1] <= place[0]:
            places.append(word)
    return sorted(places)


def _in_match(match: re.Match[str]) -> Iterator[Place]:
    """What of a match is to be taken out."""
    kind, value = str(match.lastgroup), match[0]
    start, end = match.span()
    if kind in ("ip4", "ip6"):
        mask = match["four" if kind == "ip4" else "six"] or ""
        if not _says_something(value, value.removesuffix(mask).replace("[.]", ".")):
            yield start, end - len(mask), "ip"
    elif kind in ("named", "known"):
        inner = "option" if kind == "named" else "given" if match["given"] else "said"
        quoted = match[inner][0] in "\"'" and match[inner][-1] == match[inner][0]
        yield match.start(inner) + quoted, match.end(inner) - quoted, _LABELS[kind]
    else:
        yield start, end, _LABELS.get(kind, kind)


def _says_something(written: str, address: str) -> bool:
    """Whether an address is none of a machine that can be reached: private, of a platform, for documentation."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:  # a time, a version with large numbers
        return True
    if any(parsed in network for network in _platform() if network.prefixlen):
        return True
    if isinstance(parsed, IPv6Address):
        if not any(map(str.isdigit, address)):  # `std::format`, in part
            return True
        if parsed.ipv4_mapped:
            return parsed.ipv4_mapped.is_private
        if parsed.is_link_local and int(parsed) & (2**64 - 1):  # it may hold the number of a network card
            return False
    return not parsed.is_global or parsed.is_multicast or written in _words()["platform_addresses"]


def _in_word(word: str, at: int) -> Iterator[Place]:
    """A key, or the ids and the long numbers in a name."""
    if ids := list(_GUID.finditer(word)):
        yield from ((at + each.start(), at + each.end(), "id") for each in ids)
        return
    if _is_key(word):
        yield at, at + len(word), "secret"
        return
    if word.lower().startswith(tuple(_words()["names"])):
        yield at, at + len(word), "name"
        return
    yield from ((at + number.start(), at + number.end(), "number") for number in _DIGITS.finditer(word))


def _is_key(word: str) -> bool:
    """Whether a word is what a machine drew: its issuer says so, or letters and digits change too often for a name."""
    own = [character for character in word if character.isalnum()]
    if len(own) < _LONG:
        return False
    if word.lower().startswith(tuple(_words()["keys"])):
        return True
    kinds = ["9" if character.isdigit() else "A" if character.isupper() else "a" for character in own]
    changes = sum(kind != other for kind, other in pairwise(kinds))
    return changes >= _CHANGING * len(own) and ("9" in kinds or len(own) >= _SURELY_LONG)
