import numpy as np
import pytest

from minidl.nn import Sequential, Tanh
from tests.ops import Composite, Scale, network


def test_parameters_have_dotted_names_in_order():
    names = [p.name for p in network().parameters()]
    assert names == ["fc1.W", "fc1.b", "block.fc.W", "block.fc.b", "layer2.s"]
    assert [p.name for p in Scale("named").parameters()] == ["s"]


def test_layers_are_found_by_name_or_position():
    model = network()
    named = dict(model.named_layers())
    assert list(named) == ["", "fc1", "block", "block.fc", "block.layer1", "layer2", "act"]
    assert named[""] is model
    assert named["block.fc"] is model.layers[1].layers[0]


@pytest.mark.parametrize("pair", [("fc", "fc"), ("fc", "FC"), ("layer1", None)])
def test_two_layers_of_one_name_are_refused(pair):
    layers = [Tanh(name=name) for name in pair]
    with pytest.raises(ValueError, match=r"expected layers with different names, received 'fc|lay"):
        Sequential(*layers)


def test_one_layer_in_two_places_is_refused():
    tanh = Tanh(name="act")
    for layers in [(tanh, tanh), (tanh, Sequential(tanh))]:
        with pytest.raises(ValueError, match="expected each layer once, received Tanh 'act' in tw"):
            Sequential(*layers)


def test_an_op_inside_itself_is_refused():
    model = Sequential(Tanh())
    model.layers.append(model)
    with pytest.raises(ValueError, match="expected each layer once"):
        list(model.named_layers())


def test_a_layer_that_runs_twice_in_a_pass_is_an_error():
    twice = Composite(Tanh(name="act"), run=lambda layers, x: layers[0](layers[0](x)))
    with pytest.raises(RuntimeError, match=r"each layer once .* but Tanh 'act' ran 2 times"):
        twice(np.ones(3))
    with pytest.raises(RuntimeError, match="ran 2 times"):
        Sequential(twice)(np.ones(3))


def test_a_layer_that_runs_twice_in_training_only_is_an_error_even_after_an_evaluation():
    def run(layers, x):
        y = layers[0](x)
        return layers[0](y) if layers[0].training else y

    model = Composite(Tanh(name="act"), run=run)
    for _ in range(2):
        model.eval()
        model(np.ones(3))
        model.train()
        with pytest.raises(RuntimeError, match="'act' ran 2 times"):
            model(np.ones(3))


def test_parts_are_counted_once_for_each_mode():
    class Counting(Composite):
        counts = 0

        def _check_and_forward(self, x):
            self.counts += 1
            return super()._check_and_forward(x)

    model = Counting(Tanh(), run=lambda layers, x: layers[0](x))
    for _ in range(3):
        model.train()
        model(np.ones(3))
        model.eval()
        model(np.ones(3))
    assert model.counts == 2


def test_passes_one_after_another_are_fine():
    model = network()
    for _ in range(3):
        model(np.ones((1, 2)))
        model.layers[0](np.ones((1, 2)))


def test_a_layer_may_be_left_out_of_a_pass():
    skip = Composite(Tanh(), Scale(), run=lambda layers, x: layers[1](x))
    assert skip(np.array([1.0])) == [2.0]
