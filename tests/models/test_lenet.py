import numpy as np
import pytest

from minidl.losses import CrossEntropyLoss
from minidl.models import LeNet
from minidl.nn import Linear, xavier_uniform
from minidl.optim import SGD
from minidl.train import Runner

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(("channels", "classes", "size"), [(1, 10, 28), (3, 2, 32)])
def test_images_of_both_sizes_become_scores(channels, classes, size):
    model = LeNet(channels, classes, image_size=size, rng=0, dtype=np.float32)
    scores = model(np.ones((3, channels, size, size), np.float32))
    assert scores.shape == (3, classes)
    assert scores.dtype == np.float32


def test_layers_have_the_usual_names():
    names = [parameter.name for parameter in LeNet(rng=0).parameters()]
    layers = ["conv1", "conv2", "fc1", "fc2", "fc3"]
    assert names == [f"{layer}.{key}" for layer in layers for key in "Wb"]


def test_the_seed_and_the_rule_decide_the_weights():
    one, same, other = LeNet(rng=0), LeNet(rng=0), LeNet(rng=1)
    assert np.array_equal(one.layers[0].params["W"], same.layers[0].params["W"])
    assert not np.array_equal(one.layers[0].params["W"], other.layers[0].params["W"])
    xavier = LeNet(weight_init=xavier_uniform, rng=0)
    for layer in (layer for layer in xavier.layers if isinstance(layer, Linear)):
        bound = np.sqrt(6 / sum(layer.params["W"].shape))
        assert 0.9 * bound < np.abs(layer.params["W"]).max() <= bound


def test_scores_keep_the_size_of_the_pixels():
    scores = LeNet(rng=0)(RNG.standard_normal((50, 1, 28, 28)))
    assert 0.2 < scores.std() < 5


def test_it_is_saved_and_loaded_by_a_runner(tmp_path):
    X, y = RNG.standard_normal((6, 1, 28, 28)), np.arange(6) % 3
    model, other = LeNet(1, 3, rng=0), LeNet(1, 3, rng=1)
    runner = Runner(model, SGD(model, lr=0.01), CrossEntropyLoss())
    runner.train((X, y), num_epochs=2, batch_size=4)
    runner.save_model(tmp_path / "lenet")
    reader = Runner(other, SGD(other, lr=0.01), CrossEntropyLoss())
    reader.load_model(tmp_path / "lenet")
    assert np.array_equal(reader.predict(X), runner.predict(X))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"image_size": 30}, "image_size: expected one of 28, 32, received 30"),
        ({"in_channels": 0}, "in_channels: expected at least 1, received 0"),
        ({"num_classes": 2.0}, "num_classes: expected a whole number"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, words):
    with pytest.raises((TypeError, ValueError), match=words):
        LeNet(**arguments)


def test_images_of_another_size_are_refused_in_words_about_images():
    with pytest.raises(
        ValueError, match=r"^LeNet: expected images of shape \(N, 1, 28, 28\), rece"
    ):
        LeNet(rng=0)(np.ones((2, 1, 32, 32)))
    with pytest.raises(ValueError, match=r"; try x\.transpose\(0, 3, 1, 2\)$"):
        LeNet(3, image_size=32)(np.ones((2, 32, 32, 3)))


def test_its_numbers_are_pytorchs():
    torch = pytest.importorskip("torch")
    model = LeNet(3, 4, rng=0)
    theirs = as_pytorch(torch, model)
    optimizers = [
        SGD(model, lr=0.05, momentum=0.9),
        torch.optim.SGD(theirs.parameters(), 0.05, 0.9),
    ]
    loss, their_loss = CrossEntropyLoss(), torch.nn.CrossEntropyLoss()
    for step in range(3):
        X, y = RNG.standard_normal((5, 3, 28, 28)), np.arange(step, step + 5) % 4
        value = loss(model(X), y)
        model.backward_params(loss.backward())
        their_value = their_loss(theirs(torch.tensor(X)), torch.tensor(y))
        optimizers[1].zero_grad()
        their_value.backward()
        for optimizer in optimizers:
            optimizer.step()
        assert value == pytest.approx(their_value.item(), rel=1e-10)


def as_pytorch(torch, model):
    """Return the same network of PyTorch's layers, with the same weights."""
    t = torch.nn
    network = t.Sequential(
        t.Conv2d(3, 6, 5, padding=2), t.ReLU(), t.MaxPool2d(2),
        t.Conv2d(6, 16, 5), t.ReLU(), t.MaxPool2d(2), t.Flatten(),
        t.Linear(400, 120), t.ReLU(), t.Linear(120, 84), t.ReLU(), t.Linear(84, 4),
    ).double()  # fmt: skip
    with torch.no_grad():
        for theirs, ours in zip(network.parameters(), model.parameters(), strict=True):
            value = ours.value.T if ours.name.startswith("fc") else ours.value
            theirs.copy_(torch.tensor(value.reshape(tuple(theirs.shape))))
    return network
