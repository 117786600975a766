import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.losses import CrossEntropyLoss, KLDivLoss, PoissonNLLLoss
from minidl.losses.distribution import log_factorial
from minidl.numerics import log_softmax, softmax

scores = hnp.arrays(np.float64, (4, 3), elements=st.floats(-5, 5))
X = np.log([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
T = np.array([[0.9, 0.05, 0.05], [0.1, 0.7, 0.2]])


@given(scores, scores)
def test_a_divergence_is_not_negative_and_0_between_equals(a, b):
    loss = KLDivLoss(reduction="batchmean")
    assert loss(log_softmax(a), softmax(b)) > -1e-12
    assert loss(log_softmax(a), softmax(a)) == pytest.approx(0, abs=1e-14)


@given(scores, scores)
def test_it_is_cross_entropy_less_the_entropy_of_the_labels(a, b):
    t = softmax(b)
    entropy = -(t * np.log(t)).sum(axis=1).mean()
    found = KLDivLoss(reduction="batchmean")(log_softmax(a), t)
    assert found == pytest.approx(CrossEntropyLoss()(a, t) - entropy, abs=1e-12)


def test_batchmean_divides_by_samples_and_mean_by_elements():
    total = KLDivLoss(reduction="sum")(X, T)
    assert KLDivLoss(reduction="batchmean")(X, T) == pytest.approx(total / 2)
    assert KLDivLoss()(X, T) == pytest.approx(total / 6)
    loss = KLDivLoss(reduction="batchmean")
    loss(X, T)
    np.testing.assert_allclose(loss.backward(), -T / 2)


def test_labels_may_be_logarithms_too():
    one, other = KLDivLoss(log_target=True), KLDivLoss()
    assert one(X, np.log(T)) == pytest.approx(other(X, T), rel=1e-13)
    np.testing.assert_allclose(one.backward(), other.backward(), rtol=1e-13)


def test_a_label_of_probability_zero_costs_nothing():
    loss = KLDivLoss(reduction="none")
    assert loss([[-1.0, -700.0]], [[1.0, 0.0]]).tolist() == [[1.0, 0.0]]


def test_probabilities_where_logarithms_belong_are_the_known_slip():
    assert KLDivLoss(reduction="none")(X, T)[0, 0] == pytest.approx(0.529, abs=5e-4)
    assert T[0, 0] * (math.log(T[0, 0]) - 0.5) == pytest.approx(-0.545, abs=5e-4)


@given(
    hnp.arrays(np.float64, 5, elements=st.floats(-5, 5)),
    st.lists(st.integers(0, 50), min_size=5, max_size=5),
)
def test_it_is_the_likelihood_of_counts(x, y):
    rate = np.exp(x)
    expected = [r - k * math.log(r) + math.lgamma(k + 1) for r, k in zip(rate, y, strict=True)]
    found = PoissonNLLLoss(reduction="none")(x, y) + [math.lgamma(k + 1) for k in y]
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)
    of_rates = PoissonNLLLoss(log_input=False, eps=0, reduction="none")(rate, y)
    np.testing.assert_allclose(
        of_rates, PoissonNLLLoss(reduction="none")(x, y), rtol=1e-9, atol=1e-9
    )


def test_full_adds_stirlings_formula_above_one():
    y = np.array([0.0, 1.0, 2.0, 10.0, 1000.0])
    added = PoissonNLLLoss(full=True, reduction="none")(y * 0, y) - 1
    np.testing.assert_allclose(added, log_factorial(y), rtol=1e-14)
    assert added[:2].tolist() == [0, 0]
    assert added[2] == pytest.approx(2 * math.log(2) - 2 + math.log(4 * math.pi) / 2)
    assert added[3:] == pytest.approx([math.lgamma(11), math.lgamma(1001)], rel=1e-3)


def test_the_best_rate_is_the_count():
    loss = PoissonNLLLoss()
    loss(np.log([[1.0, 7.0]]), [[1.0, 7.0]])
    assert np.abs(loss.backward()).max() < 1e-15
    loss = PoissonNLLLoss(log_input=False, eps=0)
    loss([[1.0, 7.0]], [[1.0, 7.0]])
    assert np.abs(loss.backward()).max() < 1e-15


def test_a_rate_of_zero_is_as_likely_as_eps_allows():
    loss = PoissonNLLLoss(log_input=False, reduction="none")
    assert loss([0.0, 0.0], [0, 2]).tolist() == pytest.approx([0, -2 * math.log(1e-8)])


def test_rates_below_zero_are_refused_and_nan_is_passed_on():
    loss = PoissonNLLLoss(log_input=False)
    with pytest.raises(ValueError, match=r"PoissonNLLLoss: expected rates ≥ 0, received -1; try a"):
        loss([1.0, -1.0], [1.0, 1.0])
    assert math.isnan(loss([1.0, np.nan], [1.0, 1.0]))


def test_rates_beyond_all_numbers_are_infinite_without_a_warning():
    loss = PoissonNLLLoss()
    assert loss([[1000.0]], [[1.0]]) == math.inf
    assert loss.backward()[0, 0] == math.inf
