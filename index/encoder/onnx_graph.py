"""An ONNX model as bytes: nodes, constants, one input and one output.

The file format is protocol buffers, and of onnx.proto only a few fields are needed; the package `onnx` would be 30 MB
for them at every start. A test reads the graph with it.
"""

import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

IR_VERSION, OPSET = 10, 18
FLOAT, UINT8, INT8, INT64 = 1, 2, 3, 7  # TensorProto.DataType
TYPES = {np.dtype(kind): code for kind, code in ((np.float32, FLOAT), (np.uint8, UINT8), (np.int8, INT8))}
TYPES[np.dtype(np.int64)] = INT64
MICROSOFT = "com.microsoft"  # operators that only ONNX Runtime has


class Graph:
    """Collects nodes and constants. What is computed has a name, which later nodes take as input."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, name: str, values: NDArray[np.generic] | np.generic) -> str:
        """A TensorProto of fp32, int8, uint8 or int64; returns its name."""
        dims = (_field(1, size) for size in values.shape)
        content = np.ascontiguousarray(values).tobytes()
        self._constants.append(b"".join([*dims, _field(2, TYPES[values.dtype]), _field(8, name), _field(9, content)]))
        return name

    def node(self, kind: str, inputs: Iterable[str], domain: str = "", name: str = "", **attributes: float) -> str:
        """A NodeProto with one output, whose name is returned."""
        return self.nodes(kind, inputs, [name or f"{kind}.{len(self._nodes)}"], domain, **attributes)[0]

    def nodes(
        self, kind: str, inputs: Iterable[str], outputs: list[str], domain: str = "", **attributes: float
    ) -> list[str]:
        """A NodeProto with these outputs, whose names are returned."""
        fields = [*(_field(1, name) for name in inputs), *(_field(2, name) for name in outputs)]
        fields += [_field(4, kind), _field(7, domain)]
        self._nodes.append(b"".join([*fields, *(_field(5, _attribute(*pair)) for pair in attributes.items())]))
        return outputs

    def model(self, taken: tuple[str, tuple[int | str, ...]], given: tuple[str, tuple[int | str, ...]]) -> bytes:
        """A ModelProto. Input and output are fp32 tensors: name and shape, in which a word stands for any size."""
        parts = [
            *(_field(1, node) for node in self._nodes),
            _field(2, "bundled"),
            *(_field(5, constant) for constant in self._constants),
            _field(11, _value(*taken)),
            _field(12, _value(*given)),
        ]
        sets = (("", OPSET), (MICROSOFT, 1))
        operators = (_field(8, _field(1, domain) + _field(2, version)) for domain, version in sets)
        return b"".join([_field(1, IR_VERSION), _field(7, b"".join(parts)), *operators])


def _attribute(name: str, value: float) -> bytes:
    """An AttributeProto: a whole number or fp32."""
    kind, number = (_field(3, value), 2) if isinstance(value, int) else (_field(2, value), 1)
    return _field(1, name) + kind + _field(20, number)


def _value(name: str, shape: tuple[int | str, ...]) -> bytes:
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
