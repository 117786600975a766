import numpy as np
import pytest

from minidl.gradcheck import gradcheck
from minidl.losses import CrossEntropyLoss, MulticlassHingeLoss
from minidl.models import FullyConnectedNet, TwoLayerNet
from minidl.nn import BatchNorm1d, Dropout, Flatten, Linear, ReLU, Sequential, Tanh, normal
from minidl.optim import SGD, Adam
from minidl.penalties import L2
from minidl.train import Runner

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((50, 12)), RNG.integers(0, 10, 50)
NORMS = pytest.mark.parametrize("normalization", [None, "batch", "layer"])


def test_the_network_is_what_one_builds_by_hand():
    rng = np.random.default_rng(0)
    init = {"weight_init": normal(0.1), "rng": rng, "dtype": "float32"}
    by_hand = Sequential(
        Flatten(name="flat"),
        Linear(12, 8, **init, name="fc1"),
        BatchNorm1d(8, dtype="float32", name="bn1"),
        ReLU(name="act1"),
        Dropout(0.9, rng=rng, name="dropout1"),
        Linear(8, 7, **init, name="fc2"),
        BatchNorm1d(7, dtype="float32", name="bn2"),
        ReLU(name="act2"),
        Dropout(0.9, rng=rng, name="dropout2"),
        Linear(7, 10, **init, name="fc3"),
    )
    options = {"normalization": "batch", "keep_prob": 0.9, "weight_scale": 0.1}
    net = FullyConnectedNet(12, (8, 7), 10, **options, rng=0, dtype="float32")
    assert repr(net) == repr(by_hand).replace("Sequential(", "FullyConnectedNet(", 1)
    x = X.astype("float32")
    assert np.array_equal(net(x), by_hand(x))  # masks too
    assert net(x).dtype == np.float32


@NORMS
@pytest.mark.parametrize("hidden_sizes", [[], [5], [6, 5, 4]], ids=str)
def test_gradients_are_right_at_any_depth(normalization, hidden_sizes):
    net = FullyConnectedNet(
        12, hidden_sizes, 3, normalization=normalization, activation=Tanh, rng=0
    )
    report = gradcheck(net, X[:6])
    assert report.ok, report


@NORMS
def test_the_gradient_of_loss_and_reg_together_is_right(normalization):
    net = FullyConnectedNet(
        12, [6, 5], 10, normalization=normalization, reg=0.3, activation=Tanh, rng=0
    )
    loss_fn = CrossEntropyLoss()
    (penalty,) = net.penalties
    weights = penalty.select(net)
    assert [weight.name for weight in weights] == ["fc1.W", "fc2.W", "fc3.W"]

    def total():
        return loss_fn(net(X), Y) + 0.5 * 0.3 * sum(
            (net.numbered()[f"W{k}"].value ** 2).sum() for k in (1, 2, 3)
        )

    total()
    net.backward(loss_fn.backward())
    penalty.apply(weights)
    for name, parameter in net.numbered().items():
        value, found = parameter.value, parameter.grad.copy()
        for at in [(0, 0), (-1, -1)] if value.ndim > 1 else [0, -1]:
            kept = value[at]
            value[at] = kept + 1e-6
            above = total()
            value[at] = kept - 1e-6
            slope = (above - total()) / 2e-6
            value[at] = kept
            assert found[at] == pytest.approx(slope, rel=1e-5, abs=1e-8), name


def test_images_are_made_rows_of():
    net = FullyConnectedNet(12, [5], 3, normalization="batch", rng=0)
    images = X.reshape(50, 3, 2, 2)
    y = net(X)
    dx = net.backward(y)
    assert np.array_equal(net(images), y)
    assert np.array_equal(net.backward(y), dx.reshape(images.shape))
    with pytest.raises(ValueError, match=r"Linear 'fc1': expected inputs of shape \(N, 12\), rec"):
        net(np.ones((5, 5, 13)))


