"""A small made site that is searched as a large one, and the page of its figures."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.made import CHUNK, MadeSections, nearest
from bench.scale import Given, build, measure
from bench.scale_page import HEAD, write_pages
from bot.answering.ask import Bot
from bot.decision.decide import load_weights
from bot.evidence.topics import Topics
from bot.records import Status
from index.dense.vectors import VectorIndex
from index.encoder.protocol import BUNDLED
from index.records import Section
from index.storage.store import load

SECTIONS, QUESTIONS = 300, 12
ROUNDING = 0.05  # of confidence, by vectors of one byte a number


@pytest.fixture(scope="module")
def made(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale") / "made"
    build(load(index_dir, BUNDLED), SECTIONS, folder, QUESTIONS, flat_rows=0)
    return folder


def test_a_made_site_has_its_size_its_questions_and_its_figures(made: Path):
    index = load(made, BUNDLED)
    assert (len(index.sections), index.vectors.size, index.manifest.vectors) == (SECTIONS, 3 * SECTIONS, "ivf-sq8")
    with np.load(made / "asked.npz") as asked:
        assert (len(asked["texts"]), asked["queries"].shape, asked["exact"].shape) == (
            QUESTIONS,
            (QUESTIONS, 384),
            (QUESTIONS, 10),
        )
    assert measure(made).keys() == {"vectors", "p50_ms", "p99_ms", "load_s", "resident_mb", "recall_at_10"}


def test_candidates_are_answered_from_as_all_sections_are(made: Path):
    index = load(made, BUNDLED)
    whole = replace(
        index, vectors=VectorIndex.of(index.vectors.vectors(), flat_rows=index.vectors.size), background=None
    )
    with np.load(made / "asked.npz") as asked:
        texts, encoder = asked["texts"].tolist(), Given(asked["texts"].tolist(), asked["queries"])
    large, dense = (Bot(over, encoder, load_weights(over)) for over in (Topics(index), Topics(whole)))
    answers = [(large.ask(text), dense.ask(text)) for text in texts]
    assert all(abs(some.confidence - every.confidence) <= ROUNDING for some, every in answers)
    # Of made questions one may lie so near to a border that the rounding of vectors decides; nothing is answered by it.
    differing = [pair for pair in answers if pair[0].status is not pair[1].status]
    assert len(differing) <= 1 and all(Status.ANSWERED not in {each.status for each in pair} for pair in differing)
    assert all(some.citations == every.citations for some, every in answers)


def test_made_sections_are_the_same_whenever_they_are_asked_for():
    real = [Section("a", "en", "", (), "/a", text, (), (), (), True) for text in ("One, two. Three.", "四。五。")]
    first, again = (MadeSections(real, 5, np.random.default_rng(3)) for _ in range(2))
    assert list(first) == list(again) == [first[number] for number in range(5)] == list(first[:5])
    assert [(section.id, section.lang) for section in first[:3]] == [
        ("made/p0#a", "ja"),
        ("made/p0#a", "en"),
        ("made/p1#a", "ja"),
    ]
    assert first[4].text.endswith("vnet-4.") and first[4].text != first[3].text


@pytest.mark.parametrize("size", [12, CHUNK, 2 * CHUNK + 3])
def test_the_nearest_rows_of_parts_are_those_of_all(size: int):
    random = np.random.default_rng(size)
    vectors, queries = random.standard_normal((size, 4), np.float32), random.standard_normal((3, 4), np.float32)
    exact = np.argsort(-(queries @ vectors.T), axis=1)[:, :10]
    assert np.sort(nearest(vectors, queries)).tolist() == np.sort(exact).tolist()


def test_the_figures_and_the_picture_come_into_both_pages(tmp_path: Path):
    row = {"vectors": "flat", "p50_ms": 4.0, "p99_ms": 9.0, "load_s": 0.4, "resident_mb": 130, "recall_at_10": 1.0}
    figures = {size: {**row, "build_s": 3.0} for size in ("3000", "10000")}
    for lang in HEAD:
        (tmp_path / lang / "service").mkdir(parents=True)
        (tmp_path / lang / "assets").mkdir()
        page = tmp_path / lang / "service/performance.md"
        page.write_text("# A\n\n<!-- scale figures -->\nold\n<!-- end of scale figures -->\n\nB\n", "utf-8")
    write_pages(figures, tmp_path, "2026-11-24")
    for lang in HEAD:
        text = (tmp_path / lang / "service/performance.md").read_text("utf-8")
        assert "| 10,000 | `flat` | 4 ms | 9 ms | 0.4 s | 130 MiB | 1.000 | 3 s |" in text
        assert "2026-11-24" in text and "old" not in text and text.endswith("B\n")
        assert "<svg" in (tmp_path / lang / "assets/scale.svg").read_text("utf-8")
