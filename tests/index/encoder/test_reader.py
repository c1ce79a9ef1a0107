"""The reader tells a question that a passage answers from its twin, in which one part was exchanged."""

import numpy as np
import pytest

from index.encoder import packaged, reader
from index.encoder.reader import MAX_PASSAGE, Head, Reader, Reading, as_bytes, as_text, read

PROXY = as_text(
    ("Server", "Install"),
    "Proxy settings",
    "The agent reads HTTPS_PROXY at start. Hosts in NO_PROXY are reached directly. A restart is needed after a change. "
    "Proxies that ask for a password are not supported.",
)
BACKUP = as_text(
    ("データベース", "バックアップ"),
    "保管期間",
    "自動バックアップは既定で 7 日間保管されます。保管期間は 35 日まで延ばせます。"
    "バックアップ中も書き込みはできますが、削除したデータベースのバックアップは残りません。",
)
TWINS = [
    (PROXY, "Does the agent work with a proxy that asks for a password?", "… with a proxy that speaks SOCKS?"),
    (PROXY, "Do I have to restart after changing HTTPS_PROXY?", "Why do I have to restart after changing HTTPS_PROXY?"),
    (PROXY, "Is NO_PROXY respected by the agent?", "Is NO_PROXY respected by the installer?"),
    (PROXY, "we changed the proxy on friday, restart needed?", "we changed the certificate on friday, restart needed?"),
    (PROXY, "Which variable does the agent read at start?", "Which variable does the agent write at start?"),
    (BACKUP, "バックアップ中に書き込みはできますか？", "復元中に書き込みはできますか？"),
    (BACKUP, "自動バックアップは何日残りますか", "手動バックアップは何日残りますか"),
    (BACKUP, "保管期間を 30 日に延ばせますか？", "保管期間を 90 日に延ばせますか？"),
    (BACKUP, "自動バックアップの保管期間は延ばせますか？", "自動バックアップの時刻は変えられますか？"),
]


@pytest.fixture(scope="module")
def reads() -> Reader:
    return reader.reader()


@pytest.mark.parametrize(("passage", "covered", "twin"), TWINS)
def test_a_twin_is_answered_less(reads: Reader, passage: str, covered: str, twin: str):
    assert reads.read(covered, passage).answers > reads.read(twin, passage).answers
    assert reads.read(covered, passage).leaves_out < reads.read(twin, passage).leaves_out


@pytest.mark.parametrize(
    ("passage", "twin", "part"),
    [
        (PROXY, "we changed the certificate on friday and nothing happened, restart needed?", "certificate"),
        (BACKUP, "保管期間を 90 日に延ばせますか？", "90"),
    ],
)
def test_the_exchanged_part_is_left_out_most(reads: Reader, passage: str, twin: str, part: str):
    reading = reads.read(twin, passage)
    start, end, chance = max(reading.left_out, key=lambda place: place[2])
    at = reading.question.index(part)
    assert start < at + len(part) and end > at and chance > 0.5
    assert reading.chance(part, at) == chance and reading.answers < 0


def test_what_is_about_something_else_is_not_answered(reads: Reader):
    assert reads.read("Which rivers flow into the Baltic Sea?", PROXY).answers < -1


def test_a_reading_is_the_same_each_time_and_for_each_reader(reads: Reader):
    assert Reader().read("Is a restart needed?", PROXY) == reads.read("Is a restart needed?", PROXY)


def test_of_a_long_question_the_end_is_read_and_of_a_long_passage_the_beginning(reads: Reader):
    story = "We moved house last week and it rained. " * 30
    long = reads.read(f"{story}Is a restart needed?", PROXY)
    assert long.question.endswith("restart needed?") and long.left_out[-1][1] == len(long.question)
    more = " ".join(["vinegar"] * 3 * MAX_PASSAGE)
    assert reads.read("What is it?", f"{more} one end").answers == reads.read("What is it?", f"{more} another").answers


@pytest.mark.parametrize("question", ["", " ", "\0", "\u3000", "🫖"])
def test_odd_questions_are_read(reads: Reader, question: str):
    assert np.isfinite(reads.read(question, PROXY).answers)
    assert np.isfinite(reads.read("Can I?", question).answers)


def test_a_part_is_looked_for_where_it_stands():
    reading = Reading(0.0, " tea for tea", ((0, 4, 0.1), (4, 8, 0.2), (8, 12, 0.9)))
    assert [reading.chance("tea", near) for near in (0, 2, 9, 50)] == [0.1, 0.1, 0.9, 0.9]
    assert reading.chance("ea for te", 2) == 0.9 and reading.chance("cup", 0) == 0.0 and reading.chance("", 0) == 0.0


@pytest.mark.nightly
def test_the_packaged_weights_are_written_as_they_were_read():
    """What is rounded once is not rounded anew."""
    content = reader.files("index.encoder").joinpath(reader.FILE).read_bytes()
    weights, head, rounded = read(content, packaged.load())
    assert (weights.layers, set(rounded)) == (
        6,
        {f"l{n}.{name}" for n in range(6) for name in ("qkv", "ao", "fi", "fo")},
    )
    assert weights.pieces is packaged.load().pieces or weights.pieces == packaged.load().pieces
    again, same, _ = read(as_bytes(weights, head, rounded), packaged.load())
    assert isinstance(same, Head) and same.whole_bias == head.whole_bias
    for name, tensor in weights.tensors.items():
        np.testing.assert_allclose(
            packaged.floats(again.tensors[name]), packaged.floats(tensor), rtol=1e-5, atol=1e-7, err_msg=name
        )
