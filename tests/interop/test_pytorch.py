"""Every layer goes to PyTorch and comes back with equal outputs, or is refused by its name."""

import re
from collections import OrderedDict

import numpy as np
import pytest

from minidl import nn
from minidl.interop import from_torch, load_torch_state, to_torch, torch_state
from minidl.interop.pairs import PAIRS
from minidl.nn import BatchNorm1d, Conv2d, Dropout, Embedding, Linear, ReLU, Sequential
from minidl.op import Op
from tests.contracts.op_cases import CASES
from tests.interop.models import MODELS, SHAPES

torch = pytest.importorskip("torch")
pytestmark = [
    pytest.mark.bridge,
    pytest.mark.torch,
    pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths"),
]
DTYPES = [np.float64, np.float32]
TOLERANCE = {np.float64: 1e-12, np.float32: 5e-6}


def has_none(case):
    """Whether PyTorch has no layer that computes this."""
    lacking = (nn.HardLogistic, nn.StackedLinear, nn.StackedOps)
    return case.kind in lacking or (case.kind is nn.Swish and "beta" in case.label)


def is_known_to_differ(case):
    """PyTorch's Flatten takes no single axis; a norm without arrays has no dtype there."""
    return (case.kind is nn.Flatten and case.x.ndim == 1) or (
        case.kind is nn.LayerNorm and not case.build().params
    )


GOES = [case for case in CASES if not (has_none(case) or is_known_to_differ(case))]


def trained(case, dtype):
    """Return a case's op with buffers that have moved, still in training."""
    op = case.build(dtype)
    op(case.x)
    return op


def inputs_of(case, dtype):
    return case.x if case.takes_indices else case.x.astype(dtype)


def outputs(op, module, x):
    """Return both outputs in evaluation; the module is in it already."""
    op.eval()
    with torch.no_grad():
        return op(x), module(torch.tensor(x)).numpy()


