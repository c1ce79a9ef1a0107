"""A made site that is just large enough to be searched by candidates: part of `make bench-scale`."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.scale import Given, build, measure
from bot.answering.ask import Bot
from bot.decision.decide import load_weights, rank
from bot.evidence.topics import Topics
from index.dense.vectors import VectorIndex
from index.encoder.protocol import BUNDLED
from index.storage.store import load

pytestmark = [pytest.mark.slow, pytest.mark.measures]


@pytest.fixture(scope="module")
def made(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale") / "made"
    build(load(index_dir, BUNDLED), 12_000, folder)
    return folder


def test_a_made_large_site_is_found_in(made: Path):
    figures = measure(made)
    assert figures["vectors"] == "ivf-sq8"
    assert float(figures["recall_at_10"]) >= 0.95
    assert 0 < float(figures["p50_ms"]) <= float(figures["p99_ms"])
    assert float(figures["load_s"]) < 10


def test_candidates_are_answered_from_as_all_sections_are(made: Path):
    index = load(made, BUNDLED)
    whole = replace(
        index, vectors=VectorIndex.of(index.vectors.vectors(), flat_rows=index.vectors.size), background=None
    )
    with np.load(made / "asked.npz") as asked:
        texts, encoder = asked["texts"].tolist()[:60], Given(asked["texts"].tolist(), asked["queries"])
    large, dense = (Bot(over, encoder, load_weights(over)) for over in (Topics(index), Topics(whole)))
    shares, first = [], []
    for text in texts:
        right, near = (
            rank(bot.topics.score(bot.topics.read(text, encoder)), bot.weights).order[:10].tolist()
            for bot in (dense, large)
        )
        shares.append(len({*right} & {*near}) / 10)
        first.append(right[0] == near[0])
        assert (large.ask(text).status, large.ask(text).citations) == (
            dense.ask(text).status,
            dense.ask(text).citations,
        )
    assert np.mean(shares) >= 0.85 and np.mean(first) >= 0.95
