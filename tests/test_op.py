import copy
import pickle
import weakref

import numpy as np
import pytest

from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op
from tests.ops import Scale, network


def test_calling_an_op_runs_its_forward():
    assert Scale()(np.array([3.0])) == [6.0]


@pytest.mark.parametrize("method", ["forward", "backward"])
def test_an_unwritten_method_says_what_to_write(method):
    with pytest.raises(NotImplementedError, match=rf"Op needs a method {method}\(self, "):
        getattr(Op(), method)(1.0)


def test_a_misspelt_attribute_is_an_error_and_not_none():
    with pytest.raises(AttributeError, match=r"'Scale' object has no attribute 'parms'$"):
        Scale().parms  # noqa: B018


def test_a_property_that_fails_says_what_failed_in_it():
    class Sized(Scale):
        @property
        def size(self):
            return self.parms["s"].size

        @property
        def total(self):
            return self.params["s"].totla()

    op = Sized()
    with pytest.raises(AttributeError, match=r"'Sized' object has no attribute 'parms'$"):
        op.size  # noqa: B018
    with pytest.raises(AttributeError, match=r"'numpy.ndarray' object has no attribute 'totla'"):
        op.total  # noqa: B018
    assert not hasattr(op, "size")


def test_a_forgotten_super_init_is_named():
    class Forgetful(Op):
        def __init__(self):
            self.params["W"] = np.ones(1)

    with pytest.raises(AttributeError, match=r"'params'; did __init__ call super\(\).__init__"):
        Forgetful()


def test_an_op_without_an_init_of_its_own_works():
    class Twice(Op):
        def forward(self, x):
            return 2 * x

    assert Twice("twice")(3) == 6


@pytest.mark.parametrize("saved", [(1,), (1, 2), (None,), ((1, 2),)])
def test_what_was_saved_comes_back_alone_or_as_a_tuple(saved):
    op = Op()
    op.save_for_backward(*saved)
    assert op.saved_for_backward() == (saved if len(saved) > 1 else saved[0])


def test_what_was_saved_is_forgotten_in_every_part_and_gradients_stay():
    model = network()
    model(np.ones((1, 2)))
    model.backward(np.ones((1, 3)))
    kept = [parameter.grad for parameter in model.parameters()]
    model.forget()
    assert all(p.grad is grad for p, grad in zip(model.parameters(), kept, strict=True))
    for _, part in model.named_layers():
        if not part.layers:
            with pytest.raises(RuntimeError, match="expected a forward pass before backward"):
                part.saved_for_backward()


def test_what_was_saved_is_freed_when_it_is_forgotten():
    class Array(np.ndarray):
        """An array that can be referred to weakly."""

    op, x = Scale(), np.ones(3).view(Array)
    gone = weakref.ref(x)
    op(x)
    del x
    assert gone() is not None
    op.forget()
    assert gone() is None


def test_what_an_op_keeps_under_names_of_its_own_is_its_own_business():
    class Masked(Op):
        def forward(self, x):
            self.mask = x > 0
            return x * self.mask

        def backward(self, grad):
            return grad * self.mask

    op = Masked()
    op(np.array([-1.0, 2.0]))
    op.forget()
    assert op.backward(np.ones(2)).tolist() == [0, 1]


def test_errors_name_the_op():
    with pytest.raises(RuntimeError, match=r"^Linear 'fc1': expected a forward pass"):
        Linear(2, 3, name="fc1").backward(np.ones((1, 3)))
    with pytest.raises(RuntimeError, match=r"^Linear: expected a forward pass"):
        Linear(2, 3).backward(np.ones((1, 3)))


@pytest.mark.parametrize("name", ["a.b", "../x", "a/b", "", "con", "fc 1"])
def test_a_name_that_could_not_be_a_file_is_refused(name):
    with pytest.raises(ValueError, match=r"name: expected .* since it also names a file"):
        Tanh(name=name)


@pytest.mark.parametrize("name", ["a.b", "../x", "nul"])
def test_a_name_given_later_is_checked_when_it_counts(name):
    model = network()
    model.layers[0].name = name
    with pytest.raises(ValueError, match=r"name: expected .* since it also names a file"):
        model.state_dict()


def test_ops_can_be_copied_and_pickled():
    model = network()
    x = np.ones((1, 2))
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert np.array_equal(other(x), model(x))
        assert other.layers[0].params["W"] is not model.layers[0].params["W"]


def test_ops_are_freed_when_nobody_holds_them():
    model = network()
    model(np.ones((1, 2)))
    gone = weakref.ref(model)
    del model
    assert gone() is None


def test_a_composite_shows_its_parts():
    assert repr(Sequential(Linear(2, 3, name="fc"), Sequential(Tanh()))) == (
        "Sequential(\n  (fc): Linear(2, 3)\n  (layer1): Sequential(\n    (layer0): Tanh()\n  )\n)"
    )
    assert str(Tanh(name="act")) == "Tanh 'act'"
    assert str(Tanh()) == "Tanh"
