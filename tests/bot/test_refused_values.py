"""Why a value is refused has words of ours in both languages."""

import re
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.api.schemas import Question, Vote
from bot.language import pack
from bot.refused_settings import SettingsError
from bot.refused_values import why_refused
from bot.settings import read_settings

VOTE = {"answer": "a" * 8, "vote": "up", "question": "q", "lang": "en", "status": "answered"}
BODIES = [
    (Question, body)
    for body in (
        {},
        {"question": 5},
        {"question": "a\0"},
        {"question": "a" * 10_001},
        {"question": "a", "lang": "de"},
        {"question": "a", "history": 1},
        {"question": "a", "history": [1]},
        {"question": "a", "history": [{"question": "b"}] * 21},
        5,
    )
] + [(Vote, {**VOTE, name: value}) for name, value in (("answer", "!"), ("vote", "maybe"), ("section", "a" * 301))]
SETTINGS = [
    *(("KB_PORT", value) for value in ("many", "70000", "-1", "9" * 5000)),
    *(("KB_DRAIN_SECONDS", value) for value in ("x", "601", "nan")),
    *(("KB_LOG_QUESTIONS", "x"), ("KB_RATE_LIMIT", "x"), ("KB_CSP", "img-src"), ("KB_CORS_ORIGINS", "*")),
    *(("KB_ALLOWED_HOSTS", "a b"), ("KB_SLACK_API_URL", "http://a"), ("KB_SLACK_HUMAN_CHANNEL", "x")),
    ("KB_SLACK_BOT_TOKEN", "a b"),
]


def problems(record: type, body: object) -> list[Any]:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(record).validate_python(body)
    return refused.value.errors()


@pytest.mark.parametrize(("record", "body"), BODIES)
def test_a_body_is_refused_for_a_reason_in_words_of_ours(record: type, body: object):
    for problem in problems(record, body):
        assert problem["type"] in pack("ja", "errors")["values"]
        assert re.search("[ぁ-ん]", why_refused("ja", problem)) and "{max" not in why_refused("en", problem)


@pytest.mark.parametrize(("name", "value"), SETTINGS)
def test_so_is_a_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    ours = pack("ja", "errors")["values"]
    japanese = refused.value.message("ja")
    assert japanese.startswith(f"設定: {name}=") and ours["other"] not in japanese
    assert not re.search("should|must|Value error", japanese) and str(refused.value) == refused.value.message("en")
