"""What all losses share: checks, reduction, weights."""

from __future__ import annotations

from typing import Any, final

import numpy as np
import numpy.typing as npt

from minidl.validation import as_float_array, check_choice, check_finite

Array = npt.NDArray[Any]


class Loss:
    """The base of the losses: one number L for how far predictions are from labels.

    A subclass writes `unreduced(predicts, labels)`, the loss of every element, and
    `vjp(grad, predicts, labels)`, its gradient with respect to the predictions times `grad`
    (a vector–Jacobian product). The base checks, weighs and reduces.

    Parameters
    ----------
    weight : array_like, optional
        A factor for each element, of a shape that broadcasts to that of the predictions. As in
        PyTorch, the mean still divides by the number of elements.
    reduction : {"mean", "sum", "none"}
        The mean over all elements, their sum, or the array of them.

    Examples
    --------
    >>> import numpy as np
    >>> class AbsoluteError(Loss):
    ...     def unreduced(self, predicts, labels):
    ...         return abs(predicts - labels)
    ...
    ...     def vjp(self, grad, predicts, labels):
    ...         return grad * np.sign(predicts - labels)
    >>> loss = AbsoluteError()
    >>> loss([[3.0], [1.0]], [[1.0], [1.0]])
    1.0
    >>> loss.backward()
    array([[0.5],
           [0. ]])
    """

    def __init__(self, *, weight: Any = None, reduction: str = "mean") -> None:
        self.weight = None if weight is None else finite_weight(weight, "weight")
        self.reduction = check_choice(reduction, "reduction", ("mean", "sum", "none"))
        self._saved: tuple[Array, Array] | None = None

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return the loss of every element. A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs unreduced(predicts, labels)")

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return `grad` · ∂(unreduced loss)/∂predicts, by elements. A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs vjp(grad, predicts, labels)")

    def check_labels(self, labels: Array) -> None:
        """Refuse labels that the loss has no meaning for; by default any number will do."""

    def explain_nan(self, predicts: Array) -> None:
        """Raise an error if predictions outside the loss's domain are why it is NaN."""

    @final
    def __call__(self, predicts: Any, labels: Any) -> Any:
        """Return the loss.

        Parameters
        ----------
        predicts, labels : array_like
            Of one shape, usually (N, M).

        Returns
        -------
        float or ndarray
            A number for "mean" and "sum", an array of the inputs' shape for "none".

        Raises
        ------
        ValueError
            If the shapes differ, there are no elements, or values have no meaning.
        """
        predicts, labels = self._check(predicts, labels)
        self._saved = (predicts, labels)
        losses = self.unreduced(predicts, labels)
        if self.weight is not None:
            losses = losses * self.fit_weight(self.weight, "weight", predicts)
        total = losses.sum()
        if total != total:  # NaN
            self.explain_nan(predicts)
        if self.reduction == "none":
            return losses
        return float(total / losses.size if self.reduction == "mean" else total)

    @final
    def backward(self, grad: Any = None) -> Array:
        """Return ∂L/∂predicts, of the predictions' shape.

        Parameters
        ----------
        grad : float or array_like, optional
            The gradient of what comes after the loss: a number or, for an unreduced loss, a
            weight for each element. 1 by default.

        Raises
        ------
        RuntimeError
            If the loss was not computed before.
        """
        if self._saved is None:
            raise RuntimeError(
                f"{type(self).__name__}: expected a computed loss before backward, received none; "
                "try calling it on predictions and labels first"
            )
        predicts, labels = self._saved
        return self.vjp(self._upstream(grad, predicts), predicts, labels)

    def _upstream(self, grad: Any, predicts: Array) -> Any:
        """Return what each element's gradient is multiplied by: grad, weight, 1/N of a mean."""
        factor = 1.0 if grad is None else self._check_grad(grad, predicts)
        if self.reduction == "mean":
            factor = factor / predicts.size
        if self.weight is None:
            return factor
        return factor * self.fit_weight(self.weight, "weight", predicts)

    def fit_weight(self, weight: Array, name: str, predicts: Array) -> Array:
        """Return a weight in the predictions' dtype.

        Raises
        ------
        ValueError
            If its shape does not broadcast to theirs; it could even enlarge the loss otherwise.
        """
        if weight.ndim and not _broadcasts(weight.shape, predicts.shape):
            raise ValueError(
                f"{type(self).__name__}: {name}: expected a shape that broadcasts to that of the "
                f"predictions, {predicts.shape}, received {weight.shape}"
            )
        return weight.astype(predicts.dtype, copy=False)

    def _check_grad(self, grad: Any, predicts: Array) -> Array:
        wanted = (predicts.shape, ()) if self.reduction == "none" else ((),)
        grad = as_float_array(grad, "grad", dtype=predicts.dtype)
        if grad.shape not in wanted:
            raise ValueError(
                f"{type(self).__name__}: expected grad of shape "
                f"{' or '.join(map(str, wanted))}, received {grad.shape}"
            )
        return grad

    def _check(self, predicts: Any, labels: Any) -> tuple[Array, Array]:
        name = type(self).__name__
        predicts = as_float_array(predicts, f"{name}: predicts")
        labels = as_float_array(labels, f"{name}: labels", dtype=predicts.dtype)
        if predicts.shape != labels.shape:
            raise ValueError(
                f"{name}: expected predictions and labels of one shape, received "
                f"{predicts.shape} and {labels.shape}"
                + ("; try labels.reshape(-1, 1)" if labels.ndim == 1 else "")
            )
        if predicts.size == 0:
            raise ValueError(f"{name}: expected at least one element, received none")
        self.check_labels(labels)
        return predicts, labels


def finite_weight(weight: Any, name: str) -> Array:
    """Return a weight as an array; refuse NaN and infinity, which would make the loss useless.

    Examples
    --------
    >>> finite_weight([[1, 2]], "weight")
    array([[1., 2.]])
    """
    weight = as_float_array(weight, name)
    check_finite(weight, name)
    return weight


def _broadcasts(shape: tuple[int, ...], target: tuple[int, ...]) -> bool:
    try:
        return np.broadcast_shapes(shape, target) == target
    except ValueError:
        return False
