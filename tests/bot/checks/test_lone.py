"""A value that stands alone is no question about the gateway: it is asked back."""

import pytest

from bot.checks.asked.lone import lone_value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("/23", "size", "/23"),
        ("subnet is a /23", "size", "/23"),
        ("we use a /26, ok?", "size", "/26"),
        ("サブネットは/25です", "size", "/25"),
        ("/24 で大丈夫ですか？", "size", "/24"),
        ("1.6.7", "version", "1.6.7"),
        ("is v1.8.0-rc1 ok?", "version", "v1.8.0-rc1"),
        ("1.7.9で足りる？", "version", "1.7.9"),
        ("mine is 1.7.5", "version", "1.7.5"),
        ("we're currently running 1.10.2", "version", "1.10.2"),
        ("いま1.7.8なんだけど", "version", "1.7.8"),
        ("現在は/25ですけど", "size", "/25"),
        ("1.5.2から1.8に", "version", "1.8"),  # of a change what it becomes
        ("from 1.5.2 to 1.7.9, enough?", "version", "1.7.9"),
    ],
)
def test_a_value_without_a_subject_is_seen(text: str, kind: str, value: str):
    assert lone_value(text) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the AGC subnet is a /23",
        "AGC のサブネットは /23",
        "node subnet /23",
        "ALB Controller 1.6.7",
        "/24 or /25",
        "must it be a /24?",
        "why /24",
        "10.4.0.0/24",
        "kubernetes 1.29.2",
        "subnet",
    ],
)
def test_a_question_that_names_more_is_none(text: str):
    assert lone_value(text) is None
