"""What all optimizers share: groups of parameters with options, and a state that can be saved."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, final

from minidl.op import Op
from minidl.optim.groups import ParamGroup
from minidl.optim.options import Options
from minidl.optim.saved_state import faults_of, outline
from minidl.optim.trainable import check_trainable
from minidl.parameter import Parameter
from minidl.validation import describe

Params = Op | Iterable[Parameter] | Iterable[Mapping[str, Any]]
Closure = Callable[[], float]


class Optimizer:
    """The base of the optimizers: groups, options, saving and loading; a subclass says how to step.

    Most change each parameter by itself: those are an `UpdateRule`, which leaves only the formula
    to write. One that looks at all parameters at once, such as `LBFGS`, writes `step` and
    `state_blocks`.

    Parameters
    ----------
    params : Op, iterable of Parameter, or list of dict
        What is trained. A dict is a group: its "params" (an op or parameters) with options of
        its own.
    **defaults
        Options for the groups that do not set their own.

    Attributes
    ----------
    options : dict of str to function
        The check of each option, of the class; see `minidl.optim.options`.
    needs_closure : bool
        Whether `step` computes losses and gradients itself, by the closure that it is given.
    single_group : bool
        Whether all parameters must have the same options.
    param_groups : tuple of ParamGroup
        "params" and the options of each group, such as "lr"; a new value is checked and takes
        effect at the next step. Further groups come by `add_param_group`.
    state : dict of str to Any
        What is remembered from step to step: of an `UpdateRule`, by the parameter's name.

    Raises
    ------
    TypeError
        If `params` is something else, a parameter is no array of floats, or a group has an option
        that the optimizer does not know.
    ValueError
        If there is nothing to train, two parameters have one name or share memory, one cannot be
        written into, or an option is out of range.

    Notes
    -----
    A parameter is looked up in its op's `params` at each step, so that an array put there later
    is trained too, if it has the same shape.
    """

    options: ClassVar[Options] = {}
    needs_closure: ClassVar[bool] = False
    single_group: ClassVar[bool] = False

    def __init__(self, params: Params, **defaults: Any) -> None:
        self.defaults = defaults
        self._groups: tuple[ParamGroup, ...] = ()
        self.state: dict[str, Any] = {}
        for group in self._as_groups(params):
            self.add_param_group(group)
        if not self.param_groups:
            raise ValueError(f"{type(self).__name__}: expected parameters to train, received none")

    # What a subclass writes

    def step(self, closure: Closure | None = None) -> float | None:
        """Change the parameters once; return the loss if there is a closure. A subclass's."""
        raise NotImplementedError(
            f"{type(self).__name__} needs step(closure), or an UpdateRule as its base"
        )

    def state_blocks(self, groups: Sequence[ParamGroup]) -> list[dict[str, Any]]:
        """Return the form of `state` in parts, each of which is there as a whole or not at all.

        See `minidl.optim.saved_state`. A subclass that remembers something writes this.
        """
        return []

    @classmethod
    def check_together(cls, options: Mapping[str, Any]) -> None:
        """Refuse options that do not go together. A subclass that has such writes this."""

    # Groups and options

    @property
    def param_groups(self) -> tuple[ParamGroup, ...]:
        """The groups. A tuple, since what is put into a list would not be checked."""
        return self._groups

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse `optimizer.lr = …`, which no step would look at: options are the groups'."""
        if name in self.options:
            raise AttributeError(
                f"{type(self).__name__}: expected options to be set in a group, received "
                f"optimizer.{name} = {value!r}; try optimizer.param_groups[0][{name!r}] = {value!r}"
            )
        super().__setattr__(name, value)

    @classmethod
    @final
    def check_options(cls, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return all options as plain Python values; refuse one that is unknown or out of range."""
        if set(options) != set(cls.options):
            raise TypeError(
                f"{cls.__name__}: expected the options {sorted(cls.options)}, "
                f"received {sorted(options)}"
            )
        checked = {name: check(options[name], name) for name, check in cls.options.items()}
        cls.check_together(checked)
        return checked

    @final
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
        options = {name: value for name, value in group.items() if name != "params"}
        complete = ParamGroup(parameters, {**self.defaults, **options}, self.check_options)
        check_trainable(parameters, self.parameters(), type(self).__name__)
        self._groups += (complete,)

    @final
    def parameters(self) -> list[Parameter]:
        """Return the parameters of all groups."""
        return [parameter for group in self.param_groups for parameter in group["params"]]

    @final
    def zero_grad(self) -> None:
        """Forget all gradients, so that a step without a new backward pass is an error.

        Unlike PyTorch's, `backward` replaces gradients instead of adding to them, so calling
        this is never needed.
        """
        for parameter in self.parameters():
            parameter.clear_grad()

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
        options = {"params", *self.options}
        if not isinstance(group, Mapping) or "params" not in group or not options >= set(group):
            received = f"keys {list(group)}" if isinstance(group, Mapping) else describe(group)
            raise TypeError(
                f"{type(self).__name__}: expected a group with 'params' and options among "
                f"{sorted(self.options)}, received {received}"
            )
        if not isinstance(group["params"], Op | Iterable):
            raise TypeError(
                f"{type(self).__name__}: expected an op or parameters, "
                f"received {describe(group['params'])}; try a list"
            )
        if self.single_group and self.param_groups:
            raise ValueError(
                f"{type(self).__name__}: expected one group, since one step is taken over all "
                "parameters, received a second; try passing all parameters in one list"
            )

    # Saving and loading

    @final
    def state_dict(self) -> dict[str, Any]:
        """Return a copy of the state and of every group's options and parameter names."""
        groups = [
            {"params": [parameter.name for parameter in group["params"]], **group.options}
            for group in self.param_groups
        ]
        return {"state": copy.deepcopy(self.state), "param_groups": groups}

    @final
    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over the state and options that `state_dict` returned, all of them or none.

        Raises
        ------
        TypeError, ValueError
            If it is no such state, belongs to other parameters or to another kind of optimizer,
            or an option is out of range. Every entry that is missing, unexpected or misshapen is
            named.
        """
        if not isinstance(state, Mapping) or not {"state", "param_groups"} <= set(state):
            raise ValueError(
                f"{type(self).__name__}: expected what state_dict returned, with 'state' and "
                f"'param_groups', received {describe(state)}"
            )
        groups = self._as_saved(state["param_groups"])
        self._check_state(state["state"], groups)
        self.state = copy.deepcopy(state["state"])
        for group, saved in zip(self.param_groups, groups, strict=True):
            group.take_over(saved.options)

    def _as_saved(self, groups: Sequence[Mapping[str, Any]]) -> list[ParamGroup]:
        """Return this optimizer's groups with the options of saved ones."""
        own = self.state_dict()["param_groups"]
        if [(g["params"], set(g)) for g in groups] != [(g["params"], set(g)) for g in own]:
            raise ValueError(
                f"{type(self).__name__}: this state is of another optimizer: expected groups "
                f"{outline(own)}, received {outline(groups)}"
            )
        return [
            ParamGroup(
                group["params"], {name: saved[name] for name in self.options}, self.check_options
            )
            for saved, group in zip(groups, self.param_groups, strict=True)
        ]

    def _check_state(self, state: Any, groups: Sequence[ParamGroup]) -> None:
        template: dict[str, Any] = {}
        for block in self.state_blocks(groups):
            if isinstance(state, dict) and block.keys() & state.keys():
                template |= block
        faults = list(faults_of(state, template))
        if faults:
            raise ValueError(
                f"{type(self).__name__}: this state is of another optimizer: {'; '.join(faults)}"
            )
