"""What few questions of a made-up site may teach: what is clearly better, and nothing from noise."""

import random
from dataclasses import replace

import pytest
from handmade import ByTable, section, topics

from bot.answering.ask import Bot
from bot.decision.decide import Model, Weights
from bot.decision.own_weights import moved, upon
from bot.evidence.evidence import CHANNELS
from bot.quality.calibrate import LabelledQuestion
from bot.quality.own_site import Held, teach
from index.errors import KbError

NAMES = [f"{name}berry" for name in "abcdefghijklmnopqrst"]
OUTSIDE = [f"zz{letter}q" for letter in "abcdefghijkl"]
SECTIONS = tuple(section(f"{name}#{name}", f"The {name} grows in the garden.", title=name) for name in NAMES)
ENCODER = ByTable({name: i for i, name in enumerate(NAMES)}, len(NAMES))
RANK = dict.fromkeys(CHANNELS, 1.0)


def shipped(bias: float) -> Weights:
    """They see how near the best section is: log odds `bias` for what the site covers, less for other questions."""
    return Weights(RANK, Model({"passage": (1.0, 1.0, 1.0)}, bias, 0.5, 0.2))


def asked(name: str, *sections: str) -> LabelledQuestion:
    return LabelledQuestion(name, "en", "q", f"What is there about the {name}?", bool(sections), sections)


QUESTIONS = [*(asked(name, f"{name}#{name}") for name in NAMES), *map(asked, OUTSIDE)]


def bot(weights: Weights) -> Bot:
    return Bot(topics(*SECTIONS, encoder=ENCODER), ENCODER, weights)


def test_a_decision_that_is_too_strict_for_the_site_is_moved():
    strict = shipped(-0.6)
    lesson = teach(QUESTIONS, bot(strict), strict)
    assert (lesson.first, lesson.answered, lesson.refused) == (Held(20, 20, 20), Held(0, 20, 20), Held(12, 12, 12))
    assert lesson.own is not None
    assert (lesson.own.upon, lesson.own.shift) == (upon(strict, ENCODER.digest), 0.75)
    learned = bot(moved(strict, lesson.own.rank, lesson.own.shift))
    assert learned.ask(QUESTIONS[7].question).citations[0].section == "hberry#hberry"


def test_a_decision_that_suits_the_site_stays():
    good = shipped(0.4)
    lesson = teach(QUESTIONS, bot(good), good)
    assert (lesson.own, lesson.answered, lesson.refused) == (None, Held(20, 20, 20), Held(12, 12, 12))


@pytest.mark.parametrize("seed", range(2))
def test_labels_that_are_noise_teach_nothing(seed: int):
    draw = random.Random(seed)
    labels = [True] * 20 + [False] * 12
    draw.shuffle(labels)
    noise = [
        asked(name, draw.choice(SECTIONS).id) if covered else asked(name)
        for name, covered in zip([*NAMES, *OUTSIDE], labels, strict=True)
    ]
    for weights in (shipped(-0.6), shipped(0.4)):
        assert teach(noise, bot(weights), weights).own is None


def test_answers_from_wrong_sections_are_no_gain():
    wrong = [asked(name, f"{NAMES[at - 1]}#{NAMES[at - 1]}") for at, name in enumerate(NAMES)]
    strict = shipped(-0.6)
    lesson = teach([*wrong, *map(asked, OUTSIDE)], bot(strict), strict)
    assert (lesson.own, lesson.first) == (None, Held(0, 0, 20))
    assert lesson.answered.learned > lesson.answered.shipped


def test_channels_that_mislead_count_less_and_all_keep_their_sum():
    """The words of each question stand in a wrong section; what it means is that of the right one."""
    alias = [f"{name[0]}stone" for name in NAMES]
    meaning = ByTable({word: i for names in (NAMES, alias) for i, word in enumerate(names)}, len(NAMES))
    misleading = topics(
        *(
            section(f"{name}#{name}", f"An {alias[i]} and no {NAMES[i - 1]}.", title=alias[i])
            for i, name in enumerate(NAMES)
        ),
        encoder=meaning,
    )
    dense = ("passage", "sentence", "phrasing")
    misled = replace(shipped(0.4), rank={name: 0.3 if name in dense else 0.8 for name in CHANNELS})
    lesson = teach(QUESTIONS, Bot(misleading, meaning, misled), misled)
    assert (lesson.own is not None, lesson.first) == (True, Held(0, 20, 20))
    assert min(lesson.own.rank[name] for name in dense) > 0.3
    assert sum(lesson.own.rank.values()) == pytest.approx(sum(misled.rank.values()), abs=0.01)


def test_too_few_questions_are_refused_with_the_number_that_is_needed():
    few = [question for question in QUESTIONS if question.answerable][:19] + [
        question for question in QUESTIONS if not question.answerable
    ]
    with pytest.raises(KbError, match=r"at least 20 labeled questions that the site answers and 10 .* 19 and 12"):
        teach(few, bot(shipped(0)), shipped(0))


def test_a_section_that_the_site_does_not_have_is_named():
    with pytest.raises(KbError, match="question gone: there is no section 'gone#gone'"):
        teach([*QUESTIONS, asked("gone", "gone#gone")], bot(shipped(0)), shipped(0))
