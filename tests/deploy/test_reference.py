"""The same weights in fp32: what the 8-bit vectors are compared with, and a copy for other programs."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.encoder import packaged
from index.encoder.bundled import BundledEncoder
from index.encoder.protocol import MAX_TOKENS, PASSAGE, QUERY, plain

pytestmark = pytest.mark.slow

# Of other subjects, scripts and shapes than the sample that the rounding was made with.
STRANGE = [
    "Wie kann ich meinen Cluster aktualisieren, wenn er kubenet benutzt?",
    "Le paquet ne s'installe pas sous Windows, que faire ?",
    "如何升级集群？网络插件有什么区别",
    "Почему под не запускается",
    "def main():\n    return [x for x in range(10)]",
    "ls -la /etc | grep conf && echo $?",
    "源氏物語は平安時代中期に成立した長編物語である。",
    "The mitochondrion is the powerhouse of the cell. " * 12,
    "1234567890",
    "?",
]


def reference(texts: list[str], weights: packaged.Weights) -> np.ndarray:
    """(texts, 384) unit vectors in fp32; what is too long is cut before its end mark."""
    import torch

    from deploy.reference import bert
    from index.encoder.transformer import unigram_tokenizer

    model, tokenizer = bert(weights), unigram_tokenizer(weights)
    rows = [tokenizer.encode(text).ids for text in texts]
    cut = [ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]] for ids in rows]
    with torch.inference_mode():
        means = np.array([model(input_ids=torch.tensor([ids])).last_hidden_state[0].mean(dim=0).numpy() for ids in cut])
    return means / np.linalg.norm(means, axis=1, keepdims=True)


@pytest.mark.nightly
def test_eight_bits_keep_the_vectors(root: Path):
    lines = (root / "tests/data/questions.jsonl").read_text("utf-8").splitlines()
    questions = [plain(json.loads(line)["question"]) for line in lines[::5]]
    encoder = BundledEncoder()
    for texts, prompt, embed, mean, least in (
        (questions, QUERY, encoder.queries, 0.9993, 0.998),
        (STRANGE, PASSAGE, encoder.passages, 0.9985, 0.997),
    ):
        expected = reference([prompt + text for text in texts], packaged.load())
        cosines = np.einsum("nd,nd->n", embed(texts), expected)
        assert (cosines.mean() >= mean, cosines.min() >= least) == (True, True), cosines


def test_a_saved_copy_is_read_by_the_library_alone(tmp_path: Path):
    """Of the first pieces and layers: the whole would be half a gigabyte to write and to read."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling

    from deploy.reference import save_copy

    whole, pieces = packaged.load(), 5000
    words = whole.tensors["emb.word"][: pieces * whole.width // packaged.WEIGHTS]
    weights = replace(
        whole,
        layers=2,
        vocabulary=pieces,
        pieces=whole.pieces[:pieces],
        scores=whole.scores[:pieces],
        tensors=whole.tensors | {"emb.word": words},
    )
    save_copy(tmp_path, weights)
    parts = [Transformer(str(tmp_path), model_kwargs={"add_pooling_layer": False}), Pooling(384, "mean")]
    texts = [f"{QUERY}{text}" for text in (*STRANGE, "", "The subnet of the gateway is a /24. " * 60)]
    read = SentenceTransformer(modules=parts, device="cpu").encode(
        texts, batch_size=4, normalize_embeddings=True, show_progress_bar=False
    )
    expected = reference(texts, weights)
    np.testing.assert_allclose(np.einsum("nd,nd->n", read, expected), 1, atol=1e-5)
    assert np.linalg.matrix_rank(expected) > 5, "the texts have vectors of their own"
