"""Checks of what a Runner is made of, so that a mistake is named before training begins."""

from __future__ import annotations

from typing import Any

from minidl.op import Op


def check_optimizer(optimizer: Any, model: Op) -> None:
    """Refuse an optimizer that would train anything but this model or a part of it.

    Raises
    ------
    ValueError
        If one of its arrays is not the model's, as after the model alone was made anew.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> from minidl.optim import BatchGD
    >>> fc = Linear(2, 1)
    >>> check_optimizer(BatchGD(fc, lr=1.0), fc)
    """
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
    rates = [group["lr"] for group in groups_of(optimizer)[:1] if "lr" in group]
    return float(rates[0]) if rates else None
