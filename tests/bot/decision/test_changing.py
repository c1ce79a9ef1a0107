"""Whether a thing changes is told by a sentence that says so of it."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics
from teapots import titled

from bot.decision.changing import unchanged

SITE = topics(
    titled("a#a", "Lids and handles", "A lid has a handle of wood.", "The spout is replaced once a year."),
    titled("b#b", "New handles", "With a lid the handles stay as they are.", "鍋の把手はそのままです。"),
    replace(section("glossary#terms"), synonyms=(("handle", "把手"),)),
)
ARE, STAY = 0, 1


@pytest.mark.parametrize(
    ("question", "topic", "untold"),
    [
        ("will lids get new handles", ARE, ["get new handles"]),
        ("Do the handles change when it is heated?", ARE, ["Do the handles change"]),
        ("Do lids keep their handles in the oven?", ARE, ["Do lids keep their handles"]),
        ("洗うと把手は変わりますか", ARE, ["把手は変わり"]),
        ("洗うと新しい把手になりますか", ARE, ["新しい把手になり"]),
        ("鍋を買いました。洗うと把手は変わりますか", ARE, ["把手は変わり"]),
        ("把手は変わりますか。蓋は鍋に合いますか？", ARE, ["把手は変わり"]),
        ("will lids get new handles", STAY, []),
        ("洗うと把手は変わりますか", STAY, []),
        ("Does the spout change?", ARE, []),  # under another word
        ("Does a lid have a handle?", ARE, []),
        ("Do I change the handles?", ARE, []),  # asks what the asker does
        ("何が変わりますか", ARE, []),  # names no thing
        ("先月把手が変わりました。蓋は？", ARE, []),  # tells of the asker
        ("料理人が変わり、鍋をもらいました。蓋は鍋に合う？", ARE, []),
        ("料理人が変わって、鍋をもらいました。蓋は鍋に合う？", ARE, []),
    ],
)
def test_what_changes(question: str, topic: int, untold: list[str]):
    assert unchanged(asked(question, SITE), topic, SITE) == untold
