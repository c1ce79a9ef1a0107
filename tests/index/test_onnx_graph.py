"""The graph that ONNX Runtime is given, read back with the format's own library."""

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from index import onnx_graph, packaged


@pytest.fixture(scope="module")
def weights() -> packaged.Weights:
    return packaged.load()


@pytest.fixture(scope="module")
def model(weights: packaged.Weights) -> onnx.ModelProto:
    return onnx.load_from_string(onnx_graph.graph(weights))


def test_the_format_is_kept(model: onnx.ModelProto):
    onnx.checker.check_model(model)
    assert (model.ir_version, [(one.domain, one.version) for one in model.opset_import]) == (
        10,
        [("", 18), ("com.microsoft", 1)],
    )


def test_embeddings_of_any_number_of_tokens_become_one_vector(model: onnx.ModelProto):
    shapes = [
        (one.name, [dim.dim_param or dim.dim_value for dim in one.type.tensor_type.shape.dim])
        for one in (*model.graph.input, *model.graph.output)
    ]
    assert shapes == [("embeddings", [1, "tokens", 384]), ("pooled", [1, 384])]


def test_twelve_layers_of_six_products(model: onnx.ModelProto):
    kinds = [node.op_type for node in model.graph.node]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "LayerNormalization": 1,
        "MatMulNBits": 72,
        "MultiHeadAttention": 12,
        "Gelu": 12,
        "SkipLayerNormalization": 24,
        "ReduceMean": 1,
    }


def test_every_input_of_a_node_is_there(model: onnx.ModelProto):
    known = {"", "embeddings", *(one.name for one in model.graph.initializer)}
    for node in model.graph.node:
        assert set(node.input) <= known
        known |= set(node.output)
    assert "pooled" in known


def test_attributes_keep_their_kind(model: onnx.ModelProto):
    by_kind = {node.op_type: node for node in model.graph.node}
    found = {
        (kind, one.name): helper.get_attribute_value(one) for kind, node in by_kind.items() for one in node.attribute
    }
    assert found["LayerNormalization", "axis"] == -1
    assert found["SkipLayerNormalization", "epsilon"] == pytest.approx(1e-12)
    assert found["MultiHeadAttention", "num_heads"] == 12
    assert (found["MatMulNBits", "K"], found["MatMulNBits", "N"]) == (1536, 384)


@pytest.mark.parametrize("name", ["l0.q", "l11.fo"])
def test_a_products_blocks_are_the_weights(model: onnx.ModelProto, weights: packaged.Weights, name: str):
    """As ONNX Runtime's documentation of MatMulNBits reads them: the low half of a byte comes first."""
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    blocks, scales = held[f"{name}.blocks"], held[f"{name}.scales"]
    outer, inner = blocks.shape[0], blocks.shape[1] * 32
    numbers = np.stack([blocks & 15, blocks >> 4], axis=-1).reshape(outer, -1, 32).astype(np.float32)
    read = (numbers - 8) * scales.reshape(outer, -1, 1)
    expected = packaged.floats(weights.tensors[f"{name}.w"]).reshape(outer, inner)
    np.testing.assert_array_equal(read.reshape(outer, inner), expected)
