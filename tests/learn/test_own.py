"""Labelled questions and contrast pairs of the own site, over made-up sections; the search runs on the real index."""

from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from bot.answering.ask import Bot
from bot.decision.excerpt import excerpt
from bot.quality.calibrate import LabelledQuestion
from bot.quality.contrast import Pair
from index.encoder.reader import as_text
from learn.own import CANDIDATES, OwnSite, pair_examples, question_examples, wordings
from learn.records import Origin, Section
from learn.written import OWN_NEAR_FROM

PEAR, PLUM, FIG = (
    Section(f"{name}#keep", name, 0, "en", ("Fruit", name), f"A {name} keeps.") for name in ("pear", "plum", "fig")
)
OFFERED = [PEAR, PLUM, FIG]


class MadeUp(OwnSite):
    """A site of three sections whose search offers all of them."""

    def __init__(self) -> None:
        self.sections = self.answering = OFFERED
        self._known = {(each.lang, each.id): each for each in OFFERED}

    def candidates(self, question: str, lang: str) -> list[Section]:
        return OFFERED

    def as_read(self, question: str, section: Section) -> str:
        return section.whole()

    def wordings(self):
        yield "Is a pear good in March?", PEAR, PEAR.whole()


def labelled(answerable: bool, *sections: str) -> LabelledQuestion:
    return LabelledQuestion("q1", "en", "plain", "Does a pear keep?", answerable, sections)


def test_an_answerable_question_is_answered_by_its_sections_and_not_by_another_page():
    examples = list(question_examples(labelled(True, "pear#keep", "gone#keep"), OFFERED, MadeUp()))
    said = [(each.section, each.answered) for each in examples if each.origin is Origin.OWN_QUESTION]
    assert said == [(PEAR.whole(), True), (FIG.whole(), False)]


def test_a_question_outside_is_answered_by_nothing_that_the_search_offers():
    examples = list(question_examples(labelled(False), OFFERED, MadeUp()))
    said = [(each.section, each.answered) for each in examples if each.origin is Origin.OWN_QUESTION]
    assert said == [(PEAR.whole(), False), (PLUM.whole(), False)]


def test_a_pair_is_one_family_whose_twin_leaves_its_part_out():
    pair = Pair("p1", "en", "condition", "Does a pear keep?", ("pear#keep",), b="Does a cut pear keep?", part="cut")
    examples = list(pair_examples(pair, MadeUp()))
    assert {each.family for each in examples} == {"p1"}
    said = [(each.answered, each.part) for each in examples if each.origin is Origin.OWN_PAIR]
    assert said == [(True, ""), *[(False, "cut")] * 3]


def test_a_twin_that_another_section_covers_is_answered_by_that():
    covered = {"b": "A plum?", "b_status": "covered", "b_sections": ("plum#keep",)}
    pair = Pair("p1", "en", "subject", "Does a pear keep?", ("pear#keep",), **covered)
    said = [(each.section, each.answered) for each in pair_examples(pair, MadeUp()) if each.origin is Origin.OWN_PAIR]
    assert said == [(PEAR.whole(), True), (PLUM.whole(), True)]


def test_what_the_search_offers_has_names_of_its_own_and_no_label():
    pair = Pair("p1", "en", "condition", "Does a pear keep?", ("pear#keep",), b="Does a cut pear keep?", part="cut")
    asked = [*question_examples(labelled(False), OFFERED, MadeUp()), *pair_examples(pair, MadeUp())]
    names = [each.name for each in asked if each.origin is Origin.OWN_CANDIDATE]
    sides = ("own-train-q|q1", "own-train-pair|p1:a", "own-train-pair|p1:b")
    assert names == [f"{side}|{number}" for side in sides for number in range(3)]
    assert not any(each.name for each in asked if each.origin is not Origin.OWN_CANDIDATE)


def test_an_authors_wording_is_answered_by_its_section_and_not_by_another():
    near = SimpleNamespace(of=lambda question: [PEAR] * OWN_NEAR_FROM + [PEAR, FIG])
    examples = list(wordings(MadeUp(), {"en": near}, Random(1)))
    assert [(each.section, each.answered) for each in examples] == [(PEAR.whole(), True), (FIG.whole(), False)]
    assert {(each.question, each.origin, each.family) for each in examples} == {
        ("Is a pear good in March?", Origin.OWN_WORDING, "pear#keep")
    }


@pytest.mark.slow
def test_a_section_is_read_as_the_decision_reads_it(index_dir: Path, bot: Bot):
    site = OwnSite(index_dir)
    question = "Which size does the subnet have?"
    (section,) = site.stating("en", ["faq#kubenet-to-overlay"])
    published = bot.topics.group(section.id)["en"]
    read = excerpt(bot.topics.read(question, bot.encoder), published, bot.topics)
    assert read.text.split("\n")[0] in published.phrasings
    assert site.as_read(question, section) == as_text(read.path, read.title, read.text)
    wording, _, text = next(each for each in site.wordings() if each[1].id == section.id)
    assert wording in published.phrasings and not any(each in text for each in published.phrasings)


@pytest.mark.slow
def test_the_search_offers_sections_in_the_language_of_the_question(index_dir: Path):
    site = OwnSite(index_dir)
    offered = site.candidates("kubenet からアップグレードできますか？", "ja")
    assert len(offered) == CANDIDATES
    assert all(each.lang == "ja" and each in site.answering for each in offered)
    assert len(site.answering) < len(site.sections)
