"""Models as bytes, read back with the format's own library and run."""

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from index.encoder.engine import session
from index.encoder.onnx_graph import MICROSOFT, Graph

WIDE = 4


@pytest.fixture(scope="module")
def content() -> bytes:
    """Halves of a row that are swapped, normalised and added."""
    graph = Graph()
    left, right = graph.nodes("Split", ["row"], ["left", "right"], axis=-1, num_outputs=2)
    swapped = graph.node("Concat", [right, left], axis=-1)
    ones, zeros = graph.constant("ones", np.ones(WIDE, np.float32)), graph.constant("zeros", np.zeros(WIDE, np.float32))
    normal = graph.node("SkipLayerNormalization", [swapped, "row", ones, zeros], MICROSOFT, epsilon=0.5)
    graph.node("Add", [normal, graph.constant("many", np.arange(WIDE, dtype=np.float32))], name="sum")
    return graph.model(("row", (1, "tokens", WIDE)), ("sum", (1, "tokens", WIDE)))


@pytest.fixture(scope="module")
def model(content: bytes) -> onnx.ModelProto:
    return onnx.load_from_string(content)


def test_the_format_is_kept(model: onnx.ModelProto):
    onnx.checker.check_model(model)
    assert (model.ir_version, [(opset.domain, opset.version) for opset in model.opset_import]) == (
        10,
        [("", 18), ("com.microsoft", 1)],
    )


def test_what_goes_in_and_comes_out_has_its_name_and_shape(model: onnx.ModelProto):
    shapes = [
        (value.name, [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim])
        for value in (*model.graph.input, *model.graph.output)
    ]
    assert shapes == [("row", [1, "tokens", WIDE]), ("sum", [1, "tokens", WIDE])]


def test_nodes_take_what_earlier_ones_give(model: onnx.ModelProto):
    assert [(node.op_type, list(node.input), list(node.output)) for node in model.graph.node] == [
        ("Split", ["row"], ["left", "right"]),
        ("Concat", ["right", "left"], ["Concat.1"]),
        ("SkipLayerNormalization", ["Concat.1", "row", "ones", "zeros"], ["SkipLayerNormalization.2"]),
        ("Add", ["SkipLayerNormalization.2", "many"], ["sum"]),
    ]


def test_attributes_keep_their_kind(model: onnx.ModelProto):
    held = {
        (node.op_type, attribute.name): helper.get_attribute_value(attribute)
        for node in model.graph.node
        for attribute in node.attribute
    }
    assert held == {
        ("Split", "axis"): -1,
        ("Split", "num_outputs"): 2,
        ("Concat", "axis"): -1,
        ("SkipLayerNormalization", "epsilon"): 0.5,
    }


@pytest.mark.parametrize(
    "values",
    [
        np.array([[1.5, -2], [0, 3]], np.float32),
        np.array([-128, 127], np.int8),
        np.array([0, 255], np.uint8),
        np.array([-1, 1 << 40]),
        np.float32(0.25),
        np.uint8(128),
        np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
    ],
)
def test_constants_keep_type_shape_and_values(values: np.ndarray):
    graph = Graph()
    graph.constant("kept", values)
    read = onnx.load_from_string(graph.model(("in", (1,)), ("in", (1,))))
    array = numpy_helper.to_array(read.graph.initializer[0])
    assert (array.dtype, array.shape) == (values.dtype, values.shape)
    np.testing.assert_array_equal(array, values)


def test_the_runtime_computes_it(content: bytes):
    row = np.array([[[1, 2, 3, 6]]], np.float32)
    swapped = row[..., [2, 3, 0, 1]] + row
    normal = (swapped - swapped.mean()) / np.sqrt(swapped.var() + 0.5)
    np.testing.assert_allclose(session(content).run(None, {"row": row})[0], normal + np.arange(WIDE), rtol=1e-5)
