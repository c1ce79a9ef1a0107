"""The bundled model as an ONNX graph whose products are of 8-bit integers (quantisation.py says of which).

Each text of a batch gets the same numbers as alone, to the bit: sums of integers are exact, and all else goes row by
row. So the texts of a batch have as many tokens each, and none is padded.
"""

import numpy as np
from numpy.typing import NDArray

from index.encoder.onnx_graph import MICROSOFT, Graph
from index.encoder.packaged import Weights, floats
from index.encoder.quantisation import Quantisation

INPUT = "embeddings"
LARGEST = 127  # of a weight; -128 is left out, so that zero lies in the middle
Matrix = NDArray[np.float32]


def bert_graph(weights: Weights, quantisation: Quantisation, saturating: bool = False) -> bytes:
    """A ModelProto: (texts, tokens, width) sums of embeddings to the last layer's, of the same shape.

    `saturating` is for processors whose sums of products with signed weights stop at 16 bits: the weights are unsigned
    there, which is slower; all sums are the same.
    """
    graph = _Bert(weights, quantisation, saturating)
    hidden = graph.node("LayerNormalization", [INPUT, *graph.norm("emb.ln")], axis=-1, epsilon=weights.epsilon)
    for layer in range(weights.layers):
        hidden = graph.layer(hidden, f"l{layer}.")
    shape = ("texts", "tokens", weights.width)
    return graph.model((INPUT, shape), (hidden, shape))


class _Bert(Graph):
    def __init__(self, weights: Weights, quantisation: Quantisation, saturating: bool) -> None:
        super().__init__()
        self._weights, self._quantisation, self._saturating = weights, quantisation, saturating

    def layer(self, hidden: str, at: str) -> str:
        """One layer of BERT: attention and two products, each with a residual and a normalisation after it."""
        attended = self.product(self.attention(hidden, at), f"{at}ao", *self.linear(f"{at}ao"))
        hidden = self.residual(attended, hidden, f"{at}aln")
        wide = self.product(self.divided(hidden, f"{at}fi"), f"{at}fi", *self.linear(f"{at}fi"))
        inner = self.divided(self.node("Gelu", [wide], MICROSOFT), f"{at}fo")
        return self.residual(self.product(inner, f"{at}fo", *self.linear(f"{at}fo")), hidden, f"{at}oln")

    def attention(self, hidden: str, at: str) -> str:
        """Query, key and value in one product. Values come divided for the product that takes their means."""
        query, key, (values, bias) = (self.linear(f"{at}{name}") for name in "qkv")
        later = self._quantisation[f"{at}ao"].divisors
        merged = zip(query, key, (values / later, bias / later), strict=True)
        matrix, biases = (np.concatenate(parts, axis=-1) for parts in merged)
        computed = self.product(self.divided(hidden, f"{at}qkv"), f"{at}qkv", matrix, biases)
        heads = self.nodes("Split", [computed], [f"{at}{name}" for name in "qkv"], axis=-1, num_outputs=3)
        return self.node("MultiHeadAttention", heads, MICROSOFT, num_heads=self._weights.heads)

    def linear(self, name: str) -> tuple[Matrix, Matrix]:
        """Weights (in, out) and bias (out,)."""
        bias = floats(self._weights.tensors[f"{name}.b"])
        return floats(self._weights.tensors[f"{name}.w"]).reshape(len(bias), -1).T, bias

    def divided(self, factor: str, name: str) -> str:
        return self.node("Mul", [factor, self.constant(f"{name}.inverse", 1 / self._quantisation[name].divisors)])

    def product(self, factor: str, name: str, matrix: Matrix, bias: Matrix) -> str:
        """`factor`, which is divided already, · (in, out) weights + bias."""
        rounding = self._quantisation[name]
        multiplied = matrix * rounding.divisors[:, None]
        scales = np.maximum(np.abs(multiplied).max(axis=0), np.finfo(np.float32).tiny) / np.float32(LARGEST)
        numbers, zeros = np.rint(multiplied / scales).astype(np.int8), np.zeros(len(bias), np.int8)
        if self._saturating:
            numbers, zeros = numbers.view(np.uint8) ^ 128, zeros.view(np.uint8) ^ 128
        step, zero = self.constant(f"{name}.step", rounding.step), self.constant(f"{name}.zero", rounding.zero)
        inputs = [
            self.node("QuantizeLinear", [factor, step, zero]),
            self.constant(f"{name}.weights", numbers),
            step,
            self.constant(f"{name}.scales", scales),
            zero,
            self.constant(f"{name}.zeros", zeros),
            self.constant(f"{name}.bias", bias),
        ]
        return self.node("MatMulIntegerToFloat", inputs, MICROSOFT)

    def residual(self, new: str, old: str, name: str) -> str:
        return self.node(
            "SkipLayerNormalization", [new, old, *self.norm(name)], MICROSOFT, epsilon=self._weights.epsilon
        )

    def norm(self, name: str) -> list[str]:
        return [self.constant(f"{name}.{part}", self._weights.tensors[f"{name}.{part}"]) for part in "wb"]
