import copy

import numpy as np
import pytest

from minidl.losses import CrossEntropyLoss, MSELoss
from minidl.models import FullyConnectedNet
from minidl.nn import Conv2d, Flatten, Linear, Logistic, ReLU, Sequential, Tanh
from minidl.optim import SGD
from minidl.penalties import L2, ClipGradNorm
from minidl.train import Diagnostics, Listener, Runner
from minidl.train.listeners.diagnostics import is_flat
from tests.train.helpers import DEV, TRAIN, make_runner

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((40, 6)), RNG.integers(0, 3, 40)


def runner_with(diagnostics, **options):
    net = FullyConnectedNet(6, [8, 5], 3, rng=0)
    return Runner(
        net, SGD(net, lr=0.1), CrossEntropyLoss(), listeners=[diagnostics], rng=0, **options
    )


@pytest.mark.parametrize("penalties", [[], [L2(0.5), ClipGradNorm(0.1)]], ids=["plain", "clipped"])
def test_the_figures_of_a_step_are_those_of_the_step_written_out(penalties):
    diagnostics = Diagnostics()
    runner = runner_with(diagnostics, penalties=penalties)
    before = runner.model.state_dict()
    twin = copy.deepcopy(runner.model)
    loss_fn = CrossEntropyLoss()
    loss_fn(twin(X), Y)
    twin.backward(loss_fn.backward())
    for penalty in penalties:
        penalty.apply(penalty.select(twin))
    runner.train((X, Y), num_epochs=1)
    after = runner.model.state_dict()
    assert diagnostics.steps == [1]
    assert list(diagnostics.updates) == ["fc1.W", "fc2.W", "fc3.W"]
    for name, (ratio,) in diagnostics.updates.items():
        change = np.linalg.norm(after[name] - before[name]) / np.linalg.norm(before[name])
        assert ratio == pytest.approx(change)
    assert list(diagnostics.gradients) == list(before)
    for parameter in twin.parameters():
        (found,) = diagnostics.gradients[parameter.name]
        assert found == pytest.approx(np.linalg.norm(parameter.grad))
    for name in ("act1", "act2"):
        _, a = next(op for path, op in twin.named_layers() if path == name).saved_for_backward()
        assert diagnostics.saturated[name] == [np.mean(a == 0)]
        assert diagnostics.dead[name] == [np.mean((a == 0).all(axis=0))]


@pytest.mark.parametrize(
    ("activation", "x", "flat"),
    [
        (ReLU(), [-1.0, 0.0, 1e-9, 5.0], [True, True, False, False]),
        (Tanh(), [-2.3, -2.1, 0.0, 2.1, 2.3], [True, False, False, False, True]),
        (Logistic(), [-4.6, -4.2, 0.0, 4.2, 4.6], [True, False, False, False, True]),
    ],
    ids=repr,
)
def test_a_number_is_flat_where_hardly_any_of_the_steepest_slope_is_left(activation, x, flat):
    activation([x])
    assert is_flat(activation).tolist() == [flat]


def test_a_unit_is_dead_only_if_no_sample_wakes_it():
    class Fixed(Listener):
        def on_train_begin(self, runner):
            fc.params["W"][...] = [[1.0, -1.0, 1.0]]
            fc.params["b"][...] = [[0.0, -9.0, -2.5]]

    fc, out = Linear(1, 3, rng=0, name="fc"), Linear(3, 1, rng=0, name="out")
    model = Sequential(fc, ReLU(name="relu"), out)
    diagnostics = Diagnostics()
    runner = Runner(
        model, SGD(model, lr=0.1), MSELoss(), metric=None, listeners=[Fixed(), diagnostics]
    )
    runner.train(([[1.0], [2.0], [3.0]], [[0.0], [0.0], [0.0]]), num_epochs=1)
    assert diagnostics.dead == {"relu": [pytest.approx(1 / 3)]}
    assert diagnostics.saturated == {"relu": [pytest.approx((0 + 3 + 2) / 9)]}


