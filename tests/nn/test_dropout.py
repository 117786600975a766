import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.gradcheck import numerical_gradient
from minidl.losses import MSELoss
from minidl.nn import Dropout, Linear, ReLU, Sequential
from minidl.optim import BatchGD
from minidl.train import Runner

N = 200_000


@pytest.mark.parametrize("keep_prob", [0.2, 0.5, 0.8, 0.99])
def test_the_share_kept_and_the_mean_are_right(keep_prob):
    y = Dropout(keep_prob, rng=0)(np.ones(N))
    # Of N draws the share kept scatters by √(p(1 − p)/N), the mean by 1/p of that; four of these
    # are exceeded once in 16,000 seeds, and this seed is fixed.
    scatter = math.sqrt(keep_prob * (1 - keep_prob) / N)
    assert abs(np.mean(y != 0) - keep_prob) < 4 * scatter
    assert abs(y.mean() - 1) < 4 * scatter / keep_prob


def test_the_mean_over_many_passes_is_the_evaluation():
    x = np.linspace(-2, 2, 9)
    dropout = Dropout(0.7, rng=0)
    passes = np.array([dropout(x) for _ in range(20_000)])
    dropout.eval()
    scatter = np.abs(x) * math.sqrt(0.3 / 0.7 / len(passes))
    assert (np.abs(passes.mean(axis=0) - dropout(x)) <= 4 * scatter).all()


def test_neighbours_and_samples_are_dropped_independently():
    kept = Dropout(0.5, rng=0)(np.ones((500, 400))) != 0
    for one, other in [(kept[1:], kept[:-1]), (kept[:, 1:], kept[:, :-1])]:
        assert abs(np.mean(one == other) - 0.5) < 4 * math.sqrt(0.25 / one.size)


@given(st.floats(0.01, 1), st.integers(0, 1000))
def test_a_number_is_dropped_or_divided_by_the_probability(keep_prob, seed):
    x = np.linspace(-3, 3, 50)
    y = Dropout(keep_prob, rng=seed)(x)
    kept = y != 0
    assert np.allclose(y[kept], x[kept] / keep_prob, rtol=1e-15)


def test_a_probability_of_one_keeps_everything():
    x = np.linspace(-3, 3, 1000)
    dropout = Dropout(1, rng=0)
    assert np.array_equal(dropout(x), x)
    assert np.array_equal(dropout.backward(x), x)


def test_every_forward_pass_draws_a_new_mask():
    dropout, x = Dropout(0.5, rng=0), np.ones(200)
    masks = [dropout(x) for _ in range(3)]
    assert not np.array_equal(masks[0], masks[1])
    assert not np.array_equal(masks[1], masks[2])


def test_backward_takes_the_mask_of_the_last_forward_pass():
    dropout, x = Dropout(0.5, rng=0), np.ones((4, 50))
    dropout(x)
    y = dropout(x)
    assert np.array_equal(dropout.backward(x), y)
    assert np.array_equal(dropout.backward(3 * x), 3 * y)


def test_the_mask_fits_the_shape_of_each_pass():
    dropout = Dropout(0.5, rng=0)
    for shape in [(4, 3), (2, 3), (7,), (2, 3, 4)]:
        y = dropout(np.ones(shape))
        assert np.array_equal(dropout.backward(np.ones(shape)), y)


def test_evaluation_is_the_identity_forward_and_backward():
    dropout, x = Dropout(0.1, rng=0), np.linspace(-3, 3, 12).reshape(4, 3)
    dropout(x)  # whose mask must not be used
    dropout.eval()
    assert np.array_equal(dropout(x), x)
    assert np.array_equal(dropout.backward(2 * x), 2 * x)


def test_evaluation_draws_nothing():
    dropout = Dropout(0.5, rng=0)
    dropout.eval()
    dropout(np.ones(10))
    dropout.train()
    assert np.array_equal(dropout(np.ones(10)), Dropout(0.5, rng=0)(np.ones(10)))


def test_backward_after_a_switch_belongs_to_the_forward_pass_before_it():
    dropout, x = Dropout(0.5, rng=0), np.ones(100)
    y = dropout(x)
    dropout.eval()
    assert np.array_equal(dropout.backward(x), y)


