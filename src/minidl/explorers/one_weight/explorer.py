"""The one-weight explorer: how the loss follows a single number of a network."""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import make_moons
from minidl.explorers.one_weight.picture import (
    OneWeightArtists,
    OneWeightView,
    draw_one_weight,
    update_one_weight,
)
from minidl.gradcheck import GradCheckRow, float64_copy, numerical_gradient, repeatable
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.op import Op
from minidl.plots.numbers import plain
from minidl.validation import as_float_array
from minidl.widgets.controls import choice, log_slider, slider
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import NetworkFactory, network_of

Array = npt.NDArray[Any]
REACH = 6.0  # how far a weight can be moved either way
MOST_OPTIONS = 32  # in the list of weights; where arrays are long, each has its share
TOLERANCE = 1e-6


class OneWeightExplorer(Explorer[OneWeightArtists, OneWeightView]):
    """A weight and how far it is moved → the loss, its slope, and a step down that slope.

    Parameters
    ----------
    model, loss, data
        Your network, or a function `(input_size, hidden_size, output_size, *, rng)` that makes
        one, your loss and your points (X, y); by default `minidl.models.two_layer_net`,
        `minidl.losses.BCELoss()` and moons.
    **start
        First values of controls: `weight` (such as `"fc1.W[0, 0]"`), `shift`, `lr`.

    Examples
    --------
    >>> explorer = OneWeightExplorer(weight="fc2.b[0, 0]")
    >>> explorer.status.split(":")[0]
    'fc2.b[0, 0] = 0.00'
    >>> explorer.close()
    """

    alt = "The loss against the value of one weight, with its tangent at the present value"
    size = (640, 320)

    def __init__(
        self,
        model: Op | NetworkFactory | None = None,
        loss: Any = None,
        data: tuple[Any, Any] | None = None,
        **start: Any,
    ) -> None:
        X, y = make_moons(200, noise=0.2, rng=0) if data is None else data
        self._X = as_float_array(X, "X")
        self._labels = as_float_array(y, "y").reshape(len(self._X), -1)
        self._loss = BCELoss() if loss is None else loss
        widths = (self._X.shape[1], 5, self._labels.shape[1])
        self._model = network_of(two_layer_net if model is None else model, *widths, rng=0)
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return a list of weights, and sliders for the weight and the learning rate."""
        names = weight_names(self._model)
        return {
            "weight": choice(
                "Weight", names[0], options=names,
                tooltip="Which number to move; of large arrays, one of the first.",
            ),
            "shift": slider(
                "Move it by", 0.0, low=-REACH, high=REACH, step=0.1,
                tooltip="From the value that it has in the network.",
            ),
            "lr": log_slider(
                "Learning rate", 5, low=0.1, high=100, per_decade=20,
                tooltip="One step changes the weight by minus learning rate times gradient.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> OneWeightView:
        """Measure the loss along the weight; at the present value, ask backward for its slope."""
        model, loss = float64_copy(self._model), float64_copy(self._loss)
        forward, X = repeatable(model), self._X.astype(np.float64)
        name, _, place = state.weight.partition("[")
        index = tuple(int(i) for i in place.rstrip("]").split(", "))
        parameter = next(p for p in model.parameters() if p.name == name)
        start = float(parameter.value[index])

        def loss_at(weight: float) -> float:
            parameter.value[index] = weight
            return float(loss(forward(X), self._labels))

        weight = start + state.shift
        slope = float(numerical_gradient(lambda w: loss_at(w[0]), np.array([weight]))[0])
        here = (weight, loss_at(weight))
        predicts, grad = forward(X), loss.backward()
        blurred = abs(here[1]) + float(np.abs(grad * predicts).sum())
        model.backward(grad)
        gradient = float(parameter.grad[index])
        weights = np.linspace(start - REACH, start + REACH, 121)
        losses = np.array([loss_at(w) for w in weights])
        target = weight - state.lr * gradient
        landing = (target, loss_at(target))
        return OneWeightView(
            weights, losses, here, landing, gradient=gradient, slope=slope, blurred=blurred
        )

    def draw(self, figure: Figure) -> OneWeightArtists:
        """Draw the axes."""
        return draw_one_weight(figure)

    def update(self, artists: OneWeightArtists, view: OneWeightView) -> None:
        """Put the curve and the tangent into the picture."""
        update_one_weight(artists, view)

    def sentence(self, state: State, view: OneWeightView) -> str:
        """Say what the loss and its slope are, and where one step leads."""
        (weight, loss), (target, after) = view.here, view.landing
        change = "lower" if after < loss else "higher" if after > loss else "the same"
        text = (
            f"{state.weight} = {plain(weight)}: loss {plain(loss, 4)}, gradient "
            f"{plain(view.gradient, 4)}. One step with learning rate {state.lr:.3g} leads to "
            f"{plain(target)}, where the loss is {plain(after, 4)}: {change}."
        )
        if is_wrong(view):
            text += f" But the curve's slope is {plain(view.slope, 4)}: backward is wrong."
        return text


def weight_names(model: Op) -> list[str]:
    """Return the names of single weights, of each parameter as many as the list has room for.

    Examples
    --------
    >>> weight_names(two_layer_net(2, 1, rng=0))
    ['fc1.W[0, 0]', 'fc1.W[1, 0]', 'fc1.b[0, 0]', 'fc2.W[0, 0]', 'fc2.b[0, 0]']
    """
    parameters = list(model.parameters())
    sizes = [parameter.value.size for parameter in parameters]
    shares = range(1, MOST_OPTIONS + 1)
    fitting = [n for n in shares if sum(min(n, size) for size in sizes) <= MOST_OPTIONS]
    share = max(fitting, default=1)
    return [
        f"{parameter.name}{list(index)}"
        for parameter in parameters
        for index in islice(np.ndindex(parameter.value.shape), share)
    ]


def is_wrong(view: OneWeightView) -> bool:
    """Return whether backward's gradient differs from the slope by more than rounding explains.

    What rounding the loss and the predictions does to the loss, `blurred` times 1e-16, central
    differences divide by their small step: where predictions are next to 0 or 1, they tell
    nothing.
    """
    gradient, slope = np.array([view.gradient]), np.array([view.slope])
    row = GradCheckRow("weight", gradient, slope, TOLERANCE, view.blurred)
    return bool(np.isfinite(slope).all()) and not row.ok
