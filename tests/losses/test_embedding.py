import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.losses import CosineEmbeddingLoss, HingeEmbeddingLoss, TripletMarginLoss
from minidl.losses.norms import directions, norm, norm_slope

triplets = hnp.arrays(np.float64, (3, 4, 2), elements=st.floats(-5, 5))


def test_the_figure_of_the_numbers_one_two_and_a_half():
    assert round(TripletMarginLoss(margin=1.0, p=1)([1.0], [2.0], [0.5]), 4) == 1.5


@given(triplets, st.floats(0.1, 5), st.sampled_from([1.0, 2.0, 3.0, np.inf]))
def test_it_is_the_difference_of_the_distances_and_the_margin(x, margin, p):
    a, b, c = x
    far, near = (np.linalg.norm(a - other + 1e-6, ord=p, axis=1) for other in (b, c))
    expected = np.maximum(far - near + margin, 0)
    loss = TripletMarginLoss(margin=margin, p=p, reduction="none")
    np.testing.assert_allclose(loss(a, b, c), expected, rtol=1e-9, atol=1e-12)


@given(triplets)
def test_swapping_takes_the_smaller_of_the_two_distances_to_the_negative(x):
    a, b, c = x
    ab, ac, bc = (np.linalg.norm(y - z + 1e-6, axis=1) for y, z in ((a, b), (a, c), (b, c)))
    expected = np.maximum(ab - np.minimum(ac, bc) + 1, 0)
    loss = TripletMarginLoss(reduction="none", swap=True)
    np.testing.assert_allclose(loss(a, b, c), expected, rtol=1e-9, atol=1e-12)


def test_at_a_tie_both_distances_share_the_gradient():
    loss = TripletMarginLoss(swap=True, margin=5.0)
    loss([[0.0, 0.0]], [[0.0, 0.0]], [[3.0, 4.0]])  # the anchor is the positive example
    anchor, positive, negative = loss.backward()
    slope = np.array([[3.0, 4.0]]) / 5
    root = np.full((1, 2), np.sqrt(0.5))  # of ‖ε‖, whose rows are (ε, ε)
    np.testing.assert_allclose(anchor, slope / 2 + root, atol=1e-6)
    np.testing.assert_allclose(positive, slope / 2 - root, atol=1e-6)
    np.testing.assert_allclose(negative, -slope, atol=1e-6)


def test_equal_embeddings_have_no_slope_without_eps():
    loss = TripletMarginLoss(eps=0)
    assert loss(np.ones((2, 3)), np.ones((2, 3)), np.ones((2, 3))) == 1
    assert not np.any(loss.backward())


def test_triplets_far_enough_apart_move_nothing():
    loss = TripletMarginLoss()
    x = np.array([[0.0, 0.0], [0.0, 0.0]])
    assert loss(x, x + 0.1, [[9.0, 9.0], [0.2, 0.0]]) > 0
    for gradient in loss.backward():
        assert not gradient[0].any()
        assert gradient[1].any()


def test_steps_along_the_gradients_lower_it_to_zero():
    rng = np.random.default_rng(0)
    x, loss = list(rng.standard_normal((3, 8, 2))), TripletMarginLoss()
    for _ in range(200):
        loss(*x)
        x = [array - 0.5 * gradient for array, gradient in zip(x, loss.backward(), strict=True)]
    assert loss(*x) == 0


@given(hnp.arrays(np.float64, (2, 3), elements=st.floats(0.1, 5)), st.sampled_from([1.0, 2.0, 3.5]))
def test_the_slope_of_a_norm_gives_it_back(rows, p):
    length = norm(rows, p)
    assert np.allclose((norm_slope(np.ones(2), rows, length, p) * rows).sum(axis=1), length)


def test_the_largest_share_the_slope_of_an_infinite_norm():
    slope = norm_slope(np.array([3.0]), np.array([[2.0, -2.0, 1.0]]), np.array([2.0]), np.inf)
    assert slope.tolist() == [[1.5, -1.5, 0]]


@pytest.mark.parametrize("p", [np.nan, -1, 0, 0.9])
def test_a_degree_that_is_no_norm_is_refused(p):
    with pytest.raises(ValueError, match=r"^p: expected a finite number ≥ 1, received"):
        TripletMarginLoss(p=p)


def test_exactly_at_the_margin_it_costs_nothing_but_still_has_a_gradient():
    loss = TripletMarginLoss(eps=0)  # as PyTorch's
    assert loss([[0.0]], [[2.0]], [[3.0]]) == 0
    assert [gradient.item() for gradient in loss.backward()] == [0, 1, -1]


def test_the_figures_of_likeness():
    hinge = HingeEmbeddingLoss(reduction="none")
    assert hinge([[1, 0.8, 0.5]], [[1, 1, -1]]).tolist() == [[1, 0.8, 0.5]]
    a, b = [[0.3, 0.5, 0.7]] * 2, [[0.1, 0.3, 0.5]] * 2
    assert CosineEmbeddingLoss(reduction="none")(a, b, [1, -1]).round(4).tolist() == [
        0.0167,
        0.9833,
    ]


def test_exactly_at_the_margin_a_distance_still_has_a_gradient():
    loss = HingeEmbeddingLoss(margin=2.0, reduction="none")  # as in PyTorch
    assert loss([2.0, 2.5, 1.5], [-1, -1, -1]).tolist() == [0, 0, 0.5]
    assert loss.backward().tolist() == [-1, 0, -1]


@given(hnp.arrays(np.float64, (2, 4, 3), elements=st.floats(-5, 5)), st.floats(0.1, 10))
def test_an_angle_does_not_depend_on_lengths(x, factor):
    a, b = x + np.array([0.1, 0.2, 0.3])  # no zeros
    loss, y = CosineEmbeddingLoss(reduction="none"), [1, 1, -1, -1]
    np.testing.assert_allclose(loss(a, b, y), loss(factor * a, b, y), atol=1e-7)
    for one, gradient in zip((a, b), loss.backward(), strict=True):
        np.testing.assert_allclose((one * gradient).sum(axis=1), 0, atol=1e-6)  # only turns it


def test_an_embedding_of_zeros_is_at_a_right_angle_to_all():
    loss = CosineEmbeddingLoss(reduction="none")
    assert loss([[0.0, 0.0]] * 2, [[1.0, 2.0]] * 2, [1, -1]).tolist() == [1, 0]
    assert np.isfinite(loss.backward()).all()


@pytest.mark.parametrize("size", [1e200, 1e-200])
def test_lengths_of_any_size_keep_their_digits(size):
    rows = np.array([[3.0, -4.0], [0.0, 0.0]]) * size
    for p in (1.0, 1.5, 2.0, 3.0):
        np.testing.assert_allclose(norm(rows, p), norm(rows / size, p) * size, rtol=1e-14)
    if size > 1:
        directed, lengths = directions(rows, 1e-12)
        np.testing.assert_allclose(directed[0], [0.6, -0.8], rtol=1e-14)
        np.testing.assert_allclose(lengths[0, 0], 5 * size, rtol=1e-14)
