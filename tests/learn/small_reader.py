"""A tiny encoder with random weights, and made-up examples for it."""

import numpy as np

from index.encoder.packaged import Weights
from learn.examples import QUESTION, SECTION, Arrays
from learn.records import Origin

WIDTH, HEADS, INNER, VOCABULARY = 16, 2, 32, 40
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
YES, NO = 10, 11  # words of a section that answers, and of one that does not


def small_weights(layers: int) -> Weights:
    rng = np.random.default_rng(0)

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.3, int(np.prod(shape))).astype(np.float32)

    ones, zeros = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    positions = QUESTION + SECTION + 3
    tensors = {"emb.word": drawn(VOCABULARY, WIDTH), "emb.pos": drawn(positions, WIDTH), "emb.type": drawn(2, WIDTH)}
    tensors |= {"emb.ln.w": ones, "emb.ln.b": zeros}
    shapes = dict.fromkeys(("q", "k", "v", "ao"), (WIDTH, WIDTH)) | {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}
    for layer in range(layers):
        for name, (outputs, inputs) in shapes.items():
            tensors |= {f"l{layer}.{name}.w": drawn(outputs, inputs), f"l{layer}.{name}.b": drawn(outputs)}
        for name in ("aln", "oln"):
            tensors |= {f"l{layer}.{name}.w": ones, f"l{layer}.{name}.b": zeros}
    special = (BEGIN, END, PAD, UNKNOWN)
    sizes = (WIDTH, layers, HEADS, INNER, VOCABULARY, positions)
    return Weights(*sizes, 1e-12, [], np.zeros(0, np.float32), special, tensors, {})


def small_examples(origins: list[Origin], *, held: bool = False) -> Arrays:
    """Two examples of each origin: the section of the first says YES and answers, that of the second says NO."""
    count = 2 * len(origins)
    answered = np.arange(count) % 2 == 0
    questions, sections = np.full((count, QUESTION), PAD, np.int32), np.full((2, SECTION), PAD, np.int32)
    questions[:, 0], questions[:, 1] = 20 + np.arange(count) % 8, 30
    sections[:, 0], sections[:, 1] = (YES, NO), 31
    left_out = np.zeros((count, QUESTION), bool)
    left_out[~answered, 1] = True
    pairs = [number // 2 for number in range(count)]
    return Arrays(
        questions,
        np.full(count, 2, np.int32),
        sections,
        np.full(2, 2, np.int32),
        np.arange(count, dtype=np.int32),
        (np.arange(count) % 2).astype(np.int32),
        answered,
        left_out,
        np.full(count, held),
        np.array([str(origins[pair]) for pair in pairs]),
        np.array([f"family {pair}" for pair in pairs]),
        np.array([f"{pair}:{'ab'[number % 2]}" for number, pair in enumerate(pairs)]),
    )
