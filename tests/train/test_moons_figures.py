"""The figures of the practice book's moons run, as means over seeds."""

import functools

import numpy as np
import pytest

from minidl.data import make_moons, train_dev_test_split
from minidl.losses import BCELoss
from minidl.models import logistic_regression, two_layer_net
from minidl.nn import Tanh
from minidl.optim import BatchGD
from minidl.train import Runner

SIZES = (640, 160, 200)


def moons(seed, noise, sizes=SIZES):
    X, y = make_moons(sum(sizes), noise=noise, rng=seed)
    return train_dev_test_split(X, y.reshape(-1, 1), sizes=sizes, rng=seed)


def train(model, parts, *, lr, num_epochs=1000, eval_epochs=1):
    runner = Runner(model, BatchGD(model, lr=lr), BCELoss())
    runner.train(*parts[:2], num_epochs=num_epochs, eval_epochs=eval_epochs)
    return runner


@functools.cache
def the_books_run(seed):
    """Return the runner and the test score of its best model on dev: lr 0.2, noise 0.5."""
    parts = moons(seed, 0.5)
    runner = train(two_layer_net(2, 5, 1, rng=seed), parts, lr=0.2)
    runner.best.restore(runner)
    return runner, runner.evaluate(parts[2])


def mean_over_seeds(figure):
    return np.mean([figure(*the_books_run(seed)) for seed in range(10)])


def test_the_last_train_loss_is_the_books_or_lower():
    assert mean_over_seeds(lambda runner, _: runner.history.train_loss[-1]) <= 0.4450


def test_the_best_model_on_dev_scores_the_books_test_accuracy_or_more():
    assert mean_over_seeds(lambda _, test: test[0]) >= 0.7750


def test_the_best_dev_score_is_no_worse_than_that_of_the_last_epoch():
    for seed in range(10):
        runner, _ = the_books_run(seed)
        assert runner.best.score == max(runner.history.dev_score)
        assert runner.best.step == 1 + int(np.argmax(runner.history.dev_score))


def test_the_books_run_does_not_overfit():
    def rise(runner, _):
        return runner.history.dev_loss[-1] / min(runner.history.dev_loss)

    assert mean_over_seeds(rise) < 1.05


def test_the_loss_falls_from_epoch_to_epoch_at_the_books_rate():
    for seed in range(10):
        assert (np.diff(the_books_run(seed)[0].history.train_loss) < 0).all()


@pytest.mark.parametrize(
    ("build", "low", "high"),
    [
        (lambda seed: two_layer_net(2, 5, 1, rng=seed), 0.95, 0.99),
        (lambda seed: logistic_regression(2, rng=seed), 0.84, 0.88),
    ],
    ids=["network", "logistic regression"],
)
def test_with_less_noise_and_a_higher_rate_only_the_network_solves_the_moons(build, low, high):
    scores = []
    for seed in range(4):
        parts = moons(seed, 0.2)
        scores.append(train(build(seed), parts, lr=5, eval_epochs=1000).evaluate(parts[2])[0])
    assert low <= np.mean(scores) <= high


def test_at_the_books_settings_logistic_regression_does_as_well():
    scores = []
    for seed in range(10):
        parts = moons(seed, 0.5)
        model = logistic_regression(2, rng=seed)
        runner = train(model, parts, lr=0.2, num_epochs=400, eval_epochs=400)
        scores.append(runner.evaluate(parts[2])[0])
    assert abs(np.mean(scores) - mean_over_seeds(lambda _, test: test[0])) < 0.02


def test_sixty_points_and_fifty_units_overfit():
    parts = moons(0, 0.5, (60, 200, 0))
    model = two_layer_net(2, 50, 1, activation=Tanh, rng=0)
    history = train(model, parts, lr=1, eval_epochs=10).history
    assert history.train_loss[-1] < 0.2
    assert history.dev_loss[-1] > 1.5 * min(history.dev_loss)
    assert history.train_score[-1] - history.dev_score[-1] > 0.15


def test_a_network_that_says_one_half_loses_log_two():
    model = two_layer_net(2, 5, 1, rng=0)
    model.layers[2].params["W"][:] = 0
    runner = Runner(model, BatchGD(model, lr=0.2), BCELoss())
    _, loss = runner.evaluate((np.ones((3, 2)), np.ones((3, 1))))
    assert f"{loss:.4f}" == "0.6931"
