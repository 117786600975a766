"""Binary cross-entropy of one point: what a prediction costs, given the label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.cross_entropy.picture import (
    CrossEntropyArtists,
    CrossEntropyView,
    draw_cross_entropy,
    update_cross_entropy,
)
from minidl.plots.numbers import plain
from minidl.widgets.controls import buttons, slider
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]
LossFunction = Callable[[Array, Array], float]
"""A function (p, y) → loss, with p and y of shape (1, 1)."""

_NEAR_ZERO = np.geomspace(1e-4, 9e-3, 15)
_GRID = np.sort(np.concatenate([np.arange(101) / 100, _NEAR_ZERO, 1 - _NEAR_ZERO]))


class CrossEntropyExplorer(Explorer[CrossEntropyArtists, CrossEntropyView]):
    """Label and prediction → the loss of one point and its slope.

    Parameters
    ----------
    bce
        The learner's own function (p, y) → loss, whose curve is then shown; by default the
        formula's. The slope is always the formula's, −1/p or 1/(1 − p), but NaN where the loss is.
    **start
        First values of controls: `label` (0 or 1), `p`.
    """

    alt = (
        "Left, the loss over the prediction, which rises without end towards the wrong answer; "
        "right, the loss's slope; a dot marks the prediction"
    )
    size = (720, 320)

    def __init__(self, bce: LossFunction | None = None, **start: Any) -> None:
        self._bce = bce
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the label's buttons and a slider for the prediction."""
        return {
            "label": buttons(
                "Label y",
                1,
                options={"class 0": 0, "class 1": 1},
                tooltip="What the point really is.",
            ),
            "p": slider(
                "Prediction p",
                0.5,
                low=0,
                high=1,
                step=0.01,
                tooltip="The probability that the network gives to class 1.",
            ),
        }

    def compute(self, state: State) -> CrossEntropyView:
        """Evaluate loss and slope over all predictions, and at the one chosen."""
        label, p = int(state.label), round(float(state.p), 2)
        expected, slope = (float(each[0]) for each in loss_and_slope(np.array([p]), label))
        loss = float(self._loss(np.array([p]), label)[0])
        return CrossEntropyView(
            label=label,
            p=p,
            grid=_GRID,
            loss=[self._loss(_GRID, y) for y in (0, 1)],
            slope=[loss_and_slope(_GRID, y)[1] for y in (0, 1)],
            loss_at_p=loss,
            slope_at_p=np.nan if np.isnan(loss) else slope,
            expected=expected,
        )

    def draw(self, figure: Figure) -> CrossEntropyArtists:
        """Draw the empty picture."""
        return draw_cross_entropy(figure)

    def update(self, artists: CrossEntropyArtists, view: CrossEntropyView) -> None:
        """Show loss and slope."""
        update_cross_entropy(artists, view)

    def sentence(self, state: State, view: CrossEntropyView) -> str:
        """State the loss, the probability that it comes from, and the slope."""
        p, label, loss, expected = view.p, view.label, view.loss_at_p, view.expected
        given = p if label == 1 else 1 - p
        start = f"Label {label}, prediction {p:.2f}: the label was given probability {given:.2f}, "
        if not np.isclose(loss, expected):
            should = plain(expected, 4)
            return start + f"so the loss should be {should}, but yours is {plain(loss, 4)}."
        slope = plain(view.slope_at_p, 2)
        return start + f"so the loss is {plain(loss, 4)} and its slope {slope}."

    def _loss(self, p: Array, y: int) -> Array:
        """Return the loss of one point for each prediction in p, shape (K,)."""
        if self._bce is None:
            return loss_and_slope(p, y)[0]
        with np.errstate(all="ignore"):
            values = [self._bce(np.array([[each]]), np.array([[float(y)]])) for each in p]
        losses = np.asarray(values)
        if losses.shape != p.shape or losses.dtype.kind not in "fiu":
            raise ValueError(
                "expected the loss of one point to be one number, received "
                f"{type(values[0]).__name__}. Try np.mean(…) around it."
            )
        return losses.astype(float)


def loss_and_slope(p: Array, y: int) -> tuple[Array, Array]:
    """Return −log q, where q is what p gives to the label y, and its slope ∂/∂p, shapes (K,).

    Nothing is cut off: at q = 0 both are infinite.

    Examples
    --------
    >>> loss, slope = loss_and_slope(np.array([0.0, 0.5, 1.0]), 1)
    >>> loss.round(4), slope
    (array([   inf, 0.6931, 0.    ]), array([-inf,  -2.,  -1.]))
    """
    q, direction = (p, -1.0) if y == 1 else (1 - p, 1.0)
    with np.errstate(divide="ignore"):
        return 0.0 - np.log(q), direction / q  # where −log q would make −0 of 0
