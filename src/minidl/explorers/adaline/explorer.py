"""The adaline explorer: a line that takes one step of a fixed size for every point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.adaline.picture import (
    REACH,
    AdalineArtists,
    AdalineView,
    draw_adaline,
    mean_absolute_error,
    update_adaline,
)
from minidl.plots.numbers import plain, signed
from minidl.validation import as_float_array, as_generator, describe
from minidl.widgets.controls import checkbox, int_slider, log_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import own_function

Array = npt.NDArray[Any]
Step = Callable[[float, float, float, float, float, float], tuple[float, float]]
"""`(w, b, x, y, lr_w, lr_b)` → the next (w, b)."""

TARGET = (2.0, 1.0)
"""Slope and intercept of the line to be learned, y = 2x + 1."""
COUNTS = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)


def adaline_step(
    w: float, b: float, x: float, y: float, lr_w: float, lr_b: float
) -> tuple[float, float]:
    """Return w and b after a step of gradient descent on |w·x + b − y|.

    w ← w − lr_w·sign(w·x + b − y)·x,  b ← b − lr_b·sign(w·x + b − y)

    Parameters
    ----------
    w, b : float
        The line.
    x, y : float
        The point.
    lr_w, lr_b : float
        Learning rates.

    Examples
    --------
    >>> adaline_step(0.0, 0.0, 2.0, 5.0, 0.5, 0.25)
    (1.0, 0.25)
    """
    error = w * x + b - y
    sign = (error > 0) - (error < 0)
    return w - lr_w * sign * x, b - lr_b * sign


class AdalineExplorer(Explorer[AdalineArtists, AdalineView]):
    """Two learning rates and a number of points → the line that comes of them, and its way.

    Parameters
    ----------
    step : callable, optional
        Your step: `(w, b, x, y, lr_w, lr_b)` → the next (w, b); by default gradient descent on
        the absolute error.
    xs : array_like of shape (N,), optional
        Your inputs, which come first; after them, as by default, random ones between −10 and 10.
    **start
        First values of the controls `lr_w`, `lr_b`, `count`, `seed` and `falling`.

    Examples
    --------
    >>> explorer = AdalineExplorer(xs=[2.0], count=1)
    >>> explorer.status.split(",")[0]
    'After 1 point: 0.10·x + 0.10'
    >>> explorer.close()
    """

    alt = (
        "Left: points, the line they lie on and the learned line. "
        "Right: the way of w and b over the surface of the mean absolute error. "
        "Below: this error after each point"
    )
    size = (720, 520)

    def __init__(self, step: Step | None = None, xs: Any = None, **start: Any) -> None:
        self._step = own_function(
            step, adaline_step, call="(w, b, x, y, lr_w, lr_b)", returns="the next (w, b)"
        )
        self._xs = np.empty(0) if xs is None else _as_inputs(xs)
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return sliders for both rates, the points and their order, and a box to tick."""
        rates: dict[str, Any] = {"low": 0.001, "high": 1, "per_decade": 10}
        return {
            "lr_w": log_slider(
                "Rate for w", 0.05, **rates, tooltip="A point moves w by this times x."
            ),
            "lr_b": log_slider("Rate for b", 0.1, **rates, tooltip="A point moves b by this."),
            "count": stops(
                "Points", 10, options=COUNTS, tooltip="How many points the machine is shown."
            ),
            "seed": int_slider(
                "Seed", 0, low=0, high=50, tooltip="Draws other points."
            ),
            "falling": checkbox(
                "Falling rates", False, tooltip="Divides both rates by √k at the k-th point."
            ),
        }  # fmt: skip

    def compute(self, state: State) -> AdalineView:
        """Take a step for each point."""
        x = self.inputs(state)
        y = TARGET[0] * x + TARGET[1]
        slowing = np.sqrt(np.arange(1, len(x) + 1)) if state.falling else np.ones(len(x))
        rates = np.outer(1 / slowing, (state.lr_w, state.lr_b))
        path = [(0.0, 0.0)]
        for point, label, (lr_w, lr_b) in zip(
            x.tolist(), y.tolist(), rates.tolist(), strict=True
        ):  # plain floats are several times as fast as NumPy's
            path.append(_as_pair(self._step(*path[-1], point, label, lr_w, lr_b)))
        w, b = np.transpose(path)
        errors = mean_absolute_error(w, b, TARGET)
        return AdalineView(x=x, y=y, path=np.array(path), errors=errors)

    def inputs(self, state: State) -> Array:
        """Return the x of the points, in the order in which they are shown."""
        drawn = as_generator(state.seed).uniform(-REACH, REACH, state.count)
        return np.concatenate([self._xs, drawn])[: state.count]

    def draw(self, figure: Figure) -> AdalineArtists:
        """Draw both axes and the surface."""
        return draw_adaline(figure, target=TARGET)

    def update(self, artists: AdalineArtists, view: AdalineView) -> None:
        """Put the training into the picture."""
        update_adaline(artists, view)

    def sentence(self, state: State, view: AdalineView) -> str:
        """Say which line was learned, how far off it is, and between what it has moved."""
        w, b = view.path[-1]
        half = len(view.path) // 2
        low, high = (pick(view.path[half:], axis=0) for pick in (np.min, np.max))
        points = "point" if state.count == 1 else "points"
        return (
            f"After {state.count} {points}: {plain(w)}·x {signed(b, 2)}, on average "
            f"{plain(view.errors[-1])} off. In the second half of the way this average was up "
            f"to {plain(view.errors[half:].max())}, w between {plain(low[0])} and "
            f"{plain(high[0])}, b between {plain(low[1])} and {plain(high[1])}."
        )


def _as_inputs(xs: Any) -> Array:
    """Return inputs as a flat array, if there are any."""
    inputs = as_float_array(xs, "xs").reshape(-1)
    if not len(inputs):
        raise ValueError("adaline_explorer: expected at least one number in xs, received none")
    return inputs


def _as_pair(found: Any) -> tuple[float, float]:
    """Return the next (w, b), refusing what is not a pair of numbers."""
    try:
        w, b = found
        return float(w), float(b)
    except (TypeError, ValueError):
        raise ValueError(
            f"expected the step to return two numbers (w, b), received {describe(found)}; "
            "try return w, b"
        ) from None
