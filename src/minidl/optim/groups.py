"""A group of parameters with the options that hold for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from minidl.parameter import Parameter


class ParamGroup(MutableMapping[str, Any]):
    """The parameters of a group, under "params", and its options, such as "lr".

    An option can be set at any time and is checked as at first; the next step takes it up.

    Parameters
    ----------
    params : list of Parameter
        What the options are for.
    options : dict
        All of the optimizer's options.
    check : function
        Takes options and returns them as plain Python values, or says what is wrong with them.

    Examples
    --------
    >>> from minidl.optim import BatchGD
    >>> from minidl.nn import Linear
    >>> group = BatchGD(Linear(2, 1), lr=0.1).param_groups[0]
    >>> group["lr"] = 0.05
    >>> group
    {'params': [Parameter('W', shape=(2, 1)), Parameter('b', shape=(1, 1))], 'lr': 0.05}
    >>> group["lr"] = -1
    Traceback (most recent call last):
    ValueError: lr: expected a finite number ≥ 0, received -1
    """

    __slots__ = ("_check", "_entries")

    def __init__(
        self,
        params: list[Parameter],
        options: Mapping[str, Any],
        check: Callable[[Mapping[str, Any]], dict[str, Any]],
    ) -> None:
        self._check = check
        self._entries: dict[str, Any] = {"params": params, **check(options)}

    @property
    def options(self) -> dict[str, Any]:
        """A copy of the options, without the parameters."""
        return {name: value for name, value in self._entries.items() if name != "params"}

    def take_over(self, options: Mapping[str, Any]) -> None:
        """Replace all options at once."""
        self._entries.update(self._check(options))

    def __getitem__(self, name: str) -> Any:
        return self._entries[name]

    def __setitem__(self, name: str, value: Any) -> None:
        if name == "params":
            raise TypeError(
                "params: expected an option to be set, received other parameters; "
                "try add_param_group, or a new optimizer"
            )
        self.take_over({**self.options, name: value})

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name}: expected every option to stay; try another value for it")

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return repr(self._entries)
