"""Networks that are trained as one, compared with the same ones trained one after the other."""

import numpy as np
import pytest

from minidl.data import make_moons
from minidl.losses import BCELoss, BCEWithLogitsLoss, CrossEntropyLoss, MSELoss
from minidl.models import TwoLayerNet, two_layer_net
from minidl.nn import Dropout, Linear, ReLU, Sequential
from minidl.optim import BatchGD
from minidl.penalties import L1, L2, ClipGradNorm, WeightDecay
from minidl.train import Runner, Sweep

EPOCHS = 20
RATES, PENALTIES = (
    grid.ravel() for grid in np.meshgrid(np.geomspace(0.1, 10, 8), np.geomspace(1e-4, 0.1, 8))
)


def moons(samples=60):
    X, y = make_moons(samples, noise=0.2, rng=0)
    return X, y.reshape(-1, 1)


def alone(network, loss_fn, lr, lam, data, **options):
    """Return a Runner that has trained a network by itself."""
    runner = Runner(network, BatchGD(network, lr=lr), loss_fn, None, penalties=[L2(lam)])
    runner.train(data, num_epochs=EPOCHS, **options)
    return runner


def swept(sweep, data):
    return np.array([sweep.step(*data) for _ in range(EPOCHS)])


def assert_trained_alike(sweep, runners, losses):
    """Compare losses before each step, and the parameters after all."""
    expected = np.transpose([runner.history.train_loss for runner in runners])
    np.testing.assert_allclose(losses, expected, rtol=1e-10)
    for network, runner in zip(sweep.networks(), runners, strict=True):
        for ours, other in zip(network.parameters(), runner.model.parameters(), strict=True):
            assert ours.name == other.name
            np.testing.assert_allclose(ours.value, other.value, rtol=1e-10, atol=1e-12)


def test_64_networks_learn_what_a_runner_teaches_them_one_after_the_other():
    data, nets = moons(), [two_layer_net(2, 5, rng=seed) for seed in range(64)]
    sweep = Sweep(nets, BCELoss(reduction="none"), lr=RATES, l2=PENALTIES)
    losses = swept(sweep, data)
    settings = zip(nets, RATES, PENALTIES, strict=True)
    runners = [alone(net, BCELoss(), lr, lam, data) for net, lr, lam in settings]
    assert_trained_alike(sweep, runners, losses)


@pytest.mark.parametrize("at_once", [1, 3, 4, 100])
def test_it_does_not_matter_how_many_go_through_at_once(at_once):
    data, nets = moons(), [two_layer_net(2, 5, rng=seed) for seed in range(7)]
    rates = np.linspace(0.1, 2, 7)
    one, other = (
        Sweep(nets, BCELoss(reduction="none"), lr=rates, l2=0.01, at_once=size)
        for size in (7, at_once)
    )
    np.testing.assert_allclose(swept(one, data), swept(other, data), rtol=1e-12)
    np.testing.assert_allclose(one.predict(data[0]), other.predict(data[0]), rtol=1e-12)


def test_several_outputs_are_averaged_as_a_runner_does():
    rng = np.random.default_rng(0)
    data = rng.standard_normal((9, 3)), rng.standard_normal((9, 2))
    nets = [Sequential(Linear(3, 4, rng=s), ReLU(), Linear(4, 2, rng=s)) for s in range(3)]
    sweep = Sweep(nets, MSELoss(reduction="none"), lr=[0.01, 0.02, 0.05], l2=[0, 0.1, 0.2])
    losses = swept(sweep, data)
    settings = zip(nets, [0.01, 0.02, 0.05], [0, 0.1, 0.2], strict=True)
    assert_trained_alike(sweep, [alone(n, MSELoss(), a, b, data) for n, a, b in settings], losses)


def test_classes_by_their_index_are_learned_as_by_a_runner():
    rng = np.random.default_rng(0)
    data = rng.standard_normal((9, 3)), np.arange(9) % 4
    nets = [TwoLayerNet(3, 5, 4, rng=seed) for seed in range(3)]
    sweep = Sweep(nets, CrossEntropyLoss(reduction="none"), lr=[0.1, 0.5, 1.0], l2=0.01)
    losses = swept(sweep, data)
    settings = zip(nets, [0.1, 0.5, 1.0], strict=True)
    runners = [alone(net, CrossEntropyLoss(), lr, 0.01, data) for net, lr in settings]
    assert_trained_alike(sweep, runners, losses)


