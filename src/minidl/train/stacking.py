"""Losses on several embeddings: one model, one forward pass over all of its inputs, stacked.

A batch of anchors, positives and negatives is X = (anchors, positives, negatives). They go through
the model as one array, the predictions are cut into as many parts for the loss, and the gradients
of the parts go back through the model as one array again. A single X goes through as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def as_tuple(part: Any) -> tuple[Any, ...]:
    """Return a tuple as it is, and anything else as a tuple of one.

    Examples
    --------
    >>> as_tuple(3), as_tuple(())
    ((3,), ())
    """
    return part if isinstance(part, tuple) else (part,)


def stack(X: Any) -> Array:
    """Return inputs of one shape as one array, one after the other along the first axis.

    Raises
    ------
    ValueError
        If their shapes differ.

    Examples
    --------
    >>> stack((np.zeros((4, 2)), np.ones((4, 2)))).shape
    (8, 2)
    """
    if not isinstance(X, tuple):
        return X
    if len({part.shape for part in X}) != 1:
        raise ValueError(
            "expected inputs of one shape, to go through the model together, received "
            f"{' and '.join(str(part.shape) for part in X) or 'none'}"
        )
    return np.concatenate(X)


def unstack(predicts: Array, X: Any) -> Any:
    """Return the predictions for stacked inputs as a tuple with a part for each of them.

    Examples
    --------
    >>> unstack(np.arange(4), (np.zeros(2), np.zeros(2)))
    (array([0, 1]), array([2, 3]))
    """
    return tuple(np.split(predicts, len(X))) if isinstance(X, tuple) else predicts


def stack_gradients(grads: Any, X: Any) -> Array:
    """Return ∂L/∂predicts for the stacked inputs, from what `loss.backward` returned.

    Where labels are differentiable too, their gradients come last and are left out.

    Examples
    --------
    >>> X = np.zeros(2), np.zeros(2)
    >>> stack_gradients((np.ones(2), np.zeros(2), np.full(2, 9.0)), X)
    array([1., 1., 0., 0.])
    """
    if not isinstance(X, tuple):
        return as_tuple(grads)[0]
    return np.concatenate(as_tuple(grads)[: len(X)])
