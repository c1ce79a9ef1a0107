"""Labelled questions and contrast pairs of the own site, over made-up sections; the search runs on the real index."""

from pathlib import Path

import pytest

from bot.quality.calibrate import LabelledQuestion
from bot.quality.contrast import Pair
from learn.own import CANDIDATES, OwnSite, pair_examples, question_examples
from learn.records import Origin, Section

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


@pytest.mark.slow
def test_the_search_offers_sections_in_the_language_of_the_question(index_dir: Path):
    site = OwnSite(index_dir)
    offered = site.candidates("kubenet からアップグレードできますか？", "ja")
    assert len(offered) == CANDIDATES
    assert all(each.lang == "ja" and each in site.answering for each in offered)
    assert len(site.answering) < len(site.sections)
