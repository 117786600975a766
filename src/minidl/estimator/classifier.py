"""The classifier."""

from __future__ import annotations

from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt
from sklearn.base import ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import column_or_1d, validate_data

from minidl.estimator.base import MLP
from minidl.estimator.undoing import as_before_if_it_fails
from minidl.losses import CrossEntropyLoss
from minidl.metrics import accuracy
from minidl.numerics import softmax

Array = npt.NDArray[Any]


@final
class MLPClassifier(ClassifierMixin, MLP):  # type: ignore[misc] # sklearn has no types
    """A network for classes as an estimator of scikit-learn's, like its own `MLPClassifier`.

    Names and meaning of the parameters are those of `sklearn.neural_network.MLPClassifier`, but
    for what follows. There is an output for each class, also if there are two, and the loss is
    cross-entropy. Initial weights and biases are He's before the kin of ReLU, Glorot's otherwise.
    `loss_curve_` holds the loss without its L2 term, and that is what has to improve. Training
    with "lbfgs" ends as with the other solvers. The part set aside is stratified where there are
    enough samples for that. There is no warning when `max_iter` ends training: `n_iter_` tells.
    There is no `partial_fit`, no sample weight, no decay of the rate and no multi-label problem.

    Parameters
    ----------
    hidden_layer_sizes, activation, solver, alpha, batch_size, learning_rate_init, max_iter, \
random_state, tol, verbose, warm_start, momentum, nesterovs_momentum, early_stopping, \
validation_fraction, n_iter_no_change
        See `minidl.estimator.base.MLP`.

    Attributes
    ----------
    classes_ : ndarray of shape (C,)
        The labels, sorted.
    model_ : Sequential
        The network, in evaluation mode; its outputs are logits.
    loss_curve_ : list of float
        The training loss of each epoch.
    validation_scores_ : list of float or None
        With `early_stopping`, the accuracy on the part set aside after each epoch of the last fit.
    n_iter_ : int
        Epochs done; with `warm_start`, those of all fits.

    Examples
    --------
    >>> from minidl.data import make_moons
    >>> X, y = make_moons(200, noise=0.1, rng=0)
    >>> classifier = MLPClassifier((20,), learning_rate_init=0.1, random_state=0)
    >>> classifier.fit(X, y).score(X, y) > 0.95
    True
    """

    loss_fn: ClassVar = CrossEntropyLoss
    metric: ClassVar = staticmethod(accuracy)

    def fit(self, X: Any, y: Any) -> MLPClassifier:
        """Train on samples X of shape (N, D) and labels y of shape (N,): numbers or texts.

        Raises
        ------
        TypeError, ValueError
            If a parameter, X or y will not do, y has one class only or, with `warm_start`, other
            classes or features than before.
        """
        with as_before_if_it_fails(self):
            kinds = [np.float64, np.float32]
            X, y = validate_data(self, X, y, dtype=kinds, reset=not self._goes_on())
            check_classification_targets(y)
            classes, numbers = np.unique(column_or_1d(y, warn=True), return_inverse=True)
            self._check_classes(classes)
            self._fit(X, numbers, len(classes), numbers)
            self.classes_ = classes
        return self

    def _check_classes(self, classes: Array) -> None:
        if len(classes) < 2:
            raise ValueError(
                f"MLPClassifier: expected at least two classes, received one class, {classes[0]!r}"
            )
        if self._goes_on() and not np.array_equal(classes, self.classes_):
            raise ValueError(
                f"MLPClassifier: expected the classes of the last fit, {self.classes_}, with "
                f"warm_start=True, received {classes}; try warm_start=False"
            )

    def predict(self, X: Any) -> Array:
        """Return the most probable class of each sample, shape (N,)."""
        best = self._outputs(X).argmax(axis=1)
        return self.classes_[best]

    def predict_proba(self, X: Any) -> Array:
        """Return the probability of each class, shape (N, C), in the order of `classes_`."""
        return softmax(self._outputs(X))

    def predict_log_proba(self, X: Any) -> Array:
        """Return their logarithms, −∞ where a probability is too small for a float."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))
