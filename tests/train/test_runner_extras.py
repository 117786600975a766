import time

import numpy as np
import pytest

from minidl.losses import BCELoss, MSELoss
from minidl.metrics import mean_absolute_error, r2_score
from minidl.models import two_layer_net
from minidl.nn import Linear
from minidl.optim import BatchGD
from minidl.penalties import L1, L2, WeightDecay
from minidl.train import Listener, Runner
from tests.train.helpers import DEV, TRAIN, make_runner


def parameters_after(num_epochs=5, lr=0.5, **options):
    runner = make_runner(lr=lr, **options)
    runner.train(TRAIN, num_epochs=num_epochs)
    return runner.model.state_dict()


def test_a_penalty_acts_between_gradients_and_step():
    """θ ← θ − α·(∂R/∂θ + λ·θ), written out."""
    model = two_layer_net(2, 3, 1, rng=0)
    loss_fn = BCELoss()
    for _ in range(5):
        loss_fn(model(TRAIN[0]), TRAIN[1])
        model.backward(loss_fn.backward())
        for parameter in model.parameters():
            pull = 0.1 * parameter.value if parameter.name.endswith("W") else 0.0
            parameter.value -= 0.5 * (parameter.grad + pull)
    penalized = parameters_after(penalties=[L2(0.1)])
    for name, value in model.state_dict().items():
        np.testing.assert_allclose(penalized[name], value, rtol=1e-12)


def test_several_penalties_act_in_turn():
    assert not np.allclose(
        parameters_after(penalties=[L1(0.01), L2(0.1)])["fc1.W"],
        parameters_after(penalties=[L2(0.1)])["fc1.W"],
    )


def test_decay_with_damping_lr_times_lambda_is_l2_until_the_rate_changes():
    class Halve(Listener):
        def on_epoch_end(self, runner):
            if runner.epoch == 3:
                runner.optimizer.param_groups[0]["lr"] /= 2

    for listeners, same in (((), True), ([Halve()], False)):
        term = parameters_after(lr=0.5, penalties=[L2(0.1)], listeners=listeners)
        decay = parameters_after(lr=0.5, penalties=[WeightDecay(0.05)], listeners=listeners)
        assert np.allclose(term["fc1.W"], decay["fc1.W"], rtol=1e-12) == same


def test_recorded_losses_leave_the_penalty_out():
    runner = make_runner(penalties=[L2(10.0)])
    before = runner.evaluate(TRAIN)[1]
    runner.train(TRAIN, num_epochs=1)
    assert runner.history.train_loss == [before]


def test_a_pattern_that_names_nothing_is_refused_at_once():
    with pytest.raises(ValueError, match=r"expected parameters that match 'conv'.*fc1\.W"):
        make_runner(penalties=[L2(0.1, "conv")])


# The rate and the time


def test_the_history_has_the_learning_rate_of_each_epoch():
    class Decay(Listener):
        def on_epoch_begin(self, runner):
            runner.optimizer.param_groups[0]["lr"] *= 0.5

    runner = make_runner(lr=1.0, listeners=[Decay()])
    runner.train(TRAIN, num_epochs=3)
    assert runner.history.lr == [0.5, 0.25, 0.125]


def test_the_seconds_go_on_counting_and_leave_pauses_out():
    class Slow(Listener):
        def on_epoch_end(self, runner):
            time.sleep(0.01)

    runner = make_runner(listeners=[Slow()])
    runner.train(TRAIN, num_epochs=3)
    time.sleep(0.2)
    runner.train(TRAIN, num_epochs=2)
    seconds = runner.history.seconds
    assert len(seconds) == 5
    assert seconds[0] > 0
    assert np.diff(seconds).min() >= 0
    assert seconds[3] - seconds[2] < 0.2


# Regression


@pytest.mark.parametrize(("metric", "best"), [(r2_score, max), (mean_absolute_error, min)])
def test_regression_has_metrics_of_its_own(metric, best):
    X = np.linspace(-1, 1, 20).reshape(-1, 1)
    model = Linear(1, 1, rng=0)
    runner = Runner(model, BatchGD(model, lr=0.3), MSELoss(), metric)
    runner.train((X, 3 * X + 1), (X, 3 * X + 1), num_epochs=40)
    assert abs(runner.best.score) == best(runner.history.dev_score)
    score, loss = runner.evaluate((X, 3 * X + 1))
    assert score == pytest.approx(1 if metric is r2_score else 0, abs=0.01)
    assert loss == pytest.approx(0, abs=0.01)


def test_regression_needs_no_metric():
    model = Linear(2, 1, rng=0)
    runner = Runner(model, BatchGD(model, lr=0.1), MSELoss(), metric=None)
    runner.train(TRAIN, DEV, num_epochs=3)
    assert runner.evaluate(DEV)[0] is None
    assert runner.history.train_score == runner.history.dev_score == []
    assert runner.best.score == -min(runner.history.dev_loss)
