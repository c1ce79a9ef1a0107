"""index/encoder/reader.bin from what `learn/train.py` saved: `python -m learn.pack TRAINED SITE QUESTIONS`.

Its weights are the mean of the trained ones and of those of the reader that is there (Wortsman et al. 2022, "Robust
fine-tuning of zero-shot models"): a reader that was taught more of one site reads that one better and others worse, and
the mean of both keeps most of either.

How each product rounds its factor is measured (index/encoder/quantisation.py) on labelled questions and sections of a
site.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.json_lines import read_lines
from deploy.quantise import measured
from index.encoder import packaged, reader
from index.encoder.packaged import Weights
from index.encoder.protocol import plain
from index.encoder.reader import LAYERS, MAX_PASSAGE, MAX_QUESTION, Head
from index.encoder.transformer import unigram_tokenizer
from index.reading.site import read_site

NORMS = {"aw": "aln.w", "ab": "aln.b", "ow": "oln.w", "ob": "oln.b"}
PAIRS = 400  # of a question and a section
SHARE = 0.6  # of the trained weights in the mean
# Log odds of a mean lie closer together than those of either: spread and moved as the decision has learned them.
SPREAD, MOVED = 1.2, -0.2


def student(folder: Path) -> tuple[Weights, Head]:
    """The trained weights in the names of the bundled ones, whose embeddings they share."""
    state: dict[str, NDArray[np.float32]] = {}
    for file in sorted(folder.glob("S.*.npz")):
        with np.load(file) as part:
            state |= {name: part[name].astype(np.float32) for name in part.files}
    bundled = packaged.load()
    tensors = {name: tensor for name, tensor in bundled.tensors.items() if name.startswith("emb.")}
    for name, values in state.items():
        if name.startswith("layers."):
            _, layer, rest = name.split(".", 2)
            tensors[f"l{layer}.{NORMS.get(rest, rest)}"] = np.ascontiguousarray(values).reshape(-1)
    head = Head(
        state["head.weight"][0], float(state["head.bias"][0]), state["tok.weight"][0], float(state["tok.bias"][0])
    )
    return replace(bundled, layers=LAYERS, tensors=tensors), head


def mean(trained: tuple[Weights, Head], packaged_before: tuple[Weights, Head], share: float) -> tuple[Weights, Head]:
    """Of two readers the weights between them: `share` of the first. Both have the same embeddings."""
    (weights, head), (before, head_before) = trained, packaged_before

    def between(new: NDArray[np.float32], old: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(share * new + (1 - share) * old, np.float32)

    tensors = {
        name: tensor if name.startswith("emb.") else between(packaged.floats(tensor), before.tensors[name])
        for name, tensor in weights.tensors.items()
    }
    both = Head(
        between(head.whole, head_before.whole),
        share * head.whole_bias + (1 - share) * head_before.whole_bias,
        between(head.token, head_before.token),
        share * head.token_bias + (1 - share) * head_before.token_bias,
    )
    return replace(weights, tensors=tensors), both


def spread(head: Head, by: float, moved: float) -> Head:
    """The head whose log odds are `by` times those of this one, and so much more."""
    return replace(head, whole=head.whole * np.float32(by), whole_bias=head.whole_bias * by + moved)


def sample(site: Path, questions: Path, weights: Weights) -> Iterator[list[int]]:
    """Tokens of questions, each with a section that answers it or, if none does, with another."""
    sections = {(section.lang, section.id): section for section in read_site(site).sections}
    tokenizer, (begin, end, _, _) = unigram_tokenizer(weights), weights.special

    def ids(text: str, most: int) -> list[int]:
        return list(tokenizer.encode(plain(text), add_special_tokens=False).ids[:most])

    listed = list(read_lines(questions, json.loads, "a labelled question", "Correct it."))[:PAIRS]
    others = sorted(sections)
    for number, row in enumerate(listed):
        wanted = [(row["lang"], name) for name in row["sections"] if (row["lang"], name) in sections]
        section = sections[(wanted or [others[number % len(others)]])[0]]
        passage = reader.as_text(section.path, section.title, section.text)
        yield [begin, *ids(row["question"], MAX_QUESTION), end, *ids(passage, MAX_PASSAGE), end]


if __name__ == "__main__":
    trained, site, questions = map(Path, sys.argv[1:4])
    file = Path(reader.__file__).with_name(reader.FILE)
    before, head_before, _ = reader.read(file.read_bytes(), packaged.load())
    weights, head = mean(student(trained), (before, head_before), SHARE)
    content = reader.as_bytes(weights, spread(head, SPREAD, MOVED), measured(weights, sample(site, questions, weights)))
    file.write_bytes(content)
    print(f"{file}: {len(content):,} bytes")  # noqa: T201
