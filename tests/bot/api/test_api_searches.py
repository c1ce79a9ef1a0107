"""POST /api/searches: words that the search box did not find, and what is kept of them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.service.asked import NO_HITS
from bot.service.store import Store

SEARCH = {"words": "flamingo", "lang": "en"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def kept(client, file: Path) -> Iterator[httpx.Client]:
    with client(store=file, keep_questions=True) as http:
        yield http


def post_all(client, file: Path, searches: list[dict[str, str]], **kb: object) -> list[tuple[str | None, str]]:
    """Texts and languages that the store has once the service has ended, which writes what waits."""
    with client(store=file, **kb) as http:
        assert [http.post("/api/searches", json=each).status_code for each in searches] == [204] * len(searches)
    return [(each.question, each.lang) for each in Store(file).questions()]


def test_words_are_kept_where_questions_are(client, file: Path):
    assert post_all(client, file, [SEARCH, {"words": " フラミンゴ ", "lang": "ja"}], keep_questions=True) == [
        ("flamingo", "en"),
        ("フラミンゴ", "ja"),
    ]
    assert {(each.status, each.section, each.took_ms) for each in Store(file).questions()} == {(NO_HITS, None, 0.0)}


def test_they_are_counted_as_no_question(client, file: Path):
    with client(store=file, keep_questions=True) as http:
        for _ in range(3):
            http.post("/api/searches", json=SEARCH)
        http.post("/api/ask", json={"question": "Can I upgrade from kubenet?"})
        counted = [line for line in http.get("/metrics").text.splitlines() if line.startswith("kb_answers_total{")]
        assert [line.rpartition(" ")[2] for line in counted] == ["1.0"]
    assert [each.question for each in Store(file).questions()] == ["flamingo"] * 3
    assert [(each.status, each.count) for each in Store(file).counts()] == [("answered", 1)]


def test_elsewhere_nothing_is_kept_and_the_answer_is_the_same(client, file: Path):
    assert post_all(client, file, [SEARCH]) == []
    assert b"flamingo" not in file.read_bytes()
    with client() as http:
        assert http.post("/api/searches", json=SEARCH).status_code == 204


def test_they_are_kept_without_personal_data(client, file: Path):
    given = {"words": "me@example.com 20.50.4.7", "lang": "en"}
    assert post_all(client, file, [given], keep_questions=True) == [("[mail] [ip]", "en")]
    assert b"me@example.com" not in file.read_bytes()


@pytest.mark.parametrize(
    ("words", "lang", "spoken"),
    [("flamingo", "en-GB", "en"), ("flamingo", "JA", "ja"), ("flamingo", "fr", "en"), ("フラミンゴ", "fr", "ja")],
)
def test_their_language_is_one_of_the_site(client, file: Path, words: str, lang: str, spoken: str):
    assert post_all(client, file, [{"words": words, "lang": lang}], keep_questions=True) == [(words, spoken)]


def test_what_is_too_short_without_its_white_space_is_not_kept(client, file: Path):
    assert post_all(client, file, [{**SEARCH, "words": words} for words in ("  ", " x ")], keep_questions=True) == []


@pytest.mark.parametrize(
    "change",
    [
        {"words": "x"},
        {"words": "x" * 201},
        {"words": "a\0b"},
        {"words": None},
        {"words": ["flamingo"]},
        {"lang": ""},
        {"lang": "<b>"},
        {"lang": None},
        {"hits": 0},
    ],
)
def test_a_body_of_another_form_is_refused(kept: httpx.Client, change: dict[str, object]):
    reply = kept.post("/api/searches", json=SEARCH | change)
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "invalid_request")


def test_words_of_two_and_of_200_characters_are_taken(client, file: Path):
    given = [{**SEARCH, "words": words} for words in ("鳥類", "🦩" * 200)]
    assert [words for words, _ in post_all(client, file, given, keep_questions=True)] == ["鳥類", "🦩" * 200]


def test_a_page_of_another_site_cannot_send_them_unasked(kept: httpx.Client):
    reply = kept.post(
        "/api/searches", content='{"words": "flamingo", "lang": "en"}', headers={"content-type": "text/plain"}
    )
    assert (reply.status_code, reply.json()["error"]["code"]) == (415, "not_json")
    long = kept.post("/api/searches", json={**SEARCH, "words": "x" * 100_000})
    assert (long.status_code, long.json()["error"]["code"]) == (413, "body_too_large")


def test_searches_are_limited_together_with_questions(client, file: Path):
    with client(store=file, keep_questions=True, rate_limit="2/minute") as http:
        assert [http.post("/api/searches", json=SEARCH).status_code for _ in range(3)] == [204, 204, 429]


@pytest.mark.parametrize(("keep", "stores"), [(True, True), (False, True), (False, False)])
def test_the_site_says_whether_they_are_kept(client, file: Path, keep: bool, stores: bool):
    with client(store=file if stores else None, keep_questions=keep) as http:
        assert http.get("/api/site").json()["keeps_searches"] is (keep and stores)


@pytest.mark.parametrize("words", ["\\ud83e", "flamingo \\udd9f"])
def test_half_of_a_character_costs_no_other_note(client, file: Path, words: str):
    with client(store=file, keep_questions=True) as http:
        http.post(
            "/api/searches",
            content=f'{{"words": "{words}  ", "lang": "en"}}',
            headers={"content-type": "application/json"},
        )
        http.post("/api/searches", json=SEARCH)
    assert "flamingo" in [each.question for each in Store(file).questions()]
