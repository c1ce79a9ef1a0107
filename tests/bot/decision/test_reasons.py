"""A reason is what a section says, not how it is asked for."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics
from teapots import titled

from bot.decision.reasons import gives_reason
from bot.question.parts import kinds

REASON = next(kind for kind in kinds() if kind.key == "reason")
SITE = topics(
    titled("a#a", "Lids", "A lid is of glass.", phrasings=("why is a lid of glass",)),
    replace(
        titled("b#b", "Why", "A cover must be of glass.", phrasings=("why glass and not iron",)),
        path=("LID404: lids",),
        links=("a",),
    ),
    titled("c#c", "Pans", "A pan is of iron, because that is hot."),
    titled("d#d", "Why is tea green?", "It is picked early."),
    titled("e#e", "鍋", "鍋を洗うための水です。", lang="ja"),
    titled("f#f", "瓶", "瓶は熱いため、布で持ちます。", lang="ja"),
    replace(titled("h#h", "Why", "Iron rusts in the rain."), path=("RUST77: pots",), links=("a",)),
    replace(section("glossary#terms"), synonyms=(("lid", "cover"),)),
)
LID, RULE, PAN, GREEN, PURPOSE, HOT, RUST = range(7)


@pytest.mark.parametrize(
    ("question", "topic", "given"),
    [
        ("Why is a lid of glass?", LID, True),  # its author's own wording
        ("Why is the lid of glass, anyhow?", LID, True),  # that asks for nothing more
        ("Why is a pot of clay?", LID, False),
        ("Why must a lid be of glass and heavy?", RULE, False),  # below "Why" stands only what is asked
        ("Why is a pot not of iron?", RUST, True),
        ("Why glass and not iron?", RULE, True),
        ("Why is there LID404?", RULE, True),  # of the rule the whole page is about
        ("Why is a pan of iron?", PAN, True),
        ("Why is my tea green?", GREEN, True),  # a heading that asks why
        ("なぜ水なのですか", PURPOSE, False),  # what it is for
        ("なぜ布で持つのですか", HOT, True),
    ],
)
def test_why(question: str, topic: int, given: bool):
    assert gives_reason(REASON, asked(question, SITE), topic, SITE) is given
