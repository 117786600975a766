import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minidl.data import StandardScaler

tables = arrays(
    np.float64,
    st.tuples(st.integers(1, 12), st.integers(1, 4)),
    elements=st.floats(-1e6, 1e6),
)


@given(X=tables)
def test_inverse_transform_undoes_transform(X):
    scaler = StandardScaler().fit(X)
    assert np.allclose(scaler.inverse_transform(scaler.transform(X)), X, rtol=1e-9, atol=1e-6)


@given(X=tables)
def test_transformed_training_data_stay_finite(X):
    assert np.isfinite(StandardScaler().fit(X).transform(X)).all()


def test_training_data_get_mean_0_and_standard_deviation_1():
    X = np.random.default_rng(0).normal([3, -8], [0.1, 50], (200, 2))
    Z = StandardScaler().fit(X).transform(X)
    assert np.allclose(Z.mean(axis=0), 0)
    assert np.allclose(Z.std(axis=0), 1)


BOTH_SIDES = np.array([[-1.0, 3.0], [2.0, 3.5], [0.0, 3.25], [5.0, 3.0]])
HARD = {
    "1e200": BOTH_SIDES * 1e200,
    "1e-200": BOTH_SIDES * 1e-200,
    "the largest": np.array([[1.7e308], [-1.7e308], [1.6e308]]),
    "large and small": BOTH_SIDES * [1e200, 1e-200],
    "neighbours": np.array([[0.1], [np.nextafter(0.1, 1)], [0.1]]),
    "single, 1e30": (BOTH_SIDES * 1e30).astype(np.float32),
    "single, 1e-30": (BOTH_SIDES * 1e-30).astype(np.float32),
    "half, 60000": (BOTH_SIDES * 1e4).astype(np.float16),
    "half, many": np.tile(np.float16([[1000.0], [1001.0]]), (40_000, 1)),
    "half, tiny": (BOTH_SIDES * 1e-6).astype(np.float16),
    "single, a million": np.tile(np.float32([[999.5], [1000.5], [1001.0], [1000.0]]), (250_000, 1)),
    "whole": np.array([[2**53], [2**53 + 2], [2**53 - 2]]),
}


@pytest.mark.parametrize("X", HARD.values(), ids=list(HARD))
def test_every_feature_that_varies_gets_mean_0_and_standard_deviation_1(X):
    with np.errstate(all="raise"):
        scaler = StandardScaler().fit(X)
        Z = scaler.transform(X)
        back = scaler.inverse_transform(Z)
    assert Z.dtype == (X.dtype if X.dtype.kind == "f" else np.float64)
    digits = 4 * np.finfo(Z.dtype).eps
    np.testing.assert_allclose(Z.mean(axis=0, dtype=np.float64), 0, atol=digits)
    np.testing.assert_allclose(Z.std(axis=0, dtype=np.float64), 1, rtol=digits)
    largest = np.abs(X).max(axis=0).astype(np.float64)
    assert (np.abs(back / largest - X / largest) <= digits).all()


@pytest.mark.parametrize("value", [0.1, 1e200, -1e308, 0.0])
def test_a_constant_feature_becomes_0_however_large(value):
    X = np.full((1000, 1), value)
    scaler = StandardScaler().fit(X)
    assert not scaler.transform(X).any()
    assert scaler.scale == 1


def test_other_data_are_measured_by_the_training_data():
    scaler = StandardScaler().fit([[0.0], [2.0]])
    assert scaler.transform([[1.0], [5.0]]).tolist() == [[0], [4]]


def test_a_constant_feature_is_only_shifted():
    X = np.full((7, 1), 0.1)  # its mean is not exactly 0.1, nor its deviation exactly 0
    scaler = StandardScaler().fit(X)
    assert np.allclose(scaler.transform(X), 0)
    assert np.allclose(scaler.transform([[1.1]]), 1)


def test_a_deviation_that_underflows_does_not_divide_by_zero():
    X = np.array([[0.0], [5e-324]])
    assert np.isfinite(StandardScaler().fit(X).transform(X)).all()


def test_single_precision_is_kept():
    X = np.array([[1, 2], [3, 5]], dtype=np.float32)
    scaler = StandardScaler().fit(X)
    assert scaler.transform(X).dtype == np.float32
    assert scaler.inverse_transform(X).dtype == np.float32


@pytest.mark.parametrize("method", ["transform", "inverse_transform"])
def test_use_before_fit_is_refused(method):
    with pytest.raises(RuntimeError, match=r"expected fit before .*; try scaler.fit\(X_train\)"):
        getattr(StandardScaler(), method)([[1.0]])


@pytest.mark.parametrize("method", ["transform", "inverse_transform"])
def test_another_number_of_features_is_refused(method):
    scaler = StandardScaler().fit(np.zeros((3, 2)))
    with pytest.raises(ValueError, match="expected 2 features as in fit, received 3"):
        getattr(scaler, method)(np.zeros((3, 3)))


def test_data_that_cannot_be_fitted_are_refused():
    with pytest.raises(ValueError, match=r"shape \(N, D\), received \(3,\); try X.reshape"):
        StandardScaler().fit([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="at least one sample"):
        StandardScaler().fit(np.zeros((0, 2)))
    with pytest.raises(ValueError, match="StandardScaler: X: expected finite numbers"):
        StandardScaler().fit([[np.nan], [1.0]])
