"""L-BFGS: Newton's method with a memory of a few steps in place of second derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, final

from minidl.optim.base import Closure, Optimizer, Params
from minidl.optim.descent import Descent
from minidl.optim.flat import FlatParameters
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options, choice, optional, real, whole


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
    >>> import numpy as np
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
        super().__init__(
            params,
            lr=lr,
            max_iter=max_iter,
            max_eval=max_eval,
            tolerance_grad=tolerance_grad,
            tolerance_change=tolerance_change,
            history_size=history_size,
            line_search_fn=line_search_fn,
        )

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
        return Descent(self.param_groups[0], self.state, closure).run()

    def state_blocks(self, groups: Sequence[ParamGroup]) -> list[dict[str, Any]]:
        """Return the form of what is remembered, of all parameters together."""
        state = _new_state(groups)
        return [{**state, "pairs": [{"step": state["grad"], "change": state["grad"], "rho": 0.0}]}]


def _new_state(groups: Sequence[ParamGroup]) -> dict[str, Any]:
    """Return what is remembered before the first step; `Descent` says what it means."""
    zeros = FlatParameters(groups[0]["params"]).zeros()
    counts = {"n_iter": 0, "func_evals": 0}
    return {**counts, "d": zeros, "t": 0.0, "grad": zeros, "pairs": [], "scale": 1.0}
