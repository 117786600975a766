"""A step of L-BFGS, which is a descent along several directions."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from minidl.optim.base import Closure
from minidl.optim.flat import Array, FlatParameters
from minidl.optim.groups import ParamGroup
from minidl.optim.line_search import Line, Trial, strong_wolfe
from minidl.optim.two_loop import newton_direction, remember


class Point(NamedTuple):
    """Where the parameters are: the loss and its gradient ∂L/∂θ, as one vector."""

    loss: float
    grad: Array


class Descent:
    """One step of L-BFGS: directions, one after the other, and how far to go along each.

    Parameters
    ----------
    group : ParamGroup
        The parameters and the options of `LBFGS`.
    state : dict of str to Any
        What earlier steps left behind, and this one changes: "n_iter" and "func_evals", the
        directions and the evaluations so far; "d", "t" and "grad", the last direction, how far it
        was followed, and the gradient before; "pairs" and "scale", what is known of H⁻¹.
    closure : function
        Computes the loss and its gradients anew.
    """

    def __init__(self, group: ParamGroup, state: dict[str, Any], closure: Closure) -> None:
        self._flat = FlatParameters(group["params"])
        self._group = group
        self._state = state
        self._closure = closure
        self._evals = 0

    def run(self) -> float:
        """Go until a limit or a tolerance is reached; return the loss at the start."""
        group = self._group
        first = point = self._evaluate()
        if group["lr"] == 0 or self._is_level(point):
            return first.loss
        for iteration in range(1, group["max_iter"] + 1):
            slope = self._turn(point)
            if slope > -group["tolerance_change"]:
                break
            before = point
            point = self._advance(before, slope, last=iteration == group["max_iter"])
            if self._has_arrived(before, point):
                break
        return first.loss

    def _evaluate(self) -> Point:
        self._evals += 1
        self._state["func_evals"] += 1
        return Point(float(self._closure()), self._flat.grad())

    def _turn(self, point: Point) -> float:
        """Choose the direction d and the first t to try; return the slope along d."""
        state, t = self._state, self._group["lr"]
        if state["n_iter"] == 0:  # nothing is known of H yet: keep the first move small
            t *= min(1.0, 1 / float(np.abs(point.grad).sum()))
        else:
            self._learn(point)
        d = newton_direction(state["pairs"], state["scale"], point.grad)
        state.update(n_iter=state["n_iter"] + 1, d=d, t=t, grad=point.grad)
        return float(point.grad @ d)

    def _learn(self, point: Point) -> None:
        """Remember how the gradient changed on the last move."""
        state = self._state
        step, change = state["t"] * state["d"], point.grad - state["grad"]
        scale = remember(state["pairs"], step, change, self._group["history_size"])
        if scale is not None:
            state["scale"] = scale

    def _advance(self, point: Point, slope: float, *, last: bool) -> Point:
        """Move along d and return the new point, or the old one if nobody will ask for it."""
        state = self._state
        if self._group["line_search_fn"] is None:
            self._flat.move(state["d"], state["t"])
            return point if last else self._evaluate()
        found = strong_wolfe(self._line(point, slope), state["t"])
        state["t"] = found.t
        self._flat.move(state["d"], found.t)
        return Point(found.loss, found.grad)

    def _line(self, point: Point, slope: float) -> Line:
        d, home = self._state["d"], self._flat.copies()

        def evaluate(t: float) -> Trial:
            self._flat.move(d, t)
            try:
                trial = self._evaluate()
            finally:
                self._flat.restore(home)
            return Trial(t, trial.loss, trial.grad, float(trial.grad @ d))

        start = Trial(0.0, point.loss, point.grad, slope)
        left = self._max_eval() - self._evals
        reach = largest(d)
        return Line(start, evaluate, left, reach, self._group["tolerance_change"])

    def _max_eval(self) -> int:
        given: int | None = self._group["max_eval"]
        return self._group["max_iter"] * 5 // 4 if given is None else given

    def _is_level(self, point: Point) -> bool:
        return bool(largest(point.grad) <= self._group["tolerance_grad"])

    def _has_arrived(self, before: Point, point: Point) -> bool:
        moved = self._state["t"] * largest(self._state["d"])
        tolerance = self._group["tolerance_change"]
        return (
            self._evals >= self._max_eval()
            or self._is_level(point)
            or moved <= tolerance
            or abs(point.loss - before.loss) < tolerance
        )


def largest(vector: Array) -> float:
    """Return max |xᵢ|, NaN if there is one, without a copy of the vector.

    Examples
    --------
    >>> largest(np.array([1.0, -3.0, 2.0]))
    3.0
    """
    return max(float(vector.max()), -float(vector.min()))