def test_a_look_at_other_points_moves_nothing():
    data, other = moons(), moons(30)
    nets = [two_layer_net(2, 5, rng=seed) for seed in range(2)]
    sweep = Sweep(nets, BCELoss(reduction="none"), lr=1.0)
    seen = sweep.losses(*other)
    assert seen == pytest.approx([BCELoss()(net(other[0]), other[1]) for net in nets])
    assert sweep.losses(*other).tolist() == seen.tolist()
    predicts = sweep.predict(other[0])
    assert predicts.shape == (30, 2, 1)
    np.testing.assert_allclose(predicts[:, 1], nets[1](other[0]))
    assert sweep.step(*data) == pytest.approx([BCELoss()(net(data[0]), data[1]) for net in nets])


def dropping(seed):
    rng = np.random.default_rng(seed)
    layers = Linear(2, 6, rng=rng), ReLU(), Dropout(0.7, rng=rng), Linear(6, 1, rng=rng)
    return Sequential(*layers)


@pytest.mark.parametrize("at_once", [2, 5])
def test_each_learns_from_its_own_points_with_its_own_dropout_and_penalty(at_once):
    sets = [make_moons(40, noise=0.2, rng=seed) for seed in range(5)]
    X, y = np.stack([X for X, _ in sets], axis=1), np.stack([y for _, y in sets], axis=1)
    loss_fn, penalties = BCEWithLogitsLoss(reduction="none"), [L1(0.01), ClipGradNorm(0.2)]
    options = {"lr": 0.5, "l2": 0.02, "penalties": penalties, "own_samples": True}
    sweep = Sweep([dropping(seed) for seed in range(5)], loss_fn, at_once=at_once, **options)
    losses = swept(sweep, (X, y[:, :, np.newaxis]))
    runners = []
    for seed, (X_own, y_own) in enumerate(sets):
        net = dropping(seed)
        all_of_them = [*penalties, L2(0.02)]
        runner = Runner(net, BatchGD(net, lr=0.5), BCEWithLogitsLoss(), None, penalties=all_of_them)
        runner.train((X_own, y_own.reshape(-1, 1)), num_epochs=EPOCHS)
        runners.append(runner)
    assert_trained_alike(sweep, runners, losses)
    data = [(X_own, y_own.reshape(-1, 1)) for X_own, y_own in sets]
    found = [runner.evaluate(own)[1] for runner, own in zip(runners, data, strict=True)]
    np.testing.assert_allclose(sweep.losses(X, y[:, :, np.newaxis]), found, rtol=1e-10)
    many = np.tile(sets[0][0], (8, 1))  # of which not all go through at once
    predicts = np.stack([runner.predict(many) for runner in runners], axis=1)
    np.testing.assert_allclose(sweep.predict(many), predicts, rtol=1e-9, atol=1e-12)


def test_a_penalty_that_shrinks_the_weights_themselves_does_so_in_each_network():
    data, nets = moons(), [two_layer_net(2, 5, rng=seed) for seed in range(3)]
    sweep = Sweep(nets, BCELoss(reduction="none"), lr=1.0, penalties=[WeightDecay(0.01)])
    losses = swept(sweep, data)
    runners = []
    for net in nets:
        decay = [WeightDecay(0.01)]
        runners.append(Runner(net, BatchGD(net, lr=1.0), BCELoss(), None, penalties=decay))
        runners[-1].train(data, num_epochs=EPOCHS)
    assert_trained_alike(sweep, runners, losses)


def test_classes_of_their_own_are_learned():
    X = np.random.default_rng(0).standard_normal((9, 3, 2))
    y = np.arange(27).reshape(9, 3) % 4
    nets = [Sequential(Linear(2, 4, rng=seed)) for seed in range(3)]
    loss_fn = CrossEntropyLoss(reduction="none")
    losses = swept(Sweep(nets, loss_fn, lr=0.5, own_samples=True), (X, y))
    for k, net in enumerate(nets):
        runner = alone(net, CrossEntropyLoss(), 0.5, 0.0, (X[:, k], y[:, k]))
        np.testing.assert_allclose(losses[:, k], runner.history.train_loss, rtol=1e-10)


@pytest.mark.parametrize(
    ("X", "y"), [((9, 2), (9, 1)), ((9, 4, 2), (9, 4, 1)), ((9, 3, 2), (9, 1))]
)
def test_samples_that_are_not_each_network_s_own_are_refused(X, y):
    nets = [two_layer_net(2, 5, rng=0)] * 3
    sweep = Sweep(nets, BCELoss(reduction="none"), lr=1.0, own_samples=True)
    with pytest.raises(ValueError, match="expected samples for each of 3 networks, X of shape"):
        sweep.step(np.ones(X), np.ones(y))


