"""Slack's limits, and text that tries to break out of a block."""

import json
import re
from typing import Any

from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.slack.limits import size

SITE = "https://kb.example.com/"
LIMITS = {"section": 3000, "button": 75, "value": 2000, "blocks": 50, "total": 12_000, "actions": 25}


# What could be taken for markup, breaks when it is cut, or counts double.
NASTY = [
    *("<!channel>", "<!here>", "<@U1>", "<#C1|x>", "&amp;", "&lt;", "|", ">"),
    *("🧑‍🚀", "が゙", "e\u0301", "。", ". ", "\n", "\u202e", "\ud800"),
]
TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*NASTY, "kubenet を使う", "A sentence here. "]), max_size=60).map("".join),
    st.builds(lambda part, times: part * times, st.sampled_from([*NASTY, "あ。", "A b. ", "x"]), st.integers(1, 2500)),
)


def texts(node: Any) -> list[tuple[str, str]]:
    """(type, text) of every text object."""
    if isinstance(node, dict):
        own = [(node["type"], node["text"])] if isinstance(node.get("text"), str) and "type" in node else []
        return own + [text for value in node.values() for text in texts(value)]
    return [text for value in node for text in texts(value)] if isinstance(node, list) else []


def check_limits(message: dict[str, Any]) -> None:
    blocks = message["blocks"]
    assert 1 <= len(blocks) <= LIMITS["blocks"]
    assert size(json.dumps(blocks, ensure_ascii=False)) <= LIMITS["total"]
    assert 0 < size(message["text"]) <= LIMITS["section"]
    for kind, text in texts(blocks):
        longest = {"mrkdwn": LIMITS["section"], "plain_text": LIMITS["button"], "text": LIMITS["total"]}
        assert 0 < size(text) <= longest[kind]
    tables = [block for block in blocks if block["type"] == "table"]
    assert len(tables) <= 1
    for table in tables:
        assert 1 <= len(table["rows"]) <= 100 and len({len(row) for row in table["rows"]}) == 1
        assert 1 <= len(table["rows"][0]) <= 20 and sum(size(text) for _, text in texts(table)) <= 10_000
    seen = set()
    for block in blocks:
        Block.parse(block).validate_json()  # type: ignore[union-attr]  # Slack's own model of it
        if block["type"] == "actions":
            assert 1 <= len(block["elements"]) <= LIMITS["actions"]
            for button in block["elements"]:
                assert size(button["value"]) <= LIMITS["value"]
                assert button["action_id"] not in seen
                seen.add(button["action_id"])


def check_no_markup(message: dict[str, Any], allowed: str = r"https?://") -> None:
    for kind, text in [("mrkdwn", message["text"]), *texts(message["blocks"])]:
        if kind == "text":
            continue  # of rich text, which knows no markup
        if kind == "plain_text":
            assert not set("<>") & set(text)
        else:
            assert re.sub(rf"<{allowed}[^<>|\s]+\|[^<>|]+>", "", text).count("<") == 0
            assert re.search(r"&(?!amp;|lt;|gt;)", text) is None
    assert re.search("[<>]", "".join(re.findall(r'"value": "((?:[^"\\]|\\.)*)"', json.dumps(message)))) is None
