"""Networks of affine layers: as many as wanted, or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import numpy as np
import numpy.typing as npt

from minidl.nn import (
    BatchNorm1d,
    Dropout,
    Flatten,
    LayerNorm,
    Linear,
    ReLU,
    Sequential,
    he_normal,
    normal,
)
from minidl.nn.activation import Activation
from minidl.op import Op
from minidl.parameter import Parameter
from minidl.penalties import L2, Penalty
from minidl.validation import (
    as_generator,
    check_choice,
    check_positive_int,
    check_real,
    describe,
)

NORMS: dict[str, tuple[type[BatchNorm1d] | type[LayerNorm], str]] = {
    "batch": (BatchNorm1d, "bn"),
    "layer": (LayerNorm, "ln"),
}
"""The kinds of normalization, with how their layers' names begin."""


class FullyConnectedNet(Sequential):
    """A network of any depth: {affine – [norm] – ReLU – [dropout]} × (L − 1) – affine.

    Its inputs are rows of features, (N, D), or arrays of any shape, (N, …), which `flat` makes
    rows of. Its outputs are scores, one a class, for `CrossEntropyLoss` or `MulticlassHingeLoss`.
    The layers of the first block are called `fc1`, `bn1` (`ln1` for layer norm), `act1` and
    `dropout1`, and so on, so that its parameters are `fc1.W`, `fc1.b`, `bn1.gamma` and `bn1.beta`:
    W1, b1, γ1 and β1 on paper. By those names `numbered` has them.

    Parameters
    ----------
    input_size : int
        The number D of features.
    hidden_sizes : iterable of int
        The number of units of each hidden layer; none for a linear model.
    output_size : int
        The number of classes C.
    normalization : {None, "batch", "layer"}
        What stands between affine layer and activation.
    keep_prob : float
        The probability with which dropout keeps a hidden unit; 1 for no dropout.
    weight_scale : float, optional
        The standard deviation of the initial weights; by default He's, √(2 / fan_in), layer by
        layer. Biases begin at 0.
    reg : float
        The weight λ of the penalty ½·λ·ΣW², on weights alone. It is no part of the network's
        output: a Runner finds it in `penalties`, and applies it at each step. Setting `net.reg`
        changes it, in a training under way too.
    activation : type of Activation
        What follows each hidden affine layer.
    rng : int, numpy.random.Generator or None
        Where initial weights and dropout's masks come from.
    dtype : dtype
        float64, or float32 to compute in single precision all the way.
    name : str, optional
        What the network is called inside a larger one.

    Raises
    ------
    TypeError, ValueError
        If an argument will not do.

    Examples
    --------
    >>> net = FullyConnectedNet(4, [8, 6], 3, normalization="batch", reg=0.1, rng=0)
    >>> net(np.ones((5, 4))).shape
    (5, 3)
    >>> [layer.name for layer in net.layers]
    ['flat', 'fc1', 'bn1', 'act1', 'fc2', 'bn2', 'act2', 'fc3']
    >>> list(net.numbered())
    ['W1', 'b1', 'gamma1', 'beta1', 'W2', 'b2', 'gamma2', 'beta2', 'W3', 'b3']
    >>> [penalty.lam for penalty in net.penalties]
    [0.1]
    """

    def __init__(
        self,
        input_size: int,
        hidden_sizes: Iterable[int],
        output_size: int,
        *,
        normalization: str | None = None,
        keep_prob: float = 1.0,
        weight_scale: float | None = None,
        reg: float = 0.0,
        activation: type[Activation] = ReLU,
        rng: int | np.random.Generator | None = None,
        dtype: npt.DTypeLike = np.float64,
        name: str | None = None,
    ) -> None:
        sizes = [input_size, *as_sizes(hidden_sizes), output_size]
        check_choice(normalization, "normalization", (None, *NORMS))
        check_real(keep_prob, "keep_prob", low=0, high=1, low_inclusive=False)
        init = he_normal if weight_scale is None else normal(check_scale(weight_scale))
        rng = as_generator(rng)

        def affine(number: int) -> Linear:
            fans = sizes[number - 1], sizes[number]
            return Linear(*fans, weight_init=init, rng=rng, dtype=dtype, name=f"fc{number}")

        def block(number: int) -> Iterator[Op]:
            yield affine(number)
            if normalization is not None:
                kind, prefix = NORMS[normalization]
                yield kind(sizes[number], dtype=dtype, name=f"{prefix}{number}")
            yield activation(name=f"act{number}")
            if keep_prob < 1:
                yield Dropout(keep_prob, rng=rng, name=f"dropout{number}")

        L = len(sizes) - 1
        hidden = [layer for number in range(1, L) for layer in block(number)]
        super().__init__(Flatten(name="flat"), *hidden, affine(L), name=name)
        self._penalty = L2(check_real(reg, "reg", low=0))

    @property
    def reg(self) -> float:
        """The weight λ of the penalty."""
        return self._penalty.lam

    @reg.setter
    def reg(self, reg: float) -> None:
        """Change it for all who hold the penalty, a Runner among them."""
        self._penalty.lam = check_real(reg, "reg", low=0)

    @property
    def penalties(self) -> Sequence[Penalty]:
        """½·reg·ΣW² over the weights of the affine layers."""
        return [self._penalty]

    def numbered(self) -> dict[str, Parameter]:
        """Return the parameters by the names that they have on paper: W1, b1, gamma1, beta1, ….

        A name is a parameter's own, followed by the number of its layer: W1 is `fc1.W`.
        """
        return {
            f"{key}{_number_of(layer)}": Parameter(
                f"{layer.name}.{key}", key, layer.params, layer.grads
            )
            for layer in self.layers
            for key in layer.params
        }


