"""The network and the optimizer that an estimator's parameters describe."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn import (
    ELU,
    LeakyReLU,
    Linear,
    Logistic,
    ReLU,
    Sequential,
    Softplus,
    Swish,
    Tanh,
    he_uniform,
    xavier_uniform,
)
from minidl.nn.activation import Activation
from minidl.nn.init import Initializer
from minidl.op import Op
from minidl.optim import LBFGS, SGD, Adam, Optimizer, RMSprop
from minidl.validation import check_choice, check_positive_int, describe

ACTIVATIONS: dict[str, tuple[type[Activation] | None, Initializer]] = {
    "identity": (None, xavier_uniform),
    "logistic": (Logistic, xavier_uniform),
    "tanh": (Tanh, xavier_uniform),
    "relu": (ReLU, he_uniform),
    "elu": (ELU, he_uniform),
    "leaky_relu": (LeakyReLU, he_uniform),
    "softplus": (Softplus, he_uniform),
    "swish": (Swish, he_uniform),
}
"""What stands between two affine layers, and the initial weights that suit it."""

SOLVERS: dict[str, Callable[..., Optimizer]] = {
    "adam": lambda model, lr, **_: Adam(model, lr=lr),
    "rmsprop": lambda model, lr, **_: RMSprop(model, lr=lr),
    "sgd": lambda model, lr, momentum, nesterov: SGD(
        model, lr=lr, momentum=momentum, nesterov=nesterov and momentum > 0
    ),
    "lbfgs": lambda model, **_: LBFGS(
        model, max_iter=1, max_eval=25, line_search_fn="strong_wolfe"
    ),
}
"""How an optimizer is made of a model, the rate, the momentum and whether it is Nesterov's."""


def check_hidden_sizes(value: Any) -> list[int]:
    """Return the sizes of the hidden layers; one number is one layer.

    Raises
    ------
    TypeError, ValueError
        If they are no whole numbers of at least 1.

    Examples
    --------
    >>> check_hidden_sizes(100), check_hidden_sizes(())
    ([100], [])
    """
    name = "hidden_layer_sizes"
    if not isinstance(value, Sequence | np.ndarray) or isinstance(value, str):
        return [check_positive_int(value, name)]
    if np.ndim(value) != 1:
        raise ValueError(f"{name}: expected one number a layer, received {describe(value)}")
    return [check_positive_int(size, f"{name}[{i}]") for i, size in enumerate(value)]


def make_network(
    sizes: Sequence[int],
    activation: str,
    rng: np.random.Generator,
    dtype: npt.DTypeLike = np.float64,
) -> Sequential:
    """Return Linear → activation → … → Linear, with numbers of any size as outputs.

    Biases are drawn as weights are: with biases of 0, units of tanh begin as odd functions, and on
    inputs around 0 the even part of the labels gives them no gradient.

    Parameters
    ----------
    sizes : sequence of int
        Features, hidden units of each layer, outputs.
    activation : str
        A key of `ACTIVATIONS`.
    rng : numpy.random.Generator
        Where the weights come from.
    dtype : dtype
        float64 or float32.

    Examples
    --------
    >>> make_network([4, 8, 3], "relu", np.random.default_rng(0))
    Sequential(
      (fc1): Linear(4, 8)
      (act1): ReLU()
      (fc2): Linear(8, 3)
    )
    """
    between, init = ACTIVATIONS[check_choice(activation, "activation", ACTIVATIONS)]
    layers: list[Op] = []
    for number, (D, M) in enumerate(itertools.pairwise(sizes), start=1):
        drawn: dict[str, Any] = {"weight_init": init, "bias_init": init, "rng": rng}
        layers.append(Linear(D, M, **drawn, dtype=dtype, name=f"fc{number}"))
        if between is not None and number < len(sizes) - 1:
            layers.append(between(name=f"act{number}"))
    return Sequential(*layers)
