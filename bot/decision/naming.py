"""How an answer names what it leaves out of a question: by the words of the question that name a thing.

A verb or a stray word names nothing that a reader could look for ("the site says nothing of “move”"). Where no other
word is left, the sentence that asks is what is left out.
"""

import re
from collections.abc import Sequence

from bot.decision.account import Account
from bot.decision.stated import Stated, speaks_of, spoken_of
from bot.evidence.topics import Topics
from bot.question.parts import Part, asking_part, functions, introducing
from bot.question.question import Question

NEARLY = 0.8  # of the chance of the worst part: such parts are named beside it
_VERB = re.compile("[しさすせでじずれらりっけめえいき]")  # goes on behind the kanji of a verb


def worst_parts(question: Question, accounted: Account, silent: Topics | None = None) -> list[str]:
    """What a question most likely asks beyond the sections, as it writes it; neighbours are one name.

    `silent`: a site, of whose covered sections none may speak of the part.
    """
    worst = _worst(accounted)
    if silent is not None:
        worst = [part for part in worst if not spoken_of(part, silent)]
    return _named_things(question, worst, silent)


def names_of(question: Question, accounted: Account, first: Stated, topics: Topics) -> list[str]:
    """The same of an answer that begins with a section: what that has in so many words is no name for what it lacks."""
    worst = _worst(accounted)
    return _named_things(question, [part for part in worst if not speaks_of(first, part, topics)], topics)


def whole(question: Question) -> str:
    """The sentence that asks: what is left out where no word names it."""
    return asking_part(question.plain.strip())


def _worst(accounted: Account) -> list[Part]:
    left_out = accounted.left_out()
    most = max((chance for _, chance in left_out), default=0.0)
    return [part for part, chance in left_out if chance >= NEARLY * most]


def _named_things(question: Question, left_out: Sequence[Part], topics: Topics | None) -> list[str]:
    """Names of things among parts, neighbours as one: "Windows node pools". A part of a name stands for all of it."""
    asked = question.plain
    runs: list[list[Part]] = []
    for part in left_out:
        if runs and part.start >= runs[-1][-1].end and not asked[runs[-1][-1].end : part.start].strip(" -の"):
            runs[-1].append(part)
        else:
            runs.append([part])
    nominal = [run for run in runs if len(run) > 1 or _is_nominal(asked, run[0])]
    listed = [part for part in question.parts if topics is None or not topics.glossary.is_term(part.text)]
    spans = [
        (_whole_name(asked, run[0], listed, -1).start, _whole_name(asked, run[-1], listed, 1).end) for run in nominal
    ]
    return [asked[start:end] for start, end in dict.fromkeys(spans)]


def _whole_name(asked: str, part: Part, listed: Sequence[Part], step: int) -> Part:
    """The last part in one direction (`step`) of the name in capitals to which a part belongs: of "Pots" in "Tea Pots".

    `listed`: the parts of a question that may belong to it; a term of the glossary is a name by itself.
    """
    while part.named:
        neighbours = [each for each in listed if (each.start > part.start) == (step > 0) and each != part]
        if not neighbours:
            break
        other = neighbours[0 if step > 0 else -1]
        first, second = (part, other) if step > 0 else (other, part)
        if not other.named or other.script != "latin" or asked[first.end : second.start] != " ":
            break
        part = other
    return part


def _is_nominal(asked: str, part: Part) -> bool:
    """Whether a part names a thing: a term, a name, a number, a noun behind an article or a preposition."""
    if part.script == "han":
        return len(part.text) > 1 and not _VERB.match(asked, part.end)
    if part.script != "latin" or part.named or not part.text.islower() or not part.text.isalpha():
        return True
    written = asked.lower().split()
    before = asked[: part.start].lower().split()
    keywords = functions().isdisjoint(written)  # typed into a search: nouns
    return keywords or not before or before[-1].strip("\"'(") in introducing()
