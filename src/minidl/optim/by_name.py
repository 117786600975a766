"""Optimizers by name, for settings that come from a file, a form or a search."""

from __future__ import annotations

import difflib
import inspect
from typing import Any

from minidl.optim.adadelta import Adadelta
from minidl.optim.adagrad import Adagrad
from minidl.optim.adam import Adam, AdamW
from minidl.optim.adamax import Adamax
from minidl.optim.asgd import ASGD
from minidl.optim.base import Optimizer, Params
from minidl.optim.batch_gd import BatchGD
from minidl.optim.lbfgs import LBFGS
from minidl.optim.rmsprop import RMSprop
from minidl.optim.rprop import Rprop
from minidl.optim.sgd import SGD
from minidl.optim.sparse_adam import SparseAdam
from minidl.validation import describe

KINDS: tuple[type[Optimizer], ...] = (
    *(SGD, Adam, AdamW, RMSprop, Adagrad, Adadelta, Adamax, ASGD, Rprop),
    *(SparseAdam, LBFGS, BatchGD),
)
BY_NAME = {kind.__name__.lower(): kind for kind in KINDS}


def by_name(name: str, params: Params, **options: Any) -> Optimizer:
    """Return the optimizer of that name: `by_name("adam", net, lr=0.1)` is `Adam(net, lr=0.1)`.

    Parameters
    ----------
    name : str
        The name of its class, in capital or small letters. Momentum is an option of "sgd".
    params : Op, iterable of Parameter, or list of dict
        What is trained.
    **options
        The optimizer's own, such as `lr`.

    Raises
    ------
    TypeError
        If it has no such option; it lists those that there are.
    ValueError
        If there is no such optimizer; it lists those that there are. Or if an option is out of
        range.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> optimizer = by_name("sgd", Linear(2, 1), lr=0.1, momentum=0.9)
    >>> type(optimizer).__name__, optimizer.param_groups[0]["momentum"]
    ('SGD', 0.9)
    """
    kind = kind_of(name)
    known = [key for key in inspect.signature(kind).parameters if key != "params"]
    for option in options:
        if option not in known:
            raise TypeError(
                f"{kind.__name__}: expected options among {', '.join(known)}, received {option!r}"
                + _close(option, known)
            )
    return kind(params, **options)


def kind_of(name: str) -> type[Optimizer]:
    """Return the class of an optimizer by its name.

    Raises
    ------
    TypeError, ValueError
        If there is none.

    Examples
    --------
    >>> kind_of("RMSprop").__name__
    'RMSprop'
    """
    if not isinstance(name, str):
        raise TypeError(f"name: expected the name of an optimizer, received {describe(name)}")
    kind = BY_NAME.get(name.lower())
    if kind is None:
        raise ValueError(
            f"name: expected one of {', '.join(map(repr, BY_NAME))}, received {name!r}"
            + _close(name.lower(), list(BY_NAME))
        )
    return kind


def _close(word: str, words: list[str]) -> str:
    """Return the advice to take the word that is most like it, if there is one."""
    close = difflib.get_close_matches(word, words, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
