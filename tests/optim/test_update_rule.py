from typing import ClassVar

import numpy as np
import pytest

from minidl.nn import Linear, Sequential
from minidl.optim import SGD, UpdateRule
from minidl.optim.options import real
from minidl.parameter import Parameter
from minidl.sparse import SparseGradient


class Rows(UpdateRule):
    """Takes sparse gradients while its option is 1, and notes what it is given."""

    options: ClassVar = {"p": real()}
    sparse_options: ClassVar = {"p": 1}

    def __init__(self, params, p=1.0):
        super().__init__(params, p=p)
        self.given = []

    def update_rows(self, parameter, rows, grad, group):
        self.given.append((parameter.name, rows.tolist(), grad.tolist()))


def table(shape=(4, 1)):
    gradient = SparseGradient(np.array([2, 0, 2]), np.array([[1.0], [5.0], [1.0]]), shape)
    return Parameter("emb.W", "W", {"W": np.zeros(shape)}, {"W": gradient})


def test_a_rule_is_given_each_row_once_and_in_order():
    rule = Rows([table()])
    rule.step()
    assert rule.given == [("emb.W", [0, 2], [[5.0], [2.0]])]


def test_a_rule_that_takes_sparse_gradients_under_conditions_names_them():
    words = (
        r"^Rows: expected an array as the gradient of emb\.W with p=2\.0, received "
        r"SparseGradient\(3 rows, shape=\(4, 1\)\); try p=1, or Embedding\(sparse=False\)$"
    )
    with pytest.raises(TypeError, match=words):
        Rows([table()], p=2).step()


def test_a_rule_that_never_takes_them_says_so():
    class Never(UpdateRule):
        pass

    words = r"^Never: expected an array as the gradient of emb\.W, received .*; try Embedding"
    with pytest.raises(TypeError, match=words):
        Never([table()]).step()


def test_a_rule_that_declares_rows_and_does_not_write_them_says_what_to_write():
    class Unwritten(UpdateRule):
        sparse_options: ClassVar = {}

    with pytest.raises(NotImplementedError, match=r"Unwritten needs update_rows\(parameter, rows"):
        Unwritten([table()]).step()


def test_options_declared_and_not_given_are_a_clear_error():
    class Forgetful(UpdateRule):
        options: ClassVar = {"lr": real(), "rho": real()}

    with pytest.raises(TypeError, match=r"Forgetful: expected the options \['lr', 'rho'\], receiv"):
        Forgetful([table()], lr=1)


def test_the_closure_is_called_before_the_update():
    parameter = Parameter("w", "w", {"w": np.array([1.0])}, {})

    def closure():
        parameter.grad = 2 * parameter.value
        return 7.0

    rule = SGD([parameter], lr=0.25)
    assert rule.step(closure) == 7.0
    assert parameter.value == 0.5
    assert rule.step() is None


def test_scratch_is_like_the_parameter_and_one_memory_for_all():
    model = Sequential(Linear(2, 3, rng=0, name="fc1"), Linear(3, 1, rng=0, dtype=np.float32))
    late = Linear(5, 5, rng=0, name="late")
    rule = SGD(model)
    parameters = list(model.parameters())
    arrays = [rule.scratch_for(parameter) for parameter in parameters]
    for parameter, array in zip(parameters, arrays, strict=True):
        assert (array.shape, array.dtype) == (parameter.value.shape, parameter.value.dtype)
        assert rule.scratch_for(parameter) is array
        assert np.shares_memory(array, arrays[0])
    rule.add_param_group({"params": [Parameter("late.W", "W", late.params, late.grads)]})
    assert rule.scratch_for(rule.parameters()[-1]).shape == (5, 5)
    assert "scratch" not in str(rule.state_dict())


def stateful(*groups):
    model = Linear(2, 1, rng=0)
    views = list(model.parameters())
    optimizer = SGD([{"params": [view], **own} for view, own in zip(views, groups, strict=True)])
    model(np.ones((1, 2)))
    model.backward(np.ones((1, 1)))
    optimizer.step()
    return optimizer


def test_a_group_whose_rule_remembers_nothing_saves_nothing():
    optimizer = stateful({"momentum": 0.9}, {"momentum": 0})
    saved = optimizer.state_dict()
    assert list(saved["state"]) == ["W"]
    optimizer.load_state_dict(saved)


def test_a_group_of_which_a_parameter_is_missing_is_refused():
    model = Linear(2, 1, rng=0)
    optimizer = SGD(model, momentum=0.9)
    model(np.ones((1, 2)))
    model.backward(np.ones((1, 1)))
    optimizer.step()
    saved = optimizer.state_dict()
    del saved["state"]["b"]
    with pytest.raises(ValueError, match="of another optimizer: b is missing"):
        optimizer.load_state_dict(saved)
