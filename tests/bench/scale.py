"""How cost grows with the size of a site: `make bench-scale` (no encoder: its cost does not depend on the site).

From the environment: SIZES, PAGE (docs: writes the figures and the picture into the pages).

The sites and the questions are made (bench/made.py); recall@10 is against exact search in the same vectors, not
rounded. Each size is built in one process and measured in another.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.made import KINDS, Floats, MadeSections, jittered, made_vectors, nearest
from bench.scale_page import write_pages
from bot.answering.ask import Bot
from bot.decision.decide import load_weights
from bot.evidence.topics import Topics
from bot.question.parts import plain
from index.dense.vectors import FLAT_ROWS, VectorIndex
from index.encoder.protocol import BUNDLED
from index.lexical.bm25 import WordIndex
from index.lexical.words import grams, words
from index.storage import store
from index.storage.disk import only_builder
from index.storage.store import Index, load

QUESTIONS = 200


class Given:
    """An encoder that knows its few questions already."""

    name, digest, limit = BUNDLED, "", 500

    def __init__(self, texts: Sequence[str], queries: Floats) -> None:
        self._known = dict(zip(texts, queries, strict=True))
        self.dimension = queries.shape[1]

    def queries(self, texts: Sequence[str], /) -> Floats:
        return np.stack([self._of(text) for text in texts])

    def _of(self, text: str) -> Floats:
        """Its own vector; of a part of a question, the whole one's."""
        if text in self._known:
            return self._known[text]
        return next(own for known, own in self._known.items() if all(word in plain(known) for word in text.split()))

    passages = queries

    def count(self, text: str, /) -> int:
        return len(text.split())


def build(real: Index, sections: int, folder: Path, questions: int = QUESTIONS, flat_rows: int = FLAT_ROWS) -> float:
    """Makes a site and its index in `folder`, with questions; returns the seconds that the index took.

    `flat_rows`: with more rows than these it is searched as a large one.
    """
    random = np.random.default_rng(sections)
    folder.mkdir(parents=True, exist_ok=True)
    vectors = made_vectors(real, sections, folder.with_suffix(".npy"), random)
    records = MadeSections(real.sections, sections, random)
    asked = random.choice(sections, questions)
    queries = jittered(vectors[asked * KINDS], random)
    texts = [f"{records[number].quote(records[number].sentences[0])} {at}" for at, number in enumerate(asked.tolist())]
    exact = nearest(vectors, queries)
    started = time.perf_counter()
    index = Index(
        manifest=replace(real.manifest, sections=sections, rows=sections * KINDS),
        sections=records,
        row_section=np.repeat(np.arange(sections, dtype=np.int32), KINDS),
        row_kind=np.tile(np.arange(KINDS, dtype=np.int8), sections),
        row_digest=np.zeros(sections * KINDS, "S16"),
        vectors=VectorIndex.of(vectors, flat_rows),
        words=WordIndex.of(words(record.text) for record in records),
        grams=WordIndex.of(grams(record.text) for record in records),
    )
    with only_builder(folder):
        store.save(folder, index)
    took = time.perf_counter() - started
    np.savez(folder / "asked.npz", queries=queries, texts=np.array(texts), exact=exact)
    folder.with_suffix(".npy").unlink()
    return took


def measure(folder: Path) -> dict[str, float | str]:
    """Times of answers in milliseconds without the encoder, seconds of loading, resident MB, recall@10."""
    started = time.perf_counter()
    with np.load(folder / "asked.npz") as asked:
        queries, texts, exact = asked["queries"], asked["texts"].tolist(), asked["exact"]
    topics = Topics(load(folder, BUNDLED))
    loaded = time.perf_counter() - started
    bot = Bot(topics, Given(texts, queries), load_weights(topics))
    bot.ask(texts[0])  # what is made on first use
    times = []
    for text in texts:
        started = time.perf_counter()
        bot.ask(text)
        times.append((time.perf_counter() - started) * 1000)
    nearest = [topics.index.vectors.search(query, 10)[0] for query in queries]
    recall = np.mean(
        [len(set(numbers.tolist()) & set(right.tolist())) / 10 for numbers, right in zip(nearest, exact, strict=True)]
    )
    status = Path("/proc/self/status").read_text("utf-8")
    resident = int(status.partition("VmRSS:")[2].split()[0]) / 1024
    return {
        "vectors": topics.index.manifest.vectors,
        "p50_ms": round(float(np.percentile(times, 50)), 2),
        "p99_ms": round(float(np.percentile(times, 99)), 2),
        "load_s": round(loaded, 2),
        "resident_mb": round(resident),
        "recall_at_10": round(float(recall), 4),
    }


def main() -> None:
    """`python -m bench.scale` measures each size in a process of its own and writes build/scale.json."""
    if sys.argv[1:2] == ["measure"]:
        sys.stdout.write(json.dumps(measure(Path(sys.argv[2]))))
        return
    figures = {}
    for size in map(int, os.environ.get("SIZES", "3000 10000 30000 100000 1000000").split()):
        folder = Path("build/scale") / str(size)
        took = build(load(Path("build/site.index"), BUNDLED), size, folder)
        child = [sys.executable, "-m", "bench.scale", "measure", str(folder)]
        done = subprocess.run(child, check=True, capture_output=True, text=True)
        figures[str(size)] = {"build_s": round(took, 1), **json.loads(done.stdout)}
        sys.stdout.write(f"{size}: {figures[str(size)]}\n")
        shutil.rmtree(folder)
    Path("build/scale.json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    if page := os.environ.get("PAGE"):
        write_pages(figures, Path(page), datetime.now(UTC).date().isoformat())


if __name__ == "__main__":
    main()
