"""Layers in a row."""

from __future__ import annotations

from typing import Any

from minidl.op import Op
from minidl.validation import describe


class Sequential(Op):
    """The composition y = fₗ(… f₂(f₁(x))), with the chain rule from the last layer to the first.

    Parameters
    ----------
    *layers : Op
        At least one; each op in one place only.
    name : str, optional
        What the whole is called inside a larger one.

    Raises
    ------
    TypeError
        If a layer is not an op.
    ValueError
        If there is no layer, or one stands in two places.

    Examples
    --------
    >>> from minidl.nn import Linear, Logistic
    >>> model = Sequential(Linear(2, 5, rng=0, name="fc1"), Logistic(name="act1"))
    >>> model([[1.0, 2.0]]).shape
    (1, 5)
    >>> [parameter.name for parameter in model.parameters()]
    ['fc1.W', 'fc1.b']
    """

    def __init__(self, *layers: Op, name: str | None = None) -> None:
        super().__init__(name)
        if not layers:
            raise ValueError("Sequential: expected at least one layer, received none")
        for layer in layers:
            if not isinstance(layer, Op):
                hint = "; try adding parentheses" if isinstance(layer, type) else ""
                raise TypeError(f"Sequential: expected ops, received {describe(layer)}{hint}")
        self.layers.extend(layers)
        list(self.named_layers())  # refuses double names and double layers

    def forward(self, x: Any) -> Any:
        """Return the last layer's output."""
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad: Any) -> Any:
        """Pass the gradient from the last layer to the first; return ∂L/∂x."""
        if not self.needs_input_grad:
            return self._backward_to_first_params(grad)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def _backward_to_first_params(self, grad: Any) -> None:
        """Pass the gradient back as far as there is anything to learn."""
        first = next((k for k, op in enumerate(self.layers) if op.params or op.layers), 0)
        for layer in reversed(self.layers[first + 1 :]):
            grad = layer.backward(grad)
        self.layers[first].backward_params(grad)
