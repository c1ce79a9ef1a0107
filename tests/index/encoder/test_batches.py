"""Many texts at once: batches of one length, one on every processor, and one vector whatever the batch."""

from threading import Barrier

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.encoder.batches import BATCH, batches, embed
from index.encoder.choose import answering_encoder, building_encoder
from index.encoder.engine import Engine, shared
from index.encoder.protocol import BUNDLED

TEXTS = [[0, 5, 2], [0, *range(10, 200), 2], [0, 7, 2], [0, 2], [0, 5, 2], [0, *range(900, 950), 2]]


@given(lengths=st.lists(st.integers(1, 512), max_size=60))
def test_a_batch_has_texts_of_one_length_and_each_text_is_in_one(lengths: list[int]):
    made = list(batches(lengths))
    assert sorted(place for batch in made for place in batch) == list(range(len(lengths)))
    for batch in made:
        assert len({lengths[place] for place in batch}) == 1
        assert len(batch) == 1 or len(batch) * lengths[batch[0]] <= BATCH


@pytest.mark.parametrize("processors", [1, 3])
def test_a_text_has_one_vector_on_any_number_of_processors(monkeypatch: pytest.MonkeyPatch, processors: int):
    monkeypatch.setattr("index.encoder.batches.processors", lambda: processors)
    alone = np.concatenate([shared().vectors([text]) for text in TEXTS])
    np.testing.assert_array_equal(embed(shared(), TEXTS), alone)
    np.testing.assert_array_equal(embed(shared(), TEXTS[::-1])[::-1], alone)


def test_as_many_batches_run_at_once_as_there_are_processors(monkeypatch: pytest.MonkeyPatch):
    together = Barrier(3, timeout=60)  # that three batches meet: with fewer threads, none ever ends

    def vectors(self: Engine, texts: list[list[int]]) -> NDArray[np.float32]:
        together.wait()
        return np.zeros((len(texts), self.dimension), np.float32)

    monkeypatch.setattr(Engine, "vectors", vectors)
    monkeypatch.setattr("index.encoder.batches.processors", lambda: 3)
    assert embed(shared(), [[0, *[9] * length, 2] for length in (1, 2, 3)]).shape == (3, 384)


@pytest.mark.parametrize("encoder", [building_encoder, answering_encoder])
def test_passages_of_one_length_share_a_batch_on_both_sides(encoder, monkeypatch: pytest.MonkeyPatch):
    sizes: list[int] = []
    whole = Engine.vectors

    def vectors(self: Engine, texts: list[list[int]]) -> NDArray[np.float32]:
        sizes.append(len(texts))
        return whole(self, texts)

    monkeypatch.setattr(Engine, "vectors", vectors)
    encoder(BUNDLED).passages(["A short text."] * 12)
    assert sizes == [12]


def test_questions_run_one_by_one_on_the_thread_that_asks(monkeypatch: pytest.MonkeyPatch):
    """Others are answered beside them: a question takes one processor."""
    monkeypatch.setattr("index.encoder.bundled.embed", None)
    assert answering_encoder(BUNDLED).queries(["a", "b"]).shape == (2, 384)


def test_no_texts():
    assert embed(shared(), []).shape == (0, 384)
