"""A follow-up that only names another subject ("and the teapot?"): the question before, asked about that one.

It takes the place of what is most like it: another code, another thing that is counted, a term that shares a word with
it, or the term that stands beside it in most sections of the site.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from bot.answering.units import units
from bot.decision.per_unit import units_of
from bot.decision.ranking import Ranking
from bot.decision.relations import counts
from bot.decision.same_or_other import OTHER, SAME, sides
from bot.decision.stated import headings_of, holds, own_text, stated_by
from bot.evidence.topics import Topics
from bot.question.conversation import another_subject
from bot.question.figures import counted
from bot.question.parts import kinds, parts, plain
from bot.question.question import Question
from bot.records import Answer, Status
from index.lexical.words import normalise, words
from index.reading.sentences import sentences
from index.records import Section

WITHIN = 0.5  # of what a term counts that is a part of the other
RARE = 0.1  # share of the topics: what more of them speak of is no name of one
BESIDE = 12  # letters between what is counted and the unit that it is counted per
_CODE = re.compile(r"(?<![A-Za-z0-9])(?P<family>[A-Za-z]{2,})-?[0-9]{2,}(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with another subject; `alike`: that of the same family as the one in whose place it stands.

    `per`: how the question counts per this subject, if it does ("per pot").
    """

    text: str
    subject: str
    alike: bool
    per: str | None = None


def exchanged(question: str, before: str, topics: Topics) -> Exchange | None:
    """The question before with the subject that a question names; None if it names no other one."""
    asked, earlier = plain(question), plain(before)
    what, other = counted(asked), counted(earlier)
    if what and other and what != other and [part.text for part in parts(asked)] == [what]:
        return Exchange(earlier.replace(other, what, 1), what, alike=True)
    if (named := another_subject(asked)) is None:
        return None
    if side := _other_side(asked, earlier, topics):
        return side
    if code := _CODE.fullmatch(named):
        return _other_code(code, earlier)
    return _other_term(named, asked, earlier, topics)


def _other_code(code: re.Match[str], earlier: str) -> Exchange | None:
    """A code in the place of the others of its family."""
    codes = [match for match in _CODE.finditer(earlier) if match["family"].lower() == code["family"].lower()]
    others = {match.group() for match in codes} - {code.group()}
    text = _CODE.sub(lambda match: code.group() if match.group() in others else match.group(), earlier)
    return Exchange(text, code.group(), alike=True) if others else None


def _other_term(named: str, asked: str, earlier: str, topics: Topics) -> Exchange | None:
    """A term of the glossary in the place of the one that is most like it; per which is asked, in that of a unit."""
    known, mentioned = _subjects(named, topics), topics.glossary.mentions(earlier)
    if len(known) != 1:
        return None
    ((subject, written),) = known.items()
    if any(True for _ in parts(named.replace(written, " "))):
        return None
    if subject in mentioned:
        return _unit_counted(subject, written, earlier, topics)
    if not _has_digit(named):  # which takes no value's place
        mentioned = {term: text for term, text in mentioned.items() if not _has_digit(text)}
    if not mentioned:
        return None
    counted_per = mentioned.keys() & units_of(earlier, topics).keys()
    as_unit = subject in units_of(asked, topics)
    place = max((as_unit and counted_per) or mentioned, key=lambda term: _likeness(subject, term, topics))
    shared, _ = _likeness(subject, place, topics)
    text = earlier.replace(mentioned[place], written)
    per = units_of(text, topics).get(subject) if place in counted_per else None
    shown = written if topics.glossary.is_term(written) else subject
    return Exchange(text, shown, alike=shared > 0 or per is not None, per=per)


def _subjects(named: str, topics: Topics) -> Mapping[str, str]:
    """The terms in what a follow-up names; a name that no glossary explains is one if it heads a covered section."""
    if known := topics.glossary.mentions(named):
        return known
    names = list(parts(named))
    if not names or any(part.script != "latin" for part in names) or names[-1].end < len(named):
        return {}
    word = names[-1].word
    held = set(topics.of_section[topics.index.words.places(names[-1].tokens)].tolist())
    rare = len(held) <= RARE * len(topics)
    headed = rare and any(topics.covered[topic] and is_headed(topic, word, topics) for topic in held)
    return {word: named} if headed else {}


def _unit_counted(subject: str, written: str, earlier: str, topics: Topics) -> Exchange | None:
    """The question before about the unit that it counts per: "how many lids per pot?", "and pots?"."""
    unit = units_of(earlier, topics).get(subject)
    before, _, behind = earlier.partition(unit) if unit else ("", "", "")
    ahead = [(len(before) - before.rfind(shown) - len(shown), shown) for shown in _shown(before, topics)]
    after = [(behind.find(shown), shown) for shown in _shown(behind, topics)]
    distance, counted_per = min(ahead + after, default=(BESIDE, ""))
    if distance >= BESIDE:
        return None
    text = " ".join(f"{before}{behind}".replace(counted_per, written, 1).split())
    return Exchange(text, written, alike=True)


