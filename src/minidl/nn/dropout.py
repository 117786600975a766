"""Dropout, which trains a network to do without any one of its units."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.validation import as_float_array, as_generator, check_real

Array = npt.NDArray[Any]


class Dropout(Op):
    """Keep each number with probability p and set the others to 0, anew at every forward pass.

    While training, y = x·m with a mask m of 1/p (probability p) and 0, and ∂L/∂x = g·m. Dividing
    by p here ("inverted" dropout) keeps the mean of y at x, so that in evaluation the op is the
    identity. Source: Srivastava et al. (2014). PyTorch's `nn.Dropout(p)` names the probability of
    dropping a number, its p = 1 − keep_prob.

    Parameters
    ----------
    keep_prob : float
        The probability p with which a number is kept, 0 < p ≤ 1.
    rng : int, numpy.random.Generator or None
        Where the masks come from.
    name : str, optional
        What the layer is called in errors and files.

    Attributes
    ----------
    rng : numpy.random.Generator
        The generator; a checkpoint saves its state.

    Raises
    ------
    ValueError
        If `keep_prob` lies outside (0, 1].

    Examples
    --------
    >>> dropout = Dropout(0.5, rng=0)
    >>> dropout(np.ones((2, 5)))
    array([[0., 2., 2., 2., 0.],
           [0., 0., 0., 0., 0.]])
    >>> dropout.eval()
    >>> dropout(np.ones((1, 5)))
    array([[1., 1., 1., 1., 1.]])
    """

    def __init__(
        self,
        keep_prob: float = 0.8,
        *,
        rng: int | np.random.Generator | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.keep_prob = check_real(keep_prob, "keep_prob", low=0, high=1, low_inclusive=False)
        self.rng: np.random.Generator = as_generator(rng)

    @np.errstate(under="ignore")  # what is too small is 0
    def forward(self, x: Any) -> Array:
        """Return x·m while training and x in evaluation, for x of any shape."""
        x = as_float_array(x, self)
        mask = self._draw_mask(x) if self.training and self.keep_prob < 1 else None
        y = x if mask is None else x * mask
        self.save_for_backward(y, mask)
        return y

    def _draw_mask(self, x: Array) -> Array:
        """Return an array of 1/p and 0 of the shape and dtype of x."""
        kept = self.rng.random(x.shape) < self.keep_prob
        return kept * x.dtype.type(1 / self.keep_prob)

    @np.errstate(under="ignore")  # what is too small is 0
    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x = g·m with the mask of the last forward pass, g if that drew none."""
        y, mask = self.saved_for_backward()
        g = self.check_grad(grad, y)
        return g if mask is None else g * mask

    def extra_repr(self) -> str:
        """Return the probability."""
        return f"keep_prob={self.keep_prob:g}"
