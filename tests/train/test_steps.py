"""The general step: the plain one for plain batches, and all that it can do besides."""

import numpy as np
import pytest

from minidl.losses import BCELoss, MSELoss
from minidl.nn import Linear
from minidl.optim import BatchGD
from minidl.penalties import L2, WeightDecay
from minidl.train import DivergenceError, Runner
from minidl.train.steps import general_step
from tests.train.helpers import DEV, TRAIN, make_runner, noisy_model
from tests.train.test_checkpoint import everything


def noisy(penalties):
    model = noisy_model(np.random.default_rng(0))
    return Runner(model, BatchGD(model, lr=0.1), BCELoss(), penalties=penalties, rng=0)


class Searching(BatchGD):
    """Looks at several lengths of a step and takes the best, as a search along a line does."""

    needs_closure = True
    lengths = (1.0, 4.0, 1e200)

    def step(self, closure=None):
        parameters = self.param_groups[0]["params"]
        losses = [closure()]
        start = [(p.value.copy(), p.grad.copy()) for p in parameters]
        for length in (*self.lengths, None):
            best = self.lengths[int(np.nanargmin(losses[1:]))] if length is None else length
            for parameter, (value, grad) in zip(parameters, start, strict=True):
                parameter.value = value - best * self.param_groups[0]["lr"] * grad
            if length is not None:
                losses.append(closure())
        self.seen = losses


def searching(**options):
    model = Linear(2, 1, rng=0)
    X = np.random.default_rng(0).standard_normal((30, 2))
    data = (X, X @ [[1.0], [-2.0]] + 0.5)
    return Runner(model, Searching(model, lr=0.05), MSELoss(), metric=None, **options), data


@pytest.mark.parametrize("penalties", [[], [L2(0.1), WeightDecay(0.2)]], ids=["without", "with"])
def test_it_agrees_with_the_plain_step_bit_for_bit(penalties):
    plain, general = (noisy(penalties) for _ in "12")
    chosen = [(penalty, penalty.select(general.model)) for penalty in penalties]
    for _ in range(5):
        assert general_step(general, chosen, *TRAIN) == plain.train_step(*TRAIN)
    assert everything(general) == everything(plain)


def test_labels_in_a_tuple_of_one_change_nothing():
    plain, tupled = make_runner(), make_runner()
    plain.train(TRAIN, DEV, num_epochs=5)
    tupled.train((TRAIN[0], (TRAIN[1],)), (DEV[0], (DEV[1],)), num_epochs=5)
    assert tupled.history == plain.history


def test_an_optimizer_may_ask_for_the_loss_as_often_as_it_likes():
    runner, data = searching()
    runner.train(data, data, num_epochs=60)
    assert runner.step == runner.epoch == 60
    assert runner.history.dev_loss[-1] < 1e-3


def test_what_is_recorded_is_the_loss_before_the_step():
    runner, data = searching()
    _, before = runner.evaluate(data)
    runner.train(data, num_epochs=1)
    assert runner.history.train_loss == [before] == [runner.optimizer.seen[0]]
    assert not np.isfinite(runner.optimizer.seen[-1])  # a trial may go too far


def test_a_metric_is_asked_once_a_step():
    asked = []
    runner, data = searching()
    runner.metric = lambda predicts, labels: float(asked.append(1) or len(asked))
    runner.train(data, num_epochs=4)
    assert runner.history.train_score == [1, 2, 3, 4]


def test_penalties_are_part_of_what_is_asked_for():
    runner, data = searching(penalties=[L2(0.3)])
    _, bare = runner.evaluate(data)
    W = runner.model.params["W"].copy()
    runner.train(data, num_epochs=1)
    assert runner.optimizer.seen[0] == pytest.approx(bare + 0.15 * (W**2).sum())
    assert runner.history.train_loss == [bare]


def test_penalties_pull_at_the_gradients_that_are_asked_for():
    grads = {}
    for lam in (0.0, 0.3):
        runner, data = searching(penalties=[L2(lam)])
        W = runner.model.params["W"]
        runner.optimizer.step = lambda closure: closure()
        runner.train(data, num_epochs=1)
        grads[lam] = runner.model.grads["W"]
    np.testing.assert_allclose(grads[0.3], grads[0.0] + 0.3 * W)


def test_a_loss_that_is_not_finite_at_the_start_of_a_step_is_named():
    runner, data = searching()
    runner.model.params["W"][:] = np.inf
    with pytest.raises(DivergenceError, match=r"expected a finite loss, .* in epoch 1"):
        runner.train(data, num_epochs=1)


def test_an_optimizer_that_does_not_ask_is_given_no_closure():
    class Proud(BatchGD):
        def step(self, *arguments):
            assert arguments == ()
            super().step()

    model = Linear(2, 1, rng=0)
    runner = Runner(model, Proud(model, lr=0.1), BCELoss(), metric=None)
    general_step(runner, [], np.zeros((3, 2)), np.zeros((3, 1)))
    assert runner.step == 1
