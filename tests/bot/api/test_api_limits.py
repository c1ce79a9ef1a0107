"""How much a question may be: itself, what NFKC makes of it, what was asked before, and the bytes that carry it."""

import httpx
import pytest

WIDE = "\ufdfa"  # one character, of which NFKC makes eighteen


@pytest.fixture(scope="module")
def http(client):
    with client(max_question=36, max_history=72) as http:
        yield http


def asked(http: httpx.Client, question: str, *earlier: str, lang: str = "en") -> tuple[int, str, str]:
    body = {"question": question, "lang": lang, "history": [{"question": text} for text in earlier]}
    reply = http.post("/api/ask", json=body)
    error = reply.json().get("error", {})
    return reply.status_code, error.get("code", ""), error.get("message", "")


def test_a_question_counts_as_it_is_read(http: httpx.Client):
    assert asked(http, WIDE * 2)[0] == 200
    assert asked(http, WIDE * 2 + "a")[:2] == (413, "question_too_long")
    assert asked(http, "a" * 37)[:2] == (413, "question_too_long")


def test_earlier_questions_count_together_and_as_they_are_read(http: httpx.Client):
    assert asked(http, "And overlay?", "a" * 36, WIDE * 2)[0] == 200
    for earlier in (["a" * 37, "a" * 36], [WIDE * 4, "a"], ["a" * 4] * 19):
        assert asked(http, "And overlay?", *earlier)[:2] == (413, "history_too_long")
    assert asked(http, "And overlay?", "a" * 73)[2] == (
        "The earlier questions are longer than 72 characters together. Start a new conversation."
    )
    assert "新しい会話" in asked(http, "オーバーレイは?", "a" * 73, lang="ja")[2]


def test_what_the_event_loop_reads_is_as_long_as_the_settings_allow(http: httpx.Client):
    """12 bytes for each character, and something for the rest."""
    padded = b'{"question": "What is CNI?"}'
    most = 12 * (36 + 72) + 8192
    headers = {"content-type": "application/json"}
    assert http.post("/api/ask", content=padded.ljust(most), headers=headers).status_code == 200
    refused = http.post("/api/ask", content=padded.ljust(most + 1), headers=headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "body_too_large")
