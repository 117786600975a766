"""Checks of what a Runner is made of, so that a mistake is named before training begins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from minidl.op import Op
from minidl.parameter import Parameter, check_value
from minidl.penalties import Adjustment
from minidl.storage import check_target
from minidl.validation import describe


def check_part(part: Any, kind: str, method: str) -> None:
    """Refuse what is not of a kind, by a method that all of that kind have.

    Raises
    ------
    TypeError
        If it has none, or is a class and not an object of it.

    Examples
    --------
    >>> from minidl.losses import BCELoss
    >>> check_part(BCELoss(), "a loss", "backward")
    """
    if isinstance(part, type):
        raise TypeError(
            f"Runner: expected {kind}, received the class {part.__name__}; try adding parentheses"
        )
    if not callable(getattr(part, method, None)):
        raise TypeError(f"Runner: expected {kind}, received {describe(part)}")


def as_list(parts: Any, kind: str) -> list[Any]:
    """Return `parts` as a list.

    Raises
    ------
    TypeError
        If it is a single one.
    """
    if not isinstance(parts, Iterable):
        raise TypeError(
            f"Runner: expected a list of {kind}, received {describe(parts)}; "
            "try putting it in brackets, [ ]"
        )
    return list(parts)


def check_loss_fn(loss_fn: Any) -> None:
    """Refuse what is no loss, and one whose size depends on the batch.

    Raises
    ------
    TypeError, ValueError
        If it is one of them.
    """
    check_part(loss_fn, "a loss", "backward")
    if getattr(loss_fn, "reduction", "mean") in ("sum", "none"):
        raise ValueError(
            "Runner: expected a loss with reduction 'mean', so that the learning rate does "
            f"not depend on the batch size, received {loss_fn.reduction!r}"
        )


def check_direction(higher_is_better: Any, metric: Any) -> None:
    """Refuse a direction of the metric that is neither up nor down, or is of none.

    Raises
    ------
    TypeError, ValueError
        If it is one of them.
    """
    if not (higher_is_better is None or isinstance(higher_is_better, bool | np.bool_)):
        raise TypeError(
            f"higher_is_better: expected True, False or None, received {describe(higher_is_better)}"
        )
    if higher_is_better is not None and metric is None:
        raise ValueError(
            "higher_is_better: expected None without a metric, "
            f"received {higher_is_better}; of losses, lower is better"
        )


def check_penalties(penalties: Any, model: Op) -> list[tuple[Adjustment, list[Parameter]]]:
    """Return each penalty with the parameters of the model that it is for.

    Those that parts of the model bring with them come first, each for its own part.

    Raises
    ------
    TypeError, ValueError
        If one of them is no penalty, or is for no parameter.
    """
    given = [(penalty, model) for penalty in as_list(penalties, "penalties")]
    brought = [
        (penalty, op)
        for _, op in model.named_layers()
        for penalty in as_list(op.penalties, f"penalties that {op} brings with it")
    ]
    for penalty, _ in (*brought, *given):
        check_part(penalty, "penalties", "select")
    return [(penalty, penalty.select(op)) for penalty, op in (*brought, *given)]


def check_save_dir(save_dir: Any, model: Op, dev_set: object) -> Path | None:
    """Return the folder for the best model, the same one wherever the program goes meanwhile.

    Raises
    ------
    TypeError, ValueError, OSError
        If it will not do, or there is no dev set to know the best model by.
    """
    if save_dir is None:
        return None
    if dev_set is None:
        raise ValueError("train: expected a dev_set with save_dir, to know the best model by")
    return check_target(model, save_dir).absolute()


def check_optimizer(optimizer: Any, model: Op) -> None:
    """Refuse an optimizer that would train anything but this model or a part of it.

    Raises
    ------
    TypeError, ValueError
        If it is none, a parameter of the model is no array of floats to be written into, or one
        of the optimizer's arrays is not the model's, as after the model alone was made anew.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> from minidl.optim import BatchGD
    >>> fc = Linear(2, 1)
    >>> check_optimizer(BatchGD(fc, lr=1.0), fc)
    """
    check_part(optimizer, "an optimizer", "step")
    for parameter in model.parameters():
        check_value(parameter.value, parameter.name)
    own = {id(parameter.value) for parameter in model.parameters()}
    trained = [p for group in groups_of(optimizer) for p in group["params"]]
    others = [p.name for p in trained if id(p.value) not in own]
    if others:
        names = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
        raise ValueError(
            "Runner: expected an optimizer of this model's parameters, received one of other "
            f"arrays ({names}); try making it anew after the model"
        )


def groups_of(optimizer: Any) -> list[dict[str, Any]]:
    """Return the groups of parameters, of which an optimizer of one's own may have none."""
    groups: list[dict[str, Any]] = getattr(optimizer, "param_groups", [])
    return groups


def first_rate(optimizer: Any) -> float | None:
    """Return the learning rate of the first group, if there is one."""
    groups = groups_of(optimizer)
    rate = groups[0].get("lr") if groups else None
    return None if rate is None else float(rate)
