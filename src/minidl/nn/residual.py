"""A block with a way around it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.validation import as_float_array, describe

Array = npt.NDArray[Any]


class Residual(Op):
    """What a block adds to its input, y = x + f(x), or s(x) + f(x) where a shortcut s is given.

    The gradient goes both ways, ∂L/∂x = g + ∂f/∂x·g: through many such blocks it still arrives,
    since the first term passes unchanged. Source: He et al. (2016).

    Parameters
    ----------
    body : Op
        The block f, usually a `Sequential`.
    shortcut : Op, optional
        What makes of x something of the body's shape where the body changes it, such as
        `Conv2d(16, 32, 1, stride=2)`; by default x itself.
    name : str, optional
        What the whole is called inside a larger one.

    Raises
    ------
    TypeError
        If body or shortcut is no op.
    ValueError
        If one op is both; by `forward`, if the two ways end in different shapes.

    Examples
    --------
    >>> from minidl.nn.linear import Linear
    >>> block = Residual(Linear(1, 1, weight_init=lambda *_: [[0.5]]))
    >>> block(np.array([[2.0]]))
    array([[3.]])
    >>> block.backward(np.array([[1.0]]))
    array([[1.5]])
    """

    def __init__(self, body: Op, shortcut: Op | None = None, *, name: str | None = None) -> None:
        super().__init__(name)
        for what, part in {"body": body, "shortcut": shortcut}.items():
            if not isinstance(part, Op) and not (what == "shortcut" and part is None):
                raise TypeError(
                    f"{self}: expected an op as {what}, received {describe(part)}; "
                    "try Sequential(…) of several"
                )
        self.layers.extend([body] if shortcut is None else [body, shortcut])
        list(self.named_layers())  # refuses double names and double layers

    @property
    def body(self) -> Op:
        """The block f: the first of `layers`."""
        return self.layers[0]

    @property
    def shortcut(self) -> Op | None:
        """The shortcut s, if there is one: the second of `layers`."""
        return self.layers[1] if len(self.layers) > 1 else None

    def forward(self, x: Any) -> Array:
        """Return the sum of what comes both ways."""
        x = as_float_array(x, self)
        f = self.body(x)
        around = x if self.shortcut is None else self.shortcut(x)
        if f.shape != around.shape:
            raise ValueError(
                f"{self}: expected a body whose output can be added to {around.shape}, received "
                f"{f.shape}; try padding='same' in it, or a shortcut"
            )
        y = np.asarray(f + around, f.dtype)
        self.save_for_backward(y)
        return y

    def backward(self, grad: Any) -> Array:
        """Store the gradients of both ways' parameters, return ∂L/∂x."""
        g = self.check_grad(grad, self.saved_for_backward())
        dx: Array = self.body.backward(g)
        return dx + (g if self.shortcut is None else self.shortcut.backward(g))