def test_of_images_the_units_are_channels():
    conv = Conv2d(1, 2, 1, rng=0, name="conv")
    conv.params["W"][...] = 1.0
    conv.params["b"][0, 1] = -100.0
    model = Sequential(conv, ReLU(name="relu"), Flatten(), Linear(8, 1, rng=0))
    diagnostics = Diagnostics()
    runner = Runner(model, SGD(model, lr=0.1), MSELoss(), metric=None, listeners=[diagnostics])
    runner.train((np.ones((3, 1, 2, 2)), np.zeros((3, 1))), num_epochs=1)
    assert diagnostics.dead == {"relu": [0.5]}


def test_it_measures_the_first_step_and_then_every_so_many():
    diagnostics = Diagnostics(every=4)
    runner_with(diagnostics).train((X, Y), num_epochs=3, batch_size=10)
    assert diagnostics.steps == [1, 4, 8, 12]
    records = [diagnostics.updates, diagnostics.gradients, diagnostics.saturated, diagnostics.dead]
    assert {len(values) for record in records for values in record.values()} == {4}


@pytest.mark.parametrize("options", [{}, {"eval_steps": 1}, {"eval_steps": 2}], ids=str)
def test_evaluations_change_no_figure_and_measuring_changes_no_training(options):
    diagnostics, plain = Diagnostics(every=2), Diagnostics(every=2)
    watched, unwatched = runner_with(diagnostics), runner_with(plain)
    watched.train((X, Y), (X[:9], Y[:9]), num_epochs=3, batch_size=16, **options)
    unwatched.train((X, Y), num_epochs=3, batch_size=16)
    assert diagnostics.state_dict() == plain.state_dict()
    bare = runner_with(Listener())
    bare.train((X, Y), num_epochs=3, batch_size=16)
    assert bare.history.train_loss == watched.history.train_loss


def test_who_predicts_before_it_is_named_as_the_reason():
    class Predicting(Listener):
        def on_step_end(self, runner):
            runner.predict(TRAIN[0])

    diagnostics = Diagnostics()
    runner = make_runner(listeners=[Predicting(), diagnostics])
    with pytest.raises(RuntimeError, match="computed in act1, which is gone; try it as the first"):
        runner.train(TRAIN, num_epochs=1)
    assert diagnostics.steps == []


def test_what_others_do_to_the_weights_between_two_epochs_is_no_update():
    diagnostics = Diagnostics()
    runner = runner_with(diagnostics)
    for _ in runner.epochs((X, Y), num_epochs=2):
        runner.model.numbered()["W1"].value *= 100
    assert diagnostics.updates["fc1.W"][1] < 0.1


def test_a_checkpoint_goes_on_with_its_measurements(tmp_path):
    whole, first, second = (make_runner(listeners=[Diagnostics(every=3)], rng=0) for _ in "123")
    whole.train(TRAIN, DEV, num_epochs=4, batch_size=16)
    first.train(TRAIN, DEV, num_epochs=2, batch_size=16)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(TRAIN, DEV, num_epochs=2, batch_size=16)
    assert second.listeners[1].state_dict() == whole.listeners[1].state_dict()


def test_another_runner_begins_with_empty_records():
    diagnostics = Diagnostics()
    make_runner(listeners=[diagnostics]).train(TRAIN, num_epochs=2)
    kept = diagnostics.steps
    make_runner(listeners=[diagnostics]).train(TRAIN, num_epochs=1)
    assert diagnostics.steps == [1]
    assert kept == [1, 2]


def test_a_weight_of_0_that_moves_has_no_finite_ratio():
    fc = Linear(2, 1, weight_init=lambda shape, *_: np.zeros(shape))
    diagnostics = Diagnostics()
    runner = Runner(fc, SGD(fc, lr=0.1), MSELoss(), metric=None, listeners=[diagnostics])
    runner.train((np.ones((3, 2)), np.ones((3, 1))), num_epochs=2)
    assert diagnostics.updates["W"][0] == np.inf
    assert 0 < diagnostics.updates["W"][1] < 10
    assert diagnostics.saturated == {}


@pytest.mark.parametrize("every", [0, 2.0, True, None])
def test_an_interval_that_will_not_do_is_refused(every):
    with pytest.raises((TypeError, ValueError), match="every: expected"):
        Diagnostics(every)
