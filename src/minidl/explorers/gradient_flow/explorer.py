"""Explorer of a stack of layers: how much of the gradient arrives at each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.gradient_flow.picture import (
    DEEPEST,
    GradientArtists,
    GradientView,
    draw_gradient_flow,
    update_gradient_flow,
)
from minidl.nn import Activation, Linear, Sequential, he_normal, standard_normal, xavier_normal
from minidl.nn.init import Initializer
from minidl.op import Op
from minidl.plots.activation import SHUT
from minidl.validation import describe
from minidl.widgets.activation_choices import ActivationFactory, make_activation, offer
from minidl.widgets.controls import choice, int_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import own_function

Array = npt.NDArray[Any]
Stack = Callable[[ActivationFactory, int, Initializer], Op]

INITIALIZERS: dict[str, Initializer] = {
    "Xavier": xavier_normal,
    "He": he_normal,
    "standard normal": standard_normal,
}
WIDTH, SAMPLES = 50, 100
SCALES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.6, 1.8, 2.0)
SMALLEST = 1e-9  # smaller sizes are easier to read as powers of ten


def plain_stack(activation: ActivationFactory, depth: int, weight_init: Initializer) -> Sequential:
    """Return `depth` times Linear and activation, each 50 units wide.

    Examples
    --------
    >>> from minidl.nn import Tanh
    >>> plain_stack(Tanh, 2, xavier_normal)
    Sequential(
      (layer0): Linear(50, 50)
      (layer1): Tanh()
      (layer2): Linear(50, 50)
      (layer3): Tanh()
    )
    """
    rng = np.random.default_rng(1)
    layers: list[Op] = []
    for _ in range(depth):
        layers += [Linear(WIDTH, WIDTH, weight_init=weight_init, rng=rng), activation()]
    return Sequential(*layers)


def gradient_sizes(network: Op, x: Array, g: Array) -> tuple[list[float], list[float]]:
    """Send a gradient back through a network and measure it after each activation.

    Parameters
    ----------
    network : Op
        With `layers` that run one after another.
    x : ndarray
        Its input.
    g : ndarray
        The gradient ∂L/∂(output) that is sent back.

    Returns
    -------
    sizes : list of float
        The root mean square of ∂L/∂z for each activation's input z, as a share of that of g, the
        first layer first.
    shut : list of float
        The share of units and samples whose slope is below 0.05.
    """
    network(x)
    sent = _size(g)
    sizes, shut = [], []
    for layer in reversed(network.layers):
        g = layer.backward(g)
        if isinstance(layer, Activation):
            sizes.append(_size(g) / sent)
            slope = layer.slope(*layer.saved_for_backward())
            shut.append(float(np.mean(np.abs(slope) < SHUT)))
    return sizes[::-1], shut[::-1]


class GradientExplorer(Explorer[GradientArtists, GradientView]):
    """Activation, weights and depth → the gradient that arrives at each layer of a real network.

    Parameters
    ----------
    *own : class or function that makes an Activation
        Your own activations, offered in the list beside the library's.
    stack : callable, optional
        (activation, depth, weight_init) → network: your own way to build the stack.
    **start
        First values of controls, such as `activation="Tanh"` or `depth=15`.
    """

    alt = "Above the size of the gradient at each layer, below the share of units with little slope"
    size = (720, 400)

    def __init__(self, *own: ActivationFactory, stack: Stack | None = None, **start: Any) -> None:
        self._factories = offer(own)
        call = "(activation, depth, weight_init)"
        self._stack = own_function(stack, plain_stack, call=call, returns="a network")
        self._before: Sequence[float] = ()
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the choices that a network is built from."""
        return {
            "activation": choice(
                "Activation",
                "ReLU",
                options=list(self._factories),
                tooltip="What follows each linear layer.",
            ),
            "depth": int_slider(
                "Depth (layers)", 10, low=1, high=DEEPEST, tooltip="How many layers are stacked."
            ),
            "weights": choice(
                "Weights",
                "Xavier",
                options=list(INITIALIZERS),
                tooltip="How the first weights are drawn.",
            ),
            "scale": stops(
                "Scale (×)", 1.0, options=SCALES, tooltip="What the weights are multiplied by."
            ),
        }

    def compute(self, state: State) -> GradientView:
        """Build the network, send a random gradient back and measure it."""
        factory = self._factories[state.activation]
        make_activation(factory)  # refuses an unfinished one in clear words
        initializer = INITIALIZERS[state.weights]
        network = self._stack(factory, state.depth, lambda *args: state.scale * initializer(*args))
        rng = np.random.default_rng(0)
        x = rng.standard_normal((SAMPLES, _input_size(network)))
        g = rng.standard_normal(network(x).shape)
        sizes, shut = gradient_sizes(network, x, g)
        return GradientView(sizes, shut)

    def draw(self, figure: Figure) -> GradientArtists:
        """Draw the empty panels."""
        return draw_gradient_flow(figure)

    def update(self, artists: GradientArtists, view: GradientView) -> None:
        """Show the sizes, and in grey what was shown before, to compare."""
        if self.view is not None and self.view.sizes != view.sizes:
            self._before = self.view.sizes
        update_gradient_flow(artists, replace(view, before=self._before))

    def reset(self, **values: Any) -> None:
        """Put every control back to where it was at first, with nothing before it."""
        self.view, self._before = None, ()
        super().reset(**values)

    def sentence(self, state: State, view: GradientView) -> str:
        """Return what arrives at the first layer, and how many units have little slope."""
        first, shut = view.sizes[0], [f"{100 * share:.0f}%" for share in view.shut]
        alone = len(shut) == 1
        layer = "the only layer" if alone else f"the first of {len(shut)} layers"
        shares = shut[0] if alone else f"{shut[0]} in the first layer, {shut[-1]} in the last"
        return (
            f"{state.activation}: of a gradient of size 1, {layer} receives {first:.2g}"
            f"{compare(first)}. Units with slope below 0.05: {shares}."
        )


def compare(size: float) -> str:
    """Return how a size compares with 1, in words, rounded to two digits.

    Examples
    --------
    >>> compare(4.2e-07), compare(0.7), compare(125.0), compare(1e-18)
    (', about 1/2,400,000', '', ': it has grown', '')
    """
    if size > 2:
        return ": it has grown"
    if not SMALLEST < size < 0.5:
        return ""
    return f", about 1/{float(f'{1 / size:.2g}'):,.0f}"


def _size(array: Array) -> float:
    """Return the root mean square."""
    return float(np.sqrt(np.mean(array**2)))


def _input_size(network: Op) -> int:
    """Return how many inputs the network's first layer takes."""
    if not (network.layers and "W" in network.layers[0].params):
        raise TypeError(
            "expected the stack to be a Sequential that starts with a Linear layer, "
            f"received {describe(network)}"
        )
    return int(network.layers[0].params["W"].shape[0])
