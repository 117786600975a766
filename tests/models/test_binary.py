import numpy as np
import pytest

from minidl.gradcheck import gradcheck
from minidl.models import logistic_regression, two_layer_net
from minidl.nn import Linear, Logistic, Sequential, Tanh

X = np.random.default_rng(0).standard_normal((4, 2))


def test_the_network_is_what_the_lesson_builds_by_hand():
    rng = np.random.default_rng(0)
    by_hand = Sequential(
        Linear(2, 5, rng=rng, name="fc1"),
        Logistic(name="act1"),
        Linear(5, 1, rng=rng, name="fc2"),
        Logistic(name="act2"),
    )
    model = two_layer_net(2, 5, 1, rng=0)
    assert repr(model) == repr(by_hand)
    assert np.array_equal(model(X), by_hand(X))
    assert [layer.name for layer in model.layers] == ["fc1", "act1", "fc2", "act2"]


def test_logistic_regression_is_a_network_without_a_hidden_layer():
    by_hand = Sequential(Linear(2, 1, rng=0, name="fc"), Logistic(name="act"))
    model = logistic_regression(2, rng=0)
    assert repr(model) == repr(by_hand)
    assert np.array_equal(model(X), by_hand(X))


@pytest.mark.parametrize("model", [two_layer_net(2, 5, 3, rng=0), logistic_regression(2, rng=0)])
def test_their_gradients_are_right(model):
    assert gradcheck(model, X).ok


def test_the_untrained_network_of_the_book_gives_a_probability():
    assert 0 < two_layer_net(5, 10, 1, rng=0)(np.random.default_rng(0).random((1, 5)))[0, 0] < 1


def test_the_activation_can_be_chosen():
    assert isinstance(two_layer_net(2, 5, activation=Tanh).layers[1], Tanh)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_they_compute_in_the_dtype_asked_for(dtype):
    for model in (two_layer_net(2, 5, dtype=dtype), logistic_regression(2, dtype=dtype)):
        assert model(X).dtype == dtype


def test_the_two_layers_draw_from_one_stream():
    model = two_layer_net(3, 3, 3, rng=0)
    W1, W2 = model.layers[0].params["W"], model.layers[2].params["W"]
    assert not np.array_equal(W1, W2)
