"""What all losses share: their inputs, reduction, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt

from minidl.losses.total import total_of
from minidl.underflow import ignoring_underflow
from minidl.validation import as_float_array, check_choice

Array = npt.NDArray[Any]


class Loss:
    """The base of the losses: one number L for how far predictions are from labels.

    A subclass writes `unreduced(*inputs)`, the losses before they become one number, of
    whatever shape (one for each element, or each sample), and `vjp(grad, *inputs)`, their
    gradient with respect to the inputs times `grad` (a vector–Jacobian product). The base reduces:

        L = Σ losses / divisor,  ∂L/∂input = vjp(1 / divisor, …),

    both by the same divisor. What else a subclass may write has a default: `inputs`, the inputs'
    names, of which the first `differentiable` have a gradient; `batch_axis`, the axis of the
    predictions along which samples lie; `reductions`; `prepare`, which makes arrays of the inputs
    and refuses unfit ones; `shared`, what value and gradient have in common; `weigh`, `divisor`,
    `spread`, `explain_nan`.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        The mean of the unreduced losses, their sum, or the array of them.

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

    inputs: ClassVar[tuple[str, ...]] = ("predicts", "labels")
    differentiable: ClassVar[int] = 1
    batch_axis: ClassVar[int] = 0
    reductions: ClassVar[tuple[str, ...]] = ("mean", "sum", "none")

    def __init__(self, *, reduction: str = "mean") -> None:
        self.reduction = check_choice(reduction, "reduction", self.reductions)
        self._names = tuple(map(self.name_of, self.inputs))
        self._saved: tuple[Array, ...] = ()
        self._shape: tuple[int, ...] = ()
        self._divisor: Any = 1

    # What a subclass writes; the open signatures let it name its own inputs.

    def unreduced(self, *inputs: Any, **_: Any) -> Array:
        """Return the losses before reduction. A subclass writes this."""
        names = ", ".join(self.inputs)
        raise NotImplementedError(f"{type(self).__name__} needs unreduced({names})")

    def vjp(self, grad: Any, *inputs: Any, **_: Any) -> Any:
        """Return Σ `grad` · ∂(unreduced losses)/∂input. A subclass writes this.

        `grad` has the shape of the unreduced losses (see `spread`). The result has the input's
        shape, and is a tuple if several inputs are differentiable.
        """
        names = ", ".join(self.inputs)
        raise NotImplementedError(f"{type(self).__name__} needs vjp(grad, {names})")

    def prepare(self, *inputs: Any, **_: Any) -> tuple[Array, ...]:
        """Return the arrays that the other methods are given, or refuse unfit inputs.

        By default all are floats of any shape.
        """
        return tuple(self.as_floats(*inputs))

    def shared(self, *inputs: Any) -> tuple[Any, ...]:
        """Return what value and gradient have in common, to be computed once: by default nothing.

        All other methods are given it after the inputs.
        """
        return ()

    def weigh(self, values: Any, *inputs: Any, **_: Any) -> Any:
        """Return `values`, losses or gradients of losses, times each loss's weight: here 1."""
        return values

    def spread(self, grad: Any) -> Any:
        """Return a gradient, often one number for all unreduced losses, as an array for each."""
        spread = np.empty(self._shape, self._saved[0].dtype)
        spread[...] = grad
        return spread

    def divisor(self, losses: Array, *inputs: Any, **_: Any) -> Any:
        """Return what every reduction but "sum" and "none" divides by: the number of losses.

        Where it is 0 there is nothing to average: the mean is NaN and its gradient 0.
        """
        return losses.size

    def explain_nan(self, *inputs: Any, **_: Any) -> None:
        """Raise an error if inputs outside the loss's domain are why it is NaN."""

    # What is finished.

    @final
    @ignoring_underflow
    def __call__(self, *inputs: Any) -> Any:
        """Return the loss.

        Parameters
        ----------
        *inputs : array_like
            Usually predictions and labels, of one shape (N, M); see the class's `inputs`.

        Returns
        -------
        float or ndarray
            A number for "mean" and "sum", an array for "none".

        Raises
        ------
        TypeError, ValueError
            If there are too few or too many inputs, their shapes do not fit, there are no
            elements, or values have no meaning.
        """
        if len(inputs) != len(self.inputs):
            raise TypeError(
                f"{type(self).__name__}: expected {len(self.inputs)} inputs, "
                f"{listed(self.inputs)}, received {len(inputs)}"
            )
        arrays = self.prepare(*inputs)
        arrays = (*arrays, *self.shared(*arrays))
        losses = self.weigh(self.unreduced(*arrays), *arrays)
        total = total_of(losses)
        if total != total:  # NaN
            self.explain_nan(*arrays)
        plain = self.reduction in ("sum", "none")
        divisor = 1 if plain else self.divisor(losses, *arrays)
        self._saved, self._shape, self._divisor = arrays, losses.shape, divisor
        if self.reduction == "none":
            return self._in_dtype(losses)
        return float(total / divisor) if divisor else float("nan")

    @property
    def averages_nothing(self) -> bool:
        """Whether the last loss is NaN because there was nothing to average, as with no label."""
        return bool(self._saved) and not self._divisor

    @final
    @ignoring_underflow
    def backward(self, grad: Any = None) -> Any:
        """Return ∂L/∂input, of the input's shape; a tuple if several are differentiable.

        Parameters
        ----------
        grad : float or array_like, optional
            The gradient of what comes after the loss: a number or, for an unreduced loss, a
            weight for each of its elements. 1 by default.

        Raises
        ------
        RuntimeError
            If the loss was not computed before.
        """
        if not self._saved:
            raise RuntimeError(
                f"{type(self).__name__}: expected a computed loss before backward, received none; "
                f"try calling it on {listed(self.inputs)} first"
            )
        upstream = 1.0 if grad is None else self._check_grad(grad)
        upstream = upstream / self._divisor if self._divisor else 0.0
        found = self.vjp(self.weigh(self.spread(upstream), *self._saved), *self._saved)
        return tuple(map(self._in_dtype, found)) if type(found) is tuple else self._in_dtype(found)

    def _in_dtype(self, values: Any) -> Any:
        """Return what a single loss gave in the inputs' dtype, since NumPy 1 widens scalars."""
        return values if self._shape else np.asarray(values, dtype=self._saved[0].dtype)[()]

    def _check_grad(self, grad: Any) -> Array:
        wanted = (self._shape, ()) if self.reduction == "none" else ((),)
        grad = as_float_array(grad, "grad", dtype=self._saved[0].dtype)
        if grad.shape not in wanted:
            raise ValueError(
                f"{type(self).__name__}: expected grad of shape "
                f"{' or '.join(map(str, wanted))}, received {grad.shape}"
            )
        return grad

    # For a subclass's `prepare`.

    @final
    def name_of(self, argument: str) -> str:
        """Return what an argument is called in errors."""
        return f"{type(self).__name__}: {argument}"

    @final
    def as_floats(self, *values: Any) -> list[Array]:
        """Return the first of the inputs as arrays of floats, all in the dtype of the very first.

        Raises
        ------
        TypeError, ValueError
            If one of them is no array of numbers, or the very first has no elements.
        """
        first = as_float_array(values[0], self._names[0])
        arrays = [first]
        for value, name in zip(values[1:], self._names[1:]):  # noqa: B905 - labels may be left out
            arrays.append(as_float_array(value, name, dtype=first.dtype))
        if not first.size:
            raise ValueError(f"{type(self).__name__}: expected at least one element, received none")
        return arrays

    @final
    def shapes_differ(self, *arrays: Array, advice: str = "") -> ValueError:
        """Return the error to raise where the first of the inputs should have one shape."""
        names = [name.replace("predicts", "predictions") for name in self.inputs[: len(arrays)]]
        shapes = [str(array.shape) for array in arrays]
        return ValueError(
            f"{type(self).__name__}: expected {listed(names)} of one shape, "
            f"received {listed(shapes)}{advice}"
        )


def listed(words: Iterable[str]) -> str:
    """Return words as a list in a sentence.

    Examples
    --------
    >>> listed(["anchor", "positive", "negative"])
    'anchor, positive and negative'
    """
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
