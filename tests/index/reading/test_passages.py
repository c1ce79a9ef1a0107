"""Sections to the texts that are embedded, counted by the bundled model's own tokenizer."""

from collections.abc import Callable

import pytest
from casework import FakeEncoder

from index.encoder.bundled import BundledEncoder
from index.encoder.protocol import MAX_TOKENS
from index.reading.passages import LIMIT, Row, heading, passages, rows
from index.records import Kind, Section, Span

JAPANESE = "サブネットのサイズは変更できないので注意が必要です。"  # no white space anywhere
ENGLISH = "The subnet of the gateway must be a /24 and nothing else is supported. "


def section(text: str, **other: object) -> Section:
    fields = {
        "id": "a#b",
        "lang": "en",
        "title": "Size",
        "path": ("Limits",),
        "url": "/a/#b",
        "text": text,
        "sentences": (),
        "phrasings": (),
        "links": (),
        "covered": True,
    }
    return Section(**(fields | other))


@pytest.fixture(scope="module")
def count() -> Callable[[str], int]:
    return BundledEncoder().count


def bodies(given: Section, count: Callable[[str], int]) -> list[str]:
    """Passages without the heading path, which begins each of them."""
    head = heading(given)
    rows_of = list(passages(given, count))
    assert [text for text in rows_of if not text.startswith(f"{head}\n")] == []
    return [text.removeprefix(f"{head}\n") for text in rows_of]


def test_the_heading_path():
    assert heading(section("")) == "Limits > Size"
    assert heading(section("", path=(), title="Home")) == "Home"


def test_what_stands_for_a_section():
    text = "It is a /24. Nothing else works.\nOther."
    long = section(text, sentences=(Span(0, 12), Span(13, 32), Span(33, 39)), phrasings=("how big?", "size"))
    two = section("", title="", path=())
    assert list(rows((long, two), FakeEncoder().count)) == [
        Row(0, Kind.PASSAGE, 0, f"Limits > Size\n{text}"),
        Row(0, Kind.SENTENCE, 0, "It is a /24."),
        Row(0, Kind.SENTENCE, 1, "Nothing else works."),
        Row(0, Kind.SENTENCE, 2, "Other."),
        Row(0, Kind.PHRASING, 0, "Size"),
        Row(0, Kind.PHRASING, 1, "how big?"),
        Row(0, Kind.PHRASING, 2, "size"),
        Row(1, Kind.PASSAGE, 0, ""),
    ]


def test_a_short_section_is_one_passage(count: Callable[[str], int]):
    assert list(passages(section("One.\nTwo.\tThree."), count)) == ["Limits > Size\nOne.\nTwo.\tThree."]


def test_a_section_without_text_is_its_heading(count: Callable[[str], int]):
    assert list(passages(section(""), count)) == ["Limits > Size"]


LONG = {
    "many paragraphs": "\n".join(f"{number}. {ENGLISH.strip()}" for number in range(100)),
    "one long paragraph": (ENGLISH * 100).strip(),
    "one long Japanese paragraph": JAPANESE * 100,
    "Japanese paragraphs": "\n".join(f"{number}. {JAPANESE}" for number in range(60)),
    "one long word": "abcdefghij" * 200,
    "a table": "\n".join(f"row {number}\tcell\t{ENGLISH.strip()}" for number in range(60)),
    "short, long, short": f"Begin.\n{ENGLISH * 40}\nEnd.",
    "emoji": "👩‍💻" * 400,
    "blank lines of code": "\n\n".join(["a: 1"] * 300),
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_section_is_split_below_the_limit(text: str, count: Callable[[str], int]):
    long = section(text)
    made = list(passages(long, count))
    assert len(made) > 1
    assert [count(passage) for passage in made if count(passage) > LIMIT] == []
    # Nothing is lost, doubled or moved: only white space may differ where it was cut.
    assert "".join("".join(bodies(long, count)).split()) == "".join(text.split())


def test_no_passage_but_the_last_is_half_empty(count: Callable[[str], int]):
    for text in (LONG["many paragraphs"], LONG["one long paragraph"], LONG["a table"]):
        *full, _ = passages(section(text), count)
        assert [passage for passage in full if count(passage) < LIMIT / 2] == []


def test_english_is_cut_between_words(count: Callable[[str], int]):
    words = set(ENGLISH.split())
    for body in bodies(section(LONG["one long paragraph"]), count):
        assert set(body.split()) <= words


def test_passages_of_a_long_section_keep_its_number_and_their_order(count: Callable[[str], int]):
    short, long = section("Short."), section(LONG["Japanese paragraphs"])
    texts = list(passages(long, count))
    made = [row for row in rows((short, long, short), count) if row.kind is Kind.PASSAGE]
    assert [(row.section, row.number) for row in made] == [(0, 0), *((1, i) for i in range(len(texts))), (2, 0)]
    assert [row.text for row in made[1:-1]] == texts


def test_the_limit_leaves_room_for_the_prompt(count: Callable[[str], int]):
    assert count("passage: ") <= MAX_TOKENS - LIMIT


def test_a_heading_above_the_limit_does_not_shred_the_text(count: Callable[[str], int]):
    made = list(passages(section(ENGLISH, title=JAPANESE * 50, path=()), count))
    assert any(ENGLISH.strip() in passage for passage in made)
    assert [passage for passage in made if count(passage) > LIMIT] == []


def test_no_row_is_above_the_limit(count: Callable[[str], int]):
    text = "word " * 600
    long = section(text, sentences=(Span(0, len(text)),))
    assert [row.kind for row in rows((long,), count) if count(row.text) > LIMIT] == []


def parts(text: str, limit: int) -> list[str]:
    """What passages hold beside a heading of one letter; each letter is a token."""
    return [part.removeprefix("H\n") for part in passages(section(text, title="H", path=()), len, limit + 1)]


def test_a_block_is_halved_down_to_single_letters():
    assert parts("ab", 1) == ["a", "b"]
    assert parts("abcd", 2) == ["ab", "cd"]
    assert parts("a", 0) == ["a"]  # what cannot be cut stays


def test_a_block_is_cut_at_the_last_space_before_its_middle():
    assert parts("aa bb ccccccc", 8) == ["aa bb", "ccccccc"]
    assert parts("aaa bb ccccccccc", 9) == ["aaa bb", "ccccccccc"]
    assert parts("a bbbbbbbbbbb", 8) == ["a bbbb", "bbbbbbb"]  # that space is too far from the middle


def test_blocks_are_gathered_up_to_the_limit_and_not_beyond():
    assert parts("aaa\nbb\nccc\ndddd", 5) == ["aaa\nbb", "ccc", "dddd"]
    assert parts("aaa\nbbb\nc", 5) == ["aaa", "bbb\nc"]


def test_a_block_whose_tokens_fit_is_not_cut_however_long_its_words_are():
    text = " ".join(["internationalisation"] * 10)
    made = list(passages(section(text), lambda text: len(text.split()), 14))
    assert made == [f"Limits > Size\n{text}"]


def test_a_heading_takes_at_most_half_of_a_passage():
    made = list(passages(section("tttttttt", title="hhhhhhhh", path=()), len, 8))
    assert made == ["hhhh\ntttt", "hhhh\ntttt"]
