"""From images to rows of features."""

from __future__ import annotations

import math
from typing import Any

import numpy.typing as npt

from minidl.op import Op
from minidl.validation import as_number_array

Array = npt.NDArray[Any]


class Flatten(Op):
    """Make a row of D = C·H·W features of each sample: (N, C, H, W), or any (N, …), to (N, D).

    It only reads the same numbers in another shape, and so does the way back. Whole numbers stay
    what they are: images of bytes become fractions in the first layer that computes, and in its
    precision.

    Parameters
    ----------
    name : str, optional
        What the layer is called in errors and files.

    Raises
    ------
    ValueError
        By `forward`, if x is a single number and no array of samples.

    Examples
    --------
    >>> import numpy as np
    >>> Flatten()(np.ones((10, 3, 4, 4))).shape
    (10, 48)
    """

    def forward(self, x: Any) -> Array:
        """Return x as an array of shape (N, D)."""
        x = as_number_array(x, self)
        if not x.ndim:
            raise ValueError(f"{self}: expected inputs of shape (N, …), received {x.shape}")
        y = x.reshape(len(x), math.prod(x.shape[1:]))
        self.save_for_backward(y, x.shape)
        return y

    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x = ∂L/∂y in the shape of x."""
        y, shape = self.saved_for_backward()
        return self.check_grad(grad, y).reshape(shape)
