"""The reader: question and section together through layers of the bundled encoder.

It is a cross-encoder (Nogueira and Cho 2019) with two heads: one says whether the section answers the whole question,
one of each token whether it belongs to what the section leaves out. The embeddings stay those of the packaged weights.
"""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.encoder.packaged import Weights, floats

SPREAD = 0.02  # of the heads' first weights, as BERT's


class Layer(nn.Module):
    """One layer of BERT with the packaged weights of layer `number`."""

    def __init__(self, weights: Weights, number: int, dropout: float) -> None:
        super().__init__()
        self.heads = weights.heads
        product = ("q", "k", "v", "ao", "fi", "fo")
        self.q, self.k, self.v, self.ao, self.fi, self.fo = (_linear(weights, f"l{number}.{name}") for name in product)
        self.aln, self.oln = (_norm(weights, f"l{number}.{name}") for name in ("aln", "oln"))
        self.drop = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """(texts, tokens, width) to the same; `mask` is true where there is a token."""
        texts, tokens, width = hidden.shape

        def split(values: Tensor) -> Tensor:
            return values.view(texts, tokens, self.heads, width // self.heads).transpose(1, 2)

        queries, keys, values = split(self.q(hidden)), split(self.k(hidden)), split(self.v(hidden))
        attended = functional.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(texts, tokens, width)
        hidden = self.aln(hidden + self.drop(self.ao(attended)))
        out: Tensor = self.oln(hidden + self.drop(self.fo(functional.gelu(self.fi(hidden)))))
        return out


class Reader(nn.Module):
    """The first layers of the packaged weights, and two new heads."""

    word: Tensor
    place: Tensor
    norm_weight: Tensor
    norm_bias: Tensor

    def __init__(self, weights: Weights, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        width, self.epsilon = weights.width, weights.epsilon
        types = _tensor(weights, "emb.type", width)[0]
        for name, values in (
            ("word", _tensor(weights, "emb.word", width)),
            ("place", _tensor(weights, "emb.pos", width) + types),
            ("norm_weight", _tensor(weights, "emb.ln.w", width)[0]),
            ("norm_bias", _tensor(weights, "emb.ln.b", width)[0]),
        ):
            self.register_buffer(name, values, persistent=False)  # frozen, and no part of what is saved
        self.head, self.tok = nn.Linear(2 * width, 1), nn.Linear(width, 1)
        for head in (self.head, self.tok):
            nn.init.normal_(head.weight, 0, SPREAD)
            nn.init.zeros_(head.bias)
        self.layers = nn.ModuleList(Layer(weights, number, dropout) for number in range(layers))
        self.drop = nn.Dropout(dropout)

    def forward(self, ids: Tensor, question: Tensor, length: Tensor) -> tuple[Tensor, Tensor]:
        """Logits: of "answers the whole question", (texts,), and of "is left out", (texts, tokens).

        `question` and `length` are the numbers of tokens of each question and of each whole text.
        """
        width = self.word.shape[1]
        hidden = functional.layer_norm(
            self.word[ids] + self.place[: ids.shape[1]], (width,), self.norm_weight, self.norm_bias, self.epsilon
        )
        hidden = self.drop(hidden)
        place = torch.arange(ids.shape[1], device=ids.device)
        mask = (place < length[:, None])[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        asked = ((place >= 1) & (place <= question[:, None])).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * asked).sum(1) / asked.sum(1).clamp(min=1)
        both = torch.cat([hidden[:, 0], mean], -1)
        return self.head(both)[:, 0].float(), self.tok(hidden)[..., 0].float()

    def saved(self) -> dict[str, NDArray[np.float16]]:
        """The trained weights in the names that learn/pack.py reads."""
        return {_saved_name(name): values.half().cpu().numpy() for name, values in self.state_dict().items()}


def first_layers(teacher: Reader, student: Reader) -> None:
    """The student begins as the teacher's first layers with its heads."""
    state = teacher.state_dict()
    student.load_state_dict({name: state[name] for name in student.state_dict()})


def _saved_name(name: str) -> str:
    if not name.startswith("layers."):
        return name
    layer, part, kind = name.removeprefix("layers.").split(".")
    kind = kind[0]  # w, b
    return f"layers.{layer}.{part[0]}{kind}" if part.endswith("ln") else f"layers.{layer}.{part}.{kind}"


def _tensor(weights: Weights, name: str, width: int) -> Tensor:
    return torch.tensor(floats(weights.tensors[name]).reshape(-1, width))


def _filled(module: Any, weights: Weights, name: str) -> Any:
    with torch.no_grad():
        for parameter, kind in ((module.weight, "w"), (module.bias, "b")):
            values = torch.tensor(floats(weights.tensors[f"{name}.{kind}"]))
            parameter.copy_(values.reshape(parameter.shape))
    return module


def _linear(weights: Weights, name: str) -> nn.Linear:
    outputs = weights.tensors[f"{name}.b"].size
    inputs = floats(weights.tensors[f"{name}.w"]).size // outputs
    linear: nn.Linear = _filled(nn.Linear(inputs, outputs), weights, name)
    return linear


def _norm(weights: Weights, name: str) -> nn.LayerNorm:
    norm: nn.LayerNorm = _filled(nn.LayerNorm(weights.width, weights.epsilon), weights, name)
    return norm
