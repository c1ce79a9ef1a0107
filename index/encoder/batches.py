"""Many texts to vectors: batches of one length each, one on every processor. Both sides of a build embed so."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from index.encoder.engine import Engine
from index.processors import processors

BATCH = 256  # tokens: more are not faster


def embed(engine: Engine, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """(texts, dimension) unit vectors of texts of any lengths in tokens, markers included, in their order."""
    places = list(batches([len(text) for text in texts]))
    vectors = np.empty((len(texts), engine.dimension), np.float32)
    with ThreadPoolExecutor(processors(), "embed") as threads:
        computed = threads.map(lambda batch: engine.vectors([texts[place] for place in batch]), places)
        for batch, made in zip(places, computed, strict=True):
            vectors[batch] = made
    return vectors


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of one length each, longest first; several have at most BATCH tokens together."""
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    for length, same in groupby(order, key=lambda place: lengths[place]):
        places = list(same)
        size = max(1, BATCH // length)
        yield from (places[at : at + size] for at in range(0, len(places), size))
