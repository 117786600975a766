"""What a case of a loss is: how it is built, what it is fed, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minidl.losses import Loss

Inputs = tuple[Any, ...]
Refused = tuple[Inputs, type[Exception], str]

LARGE = {np.float64: 1e308, np.float32: 3e38}
TINY = {np.float64: 5e-324, np.float32: 1e-45}


@dataclass(frozen=True)
class LossCase:
    """What the contract needs to know of a loss.

    `make(rng)` draws legal inputs, floats in float64; `shape` is that of the unreduced losses for
    them. `divisor` tells what the mean divides their sum by, where it is not their number.
    `perfect` are inputs that cost exactly 0 and have a gradient of 0, which that of
    log-probabilities only has once it has gone back through a log-softmax: `rests` is False there.
    `before` is what the first input went through if the gradient is meant for what came before it
    and the two differ; once more, it changes nothing. `extremes(dtype)` are inputs
    for which value and gradient have to be finite, and PyTorch's unless `exact_in_pytorch` is
    False. `pytorch` is the counterpart in `torch.nn`, of which the loss is `times` as much.
    `on_graph(loss, *inputs)` writes the
    unreduced losses with nodes, the differentiable inputs being variables.
    """

    kind: type[Loss]
    make: Callable[[np.random.Generator], Inputs]
    shape: tuple[int, ...]
    pytorch: str
    options: dict[str, Any] = field(default_factory=dict)
    divisor: Callable[..., float] | None = None
    perfect: Inputs | None = None
    rests: bool = True
    before: Callable[[np.ndarray], np.ndarray] = lambda x: x
    extremes: Callable[[type], Iterable[Inputs]] = lambda dtype: ()
    exact_in_pytorch: bool = True
    times: float = 1
    on_graph: Callable[..., Any] | None = None
    bad_inputs: tuple[Refused, ...] = ()
    bad_options: tuple[tuple[dict[str, Any], type[Exception], str], ...] = ()

    def build(self, reduction: str = "mean") -> Loss:
        return self.kind(reduction=reduction, **self.options)

    def inputs(self, dtype: type = np.float64, seed: int = 0) -> Inputs:
        """Return legal inputs that cannot be written to."""
        return read_only(self.make(np.random.default_rng(seed)), dtype)

    def __str__(self) -> str:
        shown = ", ".join(
            f"{key}{value.shape}" if isinstance(value, np.ndarray) else f"{key}={value}"
            for key, value in self.options.items()
        )
        return f"{self.kind.__name__}({shown}) of {self.shape}"


def read_only(inputs: Inputs, dtype: type) -> Inputs:
    """Return inputs as arrays that cannot be written to, those of floats in a dtype."""
    arrays = [np.array(x) for x in inputs]
    arrays = [x.astype(dtype) if x.dtype.kind == "f" else x for x in arrays]
    for x in arrays:
        x.setflags(write=False)
    return tuple(arrays)


def any_number(dtype: type) -> np.ndarray:
    """Return numbers of every size and both signs."""
    sizes = np.array([0.0, 1e3, LARGE[dtype], TINY[dtype], np.finfo(dtype).tiny], dtype)
    return np.append(sizes, -sizes)
