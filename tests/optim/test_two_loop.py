import numpy as np
import pytest

from minidl.optim.two_loop import newton_direction, remember


def pairs_of(H, count, rng, size=100):
    """Return pairs on the parabola ½·xᵀHx, where the gradient changes by H·s, and their scale."""
    pairs, scale = [], 1.0
    for _ in range(count):
        step = rng.standard_normal(len(H))
        scale = remember(pairs, step, H @ step, size)
    return pairs, scale


def inverse_by_the_book(pairs, scale, size):
    """Return H⁻¹ as a matrix, by the BFGS update that the two loops save themselves."""
    inverse = scale * np.eye(size)
    for pair in pairs:
        s, y, rho = pair["step"][:, None], pair["change"][:, None], pair["rho"]
        V = np.eye(size) - rho * y @ s.T
        inverse = V.T @ inverse @ V + rho * s @ s.T
    return inverse


def parabola(size, rng):
    root = rng.standard_normal((size, size))
    return root @ root.T + np.eye(size)


@pytest.mark.parametrize("count", [0, 1, 3, 6])
def test_the_two_loops_multiply_by_the_matrix_of_the_book(count):
    rng = np.random.default_rng(count)
    pairs, scale = pairs_of(parabola(5, rng), count, rng)
    grad = rng.standard_normal(5)
    expected = -inverse_by_the_book(pairs, scale, 5) @ grad
    np.testing.assert_allclose(newton_direction(pairs, scale, grad), expected, rtol=1e-10)


def test_the_newest_pair_is_met_exactly():
    """H⁻¹·y = s, the secant condition."""
    rng = np.random.default_rng(0)
    pairs, scale = pairs_of(parabola(4, rng), 3, rng)
    newest = pairs[-1]
    found = newton_direction(pairs, scale, newest["change"])
    np.testing.assert_allclose(found, -newest["step"], rtol=1e-10)


def test_the_scale_is_that_of_the_curvature():
    rng = np.random.default_rng(0)
    assert pairs_of(4 * np.eye(3), 1, rng)[1] == pytest.approx(1 / 4)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_oldest_pairs_are_forgotten(size):
    pairs = []
    for number in range(1, 5):
        remember(pairs, np.array([float(number)]), np.array([1.0]), size)
        assert [pair["step"][0] for pair in pairs] == list(range(1, number + 1))[-size:]


@pytest.mark.parametrize("change", [[-1.0, 0.0], [0.0, 3.0], [1e-11, 0.0]])
def test_a_step_along_which_the_loss_does_not_curve_upward_is_not_remembered(change):
    pairs = []
    assert remember(pairs, np.array([1.0, 0.0]), np.array(change), 10) is None
    assert pairs == []


def test_the_gradient_is_left_alone():
    rng = np.random.default_rng(0)
    pairs, scale = pairs_of(np.eye(3), 2, rng)
    grad = np.ones(3)
    newton_direction(pairs, scale, grad)
    assert grad.tolist() == [1, 1, 1]
