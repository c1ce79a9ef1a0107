"""The reader tells a question that a passage answers from its twin, in which one part was exchanged."""

from dataclasses import replace

import numpy as np
import pytest

from index.encoder import packaged, reader
from index.encoder.packaged import Weights
from index.encoder.quantisation import Quantisation, Rounding
from index.encoder.reader import (
    LAYERS,
    LONGEST,
    MAX_PASSAGE,
    MAX_QUESTION,
    Head,
    Reader,
    Reading,
    as_bytes,
    as_text,
    read,
)

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
    (PROXY, "Which variable does the agent read at start?", "Which variable does the agent read at shutdown?"),
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
        (PROXY, "Is a restart needed after a change of the certificate?", "certificate"),
        (BACKUP, "保管期間を 90 日に延ばせますか？", "90"),
    ],
)
def test_the_exchanged_part_is_left_out_most(reads: Reader, passage: str, twin: str, part: str):
    reading = reads.read(twin, passage)
    start, end, chance = max(reading.left_out, key=lambda place: place[2])
    at = reading.question.index(part)
    assert start < at + len(part) and end > at and chance > 0.5
    assert reading.chance(part, at) == chance and reading.answers < 0


def test_the_packaged_reader_says_what_the_decision_was_calibrated_with(reads: Reader):
    """The log odds of the twins above, in their order, on any processor."""
    odds = [reads.read(question, passage).answers for passage, covered, twin in TWINS for question in (covered, twin)]
    learnt = [
        2.87,
        0.41,
        3.47,
        1.16,
        2.34,
        1.77,
        2.09,
        1.01,
        -0.29,
        -2.27,
        2.95,
        -0.81,
        2.74,
        -0.28,
        1.3,
        -2.8,
        3.16,
        0.67,
    ]
    assert odds == pytest.approx(learnt, abs=0.05)


def test_a_passage_is_as_long_as_its_lines_and_read_like_one_line(reads: Reader):
    lines = PROXY.replace(". ", ".\n")
    assert reads.length(lines) == reads.length(PROXY) == len(reads._tokens.ids(PROXY))
    assert reads.length("\n\n") == 0
    assert reads.read("Is a restart needed?", lines).answers == reads.read("Is a restart needed?", PROXY).answers


def test_a_line_without_an_end_costs_no_more_than_a_long_one(reads: Reader):
    line = "tea " * 100_000
    assert reads.length(line) == reads.length(line[:LONGEST])


def test_what_is_about_something_else_is_not_answered(reads: Reader):
    assert reads.read("Which rivers flow into the Baltic Sea?", PROXY).answers < -1


def test_a_reading_is_the_same_each_time_and_for_each_reader(reads: Reader):
    assert Reader().read("Is a restart needed?", PROXY) == reads.read("Is a restart needed?", PROXY)


def test_of_a_long_question_the_end_is_read_and_of_a_long_passage_the_beginning(reads: Reader):
    story = "We moved house last week and it rained. " * 30
    long = reads.read(f"{story}Is a restart needed?", PROXY)
    (first, _, _), (start, end, _) = long.left_out[0], long.left_out[-1]
    assert (len(long.left_out), long.question[start:end]) == (MAX_QUESTION, "?")
    assert long.question[first:].strip().endswith("rained. Is a restart needed?") and first > len(long.question) / 2
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
    assert Reading(0.0, "tea", ((0, 3, 0.7),)).chance("tea", 0) == 0.7
    assert Reading(0.0, " milk or tea", ((8, 12, 0.9),)).chance("milk", 1) == 0.0  # in front of what was read


def test_what_is_left_out_is_what_is_not_answered():
    odds = {0.0: 0.5, 1.0: 0.268941, -1.0: 0.731059, 1e9: 0.0, -1e9: 1.0}
    assert {log: Reading(log, "", ()).leaves_out for log in odds} == pytest.approx(odds, abs=1e-6)


def small() -> tuple[Weights, Head, Quantisation]:
    """A made-up reader of width 2."""
    draw = np.random.default_rng(7)
    shapes = {"q": (2, 2), "k": (2, 2), "v": (2, 2), "ao": (2, 2), "fi": (3, 2), "fo": (2, 3)}
    tensors = {"emb.word": np.ones(8, np.float32), "emb.pos": np.ones(4, np.float32)}
    rounded = {}
    for layer in range(LAYERS):
        for name, (out, into) in shapes.items():
            tensors[f"l{layer}.{name}.w"] = draw.normal(size=out * into).astype(np.float32)
            tensors[f"l{layer}.{name}.b"] = draw.normal(size=out).astype(np.float32)
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            tensors[f"l{layer}.{name}"] = draw.normal(size=2).astype(np.float32)
        for name, columns in {"qkv": 2, "ao": 2, "fi": 2, "fo": 3}.items():
            rounded[f"l{layer}.{name}"] = Rounding(np.arange(1, columns + 1, dtype=np.float32), -1.5 - layer, 2.5)
    weights = Weights(2, LAYERS, 1, 3, 4, 2, 1e-5, ["a"], np.zeros(1, np.float32), (0, 1, 2, 3), tensors, {})
    head = Head(np.arange(4, dtype=np.float32), 0.25, np.arange(2, dtype=np.float32), -0.75)
    return weights, head, rounded


def test_a_reader_is_read_as_it_was_written():
    """Matrices to a 127th of the largest number of their rows, all else as it was; what was rounded stays."""
    weights, head, rounded = small()
    content = as_bytes(weights, head, rounded)
    bundled = replace(weights, layers=12, tensors={name: weights.tensors[name] for name in ("emb.word", "emb.pos")})
    again, same, ranges = read(content, bundled)
    assert again.layers == LAYERS and again.tensors.keys() == weights.tensors.keys()
    for name, tensor in weights.tensors.items():
        rounds = name.endswith(".w") and ".aln" not in name and ".oln" not in name and not name.startswith("emb.")
        least = 3.2 * np.abs(tensor).max() / 127 if rounds else 0  # divided by up to 3
        np.testing.assert_allclose(again.tensors[name], tensor, rtol=1e-6, atol=least, err_msg=name)
    assert (same.whole.tolist(), same.whole_bias) == (head.whole.tolist(), 0.25)
    assert (same.token.tolist(), same.token_bias) == (head.token.tolist(), -0.75)
    loaded = {name: (each.divisors.tolist(), each.low, each.high) for name, each in ranges.items()}
    assert loaded == {name: (each.divisors.tolist(), each.low, each.high) for name, each in rounded.items()}
    twice, *_ = read(as_bytes(again, same, ranges), bundled)
    for name, tensor in again.tensors.items():
        np.testing.assert_allclose(twice.tensors[name], tensor, rtol=1e-5, atol=1e-7, err_msg=name)


def test_a_row_keeps_its_largest_number():
    weights, head, rounded = small()
    again, *_ = read(as_bytes(weights, head, rounded), weights)
    for name in ("l0.q.w", "l5.fo.w"):
        columns = len(rounded[f"{name[:2]}.{'qkv' if '.q.' in name else 'fo'}"].divisors)
        before, after = (
            each.tensors[name].reshape(-1, columns) * np.arange(1, columns + 1) for each in (weights, again)
        )
        np.testing.assert_allclose(np.abs(after).max(axis=1), np.abs(before).max(axis=1), rtol=1e-6)


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
