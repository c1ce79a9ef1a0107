"""The bundled weights as transformers' own BertModel, in fp32: what the 8-bit graph is measured against.

Only measurements, `make quantisation` and a copy for other programs need it.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index.encoder import packaged
from index.encoder.packaged import Weights
from index.encoder.protocol import MAX_TOKENS
from index.encoder.transformer import unigram_tokenizer


def save_copy(folder: Path, weights: Weights) -> None:
    """Write model and tokenizer as a folder that any program of Hugging Face's reads (half a gigabyte)."""
    bert(weights).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_object=unigram_tokenizer(weights),
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=MAX_TOKENS,
    ).save_pretrained(folder)


def bert(weights: Weights) -> BertModel:
    """The encoder without a pooling layer."""
    config = BertConfig(
        vocab_size=weights.vocabulary,
        hidden_size=weights.width,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.feed_forward,
        max_position_embeddings=weights.positions,
        layer_norm_eps=weights.epsilon,
        pad_token_id=weights.special[2],
    )
    with torch.device("meta"):  # no memory and no random numbers for weights that are replaced at once
        model = BertModel(config, add_pooling_layer=False)
    shapes = {name: tensor.shape for name, tensor in model.state_dict().items()}
    state = {
        name: torch.from_numpy(_own(weights.tensors[_packaged_name(name)])).reshape(shape)
        for name, shape in shapes.items()
    }
    model.load_state_dict(state, assign=True)
    # Buffers that are not weights were made on the meta device, too.
    model.embeddings.register_buffer("position_ids", torch.arange(weights.positions)[None], persistent=False)
    model.embeddings.register_buffer(
        "token_type_ids", torch.zeros((1, weights.positions), dtype=torch.long), persistent=False
    )
    model.train(False)  # without dropout
    return model


def _own(tensor: NDArray[Any]) -> NDArray[np.float32]:
    """A tensor of the file as memory that torch may write to; one in blocks is that already."""
    return np.require(packaged.floats(tensor), requirements="W")


_PARTS = {
    "embeddings.word_embeddings.weight": "emb.word",
    "embeddings.position_embeddings.weight": "emb.pos",
    "embeddings.token_type_embeddings.weight": "emb.type",
    "embeddings.LayerNorm.weight": "emb.ln.w",
    "embeddings.LayerNorm.bias": "emb.ln.b",
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def _packaged_name(name: str) -> str:
    """`encoder.layer.3.attention.self.query.weight` is `l3.q.w` in the packaged file."""
    if name in _PARTS:
        return _PARTS[name]
    _, _, layer, part = name.split(".", 3)
    module, kind = part.rsplit(".", 1)
    return f"l{layer}.{_PARTS[module]}.{kind[0]}"
