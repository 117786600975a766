import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.losses import CrossEntropyLoss, NLLLoss
from minidl.nn import LogSoftmax, Softmax

scores = hnp.arrays(np.float64, (4, 3), elements=st.floats(-50, 50))
both = pytest.mark.parametrize("kind", [Softmax, LogSoftmax])


@given(scores, st.floats(-1e3, 1e3))
def test_probabilities_sum_to_one_and_a_shift_changes_nothing(x, shift):
    p = Softmax(1)(x)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-14)
    np.testing.assert_allclose(Softmax(1)(x + shift), p, rtol=1e-10)
    np.testing.assert_allclose(np.exp(LogSoftmax(1)(x)), p, rtol=1e-12)


@given(scores)
def test_the_likelihood_of_its_logarithm_is_cross_entropy(x):
    y, layer, of_logs, of_scores = [0, 2, 1, 1], LogSoftmax(dim=1), NLLLoss(), CrossEntropyLoss()
    assert of_logs(layer(x), y) == pytest.approx(of_scores(x, y), rel=1e-12, abs=1e-15)
    through = layer.backward(of_logs.backward())
    np.testing.assert_allclose(through, of_scores.backward(), atol=1e-15)


def test_scores_of_any_size_have_exact_logarithms():
    assert LogSoftmax(0)([0.0, 1e5, -1e5]).tolist() == [-1e5, 0, -2e5]
    assert Softmax(0)([0.0, 1e5, -1e5]).tolist() == [0, 1, 0]


@both
@pytest.mark.parametrize("dim", [None, 1.0, True, "1"])
def test_an_axis_that_is_no_whole_number_is_refused(kind, dim):
    with pytest.raises(TypeError, match=r"^dim: expected a whole number, the axis of the classes"):
        kind(dim)


@both
def test_an_axis_that_the_scores_lack_is_refused(kind):
    words = rf"{kind.__name__}: .* along axis 1, received the shape \(3,\); try scores of shape"
    with pytest.raises(ValueError, match=words):
        kind(1)(np.ones(3))
    assert repr(kind(dim=-1)) == f"{kind.__name__}(dim=-1)"
