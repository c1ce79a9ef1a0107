"""The bundled model's graph: its parts, and the numbers of its products."""

from collections import Counter

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from index.encoder import packaged, quantisation
from index.encoder.bert_graph import bert_graph


@pytest.fixture(scope="module")
def weights() -> packaged.Weights:
    return packaged.load()


@pytest.fixture(scope="module")
def model(weights: packaged.Weights) -> onnx.ModelProto:
    return onnx.load_from_string(bert_graph(weights, quantisation.packaged()))


@pytest.fixture(scope="module")
def held(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def test_twelve_layers_of_four_products(model: onnx.ModelProto):
    onnx.checker.check_model(model)
    assert Counter(node.op_type for node in model.graph.node) == {
        "LayerNormalization": 1,
        "Mul": 36,
        "QuantizeLinear": 48,
        "MatMulIntegerToFloat": 48,
        "Split": 12,
        "MultiHeadAttention": 12,
        "Gelu": 12,
        "SkipLayerNormalization": 24,
    }


def test_texts_of_any_number_and_length(model: onnx.ModelProto):
    shapes = [
        [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    ]
    assert shapes == [["texts", "tokens", 384]] * 2


def test_every_input_of_a_node_is_there(model: onnx.ModelProto):
    known = {"embeddings", *(tensor.name for tensor in model.graph.initializer)}
    for node in model.graph.node:
        assert set(node.input) <= known
        known |= set(node.output)
    assert model.graph.output[0].name in known


def test_heads_and_epsilon_are_the_models(model: onnx.ModelProto):
    by_kind = {node.op_type: node for node in model.graph.node}
    attributes = {
        kind: {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        for kind, node in by_kind.items()
    }
    assert attributes["MultiHeadAttention"] == {"num_heads": 12}
    assert attributes["SkipLayerNormalization"] == {"epsilon": pytest.approx(1e-12)}


def floats(weights: packaged.Weights, name: str) -> np.ndarray:
    bias = packaged.floats(weights.tensors[f"{name}.b"])
    return packaged.floats(weights.tensors[f"{name}.w"]).reshape(len(bias), -1).T


def read(held: dict[str, np.ndarray], name: str) -> np.ndarray:
    """(in, out) weights as the product sees them: numbers times the scale of their output."""
    return held[f"{name}.weights"].astype(np.float32) * held[f"{name}.scales"]


@pytest.mark.parametrize("name", ["l0.fi", "l11.fo"])
def test_weights_are_the_packaged_ones_times_the_divisors(held, weights: packaged.Weights, name: str):
    expected = floats(weights, name) * quantisation.packaged()[name].divisors[:, None]
    half = held[f"{name}.scales"] / 2
    assert (np.abs(read(held, name) - expected) <= half * 1.001).all()
    np.testing.assert_array_equal(held[f"{name}.inverse"], 1 / quantisation.packaged()[name].divisors)


def test_values_come_divided_for_the_product_behind_the_attention(held, weights: packaged.Weights):
    """Attention takes means of values, so a division before it is the division behind it."""
    later, before = quantisation.packaged()["l3.ao"].divisors, quantisation.packaged()["l3.qkv"].divisors
    values = floats(weights, "l3.v") / later * before[:, None]
    assert (np.abs(read(held, "l3.qkv")[:, 768:] - values) <= held["l3.qkv.scales"][768:] / 2 * 1.001).all()
    np.testing.assert_allclose(held["l3.qkv.bias"][768:], weights.tensors["l3.v.b"] / later)
    np.testing.assert_allclose(held["l3.qkv.bias"][:384], weights.tensors["l3.q.b"])
    assert "l3.ao.inverse" not in held


def test_every_output_uses_the_whole_range(held):
    for name, numbers in held.items():
        if name.endswith(".weights"):
            assert (np.abs(numbers.astype(int)).max(axis=0) == 127).all(), name


@pytest.mark.parametrize("name", ["l0.qkv", "l7.ao"])
def test_unsigned_weights_are_the_signed_ones_above_a_zero_of_128(held, weights: packaged.Weights, name: str):
    other = onnx.load_from_string(bert_graph(weights, quantisation.packaged(), saturating=True))
    unsigned = {tensor.name: numpy_helper.to_array(tensor) for tensor in other.graph.initializer}
    assert unsigned[f"{name}.weights"].dtype == np.uint8
    assert (unsigned[f"{name}.zeros"] == 128).all()
    np.testing.assert_array_equal(unsigned[f"{name}.weights"].astype(int) - 128, held[f"{name}.weights"])


def test_a_column_without_weights_stays_zero(weights: packaged.Weights):
    from dataclasses import replace

    blocks = weights.tensors["l0.fi.w"].copy()
    blocks[: 384 // packaged.WEIGHTS]["scale"] = 0
    without = replace(weights, tensors=weights.tensors | {"l0.fi.w": blocks})
    model = onnx.load_from_string(bert_graph(without, quantisation.packaged()))
    numbers = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    assert not numbers["l0.fi.weights"][:, 0].any()
    assert np.isfinite(numbers["l0.fi.scales"]).all()
