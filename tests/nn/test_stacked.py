"""Many networks of one shape, stacked into one and taken apart again."""

import numpy as np
import pytest

from minidl.gradcheck import gradcheck
from minidl.models import FullyConnectedNet, TwoLayerNet, two_layer_net
from minidl.nn import (
    BatchNorm1d,
    Dropout,
    LeakyReLU,
    Linear,
    Logistic,
    ReLU,
    Residual,
    Sequential,
    StackedLinear,
    Tanh,
    stack,
    unstack,
)

K, N = 5, 7
RNG = np.random.default_rng(0)
X = RNG.standard_normal((N, 3))


def networks(count=K, **options):
    return [two_layer_net(3, 4, 2, rng=seed, **options) for seed in range(count)]


def states(models):
    return [model.state_dict() for model in models]


def assert_same_states(ours, others):
    for one, other in zip(ours, others, strict=True):
        assert list(one) == list(other)
        for name, array in one.items():
            np.testing.assert_array_equal(array, other[name])


def test_a_stacked_network_predicts_what_each_network_does():
    apart = np.stack([network(X) for network in networks()], axis=1)
    together = stack(networks())(X)
    assert together.shape == (N, K, 2)
    np.testing.assert_allclose(together, apart, rtol=1e-13)


def test_inputs_of_their_own_go_to_each_network():
    own = RNG.standard_normal((N, K, 3))
    apart = np.stack([net(own[:, k]) for k, net in enumerate(networks())], axis=1)
    np.testing.assert_allclose(stack(networks())(own), apart, rtol=1e-13)


def backward(network, x, grad):
    """∂L/∂x of a network, and the gradients of its parameters by name."""
    network(x)
    dx = network.backward(grad)
    return dx, {p.name: p.grad for p in network.parameters()}


@pytest.mark.parametrize("shape", [(N, 3), (N, K, 3)], ids=["shared", "own"])
def test_gradients_are_those_of_each_network(shape):
    x, grad = RNG.standard_normal(shape), RNG.standard_normal((N, K, 2))
    dx, grads = backward(stack(networks()), x, grad)
    inputs = [x if x.ndim == 2 else x[:, k] for k in range(K)]
    alone = [backward(net, inputs[k], grad[:, k]) for k, net in enumerate(networks())]
    expected = [each for each, _ in alone]
    expected = sum(expected) if x.ndim == 2 else np.stack(expected, axis=1)
    np.testing.assert_allclose(dx, expected, rtol=1e-12, atol=1e-14)
    for name, stacked in grads.items():
        each = [found[name] for _, found in alone]
        np.testing.assert_allclose(stacked, each, rtol=1e-12, atol=1e-14)


def test_a_stacked_network_of_three_outputs_passes_the_gradient_check():
    nets = [TwoLayerNet(3, 4, 2, rng=seed, activation=Tanh) for seed in range(3)]
    assert gradcheck(stack(nets), X).ok


def test_unstack_undoes_stack():
    nets = networks()
    assert_same_states(states(unstack(stack(nets))), states(nets))
    np.testing.assert_array_equal(unstack(stack(nets))[3](X), nets[3](X))


def test_networks_without_biases_are_stacked_too():
    nets = [Sequential(Linear(3, 2, bias=False, rng=seed), ReLU()) for seed in range(2)]
    model = stack(nets)
    assert repr(model.layers[0]) == "StackedLinear(2, 3, 2, bias=False)"
    assert_same_states(states(unstack(model)), states(nets))


def test_what_is_stacked_shares_no_memory_with_what_it_was_made_of():
    nets = networks(2)
    model = stack(nets)
    for parameter in model.parameters():
        parameter.value += 1
    assert_same_states(states(nets), states(networks(2)))
    before = model.state_dict()
    for network in unstack(model):
        for parameter in network.parameters():
            parameter.value += 1
    assert_same_states([model.state_dict()], [before])