def test_numbered_names_are_those_of_the_dotted_ones():
    net = FullyConnectedNet(12, [6, 5], 10, normalization="layer", keep_prob=0.5, rng=0)
    assert {name: p.name for name, p in net.numbered().items()} == {
        "W1": "fc1.W", "b1": "fc1.b", "gamma1": "ln1.gamma", "beta1": "ln1.beta",
        "W2": "fc2.W", "b2": "fc2.b", "gamma2": "ln2.gamma", "beta2": "ln2.beta",
        "W3": "fc3.W", "b3": "fc3.b",
    }  # fmt: skip
    net.numbered()["b3"].value += 1
    assert net.layers[-1].params["b"].tolist() == [[1] * 10]
    deep = FullyConnectedNet(2, [2] * 10, 2, rng=0)
    assert deep.numbered()["W11"].value is deep.layers[-1].params["W"]


def test_the_initial_loss_of_softmax_is_the_logarithm_of_the_number_of_classes():
    net = FullyConnectedNet(12, [20, 20], 10, weight_scale=1e-2, rng=0)
    assert CrossEntropyLoss()(net(X), Y) == pytest.approx(np.log(10), abs=1e-3)
    assert MulticlassHingeLoss()(net(X), Y) == pytest.approx(9, abs=1e-2)


@pytest.mark.parametrize("weight_scale", [None, 0.25])
def test_weights_begin_with_the_deviation_asked_for_and_biases_at_0(weight_scale):
    net = FullyConnectedNet(400, [100], 100, weight_scale=weight_scale, rng=0)
    for number, fan_in in ((1, 400), (2, 100)):
        wanted = weight_scale or np.sqrt(2 / fan_in)
        assert net.numbered()[f"W{number}"].value.std() == pytest.approx(wanted, rel=0.03)
        assert not net.numbered()[f"b{number}"].value.any()


@NORMS
@pytest.mark.parametrize("loss_fn", [CrossEntropyLoss, MulticlassHingeLoss])
def test_fifty_samples_are_learned_by_heart(normalization, loss_fn):
    net = FullyConnectedNet(12, [50, 50], 10, normalization=normalization, rng=0)
    runner = Runner(net, Adam(net, lr=0.01), loss_fn(), rng=0)
    runner.train((X, Y), num_epochs=40, batch_size=25)
    assert runner.evaluate((X, Y))[0] == 1


def test_a_runner_applies_the_networks_own_penalty_wherever_it_stands():
    def trained(net, wrap=lambda net: net, **options):
        model = wrap(net)
        Runner(model, SGD(model, lr=0.1), CrossEntropyLoss(), **options).train((X, Y), num_epochs=3)
        return net.numbered()["W1"].value

    def make(reg):
        return FullyConnectedNet(12, [6], 10, reg=reg, rng=0, name="net")

    plain, own = trained(make(0.0)), trained(make(0.5))
    assert not np.allclose(plain, own)
    assert np.array_equal(own, trained(make(0.0), penalties=[L2(0.5)]))
    assert np.array_equal(own, trained(make(0.5), Sequential))
    assert np.allclose(trained(make(0.8)), trained(make(0.3), penalties=[L2(0.5)]))


@pytest.mark.parametrize("first", [0.0, 0.3])
def test_another_reg_counts_in_a_runner_that_is_there_already(first):
    def trained(net):
        runner = Runner(net, SGD(net, lr=0.1), CrossEntropyLoss())
        net.reg = 0.5
        runner.train((X, Y), num_epochs=2)
        return net.state_dict()["fc1.W"]

    nets = [FullyConnectedNet(12, [6], 10, reg=reg, rng=0) for reg in (first, 0.5)]
    assert np.array_equal(*map(trained, nets))
    with pytest.raises(ValueError, match="reg: expected a finite number ≥ 0, received -1"):
        nets[0].reg = -1