def agree(ours, theirs, dtype):
    assert ours.dtype == theirs.dtype
    np.testing.assert_allclose(ours, theirs, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", GOES, ids=str)
def test_a_layer_goes_there_and_back(case, dtype):
    op, x = trained(case, dtype), inputs_of(case, dtype)
    module = to_torch(op)
    assert op.training
    assert not any(part.training for part in module.modules())
    agree(*outputs(op, module, x), dtype)
    back = from_torch(module)
    assert type(back) is type(op)
    assert repr(back).replace("layer", "") == repr(op).replace("layer", "")
    agree(outputs(back, module, x)[0], op(x), dtype)
    ours, again = op.state_dict(), back.state_dict()
    assert list(ours) == list(again)
    for name, array in ours.items():
        np.testing.assert_array_equal(array, again[name])
        assert array.dtype == again[name].dtype


@pytest.mark.parametrize("case", [case for case in CASES if has_none(case)], ids=str)
def test_a_layer_that_pytorch_lacks_is_named(case):
    model = Sequential(Linear(3, 3), Sequential(case.build(), name="block"))
    words = re.escape(f"to_torch: layer 'block.0', {case.build()!r}")
    with pytest.raises((TypeError, ValueError), match=words):
        to_torch(model)


def test_every_pair_has_a_case():
    assert {pair.ours for pair in PAIRS} <= {case.kind for case in CASES}
    assert len({pair.theirs for pair in PAIRS}) == len(PAIRS)


def network(dtype=np.float64):
    fc = Sequential(Linear(8, 5, rng=1, dtype=dtype, name="fc1"), ReLU(), name="head")
    return Sequential(
        Linear(6, 8, rng=0, dtype=dtype, name="body"),
        BatchNorm1d(8, dtype=dtype),
        Dropout(0.7, rng=0),
        fc,
        Linear(5, 3, bias=False, rng=2, dtype=dtype),
    )


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_norm_without_arrays_gets_the_networks_dtype(dtype):
    model = Sequential(
        Linear(2, 3, dtype=dtype), nn.LayerNorm(3, elementwise_affine=False, dtype=dtype)
    )
    back = from_torch(to_torch(model))
    assert back.layers[1].dtype == dtype
    assert back(np.ones((4, 2))).dtype == dtype


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_ready_models_go_there_and_back(model):
    x = np.random.default_rng(1).standard_normal(SHAPES[type(model)])
    model.train()
    model(x)
    module = to_torch(model)
    agree(*outputs(model, module, x), np.float64)
    agree(*outputs(from_torch(module), module, x), np.float64)


def test_residual_blocks_and_means_of_channels_can_be_saved_there(tmp_path):
    body = Sequential(Conv2d(2, 3, 3, padding="same", rng=0), ReLU(), name="body")
    block = nn.Residual(body, Conv2d(2, 3, 1, rng=1))
    model = Sequential(block, nn.GlobalAvgPool(), Linear(3, 2, rng=2))
    module = to_torch(model)
    assert list(module.state_dict())[:2] == ["0.body.0.weight", "0.body.0.bias"]
    torch.save(module, tmp_path / "model.pt")
    again = torch.load(tmp_path / "model.pt", weights_only=False)
    x = np.random.default_rng(0).standard_normal((2, 2, 5, 4))
    agree(*outputs(model, again, x), np.float64)


def test_names_and_positions_become_names_there():
    model = network()
    names = list(to_torch(model).state_dict())
    assert names[:2] == ["body.weight", "body.bias"]
    assert names[-3:] == ["head.fc1.weight", "head.fc1.bias", "4.weight"]
    assert names == list(torch_state(model))


def test_a_state_dict_goes_both_ways():
    model, other = network(), network()
    module = to_torch(model)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(1.5)
    load_torch_state(other, module.state_dict())
    x = np.random.default_rng(0).standard_normal((4, 6))
    agree(*outputs(other, module, x), np.float64)
    module.load_state_dict(torch_state(model))
    agree(*outputs(model, module, x), np.float64)


def test_a_linear_weight_is_transposed_even_if_square():
    layer = Linear(2, 2, weight_init=lambda *_: [[1, 2], [3, 4]])
    assert torch_state(layer)["weight"].tolist() == [[1, 3], [2, 4]]
    load_torch_state(layer, {"weight": torch.tensor([[5.0, 6], [7, 8]]), "bias": torch.ones(2)})
    assert layer.params["W"].tolist() == [[5, 7], [6, 8]]


def test_a_matrix_of_ones_own_keeps_its_axes():
    op = Op()
    op.params |= {"V": np.arange(6.0).reshape(2, 3), "s": np.ones((1, 3))}
    assert [array.shape for array in torch_state(op).values()] == [(2, 3), (3,)]


def test_layers_of_one_channel_keep_their_weights_axes():
    layers = [Linear(1, 1), Conv2d(1, 1, 1), Embedding(1, 1), BatchNorm1d(1)]
    shapes = [tuple(torch_state(layer)["weight"].shape) for layer in layers]
    assert shapes == [(1, 1), (1, 1, 1, 1), (1, 1), (1,)]


def test_arrays_are_copies():
    model = network()
    module, state = to_torch(model), torch_state(model)
    before = model.state_dict()
    back = from_torch(module)
    with torch.no_grad():
        for tensor in [*module.parameters(), *(t for t in state.values() if t.is_floating_point())]:
            tensor.fill_(7)
    for name, array in before.items():
        np.testing.assert_array_equal(model.state_dict()[name], array)
    assert not any((p.value == 7).any() for p in back.parameters())


def test_pytorchs_generator_stays_as_it_was():
    before = torch.get_rng_state()
    to_torch(network())
    assert torch.equal(torch.get_rng_state(), before)


def test_gradients_can_be_taken_there_and_are_the_same():
    model = network()
    module = to_torch(model).eval()
    model.eval()
    x = np.random.default_rng(0).standard_normal((4, 6))
    given = torch.tensor(x, requires_grad=True)
    module(given).sum().backward()
    np.testing.assert_allclose(model.backward(np.ones_like(model(x))), given.grad, rtol=1e-12)


@pytest.mark.parametrize("fault", ["missing", "unexpected", "misshapen"])
def test_another_networks_state_is_refused_as_a_whole(fault):
    model = network()
    before, state = model.state_dict(), torch_state(network())
    state = {name: tensor + 1 for name, tensor in state.items()}
    if fault == "missing":
        del state["4.weight"]
    elif fault == "unexpected":
        state["4.bias"] = torch.zeros(3)
    else:
        state["4.weight"] = state["4.weight"].T
    words = {"missing": "4.weight is missing", "unexpected": "4.bias is unexpected"}
    expected = words.get(fault, r"4.weight has shape \(5, 3\) and should have \(3, 5\)")
    with pytest.raises(ValueError, match=expected):
        load_torch_state(model, state)
    for name, array in model.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize("state", [None, [], to_torch], ids=["None", "list", "function"])
def test_what_is_no_state_is_refused(state):
    with pytest.raises(TypeError, match=r"expected what state_dict\(\) returned"):
        load_torch_state(network(), state)


REFUSED = {
    "nothing here": lambda t: t.nn.GELU(),
    "groups": lambda t: t.nn.Conv2d(2, 2, 3, groups=2),
    "padding_mode": lambda t: t.nn.Conv2d(2, 2, 3, padding=1, padding_mode="reflect"),
    "max_norm": lambda t: t.nn.Embedding(3, 2, max_norm=1.0),
    "track_running_stats": lambda t: t.nn.BatchNorm1d(3, track_running_stats=False),
    "min_val": lambda t: t.nn.Hardtanh(-2, 1),
    "Hardsigmoid": lambda t: t.nn.Hardsigmoid(),
    "dim": lambda t: t.nn.Softmax(),
    "keep_prob": lambda t: t.nn.Dropout(1.0),
    "dtype": lambda t: t.nn.Linear(2, 2, dtype=t.bfloat16),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_module_that_minidl_lacks_is_named(case):
    inner = REFUSED[case](torch)
    module = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Sequential(inner))
    with pytest.raises((TypeError, ValueError), match=re.escape("from_torch: layer '1.0', ")) as e:
        from_torch(module)
    assert type(inner).__name__ in str(e.value)


@pytest.mark.parametrize("named", [False, True])
def test_a_module_that_stands_in_two_places_becomes_two_layers(named):
    fc, act = torch.nn.Linear(3, 3), torch.nn.Tanh()
    parts = {"fc1": fc, "act1": act, "inner": torch.nn.Sequential(fc, act), "act2": act}
    module = (
        torch.nn.Sequential(OrderedDict(parts)) if named else torch.nn.Sequential(*parts.values())
    )
    model = from_torch(module)
    agree(*outputs(model, module, np.ones((2, 3), np.float32)), np.float32)
    assert [layer.name for layer in model.layers] == (list(parts) if named else [None] * 4)


def test_what_computes_in_a_way_of_its_own_is_refused():
    class Mine(torch.nn.Sequential):
        def forward(self, x):
            return -super().forward(x)

    class Ours(Sequential):
        def forward(self, x):
            return -super().forward(x)

    class Doubled(Linear):
        def forward(self, x):
            return 2 * super().forward(x)

    with pytest.raises(TypeError, match="from_torch: layer ''"):
        from_torch(Mine(torch.nn.ReLU()))
    for model in (Ours(ReLU()), Doubled(2, 2), Op()):
        with pytest.raises(TypeError, match="to_torch: layer ''"):
            to_torch(model)
    with pytest.raises(TypeError, match="from_torch: expected a module of PyTorch's, received Seq"):
        from_torch(network())
    with pytest.raises(TypeError, match="to_torch: expected a model"):
        to_torch(torch.nn.ReLU())


def test_a_module_elsewhere_or_in_bfloat16_gives_its_numbers():
    layer = Linear(2, 2, dtype=np.float32)
    state = {"weight": torch.eye(2, dtype=torch.bfloat16), "bias": np.ones(2)}
    load_torch_state(layer, state)
    assert layer.params["W"].tolist() == [[1, 0], [0, 1]]
    assert layer.params["b"].dtype == np.float32


def test_a_linear_module_without_bias_and_its_softplus_come_back():
    module = torch.nn.Sequential(torch.nn.Linear(3, 2, bias=False), torch.nn.Softplus(beta=2.0))
    model = from_torch(module.double())
    assert not model.training
    x = np.random.default_rng(0).standard_normal((5, 3))
    ours, theirs = outputs(model, module, x)
    np.testing.assert_allclose(ours, theirs, atol=1e-9)


def test_softplus_is_the_same_to_the_last_digits_where_pytorchs_default_is_not():
    x = np.linspace(-60, 60, 121)
    ours, theirs = outputs(model := nn.Softplus(1.0), to_torch(model), x)
    np.testing.assert_allclose(ours, theirs, rtol=1e-15)
