"""L-BFGS: Newton's method with a memory of a few steps in place of second derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple, final

import numpy as np

from minidl.optim.base import Closure, Optimizer, Params
from minidl.optim.flat import Array, FlatParameters
from minidl.optim.groups import ParamGroup
from minidl.optim.line_search import Line, Trial, strong_wolfe
from minidl.optim.options import Options, choice, optional, real, whole
from minidl.optim.two_loop import newton_direction, remember


class Point(NamedTuple):
    """Where the parameters are: the loss and its gradient ∂L/∂θ, as one vector."""

    loss: float
    grad: Array


@final
class LBFGS(Optimizer):
    """Limited-memory BFGS, θ ← θ + t·d with d = −H⁻¹·∂L/∂θ, several times a step.

    H, the matrix of second derivatives, is built from how the gradient changed on the last steps.
    The loss must be the same function at each evaluation: train on the full set, without dropout.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of one dict
        See `Optimizer`; all have the same options.
    lr : float
        The first t to try, ≥ 0; without a line search it is the only one.
    max_iter : int
        The most directions in a step.
    max_eval : int, optional
        The most evaluations of the loss in a step; by default 1¼ of `max_iter`.
    tolerance_grad : float
        A step ends when no entry of the gradient is larger than this.
    tolerance_change : float
        A step ends when no parameter, or not the loss, changes by more than this.
    history_size : int
        How many changes of the gradient are remembered.
    line_search_fn : None or "strong_wolfe"
        How t is found; None takes `lr`.

    Notes
    -----
    Names, defaults and numbers are PyTorch's. Source: Liu and Nocedal (1989), On the limited
    memory BFGS method for large scale optimization.

    Examples
    --------
    >>> from minidl.losses import MSELoss
    >>> from minidl.nn import Linear
    >>> X = np.array([[0.0], [1.0], [2.0]])
    >>> fc, loss_fn = Linear(1, 1, rng=0), MSELoss()
    >>> optimizer = LBFGS(fc, line_search_fn="strong_wolfe")
    >>> def closure():
    ...     loss = loss_fn(fc(X), 3 * X + 1)
    ...     fc.backward(loss_fn.backward())
    ...     return loss
    >>> _ = optimizer.step(closure)
    >>> fc([[10.0]]).round(4)
    array([[31.]])
    """

    options: ClassVar[Options] = {
        "lr": real(low=0),
        "max_iter": whole(1),
        "max_eval": optional(whole(1)),
        "tolerance_grad": real(low=0),
        "tolerance_change": real(low=0),
        "history_size": whole(1),
        "line_search_fn": choice(None, "strong_wolfe"),
    }
    needs_closure = True
    single_group = True

    def __init__(
        self,
        params: Params,
        lr: float = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ) -> None:
        defaults = {
            "lr": lr,
            "max_iter": max_iter,
            "max_eval": max_eval,
            "tolerance_grad": tolerance_grad,
            "tolerance_change": tolerance_change,
            "history_size": history_size,
            "line_search_fn": line_search_fn,
        }
        super().__init__(params, defaults)

    def step(self, closure: Closure | None = None) -> float:
        """Go down by up to `max_iter` directions.

        Parameters
        ----------
        closure : function
            Computes the loss and its gradients anew, at the parameters as they are, and returns
            the loss.

        Returns
        -------
        float
            The loss before the step.

        Raises
        ------
        TypeError
            If there is no closure.
        """
        if not callable(closure):
            raise TypeError(
                "LBFGS: expected a closure that computes the loss and its gradients anew, "
                f"received {closure!r}; try optimizer.step(closure)"
            )
        self.state = self.state or _new_state(self.param_groups)
        return _Descent(self.param_groups[0], self.state, closure).run()

    def state_blocks(self, groups: Sequence[ParamGroup]) -> list[dict[str, Any]]:
        """Return the form of what is remembered, of all parameters together."""
        state = _new_state(groups)
        return [{**state, "pairs": [{"step": state["grad"], "change": state["grad"], "rho": 0.0}]}]


def _new_state(groups: Sequence[ParamGroup]) -> dict[str, Any]:
    """Return counts, then the last direction, step and gradient, then what is known of H⁻¹."""
    zeros = FlatParameters(groups[0]["params"]).zeros()
    counts = {"n_iter": 0, "func_evals": 0}
    return {**counts, "d": zeros, "t": 0.0, "grad": zeros, "pairs": [], "scale": 1.0}


class _Descent:
    """One step: directions, one after the other, and how far to go along each."""

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
        reach = float(np.abs(d).max())
        return Line(start, evaluate, left, reach, self._group["tolerance_change"])

    def _max_eval(self) -> int:
        given: int | None = self._group["max_eval"]
        return self._group["max_iter"] * 5 // 4 if given is None else given

    def _is_level(self, point: Point) -> bool:
        return bool(np.abs(point.grad).max() <= self._group["tolerance_grad"])

    def _has_arrived(self, before: Point, point: Point) -> bool:
        moved = np.abs(self._state["t"] * self._state["d"]).max()
        tolerance = self._group["tolerance_change"]
        return (
            self._evals >= self._max_eval()
            or self._is_level(point)
            or moved <= tolerance
            or abs(point.loss - before.loss) < tolerance
        )
