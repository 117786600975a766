"""What a Runner is made of is looked at when it is made, not in the middle of training."""

import numpy as np
import pytest

from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.nn import Linear
from minidl.optim import BatchGD, UpdateRule
from minidl.penalties import L2
from minidl.train import EarlyStopping, Runner
from tests.train.helpers import TRAIN


def model(seed=0):
    return two_layer_net(2, 3, 1, rng=seed)


def test_an_optimizer_of_another_model_is_refused():
    """As when the cell of the model is run again and that of the optimizer is not."""
    words = r"optimizer of this model's parameters, received one of .* \(fc1\.W, .*\); try making"
    with pytest.raises(ValueError, match=f"Runner: expected an {words} it anew"):
        Runner(model(), BatchGD(model(), lr=1), BCELoss())


def test_one_parameter_of_another_model_is_named():
    own = model()
    groups = [{"params": own}, {"params": Linear(1, 1, name="late").parameters()}]
    with pytest.raises(ValueError, match=r"one of other arrays \(W, b\)"):
        Runner(own, BatchGD(groups, lr=1), BCELoss())


def test_an_optimizer_of_a_part_of_the_model_trains_that_part():
    whole = model()
    before = whole.state_dict()
    Runner(whole, BatchGD(whole.layers[2], lr=1), BCELoss()).train(TRAIN, num_epochs=1)
    changed = [name for name, value in whole.state_dict().items() if (value != before[name]).any()]
    assert changed == ["fc2.W", "fc2.b"]


def test_an_optimizer_of_ones_own_needs_no_groups():
    class Simple:
        def __init__(self, parameters):
            self.parameters = list(parameters)

        def step(self):
            for parameter in self.parameters:
                parameter.value -= 0.5 * parameter.grad

    own, twin = model(), model()
    runner = Runner(own, Simple(own.parameters()), BCELoss())
    runner.train(TRAIN, num_epochs=3)
    Runner(twin, BatchGD(twin, lr=0.5), BCELoss()).train(TRAIN, num_epochs=3)
    assert np.array_equal(runner.predict(TRAIN[0]), twin(TRAIN[0]))


PARENTHESES = "; try adding parentheses"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"model": Linear}, f"a model, received the class Linear{PARENTHESES}"),
        ({"model": BCELoss()}, "a model, received <minidl.losses"),
        ({"optimizer": BatchGD}, f"an optimizer, received the class BatchGD{PARENTHESES}"),
        ({"optimizer": BCELoss()}, "an optimizer, received <minidl.losses"),
        ({"loss_fn": BCELoss}, f"a loss, received the class BCELoss{PARENTHESES}"),
        ({"loss_fn": "bce"}, "a loss, received 'bce'"),
        ({"listeners": EarlyStopping()}, "a list of listeners, received .*EarlyStopping.* in br"),
        ({"penalties": L2(0.1)}, r"a list of penalties, received L2\(.*; try putting it in brac"),
        ({"penalties": [0.1]}, r"penalties, received 0\.1"),
        ({"penalties": [L2]}, f"penalties, received the class L2{PARENTHESES}"),
    ],
)
def test_what_is_no_part_of_a_runner_is_refused_by_its_kind(change, words):
    own = model()
    parts = {"model": own, "optimizer": BatchGD(own, lr=1), "loss_fn": BCELoss()}
    with pytest.raises(TypeError, match=f"Runner: expected {words}"):
        Runner(**parts | change)


@pytest.mark.parametrize("brought", [L2(0.1), [0.1]])
def test_what_a_model_brings_with_it_is_looked_at_too(brought):
    class Held(Linear):
        penalties = brought

    own = Held(2, 1, name="fc")
    with pytest.raises(TypeError, match=r"Runner: expected .*penalties.*, received (L2|0\.1)"):
        Runner(own, BatchGD(own, lr=1), BCELoss())


def test_without_a_learning_rate_the_history_has_none_and_comes_back_equal(tmp_path):
    class Fixed(UpdateRule):
        def __init__(self, params):
            super().__init__(params)

        def update(self, parameter, grad, group):
            parameter.value -= 0.5 * parameter.grad

    def build():
        own = model()
        return Runner(own, Fixed(own), BCELoss())

    runner, other = build(), build()
    runner.train(TRAIN, num_epochs=2)
    assert runner.history.lr == [None, None]
    runner.save_checkpoint(tmp_path / "run.npz")
    other.resume(tmp_path / "run.npz")
    assert other.history == runner.history
