"""Optimizers that change each parameter by itself, from its own gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt

from minidl.optim.base import Closure, Optimizer, Params
from minidl.optim.groups import ParamGroup
from minidl.parameter import Parameter, check_value
from minidl.sparse import SparseGradient

Array = npt.NDArray[Any]


class UpdateRule(Optimizer):
    """The base of all optimizers that are a formula for one parameter θ and its gradient.

    A subclass declares its `options` and writes `update(parameter, grad, group)`, which changes
    `parameter.value` in place. If it remembers something, it writes `new_state` too; if it can do
    with some rows of a gradient, `sparse_options` and `update_rows`.

    Attributes
    ----------
    sparse_options : dict or None
        The values that options must have for a sparse gradient; {} if it is always taken, None
        if never.
    takes_dense : bool
        Whether a gradient may be an array.

    Examples
    --------
    >>> import numpy as np
    >>> from minidl.optim.options import real
    >>> class Shrink(UpdateRule):
    ...     options = {"factor": real(low=0)}
    ...
    ...     def __init__(self, params, factor=0.5):
    ...         super().__init__(params, factor=factor)
    ...
    ...     def update(self, parameter, grad, group):
    ...         parameter.value *= group["factor"]
    >>> W = Parameter("W", "W", {"W": np.ones((1, 2))}, {"W": np.zeros((1, 2))})
    >>> Shrink([W]).step()
    >>> W.value
    array([[0.5, 0.5]])
    """

    sparse_options: ClassVar[Mapping[str, Any] | None] = None
    takes_dense: ClassVar[bool] = True

    def __init__(self, params: Params, **defaults: Any) -> None:
        super().__init__(params, **defaults)
        self._scratch: tuple[dict[str, Array], ...] = ({}, {}, {})

    # What a subclass writes

    def update(self, parameter: Parameter, grad: Array, group: ParamGroup) -> None:
        """Change one parameter in place, given its gradient. A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs update(parameter, grad, group)")

    def update_rows(
        self, parameter: Parameter, rows: Array, grad: Array, group: ParamGroup
    ) -> None:
        """Change these rows of a parameter in place, each row once. A subclass may write this.

        Parameters
        ----------
        parameter : Parameter
            A table, of which only `parameter.value[rows]` may change.
        rows : ndarray of int, shape (K,)
            Different numbers of rows, in order.
        grad : ndarray, shape (K, …)
            The gradient of these rows.
        group : ParamGroup
            Where the options stand.
        """
        raise NotImplementedError(
            f"{type(self).__name__} needs update_rows(parameter, rows, grad, group)"
        )

    def new_state(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return what is remembered of a parameter before its first step. A subclass may write it.

        Entries are numbers and arrays; a saved state must have the same, of these types, shapes
        and dtypes.
        """
        return {}

    # What is finished

    @final
    def state_of(self, parameter: Parameter, group: ParamGroup) -> dict[str, Any]:
        """Return what is remembered of a parameter; the first time, `new_state`."""
        if parameter.name not in self.state:
            self.state[parameter.name] = self.new_state(parameter, group)
        return self.state[parameter.name]

    @final
    def turned(self, grad: Array, parameter: Parameter, group: ParamGroup) -> Array:
        """Return the gradient to go down by: of opposite sign where the loss is to be maximized.

        What is new is written into the parameter's second scratch array, as by `regularized`.
        """
        if not group["maximize"]:
            return grad
        return np.negative(grad, out=self.scratch_for(parameter, 1))

    @final
    def regularized(self, grad: Array, parameter: Parameter, group: ParamGroup) -> Array:
        """Return g + λ·θ: the gradient, turned if need be, with weight decay added to it."""
        grad = self.turned(grad, parameter, group)
        if not group["weight_decay"]:
            return grad
        decay = np.multiply(parameter.value, group["weight_decay"], out=self.scratch_for(parameter))
        return np.add(grad, decay, out=self.scratch_for(parameter, 1))

    @final
    def scratch_for(self, parameter: Parameter, which: int = 0) -> Array:
        """Return an array like the parameter to compute in; the next parameter's overwrites it.

        There are three: for what comes up (0), for a gradient that is not as it was given (1),
        and a spare one (2). A formula that makes two large arrays at a time has the system fetch
        and clear their memory at every step, which can take longer than the arithmetic.
        """
        arrays = self._scratch[which]
        if parameter.name not in arrays:
            arrays.update(self._share_scratch())
        return arrays[parameter.name]

    def _share_scratch(self) -> dict[str, Array]:
        """Return, for each parameter, an array like it; all begin in the same memory."""
        values = {parameter.name: parameter.value for parameter in self.parameters()}
        memory = np.empty(max(value.nbytes for value in values.values()), dtype=np.uint8)
        return {
            name: memory[: value.nbytes].view(value.dtype).reshape(value.shape)
            for name, value in values.items()
        }

    @final
    def step(self, closure: Closure | None = None) -> float | None:
        """Update every parameter once from its gradient.

        Parameters
        ----------
        closure : function, optional
            Computes the loss and its gradients anew and returns the loss; called before the
            update.

        Returns
        -------
        float or None
            The loss, if there is a closure.

        Raises
        ------
        RuntimeError
            If a parameter has no gradient.
        TypeError, ValueError
            If a gradient has not its parameter's shape, a parameter is no array to be written
            into any more, or a gradient is sparse and the rule does not take it. Gradients are
            all looked at before the first parameter changes.
        """
        loss = None if closure is None else closure()
        updates = [(p, p.grad, group) for group in self.param_groups for p in group["params"]]
        if not self.takes_dense:
            self._refuse_dense()
        try:
            for parameter, grad, group in updates:
                if isinstance(grad, SparseGradient):
                    self._update_sparse(parameter, grad, group)
                else:
                    self.update(parameter, grad, group)
        except (TypeError, ValueError):  # NumPy's words, if a parameter is why
            for parameter in self.parameters():
                check_value(parameter.value, parameter.name)
            raise
        except KeyboardInterrupt:
            self._complete_state()
            raise
        return loss

    def _complete_state(self) -> None:
        """Give parameters that an interrupt left without a state their first, so as to be saved."""
        for block in self.state_blocks(self.param_groups):
            if block.keys() & self.state.keys():
                self.state = {**block, **self.state}

    def _update_sparse(self, parameter: Parameter, grad: SparseGradient, group: ParamGroup) -> None:
        self._check_takes_sparse(parameter, group)
        rows = grad.coalesce()
        self.update_rows(parameter, rows.indices, rows.values, group)

    def _check_takes_sparse(self, parameter: Parameter, group: ParamGroup) -> None:
        needed = self.sparse_options or {}
        wrong = [name for name in needed if group[name] != needed[name]]
        if self.sparse_options is not None and not wrong:
            return
        given = " and ".join(f"{name}={group[name]}" for name in wrong)
        tries = [f"{name}={needed[name]}" for name in wrong] + ["Embedding(sparse=False)"]
        raise TypeError(
            f"{type(self).__name__}: expected an array as the gradient of {parameter.name}"
            f"{' with ' + given if given else ''}, received {parameter.grad}; "
            f"try {', or '.join(tries)}"
        )

    def _refuse_dense(self) -> None:
        for parameter in self.parameters():
            if not isinstance(parameter.grad, SparseGradient):
                raise TypeError(
                    f"{type(self).__name__}: expected a sparse gradient of {parameter.name}, such "
                    "as that of an Embedding(sparse=True), received an array; try Adam"
                )

    @final
    def state_blocks(self, groups: Sequence[ParamGroup]) -> list[dict[str, Any]]:
        """Return the form of each group's state: that of each of its parameters, by name."""
        return [
            {p.name: state for p in group["params"] if (state := self.new_state(p, group))}
            for group in groups
        ]
