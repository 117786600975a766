import numpy as np
import pytest

from minidl.nn import (
    Linear,
    ReLU,
    Sequential,
    Tanh,
    he_normal,
    he_uniform,
    init,
    normal,
    standard_normal,
    xavier_normal,
    xavier_uniform,
    zeros,
)

FAN_IN, FAN_OUT = 300, 200
VARIANCES = {
    standard_normal: 1,
    xavier_normal: 2 / (FAN_IN + FAN_OUT),
    xavier_uniform: 2 / (FAN_IN + FAN_OUT),
    he_normal: 2 / FAN_IN,
    he_uniform: 2 / FAN_IN,
    zeros: 0,
}
every_initializer = pytest.mark.parametrize("function", VARIANCES, ids=lambda f: f.__name__)


def test_every_initializer_is_tested():
    written = {
        name for name, f in vars(init).items() if getattr(f, "__module__", "") == init.__name__
    }
    assert written == {f.__name__ for f in VARIANCES} | {"normal", "initial_values"}


@every_initializer
def test_mean_and_variance_are_those_of_the_paper(function):
    W = function((FAN_IN, FAN_OUT), FAN_IN, FAN_OUT, np.random.default_rng(0))
    assert W.shape == (FAN_IN, FAN_OUT)
    assert W.var() == pytest.approx(VARIANCES[function], rel=0.02)
    assert abs(W.mean()) <= 0.02 * W.std() + 1e-300


@pytest.mark.parametrize(("function", "a"), [(xavier_uniform, 6 / 500), (he_uniform, 6 / 300)])
def test_uniform_draws_fill_their_interval(function, a):
    W = function((FAN_IN, FAN_OUT), FAN_IN, FAN_OUT, np.random.default_rng(0))
    assert 0.99 * np.sqrt(a) < abs(W).max() <= np.sqrt(a)


@every_initializer
def test_the_fans_decide_the_variance_whatever_the_shape(function):
    W = function((20, 5, 60, 10), FAN_IN, FAN_OUT, np.random.default_rng(0))
    assert W.shape == (20, 5, 60, 10)
    assert W.var() == pytest.approx(VARIANCES[function], rel=0.02)


@every_initializer
def test_draws_come_from_the_generator(function):
    first, again = (function((3, 4), 3, 4, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first, again)


def test_normal_has_the_deviation_it_is_given():
    W = normal(0.01)((FAN_IN, FAN_OUT), FAN_IN, FAN_OUT, np.random.default_rng(0))
    assert W.std() == pytest.approx(0.01, rel=0.02)
    assert not normal(0)((2, 3), 2, 3, np.random.default_rng(0)).any()


@pytest.mark.parametrize("std", [-1, np.nan, "1"])
def test_a_deviation_that_is_none_is_refused(std):
    with pytest.raises((ValueError, TypeError), match="std: expected a"):
        normal(std)


@pytest.mark.parametrize(("function", "activation"), [(xavier_normal, Tanh), (he_normal, ReLU)])
def test_signals_survive_ten_layers(function, activation):
    rng = np.random.default_rng(0)
    pairs = [(Linear(100, 100, weight_init=function, rng=rng), activation()) for _ in range(10)]
    y = Sequential(*[op for pair in pairs for op in pair])(rng.standard_normal((200, 100)))
    assert 0.1 < y.std() < 2