def test_precision_and_names_stay():
    model = stack(networks(dtype=np.float32))
    assert model(X.astype(np.float32)).dtype == np.float32
    assert [p.name for p in model.parameters()] == ["fc1.W", "fc1.b", "fc2.W", "fc2.b"]
    (one, *_) = unstack(model)
    assert {p.value.dtype for p in one.parameters()} == {np.dtype("float32")}
    assert [layer.name for layer in one.layers] == ["fc1", "act1", "fc2", "act2"]


def test_a_flatten_at_the_front_makes_rows_of_images():
    nets = [FullyConnectedNet(12, [5], 3, rng=seed) for seed in range(K)]
    images = RNG.standard_normal((N, 3, 2, 2))
    apart = np.stack([net(images) for net in nets], axis=1)
    np.testing.assert_allclose(stack(nets)(images), apart, rtol=1e-13)


def with_dropout(seed):
    rng = np.random.default_rng(seed)
    layers = Linear(3, 4, rng=rng), ReLU(), Dropout(0.5, rng=rng), Linear(4, 2, rng=rng)
    return Sequential(*layers)


def test_each_network_drops_what_its_own_generator_says():
    nets, grad = [with_dropout(seed) for seed in range(K)], RNG.standard_normal((N, K, 2))
    model = stack([with_dropout(seed) for seed in range(K)])
    for _ in range(2):
        apart = np.stack([net(X) for net in nets], axis=1)
        np.testing.assert_allclose(model(X), apart, rtol=1e-12)
    dx = sum(net.backward(grad[:, k]) for k, net in enumerate(nets))
    np.testing.assert_allclose(model.backward(grad), dx, rtol=1e-12)


def test_dropout_goes_on_where_it_was_when_networks_are_parted():
    nets = [with_dropout(seed) for seed in range(K)]
    model = stack(nets)
    model(X)
    for net in nets:
        net(X)
    for one, net in zip(unstack(model), nets, strict=True):
        np.testing.assert_allclose(one(X), net(X), rtol=1e-12)
        net(X)


@pytest.mark.parametrize(
    ("nets", "words"),
    [
        ([], "expected networks, each a Sequential, received"),
        ([Linear(2, 1)], "expected networks, each a Sequential, received"),
        ([Sequential(Linear(2, 1)), Sequential(Linear(3, 1))], "expected networks of one shape"),
        ([Sequential(Linear(2, 1), ReLU()), Sequential(Linear(2, 1), Logistic())], "of one shape"),
        ([Sequential(LeakyReLU(0.1)), Sequential(LeakyReLU(0.2))], "of one shape"),
        ([Sequential(Dropout(0.5), Linear(2, 2))], "expected layers of Linear and activations"),
        ([Sequential(Linear(2, 2), Residual(Linear(2, 2)))], "others without parameters, received"),
        (
            [Sequential(Linear(2, 2), BatchNorm1d(2, affine=False))],
            "others without parameters, rec",
        ),
    ],
    ids=["none", "no Sequential", "sizes", "activations", "slopes", "dropout", "parts", "buffers"],
)
def test_what_cannot_be_stacked_is_refused(nets, words):
    with pytest.raises((TypeError, ValueError), match=words):
        stack(nets)


def test_layers_of_two_precisions_are_refused():
    with pytest.raises(ValueError, match="expected layers of one shape and precision, received"):
        StackedLinear([Linear(2, 1), Linear(2, 1, dtype=np.float32)])


def test_layers_of_which_some_lack_a_bias_are_refused():
    with pytest.raises(ValueError, match="expected layers of one shape and precision, received"):
        StackedLinear([Linear(2, 1), Linear(2, 1, bias=False)])


@pytest.mark.parametrize("layers", [[], [ReLU()], Linear(2, 1), None])
def test_what_is_no_list_of_affine_layers_is_refused(layers):
    with pytest.raises(TypeError, match="StackedLinear: expected layers, each a Linear, received"):
        StackedLinear(layers)
