"""Binary cross-entropy of one point: what a prediction costs, given the label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses import BCELoss
from minidl.plots.cross_entropy import draw_cross_entropy, update_cross_entropy
from minidl.widgets.controls import buttons, slider
from minidl.widgets.explorer import Artists, Data, Explorer, Figure, State
from minidl.widgets.words import plain

Array = npt.NDArray[Any]
LossFunction = Callable[[Array, Array], float]
"""A function (p, y) → loss, with p and y of shape (1, 1)."""

_NEAR_ZERO = np.geomspace(1e-4, 9e-3, 15)
_GRID = np.sort(np.concatenate([np.arange(101) / 100, _NEAR_ZERO, 1 - _NEAR_ZERO]))


class CrossEntropyExplorer(Explorer):
    """Label and prediction → the loss of one point and its slope.

    Parameters
    ----------
    bce
        The learner's own function (p, y) → loss, whose curve is then shown; by default minidl's
        `BCELoss`. The slope is always the formula's, −1/p or 1/(1 − p).
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

    def compute(self, state: State) -> Data:
        """Evaluate loss and slope over all predictions, and at the one chosen."""
        label, p = int(state.label), round(float(state.p), 2)
        expected, code_slope = bce_and_slope(np.array([p]), label)
        return {
            "label": label,
            "p": p,
            "grid": _GRID,
            "loss": [self._loss(_GRID, y) for y in (0, 1)],
            "slope": [slope_of_formula(_GRID, y) for y in (0, 1)],
            "loss_at_p": float(self._loss(np.array([p]), label)[0]),
            "slope_at_p": float(slope_of_formula(np.array([p]), label)[0]),
            "code_slope": float(code_slope[0]),
            "expected": float(expected[0]),
        }

    def draw(self, figure: Figure) -> Artists:
        """Draw the empty picture."""
        return draw_cross_entropy(figure)

    def update(self, artists: Artists, data: Data) -> None:
        """Show loss and slope."""
        update_cross_entropy(artists, data)

    def sentence(self, state: State, data: Data) -> str:
        """State the loss, the probability that it comes from, and the slope."""
        p, label, loss = data["p"], data["label"], data["loss_at_p"]
        given = p if label == 1 else 1 - p
        start = f"Label {label}, prediction {p:.2f}: the label was given probability {given:.2f}, "
        if not np.isclose(loss, data["expected"]):
            return start + f"so the loss should be {data['expected']:.4f}, but yours is {loss:.4f}."
        limit = " (−log 0 is infinite, and is cut off)" if given == 0 else ""
        return start + f"so the loss is {loss:.4f}{limit}{_steepness(data)}."

    def _loss(self, p: Array, y: int) -> Array:
        """Return the loss of one point for each prediction in p, shape (K,)."""
        if self._bce is None:
            return bce_and_slope(p, y)[0]
        with np.errstate(all="ignore"):
            values = [self._bce(np.array([[each]]), np.array([[float(y)]])) for each in p]
        losses = np.asarray(values)
        if losses.shape != p.shape or losses.dtype.kind not in "fiu":
            raise ValueError(
                "expected the loss of one point to be one number, received "
                f"{type(values[0]).__name__}. Try np.mean(…) around it."
            )
        return losses.astype(float)


def bce_and_slope(p: Array, y: int) -> tuple[Array, Array]:
    """Return minidl's loss for the label y and the slope that its code returns, shapes (K,).

    Examples
    --------
    >>> loss, slope = bce_and_slope(np.array([0.5]), 1)
    >>> loss.round(4), slope
    (array([0.6931]), array([-2.]))
    """
    each = BCELoss(reduction="none")
    return each(p, np.full_like(p, y)), each.backward(np.ones_like(p))


def slope_of_formula(p: Array, y: int) -> Array:
    """Return −1/p for the label 1 and 1/(1 − p) for 0, shape (K,), infinite at the far edge.

    Examples
    --------
    >>> slope_of_formula(np.array([0.0, 0.5, 1.0]), 1)
    array([-inf,  -2.,  -1.])
    """
    with np.errstate(divide="ignore"):
        slope: Array = np.divide(-1, p) if y == 1 else np.divide(1, 1 - p)
    return slope


def _steepness(data: Data) -> str:
    """Return words for the slope; at the edges, what the formula says and what code does."""
    slope, code = data["slope_at_p"], data["code_slope"]
    if np.isclose(slope, code):
        return f" and its slope {plain(slope)}"
    says = f"; for the slope the formula says {_sign(slope)}{_size(slope)}, "
    if code == 0:
        return says + "but the code stops at 0 here, as PyTorch's does"
    return says + f"the code {_sign(code)}{_size(code)}: like PyTorch's, it divides by 1e-12"


def _sign(value: float) -> str:
    return "−" if value < 0 else ""


def _size(value: float) -> str:
    return "∞" if np.isinf(value) else f"{abs(value):.0f}" if abs(value) < 1e6 else "1e12"


def cross_entropy_explorer(bce: LossFunction | None = None, **start: Any) -> CrossEntropyExplorer:
    """Return an explorer of the loss of one point; see `CrossEntropyExplorer`."""
    return CrossEntropyExplorer(bce, **start)