class TwoLayerNet(FullyConnectedNet):
    """The network affine – ReLU – affine: a `FullyConnectedNet` with one hidden layer.

    Its parameters are W1, b1, W2 and b2; its outputs are scores, one a class. For two classes and
    a single probability see `two_layer_net`.

    Parameters
    ----------
    input_size, hidden_size, output_size : int
        Features, hidden units and classes.
    weight_scale, reg, activation, rng, dtype, name
        See `FullyConnectedNet`.

    Examples
    --------
    >>> list(TwoLayerNet(4, 8, 3, rng=0).numbered())
    ['W1', 'b1', 'W2', 'b2']
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        *,
        weight_scale: float | None = None,
        reg: float = 0.0,
        activation: type[Activation] = ReLU,
        rng: int | np.random.Generator | None = None,
        dtype: npt.DTypeLike = np.float64,
        name: str | None = None,
    ) -> None:
        super().__init__(
            input_size,
            [check_positive_int(hidden_size, "hidden_size")],
            output_size,
            weight_scale=weight_scale,
            reg=reg,
            activation=activation,
            rng=rng,
            dtype=dtype,
            name=name,
        )


def as_sizes(hidden_sizes: Iterable[int]) -> list[int]:
    """Return the numbers of units of the hidden layers as a list.

    Raises
    ------
    TypeError, ValueError
        If they are no whole numbers of at least 1, or have no order.

    Examples
    --------
    >>> as_sizes((100, 50))
    [100, 50]
    """
    unordered = isinstance(hidden_sizes, Set | Mapping)
    if isinstance(hidden_sizes, str) or unordered or not isinstance(hidden_sizes, Iterable):
        raise TypeError(
            "hidden_sizes: expected a list of whole numbers, one for each hidden layer, "
            f"received {describe(hidden_sizes)}; try [100] for one"
        )
    return [check_positive_int(size, "hidden_sizes") for size in hidden_sizes]


def check_scale(weight_scale: float) -> float:
    """Return the standard deviation of initial weights if it can be one.

    Examples
    --------
    >>> check_scale(0.01)
    0.01
    """
    return check_real(weight_scale, "weight_scale", low=0)


def _number_of(layer: Op) -> str:
    """Return the number at the end of a layer's name."""
    name = layer.name or ""
    return name[len(name.rstrip("0123456789")) :]
