"""`make quantisation`: what a sample of texts tells of the model's factors."""

from pathlib import Path

import numpy as np
import pytest

from index.encoder import packaged, quantisation

TEXTS = ["query: kubenet?", "passage: りんごは赤い果物です。", "passage: " + "The pod has an address. " * 9]

pytestmark = pytest.mark.slow


def test_a_few_texts_already_show_the_large_columns():
    """They are the model's own: the packaged file saw them in hundreds of other texts."""
    from deploy.quantise import measured, tokens

    weights = packaged.load()
    made, kept = measured(weights, tokens(TEXTS, weights)), quantisation.packaged()
    assert list(made) == list(kept)
    normalised = [name for name in kept if name.endswith(".fi")]
    alike = [np.corrcoef(np.log(made[name].divisors), np.log(kept[name].divisors))[0, 1] for name in normalised]
    assert np.median(alike) > 0.8


def test_the_sample_is_sections_and_questions_with_their_prompts(site_dir: Path, root: Path):
    from deploy.quantise import QUESTIONS, sample

    texts = sample(site_dir, root / "bot/data/calibration.jsonl")
    prompts = [text.partition(": ")[0] for text in texts]
    assert prompts == ["passage"] * (len(texts) - QUESTIONS.stop) + ["query"] * QUESTIONS.stop
    assert len(texts) > 150
