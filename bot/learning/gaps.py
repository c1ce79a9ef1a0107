"""`kb gaps`: what was asked and not answered, gathered by what it is about, and what an author could do about it.

Every question is asked again: what the site answers by now is no gap, unless a reader disliked the answer. Questions
are grouped per language (average linkage); groups of two languages about one thing are one gap.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from bot.answering.ask import Bot
from bot.decision.excerpt import excerpt
from bot.decision.reading import read_section
from bot.evidence.topics import Topics
from bot.learning.not_covered import distance_to, said_not_covered
from bot.learning.vectors import SAME, Done, Space, Vectors, apart, clusters
from bot.learning.wanted import Wanted
from bot.question.question import Question
from bot.question.versions import of_address
from bot.records import Status
from bot.service.asked import status_of
from index.encoder.protocol import Encoder
from index.records import Section

ASK, SCOPE, STUB, NEW_SCOPE, EXTEND = "ask", "scope", "stub", "new_scope", "extend"
SURE = 1.5  # log odds, by the reader, from which a section answers a question
RELATED = 0.65  # distance to the nearest wording of a section up to which a question may be another wording of it
FAR = 0.95  # distance to the nearest section from which a gap lies outside the site
NEVER = -100.0
NEAR = 3  # sections that are read for a question …
CANDIDATES = 3  # … and for a group


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that is not answered as it should be, with the section that comes nearest to it."""

    question: str
    lang: str
    count: int
    status: str  # answered (and disliked), not_stated, clarify, not_covered
    section: str | None  # cited, or nearest of those that are covered; None on a site without any
    near: tuple[str, ...]  # the nearest
    margin: float  # log odds, by the reader, that `section` answers it
    version: str | None = None  # of the documentation that was asked, where there are several
    scope: str | None = None  # a section that says already that it is not covered

    @property
    def is_quoted(self) -> bool:
        """Whether the site answers it with `section`, be it not in full."""
        return self.status not in (Status.NOT_COVERED, Status.CLARIFY)

    def is_answered_by(self, section: str) -> bool:
        """Whether a section answers it, by the reader's word."""
        return self.section == section and self.margin >= SURE

    @property
    def is_silent(self) -> bool:
        """Whether the site says nothing about it, as far as one can tell."""
        return not self.is_quoted and self.margin < SURE


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions about one thing, the middle one of each language first, and what to do about them.

    `ask`: `section` answers them and could say so in their words. `scope`: it names them as not covered already, in
    other words. `stub`: a section to write, on the page of `section`. `new_scope`: an entry among what is not covered.
    `extend`: `section` is quoted, and leaves something out, or its answer was disliked.
    """

    kind: str
    section: str | None
    questions: tuple[Missed, ...]
    size: int  # how often they were asked

    @property
    def title(self) -> str:
        return self.questions[0].question

    def of(self, lang: str) -> list[Missed]:
        """Those in a language."""
        return [missed for missed in self.questions if missed.lang == lang]


@dataclass(frozen=True, slots=True)
class _Group:
    lang: str
    questions: tuple[Missed, ...]
    vectors: Vectors

    @property
    def size(self) -> int:
        return sum(each.count for each in self.questions)


def missed(bot: Bot, questions: Iterable[Wanted], done: Done = lambda _: None) -> list[Missed]:
    """The questions that the site does not answer as it should; each is asked again of the version it was asked of.

    `done` is told when one more was asked.
    """
    listed, spaces = [], dict[str | None, Space]()
    for each in questions:
        done(1)
        answer = bot.ask(each.question, each.lang, version=of_address(each.section, bot.versions))
        status = status_of(answer)
        if status == "answered" and not each.disliked:
            continue
        _, near = bot.search(each.question, NEAR, answer.lang, answer.version)
        cited = answer.citations[0].section if answer.citations else None
        quoted = [section for section in near if cited in (None, section.id)]
        topics = bot.of(answer.version).topics
        section, margin = _best(each.question, quoted, topics, bot.encoder) if quoted else (cited, NEVER)
        space = spaces.setdefault(answer.version, spaces.get(answer.version) or Space(topics, bot.encoder))
        scope = None
        if margin >= SURE or status in (Status.NOT_COVERED, Status.CLARIFY):
            vector = space.questions([each.question], answer.lang)[0]
            if section and distance_to(vector, section, answer.lang, topics, space) > RELATED:
                margin = NEVER
            if status in (Status.NOT_COVERED, Status.CLARIFY):
                scope = said_not_covered(vector, answer, near, topics, space)
        ids = tuple(each.id for each in near)
        counted = (each.count, status, section, ids, margin, answer.version, scope)
        listed.append(Missed(each.question, answer.lang, *counted))
    return listed


def _best(question: str, near: Sequence[Section], topics: Topics, encoder: Encoder) -> tuple[str | None, float]:
    """The section of the nearest that the reader thinks most likely to answer, and how likely."""
    asked = topics.read(question, encoder)
    margins = [_answers(asked, section, topics) for section in near]
    place = int(np.argmax(margins)) if max(margins) >= SURE else 0  # where none answers, the one that ranks first
    return near[place].id, margins[place]


def _answers(question: Question, section: Section, topics: Topics) -> float:
    """What the reader says of the lines of a section that it is given when the question is answered."""
    return read_section(question.text, excerpt(question, section, topics)).answers


def find_gaps(bot: Bot, questions: Sequence[Missed], smallest: int, done: Done = lambda _: None) -> list[Gap]:
    """Gaps that were asked about at least `smallest` times, the most asked first; each is of one version.

    `done` is told how many questions more have been embedded, and how many have their group: each comes twice.
    """
    gaps = [
        gap
        for version in (bot, *bot.others.values())
        for gap in _gaps(version, [each for each in questions if each.version == version.version], smallest, done)
    ]
    return sorted(gaps, key=lambda gap: (-gap.size, gap.title))


def _gaps(bot: Bot, questions: Sequence[Missed], smallest: int, done: Done) -> list[Gap]:
    if not questions:
        return []
    space = Space(bot.topics, bot.encoder)
    named = [gap for gap in _not_covered(questions, bot, space, done) if gap.size >= smallest]
    questions = [each for each in questions if each.scope is None]
    groups = list[_Group]()
    for lang in bot.langs:
        own = [each for each in questions if each.lang == lang]
        vectors = space.questions([each.question for each in own], lang, done) if own else np.zeros((0, 1), np.float32)
        together = clusters(space.distinguished(vectors, lang), done)
        groups += [_Group(lang, tuple(own[n] for n in rows), vectors[rows]) for rows in together]
    asked = [paired for paired in _paired(groups) if sum(group.size for group in paired) >= smallest]
    return named + [_gap(paired, bot, space) for paired in asked]


def _not_covered(questions: Sequence[Missed], bot: Bot, space: Space, done: Done) -> Iterator[Gap]:
    """A gap for each section that says that something is not covered: what was asked of it, and of nothing else."""
    for name in sorted({each.scope for each in questions if each.scope}):
        asked = list[Missed]()
        for lang in bot.langs:
            own = [each for each in questions if each.scope == name and each.lang == lang]
            if own:
                vectors = space.questions([each.question for each in own], lang, done)
                asked += [own[n] for n in np.argsort(-(vectors @ vectors.mean(0)), kind="stable")]
        done(len(asked))
        yield Gap(SCOPE, name, tuple(asked), sum(each.count for each in asked))


def _paired(groups: Sequence[_Group]) -> list[list[_Group]]:
    """Groups of different languages that are nearest to each other, and near enough, together."""
    middles = np.array([group.vectors.mean(0) for group in groups])
    langs = np.array([group.lang for group in groups])
    nearest = list[int]()
    for n in range(len(groups)):  # a row at a time: not every pair at once
        near = np.where(langs == langs[n], -np.inf, middles @ middles[n])
        other = int(np.argmax(near))
        nearest.append(other if 1.0 - near[other] <= SAME else n)
    return [
        [group, groups[nearest[n]]] if nearest[n] != n == nearest[nearest[n]] else [group]
        for n, group in enumerate(groups)
        if not (nearest[n] < n == nearest[nearest[n]])
    ]


def _gap(groups: Sequence[_Group], bot: Bot, space: Space) -> Gap:
    first, *others = sorted(groups, key=lambda group: -group.size)
    questions = (*first.questions, *(each for group in others for each in group.questions))
    size = sum(group.size for group in groups)
    near = [name for name, _ in Counter(each.section for each in questions if each.section).most_common(CANDIDATES)]
    readings = {name: _read(questions, name, bot, space) for name in near}
    best = max(near, key=lambda name: sum(each.is_answered_by(name) for each in readings[name]), default=None)
    if best and 2 * sum(each.is_answered_by(best) for each in readings[best]) >= len(questions):
        return Gap(ASK, best, tuple(readings[best]), size)
    nearest = near[0] if near else None
    if nearest and 2 * sum(each.is_silent for each in questions) <= len(questions):
        return Gap(EXTEND, nearest, questions, size)
    outside = np.flatnonzero(~bot.topics.covered)
    silent = [(_distance(groups, int(topic), space), int(topic)) for topic in outside]
    if silent and min(silent)[0] <= SAME:
        return Gap(SCOPE, bot.topics.ids[min(silent)[1]], questions, size)
    if nearest is None or (silent and _far(groups, nearest, bot, space)):
        return Gap(NEW_SCOPE, bot.topics.ids[min(silent)[1]] if silent else None, questions, size)
    return Gap(STUB, nearest, questions, size)


def _read(questions: Sequence[Missed], section: str, bot: Bot, space: Space) -> list[Missed]:
    """The questions with the reader's word on one section, if it is among the nearest to them and related."""
    texts, asked = bot.topics.group(section), partial(bot.topics.read, encoder=bot.encoder)
    return [
        each
        if each.section == section
        or each.lang not in texts
        or section not in each.near
        or each.is_quoted
        or distance_to(space.questions([each.question], each.lang)[0], section, each.lang, bot.topics, space) > RELATED
        else replace(each, section=section, margin=_answers(asked(each.question), texts[each.lang], bot.topics))
        for each in questions
    ]


def _distance(groups: Sequence[_Group], topic: int, space: Space) -> float:
    return min(apart(group.vectors, space.section(topic, group.lang)) for group in groups)


def _far(groups: Sequence[_Group], section: str, bot: Bot, space: Space) -> bool:
    topic = bot.topics.topic_of(section)
    return _distance(groups, topic, space) > FAR