def test_reg_pulls_at_weights_alone():
    net = FullyConnectedNet(12, [6], 10, normalization="batch", reg=0.5, rng=0)
    runner = Runner(net, SGD(net, lr=0.1), CrossEntropyLoss(), rng=0)
    before = {name: p.value.copy() for name, p in net.numbered().items()}
    runner.train((X, Y), num_epochs=1)
    other = FullyConnectedNet(12, [6], 10, normalization="batch", rng=0)
    Runner(other, SGD(other, lr=0.1), CrossEntropyLoss(), rng=0).train((X, Y), num_epochs=1)
    for name, parameter in net.numbered().items():
        pulled = other.numbered()[name].value - parameter.value
        expected = 0.1 * 0.5 * before[name] if name.startswith("W") else 0
        np.testing.assert_allclose(pulled, expected + np.zeros_like(pulled), atol=1e-12)


def test_the_runner_saves_and_loads_it(tmp_path):
    options = {"normalization": "batch", "keep_prob": 0.8}
    net = FullyConnectedNet(12, [6, 5], 10, **options, rng=0)
    runner = Runner(net, SGD(net, lr=0.1), CrossEntropyLoss(), rng=0)
    runner.train((X, Y), num_epochs=2, batch_size=10)
    runner.save_model(tmp_path / "net")
    files = {path.stem for path in (tmp_path / "net").rglob("*.npz")}
    assert files == {"fc1", "bn1", "fc2", "bn2", "fc3"}
    other = FullyConnectedNet(12, [6, 5], 10, **options, rng=1)
    loaded = Runner(other, SGD(other, lr=0.1), CrossEntropyLoss())
    loaded.load_model(tmp_path / "net")
    assert np.array_equal(loaded.predict(X), runner.predict(X))


def test_dropout_and_initial_weights_repeat_with_the_seed():
    one, other = (FullyConnectedNet(12, [6], 10, keep_prob=0.5, rng=3) for _ in "12")
    assert np.array_equal(one(X), other(X))
    assert not np.array_equal(one(X), one(X))
    one.eval()
    assert np.array_equal(one(X), one(X))


def test_a_two_layer_net_is_the_case_of_one_hidden_layer():
    one = TwoLayerNet(12, 6, 10, weight_scale=0.1, reg=0.5, rng=0)
    other = FullyConnectedNet(12, [6], 10, weight_scale=0.1, reg=0.5, rng=0)
    assert np.array_equal(one(X), other(X))
    assert list(one.numbered()) == ["W1", "b1", "W2", "b2"]
    assert repr(one.penalties) == repr(other.penalties)


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        ((12, 100, 10), {}, r"hidden_sizes: expected a list of whole numbers.*try \[100\] for one"),
        ((12, "100", 10), {}, "hidden_sizes: expected a list"),
        ((12, {100, 50}, 10), {}, "hidden_sizes: expected a list"),
        ((12, [0], 10), {}, "hidden_sizes: expected at least 1"),
        ((12, [5.0], 10), {}, "hidden_sizes: expected a whole number"),
        ((12, [True], 10), {}, "hidden_sizes: expected a whole number"),
        ((0, [5], 10), {}, "input_size: expected at least 1"),
        ((12, [5], 0), {}, "output_size: expected at least 1"),
        ((12, [5], 10), {"normalization": "batchnorm"}, "normalization: expected one of None, 'b"),
        ((12, [5], 10), {"keep_prob": 0}, "keep_prob: expected a finite number > 0"),
        ((12, [5], 10), {"weight_scale": -1}, "weight_scale: expected a finite number ≥ 0"),
        ((12, [5], 10), {"weight_scale": True}, "weight_scale: expected a number"),
        ((12, [5], 10), {"reg": -0.1}, "reg: expected a finite number ≥ 0"),
        ((12, [5], 10), {"dtype": int}, "dtype: expected float64 or float32"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        FullyConnectedNet(*arguments, **options)
