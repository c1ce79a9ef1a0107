"""One request takes its question apart once, and embeds it once: counted in the real bot with the real model."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from types import FrameType, FunctionType

import pytest

from bot.answering.ask import Bot
from bot.question.intent import intents, is_keyword
from bot.question.parts import single_parts
from index.lexical.words import latin, normalise, words

READERS: tuple[FunctionType, ...] = (words, latin, single_parts, intents, is_keyword)
UPGRADE = "Can I upgrade an existing kubenet cluster to overlay?"


class Counting:
    """The encoder of a bot; it keeps what it embeds."""

    def __init__(self, bot: Bot) -> None:
        self._encoder, self.embedded = bot.encoder, list[str]()

    def queries(self, texts: Sequence[str]):
        self.embedded += texts
        return self._encoder.queries(texts)


def readings(work: Callable[[], object]) -> Counter[tuple[str, str]]:
    """How often each reader reads each text, normalised, in this thread."""
    names = {reader.__code__: reader.__name__ for reader in READERS}
    frames: dict[FrameType, tuple[str, str]] = {}  # a generator is one frame, however often it is resumed

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code in names and frame not in frames:
            text = frame.f_locals[frame.f_code.co_varnames[0]]
            frames[frame] = names[frame.f_code], normalise(text).strip()

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return Counter(frames.values())


@pytest.mark.parametrize(
    "question",
    [
        UPGRADE,
        "既存の kubenet クラスターをオーバーレイに移行できますか？",
        "Is it supported?",
        "Who won the football world cup in 1990?",
    ],
)
def test_a_question_is_taken_apart_once_and_embedded_once(bot: Bot, question: str):
    encoder = Counting(bot)
    counted = readings(lambda: Bot(bot.topics, encoder, bot.weights).ask(question))
    times = {reader.__name__: counted[reader.__name__, normalise(question)] for reader in READERS}
    assert times == dict.fromkeys(times, 1)
    assert len(encoder.embedded) == 1


@pytest.mark.parametrize(
    ("question", "embedded"),
    [
        ("And the subnet?", 4),  # by itself, the one before, this about the subnet, and both together
        ("why?", 1),  # only the one before
        ("in English please", 1),
        ("?", 1),
    ],
)
def test_after_another_question_each_is_embedded_once(bot: Bot, question: str, embedded: int):
    encoder = Counting(bot)
    asking = Bot(bot.topics, encoder, bot.weights)
    counted = readings(lambda: asking.ask(question, history=[UPGRADE]))
    assert (len(encoder.embedded), len(set(encoder.embedded))) == (embedded, embedded)
    assert counted["words", normalise(question)] <= 1 and counted["words", normalise(UPGRADE)] == 1


def test_of_two_questions_in_one_each_is_embedded_once(bot: Bot):
    encoder = Counting(bot)
    Bot(bot.topics, encoder, bot.weights).ask("Does AGC support kubenet and can it terminate mTLS for my cats?")
    assert len(encoder.embedded) == len(set(encoder.embedded)) <= 4


def test_a_greeting_is_not_embedded(bot: Bot):
    encoder = Counting(bot)
    Bot(bot.topics, encoder, bot.weights).ask("hello")
    assert encoder.embedded == []


def test_the_sentence_that_asks_is_embedded_beside_the_whole(bot: Bot):
    encoder = Counting(bot)
    story = "Yesterday our whole team moved to a house in Berlin. Which football team won the cup there?"
    Bot(bot.topics, encoder, bot.weights).ask(story)
    assert len(encoder.embedded) == 2 and encoder.embedded[1] in encoder.embedded[0]
