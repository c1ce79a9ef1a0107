"""Takes out of a text what may tell who wrote it, and what opens doors, before anything of it is stored.

One pass for what has a form (bot/service/scrub_forms.py), and one over the words between it, which may be keys or hold
long numbers. Both cost as much as the text is long.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from itertools import pairwise

from bot.service.scrub_forms import INNER, LABELS, form, words
from index.normal_form import nfkc

_LONG = 16  # letters and digits from which a word may be a key
_SURELY_LONG = 40  # … without a digit in it
_CHANGING = 0.3  # of neighbours in a key that differ in kind (capital, small letter, digit); words of people: 0.2
_PHONE = 9  # digits that a telephone number has at least
_CARD_NUMBER = 16  # bits of an interface's own part that may hold no number of a network card
_LEADING_ZERO = re.compile(r"(?<![0-9])0+(?=[0-9])")
_DIGITS = re.compile(r"\d{8,}")
_WORD = re.compile(r"[a-z0-9_+/=~-]{8,}+", re.IGNORECASE)
_JOINT = re.compile(r"[/|=&,;:_-]{1,3}")  # what people write between two values without a space
# What people write for "-": by other keyboards, by word processors and, between digits, by a Japanese one.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"))
_LONG_VOWEL = re.compile(r"(?<=\d)ー(?=\d)")
Place = tuple[int, int, str]


@cache
def _platform() -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(map(ip_network, words()["platform_addresses"]))


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
    places = list[Place]()
    end = 0
    for start, stop, label in (*_without_parts_of_keys(text, list(_formed(text))), (len(text), len(text), "")):
        between = _WORD.finditer(text, end, start)
        places += (place for word in between for place in _in_word(word[0], word.start()))
        places.append((start, stop, label))
        end = stop
    return places[:-1]


def _without_parts_of_keys(text: str, places: list[Place]) -> Iterator[Place]:
    """The places, with a key for the numbers in it that look like others."""
    at = 0
    for word in _WORD.finditer(text):
        while at < len(places) and places[at][1] <= word.start():
            yield places[at]
            at += 1
        last = at
        while last < len(places) and places[last][0] < word.end():
            last += 1
        inside = places[at:last]
        numbers = all(place[2] in ("phone", "mac", "number") and place[1] <= word.end() for place in inside)
        if inside and numbers and inside[0][0] >= word.start() and _is_key(word[0]):
            yield word.start(), word.end(), "secret"
            at = last
    yield from places[at:]


def _formed(text: str) -> Iterator[Place]:
    """What has a form; also right behind another value, whatever joins the two."""
    at = 0
    while match := form().search(text, at):
        while match:
            place = _in_match(match)
            if place:
                yield place
            # What only looked like a telephone number may hold another beginning.
            at = match.start() + 1 if match.lastgroup == "phone" and not place else match.end()
            joint = _JOINT.match(text, at) if place else None
            match = form(behind_a_value=True).match(text, joint.end()) if joint else None


def _in_match(match: re.Match[str]) -> Place | None:
    """What of a match is to be taken out."""
    kind, value = str(match.lastgroup), match[0]
    start, end = match.span()
    if kind in ("ip4", "ip6"):
        if _says_something(value.replace("[.]", ".")):
            return None
    elif kind == "phone" and sum(map(str.isdigit, value)) < _PHONE:
        return None
    elif inner := next((name for name in INNER if match[name]), None):
        quoted = match[inner][0] in "\"'" and match[inner][-1] == match[inner][0]
        start, end = match.start(inner) + quoted, match.end(inner) - quoted
    return start, end, LABELS.get(kind, kind)


def _says_something(address: str) -> bool:
    """Whether an address is none of a machine that can be reached: private, of a platform, for documentation."""
    try:
        parsed = ip_address(_LEADING_ZERO.sub("", address) if ":" not in address else address.partition("%")[0])
    except ValueError:  # a time, a version with large numbers
        return True
    if any(parsed in network for network in _platform()):
        return True
    if isinstance(parsed, IPv6Address):
        if not any(map(str.isdigit, address)):  # `std::format`, in part
            return True
        if parsed.ipv4_mapped:
            return parsed.ipv4_mapped.is_private
        if parsed.is_link_local and int(parsed) % 2**64 >> _CARD_NUMBER:  # it may hold the number of a network card
            return False
    return not parsed.is_global or parsed.is_multicast


def _in_word(word: str, at: int) -> Iterator[Place]:
    """A key, a name that a cloud makes, or the long numbers in a name."""
    whole = at, at + len(word)
    if _is_key(word):
        yield *whole, "secret"
    elif word.lower().startswith(tuple(words()["names"])):
        yield *whole, "name"
    else:
        yield from ((at + number.start(), at + number.end(), "number") for number in _DIGITS.finditer(word))


def _is_key(word: str) -> bool:
    """Whether a word is what a machine drew: its issuer says so, or letters and digits change too often for a name."""
    own = [character for character in word if character.isalnum()]
    if len(own) < _LONG:
        return False
    if word.lower().startswith(tuple(words()["keys"])):
        return True
    kinds = ["9" if character.isdigit() else "A" if character.isupper() else "a" for character in own]
    changes = sum(kind != other for kind, other in pairwise(kinds))
    return changes >= _CHANGING * len(own) and ("9" in kinds or len(own) >= _SURELY_LONG)
