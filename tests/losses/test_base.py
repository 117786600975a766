import numpy as np
import pytest

from minidl.losses import Loss


class Half(Loss):
    """½·(p − y)², written as a learner would."""

    def unreduced(self, predicts, labels):
        return (predicts - labels) ** 2 / 2

    def vjp(self, grad, predicts, labels):
        return grad * (predicts - labels)


def test_a_subclass_writes_only_the_formula():
    loss = Half(weight=[[1.0], [2.0]])
    assert loss([[3.0], [1.0]], [[1.0], [2.0]]) == 1.5
    assert loss.backward().tolist() == [[1.0], [-1.0]]


@pytest.mark.parametrize(
    ("method", "arguments"), [("unreduced", "predicts, labels"), ("vjp", "grad, predicts, labels")]
)
def test_an_unwritten_method_says_what_to_write(method, arguments):
    with pytest.raises(NotImplementedError, match=rf"Loss needs {method}\({arguments}\)"):
        getattr(Loss(), method)(*[1.0] * (1 + arguments.count(",")))


@pytest.mark.parametrize("weight", [np.nan, [[np.inf]], [[1.0], [np.nan]]])
def test_a_weight_that_is_not_finite_is_refused(weight):
    with pytest.raises(ValueError, match=r"^weight: expected finite numbers, received"):
        Half(weight=weight)


def test_a_weight_that_is_no_array_of_numbers_is_refused():
    with pytest.raises(TypeError, match="weight: expected an array of real numbers"):
        Half(weight="2")


def test_a_failed_call_keeps_the_pair_before_it():
    loss = Half()
    loss([[3.0]], [[1.0]])
    with pytest.raises(ValueError, match="one shape"):
        loss([[3.0]], [[1.0], [2.0]])
    assert loss.backward().tolist() == [[2.0]]


def test_a_mean_over_many_is_that_of_one():
    rng = np.random.default_rng(0)
    p, y = rng.random((1000, 3)), rng.random((1000, 3))
    loss = Half()
    assert loss(np.vstack([p, p]), np.vstack([y, y])) == pytest.approx(loss(p, y), rel=1e-13)
    whole = loss.backward()
    loss(np.vstack([p, p]), np.vstack([y, y]))
    assert np.allclose(loss.backward()[:1000], whole / 2)
