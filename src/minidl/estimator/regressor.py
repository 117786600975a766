"""The regressor."""

from __future__ import annotations

from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt
from sklearn.base import RegressorMixin
from sklearn.utils.validation import validate_data

from minidl.estimator.base import MLP
from minidl.estimator.undoing import as_before_if_it_fails
from minidl.losses import MSELoss

Array = npt.NDArray[Any]


@final
class MLPRegressor(RegressorMixin, MLP):  # type: ignore[misc] # sklearn has no types
    """A network for numbers as an estimator of scikit-learn's, like its own `MLPRegressor`.

    Names and meaning of the parameters are those of `sklearn.neural_network.MLPRegressor`, but
    for what is said of `MLPClassifier`, and for two things. The loss is the mean squared error, of
    which scikit-learn takes half: with "sgd", half the rate does the same. What has to improve
    with `early_stopping` is that error on the part set aside, in place of R², which says the same
    but is undefined for one sample; the unit of `tol` is that of y, squared.

    Parameters
    ----------
    hidden_layer_sizes, activation, solver, alpha, batch_size, learning_rate_init, max_iter, \
random_state, tol, verbose, warm_start, momentum, nesterovs_momentum, early_stopping, \
validation_fraction, n_iter_no_change
        See `minidl.estimator.base.MLP`.

    Attributes
    ----------
    model_ : Sequential
        The network, in evaluation mode.
    loss_curve_ : list of float
        The training loss of each epoch.
    validation_scores_ : list of float or None
        With `early_stopping`, the negative mean squared error on the part set aside after each
        epoch of the last fit.
    n_iter_ : int
        Epochs done; with `warm_start`, those of all fits.

    Examples
    --------
    >>> X = np.linspace(-1, 1, 50).reshape(-1, 1)
    >>> regressor = MLPRegressor((20,), "tanh", solver="lbfgs", tol=0, random_state=0)
    >>> regressor.fit(X, X[:, 0] ** 2).score(X, X[:, 0] ** 2) > 0.95
    True
    """

    loss_fn: ClassVar = MSELoss

    def __sklearn_tags__(self) -> Any:
        """Say that y may have several columns."""
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X: Any, y: Any) -> MLPRegressor:
        """Train on samples X of shape (N, D) and numbers y of shape (N,) or (N, M).

        Raises
        ------
        TypeError, ValueError
            If a parameter, X or y will not do or, with `warm_start`, features or columns of y are
            others than before.
        """
        with as_before_if_it_fails(self):
            X, y = validate_data(
                self,
                X,
                y,
                dtype=[np.float64, np.float32],
                multi_output=True,
                y_numeric=True,
                reset=not self._goes_on(),
            )
            self._fit(X, y.reshape(len(y), -1), 1 if y.ndim == 1 else y.shape[1])
            self._flat = y.ndim == 1
        return self

    def predict(self, X: Any) -> Array:
        """Return a number for each sample, shape (N,), or as many as y had columns, (N, M)."""
        outputs = self._outputs(X)
        return outputs[:, 0] if self._flat else outputs
