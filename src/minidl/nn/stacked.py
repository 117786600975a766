"""Many networks of one shape, computed as one: their weights are slices of a larger array.

A small network leaves a processor idle: each call of NumPy costs a microsecond or more, and does
little. K networks whose arrays are stacked need as many calls as one.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.activation import Activation
from minidl.nn.flatten import Flatten
from minidl.nn.linear import Linear
from minidl.nn.sequential import Sequential
from minidl.nn.stacked_ops import StackedOps
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import as_float_array, describe

Array = npt.NDArray[Any]


class StackedLinear(Op):
    """K affine maps side by side, each of a network of its own: z_k = x_k·W_k + b_k.

    Gradients, for g = ∂L/∂z: ∂L/∂W_k = x_kᵀ·g_k, ∂L/∂b_k = Σ g_k over the samples, and
    ∂L/∂x_k = g_k·W_kᵀ. Where all maps share their inputs, ∂L/∂x is the sum of these over k, and all
    the products are one. In memory the samples of a unit lie side by side, as in `Linear`.

    Parameters
    ----------
    layers : sequence of Linear
        K of one shape; their parameters are copied.
    name : str, optional
        What the layer is called in errors and files.

    Attributes
    ----------
    params : dict
        W of shape (K, D, M) and, with biases, b of shape (K, 1, M).

    Raises
    ------
    TypeError, ValueError
        If the layers are no such; by `forward`, if x is not of shape (N, D), for all maps, or
        (N, K, D), a row for each.

    Examples
    --------
    >>> twice, thrice = (Linear(1, 1, weight_init=lambda *_, w=w: [[w]]) for w in (2.0, 3.0))
    >>> stacked = StackedLinear([twice, thrice])
    >>> stacked([[10.0]])[0]
    array([[20.],
           [30.]])
    >>> stacked.backward([[[1.0], [1.0]]])
    array([[5.]])
    >>> stacked.grads["W"].shape
    (2, 1, 1)
    """

    def __init__(self, layers: Sequence[Linear], name: str | None = None) -> None:
        super().__init__(name)
        for key in _common_keys(layers):
            self.params[key] = np.stack([layer.params[key] for layer in layers])

    @ignoring_underflow
    def forward(self, x: Any) -> Array:
        """Return z of shape (N, K, M) for x of shape (N, D) or (N, K, D)."""
        W = self.params["W"]
        K, D, M = W.shape
        x = as_float_array(x, self, dtype=W.dtype)
        if x.shape[1:] not in ((D,), (K, D)):
            raise ValueError(
                f"{self}: expected inputs of shape (N, {D}) for all {K} networks, or "
                f"(N, {K}, {D}), received {x.shape}"
            )
        Wt = W.transpose(0, 2, 1)
        if x.ndim == 2:
            z = np.dot(_rows(Wt), x.T).reshape(K, M, len(x))
        else:
            z = np.matmul(Wt, x.transpose(1, 2, 0))
        if "b" in self.params:
            z += self.params["b"].reshape(K, M, 1)
        z = z.transpose(2, 0, 1)
        self.save_for_backward(x, z)
        return z

    @ignoring_underflow
    def backward(self, grad: Any) -> Array | None:
        """Store ∂L/∂W_k = x_kᵀ·g_k and ∂L/∂b_k = Σ g_k, return ∂L/∂x, of the shape of x."""
        x, z = self.saved_for_backward()
        g = self.check_grad(grad, z).transpose(1, 2, 0)  # (K, M, N)
        together = x.ndim == 2
        self.grads["W"] = _weights_grad_of_all(x, g) if together else _weights_grads(x, g)
        if "b" in self.params:
            self.grads["b"] = np.add.reduce(g, axis=2)[:, np.newaxis]
        if not self.needs_input_grad:
            return None
        W = self.params["W"]
        return np.dot(_rows(g).T, _rows(W.transpose(0, 2, 1))) if together else _inputs_grads(W, g)

    def linear(self, number: int) -> Linear:
        """Return one of the maps by itself, a copy."""
        W = self.params["W"][number]
        inits: dict[str, Any] = {"weight_init": lambda *_: W, "dtype": W.dtype, "name": self.name}
        if "b" not in self.params:
            return Linear(*W.shape, bias=False, **inits)
        return Linear(*W.shape, bias_init=lambda *_: self.params["b"][number], **inits)

    def extra_repr(self) -> str:
        """Return the number of maps, and their sizes."""
        sizes = ", ".join(map(str, self.params["W"].shape))
        return sizes + ("" if "b" in self.params else ", bias=False")


def _common_keys(layers: Sequence[Linear]) -> list[str]:
    """Return the names of the parameters of layers of one shape and precision."""
    listed = isinstance(layers, Sequence) and len(layers) > 0
    if not listed or not all(isinstance(layer, Linear) for layer in layers):
        raise TypeError(f"StackedLinear: expected layers, each a Linear, received {layers!r}")
    kinds = {repr([(k, a.shape, a.dtype.name) for k, a in op.params.items()]) for op in layers}
    if len(kinds) > 1:
        raise ValueError(
            "StackedLinear: expected layers of one shape and precision, received "
            f"{' and '.join(sorted(kinds))}"
        )
    return list(layers[0].params)


def _rows(array: Array) -> Array:
    """Return an array (K, M, n) as (K·M, n)."""
    K, M, length = array.shape
    return array.reshape(K * M, length)


def _weights_grad_of_all(x: Array, g: Array) -> Array:
    """Return ∂L/∂W (K, D, M) for inputs (N, D) that all maps share, by one product."""
    K, M, _ = g.shape
    return np.dot(_rows(g), x).reshape(K, M, -1).transpose(0, 2, 1).copy()


def _weights_grads(x: Array, g: Array) -> Array:
    """Return ∂L/∂W (K, D, M) for inputs (N, K, D)."""
    return np.matmul(x.transpose(1, 2, 0), g.transpose(0, 2, 1))


def _inputs_grads(W: Array, g: Array) -> Array:
    """Return ∂L/∂x (N, K, D) for inputs of that shape."""
    # Products of a column and a row are ten times as slow by matmul.
    return (W * g if W.shape[2] == 1 else np.matmul(W, g)).transpose(2, 0, 1)


def stack(networks: Sequence[Sequential]) -> Sequential:
    """Return networks of one shape as one: inputs (N, D) → outputs (N, K, M), a row for each.

    The copies learn by themselves: the gradient of a sum of losses, one for each network, holds
    in its slices what each network alone would get. In PyTorch, `torch.func.stack_module_state`
    makes such arrays, and `torch.func.vmap` computes with them.

    Parameters
    ----------
    networks : sequence of Sequential
        K networks of `Linear` and activations; a `Flatten` may come first. Others without
        parameters, such as dropout, may stand behind a `Linear`: each network keeps its own.

    Raises
    ------
    TypeError, ValueError
        If there is none, they differ in more than their numbers, or have other layers.

    Examples
    --------
    >>> from minidl.nn import ReLU
    >>> nets = [Sequential(Linear(2, 5, rng=seed), ReLU(), Linear(5, 1)) for seed in range(3)]
    >>> stack(nets)
    Sequential(
      (layer0): StackedLinear(3, 2, 5)
      (layer1): ReLU()
      (layer2): StackedLinear(3, 5, 1)
    )
    """
    networks = list(networks)
    if not networks or not all(isinstance(network, Sequential) for network in networks):
        raise TypeError(f"stack: expected networks, each a Sequential, received {networks!r}")
    for other in networks:
        if repr(other) != repr(networks[0]):
            raise ValueError(
                f"stack: expected networks of one shape, received\n{networks[0]!r}\nand\n{other!r}"
            )
    stacked: list[Op] = []
    for layers in zip(*(network.layers for network in networks), strict=True):
        parted = any(isinstance(op, StackedLinear) for op in stacked)
        stacked.append(_stacked(layers, is_first=not stacked, parted=parted))
    return Sequential(*stacked)


def _stacked(layers: tuple[Any, ...], *, is_first: bool, parted: bool) -> Op:
    """Return the layers of one place as one; `parted` if each network has a row of its own."""
    first = layers[0]
    if isinstance(first, Linear):
        return StackedLinear(layers, name=first.name)
    if isinstance(first, Activation) or (isinstance(first, Flatten) and is_first):
        return copy.deepcopy(first)
    if parted and not (list(first.parameters()) or first.buffers):
        return StackedOps(layers, name=first.name)
    raise TypeError(
        "stack: expected layers of Linear and activations, after a Flatten at most, and behind "
        f"the first Linear others without parameters, received {describe(first)}"
    )


def unstack(stacked: Sequential) -> list[Sequential]:
    """Return the networks of which `stack` made one, as they are now: copies.

    Examples
    --------
    >>> first, second = unstack(stack([Sequential(Linear(2, 1, rng=seed)) for seed in (0, 1)]))
    >>> np.array_equal(second.layers[0].params["W"], Linear(2, 1, rng=1).params["W"])
    True
    """
    counts = {len(op.params["W"]) for op in stacked.layers if isinstance(op, StackedLinear)}
    return [
        Sequential(*(_of_network(op, k) for op in stacked.layers))
        for k in range(max(counts, default=0))
    ]


def _of_network(op: Op, number: int) -> Op:
    """Return what one of the networks has in the place of a layer: a copy."""
    if isinstance(op, StackedLinear):
        return op.linear(number)
    return copy.deepcopy(op.layers[number] if isinstance(op, StackedOps) else op)
