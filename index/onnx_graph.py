"""The bundled model as an ONNX graph whose products run on its 4-bit blocks as they are.

`MatMulNBits` of ONNX Runtime takes blocks of 32 weights with one scale, which is what the packaged file holds, and
rounds the other factor to 8 bits per block. Nothing is converted but the order of the nibbles.

The file format is protocol buffers, and of onnx.proto only a few fields are needed; the package `onnx` would be 30 MB
for them at every start. A test reads the graph with it.
"""

import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.packaged import WEIGHTS, Weights, nibbles

IR_VERSION, OPSET = 10, 18
FLOAT, UINT8, INT64 = 1, 2, 7  # TensorProto.DataType
MICROSOFT = "com.microsoft"  # operators that only ONNX Runtime has
TYPES = {np.dtype(np.float32): FLOAT, np.dtype(np.uint8): UINT8, np.dtype(np.int64): INT64}
INPUT, OUTPUT = "embeddings", "pooled"


def graph(weights: Weights) -> bytes:
    """A ModelProto: (1, tokens, width) sums of embeddings to the (1, width) mean of the last layer's tokens."""
    made = _Graph(weights)
    hidden = made.node("LayerNormalization", [INPUT, *made.norm("emb.ln")], axis=-1, epsilon=weights.epsilon)
    for layer in range(weights.layers):
        hidden = made.layer(hidden, f"l{layer}.")
    made.node("ReduceMean", [hidden, made.constant("axes", np.array([1]))], name=OUTPUT, keepdims=0)
    return made.model()


class _Graph:
    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def layer(self, hidden: str, at: str) -> str:
        """One layer of BERT: attention and two products, each with a residual and a normalisation after it."""
        wide = self._weights.width
        heads = [self.product(hidden, f"{at}{one}", wide) for one in "qkv"]
        attended = self.node("MultiHeadAttention", heads, MICROSOFT, num_heads=self._weights.heads)
        hidden = self.residual(self.product(attended, f"{at}ao", wide), hidden, f"{at}aln")
        inner = self.node("Gelu", [self.product(hidden, f"{at}fi", wide)], MICROSOFT)
        return self.residual(self.product(inner, f"{at}fo", self._weights.feed_forward), hidden, f"{at}oln")

    def product(self, factor: str, name: str, inner: int) -> str:
        """`factor` · weightsᵀ + bias."""
        blocks = self._weights.tensors[f"{name}.w"]
        outer, numbers = len(blocks) * WEIGHTS // inner, nibbles(blocks)
        packed = (numbers[:, 0::2] | numbers[:, 1::2] << 4).reshape(outer, inner // WEIGHTS, WEIGHTS // 2)
        inputs = [
            factor,
            self.constant(f"{name}.blocks", packed),
            self.constant(f"{name}.scales", blocks["scale"].astype(np.float32)),
            "",  # zero points: 8
            "",  # order of the columns: as they are
            self.constant(f"{name}.bias", self._weights.tensors[f"{name}.b"]),
        ]
        sizes = {"K": inner, "N": outer, "bits": 4, "block_size": WEIGHTS, "accuracy_level": 4}  # the factor in 8 bits
        return self.node("MatMulNBits", inputs, MICROSOFT, "", **sizes)

    def residual(self, new: str, old: str, name: str) -> str:
        inputs = [new, old, *self.norm(name)]
        return self.node("SkipLayerNormalization", inputs, MICROSOFT, epsilon=self._weights.epsilon)

    def norm(self, name: str) -> list[str]:
        return [self.constant(f"{name}.{one}", self._weights.tensors[f"{name}.{one}"]) for one in "wb"]

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """A TensorProto."""
        dims = (_field(1, size) for size in values.shape)
        self._constants.append(
            b"".join([*dims, _field(2, TYPES[values.dtype]), _field(8, name), _field(9, values.tobytes())])
        )
        return name

    def node(self, kind: str, inputs: Iterable[str], domain: str = "", name: str = "", **attributes: float) -> str:
        """A NodeProto with one output, whose name is returned."""
        name = name or f"{kind}.{len(self._nodes)}"
        fields = [_field(1, one) for one in inputs] + [_field(2, name), _field(4, kind), _field(7, domain)]
        self._nodes.append(b"".join([*fields, *(_field(5, _attribute(*one)) for one in attributes.items())]))
        return name

    def model(self) -> bytes:
        wide = self._weights.width
        parts = [
            *(_field(1, one) for one in self._nodes),
            _field(2, "bundled"),
            *(_field(5, one) for one in self._constants),
            _field(11, _value(INPUT, 1, "tokens", wide)),
            _field(12, _value(OUTPUT, 1, wide)),
        ]
        sets = (("", OPSET), (MICROSOFT, 1))
        operators = (_field(8, _field(1, domain) + _field(2, version)) for domain, version in sets)
        return b"".join([_field(1, IR_VERSION), _field(7, b"".join(parts)), *operators])


def _attribute(name: str, value: float) -> bytes:
    """An AttributeProto: a whole number or fp32."""
    kind, number = (_field(3, value), 2) if isinstance(value, int) else (_field(2, value), 1)
    return _field(1, name) + kind + _field(20, number)


def _value(name: str, *shape: int | str) -> bytes:
    """A ValueInfoProto of an fp32 tensor."""
    dims = (_field(1, _field(1, size) if isinstance(size, int) else _field(2, size)) for size in shape)
    return _field(1, name) + _field(2, _field(1, _field(1, FLOAT) + _field(2, b"".join(dims))))


def _field(number: int, value: int | float | str | bytes) -> bytes:
    """One field of a message: a varint, a float, or bytes with their length."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value & 0xFFFFFFFFFFFFFFFF)
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    groups = []
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    return bytes([*groups, value])