def test_the_seed_decides_the_masks_and_both_precisions_share_them():
    x = np.ones(100)
    assert np.array_equal(Dropout(0.5, rng=3)(x), Dropout(0.5, rng=3)(x))
    assert not np.array_equal(Dropout(0.5, rng=3)(x), Dropout(0.5, rng=4)(x))
    assert np.array_equal(Dropout(0.5, rng=3)(x), Dropout(0.5, rng=3)(x.astype(np.float32)))


def test_a_generator_may_be_shared():
    rng = np.random.default_rng(0)
    first, second = Dropout(0.5, rng=rng), Dropout(0.5, rng=rng)
    assert first.rng is second.rng is rng
    assert not np.array_equal(first(np.ones(100)), second(np.ones(100)))


def test_the_gradients_of_a_network_are_those_of_the_thinned_network():
    dropout = Dropout(0.6, rng=0)
    fc1, fc2 = Linear(2, 8, rng=0, name="fc1"), Linear(8, 1, rng=1, name="fc2")
    model = Sequential(fc1, dropout, fc2)
    X = np.random.default_rng(2).standard_normal((5, 2))
    start = dropout.rng.bit_generator.state

    def loss(_):
        dropout.rng.bit_generator.state = start
        return float((model(X) ** 2).sum())

    numerical = {p.name: numerical_gradient(loss, p.value) for p in model.parameters()}
    loss(None)
    model.backward(2 * fc2.saved_for_backward()[1])
    for parameter in model.parameters():
        assert np.allclose(parameter.grad, numerical[parameter.name], rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("keep_prob", [0, -0.1, 1.1, math.nan, math.inf])
def test_a_probability_out_of_range_is_refused(keep_prob):
    with pytest.raises(ValueError, match="keep_prob: expected a finite number > 0 and ≤ 1, receiv"):
        Dropout(keep_prob)


@pytest.mark.parametrize("keep_prob", ["0.5", None, True])
def test_a_probability_that_is_no_number_is_refused(keep_prob):
    with pytest.raises(TypeError, match="keep_prob: expected a number, received"):
        Dropout(keep_prob)


def test_a_seed_that_is_none_is_refused():
    with pytest.raises(TypeError, match="rng: expected a seed"):
        Dropout(0.5, rng="seed")


# In training

X = np.linspace(-1, 1, 24).reshape(-1, 1)
DATA = (X, X**2)


def make_runner(seed=0, *, shared=False):
    rng = np.random.default_rng(seed)
    own = rng if shared else np.random.default_rng(seed + 1)
    model = Sequential(
        Linear(1, 8, rng=seed, name="fc1"),
        ReLU(),
        Dropout(0.8, rng=rng, name="drop1"),
        Sequential(Linear(8, 8, rng=seed, name="fc2"), Dropout(0.5, rng=rng), name="block"),
        Linear(8, 1, rng=seed, name="fc3"),
    )
    return Runner(model, BatchGD(model, lr=0.001), MSELoss(), metric=None, rng=own)


def train(runner, num_epochs):
    runner.train(DATA, DATA, num_epochs=num_epochs, batch_size=5)


def bits_of(runner):
    arrays = {name: array.tobytes() for name, array in runner.model.state_dict().items()}
    return arrays, runner.history.train_loss, runner.history.dev_loss


@pytest.mark.parametrize("shared", [False, True])
def test_a_resumed_training_draws_the_masks_that_an_unbroken_one_draws(tmp_path, shared):
    whole, first = make_runner(shared=shared), make_runner(shared=shared)
    train(whole, 6)
    train(first, 3)
    first.save_checkpoint(tmp_path / "run.npz")
    second = make_runner(seed=7, shared=shared)
    train(second, 1)
    second.resume(tmp_path / "run.npz")
    train(second, 3)
    assert bits_of(second) == bits_of(whole)


def test_evaluating_between_epochs_does_not_change_the_masks():
    plain, watched = make_runner(), make_runner()
    plain.train(DATA, num_epochs=4, batch_size=5)
    for _ in range(4):
        watched.train(DATA, DATA, num_epochs=1, batch_size=5)
        watched.predict(X)
        watched.evaluate(DATA)
    assert bits_of(plain)[:2] == bits_of(watched)[:2]


def test_predictions_do_not_change_from_call_to_call():
    runner = make_runner()
    train(runner, 2)
    assert np.array_equal(runner.predict(X), runner.predict(X))
    assert runner.model.training
