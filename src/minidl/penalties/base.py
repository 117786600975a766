"""What acts at each step between gradients and update: how it finds its parameters.

It acts on the parameters whose dotted names match a regular expression, after the gradients are
computed and before the optimizer's step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, final

from minidl.op import Op
from minidl.parameter import Parameter
from minidl.validation import check_real, describe

WEIGHTS = r"(^|\.)W$"
"""Matches every W, such as `fc1.W`, and no bias."""


class Factor:
    """A number of an adjustment, checked each time that it is set, as an optimizer's options are.

    Parameters
    ----------
    **bounds : float or bool
        Those of `minidl.validation.check_real`.

    Examples
    --------
    >>> from minidl.penalties import L2
    >>> penalty = L2(0.1)
    >>> penalty.lam = 0.05
    >>> penalty.lam = -1
    Traceback (most recent call last):
    ValueError: lam: expected a finite number ≥ 0, received -1
    """

    def __init__(self, **bounds: Any) -> None:
        self._bounds = bounds

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, penalty: Any, owner: type | None = None) -> float:
        return self if penalty is None else vars(penalty)[self._name]  # type: ignore[return-value]

    def __set__(self, penalty: Any, value: float) -> None:
        vars(penalty)[self._name] = check_real(value, self._name, **self._bounds)


class Adjustment:
    """The base of what acts after `backward` and before the step: finds its parameters.

    A subclass writes `apply`, for all of them together. One that goes through them one by one is
    a `Penalty`.

    Parameters
    ----------
    pattern : str
        A regular expression, searched for in the parameters' dotted names; by default all match.

    Raises
    ------
    TypeError, ValueError
        If `pattern` is no text, or no regular expression.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> class Halve(Adjustment):
    ...     def apply(self, parameters):
    ...         for parameter in parameters:
    ...             parameter.grad = parameter.grad / 2
    >>> Halve(r"^b$").select(Linear(3, 2, rng=0).parameters())
    [Parameter('b', shape=(1, 2))]
    """

    def __init__(self, pattern: str = "") -> None:
        self.pattern = pattern

    @property
    def pattern(self) -> str:
        """The regular expression; a new one is checked, and used by the next `select`."""
        return str(self._expression.pattern)

    @pattern.setter
    def pattern(self, pattern: str) -> None:
        if not isinstance(pattern, str):
            raise TypeError(
                f"pattern: expected a regular expression, received {describe(pattern)}; "
                r"try r'^fc1\.W$'"
            )
        try:
            self._expression = re.compile(pattern)
        except re.error as error:
            raise ValueError(
                f"pattern: expected a regular expression, received {pattern!r} ({error}); "
                r"try r'^fc1\.W$'"
            ) from error

    def apply(self, parameters: Iterable[Parameter]) -> None:
        """Act on these parameters, from `select`: after `backward`, before the step."""
        raise NotImplementedError(f"{type(self).__name__} needs apply(parameters)")

    def value(self, parameters: Iterable[Parameter]) -> float:
        """Return what these parameters, from `select`, add to the loss: by default nothing."""
        return 0.0

    @final
    def select(self, parameters: Op | Iterable[Parameter]) -> list[Parameter]:
        """Return the parameters that the penalty is for.

        Parameters
        ----------
        parameters : Op or iterable of Parameter
            A model, or `model.parameters()`.

        Raises
        ------
        ValueError
            If no name matches; it lists the names.
        """
        found = list(parameters.parameters() if isinstance(parameters, Op) else parameters)
        selected = [parameter for parameter in found if self._expression.search(parameter.name)]
        if not selected:
            raise ValueError(
                f"{type(self).__name__}: expected parameters that match {self.pattern!r}, "
                f"received {', '.join(parameter.name for parameter in found) or 'none'}"
            )
        return selected


class Penalty(Adjustment):
    """The base of the penalties on large weights, which hold a model back from fitting noise.

    A subclass writes `value_of` and `apply_to` for one parameter.

    Parameters
    ----------
    pattern : str
        See `Adjustment`; by default the weights and not the biases.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> class Clip(Penalty):
    ...     def value_of(self, parameter):
    ...         return 0.0
    ...
    ...     def apply_to(self, parameter):
    ...         parameter.value = parameter.value.clip(-1, 1)
    >>> Clip().select(Linear(3, 2, rng=0).parameters())
    [Parameter('W', shape=(3, 2))]
    """

    def __init__(self, pattern: str = WEIGHTS) -> None:
        super().__init__(pattern)

    def value_of(self, parameter: Parameter) -> float:
        """Return what one parameter adds to the loss. A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs value_of(parameter)")

    def apply_to(self, parameter: Parameter) -> None:
        """Change the gradient or the value of one parameter. A subclass writes this."""
        raise NotImplementedError(f"{type(self).__name__} needs apply_to(parameter)")

    @final
    def value(self, parameters: Iterable[Parameter]) -> float:
        """Return what these parameters, from `select`, add to the loss."""
        return sum(map(self.value_of, parameters), 0.0)

    @final
    def apply(self, parameters: Iterable[Parameter]) -> None:
        """Act on these parameters, from `select`: after `backward`, before the step."""
        for parameter in parameters:
            self.apply_to(parameter)