def _shown(text: str, topics: Topics) -> list[str]:
    """The terms of a text as it writes them."""
    return list(topics.glossary.mentions(text).values())


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _other_side(asked: str, earlier: str, topics: Topics) -> Exchange | None:
    """The question before about another thing of the kind that it asks the same of ("in one box", "and another?")."""
    own = [(what, shown) for what, (said, shown) in sides(asked, topics.glossary).items() if said == OTHER]
    if len(own) != 1 or any(True for _ in parts(asked.replace(own[0][1], " "))):
        return None
    (what, shown), before = own[0], sides(earlier, topics.glossary)
    same = before[what][1] if what in before and before[what][0] == SAME else counts(earlier, topics).get((what, False))
    return Exchange(earlier.replace(same, shown, 1), shown, alike=True) if same and same in earlier else None


def gives_amount(question: Question, subject: str, quote: str, topics: Topics) -> bool:
    """Whether a sentence of a quote gives the amount of a subject that is asked for; true if no amount is."""
    kind = next(kind for kind in kinds() if kind.key == "amount")
    if not question.asks(kind):
        return True
    names = topics.glossary.group(normalise(subject))
    said = (line[span.start : span.end] for line in quote.split("\n") for span in sentences(line))
    return any(kind.states.search(text) and any(holds(normalise(text), name) for name in names) for text in said)


def begins_with(subject: str, answer: Answer, topics: Topics) -> bool:
    """Whether the first section that an answer quotes has a heading or wording that names a subject."""
    return _headed(_first(answer, topics), topics.glossary.group(normalise(subject)), topics)


def names_subject(subject: str, answer: Answer, topics: Topics) -> bool:
    """Whether the first section that an answer quotes speaks of a subject at all."""
    (stated,) = stated_by([_first(answer, topics)], topics)
    return any(holds(stated.text, name) for name in topics.glossary.group(normalise(subject)))


def counts_per(subject: str, answer: Answer, topics: Topics) -> bool:
    """Whether the first section that an answer quotes counts anything per a subject."""
    if answer.status is not Status.ANSWERED:
        return False
    return topics.glossary.longest(subject) in units_of(plain(own_text(_first(answer, topics), topics)), topics)


def _first(answer: Answer, topics: Topics) -> int:
    return topics.topic_of(answer.citations[0].section)


def about(subject: str, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking without the covered topics whose headings do not name a subject; the same if none is left."""
    names = topics.glossary.group(normalise(subject))
    covered = topics.covered[ranking.order]
    headed = (covered[rank] and _headed(int(topic), names, topics) for rank, topic in enumerate(ranking.order))
    speaks = np.fromiter(headed, bool, len(ranking.order))
    kept = speaks | ~covered
    return ranking.kept(kept) if speaks.any() else ranking


def beside(steps: Sequence[Section], ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking without the covered topics that stand neither on the page of the best section nor where it links to.

    `steps`: sections for a question about a procedure, the best first.
    """
    page = steps[0].page
    pages = {page, *(link for section in steps if section.page == page for link in section.links)}
    kept = [
        not topics.covered[topic] or any(each.page in pages for each in topics.sections(int(topic)).values())
        for topic in ranking.order
    ]
    return ranking.kept(kept)


def is_headed(topic: int, subject: str, topics: Topics) -> bool:
    """Whether the headings or wordings of a topic name a subject."""
    return _headed(topic, topics.glossary.group(normalise(subject)), topics)


def _headed(topic: int, names: Set[str], topics: Topics) -> bool:
    text = headings_of(topic, topics).text
    return any(holds(text, name) for name in names)


def _likeness(subject: str, term: str, topics: Topics) -> tuple[float, float]:
    """How alike two terms are: words that their names share, then the share of their sections that hold both.

    A term that is a part of the subject's name ("pot" of "pot lid") is less like it than one beside it.
    """
    first, second = (topics.glossary.group(each) for each in (subject, term))
    shared = len({unit for name in first for unit in units(name)} & {unit for name in second for unit in units(name)})
    within = any(holds(name, other) for name in first for other in second)
    mine, others = (_sections(each, topics) for each in (first, second))
    return shared * (WITHIN if within else 1), len(mine & others) / max(1, len(mine | others))


def _sections(names: Set[str], topics: Topics) -> set[int]:
    return {int(place) for name in names for place in topics.index.words.places(words(name))}
