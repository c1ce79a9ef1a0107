"""Labelled questions and contrast pairs of this project's own site as examples, with what its search offers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

from bot.answering.ask import Bot
from bot.decision.decide import rank
from bot.decision.excerpt import excerpt
from bot.quality.calibrate import LabelledQuestion, read_questions
from bot.quality.contrast import Pair, read_pairs
from index.encoder.reader import as_text
from index.records import Section as Published
from learn.neighbours import Neighbours
from learn.records import Example, Origin, Section
from learn.written import OWN_NEAR_FROM

LANGS = ("en", "ja")
CANDIDATES = 3  # topics that the search offers: the decision reads as many
NOT_ANSWERING = 2  # of a question that the site does not answer, so many are labelled
TEACHING, JUDGING = Path("bot/data"), Path("tests/data")


class OwnSite:
    """The sections of an index, and the search over them."""

    def __init__(self, index: Path) -> None:
        self._bot = Bot.load(index, "bundled")
        published = list(self._bot.topics.index.sections)
        self._published = {(each.lang, each.id): each for each in published}
        self.sections = [_section(each) for each in published]
        # A section that says "not covered" answers nothing.
        self.answering = [_section(each) for each in published if each.covered]
        self._known = {(each.lang, each.id): each for each in self.sections}

    def candidates(self, question: str, lang: str) -> list[Section]:
        """The best topics that can be quoted, in this language where there is one."""
        topics = self._bot.topics
        order = rank(topics.score(topics.read(question, self._bot.encoder)), self._bot.weights).order
        best = (int(topic) for topic in order if topics.covered[topic] and topics.quotable[topic])
        return [_section(topics.in_language(topic, lang)) for topic in islice(best, CANDIDATES)]

    def stating(self, lang: str, sections: Iterable[str]) -> list[Section]:
        """Those of the sections that the site has in this language."""
        return [self._known[lang, each] for each in sections if (lang, each) in self._known]

    def as_read(self, question: str, section: Section) -> str:
        """A section as the decision has it read beside a question."""
        return self._as_read(question, self._published[section.lang, section.id])

    def wordings(self) -> Iterator[tuple[str, Section, str]]:
        """Each of the authors' other wordings with its section, as it is read without them."""
        for section in self.answering:
            published = replace(self._published[section.lang, section.id], phrasings=())
            for wording in self._published[section.lang, section.id].phrasings:
                yield wording, section, self._as_read(wording, published)

    def _as_read(self, question: str, published: Published) -> str:
        topics = self._bot.topics
        read = excerpt(topics.read(question, self._bot.encoder), published, topics)
        return as_text(read.path, read.title, read.text)


def _section(published: Published) -> Section:
    path = (*published.path, published.title)
    return Section(published.id, published.page, 0, published.lang, path, published.text)


def own_examples(site: OwnSite, root: Path) -> Iterator[Example]:
    """Labelled questions, then the pairs of each language: those that teach and those that judge."""
    for question in read_questions(root / TEACHING / "calibration.jsonl"):
        yield from question_examples(question, site.candidates(question.question, question.lang), site)
    for lang in LANGS:
        for pair in read_pairs([root / TEACHING / f"contrast.{lang}.jsonl"]):
            yield from pair_examples(pair, site)
        for pair in read_pairs([root / JUDGING / f"contrast.{lang}.jsonl"]):
            for name, asked, answered, stating, part in sides(pair):
                for section in site.stating(pair.lang, stating)[:1]:
                    yield Example(
                        asked, site.as_read(asked, section), answered, Origin.TEST_PAIR, part, True, pair.id, name
                    )


def wordings(site: OwnSite, neighbours: Mapping[str, Neighbours], rng: Random) -> Iterator[Example]:
    """Each of the authors' wordings with its section, and with another one of like words."""
    for wording, section, read in site.wordings():
        yield Example(wording, read, True, Origin.OWN_WORDING, family=section.id)
        unlike = [other for other in neighbours[section.lang].of(wording)[OWN_NEAR_FROM:] if other.id != section.id]
        if unlike:
            read = site.as_read(wording, rng.choice(unlike))
            yield Example(wording, read, False, Origin.OWN_WORDING, family=section.id)


def question_examples(question: LabelledQuestion, offered: Sequence[Section], site: OwnSite) -> Iterator[Example]:
    """What states the answer, and what the search offers besides."""
    asked, name, origin = question.question, question.id, Origin.OWN_QUESTION
    if question.answerable:
        for section in site.stating(question.lang, question.sections)[:3]:
            yield Example(asked, site.as_read(asked, section), True, origin, family=name)
        pages = {section.partition("#")[0] for section in question.sections}
        for section in [each for each in offered if each.page not in pages][-1:]:
            yield Example(asked, site.as_read(asked, section), False, origin, family=name)
    else:
        for section in offered[:NOT_ANSWERING]:
            yield Example(asked, site.as_read(asked, section), False, origin, family=name)
    yield from _unlabelled(asked, offered, site, name, f"own-train-q|{name}")


def pair_examples(pair: Pair, site: OwnSite) -> Iterator[Example]:
    """The covered question with what states its answer, and its twin with the same."""
    for name, asked, answered, stating, part in sides(pair):
        offered = site.candidates(asked, pair.lang)
        labelled = site.stating(pair.lang, stating)[:3] + ([] if answered else list(offered[:NOT_ANSWERING]))
        for section in labelled:
            yield Example(asked, site.as_read(asked, section), answered, Origin.OWN_PAIR, part, family=pair.id)
        yield from _unlabelled(asked, offered, site, pair.id, f"own-train-pair|{name}")


def sides(pair: Pair) -> Iterator[tuple[str, str, bool, tuple[str, ...], str]]:
    """Name, question, whether it is answered, the sections to read, and the part that they leave out."""
    yield f"{pair.id}:a", pair.a, True, pair.sections, ""
    if pair.b:
        answered = pair.b_status == "covered"
        read = pair.b_sections if answered else pair.sections
        yield f"{pair.id}:b", pair.b, answered, read, "" if answered else pair.part or ""


def _unlabelled(asked: str, offered: Sequence[Section], site: OwnSite, family: str, name: str) -> Iterator[Example]:
    """What the decision will read of this question; readings by a student that has not seen it teach the decision."""
    for number, section in enumerate(offered):
        yield Example(
            asked, site.as_read(asked, section), False, Origin.OWN_CANDIDATE, family=family, name=f"{name}|{number}"
        )


def by_lang(sections: Sequence[Section]) -> Mapping[str, list[Section]]:
    """Sections of each language."""
    return {lang: [each for each in sections if each.lang == lang] for lang in LANGS}
