"""Every layer as ONNX computes in onnxruntime what it predicts here."""

import numpy as np
import pytest

from minidl.interop import save_onnx, to_onnx
from minidl.interop.onnx_nodes import NODES, SINGLE_ONLY
from minidl.nn import (
    BatchNorm1d,
    Conv2d,
    Dropout,
    Embedding,
    Linear,
    ReLU,
    Sequential,
    Softmax,
    StackedLinear,
    StackedOps,
)
from minidl.op import Op
from tests.contracts.op_cases import CASES
from tests.interop.models import MODELS, SHAPES

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")
pytestmark = pytest.mark.bridge
TOLERANCE = {"float64": 1e-12, "float32": 5e-6}


def run(proto, x):
    """Return what onnxruntime computes of it."""
    data = proto if isinstance(proto, str) else proto.SerializeToString()
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    return session.run(["y"], {"x": x})[0]


def agree(model, proto, x, dtype):
    was = model.training
    model.eval()
    ours, theirs = model(x), run(proto, x)
    assert theirs.dtype == dtype
    np.testing.assert_allclose(theirs, ours, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])
    if was:
        model.train()


def runs(case, dtype):
    """Whether onnxruntime computes this layer's nodes in this precision."""
    proto = to_onnx(case.build(np.float32), case.x, dtype=np.float32)
    kinds = {node.op_type for node in proto.graph.node}
    return dtype == "float32" or not kinds & SINGLE_ONLY


def can_be_written(case):
    """Whether there is a way to write a layer; stacked networks are taken apart before."""
    return case.kind not in (StackedLinear, StackedOps)


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("case", [case for case in CASES if can_be_written(case)], ids=str)
def test_a_layer_computes_the_same(case, dtype):
    op = case.build(np.dtype(dtype).type)
    x = case.x if case.takes_indices else case.x.astype(dtype)
    op(x)  # in training: running statistics move
    if not runs(case, dtype):
        with pytest.raises(ValueError, match=r"to_onnx: .*expected float32.*try dtype='float32'"):
            to_onnx(op, x)
        return
    agree(op, to_onnx(op, x), x, dtype)
    agree(op, to_onnx(op, x), np.concatenate([x, x[:1]]), dtype)  # any number of samples


@pytest.mark.parametrize("case", [case for case in CASES if not can_be_written(case)], ids=str)
def test_a_layer_that_cannot_be_written_is_named(case):
    with pytest.raises(TypeError, match="expected a layer that can be written, received Stacked"):
        to_onnx(case.build(), case.x)


def test_every_node_has_a_case():
    assert set(NODES) <= {case.kind for case in CASES}


@pytest.mark.parametrize("dtype", TOLERANCE)
def test_extremes_stay_finite_and_equal(dtype):
    x = np.array([[1e3, -1e3, 0.0], [50.0, -50.0, -0.0]], dtype=dtype)
    for case in CASES:
        op = case.build()
        if case.x.shape == (4, 3) and case.x.dtype.kind == "f" and not op.state_dict():
            agree(op, to_onnx(op, x), x, dtype)


def network(dtype=np.float64):
    return Sequential(
        Linear(6, 8, rng=0, dtype=dtype),
        BatchNorm1d(8, dtype=dtype),
        ReLU(),
        Dropout(0.5, rng=0),
        Sequential(Linear(8, 3, rng=1, dtype=dtype), Softmax(1), name="head"),
    )


@pytest.mark.parametrize("dtype", TOLERANCE)
def test_it_is_always_the_model_in_evaluation_and_leaves_it_in_training(dtype):
    model = network(dtype)
    x = np.random.default_rng(0).standard_normal((20, 6)).astype(dtype)
    model(x)
    before = model.state_dict()
    state = model.layers[3].rng.bit_generator.state
    proto = to_onnx(model, x)
    assert all(op.training for _, op in model.named_layers())
    assert model.layers[3].rng.bit_generator.state == state
    for name, array in model.state_dict().items():
        np.testing.assert_array_equal(array, before[name])
    agree(model, proto, x, dtype)


def test_the_precision_can_be_chosen():
    model, x = network(), np.random.default_rng(0).standard_normal((4, 6))
    model.eval()
    y = run(to_onnx(model, x, dtype="float32"), x.astype(np.float32))
    assert y.dtype == np.float32
    np.testing.assert_allclose(y, model(x), atol=1e-6)
    with pytest.raises((TypeError, ValueError), match="dtype"):
        to_onnx(model, x, dtype=np.float16)


def test_images_go_through_convolutions():
    conv = Conv2d(2, 3, (3, 2), stride=2, padding=(0, 1), rng=0, dtype=np.float32)
    model = Sequential(conv, ReLU(), Conv2d(3, 1, 2, rng=1, dtype=np.float32))
    x = np.random.default_rng(0).standard_normal((4, 2, 9, 8)).astype(np.float32)
    agree(model, to_onnx(model, x[:1]), x, "float32")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_ready_models_compute_the_same_in_single_precision(model):
    x = np.random.default_rng(1).standard_normal(SHAPES[type(model)]).astype(np.float32)
    model.eval()
    found = run(to_onnx(model, x[:2], dtype="float32"), x)
    np.testing.assert_allclose(found, model(x), rtol=1e-4, atol=1e-5)


def test_words_go_in_as_whole_numbers():
    model = Sequential(Embedding(5, 4, rng=0), Linear(4, 2, rng=0))
    words = np.array([[1, 0, 4], [2, 2, 3]])
    proto = to_onnx(model, words.tolist())
    agree(model, proto, words, "float64")
    assert proto.graph.input[0].type.tensor_type.elem_type == onnx.TensorProto.INT64


def test_a_file_is_run_and_replaced(tmp_path):
    path = tmp_path / "new" / "model.onnx"
    for seed in (0, 1):
        model = Sequential(Linear(3, 2, rng=seed), ReLU())
        x = np.ones((4, 3))
        save_onnx(model, path, x)
        np.testing.assert_allclose(run(str(path), x), model(x))
    assert [p.name for p in path.parent.iterdir()] == ["model.onnx"]


def test_nothing_is_written_of_a_model_that_cannot_be(tmp_path):
    with pytest.raises(TypeError, match="to_onnx: expected a layer that can be written, received"):
        save_onnx(
            Sequential(ReLU(), Sequential(type("Mine", (ReLU,), {})())), tmp_path / "m", [[1.0]]
        )
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_model_or_no_input_is_refused():
    class Mine(Sequential):
        def forward(self, x):
            return -super().forward(x)

    with pytest.raises(TypeError, match="to_onnx: expected a model, received 'fc'"):
        to_onnx("fc", [[1.0]])
    with pytest.raises(TypeError, match="expected a layer that can be written"):
        to_onnx(Mine(ReLU()), [[1.0]])
    with pytest.raises(NotImplementedError):
        to_onnx(Op(), [[1.0]])
    with pytest.raises(ValueError, match=r"expected inputs of shape \(N, 6\)"):
        to_onnx(network(), np.ones((2, 5)))
    with pytest.raises(ValueError, match="x"):
        to_onnx(network(), [[np.nan] * 6])


def test_whole_numbers_are_taken_as_fractions_by_other_layers():
    model = Sequential(Linear(2, 2, rng=0))
    agree(model, to_onnx(model, [[1, 2]]), np.array([[1.0, 2.0]]), "float64")
