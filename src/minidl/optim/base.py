"""What all optimizers share: groups of parameters with options, and state by parameter name."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any, final

import numpy.typing as npt

from minidl.op import Op
from minidl.parameter import Parameter
from minidl.validation import describe

Array = npt.NDArray[Any]
Group = dict[str, Any]
Params = Op | Iterable[Parameter] | Iterable[Mapping[str, Any]]


class Optimizer:
    """The base of the optimizers: calls the update rule for every parameter of every group.

    A subclass passes its options with their defaults to `__init__` and writes
    `update(parameter, group)`, which changes `parameter.value` in place.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        What is trained. A dict is a group: its "params" (an op or parameters) with options of
        its own.
    defaults : dict
        Options for the groups that do not set their own.

    Attributes
    ----------
    param_groups : list of dict
        "params" and the options of each group, such as "lr"; changing an option takes effect at
        the next step.
    state : dict of str to dict
        What the update rule remembers of each parameter, by the parameter's name.

    Raises
    ------
    TypeError
        If `params` is something else, or a group has an option that the optimizer does not know.
    ValueError
        If there is nothing to train, two parameters have one name, or an option is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> class Shrink(Optimizer):
    ...     def __init__(self, params, factor=0.5):
    ...         super().__init__(params, {"factor": factor})
    ...
    ...     def update(self, parameter, group):
    ...         parameter.value *= group["factor"]
    >>> weights = {"W": np.ones((1, 2))}
    >>> Shrink([Parameter("W", "W", weights, grads={})]).step()
    >>> weights["W"]
    array([[0.5, 0.5]])
    """

    def __init__(self, params: Params, defaults: Mapping[str, Any]) -> None:
        self.defaults = dict(defaults)
        self.param_groups: list[Group] = []
        self.state: dict[str, dict[str, Any]] = {}
        for group in self._as_groups(params):
            self.add_param_group(group)
        if not self.param_groups:
            raise ValueError(f"{type(self).__name__}: expected parameters to train, received none")

    def update(self, parameter: Parameter, group: Group) -> None:
        """Change one parameter in place. A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs update(parameter, group)")

    def check_options(self, group: Group) -> None:
        """Refuse options out of range, and make them plain numbers. A subclass writes this."""

    @final
    def step(self) -> None:
        """Update every parameter once from its gradient."""
        for group in self.param_groups:
            for parameter in group["params"]:
                self.update(parameter, group)

    def zero_grad(self) -> None:
        """Forget all gradients, so that a step without a new backward pass is an error.

        Unlike PyTorch's, `backward` replaces gradients instead of adding to them, so calling
        this is never needed.
        """
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.clear_grad()

    def add_param_group(self, group: Mapping[str, Any]) -> None:
        """Train further parameters, with options of their own.

        Parameters
        ----------
        group : dict
            "params", an op or an iterable of `Parameter`, and any of the optimizer's options.
        """
        self._check_group(group)
        params = group["params"]
        parameters = list(params.parameters() if isinstance(params, Op) else params)
        complete: Group = {**self.defaults, **group, "params": parameters}
        self.check_options(complete)
        self._check_parameters(parameters)
        self.param_groups.append(complete)

    def _as_groups(self, params: Params) -> list[Mapping[str, Any]]:
        if isinstance(params, Op):
            return [{"params": params}]
        if isinstance(params, str) or not isinstance(params, Iterable):
            raise TypeError(
                f"{type(self).__name__}: expected an op, parameters or a list of groups, "
                f"received {describe(params)}; try passing the model itself"
            )
        items: list[Any] = list(params)
        if any(isinstance(item, Mapping) for item in items):
            return items
        return [{"params": items}]

    def _check_group(self, group: Mapping[str, Any]) -> None:
        options = {"params", *self.defaults}
        if not isinstance(group, Mapping) or "params" not in group or not options >= set(group):
            received = f"keys {list(group)}" if isinstance(group, Mapping) else describe(group)
            raise TypeError(
                f"{type(self).__name__}: expected a group with 'params' and options among "
                f"{sorted(self.defaults)}, received {received}"
            )
        if not isinstance(group["params"], Op | Iterable):
            raise TypeError(
                f"{type(self).__name__}: expected an op or parameters, "
                f"received {describe(group['params'])}; try a list"
            )

    def _check_parameters(self, parameters: list[Parameter]) -> None:
        names = {p.name for group in self.param_groups for p in group["params"]}
        if not parameters:
            raise ValueError(
                f"{type(self).__name__}: expected at least one parameter to train, received none"
            )
        for parameter in parameters:
            if not isinstance(parameter, Parameter):
                raise TypeError(
                    f"{type(self).__name__}: expected parameters, received {describe(parameter)}; "
                    "try model.parameters()"
                )
            if parameter.name in names:
                raise ValueError(
                    f"{type(self).__name__}: expected each parameter once, under a name of its "
                    f"own, received {parameter.name!r} twice; try putting the layers in one "
                    "Sequential"
                )
            names.add(parameter.name)

    # Saving and loading

    def state_dict(self) -> dict[str, Any]:
        """Return a copy of the state and of every group's options and parameter names."""
        groups = [
            {**group, "params": [parameter.name for parameter in group["params"]]}
            for group in self.param_groups
        ]
        return {"state": copy.deepcopy(self.state), "param_groups": copy.deepcopy(groups)}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over the state and options that `state_dict` returned, all of them or none.

        Raises
        ------
        ValueError
            If it is no such state, or belongs to other parameters or to another kind of optimizer.
        """
        if not isinstance(state, Mapping) or not {"state", "param_groups"} <= set(state):
            raise ValueError(
                f"{type(self).__name__}: expected what state_dict returned, with 'state' and "
                f"'param_groups', received {describe(state)}"
            )
        groups = state["param_groups"]
        own = self.state_dict()["param_groups"]
        if [(g["params"], set(g)) for g in groups] != [(g["params"], set(g)) for g in own]:
            raise ValueError(
                f"{type(self).__name__}: this state is of another optimizer: expected groups "
                f"{_outline(own)}, received {_outline(groups)}"
            )
        loaded = [
            {**saved, "params": group["params"]}
            for saved, group in zip(groups, self.param_groups, strict=True)
        ]
        for group in loaded:
            self.check_options(group)
        remembered = copy.deepcopy(dict(state["state"]))
        for group, new in zip(self.param_groups, loaded, strict=True):
            group.update(new)
        self.state = remembered


def _outline(groups: list[Group]) -> str:
    return "; ".join(f"{g['params']} with {sorted(set(g) - {'params'})}" for g in groups)
