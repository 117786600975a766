import numpy as np
import pytest

from minidl.losses import BCELoss, BCEWithLogitsLoss, ElementwiseLoss, WeightedElementwiseLoss

P, Y = np.array([[0.3, 0.9, 0.5]] * 4), np.array([[0.0, 1.0, 1.0]] * 4)
WEIGHED = [
    (BCELoss, "weight"),
    (BCEWithLogitsLoss, "weight"),
    (BCEWithLogitsLoss, "pos_weight"),
]


class Half(WeightedElementwiseLoss):
    def unreduced(self, predicts, labels):
        return (predicts - labels) ** 2 / 2

    def vjp(self, grad, predicts, labels):
        return grad * (predicts - labels)


class Positive(ElementwiseLoss):
    def check_labels(self, labels):
        if (labels < 0).any():
            raise ValueError("expected labels ≥ 0")

    def unreduced(self, predicts, labels):
        return labels * predicts


def test_a_subclass_writes_only_the_formula_of_an_element():
    loss = Half(weight=[[1.0], [2.0]])
    assert loss([[3.0], [1.0]], [[1.0], [2.0]]) == 1.5
    assert loss.backward().tolist() == [[1.0], [-1.0]]


def test_a_subclass_says_which_labels_have_no_meaning():
    assert Positive()(P, Y) > 0
    with pytest.raises(ValueError, match="expected labels ≥ 0"):
        Positive()(P, -Y)


def test_one_without_weights_takes_none():
    with pytest.raises(TypeError, match="weight"):
        Positive(weight=2.0)


@pytest.mark.parametrize("weight", [np.nan, [[np.inf]], [[1.0], [np.nan]]])
def test_a_weight_that_is_not_finite_is_refused(weight):
    with pytest.raises(ValueError, match=r"^weight: expected finite numbers, received"):
        Half(weight=weight)


def test_a_weight_that_is_no_array_of_numbers_is_refused():
    with pytest.raises(TypeError, match="weight: expected an array of real numbers"):
        Half(weight="2")


@pytest.mark.parametrize("weight", [2.0, [0.5, 1, 3], [[1], [2], [0], [0.5]], np.eye(4, 3)])
def test_a_weight_multiplies_each_elements_loss_and_does_not_count_in_the_mean(weight):
    plain = Half(reduction="none")(P, Y)
    np.testing.assert_allclose(Half(weight=weight, reduction="none")(P, Y), plain * weight)
    assert Half(weight=weight)(P, Y) == pytest.approx((plain * weight).sum() / 12, rel=1e-14)


@pytest.mark.parametrize(("kind", "option"), WEIGHED)
@pytest.mark.parametrize("shape", [(2, 4, 3), (4, 2), (3, 1), (5,)], ids=str)
def test_weights_that_do_not_fit_are_a_clear_error(kind, option, shape):
    loss = kind(**{option: np.ones(shape)})
    words = rf"{kind.__name__}: {option}: expected .* broadcasts to .*\(4, 3\), received "
    with pytest.raises(ValueError, match=words):
        loss(P, Y)


@pytest.mark.parametrize(("kind", "option"), WEIGHED)
def test_weights_do_not_enlarge_the_predictions(kind, option):
    with pytest.raises(ValueError, match=f"{option}: expected"):
        kind(**{option: [[1.0, 2.0]]})(P[:, :1], Y[:, :1])


def test_one_number_is_a_loss_too():
    loss = Half(weight=3.0)
    assert loss(2.0, 1.0) == loss([[2.0]], [[1.0]]) == 1.5
    loss(2.0, 1.0)
    assert loss.backward() == 3.0
    assert np.shape(loss.backward()) == ()
