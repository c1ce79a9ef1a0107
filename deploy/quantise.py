"""index/encoder/quantisation.bin anew from a sample of texts: `python -m deploy.quantise SITE QUESTIONS`.

The sample is every sixth section of the built site and a hundred questions; only the least and the largest value of
each column of a factor count, and the large ones are the same few columns whatever a text is about.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from deploy.reference import bert
from index.encoder import packaged, quantisation
from index.encoder.protocol import PASSAGE, QUERY, plain
from index.encoder.transformer import unigram_tokenizer
from index.reading.site import read_site

FILE = Path(quantisation.__file__).with_name(quantisation.FILE)
SECTIONS, QUESTIONS = slice(None, None, 6), slice(100)
# The module whose input is the factor of a product, and the modules whose weights meet it.
PRODUCTS = {
    "qkv": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "ao": ("attention.output.dense",),
    "fi": ("intermediate.dense",),
    "fo": ("output.dense",),
}


def sample(site: Path, questions: Path) -> list[str]:
    """Texts with their prompts."""
    asked = [json.loads(line)["question"] for line in questions.read_text("utf-8").splitlines()]
    return [
        *(PASSAGE + plain(section.text) for section in read_site(site).sections[SECTIONS]),
        *(QUERY + plain(question) for question in asked[QUESTIONS]),
    ]


def tokens(texts: Iterable[str], weights: packaged.Weights) -> Iterator[list[int]]:
    """Numbers of the tokens of each text, markers included."""
    tokenizer = unigram_tokenizer(weights)
    return (tokenizer.encode(text).ids for text in texts)


def measured(weights: packaged.Weights, texts: Iterable[Sequence[int]]) -> quantisation.Quantisation:
    """By the least and the largest values that the tokens of `texts` bring about in fp32."""
    model = bert(weights)
    modules = dict(model.named_modules())
    low: dict[str, NDArray[np.float32]] = defaultdict(lambda: np.zeros(1, np.float32))
    high = low.copy()

    def watch(name: str) -> None:
        def seen(_: object, inputs: tuple[torch.Tensor, ...]) -> None:
            low[name] = np.minimum(low[name], inputs[0][0].amin(dim=0).numpy())
            high[name] = np.maximum(high[name], inputs[0][0].amax(dim=0).numpy())

        modules[name].register_forward_pre_hook(seen)

    products = {
        f"l{layer}.{product}": [f"encoder.layer.{layer}.{part}" for part in parts]
        for layer in range(weights.layers)
        for product, parts in PRODUCTS.items()
    }
    for first, *_ in products.values():
        watch(first)
    with torch.inference_mode():
        for ids in texts:
            model(input_ids=torch.tensor([ids[: weights.positions - 1]]))
    state = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    return {
        product: quantisation.rounding(
            low[names[0]], high[names[0]], np.concatenate([state[f"{name}.weight"] for name in names]).T
        )
        for product, names in products.items()
    }


if __name__ == "__main__":
    bundled = packaged.load()
    texts = sample(Path(sys.argv[1]), Path(sys.argv[2]))
    made = quantisation.as_bytes(measured(bundled, tokens(texts, bundled)))
    FILE.write_bytes(made)
    print(f"{FILE}: {len(made):,} bytes")  # noqa: T201
