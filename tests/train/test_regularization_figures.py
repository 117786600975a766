"""The regularized fits of a noisy quadratic: each ends with a smaller gap than the plain one.

The network 1-128-256-1 with ReLU and dropout after the layer of 256, float32, weights by He's
rule, the first layer's biases uniform in [−1, 1]; 30 training and 500 dev points of
y = x² + noise with standard deviation 0.4; gradient descent on the whole set at rate 0.01; L2
with λ = 0.01, that is a damping of 0.0001 a step, or dropout with keep probability 0.8. The gap
is the dev loss minus the training loss, both in evaluation.

Gaps (mean over seeds 0–9) and what a method takes off the plain fit's gap (paired, mean ± standard
error, number of seeds in which it is smaller), as measured:

=====  =====  ====================  ====================
steps  plain  L2                    dropout
=====  =====  ====================  ====================
 1500  0.097  0.012 ± 0.002, 10/10  0.016 ± 0.003, 10/10
 2000  0.104  0.017 ± 0.003, 10/10  0.019 ± 0.004, 10/10
 4000  0.121  0.034 ± 0.006, 10/10  0.022 ± 0.004, 10/10
=====  =====  ====================  ====================

The tests run 1500 steps, which take them ten seconds.
"""

import functools
import math

import numpy as np
import pytest

from minidl.data import make_quadratic
from minidl.losses import MSELoss
from minidl.nn import Dropout, Linear, ReLU, Sequential, he_normal
from minidl.optim import BatchGD
from minidl.penalties import L2, WeightDecay
from minidl.train import Runner

pytestmark = pytest.mark.once

STEPS, LR, LAM, KEEP_PROB, NOISE = 1500, 0.01, 0.01, 0.8, 0.4
SEEDS = range(10)
METHODS = {
    "plain": {},
    "L2": {"penalties": [L2(LAM)]},
    "dropout": {"keep_prob": KEEP_PROB},
}


def spread(shape, fan_in, fan_out, rng):
    return rng.uniform(-1, 1, shape)


def network(seed, keep_prob):
    rng = np.random.default_rng(seed)
    he = {"weight_init": he_normal, "rng": rng, "dtype": np.float32}
    return Sequential(
        Linear(1, 128, bias_init=spread, **he),
        ReLU(),
        Linear(128, 256, **he),
        ReLU(),
        Dropout(keep_prob, rng=rng),
        Linear(256, 1, **he),
    )


def samples(size, rng):
    X, y = make_quadratic(size, noise=NOISE, rng=rng)
    return X.astype(np.float32), y.reshape(-1, 1).astype(np.float32)


def train(seed, *, keep_prob=1.0, penalties=(), steps=STEPS):
    rng = np.random.default_rng(seed)
    sets = samples(30, rng), samples(500, rng)
    model = network(seed, keep_prob)
    runner = Runner(model, BatchGD(model, lr=LR), MSELoss(), metric=None, penalties=penalties)
    runner.train(sets[0], num_epochs=steps)
    return runner, sets


@functools.cache
def losses(method):
    """Return the losses on train and dev, a row a seed."""
    runs = [train(seed, **METHODS[method]) for seed in SEEDS]
    return np.array([[runner.evaluate(part)[1] for part in sets] for runner, sets in runs])


def gaps(method):
    train_losses, dev_losses = losses(method).T
    return dev_losses - train_losses


def mean_and_error(values):
    return np.mean(values), np.std(values, ddof=1) / math.sqrt(len(values))


def test_the_plain_fit_is_closer_to_its_points_than_the_curve_they_lie_around():
    train_losses, dev_losses = losses("plain").T
    assert train_losses.mean() < 0.7 * NOISE**2
    assert dev_losses.mean() > 1.2 * NOISE**2


@pytest.mark.parametrize(("method", "least"), [("L2", 0.007), ("dropout", 0.008)])
def test_each_method_makes_the_gap_smaller(method, least):
    smaller = gaps("plain") - gaps(method)
    mean, error = mean_and_error(smaller)
    assert (smaller > 0).sum() >= 9
    assert mean > 3 * error
    assert mean > least


@pytest.mark.parametrize("method", ["L2", "dropout"])
def test_each_method_gains_on_dev_and_pays_on_train(method):
    gain = losses("plain") - losses(method)
    assert gain[:, 0].mean() < 0 < gain[:, 1].mean()


def test_damping_the_weights_is_the_same_fit_as_the_penalty():
    _, sets = train(0, steps=1)
    as_penalty, as_damping = (
        train(0, penalties=[penalty], steps=200)[0] for penalty in (L2(LAM), WeightDecay(LR * LAM))
    )
    assert as_damping.evaluate(sets[1])[1] == pytest.approx(
        as_penalty.evaluate(sets[1])[1], rel=1e-3
    )