@pytest.mark.parametrize("shape", [(5, 1), (1, 3), (4, 3), (1, 1), (5, 3, 1)])
def test_labels_that_are_not_one_for_each_prediction_are_refused(shape):
    sweep = Sweep([Sequential(Linear(2, 3, rng=0))] * 2, MSELoss(reduction="none"), lr=0.1)
    for use in (sweep.step, sweep.losses):
        with pytest.raises(
            ValueError, match=r"expected y of shape \(5, 3\) or, of classes, \(5,\)"
        ):
            use(np.ones((5, 2)), np.ones(shape))


def test_what_was_given_stays_as_it_was():
    net = two_layer_net(2, 5, rng=0)
    swept(Sweep([net, net], BCELoss(reduction="none"), lr=[1.0, 2.0]), moons())
    for name, array in net.state_dict().items():
        assert np.array_equal(array, two_layer_net(2, 5, rng=0).state_dict()[name])


def test_its_parameters_are_those_of_all_networks_and_can_be_changed():
    nets = [two_layer_net(2, 5, rng=seed) for seed in range(3)]
    sweep = Sweep(nets, BCELoss(reduction="none"), lr=1.0, at_once=2)
    assert [p.value.shape for p in sweep.parameters()][::4] == [(2, 2, 5), (1, 2, 5)]
    for parameter in sweep.parameters():
        parameter.value *= 2
    for ours, other in zip(sweep.networks()[2].parameters(), nets[2].parameters(), strict=True):
        assert np.array_equal(ours.value, 2 * other.value)


def test_float32_is_kept():
    X, y = moons()
    nets = [two_layer_net(2, 5, rng=0, dtype=np.float32)] * 2
    sweep = Sweep(nets, BCELoss(reduction="none"), lr=[0.1, 1.0], l2=0.01)
    losses = sweep.step(X.astype(np.float32), y.astype(np.float32))
    assert losses.dtype == np.float32
    assert {p.value.dtype for net in sweep.networks() for p in net.parameters()} == {losses.dtype}


def test_one_that_diverges_leaves_the_others_alone():
    data = moons()
    net = Sequential(Linear(2, 1, rng=0))
    loss_fn = BCEWithLogitsLoss(reduction="none")
    sweep = Sweep([net, net], loss_fn, lr=[0.1, 1e200], l2=[0, 1e200])
    losses = swept(sweep, data)
    assert not np.isfinite(losses[-1, 1])
    runner = alone(net, BCEWithLogitsLoss(), 0.1, 0.0, data)
    np.testing.assert_allclose(losses[:, 0], runner.history.train_loss, rtol=1e-10)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"lr": [0.1, 0.2, 0.3]}, "lr: expected a number ≥ 0, or one for each of 2 networks"),
        ({"lr": -1}, "lr: expected a number ≥ 0"),
        ({"lr": np.nan}, "lr: expected a number ≥ 0"),
        ({"lr": "fast"}, "lr: expected an array of real numbers"),
        ({"lr": 0.1, "l2": [[0.1, 0.2]]}, "l2: expected a number ≥ 0, or one for each of 2"),
        ({"lr": 0.1, "at_once": 0}, "at_once: expected at least 1, received 0"),
    ],
)
def test_settings_that_will_not_do_are_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Sweep([two_layer_net(2, 5, rng=0)] * 2, BCELoss(reduction="none"), **options)


def test_a_loss_that_is_one_number_is_refused():
    with pytest.raises(ValueError, match="loss_fn: reduction: expected"):
        Sweep([two_layer_net(2, 5, rng=0)], BCELoss(), lr=0.1)


def test_no_network_is_refused():
    with pytest.raises(ValueError, match="Sweep: expected at least one network, received none"):
        Sweep([], BCELoss(reduction="none"), lr=0.1)


@pytest.mark.parametrize(
    ("networks", "words"),
    [
        ([Linear(2, 1)], "expected networks, each a Sequential"),
        ([None], "expected networks, each a Sequential"),
        ([two_layer_net(2, 5), two_layer_net(2, 4)], "expected networks of one shape"),
        ([Sequential(ReLU())], "expected parameters that match"),
    ],
)
def test_networks_that_will_not_do_are_refused(networks, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Sweep(networks, BCELoss(reduction="none"), lr=0.1)


def test_by_default_as_many_are_stacked_as_suit_the_precision():
    for dtype, count in ((np.float64, 32), (np.float32, 64)):
        nets = [two_layer_net(2, 1, rng=0, dtype=dtype)] * 65
        sweep = Sweep(nets, BCELoss(reduction="none"), lr=0.1)
        sizes = [p.value.shape[0] for p in sweep.parameters()][::4]
        assert sizes[0] == count
        assert sum(sizes) == 65
